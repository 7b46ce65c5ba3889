"""Ways to products that speak neither RPC nor ROA: each module names its `SERVICE` and a `WAY`."""
