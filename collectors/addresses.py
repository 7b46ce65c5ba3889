"""Address ranges as people write them in allow-lists. Pure."""

from __future__ import annotations

import ipaddress
from typing import Any

from collectors.document import Unknown

_PUBLIC_IPV6 = ipaddress.ip_network("2000::/3")


def networks(value: Any) -> list[str]:
    """The CIDRs of one entry of an allow-list: an address, a CIDR, or several with commas. A host
    part is cut off as clouds do; what is no address stays as it is."""
    found = []
    for entry in str(value).split(","):
        text = entry.strip()
        try:
            found.append(str(ipaddress.ip_network(text, strict=False)))
        except ValueError:
            if text:
                found.append(text)
    return found


def opens_to_internet(ranges: list[str] | Unknown) -> bool | Unknown:
    """Whether an entry of an allow-list stands for the internet: as the checks see it, IPv4 wider
    than /8, or IPv6 of public addresses of /16 or wider. Each entry is judged alone."""
    if isinstance(ranges, Unknown):
        return ranges
    known = [entry for entry in ranges if isinstance(entry, str)]
    if any(_is_wide(entry) for entry in known):
        return True
    doubts: list[Any] = [entry for entry in ranges if not isinstance(entry, str)]
    return doubts[0] if doubts else False


def _is_wide(entry: str) -> bool:
    try:
        network = ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return False
    if network.version == 4:
        return network.prefixlen < 8
    return network.prefixlen <= 16 and network.overlaps(_PUBLIC_IPV6)
