"""`python -m scanner` is `mlps`."""

from scanner.cli import main

main()
