"""Facts of backup vaults and plans."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from collectors.document import ABSENT, Absent, Facts
from collectors.facts.shared import Encryption, Grant


class BackupVault(Facts, kw_only=True):
    """A backup vault. `lock_days` is its immutability, null when not locked, or by a lock that
    a privileged user can lift."""

    TYPE: ClassVar[str] = "backup.vault"

    encryption: Encryption | Absent = ABSENT
    lock_days: int | Absent | None = ABSENT
    policy: list[Grant] | Absent = ABSENT
    region: str | Absent = ABSENT
    redundancy: str | Absent = ABSENT


class PlanCopy(Struct, kw_only=True):
    """Where a backup plan copies to."""

    region: str | Absent = ABSENT
    account: str | Absent | None = ABSENT
    vault: str | Absent = ABSENT


class BackupPlan(Facts, kw_only=True):
    """A backup plan; `resources` counts those that it protects."""

    TYPE: ClassVar[str] = "backup.plan"

    resources: int | Absent = ABSENT
    schedule: str | Absent = ABSENT
    retention_days: int | Absent = ABSENT
    copies: list[PlanCopy] | Absent = ABSENT
