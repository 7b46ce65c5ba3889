"""Example material for `make demo` and for tests: a cloud account to fill and templates to read."""
