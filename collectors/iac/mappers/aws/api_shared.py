"""What the APIs of both generations share in templates: custom domains, access logs."""

from __future__ import annotations

from typing import Any

from collectors.aws.api_facts import Domain, Domains
from collectors.aws.logic import Known
from collectors.document import Unknown, also, then
from collectors.facts.shared import Logging
from collectors.iac.blocks import Block, Project, nested, read
from collectors.iac.mappers.aws.log_target import to_arn
from collectors.iac.mappers.joins import Joined, given, joined, target_of

LINKS = ("aws_api_gateway_base_path_mapping", "aws_apigatewayv2_api_mapping")
DOMAIN, DOMAIN_V2 = "aws_api_gateway_domain_name", "aws_apigatewayv2_domain_name"
DOMAINS = (DOMAIN, DOMAIN_V2)
DEFAULT_AUTHORIZATION = "default_authorization"
"""No argument of Terraform: what SAM asks of methods that choose nothing themselves."""
DEFAULT_KEY = "default_key"
"""No argument of Terraform: whether methods of SAM that choose nothing ask for an API key."""
AUTHORIZERS = "authorizers"
"""No argument of Terraform: the authorization types of SAM's authorizers, by their names."""
AUTHORIZER = "authorizer"
"""No argument of Terraform: the name of the authorizer that a method of SAM chooses."""

_BY_MAPPINGS = "API_MAPPING_ONLY"
_ELSEWHERE = Unknown("a custom domain of the API is not part of this template")
_NO_DOMAIN = Unknown("no custom domain of the API is in this template")
_UNTOLD = Unknown("the security policy of a custom domain is not written")
_NO_STAGE = Unknown("no stage of the API is in this template")


def domains_of(block: Block, project: Project) -> Domains:
    """The custom domains that lead to an API. Unknown where the template has none: it may have one
    that another template makes."""
    links = joined(project, block, "api_id", *LINKS)
    if links.doubt or not links.blocks:
        return links.doubt or _NO_DOMAIN
    found: list[Domain] = []
    for link in links.blocks:
        domain = _domain(link.get("domain_name"), project)
        if isinstance(domain, Unknown):
            return domain
        found.append(domain)
    return {block.address: found}


def _domain(value: Any, project: Project) -> Domain | Unknown:
    block = target_of(project, value, *DOMAINS)
    if block is None and isinstance(value, str):
        named = (each for each in project.of_type(*DOMAINS) if each.get("domain_name") == value)
        block = next(named, None)
    if block is None:
        return value if isinstance(value, Unknown) else _ELSEWHERE
    return domain_of(project.take(block))


def domain_of(block: Block) -> Domain | Unknown:
    """A custom domain, where it leads to APIs by mappings."""
    by = block.read("routing_mode", str, _BY_MAPPINGS)
    if by != _BY_MAPPINGS:
        name = block.address
        routed = Unknown(f"the domain {name} leads to APIs by routing rules, which are not read")
        return by if isinstance(by, Unknown) else routed
    return Domain(name=block.address, policies=_policies(block), mutual=_mutual(block))


def _policies(block: Block) -> list[str | Unknown]:
    if block.type == DOMAIN:
        return [block.read("security_policy", str, _UNTOLD)]
    settings = nested(block.values, "domain_name_configuration")
    if isinstance(settings, Unknown):
        return [settings]
    return [read(each, "security_policy", str, _UNTOLD) for each in settings] or [_UNTOLD]


def _mutual(block: Block) -> Known:
    settings = nested(block.values, "mutual_tls_authentication")
    return then(settings, lambda all_: given(all_[0], "truststore_uri") if all_ else False)


def without_default(disabled: Known, domains: Domains) -> Domains:
    """The domains as they count beside the default endpoint: where that is there, a domain that no
    template shows is left out."""
    return {} if disabled is False and domains is _NO_DOMAIN else domains


def access_log(block: Block, project: Project, stages: Joined) -> Logging:
    """The access log of an API: on where every stage has one, and that of the first stage."""
    targets = [_target(stage) for stage in stages.blocks]
    if None in targets:
        return Logging.off()
    if stages.doubt or not targets:
        return Logging.unread(stages.doubt or _NO_STAGE)
    doubt = also(None, *targets)
    return Logging.unread(doubt) if doubt else to_arn(project, block, targets[0])


def _target(stage: Block) -> Any:
    """Where a stage writes its access log; null where it does not."""
    settings = nested(stage.values, "access_log_settings")
    if isinstance(settings, Unknown):
        return settings
    return (settings[0].get("destination_arn") or None) if settings else None
