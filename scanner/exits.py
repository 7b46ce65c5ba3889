"""Exit codes of `mlps`: public interface."""

FAILED = 1
"""A failure at or above --fail-on."""

USAGE = 2
"""Wrong usage or configuration: nothing was judged, or, where a template is not valid, not all."""

INCOMPLETE = 3
"""Calls failed or verdicts are unknown, and --strict was given; or calls failed and not one verdict
was reached, which is no success whether or not it was given."""

INTERNAL = 4
"""A defect of mlps."""
