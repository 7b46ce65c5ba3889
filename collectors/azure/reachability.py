"""Whether the internet reaches a network interface: through a public address of its own, or through
a rule of a load balancer, past the security groups of the subnet and of the interface.

Both groups must let a packet in, where there are both. Without any, a public address of the
Standard SKU lets nothing in and one of the Basic SKU everything ("Public IP addresses").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from collectors.azure.balancer_rules import MAPPED, Published, published_of
from collectors.azure.ground import Ground, picked, rules_before, subnet_of, target_of
from collectors.azure.ids import key, parent_of
from collectors.azure.inbound import Target, lets_internet_in, lets_internet_in_at
from collectors.document import Unknown, also
from collectors.facts.shared import Exposure
from collectors.logic import Known, some

OWN = "public-ip+firewall"
Item = dict[str, Any]


class Way(Struct, frozen=True, kw_only=True):
    """A way from the internet to a machine: by which kind of door, from which public address (null
    where it has none at the moment, such as that of a machine that is off), and whether it is
    open."""

    via: str
    address: str | None
    open: Known


class _Door(Struct, frozen=True, kw_only=True):
    """A public address before an IP configuration, and what gets through it: everything to an
    address of its own, to one port (null for all) by a rule of a load balancer. `inside` is where
    packets arrive, for the security groups."""

    via: str
    address: Item
    inside: Target
    transports: tuple[str, ...] = ()
    port: int | None = None


def ways_to(interface: Item, ground: Ground) -> list[Way] | Unknown:
    """The ways from the internet to an interface, as ARM writes it. What a load balancer does that
    is not known makes a way that may be open."""
    found: list[Way] = []
    for configuration in interface["properties"].get("ipConfigurations") or ():
        properties = configuration["properties"]
        own = list(_own_doors(properties, ground))
        doubt = also(None, *own)
        if doubt:
            return doubt
        for door in (*own, *_balanced_doors(properties, ground)):
            if isinstance(door, Unknown):
                found.append(Way(via=MAPPED, address=None, open=door))
                continue
            address = door.address["properties"].get("ipAddress")
            is_open = _passes(interface, properties, door, ground)
            found.append(Way(via=door.via, address=address, open=is_open))
    return found


def groups_of(interface: Item, ground: Ground) -> list[str] | Unknown:
    """The ids of the security groups that the interface and its subnets have."""
    properties = interface["properties"]
    found = [(properties.get("networkSecurityGroup") or {}).get("id")]
    for configuration in properties.get("ipConfigurations") or ():
        subnet = subnet_of(configuration["properties"], ground)
        if isinstance(subnet, Unknown):
            return subnet
        found.append((subnet["properties"].get("networkSecurityGroup") or {}).get("id"))
    return list(dict.fromkeys(id_ for id_ in found if id_))


def exposure_of(ways: list[Way] | Unknown) -> Exposure:
    """Public where a way is open."""
    if isinstance(ways, Unknown):
        return Exposure.unread(ways)
    public = some(way.open for way in ways)
    if isinstance(public, Unknown):
        return Exposure.unread(public)
    return Exposure(public=public, via=sorted({way.via for way in ways if way.open is True}))


def public_ips_of(ways: list[Way] | Unknown) -> list[str] | Unknown:
    """The public addresses that are the machine's own."""
    if isinstance(ways, Unknown):
        return ways
    return sorted({one.address for one in ways if one.address and one.via == OWN})


def _own_doors(configuration: Item, ground: Ground) -> Iterator[_Door | Unknown]:
    """The public addresses of an IP configuration's own."""
    inside = target_of(configuration)
    if planned := configuration.get("publicIPAddressConfiguration"):
        # Of a scale set's model: each instance gets an address by it.
        planned = {"sku": planned.get("sku"), "properties": {}}
        yield _Door(via=OWN, address=planned, inside=inside)
    if own := configuration.get("publicIPAddress"):
        address = picked(ground.addresses, own["id"], "public address")
        yield (
            address
            if isinstance(address, Unknown)
            else _Door(via=OWN, address=address, inside=inside)
        )


def _balanced_doors(configuration: Item, ground: Ground) -> Iterator[_Door | Unknown]:
    """The public addresses of load balancers that lead to an IP configuration."""
    if isinstance(ground.balancers, Unknown):
        yield ground.balancers
        return
    before = {key(one["id"]): one for one in ground.loose}
    for name in _BY_BALANCERS:
        for one in configuration.get(name) or ():
            balancer = picked(ground.balancers, parent_of(one["id"]), "load balancer")
            if isinstance(balancer, Unknown):
                yield balancer
            else:
                before[key(balancer["id"])] = balancer
    inside = target_of(configuration)
    for rule in published_of(configuration, before.values()):
        yield from _through(rule, inside, ground)


_BY_BALANCERS = (
    "loadBalancerInboundNatRules", "loadBalancerInboundNatPools", "loadBalancerBackendAddressPools",
)  # fmt: skip


def _through(rule: Published, inside: Target, ground: Ground) -> Iterator[_Door | Unknown]:
    """The door that a load balancer's rule opens; none where its frontend is an internal one."""
    if not rule.front:
        yield Unknown("the frontend is not visible to this account")
        return
    own = rule.front.get("publicIPAddress")
    if not own:
        return
    address, transports, port = (
        picked(ground.addresses, own["id"], "public address"), rule.transports, rule.port,
    )  # fmt: skip
    if isinstance(address, Unknown):
        yield address
    elif isinstance(transports, Unknown):
        yield transports
    elif isinstance(port, Unknown):
        yield port
    else:
        outside = address["properties"].get("ipAddress")
        yield _Door(
            via=rule.via,
            address=address,
            inside=Target(address=outside, groups=inside.groups) if rule.floating else inside,
            transports=transports,
            port=port,
        )


def _passes(interface: Item, configuration: Item, door: _Door, ground: Ground) -> Known:
    rules = rules_before(interface, configuration, ground)
    if isinstance(rules, Unknown):
        return rules
    if not rules:
        sku = str((door.address.get("sku") or {}).get("name")).lower()
        skus: dict[str, bool] = {"basic": True, "standard": False}
        return skus.get(sku, Unknown("the public address does not tell its SKU"))
    if door.port is None:
        return lets_internet_in(rules, door.inside)
    return lets_internet_in_at(rules, door.inside, door.transports, door.port)
