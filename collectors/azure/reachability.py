"""Whether the internet reaches a network interface: through a public address of its own, or through
a NAT rule of a load balancer, past the security groups of the subnet and of the interface.

Both groups must let a packet in, where there are both. Without any, a public address of the
Standard SKU lets nothing in and one of the Basic SKU everything ("Public IP addresses").
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.azure.account import Account
from collectors.azure.ids import key
from collectors.azure.inbound import Target, lets_internet_in
from collectors.azure.network_calls import (
    LIST_LOAD_BALANCERS,
    LIST_NETWORK_INTERFACES,
    LIST_PUBLIC_IP_ADDRESSES,
    LIST_VIRTUAL_NETWORKS,
)
from collectors.azure.security_rules import rules_of
from collectors.azure.services.network_security_groups import LIST_NETWORK_SECURITY_GROUPS
from collectors.azure.subnets import subnets_of
from collectors.document import Unknown, also, then
from collectors.facts.shared import Exposure, Rule
from collectors.logic import Known, some

REACHABILITY_CALLS = (
    LIST_NETWORK_INTERFACES,
    LIST_PUBLIC_IP_ADDRESSES,
    LIST_NETWORK_SECURITY_GROUPS,
    LIST_VIRTUAL_NETWORKS,
    LIST_LOAD_BALANCERS,
)

Item = dict[str, Any]
Index = dict[str, Item]


class Ground(Struct, frozen=True, kw_only=True):
    """The network of a subscription, by the keys of ids, each part read or unknown."""

    interfaces: Index | Unknown
    addresses: Index | Unknown
    groups: dict[str, list[Rule]] | Unknown
    subnets: Index | Unknown
    balancers: Index | Unknown


class Way(Struct, frozen=True, kw_only=True):
    """A way from the internet to a machine: by which kind of door, from which public address (null
    where it has none at the moment, such as that of a machine that is off), and whether it is
    open."""

    via: str
    address: str | None
    open: Known


def read_ground(account: Account) -> Ground:
    """Read the network of the subscription, once for all machines."""
    return account.once("ground", lambda: _read(account))


def _read(account: Account) -> Ground:
    return Ground(
        interfaces=then(account.resources(LIST_NETWORK_INTERFACES), _by_id),
        addresses=then(account.resources(LIST_PUBLIC_IP_ADDRESSES), _by_id),
        groups=then(
            account.resources(LIST_NETWORK_SECURITY_GROUPS),
            lambda found: {
                key(one["id"]): rules_of(one["properties"]["securityRules"]) for one in found
            },
        ),
        subnets=then(
            account.resources(LIST_VIRTUAL_NETWORKS),
            lambda found: _by_id(subnet for network in found for subnet in subnets_of(network)),
        ),
        balancers=then(account.resources(LIST_LOAD_BALANCERS), _by_id),
    )


def ways_to(interface: Item, ground: Ground) -> list[Way] | Unknown:
    """The ways from the internet to an interface, as ARM writes it."""
    found: list[Way] = []
    for configuration in interface["properties"].get("ipConfigurations") or ():
        properties = configuration["properties"]
        ways = _ways(properties, ground)
        if isinstance(ways, Unknown):
            return ways
        for via, address in ways:
            found.append(
                Way(
                    via=via,
                    address=address["properties"].get("ipAddress"),
                    open=_passes(interface, properties, address, ground),
                )
            )
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


def subnet_of(configuration: Item, ground: Ground) -> Item | Unknown:
    """The subnet that an IP configuration is in."""
    return picked(ground.subnets, (configuration.get("subnet") or {}).get("id"), "subnet")


def picked(index: Index | Unknown, id_: str | None, what: str) -> Item | Unknown:
    """A resource of an index, unknown where it is not there."""
    if isinstance(index, Unknown):
        return index
    return index.get(key(id_ or "")) or Unknown(f"the {what} is not visible to this account")


def exposure_of(ways: list[Way] | Unknown) -> Exposure:
    """Public where a way is open."""
    if isinstance(ways, Unknown):
        return Exposure(public=ways, via=ways)
    public = some(way.open for way in ways)
    if isinstance(public, Unknown):
        return Exposure(public=public, via=public)
    return Exposure(public=public, via=sorted({way.via for way in ways if way.open is True}))


def public_ips_of(ways: list[Way] | Unknown) -> list[str] | Unknown:
    """The public addresses that are the machine's own."""
    if isinstance(ways, Unknown):
        return ways
    return sorted({one.address for one in ways if one.address and one.via == OWN})


