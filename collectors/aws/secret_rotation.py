"""How often Secrets Manager rotates a secret. Pure; live answers and templates are read with it."""

from __future__ import annotations

import re
from typing import Any

from collectors.document import Unknown

_RATE = re.compile(r"rate\((\d+) (hours?|days?)\)")

Item = dict[str, Any]


def rotation_days(item: Item) -> int | Unknown | None:
    """The days between rotations: as the service reckons them from the schedule after a rotation,
    else as a schedule by rate says. Null where rotation is off or was never configured, which the
    service tells by leaving it out (API reference, SecretListEntry)."""
    if not item.get("RotationEnabled"):
        return None
    rules = item.get("RotationRules", {})
    if "AutomaticallyAfterDays" in rules:
        days: int = rules["AutomaticallyAfterDays"]
        return days
    rate = _RATE.fullmatch(rules.get("ScheduleExpression", ""))
    if not rate:
        return Unknown("the days between rotations are not told until the first one")
    number = int(rate[1])
    return number if rate[2].startswith("day") else max(1, -(-number // 24))
