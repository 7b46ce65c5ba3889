"""Facts of log stores, alarms, image registries and queues."""

from __future__ import annotations

from typing import ClassVar

from collectors.document import ABSENT, Absent, Facts
from collectors.facts.shared import Encryption, Exposure, Grant, Tls


class LogStore(Facts, kw_only=True):
    """A log store (CloudWatch log group, Log Analytics workspace, SLS logstore). A null
    `retention_days` is kept for ever. `exposure` is public where anyone can read it without signing
    in; an endpoint on the internet that asks for a sign-in is not."""

    TYPE: ClassVar[str] = "log.store"

    retention_days: int | Absent | None = ABSENT
    encryption: Encryption | Absent = ABSENT
    exposure: Exposure | Absent = ABSENT


class Alarm(Facts, kw_only=True):
    """A monitoring alarm; `targets` counts the resources it watches that exist. `target_kind` is
    instance, database, load_balancer, firewall, gateway, disk, cluster, function, bucket, or other
    for what is no single resource: a metric of one's own, a log."""

    TYPE: ClassVar[str] = "monitor.alarm"

    enabled: bool | Absent = ABSENT
    actions: list[str] | Absent = ABSENT
    target_kind: str | Absent = ABSENT
    targets: int | Absent = ABSENT


class Registry(Facts, kw_only=True):
    """A container image repository or registry instance. `allow_list` holds the addresses that may
    reach its public endpoint: 0.0.0.0/0 and ::/0 where nothing limits it (on Alibaba Cloud also an
    empty list of an open endpoint), empty without a public endpoint and where the service has no
    such list (ECR). `exposure` is public where anyone can pull without signing in, or after signing
    in to an account that everybody can open (AWS). `scan_on_push` is true by a rule of the whole
    registry too. `immutable_tags` is null where the service locks tags one by one alone (Azure).
    `shared_admin`: one name and password that may do everything is on; null where the service has
    none (AWS, Alibaba Cloud)."""

    TYPE: ClassVar[str] = "registry.repository"

    scan_on_push: bool | Absent = ABSENT
    immutable_tags: bool | Absent | None = ABSENT
    encryption: Encryption | Absent = ABSENT
    exposure: Exposure | Absent = ABSENT
    allow_list: list[str] | Absent = ABSENT
    shared_admin: bool | Absent | None = ABSENT


class Topic(Facts, kw_only=True):
    """A queue or topic."""

    TYPE: ClassVar[str] = "queue.topic"

    encryption: Encryption | Absent = ABSENT
    policy: list[Grant] | Absent = ABSENT
    tls: Tls | Absent = ABSENT
    exposure: Exposure | Absent = ABSENT
