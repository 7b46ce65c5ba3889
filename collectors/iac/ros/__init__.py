"""Templates of Alibaba Cloud's Resource Orchestration Service (ROS)."""
