"""Databases of ApsaraDB RDS: MySQL, PostgreSQL, SQL Server, MariaDB."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from msgspec import Struct

from collectors.addresses import opens_to_internet
from collectors.aliyun import rds_calls as calls
from collectors.aliyun import rds_facts
from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.allow_list import allow_list, endpoint_exposure, with_templates
from collectors.aliyun.cms_calls import ALARM_CALLS
from collectors.aliyun.databases import (
    ALGORITHM_NOT_TOLD,
    NO_ENCRYPTION,
    SUPPORT_NOT_TOLD,
    Item,
    Manager,
    audit_log,
    days,
    deletion_protection,
    encrypted_with,
    first,
    has_address,
    kept_of,
    replicas_at,
    subnet_routes,
    switch,
    told,
    under,
)
from collectors.aliyun.kms_calls import DESCRIBE_KEY
from collectors.aliyun.resource_alarms import alarms_on
from collectors.aliyun.vpc_calls import ROUTE_CALLS
from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.shared import Encryption, Logging, Replica

NATIVE = "ACS::RDS::DBInstance"
_KEPT = (
    "DBInstanceId", "DBInstanceClass", "DBInstanceType", "Engine", "EngineVersion", "Category",
    "PayType", "InstanceNetworkType", "VpcId", "VSwitchId", "ZoneId", "MutriORsignle",
    "GuardDBInstanceId", "MasterInstanceId", "DeletionProtection", "DedicatedHostGroupId",
    "DBInstanceStatus", "CreateTime",
)  # fmt: skip
_MANAGERS: dict[str, Manager] = {
    "ServiceKey": "provider",
    "CMK": "customer",
    "Aliyun_Generate_Key": "provider",
    "Customer_Provided_Key": "customer",
}


class Around(Struct, frozen=True):
    """What instances of a region are joined with; each part may be unknown."""

    tags: list[Item] | Unknown
    crossing: list[Item] | Unknown
    """Instances whose backups are copied to another region."""
    clusters: list[Item] | Unknown
    """Global active databases, of MySQL only."""
    instances: list[Item]


def databases(account: Account, region: str) -> Iterable[Document]:
    """A document for each instance of a region, read-only ones too."""
    found = account.listed(calls.DESCRIBE_INSTANCES, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, region, NATIVE)
        return
    if not found:
        return
    around = Around(
        tags=account.listed(calls.DESCRIBE_TAGS, region),
        crossing=account.listed(calls.DESCRIBE_CROSS_REGION_BACKUPS, region),
        clusters=account.read(calls.DESCRIBE_GLOBAL_CLUSTERS, region) or [],
        instances=found,
    )
    yield from account.map(lambda item: _instance(account, region, item, around), found)


def _instance(account: Account, region: str, item: Item, around: Around) -> Document:
    identity = item["DBInstanceId"]
    engine = rds_facts.engine_of(item["Engine"])
    ask = {"DBInstanceId": identity}
    attribute = first(account.read(calls.DESCRIBE_ATTRIBUTE, region, identity, **ask))
    groups = account.read(calls.DESCRIBE_ALLOW_LIST, region, identity, **ask)
    templates = account.read(calls.DESCRIBE_TEMPLATES, region, identity, InsName=identity)
    ranges = with_templates(
        then(groups, lambda found: allow_list(one.get("SecurityIPList") for one in found)),
        templates,
        "Ips",
    )
    addresses = account.read(calls.DESCRIBE_NET_INFO, region, identity, **ask)
    security_groups = account.read(calls.DESCRIBE_SECURITY_GROUPS, region, identity, **ask)
    classic = item.get("InstanceNetworkType") == "Classic"
    facts = Database(
        engine=engine,
        engine_version=told(item, "EngineVersion"),
        version_supported=SUPPORT_NOT_TOLD,
        network_kind="classic"
        if classic
        else then(told(item, "InstanceNetworkType"), lambda _: cast("Any", "vpc")),
        exposure=endpoint_exposure(_is_public(account, region, item, addresses, ranges), ranges),
        allow_list=ranges,
        private_endpoint=has_address(addresses, "IPType", "private"),
        authentication=True,
        tls=_tls(account, region, identity, engine),
        encryption=_encryption(account, region, identity),
        audit_log=_audit(account, region, identity),
        alarms=alarms_on(account, "acs_rds_dashboard", identity),
        backup=_backup(account, region, item, engine, around),
        multi_zone=_multi_zone(account, region, item, attribute, around),
        replicas=_replicas(account, region, item, attribute, around),
        guard_instance=_guard(item, attribute),
        deletion_protection=deletion_protection(
            item.get("PayType") == "Prepaid", switch(item, "DeletionProtection")
        ),
        auto_minor_upgrade=then(attribute, lambda one: switch(one, "AutoUpgradeMinorVersion")),
        tenancy=_tenancy(item, attribute),
        subnet_routes_to_internet=subnet_routes(account, region, item.get("VSwitchId")),
        firewall_ids=then(
            security_groups or [], lambda found: [one["SecurityGroupId"] for one in found]
        ),
    )
    return account.document(
        facts,
        id=account.arn("rds", region, f"dbinstance/{identity}"),
        region=region,
        name=item.get("DBInstanceDescription") or identity,
        native_type=NATIVE,
        tags=then(around.tags, lambda found: _tags(found, identity)),
        native=kept_of(item, _KEPT),
    )


def _tags(found: list[Item], identity: str) -> dict[str, str]:
    tags: dict[str, str] = {}
    for one in found:
        if one.get("DBInstanceId") == identity:
            tags |= tags_of(one.get("Tags"))
    return tags


def _is_public(
    account: Account,
    region: str,
    item: Item,
    addresses: list[Item] | Unknown,
    ranges: list[str] | Unknown,
) -> bool | Unknown:
    """Whether the instance has a public endpoint. That of a database proxy is asked for only where
    the allow-list, which holds for both, lets everyone in."""
    own = has_address(addresses, "IPType", "public")
    if own is True or opens_to_internet(ranges) is False or item["Engine"] not in _WITH_PROXY:
        return own
    identity = item["DBInstanceId"]
    proxy = account.read(calls.DESCRIBE_PROXY, region, identity, DBInstanceId=identity)
    if isinstance(proxy, Unknown):
        return proxy
    names = ("DBProxyConnectStringItems", "DBProxyConnectStringItems")
    outer = [one.get("DBProxyConnectStringNetType") for one in under(proxy, *names)]
    return "OuterString" in outer or own


_WITH_PROXY = ("MySQL", "PostgreSQL")


def _tls(account: Account, region: str, identity: str, engine: str) -> Any:
    ssl = account.read(calls.DESCRIBE_SSL, region, identity, DBInstanceId=identity)
    hba: list[Item] | Unknown | None = None
    if (
        engine == "postgresql"
        and switch(ssl, "SSLEnabled") is True
        and not rds_facts.enforces_by_client(ssl)
    ):
        hba = account.read(calls.DESCRIBE_HBA, region, identity, DBInstanceId=identity)
    return rds_facts.tls(engine, ssl, hba)


def _encryption(account: Account, region: str, identity: str) -> Encryption:
    """Disk encryption, or else transparent data encryption: one is enough."""
    keys = account.read(calls.DESCRIBE_KEYS, region, identity, DBInstanceId=identity)
    if isinstance(keys, Unknown):
        return Encryption.unread(keys)
    for key in [*under(keys, "EncryptionKeyList"), keys or {}]:
        if key.get("EncryptionKey"):
            manager = _MANAGERS.get(str(key.get("KeyType")))
            return encrypted_with(account, region, key["EncryptionKey"], manager)
    tde = account.read(calls.DESCRIBE_TDE, region, identity, DBInstanceId=identity)
    if tde is None:
        return NO_ENCRYPTION
    on = switch(tde, "TDEStatus")
    if on is False:
        return NO_ENCRYPTION
    if any(one.get("TDEStatus") == "Disabled" for one in _databases(tde)):
        on = Unknown("TDE is on for the instance, and off for some of its databases")
    if isinstance(on, Unknown):
        return Encryption.unread(on)
    manager = _MANAGERS.get(str(tde.get("TDEMode")))
    return encrypted_with(
        account, region, tde.get("EncryptionKey"), manager, algorithm=ALGORITHM_NOT_TOLD
    )


def _databases(tde: Item | Unknown) -> list[Item]:
    return [] if isinstance(tde, Unknown) else under(tde, "Databases", "Database")


def _audit(account: Account, region: str, identity: str) -> Logging:
    """The SQL collector (SQL Explorer and Audit)."""
    policy = account.read(calls.DESCRIBE_AUDIT, region, identity, DBInstanceId=identity)
    on = False if policy is None else switch(policy, "SQLCollectorStatus")
    kept: int | Unknown = 0
    if on is True:
        kept = then(
            account.read(calls.DESCRIBE_AUDIT_RETENTION, region, identity, DBInstanceId=identity),
            days,
        )
    return audit_log(account, region, on, kept)


def _backup(account: Account, region: str, item: Item, engine: str, around: Around) -> Any:
    """An instance that is read-only has no backups: those of its primary hold the same data."""
    source = item.get("MasterInstanceId") or item["DBInstanceId"]
    policy = account.read(calls.DESCRIBE_BACKUP_POLICY, region, source, DBInstanceId=source)
    crossing = then(
        around.crossing,
        lambda found: [one for one in found if one.get("DBInstanceId") == source],
    )
    return rds_facts.backup(engine, policy, crossing, account.id)


def _multi_zone(
    account: Account, region: str, item: Item, attribute: Item | Unknown, around: Around
) -> bool | Unknown:
    """An instance that is read-only may fail with its zone: its primary stands in for it."""
    primary = item.get("MasterInstanceId")
    for one in around.instances:
        if one["DBInstanceId"] == primary:
            found = account.read(calls.DESCRIBE_ATTRIBUTE, region, primary, DBInstanceId=primary)
            return rds_facts.multi_zone(one, first(found))
    return rds_facts.multi_zone(item, attribute)


def _guard(item: Item, attribute: Item | Unknown) -> bool | Unknown:
    if item.get("GuardDBInstanceId"):
        return True
    return then(
        attribute,
        lambda one: bool(one.get("GuardDBInstanceId") or rds_facts.recovery_regions(one)),
    )


def _replicas(
    account: Account, region: str, item: Item, attribute: Item | Unknown, around: Around
) -> list[Replica] | Unknown:
    """Read-only instances, which stand in the region of their primary; disaster-recovery instances;
    and the other members of a global active database."""
    doubt = also(attribute, around.clusters)
    if doubt or isinstance(attribute, Unknown) or isinstance(around.clusters, Unknown):
        return cast("Unknown", doubt)
    identity = item["DBInstanceId"]
    read_only = under(item, "ReadOnlyDBInstanceIds", "ReadOnlyDBInstanceId")
    regions: list[Any] = [region for _ in read_only]
    regions += rds_facts.recovery_regions(attribute)
    guard = item.get("GuardDBInstanceId") or attribute.get("GuardDBInstanceId")
    if guard:
        here = any(one["DBInstanceId"] == guard for one in around.instances)
        elsewhere = Unknown("the API does not name the region of the disaster-recovery instance")
        regions.append(region if here else elsewhere)
    for cluster in around.clusters:
        members = cluster.get("GadInstanceMembers") or []
        if any(member.get("DBInstanceId") == identity for member in members):
            others = [one for one in members if one.get("DBInstanceId") != identity]
            regions += [told(one, "RegionId") for one in others]
    return replicas_at(account, regions)


def _tenancy(item: Item, attribute: Item | Unknown) -> Any:
    """Dedicated in a dedicated cluster (MyBase), or with an instance type of a whole host, which
    DBInstanceClassType calls "h"."""
    if item.get("DedicatedHostGroupId"):
        return "dedicated"
    return then(
        attribute, lambda one: "dedicated" if one.get("DBInstanceClassType") == "h" else "shared"
    )


SERVICE = Service(
    name="RDS databases",
    types=((Database, NATIVE),),
    calls=(*calls.CALLS, *ROUTE_CALLS, *ALARM_CALLS, DESCRIBE_KEY),
    region=databases,
)
