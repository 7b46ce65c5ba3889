"""Custom domains of API Gateway: which of them lead to an API, and with what TLS.

One kind of domain serves APIs of both generations; its mappings are told by the second.
"""

from __future__ import annotations

from typing import Any, Literal, cast

from msgspec import Struct

from collectors.aws.account import Account
from collectors.aws.logic import Known
from collectors.calls import Call, Scope
from collectors.document import Unknown, also, then
from collectors.facts.shared import Tls

Version = Literal["1.0", "1.2", "1.3"]


def _call(operation: str, result: str, scope: Scope, *, paged: bool = False) -> Call:
    return Call(
        provider="aws",
        service="apigatewayv2",
        operation=operation,
        # The permissions of API Gateway are named after HTTP methods, on paths as resources.
        permission="apigateway:GET",
        scope=scope,
        result=result,
        paged=paged,
    )


GET_DOMAIN_NAMES = _call("GetDomainNames", "Items", "region", paged=True)
GET_API_MAPPINGS = _call("GetApiMappings", "", "resource")
CALLS = (GET_DOMAIN_NAMES, GET_API_MAPPINGS)

Item = dict[str, Any]

_BY_MAPPINGS = "API_MAPPING_ONLY"
_LOWEST = "1.0"
_LEGACY: dict[str, Version] = {"TLS_1_0": "1.0", "TLS_1_2": "1.2"}


class Domain(Struct, frozen=True):
    """A custom domain: its security policies, and whether it asks clients for certificates."""

    name: str
    policies: list[str | Unknown]
    mutual: bool


Domains = dict[str, list[Domain]] | Unknown
"""The domains that lead to each API, by the API's id."""


def read_domains(account: Account, region: str) -> Domains:
    """The custom domains of a region. Unknown as a whole where one of them is: it could lead to any
    API."""
    found = account.read(GET_DOMAIN_NAMES, region)
    if isinstance(found, Unknown):
        return found
    domains: dict[str, list[Domain]] = {}
    for item in found:
        name = item["DomainName"]
        if item.get("RoutingMode", _BY_MAPPINGS) != _BY_MAPPINGS:
            return Unknown(f"the domain {name} leads to APIs by routing rules, which are not read")
        answer = account.read(GET_API_MAPPINGS, region, name, DomainName=name)
        if isinstance(answer, Unknown):
            return answer
        if answer.get("NextToken"):
            return Unknown(f"the domain {name} has more mappings than one answer holds")
        for api in {mapping["ApiId"] for mapping in answer["Items"]}:
            domains.setdefault(api, []).append(_domain(item))
    return domains


def _domain(item: Item) -> Domain:
    untold = Unknown(f"the security policy of the domain {item['DomainName']} is not told")
    return Domain(
        name=item["DomainName"],
        policies=[
            one.get("SecurityPolicy", untold) for one in item.get("DomainNameConfigurations", [])
        ]
        or [untold],
        mutual=bool(item.get("MutualTlsAuthentication", {}).get("TruststoreUri")),
    )


def is_reachable(disabled: bool, domains: Domains, api: str) -> Known:
    """Whether an API has an address at all: its default endpoint, or a domain of the account."""
    return True if not disabled else then(domains, lambda known: bool(known.get(api)))


def asks_certificates(disabled: bool, domains: Domains, api: str) -> Known:
    """Whether every way to an API asks clients for certificates; its default endpoint does not."""
    if disabled is False:
        return False
    return then(
        domains,
        lambda known: bool(known.get(api)) and all(one.mutual for one in known.get(api, [])),
    )


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
