"""Address ranges as people write them in allow-lists. Pure."""

from __future__ import annotations

import ipaddress
from typing import Any

from collectors.document import Unknown


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
    """Whether an allow-list lets a quarter of the address space or more in."""
    if isinstance(ranges, Unknown):
        return ranges
    known = [entry for entry in ranges if isinstance(entry, str)]
    if any(_is_wide(entry) for entry in known):
        return True
    doubts: list[Any] = [entry for entry in ranges if not isinstance(entry, str)]
    return doubts[0] if doubts else False


def _is_wide(entry: str) -> bool:
    try:
        return ipaddress.ip_network(entry, strict=False).prefixlen <= 2
    except ValueError:
        return False
