"""Custom domains of API Gateway: which of them lead to an API, and with what TLS.

One kind of domain serves APIs of both generations; its mappings are told by the second.
"""

from __future__ import annotations

from typing import Any

from collectors.aws.account import Account
from collectors.aws.api_facts import Domain, Domains
from collectors.calls import Call, Scope
from collectors.document import Unknown


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
