"""The commands of `mlps`: a module here with a `command` is one; nothing else lists it.

`--help` imports all of them, so whatever is slow to import is imported inside the functions.
"""
