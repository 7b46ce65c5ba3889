"""Facts that all gateways of AWS share, and the prefixes that route tables send to one."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from collectors.document import Unknown
from collectors.facts.network import Gateway, Peer, Tunnel

IpsMode = Literal["block", "alert", "off"]

Item = dict[str, Any]

_TARGETS = ("GatewayId", "NatGatewayId", "TransitGatewayId", "VpcPeeringConnectionId")
_DESTINATIONS = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")


class Guard(Struct, frozen=True):
    """`protected_by` and `ips_mode` of a gateway."""

    protected_by: list[str] | Unknown
    ips_mode: IpsMode | Unknown | None


UNGUARDED = Guard([], None)


def gateway(
    kind: str,
    *,
    guard: Guard = UNGUARDED,
    peers: list[Peer] | Unknown | None = None,
    tunnels: list[Tunnel] | Unknown | None = None,
    zones: list[str] | Unknown | None = None,
    bandwidth_mbps: int | Unknown | None = None,
    attached_to: str | Unknown | None = None,
) -> Gateway:
    """A gateway. AWS limits the bandwidth of no public address, and NAT gateways map no ports."""
    return Gateway(
        kind=kind,
        peers=[] if peers is None else peers,
        tunnels=tunnels,
        zones=zones,
        bandwidth_mbps=bandwidth_mbps,
        snat=[],
        protected_by=guard.protected_by,
        attached_to=attached_to,
        ips_mode=guard.ips_mode,
        forwards=[],
    )


def prefixes_to(tables: list[Item] | Unknown, target: str) -> list[str] | Unknown:
    """The prefixes that the route tables of a region send to a gateway, also to one that is away
    just now; unknown where one of them is a list of prefixes that is not read."""
    if isinstance(tables, Unknown):
        return tables
    found: set[str] = set()
    for table in tables:
        for route in table["Routes"]:
            if target not in {route.get(key) for key in _TARGETS}:
                continue
            if route.get("DestinationPrefixListId"):
                return Unknown(f"a prefix list is routed to {target}")
            found.update(route[key] for key in _DESTINATIONS if route.get(key))
    return sorted(found)
