"""And, or, over facts that may be unknown: an unknown decides only where nothing known does. The
shortest of several times."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.document import Unknown, also

Known = bool | Unknown


def some(values: Iterable[Known]) -> Known:
    """True if any value is true; else unknown if any is unknown; else false."""
    values = list(values)
    return True if True in values else also(None, *values) or False


def every(values: Iterable[Known]) -> Known:
    """False if any value is false; else unknown if any is unknown; else true."""
    values = list(values)
    return False if False in values else also(None, *values) or True


def negated(value: Known) -> Known:
    """The opposite of what is known."""
    return value if isinstance(value, Unknown) else not value


def shortest(*days: int | Unknown | None) -> int | Unknown | None:
    """The shortest of several times; null, which is for ever, where none ends."""
    return also(None, *days) or min((one for one in days if isinstance(one, int)), default=None)


def told(item: dict[str, Any], key: str) -> Any:
    """What an answer says under a key, unknown where it says nothing."""
    return item.get(key, Unknown(f"the API does not tell {key} of this resource"))
