"""Instances of Lindorm (hitsdb)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.allow_list import allow_list, endpoint_exposure
from collectors.aliyun.cms_calls import ALARM_CALLS
from collectors.aliyun.databases import (
    ALGORITHM_NOT_TOLD,
    AUDIT_NOT_TOLD,
    KEY_NOT_TOLD,
    NO_ENCRYPTION,
    PLAINTEXT_NOT_TOLD,
    SUPPORT_NOT_TOLD,
    UPGRADE_NOT_TOLD,
    Item,
    database_call,
    deletion_protection,
    encrypted_with,
    kept_of,
    list_not_told,
    subnet_routes,
    switch,
    tls,
    told,
)
from collectors.aliyun.resource_alarms import alarms_on
from collectors.aliyun.vpc_calls import ROUTE_CALLS
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption

LIST_INSTANCES = database_call(
    "hitsdb", "GetLindormInstanceList", "InstanceList", "region", action="lindorm", paged=True
)
GET_INSTANCE = database_call("hitsdb", "GetLindormInstance", action="lindorm")
LIST_ENGINES = database_call(
    "hitsdb", "GetLindormInstanceEngineList", "EngineList", action="lindorm"
)
GET_ALLOW_LIST = database_call("hitsdb", "GetInstanceIpWhiteList", action="lindorm")

NATIVE = "ACS::Lindorm::Instance"
_KEPT = (
    "InstanceId", "ServiceType", "EngineType", "PayType", "NetworkType", "VpcId", "ZoneId",
    "InstanceStatus", "CreateTime",
)  # fmt: skip
_INTERNET, _VPC = "0", "2"
"""GetLindormInstanceEngineList: NetType."""
_NO_BACKUP = Unknown("the API does not tell of backups")
_NO_PASSWORD = Unknown("the API does not tell whether a password is asked for")


def databases(account: Account, region: str) -> Iterable[Document]:
    """A document for each instance of a region."""
    found = account.listed(LIST_INSTANCES, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Database, found, region, NATIVE)
        return
    yield from account.map(lambda item: _instance(account, region, item), found)


def _instance(account: Account, region: str, item: Item) -> Document:
    identity = item["InstanceId"]
    whole = account.read(GET_INSTANCE, region, identity, InstanceId=identity)
    engines = account.read(LIST_ENGINES, region, identity, InstanceId=identity)
    kinds = then(engines, _networks)
    ranges = then(account.read(GET_ALLOW_LIST, region, identity, InstanceId=identity), _ranges)
    facts = Database(
        engine="lindorm",
        engine_version=then(whole, _version),
        version_supported=SUPPORT_NOT_TOLD,
        network_kind=then(told(item, "NetworkType"), _network),
        exposure=endpoint_exposure(then(kinds, lambda known: _INTERNET in known), ranges),
        allow_list=ranges,
        private_endpoint=then(kinds, lambda known: _VPC in known),
        authentication=_NO_PASSWORD,
        tls=tls(switch(whole, "EnableSSL"), PLAINTEXT_NOT_TOLD),
        encryption=_encryption(account, region, whole),
        audit_log=AUDIT_NOT_TOLD,
        alarms=alarms_on(account, "acs_lindorm", identity),
        backup=Backup.unread(_NO_BACKUP),
        multi_zone=then(whole, _multi_zone),
        replicas=[],
        guard_instance=None,
        deletion_protection=then(
            whole,
            lambda one: deletion_protection(
                item.get("PayType") == "PREPAY", switch(one, "DeletionProtection")
            ),
        ),
        auto_minor_upgrade=UPGRADE_NOT_TOLD,
        tenancy="shared",
        subnet_routes_to_internet=then(
            whole,
            lambda one: subnet_routes(
                account, region, one.get("VswitchId") or one.get("PrimaryVSwitchId")
            ),
        ),
        # Access is up to the allow-list alone.
        firewall_ids=[],
    )
    return account.document(
        facts,
        id=account.arn("lindorm", region, f"instance/{identity}"),
        region=region,
        name=item.get("InstanceAlias") or identity,
        native_type=NATIVE,
        tags=tags_of(item.get("Tags")),
        native=kept_of(item, _KEPT),
    )


def _network(kind: str) -> Any:
    return cast("Any", "vpc" if kind.lower() == "vpc" else "classic")


def _networks(engines: list[Item]) -> list[str] | Unknown:
    """The kinds of network of all addresses."""
    if any(engine.get("NetInfoList") is None for engine in engines):
        return Unknown("the API does not tell the addresses of an engine")
    return [
        str(one.get("NetType")) for engine in engines for one in engine.get("NetInfoList") or []
    ]


def _ranges(answer: Item) -> list[str] | Unknown:
    untold = list_not_told(answer, "IpList", "GroupList")
    if untold:
        return untold
    groups = [group.get("SecurityIpList") for group in answer.get("GroupList") or []]
    return allow_list([*(answer.get("IpList") or []), *groups])


def _version(whole: Item) -> str | Unknown:
    """That of LindormTable, or of the first engine there is."""
    engines = sorted(whole.get("EngineList") or [], key=lambda one: one.get("Engine") != "lindorm")
    if not engines:
        return Unknown("the API names no engine")
    return cast("str | Unknown", told(engines[0], "Version"))


def _encryption(account: Account, region: str, whole: Item | Unknown) -> Encryption:
    """Transparent data encryption of the storage engine."""
    on = switch(whole, "EnableStoreTDE")
    if on is False:
        return NO_ENCRYPTION
    if isinstance(on, Unknown):
        return Encryption.unread(on)
    return encrypted_with(account, region, KEY_NOT_TOLD, algorithm=ALGORITHM_NOT_TOLD)


def _multi_zone(whole: Item) -> bool | Unknown:
    kind = str(whole.get("ServiceType") or "")
    if "multizone" in kind:
        return True
    if kind in ("lindorm", "lindorm_standalone"):
        return False
    return Unknown("the API does not tell the zones of this kind of instance")


SERVICE = Service(
    name="Lindorm instances",
    types=((Database, NATIVE),),
    calls=(LIST_INSTANCES, GET_INSTANCE, LIST_ENGINES, GET_ALLOW_LIST, *ROUTE_CALLS, *ALARM_CALLS),
    region=databases,
)
