"""When an alert processing rule is in force, by its schedule. Pure.

A schedule may have a beginning, an end and hours that recur, all in a time zone of its own
(REST, "Alert Processing Rules": Schedule). Ends within a day of now are taken for both sides of it,
so that the zone does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Literal

from collectors.document import Unknown

Item = dict[str, Any]
InForce = Literal["always", "sometimes", "later", "never"]

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = 24 * 60 * 60
_ZONES = timedelta(days=1)
_EVERY_DATE = set(range(1, 32))

_WINDOW = Unknown("an alert processing rule is in force until a date that is still to come")
_SCHEDULE = Unknown("the schedule of an alert processing rule is not understood")


def in_force(schedule: Item | None, now: datetime) -> InForce | Unknown:
    """When a rule with a schedule is in force from `now` (UTC, without a zone) on: always until
    somebody changes it, at some times of the week or month, from some day on, never again; unknown
    where it is now, and ends some day."""
    told = schedule or {}
    try:
        begins, ends = _moment(told.get("effectiveFrom")), _moment(told.get("effectiveUntil"))
        whole = _is_whole(told.get("recurrences") or [])
    except (KeyError, ValueError, AttributeError, TypeError):
        return _SCHEDULE
    if ends and ends < now - _ZONES:
        return "never"
    if begins and begins > now + _ZONES:
        return "later"
    if not whole:
        return "sometimes"
    return _WINDOW if ends else "always"


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=None) if text else None


def _is_whole(recurrences: list[Item]) -> bool:
    """Whether recurring hours are all hours of the week; without any the schedule has no hours."""
    if not recurrences:
        return True
    reached = 0
    for start, end in sorted(one for each in recurrences for one in _hours(each)):
        if start > reached:
            return False
        reached = max(reached, end)
    return reached >= len(_DAYS) * _DAY


def _hours(recurrence: Item) -> Iterator[tuple[int, int]]:
    """Seconds of the week, from and to. Days of the month count where they are all of them."""
    kind = str(recurrence["recurrenceType"]).lower()
    if kind not in {"daily", "weekly", "monthly"}:
        raise ValueError(kind)
    if kind == "monthly" and not set(recurrence["daysOfMonth"]) >= _EVERY_DATE:
        return
    named = recurrence["daysOfWeek"] if kind == "weekly" else _DAYS
    start, end = _second(recurrence.get("startTime")), _second(recurrence.get("endTime"))
    # The last second is the end of the day; an end before the start is one of the next day.
    length = (end - start) % _DAY or _DAY
    length += _DAY - end if end in range(_DAY - 60, _DAY) else 0
    for day in named:
        first = _DAYS.index(str(day).lower()) * _DAY + start
        last = first + length
        yield first, last
        if last > len(_DAYS) * _DAY:
            yield 0, last - len(_DAYS) * _DAY


def _second(text: str | None) -> int:
    """Seconds of the day of 06:00:00."""
    hours, minutes, seconds = str(text or "00:00:00").split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(float(seconds))
