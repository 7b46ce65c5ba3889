"""Facts of log stores, alarms, image registries and queues."""

from __future__ import annotations

from typing import ClassVar

from collectors.document import ABSENT, Absent, Facts
from collectors.facts.shared import Encryption, Exposure, Grant, Tls


class LogStore(Facts, kw_only=True):
    """A log store (CloudWatch log group, Log Analytics workspace, SLS logstore). A null
    `retention_days` is kept for ever."""

    TYPE: ClassVar[str] = "log.store"

    retention_days: int | Absent | None = ABSENT
    encryption: Encryption | Absent = ABSENT
    exposure: Exposure | Absent = ABSENT


class Alarm(Facts, kw_only=True):
    """A monitoring alarm; `targets` counts the resources it watches."""

    TYPE: ClassVar[str] = "monitor.alarm"

    enabled: bool | Absent = ABSENT
    actions: list[str] | Absent = ABSENT
    target_kind: str | Absent = ABSENT
    targets: int | Absent = ABSENT


class Registry(Facts, kw_only=True):
    """A container image repository or registry instance."""

    TYPE: ClassVar[str] = "registry.repository"

    scan_on_push: bool | Absent = ABSENT
    immutable_tags: bool | Absent = ABSENT
    encryption: Encryption | Absent = ABSENT
    exposure: Exposure | Absent = ABSENT
    allow_list: list[str] | Absent = ABSENT


class Topic(Facts, kw_only=True):
    """A queue or topic."""

    TYPE: ClassVar[str] = "queue.topic"

    encryption: Encryption | Absent = ABSENT
    policy: list[Grant] | Absent = ABSENT
    tls: Tls | Absent = ABSENT
    exposure: Exposure | Absent = ABSENT
