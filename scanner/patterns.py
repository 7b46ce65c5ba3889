"""Patterns of `mlps.yaml`: shell globs, of which one that begins with "!" excludes."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from fnmatch import fnmatchcase


def matches(value: str, patterns: Iterable[str]) -> bool:
    """Whether a value matches one of the patterns and none that excludes. Patterns that only
    exclude take everything else."""
    return _matches(value, tuple(patterns))


@functools.lru_cache(maxsize=65_536)
def _matches(value: str, patterns: tuple[str, ...]) -> bool:
    if any(fnmatchcase(value, one[1:]) for one in patterns if one.startswith("!")):
        return False
    including = [one for one in patterns if not one.startswith("!")]
    return not including or any(fnmatchcase(value, one) for one in including)


def any_matches(values: Iterable[str], patterns: Iterable[str]) -> bool:
    """Whether one of the names that a thing has matches, and none is excluded."""
    known = list(values)
    including = [one for one in patterns if not one.startswith("!")]
    excluding = [one for one in patterns if one.startswith("!")]
    if not all(matches(value, excluding) for value in known):
        return False
    return not including or any(matches(value, including) for value in known)
