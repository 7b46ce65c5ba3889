"""API Gateway: REST APIs that are deployed to a stage."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service
from collectors.aws.api_domains import CALLS as DOMAIN_CALLS
from collectors.aws.api_domains import read_domains
from collectors.aws.api_facts import (
    UNTOLD_TYPE,
    Domains,
    asks_certificates,
    default_policy_of,
    is_reachable,
    rest_kind,
    tls,
    weakest,
)
from collectors.aws.api_policy import is_open
from collectors.aws.api_stages import logging
from collectors.aws.log_delivery import GROUP_CALLS
from collectors.aws.logic import Known, every
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.network import Api

REST_API = "AWS::ApiGateway::RestApi"


def _call(operation: str, result: str, scope: Scope, *, paged: bool = False) -> Call:
    return Call(
        provider="aws",
        service="apigateway",
        operation=operation,
        permission="apigateway:GET",
        scope=scope,
        result=result,
        paged=paged,
    )


GET_REST_APIS = _call("GetRestApis", "items", "region", paged=True)
GET_STAGES = _call("GetStages", "item", "resource")
GET_RESOURCES = _call("GetResources", "items", "resource", paged=True)

# The most resources that one answer holds; unasked it is 25 (API reference, GetResources).
_AT_ONCE = 500

Item = dict[str, Any]


def rest_apis(account: Account, region: str) -> Iterable[Document]:
    """A document for each REST API of a region that has a stage: one without cannot be called."""
    found = account.read(GET_REST_APIS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Api, found, region, REST_API)
        return
    if not found:
        return
    domains = read_domains(account, region)
    documents = account.map(lambda item: _document(account, region, item, domains), found)
    yield from (one for one in documents if one)


def _document(account: Account, region: str, item: Item, domains: Domains) -> Document | None:
    identity = item["id"]
    stages = account.read(GET_STAGES, region, identity, restApiId=identity)
    if stages == []:
        return None
    disabled = bool(item.get("disableExecuteApiEndpoint"))
    resources = account.read(
        GET_RESOURCES, region, identity, restApiId=identity, embed=["methods"], limit=_AT_ONCE
    )
    asked = asks_certificates(disabled, domains, identity)
    return account.document(
        Api(
            authorization=then(resources, lambda found: weakest(kinds(found), asked)),
            public=every([is_public(item), is_reachable(disabled, domains, identity)]),
            tls=tls(None if disabled else default_policy(item), domains, identity),
            logging=logging(account, stages, "accessLogSettings", "destinationArn"),
        ),
        id=f"arn:{account.partition}:apigateway:{region}::/restapis/{identity}",
        region=region,
        name=item.get("name") or identity,
        tags=dict(item.get("tags") or {}),
        native_type=REST_API,
        native=item,
    )


def kinds(resources: list[Item]) -> list[str | Unknown]:
    """How each method of an API authenticates requests, OPTIONS apart: an API key counts where
    nothing else is asked for."""
    return [
        rest_kind(method.get("authorizationType"), bool(method.get("apiKeyRequired")))
        for resource in resources
        for verb, method in (resource.get("resourceMethods") or {}).items()
        if verb != "OPTIONS"
    ]


def is_public(item: Item) -> Known:
    """Whether requests from the internet reach an API: it is not private, and its policy, if it has
    one, lets them in."""
    types = item.get("endpointConfiguration", {}).get("types")
    if not types:
        return UNTOLD_TYPE
    return False if types == ["PRIVATE"] else is_open(item.get("policy"))


def default_policy(item: Item) -> str | Unknown:
    """The security policy of the default endpoint: as the API tells it, else by its type."""
    return default_policy_of(
        item.get("securityPolicy"), item.get("endpointConfiguration", {}).get("types") or []
    )


SERVICE = Service(
    name="API Gateway, REST",
    types=((Api, REST_API),),
    calls=(GET_REST_APIS, GET_STAGES, GET_RESOURCES, *DOMAIN_CALLS, *GROUP_CALLS),
    region=rest_apis,
)
