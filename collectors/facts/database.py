"""Facts of databases, caches and search engines, and of their snapshots."""

from __future__ import annotations

from typing import ClassVar, Literal

from collectors.document import ABSENT, Absent, Facts
from collectors.facts.shared import Backup, Encryption, Exposure, Logging, Replica, Tls


class Database(Facts, kw_only=True):
    """A database instance or cluster, relational, cache, document or search; `engine` tells which
    (mysql, postgresql, sqlserver, oracle, redis, mongodb, elasticsearch, …). `allow_list` holds the
    addresses that may connect through its own allow-list, empty where the cloud has firewalls
    instead. `private_endpoint`: it has an address in a network of the account (in a VPC, by VNet
    injection or a private endpoint). `guard_instance` is Alibaba Cloud's disaster-recovery
    instance, null elsewhere; `subnet_routes_to_internet` is null for a database that stands in no
    subnet of the account; `deletion_protection` is null for engines that have no such setting,
    `audit_log` for those of which the cloud keeps none; `authentication` and `tls` are null for
    what nobody connects to: a machine that copies from one database to another. `alarms` counts
    the alarms that are on, tell somebody and watch it."""

    TYPE: ClassVar[str] = "database.instance"

    engine: str | Absent = ABSENT
    engine_version: str | Absent = ABSENT
    version_supported: bool | Absent | None = ABSENT
    network_kind: Literal["vpc", "classic", "public"] | Absent = ABSENT
    exposure: Exposure | Absent = ABSENT
    allow_list: list[str] | Absent = ABSENT
    private_endpoint: bool | Absent = ABSENT
    authentication: bool | Absent | None = ABSENT
    tls: Tls | Absent | None = ABSENT
    encryption: Encryption | Absent = ABSENT
    audit_log: Logging | Absent | None = ABSENT
    alarms: int | Absent = ABSENT
    backup: Backup | Absent = ABSENT
    multi_zone: bool | Absent = ABSENT
    replicas: list[Replica] | Absent = ABSENT
    guard_instance: bool | Absent | None = ABSENT
    deletion_protection: bool | Absent | None = ABSENT
    auto_minor_upgrade: bool | Absent = ABSENT
    tenancy: Literal["shared", "dedicated"] | Absent = ABSENT
    subnet_routes_to_internet: bool | Absent | None = ABSENT
    firewall_ids: list[str] | Absent = ABSENT


class DatabaseSnapshot(Facts, kw_only=True):
    """A manual or shared snapshot of a database. `shared_with` lists accounts, or "all"."""

    TYPE: ClassVar[str] = "database.snapshot"

    encryption: Encryption | Absent = ABSENT
    shared_with: list[str] | Absent = ABSENT
    created: str | Absent = ABSENT
