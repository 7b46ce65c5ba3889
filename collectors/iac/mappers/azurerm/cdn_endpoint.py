"""azurerm_cdn_endpoint: endpoints of the CDN before Front Door, with their domains."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Document, Unknown, also
from collectors.facts.network import Cdn
from collectors.facts.shared import Logging, Tls
from collectors.iac.blocks import (
    Block,
    Mapping,
    PartOf,
    Project,
    nested,
    read,
)
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES, logging_of
from collectors.iac.mappers.azurerm.front_door import scope_of
from collectors.iac.mappers.azurerm.shared import azure_document, target_or_named
from collectors.iac.mappers.joins import identity, items, joined, tags_of
from collectors.logic import Known, some
from collectors.regions import GLOBAL

ENDPOINT, PROFILE = "azurerm_cdn_endpoint", "azurerm_cdn_profile"
DOMAIN = "azurerm_cdn_endpoint_custom_domain"

_NO_PROFILE = Unknown("the profile is not part of this template")
_MINIMUM = Unknown("the lowest TLS version of CDN endpoints is not read")
_ORIGIN = Unknown("what the CDN endpoint speaks to its origins is not read")
_REDIRECTS = Unknown("whether rules of the CDN endpoint redirect to HTTPS is not read")
_MANAGED = ("cdn_managed_https", "user_managed_https")
_OLD = ("tls10", "none")
_SCHEME = "request_scheme_condition"
Values = dict[str, Any]


def map_endpoint(block: Block, project: Project) -> Iterator[Document]:
    """An endpoint. What it speaks to its origins follows the viewer and its rules."""
    profile = target_or_named(project, block.get("profile_name"), PROFILE)
    facts = Cdn(
        scope=scope_of(block),
        viewer_tls=Tls(
            minimum="1.0" if _has_old_tls(block, project) else _MINIMUM,
            required=_requires_https(block),
            policy=None,
        ),
        origin_https=_ORIGIN,
        # No argument of Terraform's, but a property of ARM's.
        waf=identity(project, block.get("web_application_firewall_policy_id")),
        logging=logging_of(profile, project, ("AzureCdnAccessLog",))
        if profile
        else Logging.unread(_NO_PROFILE),
    )
    yield azure_document(
        block,
        project,
        facts,
        region=GLOBAL,
        tags=tags_of(block) or (tags_of(profile) if profile else {}),
    )


def _has_old_tls(endpoint: Block, project: Project) -> bool:
    """Whether a domain surely takes older versions of TLS: TLS12 is the default of each."""
    domains = joined(project, endpoint, "cdn_endpoint_id", DOMAIN).blocks
    settings = [
        each
        for domain in domains
        for name in _MANAGED
        if isinstance(found := nested(domain.values, name), list)
        for each in found
    ]
    versions = [read(each, "tls_version", str, "TLS12") for each in settings]
    return any(isinstance(each, str) and each.lower() in _OLD for each in versions)


def _requires_https(endpoint: Block) -> Known:
    """Whether plain HTTP, which is allowed by default, is refused or redirected by a rule."""
    allowed = endpoint.read("is_http_allowed", bool, True)
    if allowed is False:
        return True
    # The global one is for all requests.
    told = [nested(endpoint.values, name) for name in ("global_delivery_rule", "delivery_rule")]
    redirected = some(
        each if isinstance(each, Unknown) else some(_redirects(rule) for rule in each)
        for each in told
    )
    return True if redirected is True else also(allowed, redirected) or False


def _redirects(rule: Values) -> Known:
    """Whether a rule sends everything that comes by plain HTTP to HTTPS. One that does so for some
    of it leaves open what others do with the rest."""
    actions = nested(rule, "url_redirect_action")
    if isinstance(actions, Unknown):
        return actions
    words = [read(each, "protocol", str, "MatchRequest") for each in actions]
    doubt = also(None, *words)
    if doubt or not any(str(each).lower() == "https" for each in words):
        return doubt or False
    conditions = [name for name in rule if name.endswith("_condition") and rule[name]]
    schemes = nested(rule, _SCHEME)
    if conditions == []:
        return True
    if conditions != [_SCHEME] or isinstance(schemes, Unknown) or len(schemes) != 1:
        return _REDIRECTS
    values = items(schemes[0], "match_values")
    negated = read(schemes[0], "negate_condition", bool, False)
    doubt = also(values, negated)
    if doubt or isinstance(values, Unknown):
        return doubt or _REDIRECTS
    wanted = {"HTTPS"} if negated else {"HTTP"}
    return {str(each).upper() for each in values} == wanted or _REDIRECTS


MAPPINGS = [
    Mapping(
        types=(ENDPOINT,),
        facts=Cdn,
        map=map_endpoint,
        joined=(PROFILE, DOMAIN, *LOGGING_TYPES),
    ),
]

PART_OF = {
    "azurerm_cdn_endpoint_custom_domain": PartOf("azurerm_cdn_endpoint", ("cdn_endpoint_id",)),
}

LINK_TYPES = frozenset({"azurerm_cdn_profile"})
