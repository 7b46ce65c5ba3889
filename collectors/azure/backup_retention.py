"""How long policies of Azure Backup keep what they make. Pure.

A policy of a Recovery Services vault has a retention for each schedule; the most frequent one says
how long every backup is kept, the others keep single ones longer. One of a Backup vault has rules,
of which the default one holds for every backup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown

Item = dict[str, Any]

_SCHEDULES = ("dailySchedule", "weeklySchedule", "monthlySchedule", "yearlySchedule")
_DAYS = {"days": 1, "weeks": 7, "months": 30, "years": 365}
_ISO = {"D": 1, "W": 7, "M": 30, "Y": 365}
_DURATION = re.compile(r"P(\d+)([DWMY])")
_UNTOLD = Unknown("the backup policy tells no retention")


def item_retention(policy: Item) -> int | Unknown:
    """Days that a policy of a Recovery Services vault keeps a backup; the full ones of a database
    in a machine."""
    full = [sub for sub in _subs(policy) if str(sub.get("policyType")).lower() == "full"]
    found = (full[0] if full else policy).get("retentionPolicy") or {}
    durations = [
        (found.get(name) or {}).get("retentionDuration") for name in _SCHEDULES if found.get(name)
    ]
    duration = next(iter(durations), found.get("retentionDuration"))
    days = _DAYS.get(str((duration or {}).get("durationType")).lower())
    return int(duration["count"]) * days if duration and days else _UNTOLD


def to_the_minute(policy: Item) -> bool:
    """Whether logs are backed up as well, so that any moment can be restored."""
    return any(str(sub.get("policyType")).lower() == "log" for sub in _subs(policy))


def instance_retention(policy: Item) -> int | Unknown:
    """Days that the default rule of a Backup vault's policy keeps a backup, in all its stores."""
    found = [
        iso_days((cycle.get("deleteAfter") or {}).get("duration"))
        for rule in _retention_rules(policy)
        if rule.get("isDefault")
        for cycle in rule.get("lifecycles") or ()
    ]
    days = [one for one in found if isinstance(one, int)]
    return max(days) if days and len(days) == len(found) else _UNTOLD


def instance_copied(policy: Item) -> bool:
    """Whether a policy of a Backup vault puts backups into the vault, and not only beside what they
    are of."""
    stores = {
        str((cycle.get("sourceDataStore") or {}).get("dataStoreType")).lower()
        for rule in _retention_rules(policy)
        for cycle in rule.get("lifecycles") or ()
    }
    return "vaultstore" in stores


def _subs(policy: Item) -> list[Item]:
    found: list[Item] = policy.get("subProtectionPolicy") or []
    return found


def _retention_rules(policy: Item) -> Iterator[Item]:
    for rule in policy.get("policyRules") or ():
        if str(rule.get("objectType")).lower() == "azureretentionrule":
            yield rule


def iso_days(text: Any) -> int | None:
    """Days of a duration of ISO 8601 such as "P30D"."""
    found = _DURATION.fullmatch(str(text))
    return int(found[1]) * _ISO[found[2]] if found else None
