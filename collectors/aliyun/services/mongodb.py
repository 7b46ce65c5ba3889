"""Replica sets, sharded clusters and serverless instances of ApsaraDB for MongoDB."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from collectors.aliyun import mongodb_calls as calls
from collectors.aliyun import mongodb_facts
from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.allow_list import allow_list, endpoint_exposure, with_templates
from collectors.aliyun.cms_calls import ALARM_CALLS
from collectors.aliyun.databases import (
    KEY_NOT_TOLD,
    NO_ENCRYPTION,
    SUPPORT_NOT_TOLD,
    UPGRADE_NOT_TOLD,
    Item,
    audit_log,
    deletion_protection,
    encrypted_with,
    first,
    kept_of,
    list_not_told,
    spans_zones,
    subnet_routes,
    switch,
    told,
    under,
)
from collectors.aliyun.kms_calls import DESCRIBE_KEY
from collectors.aliyun.resource_alarms import alarms_on
from collectors.aliyun.vpc_calls import ROUTE_CALLS
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Encryption, Logging

NATIVE = "ACS::MongoDB::DBInstance"
_KINDS = ("replicate", "sharding", "serverless")
"""DescribeDBInstances lists one kind at a time, replica sets unless asked for another."""
_KEPT = (
    "DBInstanceId", "DBInstanceClass", "DBInstanceType", "Engine", "EngineVersion", "ChargeType",
    "NetworkType", "ZoneId", "SecondaryZoneId", "HiddenZoneId", "ReplicationFactor", "StorageType",
    "DBInstanceStatus", "CreationTime",
)  # fmt: skip


def databases(account: Account, region: str) -> Iterable[Document]:
    """A document for each instance of a region."""
    found: list[Item] = []
    failed: Unknown | None = None
    for kind in _KINDS:
        instances = account.listed(calls.DESCRIBE_INSTANCES, region, DBInstanceType=kind)
        if isinstance(instances, Unknown):
            failed = instances
        else:
            found += instances
    if failed:
        yield account.unlisted(Database, failed, region, NATIVE)
    unique = {item["DBInstanceId"]: item for item in found}
    yield from account.map(lambda item: _instance(account, region, item), unique.values())


def _instance(account: Account, region: str, item: Item) -> Document:
    identity = item["DBInstanceId"]
    ask = {"DBInstanceId": identity}
    attribute = first(account.read(calls.DESCRIBE_ATTRIBUTE, region, identity, **ask))
    lists = account.read(calls.DESCRIBE_ALLOW_LIST, region, identity, **ask)
    templates = account.read(calls.DESCRIBE_TEMPLATES, region, identity, DBClusterId=identity)
    ranges = with_templates(
        then(lists, _ranges),
        templates,
        "GIpList",
    )
    networks = _networks(account, region, item)
    security_groups = account.read(calls.DESCRIBE_SECURITY_GROUPS, region, identity, **ask)
    facts = Database(
        engine="mongodb",
        engine_version=told(item, "EngineVersion"),
        version_supported=SUPPORT_NOT_TOLD,
        network_kind=then(told(item, "NetworkType"), _network),
        exposure=endpoint_exposure(then(networks, lambda known: "Public" in known), ranges),
        allow_list=ranges,
        private_endpoint=then(networks, lambda known: "VPC" in known),
        authentication=then(attribute, mongodb_facts.asks_for_password),
        tls=mongodb_facts.tls(account.read(calls.DESCRIBE_SSL, region, identity, **ask)),
        encryption=_encryption(account, region, identity, attribute),
        audit_log=_audit(account, region, identity),
        alarms=alarms_on(account, "acs_mongodb", identity),
        backup=mongodb_facts.backup(
            account.read(calls.DESCRIBE_BACKUP_POLICY, region, identity, **ask), account.id
        ),
        multi_zone=_multi_zone(account, region, item),
        # Read-only nodes of an instance stand in its region.
        replicas=[],
        guard_instance=None,
        deletion_protection=then(
            attribute,
            lambda one: deletion_protection(
                item.get("ChargeType") == "PrePaid", switch(one, "DBInstanceReleaseProtection")
            ),
        ),
        auto_minor_upgrade=UPGRADE_NOT_TOLD,
        tenancy="shared",
        subnet_routes_to_internet=then(
            attribute, lambda one: subnet_routes(account, region, one.get("VSwitchId"))
        ),
        firewall_ids=then(
            security_groups or [], lambda found: [one["SecurityGroupId"] for one in found]
        ),
    )
    return account.document(
        facts,
        id=account.arn("dds", region, f"dbinstance/{identity}"),
        region=region,
        name=item.get("DBInstanceDescription") or identity,
        native_type=NATIVE,
        tags=tags_of(item.get("Tags")),
        native=kept_of(item, _KEPT),
    )


def _network(kind: str) -> Any:
    return cast("Any", "vpc" if kind.lower() == "vpc" else "classic")


def _ranges(answer: Item) -> list[str] | Unknown:
    untold = list_not_told(answer, "SecurityIps", "SecurityIpGroups")
    if untold:
        return untold
    groups = under(answer, "SecurityIpGroups", "SecurityIpGroup")
    return allow_list([answer.get("SecurityIps"), *(one.get("SecurityIpList") for one in groups)])


def _networks(account: Account, region: str, item: Item) -> list[str] | Unknown:
    identity = item["DBInstanceId"]
    if item.get("DBInstanceType") == "replicate":
        nodes = account.read(calls.DESCRIBE_REPLICA_SET, region, identity, DBInstanceId=identity)
        return then(nodes, mongodb_facts.replica_set_networks)
    answer = account.read(calls.DESCRIBE_SHARDING, region, identity, DBInstanceId=identity)
    return then(answer, mongodb_facts.sharding_networks)


def _multi_zone(account: Account, region: str, item: Item) -> bool | Unknown:
    """The list tells the zones of a replica set; where it names one only, its nodes are asked."""
    own = str(item.get("ZoneId") or "")
    if spans_zones(own, [item.get("SecondaryZoneId"), item.get("HiddenZoneId")]):
        return True
    identity = item["DBInstanceId"]
    nodes = account.read(calls.DESCRIBE_ZONES, region, identity, DBInstanceId=identity)
    return then(nodes, mongodb_facts.several_zones)


def _encryption(
    account: Account, region: str, identity: str, attribute: Item | Unknown
) -> Encryption:
    """Disk encryption, or else transparent data encryption: one is enough."""
    if isinstance(attribute, Unknown):
        return Encryption.unread(attribute)
    if str(attribute.get("Encrypted")).lower() == "true":
        return encrypted_with(account, region, attribute.get("EncryptionKey") or KEY_NOT_TOLD)
    tde = account.read(calls.DESCRIBE_TDE, region, identity, DBInstanceId=identity)
    on = switch(tde, "TDEStatus")
    if on is False:
        return NO_ENCRYPTION
    if isinstance(on, Unknown):
        return Encryption.unread(on)
    return encrypted_with(
        account, region, tde.get("EncryptionKey"), algorithm=told(tde, "EncryptorName")
    )


def _audit(account: Account, region: str, identity: str) -> Logging:
    policy = account.read(calls.DESCRIBE_AUDIT, region, identity, DBInstanceId=identity)
    on = switch(policy, "LogAuditStatus")
    kept: int | Unknown = 0
    if on is True:
        store = account.read(calls.DESCRIBE_AUDIT_STORE, region, identity, DBInstanceId=identity)
        kept = then(store, mongodb_facts.audit_retention)
    return audit_log(account, region, on, kept, "audit-log")


SERVICE = Service(
    name="MongoDB instances",
    types=((Database, NATIVE),),
    calls=(*calls.CALLS, *ROUTE_CALLS, *ALARM_CALLS, DESCRIBE_KEY),
    region=databases,
)
