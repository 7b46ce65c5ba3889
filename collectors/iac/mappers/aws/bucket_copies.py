"""Which objects a replication rule of S3 takes."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import nested
from collectors.iac.mappers.joins import given
from collectors.logic import Known, negated, some


def copies_all(rule: dict[str, Any]) -> Known:
    """Whether a rule takes every object, whatever its prefix and tags are. The newer resource has
    them in `filter` and its `and`, the older argument in the rule itself."""
    chosen = _inner(rule, "filter")
    both = [part for each in chosen for part in _inner(each, "and")]
    return negated(some(_narrows(part) for part in (rule, *chosen, *both)))


def _inner(values: Any, argument: str) -> list[Any]:
    if isinstance(values, Unknown):
        return []
    found = nested(values, argument)
    return [found] if isinstance(found, Unknown) else list(found)


def _narrows(values: Any) -> Known:
    return values if isinstance(values, Unknown) else given(values, "prefix", "tag", "tags")
