"""Reading Alibaba Cloud: one module for each product under `services/`."""
