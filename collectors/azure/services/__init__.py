"""One module for each kind of resource; each offers a `SERVICE`."""
