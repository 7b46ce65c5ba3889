"""How wide the ranges are that a firewall rule is about: pure."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, collapse_addresses, ip_network
from typing import Literal

Width = Literal["few", "many", "all"]
"""A few hosts; whole networks; everything of one version of IP."""

WIDTHS: tuple[Width, ...] = ("few", "many", "all")

# A subnet as people make them: a rule about more than that is about more than single hosts.
_SUBNET = {4: 24, 6: 64}


def width_of(ranges: list[str]) -> Width:
    """The width of ranges together; none are everything."""
    networks = [ip_network(one, strict=False) for one in ranges]
    four = [one for one in networks if isinstance(one, IPv4Network)]
    six = [one for one in networks if isinstance(one, IPv6Network)]
    whole: list[IPv4Network | IPv6Network] = [
        *collapse_addresses(four),
        *collapse_addresses(six),
    ]
    if not ranges or any(one.prefixlen == 0 for one in whole):
        return "all"
    return "many" if any(one.prefixlen < _SUBNET[one.version] for one in whole) else "few"


def width_of_words(text: str) -> Width:
    """The width of the addresses of a Suricata rule: "any", a range, or a list of them. What a
    variable holds, and what an exception leaves, is not few."""
    try:
        return width_of([one.strip() for one in text.strip("[]").split(",")])
    except ValueError:
        return "all" if text == "any" else "many"
