"""Clusters of ApsaraDB for ClickHouse, Enterprise Edition."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.allow_list import allow_list, endpoint_exposure, with_templates
from collectors.aliyun.cms_calls import ALARM_CALLS
from collectors.aliyun.databases import (
    AUDIT_NOT_TOLD,
    SUPPORT_NOT_TOLD,
    TLS_VERSIONS,
    UPGRADE_NOT_TOLD,
    Item,
    database_call,
    days,
    has_address,
    kept_of,
    not_known,
    subnet_routes,
    switch,
    told,
)
from collectors.aliyun.resource_alarms import alarms_on
from collectors.aliyun.vpc_calls import ROUTE_CALLS
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption, Tls

DESCRIBE_INSTANCES = database_call(
    "clickhouse", "DescribeDBInstances", "Data.DBInstances", "region", paged=True
)
DESCRIBE_ATTRIBUTE = database_call("clickhouse", "DescribeDBInstanceAttribute", "Data")
DESCRIBE_ENDPOINTS = database_call("clickhouse", "DescribeEndpoints", "Data.Endpoints")
DESCRIBE_ALLOW_LIST = database_call("clickhouse", "DescribeSecurityIPList", "Data.GroupItems")
LIST_TEMPLATES = database_call(
    "clickhouse", "ListInstanceLinkedWhitelistTemplates", "Data.Templates", may_omit=True
)
DESCRIBE_BACKUP_POLICY = database_call("clickhouse", "DescribeBackupPolicy")

NATIVE = "ACS::ClickHouse::DBCluster"
_KEPT = (
    "DBInstanceId", "Engine", "EngineVersion", "ChargeType", "ZoneId", "VpcId", "VSwitchId",
    "StorageType", "DeletionProtection", "Status", "CreateTime",
)  # fmt: skip
_NO_KEY = Unknown("the API does not tell whether disks are encrypted")


def databases(account: Account, region: str) -> Iterable[Document]:
    """A document for each cluster of a region."""
    found = account.listed(DESCRIBE_INSTANCES, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, region, NATIVE)
        return
    yield from account.map(lambda item: _cluster(account, region, item), found)


def _cluster(account: Account, region: str, item: Item) -> Document:
    identity = item["DBInstanceId"]
    ask = {"DBInstanceId": identity}
    attribute = account.read(DESCRIBE_ATTRIBUTE, region, identity, **ask)
    endpoints = account.read(DESCRIBE_ENDPOINTS, region, identity, **ask)
    groups = account.read(DESCRIBE_ALLOW_LIST, region, identity, **ask)
    templates = account.read(LIST_TEMPLATES, region, identity, **ask)
    ranges = with_templates(
        then(groups, lambda found: allow_list(one.get("SecurityIPList") for one in found)),
        templates,
        "SecurityIPList",
    )
    facts = Database(
        engine="clickhouse",
        engine_version=told(item, "EngineVersion"),
        version_supported=SUPPORT_NOT_TOLD,
        # The Enterprise Edition stands in VPCs only.
        network_kind="vpc",
        exposure=endpoint_exposure(has_address(endpoints, "NetType", "public"), ranges),
        allow_list=ranges,
        private_endpoint=has_address(endpoints, "NetType", "vpc"),
        authentication=True,
        tls=Tls(minimum=TLS_VERSIONS, required=then(attribute, _refuses_plaintext), policy=None),
        encryption=Encryption.unread(_NO_KEY),
        audit_log=AUDIT_NOT_TOLD,
        alarms=alarms_on(account, "acs_clickhouse", identity),
        backup=_backup(account.read(DESCRIBE_BACKUP_POLICY, region, identity, **ask)),
        multi_zone=then(attribute, _multi_zone),
        replicas=[],
        guard_instance=None,
        deletion_protection=switch(item, "DeletionProtection"),
        auto_minor_upgrade=UPGRADE_NOT_TOLD,
        tenancy="shared",
        subnet_routes_to_internet=subnet_routes(account, region, item.get("VSwitchId")),
        # Access is up to the allow-list alone.
        firewall_ids=[],
    )
    return account.document(
        facts,
        id=account.arn("clickhouse", region, f"dbinstance/{identity}"),
        region=region,
        name=item.get("Description") or identity,
        native_type=NATIVE,
        tags=tags_of(item.get("Tags")),
        native=kept_of(item, _KEPT),
    )


def _refuses_plaintext(attribute: Item) -> bool | Unknown:
    """The ports of HTTP and TCP without TLS are open unless they are among the disabled ones."""
    if not attribute.get("DisabledPorts"):
        return False
    return Unknown("whether the disabled ports are all that take plaintext is not told")


def _multi_zone(attribute: Item) -> bool | Unknown:
    schema = told(attribute, "DeploySchema")
    known = {"multi_az": True, "single_az": False}
    unknown = not_known("DeploySchema", schema)
    return then(schema, lambda text: known.get(str(text).lower(), unknown))


def _backup(policy: Item | Unknown) -> Backup:
    """Backups on chosen days of the week, which cannot restore to a point in time."""
    return Backup(
        enabled=switch(policy, "Switch"),
        retention_days=then(then(policy, lambda one: told(one, "BackupRetentionPeriod")), days),
        point_in_time=False,
        copies=[],
    )


SERVICE = Service(
    name="ClickHouse clusters",
    types=((Database, NATIVE),),
    calls=(
        DESCRIBE_INSTANCES,
        DESCRIBE_ATTRIBUTE,
        DESCRIBE_ENDPOINTS,
        DESCRIBE_ALLOW_LIST,
        LIST_TEMPLATES,
        DESCRIBE_BACKUP_POLICY,
        *ROUTE_CALLS,
        *ALARM_CALLS,
    ),
    region=databases,
)
