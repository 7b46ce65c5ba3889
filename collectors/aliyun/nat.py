"""Entries of NAT gateways: who hides behind which addresses, and what they lead inside. Pure."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown
from collectors.facts.network import Forward, Snat

Item = dict[str, Any]
EVERYWHERE = ["0.0.0.0/0", "::/0"]


def limit(value: object) -> int | Unknown | None:
    """A bandwidth in Mbit/s, null where nothing limits it, which is written as -1 or not at all."""
    if value in (None, "", -1, "-1"):
        return None
    text = str(value).upper().removesuffix("M")
    return int(text) if text.isdecimal() else Unknown(f"the bandwidth {value} is not understood")


def snat_of(entries: list[Item], addresses: list[Item] | Unknown) -> list[Snat] | Unknown:
    """Each SNAT entry with the bandwidths of its addresses, which it names with commas between.
    Addresses of one shared bandwidth package all have the package's."""
    if isinstance(addresses, Unknown):
        return addresses
    widths = {
        item["IpAddress"]: limit(item.get("BandwidthPackageBandwidth") or item["Bandwidth"])
        for item in addresses
    }
    found = []
    for entry in entries:
        names = [name.strip() for name in str(entry["SnatIp"]).split(",") if name.strip()]
        missing = Unknown("an address of the SNAT entry is not visible to this account")
        values: list[Any] = [widths.get(name, missing) for name in names]
        found.append(Snat(bandwidths_mbps=[value for value in values if value is not None]))
    return found


def forwards_of(entries: list[Item]) -> list[Forward]:
    """DNAT entries. The gateway takes them from anywhere."""
    return [_forward(entry) for entry in entries]


def _forward(entry: Item) -> Forward:
    first, last = _ports(str(entry["ExternalPort"]))
    inside, inside_last = _ports(str(entry["InternalPort"]))
    single = inside == inside_last and inside != first
    return Forward(
        protocol=str(entry["IpProtocol"]).lower(),
        from_port=first,
        to_port=last,
        target_port=inside if single or isinstance(inside, Unknown) else None,
        source_ranges=list(EVERYWHERE),
    )


def _ports(text: str) -> tuple[int | Unknown, int | Unknown]:
    """ "80" is one port, "10/20" a range, "Any" every port."""
    if text.lower() == "any":
        return 0, 65535
    first, _, last = text.partition("/")
    if first.isdecimal() and (not last or last.isdecimal()):
        return int(first), int(last or first)
    unknown = Unknown(f"the port range {text!r} is not understood")
    return unknown, unknown
