"""What a live account and templates of the same resource tell, compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Document

_NAMED_OTHERWISE = {"key_id", "firewall_ids"}
"""What a template names by its own addresses."""


def assert_alike(live: Document, *planned: Document, known: set[str]) -> None:
    """What the account and a template both know is equal, and all know at least `known`."""
    told = _leaves(live)
    assert known - told.keys() == set()
    for each in planned:
        found = _leaves(each)
        assert known - found.keys() == set()
        both = told.keys() & found.keys()
        assert {path: found[path] for path in both} == {path: told[path] for path in both}


def _leaves(document: Document) -> dict[str, Any]:
    return {
        path: value
        for path, value in _each(document.facts, "")
        if not _NAMED_OTHERWISE & set(path.split("/"))
    }


def _each(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _each(item, f"{path}/{name}")
    else:
        yield path.strip("/"), value
