"""Repositories of Container Registry (ACR) Enterprise Edition, with their instance's endpoint.

The Personal Edition, without a service level and not for production, has an API of its own, which
is not read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.aliyun.account import Account, Service
from collectors.aliyun.nat import EVERYWHERE
from collectors.aliyun.registry_facts import exposure, scan_on_push
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.operations import Registry
from collectors.logic import told

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
            exposure=exposure(str(item["RepoType"]), around.allowed),
            allow_list=around.allowed,
            shared_admin=None,
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


SERVICE = Service(
    name="Container Registry",
    types=((Registry, NATIVE),),
    calls=(LIST_INSTANCES, LIST_REPOSITORIES, GET_ENDPOINT, LIST_SCAN_RULES),
    region=repositories,
)
