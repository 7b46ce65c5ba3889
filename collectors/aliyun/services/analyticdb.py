"""Clusters of AnalyticDB for MySQL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.allow_list import allow_list, endpoint_exposure
from collectors.aliyun.cms_calls import ALARM_CALLS
from collectors.aliyun.databases import (
    NO_ENCRYPTION,
    RETENTION_NOT_TOLD,
    SUPPORT_NOT_TOLD,
    UPGRADE_NOT_TOLD,
    Item,
    audit_log,
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
from collectors.aliyun.kms_calls import DESCRIBE_KEY
from collectors.aliyun.resource_alarms import alarms_on
from collectors.aliyun.vpc_calls import ROUTE_CALLS
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption

DESCRIBE_CLUSTERS = database_call(
    "adb", "DescribeDBClusters", "Items.DBCluster", "region", paged=True
)
DESCRIBE_ATTRIBUTE = database_call("adb", "DescribeDBClusterAttribute", "Items.DBCluster")
DESCRIBE_NET_INFO = database_call("adb", "DescribeDBClusterNetInfo", "Items.Address")
DESCRIBE_ALLOW_LIST = database_call("adb", "DescribeDBClusterAccessWhiteList", "Items.IPArray")
DESCRIBE_SSL = database_call("adb", "DescribeDBClusterSSL")
DESCRIBE_AUDIT = database_call("adb", "DescribeAuditLogConfig")
DESCRIBE_BACKUP_POLICY = database_call("adb", "DescribeBackupPolicy")

NATIVE = "ACS::ADB::DBCluster"
_KEPT = (
    "DBClusterId", "Category", "Mode", "DBVersion", "ProductVersion", "PayType", "ZoneId", "VPCId",
    "VSwitchId", "DBClusterNetworkType", "DBClusterStatus", "CreateTime",
)  # fmt: skip


def databases(account: Account, region: str) -> Iterable[Document]:
    """A document for each cluster of a region."""
    found = account.listed(DESCRIBE_CLUSTERS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, region, NATIVE)
        return
    yield from account.map(lambda item: _cluster(account, region, item), found)


def _cluster(account: Account, region: str, item: Item) -> Document:
    identity = item["DBClusterId"]
    ask = {"DBClusterId": identity}
    attribute = first(account.read(DESCRIBE_ATTRIBUTE, region, identity, **ask))
    groups = account.read(DESCRIBE_ALLOW_LIST, region, identity, **ask)
    ranges = then(groups, lambda found: allow_list(one.get("SecurityIPList") for one in found))
    addresses = account.read(DESCRIBE_NET_INFO, region, identity, **ask)
    facts = Database(
        engine="analyticdb-mysql",
        engine_version=told(item, "DBVersion"),
        version_supported=SUPPORT_NOT_TOLD,
        network_kind=then(told(item, "DBClusterNetworkType"), _network),
        exposure=endpoint_exposure(has_address(addresses, "NetType", "public"), ranges),
        allow_list=ranges,
        private_endpoint=has_address(addresses, "NetType", "vpc"),
        authentication=True,
        # TLS is offered beside plaintext.
        tls=tls(switch(account.read(DESCRIBE_SSL, region, identity, **ask), "SSLEnabled"), False),
        encryption=_encryption(account, region, attribute),
        audit_log=audit_log(
            account,
            region,
            switch(account.read(DESCRIBE_AUDIT, region, identity, **ask), "AuditLogStatus"),
            RETENTION_NOT_TOLD,
        ),
        alarms=alarms_on(account, "acs_ads", identity),
        backup=_backup(account.read(DESCRIBE_BACKUP_POLICY, region, identity, **ask)),
        multi_zone=then(
            attribute,
            lambda one: spans_zones(str(item.get("ZoneId") or ""), [one.get("SecondaryZoneId")]),
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
        id=account.arn("adb", region, f"dbcluster/{identity}"),
        region=region,
        name=item.get("DBClusterDescription") or identity,
        native_type=NATIVE,
        tags=tags_of(item.get("Tags")),
        native=kept_of(item, _KEPT),
    )


def _network(kind: str) -> Any:
    return cast("Any", "vpc" if kind.lower() == "vpc" else "classic")


def _encryption(account: Account, region: str, attribute: Item | Unknown) -> Encryption:
    if isinstance(attribute, Unknown):
        return Encryption.unread(attribute)
    on = switch(attribute, "DiskEncryption")
    if isinstance(on, Unknown):
        return Encryption.unread(on)
    if not on:
        return NO_ENCRYPTION
    return encrypted_with(account, region, attribute.get("KmsId"))


def _backup(policy: Item | Unknown) -> Backup:
    """Backups on chosen days of the week, with or without logs."""
    period = then(policy, lambda one: told(one, "PreferredBackupPeriod"))
    return Backup(
        enabled=then(period, bool),
        retention_days=then(then(policy, lambda one: told(one, "BackupRetentionPeriod")), days),
        point_in_time=switch(policy, "EnableBackupLog"),
        copies=[],
    )


SERVICE = Service(
    name="AnalyticDB clusters",
    types=((Database, NATIVE),),
    calls=(
        DESCRIBE_CLUSTERS,
        DESCRIBE_ATTRIBUTE,
        DESCRIBE_NET_INFO,
        DESCRIBE_ALLOW_LIST,
        DESCRIBE_SSL,
        DESCRIBE_AUDIT,
        DESCRIBE_BACKUP_POLICY,
        *ROUTE_CALLS,
        *ALARM_CALLS,
        DESCRIBE_KEY,
    ),
    region=databases,
)
