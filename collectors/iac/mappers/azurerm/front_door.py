"""azurerm_cdn_frontdoor_endpoint with its routes, domains and security policies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from collectors.azure.front_door_routes import (
    origin_https,
    requires_https,
    viewer_minimum,
    waf_before,
)
from collectors.document import Document, Unknown, also
from collectors.facts.network import Cdn
from collectors.facts.shared import Logging, Tls
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES, logging_of
from collectors.iac.mappers.azurerm.shared import azure_document
from collectors.iac.mappers.joins import (
    identity,
    items,
    joined,
    tags_of,
    target_of,
)
from collectors.iac.mappers.named_within import values_at
from collectors.logic import Known, every
from collectors.regions import GLOBAL

PROFILE, ENDPOINT = "azurerm_cdn_frontdoor_profile", "azurerm_cdn_frontdoor_endpoint"
ROUTE, DOMAIN = "azurerm_cdn_frontdoor_route", "azurerm_cdn_frontdoor_custom_domain"
SECURITY = "azurerm_cdn_frontdoor_security_policy"
FIREWALL = "azurerm_cdn_frontdoor_firewall_policy"

POLICY_PATH = ("security_policies", "firewall", "cdn_frontdoor_firewall_policy_id")
_NO_PROFILE = Unknown("the profile is not part of this template")
_NO_ROUTES = Unknown("no route of the endpoint is part of this template")
_NO_DOMAIN = Unknown("a domain of the endpoint is not part of this template")
_NO_CLOUD = Unknown("the template does not tell whether it is for the cloud in China")
_NO_ID = Unknown("an id is null")
Item = dict[str, Any]
Minimum = Literal["1.0", "1.2", "1.3"]


def map_endpoint(block: Block, project: Project) -> Iterator[Document]:
    """An endpoint of Front Door."""
    profile = target_of(project, block.get("cdn_frontdoor_profile_id"), PROFILE)
    routes = _routes(block, project)
    log = ("FrontDoorAccessLog",)
    facts = Cdn(
        scope=scope_of(block),
        viewer_tls=Tls(
            minimum=_minimum(routes, project),
            required=routes
            if isinstance(routes, Unknown)
            else every(_is_secure(each) for each in routes),
            policy=None,
        ),
        origin_https=routes
        if isinstance(routes, Unknown)
        else every(_origin_is_secure(each) for each in routes),
        waf=_waf(block, routes, project),
        logging=logging_of(profile, project, log) if profile else Logging.unread(_NO_PROFILE),
    )
    tags = tags_of(block) or (tags_of(profile) if profile else {})
    yield azure_document(block, project, facts, region=GLOBAL, tags=tags)


def scope_of(block: Block) -> Any:
    """Azure's edges in mainland China are those of the cloud in China."""
    cloud = read(block.provider_values, "environment", str, _NO_CLOUD)
    if isinstance(cloud, Unknown):
        return cloud
    return "mainland" if cloud.lower() == "china" else "overseas"


def _routes(endpoint: Block, project: Project) -> list[Block] | Unknown:
    found = joined(project, endpoint, "cdn_frontdoor_endpoint_id", ROUTE)
    return found.doubt or found.blocks or _NO_ROUTES


def _is_secure(route: Block) -> Known:
    """Whether a route refuses plain HTTP or redirects it, which it does unless told otherwise."""
    protocols = items(route.values, "supported_protocols")
    redirect = route.read("https_redirect_enabled", bool, True)
    doubt = also(protocols, *_each(protocols))
    if doubt or redirect is True:
        return doubt if redirect is not True and doubt else True
    word = "Disabled" if redirect is False else None
    told = {"supportedProtocols": protocols, "httpsRedirect": word}
    found = requires_https([{"properties": told}])
    return redirect if isinstance(found, Unknown) else found


def _origin_is_secure(route: Block) -> Known:
    """Whether it speaks HTTPS to its origins; what the viewer speaks, unless told otherwise."""
    forwarding = route.read("forwarding_protocol", str, "MatchRequest")
    if isinstance(forwarding, Unknown):
        return forwarding
    if forwarding.lower() == "matchrequest":
        return _is_secure(route)
    return origin_https([{"properties": {"forwardingProtocol": forwarding}}])


