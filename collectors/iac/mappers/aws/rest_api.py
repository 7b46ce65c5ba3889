"""aws_api_gateway_rest_api with its methods, stages, policy and custom domains."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws.api_facts import (
    Domains,
    asks_certificates,
    default_policy_of,
    is_reachable,
    rest_kind,
    tls,
    weakest,
)
from collectors.aws.logic import Known, every, some
from collectors.document import Document, Unknown, also, then
from collectors.facts.network import Api
from collectors.facts.shared import Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read
from collectors.iac.mappers.aws import policy
from collectors.iac.mappers.aws.api_access import lets_anyone_in
from collectors.iac.mappers.aws.api_shared import (
    AUTHORIZER,
    AUTHORIZERS,
    DEFAULT_AUTHORIZATION,
    DEFAULT_KEY,
    DOMAINS,
    LINKS,
    access_log,
    domains_of,
    without_default,
)
from collectors.iac.mappers.aws.bucket import BUCKET
from collectors.iac.mappers.aws.network import LOG_GROUP
from collectors.iac.mappers.aws.open_api import (
    disables_endpoint,
    document_of,
    policy_in,
    rest_methods,
)
from collectors.iac.mappers.aws.policy_source import DOCUMENT
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import Joined, items, joined

API, METHOD = "aws_api_gateway_rest_api", "aws_api_gateway_method"
POLICY = "aws_api_gateway_rest_api_policy"
IMPORT = "aws_api_gateway_rest_api_put"
"""A document of OpenAPI that is imported into an API apart from it."""
STAGE, DEPLOYMENT = "aws_api_gateway_stage", "aws_api_gateway_deployment"
EDGE, PRIVATE = "EDGE", "PRIVATE"
_SEVERAL = Unknown("several policies set this API: the last one applied holds")
_NO_METHOD = Unknown("the method gives no authorization")
_NO_VERB = Unknown("the method gives no http_method")
_NO_AUTHORIZER = Unknown("which authorizer the method names is not known")


def map_api(block: Block, project: Project) -> Iterator[Document]:
    """A REST API."""
    document = document_of(project, block.values.get("body"))
    disabled = some(
        [
            block.read("disable_execute_api_endpoint", bool, default=False),
            disables_endpoint(document),
        ]
    )
    domains = without_default(disabled, domains_of(block, project))
    types = _types(block)
    kinds = _kinds(block, project)
    asked = asks_certificates(disabled, domains, block.address)
    facts = Api(
        authorization=weakest(kinds, asked),
        public=every(
            [
                _is_public(block, project, types, document),
                is_reachable(disabled, domains, block.address),
            ]
        ),
        tls=_tls(block, types, disabled, domains),
        logging=access_log(block, project, _stages(block, project)),
    )
    yield aws_document(block, project, facts)


def _types(block: Block) -> list[str] | Unknown:
    """The type of the endpoint, edge-optimised where none is written (provider documentation)."""
    settings = nested(block.values, "endpoint_configuration")
    if isinstance(settings, Unknown):
        return settings
    found = items(settings[0], "types") if settings else [EDGE]
    if isinstance(found, Unknown):
        return found
    known = [each for each in found if isinstance(each, str)]
    if len(known) < len(found):
        return Unknown("the endpoint type of the API is known after apply")
    return known or [EDGE]


def _is_public(
    block: Block,
    project: Project,
    types: list[str] | Unknown,
    document: dict[str, Any] | Unknown | None,
) -> Known:
    """Whether requests from the internet reach the API: it is not private, and its policy, if it
    has one, lets them in. Its own goes before that of its OpenAPI document (provider
    documentation)."""
    private = then(types, lambda known: known == [PRIVATE])
    if private is True:
        return False
    separate = joined(project, block, "rest_api_id", POLICY)
    value = separate.blocks[0].get("policy") if separate.blocks else block.values.get("policy")
    if value is None or value == "":
        value = policy_in(document)
    several = _SEVERAL if len(separate.blocks) > 1 else None
    passes = (
        separate.doubt or several or lets_anyone_in(project, policy.read_policy(project, value))
    )
    return every([passes, then(private, lambda closed: not closed)])


def _tls(block: Block, types: list[str] | Unknown, disabled: Known, domains: Domains) -> Tls:
    chosen = block.values.get("security_policy")
    own: str | Unknown | None
    if isinstance(disabled, Unknown) or disabled:
        own = disabled if isinstance(disabled, Unknown) else None
    elif chosen is not None:
        own = block.read("security_policy", str, Unknown("no security policy"))
    else:
        own = then(types, lambda known: default_policy_of(None, known))
    return tls(own, domains, block.address)


def _kinds(block: Block, project: Project) -> list[str | Unknown]:
    """How each method authenticates requests, OPTIONS apart."""
    found = joined(project, block, "rest_api_id", METHOD)
    kinds = [kind for each in found.blocks if (kind := _kind(each, block)) is not None]
    imports = joined(project, block, "rest_api_id", IMPORT)
    for document in (block, *imports.blocks):
        kinds += rest_methods(project, document.values.get("body"))
    return [*kinds, *(doubt for doubt in (found.doubt, imports.doubt) if doubt)]


def _kind(method: Block, api: Block) -> str | Unknown | None:
    """How a method authenticates requests; null for OPTIONS."""
    verb = method.read("http_method", str, _NO_VERB)
    if isinstance(verb, str) and verb.upper() == "OPTIONS":
        return None
    given = method.values.get("api_key_required") is not None
    key = (method if given else api).read(
        "api_key_required" if given else DEFAULT_KEY, bool, default=False
    )
    kind = then(_authorization(method, api), lambda name: rest_kind(name, key))
    # One whose verb is open may be OPTIONS, which needs no authentication.
    return also(verb) or kind if kind == "none" else kind


def _authorization(method: Block, api: Block) -> str | Unknown:
    name = method.values.get(AUTHORIZER)
    if name is not None:
        known = api.values.get(AUTHORIZERS)
        return (
            read(known, str(name), str, _NO_AUTHORIZER)
            if isinstance(known, dict)
            else _NO_AUTHORIZER
        )
    default = api.read(DEFAULT_AUTHORIZATION, str, _NO_METHOD)
    return method.read("authorization", str, default)


def _stages(block: Block, project: Project) -> Joined:
    """The stages, those of deployments that make one themselves too; these write no access log."""
    stages = joined(project, block, "rest_api_id", STAGE)
    deployments = joined(project, block, "rest_api_id", DEPLOYMENT)
    named = [each for each in deployments.blocks if each.values.get("stage_name") is not None]
    own = [each for each in named if not _has_stage(each, stages.blocks)]
    return Joined([*stages.blocks, *own], stages.doubt or deployments.doubt)


def _has_stage(deployment: Block, stages: list[Block]) -> bool:
    name = deployment.values.get("stage_name")
    return any(stage.values.get("stage_name") == name for stage in stages)


MAPPINGS = [
    Mapping(
        types=(API,),
        facts=Api,
        map=map_api,
        joined=(
            METHOD,
            IMPORT,
            POLICY,
            STAGE,
            DEPLOYMENT,
            *LINKS,
            *DOMAINS,
            DOCUMENT,
            LOG_GROUP,
            BUCKET,
        ),
    )
]

PART_OF = {
    "aws_api_gateway_method": PartOf("aws_api_gateway_rest_api", ("rest_api_id",)),
    "aws_api_gateway_rest_api_policy": PartOf("aws_api_gateway_rest_api", ("rest_api_id",)),
    "aws_api_gateway_stage": PartOf("aws_api_gateway_rest_api", ("rest_api_id",)),
}

LINK_TYPES = frozenset({"aws_api_gateway_deployment", "aws_api_gateway_rest_api_put"})
