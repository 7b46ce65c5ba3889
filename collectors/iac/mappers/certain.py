"""Reading something of which every part must be known: the first part that is not ends the reading,
and leaves the whole unknown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from collectors.document import Unknown
from collectors.iac.blocks import Reference, nested

T = TypeVar("T")


class _NotKnownError(Exception):
    """A part that decides is not known."""

    def __init__(self, reason: Unknown) -> None:
        super().__init__(reason.reason)
        self.reason = reason


def whole(reading: Callable[[], T]) -> T | Unknown:
    """What a reading yields, or why a part of it is not known."""
    try:
        return reading()
    except _NotKnownError as error:
        return error.reason


def known(value: Any) -> Any:
    """A value that is known; else the reading ends."""
    if isinstance(value, Reference):
        value = Unknown(f"{value.address}.{value.attribute} is known after apply")
    if isinstance(value, Unknown):
        raise _NotKnownError(value)
    return value


def many(values: dict[str, Any], argument: str) -> list[dict[str, Any]]:
    """The nested blocks of a name."""
    found: list[dict[str, Any]] = known(nested(values, argument))
    return found


def one(values: dict[str, Any], argument: str, missing: Unknown | None = None) -> dict[str, Any]:
    """The nested block of a name, empty where there is none; `missing` ends the reading there."""
    found = many(values, argument)
    if not found and missing:
        raise _NotKnownError(missing)
    return found[0] if found else {}
