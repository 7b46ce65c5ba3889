"""Endpoints of Azure Front Door (Standard and Premium) and of Azure CDN.

Azure's edges in mainland China are those of the cloud in China; the global cloud has none there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from collectors.azure.account import Account, Service, tags_of
from collectors.azure.calls import child, listing
from collectors.azure.diagnostic_settings import LOGGING_CALLS, logging_of
from collectors.azure.front_door_routes import (
    is_front_door,
    origin_https,
    requires_https,
    viewer_minimum,
    waf_before,
)
from collectors.azure.ids import region_of
from collectors.document import Document, Unknown, then
from collectors.facts.network import Cdn
from collectors.facts.shared import Tls
from collectors.logic import told

PROFILE = "Microsoft.Cdn/profiles"
FRONT_DOOR = f"{PROFILE}/afdEndpoints"
CLASSIC = f"{PROFILE}/endpoints"
LIST_PROFILES = listing(PROFILE, "Profiles_List")
LIST_ENDPOINTS = child(FRONT_DOOR, "AFDEndpoints_ListByProfile", "{id}/afdEndpoints", paged=True)
LIST_ROUTES = child(f"{FRONT_DOOR}/routes", "Routes_ListByEndpoint", "{id}/routes", paged=True)
LIST_DOMAINS = child(
    f"{PROFILE}/customDomains", "AFDCustomDomains_ListByProfile", "{id}/customDomains", paged=True
)
LIST_SECURITY_POLICIES = child(
    f"{PROFILE}/securityPolicies",
    "SecurityPolicies_ListByProfile",
    "{id}/securityPolicies",
    paged=True,
)
LIST_CLASSIC = child(CLASSIC, "Endpoints_ListByProfile", "{id}/endpoints", paged=True)

Item = dict[str, Any]


def front_doors(account: Account) -> Iterable[Document]:
    """A document for each endpoint of each profile."""
    profiles = account.resources(LIST_PROFILES)
    if isinstance(profiles, Unknown):
        yield account.unlisted(Cdn, profiles, native_type=FRONT_DOOR)
        yield account.unlisted(Cdn, profiles, native_type=CLASSIC)
        return
    for documents in account.map(lambda one: _of_profile(account, one), profiles):
        yield from documents


def _of_profile(account: Account, profile: Item) -> list[Document]:
    modern = is_front_door(profile)
    native_type, call = (FRONT_DOOR, LIST_ENDPOINTS) if modern else (CLASSIC, LIST_CLASSIC)
    endpoints = account.listed(call, id=profile["id"])
    if isinstance(endpoints, Unknown):
        return [account.unlisted(Cdn, endpoints, region_of(profile), native_type)]
    make = _front_door if modern else _classic
    return [
        account.document(
            make(account, profile, one),
            one,
            region=region_of(profile),
            tags=tags_of(one) or tags_of(profile),
            native_type=native_type,
            native=one,
        )
        for one in endpoints
    ]


def _scope(account: Account) -> Literal["mainland", "overseas"]:
    return "mainland" if account.china else "overseas"


def _front_door(account: Account, profile: Item, endpoint: Item) -> Cdn:
    routes = account.listed(LIST_ROUTES, id=endpoint["id"])
    domains = account.listed(LIST_DOMAINS, id=profile["id"])
    policies = account.listed(LIST_SECURITY_POLICIES, id=profile["id"])
    return Cdn(
        scope=_scope(account),
        viewer_tls=Tls(
            minimum=then(
                routes,
                lambda found: then(domains, lambda known: viewer_minimum(found, known)),
            ),
            required=then(routes, requires_https),
            policy=None,
        ),
        origin_https=then(routes, origin_https),
        waf=then(
            policies,
            lambda known: then(routes, lambda found: waf_before(endpoint, found, known)),
        ),
        logging=logging_of(account, profile["id"], ("FrontDoorAccessLog",)),
    )


def _classic(account: Account, profile: Item, endpoint: Item) -> Cdn:
    """TLS of its domains stands with each domain, and what is spoken to origins in rules."""
    properties = endpoint["properties"]
    plain = told(properties, "isHttpAllowed")
    link = properties.get("webApplicationFirewallPolicyLink") or {}
    return Cdn(
        scope=_scope(account),
        viewer_tls=Tls(
            minimum=Unknown("the lowest TLS version of CDN endpoints is not read"),
            required=plain
            if isinstance(plain, Unknown)
            else True
            if not plain
            else Unknown("whether rules of the CDN endpoint redirect to HTTPS is not read"),
            policy=None,
        ),
        origin_https=Unknown("what the CDN endpoint speaks to its origins is not read"),
        waf=link.get("id"),
        logging=logging_of(account, profile["id"], ("AzureCdnAccessLog",)),
    )


SERVICE = Service(
    name="Front Door and CDN",
    types=((Cdn, FRONT_DOOR), (Cdn, CLASSIC)),
    calls=(
        LIST_PROFILES,
        LIST_ENDPOINTS,
        LIST_ROUTES,
        LIST_DOMAINS,
        LIST_SECURITY_POLICIES,
        LIST_CLASSIC,
        *LOGGING_CALLS,
    ),
    account=front_doors,
)
