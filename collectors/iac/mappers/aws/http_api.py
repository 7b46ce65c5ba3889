"""aws_apigatewayv2_api: HTTP and WebSocket APIs with their routes, stages and custom domains."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.aws.api_facts import (
    Route,
    asks_certificates,
    is_reachable,
    route_kinds,
    route_tls,
    weakest,
)
from collectors.aws.logic import some
from collectors.document import Document, Unknown, also
from collectors.facts.network import Api
from collectors.facts.shared import Logging
from collectors.iac.blocks import Block, Mapping, PartOf, Project, read
from collectors.iac.mappers.aws.api_shared import (
    AUTHORIZER,
    AUTHORIZERS,
    DEFAULT_AUTHORIZATION,
    DOMAINS,
    LINKS,
    access_log,
    domains_of,
    without_default,
)
from collectors.iac.mappers.aws.bucket import BUCKET
from collectors.iac.mappers.aws.network import LOG_GROUP
from collectors.iac.mappers.aws.open_api import disables_endpoint, document_of, http_routes
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import joined

API, ROUTE, STAGE = "aws_apigatewayv2_api", "aws_apigatewayv2_route", "aws_apigatewayv2_stage"
_NO_PROTOCOL = Unknown("the API gives no protocol_type")
_NO_KEY = Unknown("the route gives no route_key")
_NO_ROUTE = Unknown("no route of the API is in this template")
_NO_AUTHORIZER = Unknown("which authorizer the route names is not known")

_UNPROTECTED = "NONE"


def map_api(block: Block, project: Project) -> Iterator[Document]:
    """An HTTP or WebSocket API."""
    disabled = some(
        [
            block.read("disable_execute_api_endpoint", bool, default=False),
            disables_endpoint(document_of(project, block.values.get("body"))),
        ]
    )
    domains = without_default(disabled, domains_of(block, project))
    facts = Api(
        authorization=weakest(
            _kinds(block, project), asks_certificates(disabled, domains, block.address)
        ),
        # Neither kind has a private endpoint or a resource policy.
        public=is_reachable(disabled, domains, block.address),
        tls=route_tls(),
        logging=_logging(block, project),
    )
    yield aws_document(block, project, facts)


def _logging(block: Block, project: Project) -> Logging:
    """The access log; the stage of a quickly created API writes none (CreateApi, `target`)."""
    stages = joined(project, block, "api_id", STAGE)
    if block.values.get("target") is not None and not stages.blocks:
        return Logging.unread(stages.doubt) if stages.doubt else Logging.off()
    return access_log(block, project, stages)


def _kinds(block: Block, project: Project) -> list[str | Unknown]:
    """How each route authenticates requests."""
    protocol = block.read("protocol_type", str, _NO_PROTOCOL)
    if isinstance(protocol, Unknown):
        return [protocol]
    found = joined(project, block, "api_id", ROUTE)
    routes: list[Route | Unknown] = [_route(each, block) for each in found.blocks]
    if block.values.get("target") is not None:
        # It makes a route of its own, which is open.
        routes.append(Route("$default", _UNPROTECTED))
    routes += http_routes(project, block.values.get("body"))
    known = [each for each in routes if isinstance(each, Route)]
    doubts: list[str | Unknown] = [each for each in routes if isinstance(each, Unknown)]
    doubts += [found.doubt] if found.doubt else []
    if not known:
        return doubts or [_NO_ROUTE]
    kinds = route_kinds(protocol, known)
    # Another route may be the one that connects.
    return doubts if doubts and protocol == "WEBSOCKET" and "none" in kinds else [*kinds, *doubts]


def _route(route: Block, api: Block) -> Route | Unknown:
    key = route.read("route_key", str, _NO_KEY)
    authorization = _authorization(route, api)
    needs_key = route.read("api_key_required", bool, default=False)
    doubt = also(key, authorization)
    return doubt or Route(str(key), str(authorization), needs_key)


def _authorization(route: Block, api: Block) -> str | Unknown:
    """NONE where nothing is written (provider documentation)."""
    name = route.values.get(AUTHORIZER)
    if name is not None:
        known = api.values.get(AUTHORIZERS)
        return (
            read(known, str(name), str, _NO_AUTHORIZER)
            if isinstance(known, dict)
            else _NO_AUTHORIZER
        )
    default = api.read(DEFAULT_AUTHORIZATION, str, _UNPROTECTED)
    return route.read("authorization_type", str, default)


MAPPINGS = [
    Mapping(
        types=(API,),
        facts=Api,
        map=map_api,
        joined=(ROUTE, STAGE, *LINKS, *DOMAINS, LOG_GROUP, BUCKET),
    )
]

PART_OF = {
    "aws_apigatewayv2_route": PartOf("aws_apigatewayv2_api", ("api_id",)),
    "aws_apigatewayv2_stage": PartOf("aws_apigatewayv2_api", ("api_id",)),
}

LINK_TYPES = frozenset({"aws_api_gateway_base_path_mapping", "aws_apigatewayv2_api_mapping"})
