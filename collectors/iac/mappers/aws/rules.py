"""Protocols and ports as security groups and network ACLs write them."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import read

_PROTOCOLS = {"-1": "any", "all": "any", "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6"}
_ALL = -1
_BACKWARDS = Unknown("the first port of the rule is above its last, which EC2 refuses")
_NAMED = {"any", "tcp", "udp", "icmp", "icmpv6"}


def protocol_of(text: str | Unknown) -> str | Unknown:
    """The protocol of a rule by its neutral name, or its IANA number."""
    if isinstance(text, Unknown):
        return text
    name = _PROTOCOLS.get(text.lower(), text.lower())
    return name if name.isdigit() or name in _NAMED else Unknown(f"protocol {text} is not known")


def ports_of(
    values: dict[str, Any], protocol: str | Unknown
) -> tuple[int | Unknown | None, int | Unknown | None]:
    """The first and last port of a rule; null where the protocol has none. For TCP and UDP the port
    -1 counts as all of them, as for ICMP it means all types: whether EC2 refuses it or opens every
    port, no rule that has it may look like one that opens none."""
    if protocol == "any":
        return 0, 65535
    if isinstance(protocol, str) and protocol not in {"tcp", "udp"}:
        return None, None
    missing = Unknown("the rule gives no ports")
    first, last = (read(values, name, int, missing) for name in ("from_port", "to_port"))
    if _ALL in (first, last):
        return 0, 65535
    if isinstance(first, int) and isinstance(last, int) and first > last:
        return _BACKWARDS, _BACKWARDS
    return first, last
