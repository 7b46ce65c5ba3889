"""What is told of APIs of API Gateway alike, live and in templates: pure functions.

How their methods and routes authenticate requests, by which addresses they are reached, and with
what TLS.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, cast

from msgspec import Struct

from collectors.aws.logic import Known, every, negated, some
from collectors.document import Unknown, also, then
from collectors.facts.shared import Tls

Version = Literal["1.0", "1.2", "1.3"]

_LOWEST = "1.0"
_LEGACY: dict[str, Version] = {"TLS_1_0": "1.0", "TLS_1_2": "1.2"}
_REST = {"AWS_IAM": "iam", "CUSTOM": "custom", "COGNITO_USER_POOLS": "token"}
_ROUTES = {"AWS_IAM": "iam", "CUSTOM": "custom", "JWT": "token"}
# Of APIs at their default endpoint, while nobody chose another (developer guide, "Choose a security
# policy for your custom domain": edge-optimised and Regional APIs 1.0, private ones 1.2).
_DEFAULT = {"EDGE": "TLS_1_0", "REGIONAL": "TLS_1_0", "PRIVATE": "TLS_1_2"}
_WEAKEST_FIRST = ("none", "key", "custom", "token", "iam")

UNTOLD_TYPE = Unknown("the endpoint type of the API is not told")


class Domain(Struct, frozen=True):
    """A custom domain: its security policies, and whether it asks clients for certificates."""

    name: str
    policies: list[str | Unknown]
    mutual: Known


Domains = dict[str, list[Domain]] | Unknown
"""The domains that lead to each API, by the API's id."""


class Route(Struct, frozen=True):
    """A route of an HTTP or WebSocket API: its key ("GET /orders"), the authorization of requests
    (NONE, AWS_IAM, CUSTOM, JWT), and whether it asks for an API key."""

    key: str
    authorization: str
    needs_key: Known = False


def rest_kind(authorization: str | None, needs_key: Known) -> str | Unknown:
    """How a method of a REST API authenticates requests: an API key counts where nothing else is
    asked for."""
    if authorization == "NONE":
        return _without(needs_key)
    return _REST.get(str(authorization), Unknown("how a method authenticates requests is not told"))


def route_kinds(protocol: str, routes: Iterable[Route]) -> list[str | Unknown]:
    """How each route authenticates requests, OPTIONS apart. A WebSocket API authenticates when a
    client connects, and later messages ride on that."""
    if protocol == "WEBSOCKET":
        # Without the route everybody may connect.
        return [_kind(route) for route in routes if route.key == "$connect"] or ["none"]
    return [_kind(route) for route in routes if not route.key.startswith("OPTIONS ")]


def _kind(route: Route) -> str | Unknown:
    written = route.authorization
    if written == "NONE":
        return _without(route.needs_key)
    return _ROUTES.get(written, Unknown(f"the authorization {written} of a route is not known"))


def _without(needs_key: Known) -> str | Unknown:
    return then(needs_key, lambda asked: "key" if asked else "none")


def weakest(found: list[str | Unknown], asks_certificates: Known) -> str | Unknown:
    """The weakest of some kinds of authorization. Where every way to the API asks clients for
    certificates, that stands in for none."""
    kinds = {one for one in found if isinstance(one, str)}
    if "none" in kinds:
        if isinstance(asks_certificates, Unknown):
            return asks_certificates
        return "certificate" if asks_certificates else "none"
    unknown = also(None, *found)
    if unknown:
        return unknown
    for kind in _WEAKEST_FIRST:
        if kind in kinds:
            return kind
    return Unknown("the API has no method")


def default_policy_of(policy: str | None, types: list[str]) -> str | Unknown:
    """The security policy of the default endpoint of a REST API: the chosen one, else by type."""
    if policy:
        return str(policy)
    return _DEFAULT.get(types[0], UNTOLD_TYPE) if types else UNTOLD_TYPE


def route_tls() -> Tls:
    """Every endpoint of HTTP and WebSocket APIs takes TLS 1.2 and 1.3 only (developer guide,
    "Security policy for HTTP APIs" and "for WebSocket APIs")."""
    return tls("TLS_1_2", {}, "")


def is_reachable(disabled: Known, domains: Domains, api: str) -> Known:
    """Whether an API has an address at all: its default endpoint, or a domain of the account."""
    return some([negated(disabled), then(domains, lambda known: bool(known.get(api)))])


def asks_certificates(disabled: Known, domains: Domains, api: str) -> Known:
    """Whether every way to an API asks clients for certificates; its default endpoint does not."""
    return every([disabled, then(domains, lambda known: _all_ask(known.get(api, [])))])


def _all_ask(found: list[Domain]) -> Known:
    return every(one.mutual for one in found) if found else False


def tls(default: str | Unknown | None, domains: Domains, api: str) -> Tls:
    """TLS of an API by its default endpoint's security policy (null where that is off) and those of
    its domains. API Gateway answers no plain HTTP (developer guide, "Choose a security policy")."""
    own: list[str | Unknown] = [] if default is None else [default]
    if isinstance(domains, Unknown):
        policies = [*own, domains]
    else:
        policies = [*own, *(policy for one in domains.get(api, []) for policy in one.policies)]
    versions = [(then(policy, minimum), policy) for policy in policies]
    known = sorted((str(one), str(policy)) for one, policy in versions if isinstance(one, str))
    unknown = also(None, *(one for one, _ in versions))
    # What is not known cannot be lower than the lowest.
    if known and (unknown is None or known[0][0] == _LOWEST):
        return Tls(minimum=cast("Version", known[0][0]), required=True, policy=known[0][1])
    reason = unknown or Unknown("the API has no address")
    return Tls(minimum=reason, required=True, policy=reason)


def minimum(policy: str) -> Version | Unknown:
    """The lowest TLS version of a security policy: TLS_1_0, TLS_1_2 or SecurityPolicy_TLS13_1_2_…,
    whose second number is the lowest (developer guide, "Security policies"); those of edge domains
    name it alone."""
    if policy in _LEGACY:
        return _LEGACY[policy]
    if policy.startswith("SecurityPolicy_TLS13_1_3_") or policy == "SecurityPolicy_TLS13_2025_EDGE":
        return "1.3"
    if policy.startswith(("SecurityPolicy_TLS13_1_2_", "SecurityPolicy_TLS12_")):
        return "1.2"
    return Unknown(f"the security policy {policy} is not known to this version")
