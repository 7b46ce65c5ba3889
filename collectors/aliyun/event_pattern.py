"""Event patterns of EventBridge: whether one surely matches an event. Pure.

All keys of a pattern have to match, and of a list one; prefix, suffix, contains, anything-but and
exists are understood (EventBridge user guide, "Event patterns"). Of what else a pattern says nobody
knows whether it matches.
"""

from __future__ import annotations

import json
from typing import Any

from collectors.conditions import Truth, every, some

Event = dict[str, Any]
"""What is known of an event. Of a field that is not in it nothing is known."""

_MISSING = object()


def read(pattern: str) -> dict[str, Any] | None:
    """A pattern as written; null for a text that is none. An empty one matches everything."""
    try:
        written = json.loads(pattern or "{}")
    except (ValueError, RecursionError):
        return None
    return written if isinstance(written, dict) else None


def matches(pattern: dict[str, Any], event: Event) -> Truth:
    """Whether a pattern matches an event; null where that cannot be said."""
    return every(_field(wanted, event.get(key, _MISSING)) for key, wanted in pattern.items())


def _field(wanted: Any, known: Any) -> Truth:
    if isinstance(wanted, dict):
        return matches(wanted, known if isinstance(known, dict) else {})
    if known is _MISSING or isinstance(known, dict) or not isinstance(wanted, list):
        return None
    return some(_one(option, known) for option in wanted)


def _one(option: Any, value: Any) -> Truth:
    if not isinstance(option, dict):
        return isinstance(option, bool) == isinstance(value, bool) and bool(option == value)
    # Several operators in one map all have to hold.
    return every(_operator(name, argument, value) for name, argument in option.items())


def _operator(name: str, argument: Any, value: Any) -> Truth:
    if name == "anything-but":
        listed = argument if isinstance(argument, list) else [argument]
        hit = some(_one(one, value) for one in listed)
        return None if hit is None else not hit
    if name == "exists":
        return argument if isinstance(argument, bool) else None
    if not isinstance(argument, str) or not isinstance(value, str):
        return None
    match name:
        case "prefix":
            return value.startswith(argument)
        case "suffix":
            return value.endswith(argument)
        case "contains":
            return argument in value
        case _:
            return None
