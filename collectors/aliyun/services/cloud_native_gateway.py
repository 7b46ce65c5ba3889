"""Cloud-native API Gateway: APIs that are published, with the TLS of their domains.

What its routes ask of callers is told for REST APIs and models; other APIs set it route by route.
Alibaba Cloud: APIG, 2024-03-27.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.aliyun.account import Account, Service
from collectors.aliyun.native_gateway_facts import (
    BY_PLUGIN,
    WHOLE,
    authentication,
    domain_tls,
    plain,
    weakest,
)
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, also, then
from collectors.facts.network import Api
from collectors.facts.shared import Logging, Tls
from collectors.logic import Known, some

Item = dict[str, Any]


def _call(operation: str, scope: Scope = "region") -> Call:
    return Call(
        provider="aliyun",
        service="apig",
        operation=operation,
        permission=f"apig:{operation}",
        scope=scope,
        result="data.items",
        paged=True,
    )


LIST_APIS = _call("ListHttpApis")
LIST_GATEWAYS = _call("ListGateways")
LIST_DOMAINS = _call("ListDomains")
LIST_OPERATIONS = _call("ListHttpApiOperations", "resource")

NATIVE = "ACS::APIG::HttpApi"
_KEPT = ("httpApiId", "name", "type", "basePath", "protocols", "versionInfo", "enableAuth")

_KINDS = ("API", "AI")
"""`gatewayType`: gateways of APIs, and of models."""
_REST = "rest"
_NOT_PUBLISHED = {"notdeployed", "undeployed"}

_BY_ROUTE = Unknown("whom the routes of the API let in is not read")
_OPEN_METHOD = Unknown("a method asks for no authentication itself; its plug-ins are not read")
_NO_METHOD = Unknown("the API names no method")
_NO_LOG = Unknown("where the gateway logs to is not read")
_NO_TAGS = Unknown("tags of APIs are not read")
_NO_DOMAIN = Unknown("the API names no domain")
_HIDDEN_DOMAIN = Unknown("a domain of the API is not visible to this account")
_NO_ADDRESS = Unknown("the gateway tells no address of its own")
_HIDDEN_GATEWAY = Unknown("the gateway of the API is not visible to this account")


class Around(Struct, frozen=True):
    """What the APIs of a region are joined with, by their ids: domains, and whether gateways have
    an address on the internet."""

    domains: dict[str, Item] | Unknown
    gateways: dict[str, Known] | Unknown


def apis(account: Account, region: str) -> Iterable[Document]:
    """A document for each API of a region that is published, one for each of its versions."""
    listed = _of_kinds(account, region, LIST_APIS, withEnvironmentInfo=True)
    if isinstance(listed, Unknown):
        yield account.unlisted(Api, listed, region, NATIVE)
        return
    found = {
        str(one["httpApiId"]): one
        for group in listed
        for one in group.get("versionedHttpApis") or []
        if published(one)
    }
    if not found:
        return
    domains, gateways = (_of_kinds(account, region, call) for call in (LIST_DOMAINS, LIST_GATEWAYS))
    around = Around(
        domains=then(domains, lambda all_: {one["domainId"]: one for one in all_}),
        gateways=then(gateways, lambda all_: {one["gatewayId"]: is_public(one) for one in all_}),
    )
    yield from account.map(lambda item: _api(account, region, item, around), found.values())


def _of_kinds(account: Account, region: str, call: Call, **params: Any) -> list[Item] | Unknown:
    """A list for gateways of both kinds."""
    lists = [account.listed(call, region, gatewayType=kind, **params) for kind in _KINDS]
    doubt = also(None, *lists)
    return doubt or [one for found in lists if not isinstance(found, Unknown) for one in found]


def published(api: Item) -> bool:
    """Whether an API is on a gateway; one of which nothing is told may be."""
    states = [str(one.get("deployStatus") or "").lower() for one in _environments(api)]
    return not states or not _NOT_PUBLISHED.issuperset(states)


def _environments(api: Item) -> list[Item]:
    return list(api.get("environments") or [])


def _serving(api: Item) -> list[Item]:
    """The environments that an API is published to."""
    return [
        one
        for one in _environments(api)
        if str(one.get("deployStatus") or "").lower() not in _NOT_PUBLISHED
    ]


def is_public(gateway: Item) -> Known:
    """Whether a gateway has an address on the internet; one of a kind that is not known may be."""
    kinds = {one.get("addressType") for one in gateway.get("loadBalancers") or []}
    if "Internet" in kinds:
        return True
    return False if kinds == {"Intranet"} else _NO_ADDRESS


def _api(account: Account, region: str, item: Item, around: Around) -> Document:
    identity = item["httpApiId"]
    return account.document(
        Api(
            authorization=_authorization(account, region, item),
            public=then(around.gateways, lambda known: _public(item, known)),
            tls=tls(item, around.domains),
            logging=Logging.unread(_NO_LOG),
        ),
        id=account.arn("apig", region, f"httpapi/{identity}"),
        region=region,
        name=item.get("name") or identity,
        tags=_NO_TAGS,
        native_type=NATIVE,
        native={key: item[key] for key in _KEPT if key in item},
    )


def _public(item: Item, gateways: dict[str, Known]) -> Known:
    ids = {(one.get("gatewayInfo") or {}).get("gatewayId") for one in _serving(item)}
    ids |= {item.get("gatewayId")}
    named = sorted(str(one) for one in ids if one)
    return some([gateways.get(one, _HIDDEN_GATEWAY) for one in named] or [_HIDDEN_GATEWAY])


def _authorization(account: Account, region: str, item: Item) -> str | Unknown:
    kind = str(item.get("type") or "").lower()
    if kind in WHOLE:
        return authentication(item)
    if kind != _REST:
        return _BY_ROUTE
    identity = item["httpApiId"]
    methods = account.listed(LIST_OPERATIONS, region, identity, httpApiId=identity)
    return then(methods, of_methods)


def of_methods(methods: list[Item]) -> str | Unknown:
    """What every method of a REST API asks for, OPTIONS apart. What a method does not say itself is
    not taken from the API: whether that holds for its methods is not documented."""
    kinds = [authentication(one) for one in methods if str(one.get("method")).upper() != "OPTIONS"]
    if any(kind is BY_PLUGIN for kind in kinds):
        return _OPEN_METHOD
    return also(None, *kinds) or (kinds[0] if kinds else _NO_METHOD)


def tls(api: Item, domains: dict[str, Item] | Unknown) -> Tls:
    """The weakest of the domains that lead to an API: its own, and those that its gateway gives."""
    found = [
        _of_domain(one, domains)
        for place in _serving(api)
        for one in [*(place.get("customDomains") or []), *(place.get("subDomains") or [])]
    ]
    if not found:
        return Tls(minimum=_NO_DOMAIN, required=_NO_DOMAIN, policy=None)
    return weakest(found)


def _of_domain(named: Item, domains: dict[str, Item] | Unknown) -> Tls:
    if str(named.get("protocol")).upper() == "HTTP":
        return plain()
    if isinstance(domains, Unknown):
        return Tls(minimum=domains, required=domains, policy=None)
    domain = domains.get(str(named.get("domainId")))
    if domain is None:
        return Tls(minimum=_HIDDEN_DOMAIN, required=_HIDDEN_DOMAIN, policy=None)
    return domain_tls(domain)


SERVICE = Service(
    name="Cloud-native API Gateway",
    types=((Api, NATIVE),),
    calls=(LIST_APIS, LIST_GATEWAYS, LIST_DOMAINS, LIST_OPERATIONS),
    region=apis,
)
