"""API Gateway: HTTP and WebSocket APIs that are deployed to a stage."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service
from collectors.aws.api_domains import CALLS as DOMAIN_CALLS
from collectors.aws.api_domains import read_domains
from collectors.aws.api_facts import (
    Domains,
    Route,
    asks_certificates,
    is_reachable,
    route_kinds,
    route_tls,
    weakest,
)
from collectors.aws.api_stages import logging
from collectors.aws.log_delivery import GROUP_CALLS
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.network import Api

API = "AWS::ApiGatewayV2::Api"


def _call(operation: str, scope: Scope = "resource") -> Call:
    return Call(
        provider="aws",
        service="apigatewayv2",
        operation=operation,
        permission="apigateway:GET",
        scope=scope,
        result="Items",
        paged=True,
    )


GET_APIS = _call("GetApis", "region")
GET_STAGES = _call("GetStages")
GET_ROUTES = _call("GetRoutes")

Item = dict[str, Any]


def apis(account: Account, region: str) -> Iterable[Document]:
    """A document for each HTTP or WebSocket API of a region that has a stage."""
    found = account.read(GET_APIS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Api, found, region, API)
        return
    if not found:
        return
    domains = read_domains(account, region)
    documents = account.map(lambda item: _document(account, region, item, domains), found)
    yield from (one for one in documents if one)


def _document(account: Account, region: str, item: Item, domains: Domains) -> Document | None:
    identity = item["ApiId"]
    stages = account.read(GET_STAGES, region, identity, ApiId=identity)
    if stages == []:
        return None
    disabled = bool(item.get("DisableExecuteApiEndpoint"))
    routes = account.read(GET_ROUTES, region, identity, ApiId=identity)
    asked = asks_certificates(disabled, domains, identity)
    return account.document(
        Api(
            authorization=then(
                routes, lambda found: weakest(kinds(item["ProtocolType"], found), asked)
            ),
            # Neither kind has a private endpoint or a resource policy.
            public=is_reachable(disabled, domains, identity),
            tls=route_tls(),
            logging=logging(account, stages, "AccessLogSettings", "DestinationArn"),
        ),
        id=f"arn:{account.partition}:apigateway:{region}::/apis/{identity}",
        region=region,
        name=item["Name"],
        tags=dict(item.get("Tags") or {}),
        native_type=API,
        native=item,
    )


def kinds(protocol: str, routes: list[Item]) -> list[str | Unknown]:
    """How each route authenticates requests."""
    return route_kinds(
        protocol,
        [
            Route(
                one["RouteKey"],
                one.get("AuthorizationType", "NONE"),
                bool(one.get("ApiKeyRequired")),
            )
            for one in routes
        ],
    )


SERVICE = Service(
    name="API Gateway, HTTP and WebSocket",
    types=((Api, API),),
    calls=(GET_APIS, GET_STAGES, GET_ROUTES, *DOMAIN_CALLS, *GROUP_CALLS),
    region=apis,
)
