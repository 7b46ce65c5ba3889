"""Repositories of Container Registry (ACR) Enterprise Edition, with their instance's endpoint.

The Personal Edition, without a service level and not for production, has an API of its own, which
is not read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.addresses import opens_to_internet
from collectors.aliyun.account import Account, Service
from collectors.aliyun.nat import EVERYWHERE
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.operations import Registry
from collectors.facts.shared import Exposure
from collectors.logic import Known, told

Item = dict[str, Any]


def _call(operation: str, result: str, scope: Scope, *, paged: bool = True) -> Call:
    return Call(
        provider="aliyun",
        service="cr",
        operation=operation,
        permission=f"cr:{operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


LIST_INSTANCES = _call("ListInstance", "Instances", "region")
LIST_REPOSITORIES = _call("ListRepository", "Repositories", "resource")
GET_ENDPOINT = _call("GetInstanceEndpoint", "", "resource", paged=False)
LIST_SCAN_RULES = _call("ListScanRule", "ScanRules", "resource")

NATIVE = "ACS::CR::Repository"

_EVERY_TAG = {"", "*", ".*", "^.*$"}


class Around(Struct, frozen=True, kw_only=True):
    """What the repositories of an instance share, each part read or unknown."""

    allowed: list[str] | Unknown
    rules: list[Item] | Unknown


def repositories(account: Account, region: str) -> Iterable[Document]:
    """A document for each repository of a region."""
    instances = account.listed(LIST_INSTANCES, region)
    if isinstance(instances, Unknown):
        yield account.unlisted(Registry, instances, region, NATIVE)
        return
    for documents in account.map(lambda item: _of_instance(account, region, item), instances):
        yield from documents


def _of_instance(account: Account, region: str, instance: Item) -> list[Document]:
    identity = instance["InstanceId"]
    found = account.listed(LIST_REPOSITORIES, region, identity, InstanceId=identity)
    if isinstance(found, Unknown):
        return [account.unlisted(Registry, found, region, NATIVE)]
    if not found:
        return []
    endpoint = account.read(
        GET_ENDPOINT,
        region,
        identity,
        InstanceId=identity,
        EndpointType="internet",
        ModuleName="Registry",
    )
    around = Around(
        allowed=then(endpoint, _allowed),
        rules=account.listed(
            LIST_SCAN_RULES, region, identity, InstanceId=identity, ScanType="VUL"
        ),
    )
    return [_document(account, region, item, around) for item in found]


def _document(account: Account, region: str, item: Item, around: Around) -> Document:
    name = f"{item['RepoNamespaceName']}/{item['RepoName']}"
    return account.document(
        Registry(
            scan_on_push=then(around.rules, lambda rules: scan_on_push(item, rules)),
            immutable_tags=told(item, "TagImmutability"),
            encryption=Unknown("ACR does not tell how the bucket of the instance is encrypted"),
            exposure=_exposure(item, around.allowed),
            allow_list=around.allowed,
        ),
        id=account.arn("cr", region, f"repository/{item['InstanceId']}/{name}"),
        region=region,
        name=name,
        native_type=NATIVE,
        native=item,
    )


def _allowed(endpoint: Item) -> list[str] | Unknown:
    """Who may reach the public endpoint: nobody where it is off, everybody where no list limits it
    or the list is empty."""
    enabled = told(endpoint, "Enable")
    if isinstance(enabled, Unknown) or not enabled:
        return enabled if isinstance(enabled, Unknown) else []
    if not endpoint.get("AclEnable"):
        return list(EVERYWHERE)
    return [str(one["Entry"]) for one in endpoint.get("AclEntries") or []] or list(EVERYWHERE)


def _exposure(item: Item, allowed: list[str] | Unknown) -> Exposure:
    """Anybody pulls from a public repository where the instance's endpoint is open to anybody."""
    if item["RepoType"] == "PRIVATE":
        return Exposure(public=False, via=[])
    if item["RepoType"] != "PUBLIC":
        untold = Unknown("ACR does not tell whether the repository is public")
        return Exposure(public=untold, via=untold)
    wide = opens_to_internet(allowed)
    if isinstance(wide, Unknown):
        return Exposure(public=wide, via=wide)
    return Exposure(public=wide, via=["endpoint"] if wide else [])


def scan_on_push(item: Item, rules: list[Item]) -> Known:
    """Whether a rule scans what is pushed (TriggerType AUTO). One for some tags only leaves it
    open."""
    patterns = [
        str(rule.get("RepoTagFilterPattern") or "")
        for rule in rules
        if rule.get("TriggerType") == "AUTO" and _covers(rule, item)
    ]
    if not patterns:
        return False
    if _EVERY_TAG.isdisjoint(patterns):
        return Unknown("only tags that match a pattern are scanned when they are pushed")
    return True


def _covers(rule: Item, item: Item) -> bool:
    """By ScanScope: the whole instance, whole namespaces, or repositories of a namespace."""
    scope = rule.get("ScanScope")
    if scope == "INSTANCE":
        return True
    if item["RepoNamespaceName"] not in (rule.get("Namespaces") or []):
        return False
    return scope == "NAMESPACE" or item["RepoName"] in (rule.get("RepoNames") or [])


SERVICE = Service(
    name="Container Registry",
    types=((Registry, NATIVE),),
    calls=(LIST_INSTANCES, LIST_REPOSITORIES, GET_ENDPOINT, LIST_SCAN_RULES),
    region=repositories,
)
