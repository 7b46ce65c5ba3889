"""The network of a subscription, read once: interfaces, public addresses, security groups, subnets,
load balancers, and which groups stand before an IP configuration."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.azure.account import Account
from collectors.azure.balancer_rules import is_loose
from collectors.azure.ids import key
from collectors.azure.inbound import Target
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
from collectors.facts.shared import Rule

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
    """The network of a subscription, by the keys of ids, each part read or unknown. `loose` are the
    load balancers with pools that name addresses: no interface names those."""

    interfaces: Index | Unknown
    addresses: Index | Unknown
    groups: dict[str, list[Rule]] | Unknown
    subnets: Index | Unknown
    balancers: Index | Unknown
    loose: list[Item]


def read_ground(account: Account) -> Ground:
    """Read the network of the subscription, once for all machines."""
    return account.once("ground", lambda: _read(account))


def _read(account: Account) -> Ground:
    balancers = account.resources(LIST_LOAD_BALANCERS)
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
        balancers=then(balancers, _by_id),
        loose=[] if isinstance(balancers, Unknown) else [one for one in balancers if is_loose(one)],
    )


def subnet_of(configuration: Item, ground: Ground) -> Item | Unknown:
    """The subnet that an IP configuration is in."""
    return picked(ground.subnets, (configuration.get("subnet") or {}).get("id"), "subnet")


def picked(index: Index | Unknown, id_: str | None, what: str) -> Item | Unknown:
    """A resource of an index, unknown where it is not there."""
    if isinstance(index, Unknown):
        return index
    return index.get(key(id_ or "")) or Unknown(f"the {what} is not visible to this account")


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