def _each(values: list[Any] | Unknown) -> list[Any]:
    return values if isinstance(values, list) else []


def _minimum(routes: list[Block] | Unknown, project: Project) -> Minimum | Unknown:
    """The lowest version of TLS of all domains of the routes: 1.2 unless one says otherwise."""
    if isinstance(routes, Unknown):
        return routes
    told: list[Item] = []
    known: list[Item] = []
    for route in routes:
        values = items(route.values, "cdn_frontdoor_custom_domain_ids")
        if isinstance(values, Unknown):
            return values
        for value in values:
            domain = target_of(project, value, DOMAIN)
            if domain is None:
                return value if isinstance(value, Unknown) else _NO_DOMAIN
            settings = nested(domain.values, "tls")
            if isinstance(settings, Unknown):
                return settings
            first = settings[0] if settings else {}
            # minimum_tls_version is what versions 3 and 4 of the provider say.
            name = "minimum_version" if "minimum_version" in first else "minimum_tls_version"
            version = read(first, name, str, "TLS12")
            if isinstance(version, Unknown):
                return version
            known.append({"id": domain.address, "properties": {"tlsSettings": _tls(version)}})
            told.append({"id": domain.address})
    return viewer_minimum([{"properties": {"customDomains": told}}], known)


def _tls(version: str) -> Item:
    return {"minimumTlsVersion": version}


def _waf(endpoint: Block, routes: list[Block] | Unknown, project: Project) -> str | Unknown | None:
    if isinstance(routes, Unknown):
        return routes
    told: list[Item] = []
    for route in routes:
        values = items(route.values, "cdn_frontdoor_custom_domain_ids")
        linked = route.read("link_to_default_domain", bool, True)
        ids = [_id(each, project) for each in _each(values)]
        doubt = also(values, linked, *ids)
        if doubt:
            return doubt
        word = "Enabled" if linked else "Disabled"
        domains = [{"id": each} for each in ids]
        told.append({"properties": {"customDomains": domains, "linkToDefaultDomain": word}})
    policies = [_security(each, project) for each in project.of_type(SECURITY)]
    doubt = also(None, *policies)
    known = [each for each in policies if isinstance(each, dict)]
    return doubt or waf_before({"id": _own(endpoint)}, told, known)


def _own(block: Block) -> str:
    return f"{block.source.uri}#{block.address}"


def _id(value: Any, project: Project) -> str | Unknown:
    return identity(project, value) or _NO_ID


def _security(policy: Block, project: Project) -> Item | Unknown:
    """A security policy as ARM writes it; Unknown where something in it is."""
    firewalls = list(values_at(policy.values, POLICY_PATH[:2]))
    first = firewalls[0] if firewalls else {}
    if isinstance(first, Unknown):
        return first
    ids = list(values_at(first, POLICY_PATH[2:]))
    associations = nested(first, "association")
    if isinstance(associations, Unknown):
        return associations
    found: list[Item] = []
    for each in associations:
        patterns = items(each, "patterns_to_match")
        domains = list(values_at(each, ("domain", "cdn_frontdoor_domain_id")))
        named = [_id(value, project) for value in domains]
        doubt = also(patterns, *_each(patterns), *named)
        if doubt:
            return doubt
        found.append({"patternsToMatch": patterns, "domains": [{"id": one} for one in named]})
    firewall = _id(ids[0], project) if ids else _NO_ID
    if isinstance(firewall, Unknown):
        return firewall
    parameters = {"wafPolicy": {"id": firewall}, "associations": found}
    return {"properties": {"parameters": parameters}}


MAPPINGS = [
    Mapping(
        types=(ENDPOINT,),
        facts=Cdn,
        map=map_endpoint,
        joined=(PROFILE, ROUTE, DOMAIN, SECURITY, FIREWALL, *LOGGING_TYPES),
    ),
]

LINK_TYPES = frozenset({"azurerm_cdn_frontdoor_custom_domain", "azurerm_cdn_frontdoor_route"})
