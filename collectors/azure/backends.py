"""The machines behind load balancers and application gateways: in which zones they stand, and whom
their security groups let in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.azure.account import Account
from collectors.azure.balancer_rules import is_in, pool_addresses
from collectors.azure.compute_calls import LIST_SCALE_SETS, LIST_VIRTUAL_MACHINES
from collectors.azure.ground import (
    REACHABILITY_CALLS,
    picked,
    read_ground,
    rules_before,
    target_of,
)
from collectors.azure.ids import key
from collectors.azure.inbound import EVERYWHERE, Target, reaching
from collectors.azure.subnets import owner_of
from collectors.document import Unknown, also

BACKEND_CALLS = (*REACHABILITY_CALLS, LIST_VIRTUAL_MACHINES, LIST_SCALE_SETS)

Item = dict[str, Any]

_NOT_THERE = Unknown("the interface does not have the IP configuration")
_SCALE_SET = "/virtualmachinescalesets/"


def configurations_behind(account: Account, balancer: Item) -> list[str] | Unknown:
    """The ids of the IP configurations in all pools of a balancer."""
    return members_of(account, balancer["properties"].get("backendAddressPools") or [])


def members_of(account: Account, pools: list[Item]) -> list[str] | Unknown:
    """The ids of the IP configurations in pools. Members that a pool names by their addresses are
    looked up among the interfaces."""
    found = [
        one["id"]
        for pool in pools
        for one in pool["properties"].get("backendIPConfigurations") or ()
    ]
    for pool in pools:
        members = _by_address(account, pool)
        if isinstance(members, Unknown):
            return members
        found += members
    return list(dict.fromkeys(found))


def _by_address(account: Account, pool: Item) -> list[str] | Unknown:
    wanted = {one["ipAddress"] for one in pool_addresses(pool)}
    if not wanted:
        return []
    interfaces = read_ground(account).interfaces
    if isinstance(interfaces, Unknown):
        return interfaces
    found = {
        one["properties"].get("privateIPAddress"): one["id"]
        for interface in interfaces.values()
        for one in _configurations(interface)
        if is_in(one["properties"], pool)
    }
    if wanted - set(found):
        return Unknown("a member of the load balancer is not visible to this account")
    return list(found.values())


def backend_zones(account: Account, configurations: list[str] | Unknown) -> list[str] | Unknown:
    """The zones of the machines that have the IP configurations; those that stand in no zone in
    particular make it unknown."""
    if isinstance(configurations, Unknown):
        return configurations
    found: set[str] = set()
    for configuration in configurations:
        machine = _machine(account, configuration)
        if isinstance(machine, Unknown):
            return machine
        zones = machine.get("zones")
        if not zones:
            return Unknown("a machine behind it names no availability zone")
        found.update(zones)
    return sorted(found)


def sources_at(
    account: Account,
    configurations: list[str] | Unknown,
    protocols: tuple[str, ...],
    port: int,
    arrives: str | Unknown | None = None,
) -> list[str] | Unknown:
    """Who reaches a port of the machines: everybody where nothing is behind, or their security
    groups let in everybody, otherwise whom they let in. Packets arrive at the machine's own address
    unless `arrives` is that of the frontend (a floating one)."""
    if isinstance(configurations, Unknown):
        return configurations
    if isinstance(arrives, Unknown):
        return arrives
    if not configurations:
        return list(EVERYWHERE)
    # The instances of a scale set are all alike.
    each = {_model_key(one): one for one in configurations}.values()
    found = [_let_in(account, one, protocols, port, arrives) for one in each]
    known = [one for one in found if isinstance(one, list)]
    if EVERYWHERE in known:
        return list(EVERYWHERE)
    return also(None, *found) or sorted({range_ for one in known for range_ in one})


def _let_in(
    account: Account,
    configuration: str,
    protocols: tuple[str, ...],
    port: int,
    arrives: str | None,
) -> list[str] | Unknown:
    found = _found(account, configuration)
    if isinstance(found, Unknown):
        return found
    interface, own = found
    rules = rules_before(interface, own, read_ground(account))
    target = target_of(own)
    if arrives:
        target = Target(address=arrives, groups=target.groups)
    # Without a group a load balancer of the Basic SKU lets in everything, and one of the Standard
    # SKU nothing: the first is assumed, which is the stricter.
    return reaching(rules, target, protocols, port)


def _found(account: Account, configuration: str) -> tuple[Item, Item] | Unknown:
    """The interface that has an IP configuration, and the configuration's properties; of a scale
    set both as its model has them."""
    if _SCALE_SET in key(configuration):
        machine = _machine(account, configuration)
        if isinstance(machine, Unknown):
            return machine
        model = machine["properties"].get("virtualMachineProfile") or {}
        profile = model.get("networkProfile") or {}
        names = key(configuration).split("/")
        for interface in profile.get("networkInterfaceConfigurations") or ():
            for one in _configurations(interface):
                if (interface["name"].lower(), one["name"].lower()) == (names[-3], names[-1]):
                    return interface, one["properties"]
        return _NOT_THERE
    interface = picked(
        read_ground(account).interfaces, owner_of(configuration), "network interface"
    )
    if isinstance(interface, Unknown):
        return interface
    for one in _configurations(interface):
        if key(one["id"]) == key(configuration):
            return interface, one["properties"]
    return _NOT_THERE


def _model_key(configuration: str) -> str:
    start, mark, rest = key(configuration).partition(_SCALE_SET)
    parts = rest.split("/")
    return "/".join([start, parts[0], *parts[3:]]) if mark else start


def _configurations(interface: Item) -> Iterator[Item]:
    yield from interface["properties"].get("ipConfigurations") or ()


def _machine(account: Account, configuration: str) -> Item | Unknown:
    lower = key(configuration)
    if _SCALE_SET in lower:
        sets = account.resources(LIST_SCALE_SETS)
        start, mark, rest = lower.partition(_SCALE_SET)
        return _named(sets, start + mark + rest.split("/")[0], "scale set")
    interface = picked(
        read_ground(account).interfaces, owner_of(configuration), "network interface"
    )
    if isinstance(interface, Unknown):
        return interface
    id_ = (interface["properties"].get("virtualMachine") or {}).get("id")
    if not id_:
        return Unknown("an interface behind it is of no machine")
    return _named(account.resources(LIST_VIRTUAL_MACHINES), id_, "machine")


def _named(items: list[Item] | Unknown, id_: str, what: str) -> Item | Unknown:
    doubt = also(items)
    if doubt or isinstance(items, Unknown):
        return doubt or Unknown(f"the {what} is not visible to this account")
    found = next((one for one in items if key(one["id"]) == key(id_)), None)
    return found or Unknown(f"the {what} is not visible to this account")
