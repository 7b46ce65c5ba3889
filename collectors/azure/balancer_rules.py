"""How load balancers publish an IP configuration of a machine: by NAT rules, which lead to one
machine each, and by balancing rules, which lead to a pool of them. Pure.

A balancer of layer 4 hands on connections as they come, with the client's own address: the security
groups of the machine decide, at the port behind ("Azure Load Balancer components"). An interface
names the pools that it is in; a pool of addresses names a virtual network and private addresses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from msgspec import Struct

from collectors.azure.ids import key, parent_of, same
from collectors.document import Unknown

MAPPED: Literal["port-mapping+firewall"] = "port-mapping+firewall"
BALANCED: Literal["load-balancer+firewall"] = "load-balancer+firewall"

Item = dict[str, Any]

_TRANSPORTS = {"tcp": ("tcp",), "udp": ("udp",), "all": ("tcp", "udp")}
# SSH, RDP, WinRM: whoever signs in means one machine, whatever balances.
SIGN_IN = (22, 3389, 5985, 5986)


class Published(Struct, frozen=True, kw_only=True):
    """A rule that leads to an IP configuration: `front` is the frontend's properties, `port` the
    one behind, null for all. With a floating address packets arrive at the frontend's own."""

    via: Literal["port-mapping+firewall", "load-balancer+firewall"]
    front: Item
    transports: tuple[str, ...] | Unknown
    port: int | Unknown | None
    floating: bool


def published_of(configuration: Item, balancers: Iterable[Item]) -> Iterator[Published]:
    """The rules of balancers that lead to an IP configuration, given its properties."""
    named = {
        key(one["id"])
        for name in ("loadBalancerInboundNatRules", "loadBalancerInboundNatPools")
        for one in configuration.get(name) or ()
    }
    for balancer in balancers:
        properties = balancer["properties"]
        pools = {
            key(pool["id"])
            for pool in properties.get("backendAddressPools") or ()
            if is_in(configuration, pool)
        }
        for kind in ("inboundNatRules", "inboundNatPools", "loadBalancingRules"):
            for rule in properties.get(kind) or ():
                if key(rule["id"]) in named or pools & set(_pools(rule["properties"])):
                    yield _published(kind, rule["properties"], properties)


def pool_addresses(pool: Item) -> list[Item]:
    """The members of a pool that it names by their addresses, not by interfaces."""
    members = [
        one.get("properties") or {}
        for one in pool["properties"].get("loadBalancerBackendAddresses") or ()
    ]
    return [
        one
        for one in members
        if one.get("ipAddress") and not one.get("networkInterfaceIPConfiguration")
    ]


def is_loose(balancer: Item) -> bool:
    """Whether a balancer has a pool that names addresses."""
    pools = balancer["properties"].get("backendAddressPools") or ()
    return any(pool_addresses(pool) for pool in pools)


def is_in(configuration: Item, pool: Item) -> bool:
    """Whether an IP configuration, given its properties, is a member of a pool."""
    own = configuration.get("loadBalancerBackendAddressPools") or ()
    if any(same(one["id"], pool["id"]) for one in own):
        return True
    subnet = (configuration.get("subnet") or {}).get("id")
    for member in pool_addresses(pool):
        network = _network_of(member) or _network_of(pool["properties"])
        at_home = not network or not subnet or same(network, parent_of(subnet))
        if at_home and member["ipAddress"] == configuration.get("privateIPAddress"):
            return True
    return False


def _network_of(member: Item) -> str:
    """The virtual network that a member of a pool, or the pool, names; "" where it names none."""
    subnet = (member.get("subnet") or {}).get("id")
    return (member.get("virtualNetwork") or {}).get("id") or (parent_of(subnet) if subnet else "")


def _pools(rule: Item) -> Iterator[str]:
    """The pools that a rule leads to; NAT rules of the second version have one as well."""
    for one in (rule.get("backendAddressPool"), *(rule.get("backendAddressPools") or ())):
        if one and one.get("id"):
            yield key(one["id"])


def _published(kind: str, rule: Item, balancer: Item) -> Published:
    fronts = {
        key(one["id"]): one["properties"] for one in balancer.get("frontendIPConfigurations") or ()
    }
    inside = rule.get("backendPort")
    untold = Unknown("the load balancer's rule does not tell its port behind")
    port = inside if isinstance(inside, int) else untold
    balanced = kind == "loadBalancingRules" and port not in SIGN_IN
    return Published(
        via=BALANCED if balanced else MAPPED,
        front=fronts.get(key((rule.get("frontendIPConfiguration") or {}).get("id") or ""), {}),
        transports=_TRANSPORTS.get(
            str(rule.get("protocol")).lower(),
            Unknown("the load balancer's rule does not tell its protocol"),
        ),
        # Port 0 of protocol All is a rule for all ports ("High availability ports").
        port=None if port == 0 else port,
        floating=rule.get("enableFloatingIP") is True,
    )
