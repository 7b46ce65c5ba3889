"""One module for each product (or part of one); its `SERVICE` is all that the collector needs."""
