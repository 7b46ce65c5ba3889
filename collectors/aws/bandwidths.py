"""Bandwidths as Direct Connect writes them (API reference, Connection, bandwidth)."""

from __future__ import annotations

import re

from collectors.document import Unknown

_MBPS = {"mbps": 1, "gbps": 1000}


def bandwidth(written: str | None) -> int | Unknown | None:
    """A bandwidth such as "500Mbps" or "10Gbps" in Mbit/s; null where none is set."""
    if written is None:
        return None
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([MG]bps)", written.strip(), re.IGNORECASE)
    if not found:
        return Unknown(f"the bandwidth {written} is not known to this version")
    return round(float(found[1]) * _MBPS[found[2].lower()])
