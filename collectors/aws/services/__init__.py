"""One module for each service; a module with a `SERVICE` here is collected, nothing else lists it."""
