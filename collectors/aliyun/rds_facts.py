"""What the answers of RDS say of an instance. Pure."""

from __future__ import annotations

import json
from typing import Any

from collectors.aliyun.databases import (
    PLAINTEXT_NOT_TOLD,
    TLS_VERSIONS,
    Item,
    days,
    longest,
    no_tls,
    spans_zones,
    switch,
    told,
    under,
)
from collectors.aliyun.postgresql_tls import ENFORCING, refuses_plaintext
from collectors.document import Unknown
from collectors.facts.shared import Backup, BackupCopy, Tls

# RDS names its engines in words of its own; PPAS is compatible with Oracle.
_ENGINES = {"ppas": "oracle"}
_VERSIONS = ("1.0", "1.1", "1.2", "1.3")
_EVERY_HALF_HOUR = ("5", "10", "15", "30")


def engine_of(name: str) -> str:
    """The database that an engine of RDS is."""
    return _ENGINES.get(name.lower(), name.lower())


def multi_zone(item: Item, attribute: Item | Unknown) -> bool | Unknown:
    """Whether the instance or its secondary stands in another zone too (DescribeDBInstances:
    MutriORsignle, DescribeDBInstanceAttribute: SlaveZones, DBClusterNodes)."""
    own = str(item.get("ZoneId") or "")
    if "MAZ" in own or str(item.get("MutriORsignle")).lower() == "true":
        return True
    if isinstance(attribute, Unknown):
        return attribute
    others = [zone.get("ZoneId") for zone in under(attribute, "SlaveZones", "SlaveZone")]
    nodes = under(attribute, "DBClusterNodes", "DBClusterNode")
    others += [node.get("NodeZoneId") for node in nodes]
    others = [zone for zone in others if zone]
    if spans_zones(own, others):
        return True
    category = str(attribute.get("Category") or item.get("Category") or "").lower()
    if others or category.endswith("basic"):
        return False
    return Unknown("the API names no zone of the secondary instance")


def tls(engine: str, ssl: Item | Unknown | None, hba: list[Item] | Unknown | None) -> Tls:
    """TLS of DescribeDBInstanceSSL. `hba` is what pg_hba.conf of a PostgreSQL instance says; an
    instance without the feature answers None."""
    if ssl is None:
        return no_tls()
    if isinstance(ssl, Unknown):
        return Tls(minimum=ssl, required=ssl, policy=None)
    on = switch(ssl, "SSLEnabled")
    if on is False:
        return no_tls()
    if isinstance(on, Unknown):
        return Tls(minimum=on, required=on, policy=None)
    version = ssl.get("TlsVersion")
    minimum: Any = version if version in _VERSIONS and engine == "sqlserver" else TLS_VERSIONS
    return Tls(minimum=minimum, required=_required(engine, ssl, hba), policy=None)


def enforces_by_client(ssl: Item | Unknown | None) -> bool:
    """Whether PostgreSQL asks for a client's certificate, and so refuses plaintext."""
    return isinstance(ssl, dict) and ssl.get("ACL") in ENFORCING


def _required(engine: str, ssl: Item, hba: list[Item] | Unknown | None) -> bool | Unknown:
    if engine == "postgresql":
        if enforces_by_client(ssl):
            return True
        return hba if isinstance(hba, Unknown) else refuses_plaintext(hba or [])
    forced = switch(ssl, "ForceEncryption")
    return PLAINTEXT_NOT_TOLD if isinstance(forced, Unknown) else forced


def backup(
    engine: str, policy: Item | Unknown, crossing: list[Item] | Unknown, account: str
) -> Backup:
    """The backup policy. RDS backs up on chosen days of the week, and keeps logs for restoring to
    a point in time; copies in another region are a feature of their own."""
    copies = crossing if isinstance(crossing, Unknown) else _copies(crossing, account)
    if isinstance(policy, Unknown):
        return Backup(enabled=policy, retention_days=policy, point_in_time=policy, copies=copies)
    advanced = str(policy.get("AdvancedBackupPolicyEnabled")).lower() in ("true", "1")
    policies = under(policy, "AdvancedDataPolicies", "AdvancedDataPolicy")
    period = told(policy, "PreferredBackupPeriod")
    return Backup(
        enabled=period if isinstance(period, Unknown) else bool(period),
        retention_days=longest(policies, "RetentionType", "RetentionValue")
        if advanced
        else days(told(policy, "BackupRetentionPeriod")),
        point_in_time=_point_in_time(engine, policy),
        copies=copies,
    )


def _copies(crossing: list[Item], account: str) -> list[BackupCopy]:
    return [
        BackupCopy(region=told(one, "CrossBackupRegion"), account=account, kind="cross-region")
        for one in crossing
        if str(one.get("BackupEnabled")).lower() == "enable"
    ]


def _point_in_time(engine: str, policy: Item) -> bool | Unknown:
    """By the backup of logs. SQL Server answers 0 also where logs are backed up each half hour."""
    logs = switch(policy, "EnableBackupLog")
    if logs is not False or engine != "sqlserver":
        return logs
    if policy.get("LogBackupFrequency") == "LogInterval":
        return True
    if str(policy.get("BackupInterval")) in _EVERY_HALF_HOUR:
        return True
    return Unknown("logs of SQL Server are backed up as often as its data")


def recovery_regions(attribute: Item) -> list[str | Unknown]:
    """The regions of disaster-recovery instances (DescribeDBInstanceAttribute)."""
    found: list[str | Unknown] = []
    for name in ("DisasterRecoveryInstances", "DrReplicaInfo", "WarmStandbyInfo"):
        value = attribute.get(name)
        if isinstance(value, str) and value.strip():
            try:
                value = json.loads(value)
            except ValueError:
                found.append(Unknown(f"{name} is not understood"))
                continue
        for one in value if isinstance(value, list) else [value or {}]:
            region = one.get("regionId") or one.get("RegionId") or one.get("Region")
            if one and (region or one.get("insName") or one.get("InsName")):
                found.append(region or Unknown(f"{name} names no region"))
    return found
