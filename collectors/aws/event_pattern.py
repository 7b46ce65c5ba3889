"""Event patterns of EventBridge: whether one surely matches an event. Pure.

Understood are values, prefix, suffix, equals-ignore-case, wildcard, anything-but, numeric, exists
and $or (EventBridge user guide, "Comparison operators"); of what else a pattern says nobody knows
whether it matches.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Any

from collectors.conditions import Truth, every, negated, some

Pattern = dict[str, Any]
Event = dict[str, Any]
"""What is known of an event. Of a field that is not in it nothing is known."""

_MISSING = object()
_NUMERIC: dict[str, Callable[[float, float], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def read(pattern: str) -> Pattern | None:
    """A pattern as written, null for a text that is none."""
    try:
        written = json.loads(pattern)
    except (ValueError, RecursionError):
        return None
    return written if isinstance(written, dict) else None


def matches(pattern: Pattern, event: Event) -> Truth:
    """Whether a pattern matches an event; null where that cannot be said."""
    return every(_field(key, wanted, event) for key, wanted in pattern.items())


def _field(key: str, wanted: Any, event: Event) -> Truth:
    known = event.get(key, _MISSING)
    if key == "$or" and known is _MISSING and isinstance(wanted, list):
        return some(matches(one, event) if isinstance(one, dict) else None for one in wanted)
    if isinstance(wanted, dict):
        return matches(wanted, known if isinstance(known, dict) else {})
    if known is _MISSING or isinstance(known, dict) or not isinstance(wanted, list):
        return None
    return some(_one(option, known) for option in wanted)


def _one(option: Any, value: Any) -> Truth:
    if not isinstance(option, dict):
        return _equal(option, value)
    if len(option) != 1:
        return None
    ((name, argument),) = option.items()
    if name == "anything-but":
        return negated(some(_one(one, value) for one in _listed(argument)))
    if name == "exists":
        return argument if isinstance(argument, bool) else None
    if name == "numeric":
        return _numeric(argument, value)
    return some(_text(name, one, value) for one in _listed(argument))


def _listed(argument: Any) -> list[Any]:
    return argument if isinstance(argument, list) else [argument]


def _equal(wanted: Any, value: Any) -> bool:
    return isinstance(wanted, bool) == isinstance(value, bool) and bool(wanted == value)


def _text(name: str, wanted: Any, value: Any) -> Truth:
    if isinstance(wanted, dict) and list(wanted) == ["equals-ignore-case"]:
        (wanted,) = wanted.values()
        if isinstance(wanted, str) and isinstance(value, str):
            wanted, value = wanted.lower(), value.lower()
    if not isinstance(wanted, str):
        return None
    if not isinstance(value, str):
        return False
    match name:
        case "prefix":
            return value.startswith(wanted)
        case "suffix":
            return value.endswith(wanted)
        case "equals-ignore-case":
            return value.lower() == wanted.lower()
        case "wildcard" if "\\" not in wanted:
            # Only the asterisk stands for anything.
            return fnmatchcase(value, wanted.replace("[", "[[]").replace("?", "[?]"))
        case _:
            return None


def _numeric(wanted: Any, value: Any) -> Truth:
    """Pairs of a comparison and a number, all of which have to hold."""
    if not isinstance(wanted, list) or len(wanted) % 2 or not wanted:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    pairs = list(zip(wanted[::2], wanted[1::2], strict=True))
    if any(sign not in _NUMERIC or not isinstance(number, int | float) for sign, number in pairs):
        return None
    return all(_NUMERIC[sign](value, number) for sign, number in pairs)
