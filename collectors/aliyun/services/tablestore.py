"""Instances of Tablestore (OTS).

An instance stands in no network: it has addresses on the internet, in VPCs and in the classic
network, and its access control says over which of them it answers. Every request is signed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.backup_calls import PROTECTION_CALLS, protection
from collectors.aliyun.backup_plans import Protection, backup_of
from collectors.aliyun.cms_calls import ALARM_CALLS
from collectors.aliyun.databases import (
    AUDIT_NOT_TOLD,
    PLAINTEXT_NOT_TOLD,
    TLS_VERSIONS,
    Item,
    audit_log,
    database_call,
    kept_of,
    told,
)
from collectors.aliyun.resource_alarms import alarms_on
from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption, Exposure, Tls

LIST_INSTANCES = database_call(
    "tablestore", "ListInstances", "Instances", "region", action="ots", paged=True
)
GET_INSTANCE = database_call("tablestore", "GetInstance", action="ots")
LIST_VPCS = database_call(
    "tablestore", "ListVpcInfoByInstance", "VpcInfos", action="ots", paged=True
)

NATIVE = "ACS::OTS::Instance"
_KEPT = (
    "InstanceName", "InstanceSpecification", "StorageType", "InstanceStatus", "PaymentType",
    "CreateTime", "IsMultiAZ", "Network", "NetworkTypeACL", "NetworkSourceACL",
)  # fmt: skip
_INTERNET, _CLASSIC, _VPC = "INTERNET", "CLASSIC", "VPC"
"""GetInstance: NetworkTypeACL."""
_BOUND_ONLY = {"VPC", "VPC_CONSOLE"}
"""GetInstance: Network, of instances that answer over bound VPCs alone."""

Kind = Literal["vpc", "classic", "public"]

_NO_VERSION = Unknown("Tablestore tells no version of its engine")
_NO_UPGRADE = Unknown("Tablestore has no setting for updates of its engine")
_TABLE_BY_TABLE = Unknown("tables are encrypted one by one, which is not read")
_NETWORKS_NOT_TOLD = Unknown("the API does not tell over which networks the instance answers")
_POLICY = Unknown("the policy of the instance may limit from where it is reached")
_ANY_VPC = Unknown("no VPC is bound to the instance, whose address in VPCs is one for all of them")
_SOME_TABLES = Unknown("Cloud Backup backs up some tables of the instance")
_MOMENTS = Unknown("Cloud Backup does not tell to which moments a table can be restored")
_REPLICAS = Unknown("tables that are kept in other regions too are not read")


def databases(account: Account, region: str) -> Iterable[Document]:
    """A document for each instance of a region."""
    found = account.listed(LIST_INSTANCES, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, region, NATIVE)
        return
    if not found:
        return
    backups = protection(account, region, "OTS")
    yield from account.map(lambda item: _document(account, region, item, backups), found)


def _document(account: Account, region: str, item: Item, backups: Protection) -> Document:
    name = item["InstanceName"]
    whole: Item | Unknown = account.read(GET_INSTANCE, region, name, InstanceName=name)
    networks = then(whole, networks_of)
    vpcs = account.read(LIST_VPCS, region, name, InstanceName=name)
    facts = Database(
        engine="tablestore",
        engine_version=_NO_VERSION,
        version_supported=None,
        network_kind=then(networks, network_kind),
        exposure=exposure(whole, networks),
        # Who is let in is up to networks and policies.
        allow_list=[],
        private_endpoint=has_private_way(vpcs, networks),
        authentication=True,
        tls=Tls(minimum=TLS_VERSIONS, required=PLAINTEXT_NOT_TOLD, policy=None),
        encryption=Encryption.unread(_TABLE_BY_TABLE),
        audit_log=audit_log(account, region, AUDIT_NOT_TOLD, None),
        alarms=alarms_on(account, "acs_ots_new", name),
        backup=backup(name, backups, account.id),
        multi_zone=told(item, "IsMultiAZ"),
        replicas=_REPLICAS,
        guard_instance=None,
        deletion_protection=None,
        auto_minor_upgrade=_NO_UPGRADE,
        tenancy="shared",
        subnet_routes_to_internet=None,
        firewall_ids=[],
    )
    return account.document(
        facts,
        id=account.arn("ots", region, f"instance/{name}"),
        region=region,
        name=item.get("AliasName") or name,
        tags=then(whole, lambda known: tags_of(known.get("Tags"))),
        native_type=NATIVE,
        native=item if isinstance(whole, Unknown) else kept_of({**item, **whole}, _KEPT),
    )


def networks_of(instance: Item) -> list[str] | Unknown:
    """The kinds of networks over which an instance answers."""
    types = instance.get("NetworkTypeACL")
    if isinstance(types, list) and types:
        return [str(one).upper() for one in types]
    # Of instances that are older than the list the network type tells it.
    return [_VPC] if instance.get("Network") in _BOUND_ONLY else _NETWORKS_NOT_TOLD


def network_kind(networks: list[str]) -> Kind | Unknown:
    """The widest kind of network over which an instance answers."""
    if _INTERNET in networks:
        return "public"
    if _CLASSIC in networks:
        return "classic"
    return "vpc" if set(networks) == {_VPC} else _NETWORKS_NOT_TOLD


def exposure(instance: Item | Unknown, networks: list[str] | Unknown) -> Exposure:
    """An instance that answers over the internet is reached by everybody, unless its policy refuses
    some."""
    if isinstance(networks, Unknown):
        return Exposure.unread(networks)
    if _INTERNET not in networks:
        return Exposure(public=False, via=[])
    if isinstance(instance, Unknown) or instance.get("Policy"):
        return Exposure.unread(_POLICY)
    return Exposure(public=True, via=["endpoint"])


def has_private_way(vpcs: list[Item] | Unknown, networks: list[str] | Unknown) -> bool | Unknown:
    """Whether a VPC of the account is bound to an instance that answers over VPCs."""
    doubt = also(vpcs, networks)
    if doubt or isinstance(networks, Unknown):
        return doubt or False
    if _VPC not in networks:
        return False
    return True if vpcs else _ANY_VPC


def backup(name: str, found: Protection, account: str) -> Backup:
    """What Cloud Backup does for an instance. A policy is bound to all of its tables, or to those
    that Source names (CreatePolicyBindings); a plan of the older kind names tables."""
    bindings, plans = found.bindings, found.plans
    named = [one for one in _known(bindings) if one.get("Source") and one["DataSourceId"] == name]
    named += [one for one in _known(plans) if one.get("InstanceName") == name]
    parts = [one for one in named if not one.get("Disabled")]
    whole = Protection(
        bindings=then(bindings, lambda known: [one for one in known if not one.get("Source")]),
        policies=found.policies,
        plans=also(plans) or [],
        vaults=found.vaults,
    )
    backed_up = backup_of(name, "InstanceName", whole, account)
    if backed_up.enabled is True:
        backed_up.point_in_time = _MOMENTS
    if backed_up.enabled is not False or not parts:
        return backed_up
    return Backup.unread(_SOME_TABLES)


def _known(found: list[Item] | Unknown) -> list[Item]:
    return [] if isinstance(found, Unknown) else found


SERVICE = Service(
    name="Tablestore instances",
    types=((Database, NATIVE),),
    calls=(LIST_INSTANCES, GET_INSTANCE, LIST_VPCS, *PROTECTION_CALLS, *ALARM_CALLS),
    region=databases,
)
