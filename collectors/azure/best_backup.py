"""Which of several backups of a resource counts. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.document import Unknown
from collectors.facts.shared import Backup

NO_BACKUP = Backup(enabled=False, retention_days=0, point_in_time=False, copies=[])


def best(backups: Iterable[Backup]) -> Backup:
    """The one that is on and keeps longest; one in doubt before one that is off."""

    def rank(one: Backup) -> tuple[int, int]:
        on = 1 if isinstance(one.enabled, Unknown) else 2 * one.enabled
        return on, one.retention_days if isinstance(one.retention_days, int) else 0

    return max(backups, key=rank)