OWN, MAPPED = "public-ip+firewall", "port-mapping+firewall"


def _ways(configuration: Item, ground: Ground) -> list[tuple[str, Item]] | Unknown:
    """The public addresses before an IP configuration, its own and those of load balancers' NAT
    rules."""
    found: list[tuple[str, Item]] = []
    if planned := configuration.get("publicIPAddressConfiguration"):
        # Of a scale set's model: each instance gets an address by it.
        found.append((OWN, {"sku": planned.get("sku"), "properties": {}}))
    own = configuration.get("publicIPAddress")
    if own:
        address = picked(ground.addresses, own["id"], "public address")
        if isinstance(address, Unknown):
            return address
        found.append((OWN, address))
    for rule in (
        *(configuration.get("loadBalancerInboundNatRules") or ()),
        *(configuration.get("loadBalancerInboundNatPools") or ()),
    ):
        addresses = _mapped(rule["id"], ground)
        if isinstance(addresses, Unknown):
            return addresses
        found += [(MAPPED, address) for address in addresses]
    return found


def _mapped(rule: str, ground: Ground) -> list[Item] | Unknown:
    """The public address that a NAT rule, or a pool of them, is on; none where its load balancer is
    an internal one."""
    balancer = picked(ground.balancers, rule.rsplit("/", 2)[0], "load balancer")
    if isinstance(balancer, Unknown):
        return balancer
    properties = balancer["properties"]
    front_ends = _by_id(properties.get("frontendIPConfigurations") or ())
    rules = _by_id(properties.get(rule.split("/")[-2]) or ())
    found = picked(rules, rule, "NAT rule")
    if isinstance(found, Unknown):
        return found
    front = picked(
        front_ends, (found["properties"].get("frontendIPConfiguration") or {}).get("id"), "frontend"
    )
    if isinstance(front, Unknown):
        return front
    own = front["properties"].get("publicIPAddress")
    if not own:
        return []
    address = picked(ground.addresses, own["id"], "public address")
    return address if isinstance(address, Unknown) else [address]


def rules_before(
    interface: Item, configuration: Item, ground: Ground
) -> list[list[Rule]] | Unknown:
    """The rules of the groups that traffic to an IP configuration passes, group by group."""
    subnet = subnet_of(configuration, ground)
    if isinstance(subnet, Unknown):
        return subnet
    holders = (interface["properties"], subnet["properties"])
    ids = [one["id"] for each in holders if (one := each.get("networkSecurityGroup"))]
    rules = [_rules(id_, ground) for id_ in ids]
    return also(None, *rules) or [one for one in rules if not isinstance(one, Unknown)]


def target_of(configuration: Item) -> Target:
    """The address and the application security groups of an IP configuration."""
    groups = configuration.get("applicationSecurityGroups") or ()
    return Target(
        address=configuration.get("privateIPAddress"),
        groups=frozenset(key(one["id"]) for one in groups),
    )


def _passes(interface: Item, configuration: Item, address: Item, ground: Ground) -> Known:
    rules = rules_before(interface, configuration, ground)
    if isinstance(rules, Unknown):
        return rules
    if not rules:
        sku = str((address.get("sku") or {}).get("name")).lower()
        skus: dict[str, bool] = {"basic": True, "standard": False}
        return skus.get(sku, Unknown("the public address does not tell its SKU"))
    return lets_internet_in(rules, target_of(configuration))


def _rules(id_: str, ground: Ground) -> list[Rule] | Unknown:
    if isinstance(ground.groups, Unknown):
        return ground.groups
    found = ground.groups.get(key(id_))
    return (
        Unknown("a network security group cannot be seen by this identity")
        if found is None
        else found
    )


def _by_id(items: Iterable[Item]) -> Index:
    return {key(item["id"]): item for item in items}
