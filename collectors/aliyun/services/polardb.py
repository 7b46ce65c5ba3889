"""Clusters of PolarDB for MySQL, PostgreSQL and Oracle."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from collectors.aliyun import polardb_calls as calls
from collectors.aliyun import polardb_facts
from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.allow_list import allow_list, endpoint_exposure, with_templates
from collectors.aliyun.cms_calls import ALARM_CALLS
from collectors.aliyun.databases import (
    ALGORITHM_NOT_TOLD,
    NO_ENCRYPTION,
    RETENTION_NOT_TOLD,
    SUPPORT_NOT_TOLD,
    Item,
    audit_log,
    deletion_protection,
    encrypted_with,
    kept_of,
    list_not_told,
    replicas_at,
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
from collectors.facts.shared import Encryption, Replica

NATIVE = "ACS::PolarDB::DBCluster"
_KEPT = (
    "DBClusterId", "DBType", "DBVersion", "Engine", "Category", "SubCategory", "PayType", "ZoneId",
    "VpcId", "VswitchId", "DBClusterNetworkType", "DeletionLock", "HotStandbyCluster",
    "StrictConsistency", "StorageType", "DBNodeNumber", "CreateTime",
)  # fmt: skip


def databases(account: Account, region: str) -> Iterable[Document]:
    """A document for each cluster of a region."""
    found = account.listed(calls.DESCRIBE_CLUSTERS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, region, NATIVE)
        return
    if not found:
        return
    networks = account.listed(calls.DESCRIBE_GLOBAL_NETWORKS, region)
    yield from account.map(lambda item: _cluster(account, region, item, networks), found)


def _cluster(account: Account, region: str, item: Item, networks: list[Item] | Unknown) -> Document:
    identity = item["DBClusterId"]
    ask = {"DBClusterId": identity}
    attribute = account.read(calls.DESCRIBE_ATTRIBUTE, region, identity, **ask)
    lists = account.read(calls.DESCRIBE_ALLOW_LIST, region, identity, **ask)
    endpoints = account.read(calls.DESCRIBE_ENDPOINTS, region, identity, **ask)
    kinds = then(endpoints, polardb_facts.addresses)
    templates = account.read(calls.DESCRIBE_TEMPLATES, region, identity, **ask)
    ranges = with_templates(
        then(lists, _ranges),
        templates,
        "GIpList",
    )
    facts = Database(
        engine=then(told(item, "DBType"), str.lower),
        engine_version=told(item, "DBVersion"),
        version_supported=SUPPORT_NOT_TOLD,
        network_kind=then(told(item, "DBClusterNetworkType"), _network),
        exposure=endpoint_exposure(then(kinds, lambda known: "Public" in known), ranges),
        allow_list=ranges,
        private_endpoint=then(kinds, lambda known: "Private" in known),
        authentication=True,
        tls=polardb_facts.cluster_tls(account.read(calls.DESCRIBE_SSL, region, identity, **ask)),
        encryption=_encryption(account, region, identity),
        audit_log=audit_log(
            account,
            region,
            switch(account.read(calls.DESCRIBE_AUDIT, region, identity, **ask), "CollectorStatus"),
            RETENTION_NOT_TOLD,
        ),
        alarms=alarms_on(account, "acs_polardb", identity),
        backup=polardb_facts.backup(
            account.read(calls.DESCRIBE_BACKUP_POLICY, region, identity, **ask),
            account.read(calls.DESCRIBE_LOG_BACKUP_POLICY, region, identity, **ask),
            region,
            account.id,
        ),
        multi_zone=then(attribute, polardb_facts.multi_zone),
        replicas=then(networks, lambda found: _replicas(account, identity, found)),
        guard_instance=None,
        deletion_protection=deletion_protection(
            item.get("PayType") == "Prepaid", switch(item, "DeletionLock")
        ),
        auto_minor_upgrade=then(attribute, lambda one: switch(one, "AutoUpgradeMinorVersion")),
        # Nodes of exclusive specifications share their hosts and the storage with others.
        tenancy="shared",
        subnet_routes_to_internet=subnet_routes(account, region, item.get("VswitchId")),
        firewall_ids=then(lists, _security_groups),
    )
    return account.document(
        facts,
        id=account.arn("polardb", region, f"dbcluster/{identity}"),
        region=region,
        name=item.get("DBClusterDescription") or identity,
        native_type=NATIVE,
        tags=tags_of(item.get("Tags")),
        native=kept_of(item, _KEPT),
    )


def _network(kind: str) -> Any:
    return cast("Any", "vpc" if kind.lower() == "vpc" else "classic")


def _ranges(answer: Item) -> list[str] | Unknown:
    untold = list_not_told(answer, "Items")
    if untold:
        return untold
    groups = under(answer, "Items", "DBClusterIPArray")
    return allow_list(group.get("SecurityIps") for group in groups)


def _security_groups(answer: Item) -> list[str]:
    groups = under(answer, "DBClusterSecurityGroups", "DBClusterSecurityGroup")
    return [str(group["SecurityGroupId"]) for group in groups]


def _encryption(account: Account, region: str, identity: str) -> Encryption:
    """Transparent data encryption, or else the encryption of disks in the Standard Edition."""
    tde = account.read(calls.DESCRIBE_TDE, region, identity, DBClusterId=identity)
    on = switch(tde, "TDEStatus")
    if isinstance(on, Unknown):
        return Encryption.unread(on)
    if on:
        key = tde.get("EncryptionKey")
        where = tde.get("TDERegion") or region
        return encrypted_with(account, where, key, algorithm=ALGORITHM_NOT_TOLD)
    keys = account.read(calls.DESCRIBE_KEYS, region, identity, DBClusterId=identity)
    if isinstance(keys, Unknown):
        return Encryption.unread(keys)
    for key in under(keys, "EncryptionKeyList"):
        if key.get("UsedBy") == "DiskEncryption" and key.get("EncryptionKey"):
            return encrypted_with(account, region, key["EncryptionKey"])
    return NO_ENCRYPTION


def _replicas(account: Account, identity: str, networks: list[Item]) -> list[Replica]:
    """The other clusters of the global database network that the cluster belongs to."""
    for network in networks:
        members = network.get("DBClusters") or []
        if any(member.get("DBClusterId") == identity for member in members):
            others = [one for one in members if one.get("DBClusterId") != identity]
            return replicas_at(account, [told(one, "RegionId") for one in others])
    return []


SERVICE = Service(
    name="PolarDB clusters",
    types=((Database, NATIVE),),
    calls=(*calls.CALLS, *ROUTE_CALLS, *ALARM_CALLS, DESCRIBE_KEY),
    region=databases,
)
