"""Who reaches the public endpoint of a resource, by its own firewall rules. Pure; templates and
live resources alike."""

from __future__ import annotations

import ipaddress
from typing import Any

from collectors.addresses import networks, opens_to_internet
from collectors.azure.security_rules import IPV4_ANY, IPV6_ANY
from collectors.document import Unknown, also
from collectors.facts.shared import Exposure

AZURE_SERVICES = "prefix-list:AzureCloud"
"""A server rule from 0.0.0.0 to 0.0.0.0 lets in every service and customer of Azure."""

_ZERO = str(ipaddress.IPv4Address(0))
Item = dict[str, Any]


def cidrs_between(first: str | Unknown, last: str | Unknown) -> list[str | Unknown]:
    """The CIDRs of a rule of a server, from its first address to its last."""
    if isinstance(first, Unknown):
        return [first]
    if isinstance(last, Unknown):
        return [last]
    if first == last == _ZERO:
        return [AZURE_SERVICES]
    try:
        ends: Any = (ipaddress.ip_address(first), ipaddress.ip_address(last))
        return [str(network) for network in ipaddress.summarize_address_range(*ends)]
    except (ValueError, TypeError):
        return [Unknown(f"{first} to {last} is not a range of addresses")]


def server_exposure(public_access: bool | Unknown, ranges: list[str] | Unknown) -> Exposure:
    """Reachability of a server with a public endpoint behind its own firewall rules. Opening it to
    Azure's services opens it to every customer of Azure, and so counts as public."""
    wide = opens_to_internet(ranges)
    via = ["firewall"] if wide is True else []
    if isinstance(ranges, list) and AZURE_SERVICES in ranges:
        via.append("azure-services")
    if public_access is False or (wide is False and not via):
        return Exposure(public=False, via=[])
    doubt = also(public_access) if via else also(public_access, wide)
    if doubt:
        return Exposure.unread(doubt)
    return Exposure(public=True, via=via)


def open_without_rules(public: bool | Unknown, ranges: list[Any] | Unknown) -> list[Any] | Unknown:
    """Whom a service lets in whose firewall is off without a rule: every address then, nobody where
    its public endpoint is off."""
    if isinstance(public, Unknown):
        return public
    if not public:
        return []
    return [IPV4_ANY, IPV6_ANY] if ranges == [] else ranges


def acl_ranges(
    acls: Item | None,
    public_access: Any,
    rules: str = "ipRules",
    address: str = "value",
) -> list[str] | Unknown:
    """The ranges that the network ACLs of an account, vault or namespace let in: its rules where
    the default is to deny, none where its public endpoint is off. `public_access` is the word that
    the API tells, which is absent where nobody ever set it and the ACLs decide alone."""
    word = str(public_access or "Enabled").lower()
    if word == "disabled":
        return []
    if word != "enabled":
        return Unknown("the network perimeter of the resource decides who gets in, and is not read")
    default = str((acls or {}).get("defaultAction")).lower()
    if default == "allow":
        return [IPV4_ANY, IPV6_ANY]
    if default != "deny":
        return Unknown("the resource does not tell its default action for networks")
    found: list[str] = []
    for rule in [*((acls or {}).get(rules) or ()), *((acls or {}).get("ipv6Rules") or ())]:
        found += networks(rule[address])
    return found
