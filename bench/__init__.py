"""Measuring: how fast the engines are, how much memory a scan takes, and whether they agree."""
