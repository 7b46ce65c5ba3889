"""Instances of AnalyticDB for PostgreSQL (gpdb)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.allow_list import allow_list, endpoint_exposure
from collectors.aliyun.cms_calls import ALARM_CALLS
from collectors.aliyun.databases import (
    AUDIT_NOT_TOLD,
    NO_ENCRYPTION,
    PLAINTEXT_NOT_TOLD,
    SUPPORT_NOT_TOLD,
    UPGRADE_NOT_TOLD,
    Item,
    database_call,
    days,
    encrypted_with,
    first,
    has_address,
    kept_of,
    spans_zones,
    subnet_routes,
    switch,
    tls,
    told,
)
from collectors.aliyun.gpdb_facts import disks_encrypted
from collectors.aliyun.kms_calls import DESCRIBE_KEY
from collectors.aliyun.resource_alarms import alarms_on
from collectors.aliyun.vpc_calls import ROUTE_CALLS
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption

DESCRIBE_INSTANCES = database_call(
    "gpdb", "DescribeDBInstances", "Items.DBInstance", "region", paged=True
)
DESCRIBE_ATTRIBUTE = database_call(
    "gpdb", "DescribeDBInstanceAttribute", "Items.DBInstanceAttribute"
)
DESCRIBE_NET_INFO = database_call(
    "gpdb", "DescribeDBInstanceNetInfo", "DBInstanceNetInfos.DBInstanceNetInfo"
)
DESCRIBE_ALLOW_LIST = database_call(
    "gpdb", "DescribeDBInstanceIPArrayList", "Items.DBInstanceIPArray"
)
DESCRIBE_SSL = database_call("gpdb", "DescribeDBInstanceSSL")
DESCRIBE_BACKUP_POLICY = database_call("gpdb", "DescribeBackupPolicy")

NATIVE = "ACS::GPDB::DBInstance"
_KEPT = (
    "DBInstanceId", "DBInstanceCategory", "DBInstanceMode", "Engine", "EngineVersion", "PayType",
    "InstanceNetworkType", "VpcId", "VSwitchId", "ZoneId", "StorageType", "DBInstanceStatus",
    "CreateTime",
)  # fmt: skip


def databases(account: Account, region: str) -> Iterable[Document]:
    """A document for each instance of a region."""
    found = account.listed(DESCRIBE_INSTANCES, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, region, NATIVE)
        return
    yield from account.map(lambda item: _instance(account, region, item), found)


def _instance(account: Account, region: str, item: Item) -> Document:
    identity = item["DBInstanceId"]
    ask = {"DBInstanceId": identity}
    attribute = first(account.read(DESCRIBE_ATTRIBUTE, region, identity, **ask))
    groups = account.read(DESCRIBE_ALLOW_LIST, region, identity, **ask)
    ranges = then(groups, lambda found: allow_list(one.get("SecurityIPList") for one in found))
    addresses = account.read(DESCRIBE_NET_INFO, region, identity, **ask)
    ssl = switch(account.read(DESCRIBE_SSL, region, identity, **ask), "SSLEnabled")
    facts = Database(
        engine="analyticdb-postgresql",
        engine_version=told(item, "EngineVersion"),
        version_supported=SUPPORT_NOT_TOLD,
        network_kind=then(told(item, "InstanceNetworkType"), _network),
        exposure=endpoint_exposure(has_address(addresses, "IPType", "public"), ranges),
        allow_list=ranges,
        private_endpoint=has_address(addresses, "IPType", "private"),
        authentication=True,
        tls=tls(ssl, PLAINTEXT_NOT_TOLD),
        encryption=_encryption(account, region, attribute),
        audit_log=AUDIT_NOT_TOLD,
        alarms=alarms_on(account, "acs_hybriddb", identity),
        backup=_backup(account.read(DESCRIBE_BACKUP_POLICY, region, identity, **ask)),
        multi_zone=then(
            attribute,
            lambda one: spans_zones(str(item.get("ZoneId") or ""), [one.get("StandbyZoneId")]),
        ),
        replicas=[],
        guard_instance=None,
        deletion_protection=None,
        auto_minor_upgrade=UPGRADE_NOT_TOLD,
        tenancy="shared",
        subnet_routes_to_internet=subnet_routes(account, region, item.get("VSwitchId")),
        # Access is up to the allow-list alone.
        firewall_ids=[],
    )
    return account.document(
        facts,
        id=account.arn("gpdb", region, f"dbinstance/{identity}"),
        region=region,
        name=item.get("DBInstanceDescription") or identity,
        native_type=NATIVE,
        tags=tags_of(item.get("Tags")),
        native=kept_of(item, _KEPT),
    )


def _network(kind: str) -> Any:
    return cast("Any", "vpc" if kind.lower() == "vpc" else "classic")


def _encryption(account: Account, region: str, attribute: Item | Unknown) -> Encryption:
    """Disk encryption, with a key that is named when the instance is made."""
    if isinstance(attribute, Unknown):
        return Encryption.unread(attribute)
    on = then(told(attribute, "EncryptionType"), lambda kind: disks_encrypted(str(kind)))
    if isinstance(on, Unknown):
        return Encryption.unread(on)
    if not on:
        return NO_ENCRYPTION
    return encrypted_with(account, region, attribute.get("EncryptionKey"))


def _backup(policy: Item | Unknown) -> Backup:
    """Backups on chosen days of the week, with or without points of recovery between them."""
    period = then(policy, lambda one: told(one, "PreferredBackupPeriod"))
    return Backup(
        enabled=then(period, bool),
        retention_days=then(then(policy, lambda one: told(one, "BackupRetentionPeriod")), days),
        point_in_time=switch(policy, "EnableRecoveryPoint"),
        copies=[],
    )


SERVICE = Service(
    name="AnalyticDB for PostgreSQL instances",
    types=((Database, NATIVE),),
    calls=(
        DESCRIBE_INSTANCES,
        DESCRIBE_ATTRIBUTE,
        DESCRIBE_NET_INFO,
        DESCRIBE_ALLOW_LIST,
        DESCRIBE_SSL,
        DESCRIBE_BACKUP_POLICY,
        *ROUTE_CALLS,
        *ALARM_CALLS,
        DESCRIBE_KEY,
    ),
    region=databases,
)
