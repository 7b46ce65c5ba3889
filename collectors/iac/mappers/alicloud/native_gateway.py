"""alicloud_apig_http_api: APIs of the cloud-native API Gateway, with their routes, domains and
gateways.

A template never tells all: a gateway gives each of its environments a domain of its own, and
plug-ins stand before routes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.native_gateway_facts import WHOLE, authentication, plain
from collectors.document import Document, Unknown, also, then
from collectors.facts.network import Api
from collectors.facts.shared import Logging, Tls
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.alicloud.shared import aliyun_document
from collectors.iac.mappers.joins import items, joined, target_of
from collectors.logic import Known, some

API, ROUTE = "alicloud_apig_http_api", "alicloud_apig_route"
DOMAIN, GATEWAY = "alicloud_apig_domain", "alicloud_apig_gateway"
ENVIRONMENT = "alicloud_apig_environment"
BELONGS, KIND = "belong_gateway_id", "auth_type"
"""Arguments that only ROS writes: the gateway of an API, and how callers prove who they are."""

_BY_ROUTE = Unknown("whom the routes of the API let in is not read")
_KIND = Unknown("how callers of the API prove who they are is no argument of the template")
_UNWRITTEN = Unknown("not written: the service decides")
_NO_LOG = Unknown("where the gateway logs to is not read")
_ELSEWHERE = Unknown("a gateway of the API is not part of this template")
_ADDRESS = Unknown("whether the gateway has an address on the internet is not told")
_OWN_DOMAINS = Unknown("the gateway gives the API a domain of its own, of which no template tells")


def map_api(block: Block, project: Project) -> Iterator[Document]:
    """An API, whether it is published here or later."""
    routes = joined(project, block, "http_api_id", ROUTE)
    facts = Api(
        authorization=_authorization(block),
        public=_public(block, project, routes.blocks) if not routes.doubt else routes.doubt,
        tls=_tls(project, routes.blocks),
        logging=Logging.unread(_NO_LOG),
    )
    yield aliyun_document(block, project, facts, "http_api_name")


def _authorization(block: Block) -> str | Unknown:
    """That of the API itself, where it is one for all of its routes."""
    kind = block.read("type", str, _UNWRITTEN)
    if isinstance(kind, Unknown) or kind.lower() not in WHOLE:
        return kind if isinstance(kind, Unknown) else _BY_ROUTE
    on = block.read("enable_auth", bool, _UNWRITTEN)
    word = block.read(KIND, str, _KIND)
    doubt = also(on, word) if on is not False else None
    return doubt or authentication({"enableAuth": on, "authConfig": {"authType": word}})


def _public(block: Block, project: Project, routes: list[Block]) -> Known:
    """Whether a gateway that the API is on has an address on the internet."""
    gateways = [_gateway_of(project, each) for route in routes for each in _environments(route)]
    if block.values.get(BELONGS) is not None:
        gateways.append(target_of(project, block.values[BELONGS], GATEWAY))
    answers = [_is_public(each) if each else _ELSEWHERE for each in gateways]
    if not answers or block.values.get("deploy_configs"):
        answers.append(_ELSEWHERE)
    return some(answers)


def _environments(route: Block) -> list[Any]:
    """The environments of a route, as they are written."""
    infos = nested(route.values, "environment_info")
    if isinstance(infos, Unknown):
        return [infos]
    return [each.get("environment_id") for each in infos]


def _gateway_of(project: Project, environment: Any) -> Block | None:
    """The gateway of an environment, which may be one that the gateway makes itself."""
    found = target_of(project, environment, ENVIRONMENT)
    if found is None:
        return target_of(project, environment, GATEWAY)
    return target_of(project, found.values.get("gateway_id"), GATEWAY)


def _is_public(gateway: Block) -> Known:
    access = nested(gateway.values, "network_access_config")
    first = then(access, lambda found: found[0] if found else {})
    word = then(first, lambda values: read(values, "type", str, _ADDRESS))
    if isinstance(word, Unknown):
        return word
    known = {"internet": True, "internetandintranet": True, "intranet": False}
    return known.get(word.lower(), _ADDRESS)


def _tls(project: Project, routes: list[Block]) -> Tls:
    """Plaintext where a domain of a route takes it; else one that no template tells may."""
    for route in routes:
        listed = items(route.values, "domain_ids")
        for each in [] if isinstance(listed, Unknown) else listed:
            domain = target_of(project, each, DOMAIN)
            if domain and domain.read("protocol", str, "") == "HTTP":
                return plain()
    return Tls(minimum=_OWN_DOMAINS, required=_OWN_DOMAINS, policy=None)


MAPPINGS = [
    Mapping(
        types=(API,),
        facts=Api,
        map=map_api,
        joined=(ROUTE, DOMAIN, GATEWAY, ENVIRONMENT),
    )
]

LINK_TYPES = frozenset({ROUTE, DOMAIN, GATEWAY, ENVIRONMENT})
