"""One module for each service: a module with a `SERVICE` is collected; nothing else lists it."""
