"""Which instances of a region can be reached from the internet: public address or port mapping,
route and security groups, joined.

Network ACLs, which could still refuse, are left out: they are judged on their own, and leaving
them out errs towards "public".
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.aliyun.account import Account
from collectors.aliyun.ecs_calls import DESCRIBE_NETWORK_INTERFACES
from collectors.aliyun.gateway_calls import DESCRIBE_NAT_GATEWAYS
from collectors.aliyun.group_walk import first_word
from collectors.aliyun.nat import forwards_of
from collectors.aliyun.security_group_rules import in_order, rules_of
from collectors.aliyun.services.security_groups import (
    DESCRIBE_PREFIX_LIST,
    DESCRIBE_SECURITY_GROUP_ATTRIBUTE,
    entries_of,
)
from collectors.aliyun.services.vpc_gateways import DESCRIBE_FORWARDS
from collectors.aliyun.vpc_calls import (
    DESCRIBE_ROUTE_ENTRIES,
    DESCRIBE_VSWITCHES,
    LIST_IPV4_GATEWAYS,
    is_way_out,
    route_table_id,
    routes_of,
    vpc_call,
    vswitch,
)
from collectors.document import Unknown, then
from collectors.facts.network import Forward
from collectors.facts.shared import Exposure, Rule
from collectors.logic import Known, every, some

Item = dict[str, Any]

DESCRIBE_IPV6_ADDRESSES = vpc_call("DescribeIpv6Addresses", "Ipv6Addresses.Ipv6Address")

REACHABILITY_CALLS = (
    DESCRIBE_NETWORK_INTERFACES,
    DESCRIBE_SECURITY_GROUP_ATTRIBUTE,
    DESCRIBE_PREFIX_LIST,
    LIST_IPV4_GATEWAYS,
    DESCRIBE_VSWITCHES,
    DESCRIBE_ROUTE_ENTRIES,
    DESCRIBE_IPV6_ADDRESSES,
    DESCRIBE_NAT_GATEWAYS,
    DESCRIBE_FORWARDS,
)
BY_ADDRESS = "public-ip+route+firewall"
BY_MAPPING = "port-mapping+firewall"


class Way(Struct, frozen=True):
    """A public address of an instance, and where it arrives. Groups of the classic network stand
    in no VPC."""

    address: str
    version: int
    vpc_id: str | None
    vswitch_id: str | None
    groups: tuple[str, ...]


class Mapping(Struct, frozen=True):
    """What NAT gateways of a VPC lead to a private address."""

    vpc_id: str
    address: str
    forward: Forward


class Ground(Struct, frozen=True, kw_only=True):
    """The network of a region as far as reachability needs it; each part may be unknown.
    `interfaces` are those of each instance, `six` the public IPv6 addresses, `rules` those of each
    security group."""

    interfaces: dict[str, list[Item]] | Unknown
    six: set[str] | Unknown
    mappings: list[Mapping] | Unknown
    gateways: list[Item] | Unknown
    rules: dict[str, list[Rule] | Unknown]


def read_ground(account: Account, region: str, instances: list[Item]) -> Ground:
    """Read what the instances of a region need. Must not be called by a mapped function."""
    interfaces = then(account.listed(DESCRIBE_NETWORK_INTERFACES, region), _by_instance)
    groups = {group for item in instances for group in groups_of(item)}
    if not isinstance(interfaces, Unknown):
        for item in instances:
            for one in interfaces.get(item["InstanceId"], []):
                groups.update(_interface_groups(one))
    ordered = sorted(groups)
    rules = account.map(lambda group: _rules(account, region, group), ordered)
    return Ground(
        interfaces=interfaces,
        six=_public_six(account, region, interfaces),
        mappings=_mappings(account, region),
        gateways=account.listed(LIST_IPV4_GATEWAYS, region),
        rules=dict(zip(ordered, rules, strict=True)),
    )


def groups_of(instance: Item) -> list[str]:
    """The security groups of an instance."""
    return list((instance.get("SecurityGroupIds") or {}).get("SecurityGroupId") or [])


def _interface_groups(interface: Item) -> list[str]:
    return list((interface.get("SecurityGroupIds") or {}).get("SecurityGroupId") or [])


def _by_instance(found: list[Item]) -> dict[str, list[Item]]:
    interfaces: dict[str, list[Item]] = {}
    for item in found:
        owner = item.get("InstanceId") or (item.get("Attachment") or {}).get("InstanceId")
        if owner:
            interfaces.setdefault(owner, []).append(item)
    return interfaces


def _rules(account: Account, region: str, group: str) -> list[Rule] | Unknown:
    """The rules of a group; of one in the classic network those towards the internet, which is
    what the call gives by itself."""
    found = account.listed(DESCRIBE_SECURITY_GROUP_ATTRIBUTE, region, group, SecurityGroupId=group)
    return then(found, lambda all_: rules_of(all_, lambda name: entries_of(account, region, name)))


def _public_six(
    account: Account, region: str, interfaces: dict[str, list[Item]] | Unknown
) -> set[str] | Unknown:
    """The IPv6 addresses with bandwidth towards the internet. Asked for where there are any."""
    if isinstance(interfaces, Unknown):
        return interfaces
    if not any(_six(one) for found in interfaces.values() for one in found):
        return set()
    return then(
        account.listed(DESCRIBE_IPV6_ADDRESSES, region),
        lambda all_: {one["Ipv6Address"] for one in all_ if one.get("NetworkType") == "Public"},
    )


def _mappings(account: Account, region: str) -> list[Mapping] | Unknown:
    gateways = account.listed(DESCRIBE_NAT_GATEWAYS, region)
    if isinstance(gateways, Unknown):
        return gateways
    public = [one for one in gateways if one.get("NetworkType") != "intranet"]
    found: list[Mapping] = []
    entries = account.map(lambda one: _entries(account, region, one["NatGatewayId"]), public)
    for gateway, listed in zip(public, entries, strict=True):
        if isinstance(listed, Unknown):
            return listed
        found += [
            Mapping(gateway["VpcId"], entry["InternalIp"], forward)
            for entry, forward in zip(listed, forwards_of(listed), strict=True)
        ]
    return found


def _entries(account: Account, region: str, gateway: str) -> list[Item] | Unknown:
    return account.listed(DESCRIBE_FORWARDS, region, gateway, NatGatewayId=gateway)


def ways_to(instance: Item, ground: Ground) -> list[Way | Unknown]:
    """The public addresses of an instance. Where interfaces could not be read, those of secondary
    ones are unknown, which the list says at its end."""
    vpc = instance.get("VpcAttributes") or {}
    own = tuple(groups_of(instance))
    addresses = list((instance.get("PublicIpAddress") or {}).get("IpAddress") or [])
    addresses.append((instance.get("EipAddress") or {}).get("IpAddress"))
    found: list[Way | Unknown] = [
        Way(address, 4, vpc.get("VpcId") or None, vpc.get("VSwitchId") or None, own)
        for address in dict.fromkeys(addresses)
        if address
    ]
    if isinstance(ground.interfaces, Unknown):
        return [*found, ground.interfaces]
    known = {address for address in addresses if address}
    for item in ground.interfaces.get(instance["InstanceId"], []):
        groups = tuple(_interface_groups(item))
        where = (item.get("VpcId"), item.get("VSwitchId"), groups)
        for address in _four(item):
            if address not in known:
                known.add(address)
                found.append(Way(address, 4, *where))
        six = _six(item)
        if six and isinstance(ground.six, Unknown):
            found.append(ground.six)
        elif six and not isinstance(ground.six, Unknown):
            found += [Way(address, 6, *where) for address in six if address in ground.six]
    return found


def _four(interface: Item) -> list[str]:
    sets = (interface.get("PrivateIpSets") or {}).get("PrivateIpSet") or []
    found = [(one.get("AssociatedPublicIp") or {}).get("PublicIpAddress") for one in sets]
    found.append((interface.get("AssociatedPublicIp") or {}).get("PublicIpAddress"))
    return [address for address in dict.fromkeys(found) if address]


def _six(interface: Item) -> list[str]:
    sets = (interface.get("Ipv6Sets") or {}).get("Ipv6Set") or []
    return [one["Ipv6Address"] for one in sets if one.get("Ipv6Address")]


def public_ips(ways: list[Way | Unknown]) -> list[Any] | Unknown:
    """The addresses; unknown as a whole where none is known and one may be missing."""
    known = sorted(way.address for way in ways if isinstance(way, Way))
    doubts = [way for way in ways if isinstance(way, Unknown)]
    if doubts and not known:
        return doubts[0]
    return [*known, *doubts[:1]]


def exposure_of(
    account: Account, region: str, instance: Item, ways: list[Way | Unknown], ground: Ground
) -> Exposure:
    """Whether somebody in the internet reaches any port of the instance."""
    by_address = some(
        way if isinstance(way, Unknown) else _is_reached(account, region, way, ground)
        for way in ways
    )
    by_mapping = _is_mapped(instance, ground)
    public = some([by_address, by_mapping])
    if isinstance(public, Unknown):
        return Exposure.unread(public)
    via = [(BY_ADDRESS, by_address), (BY_MAPPING, by_mapping)]
    return Exposure(public=public, via=[name for name, opens in via if opens is True])


def _is_reached(account: Account, region: str, way: Way, ground: Ground) -> Known:
    return every(
        [
            firewall_open(ground, way.groups, way.version),
            lets_in(account, region, way, ground) if way.version == 4 else True,
        ]
    )


def lets_in(account: Account, region: str, way: Way, ground: Ground) -> Known:
    """Whether the way to a public address is open. It is, unless the VPC has an IPv4 gateway that
    is switched on: then only to vSwitches that are routed to it (VPC, "IPv4 gateway")."""
    if not way.vpc_id or not way.vswitch_id:
        return True
    if isinstance(ground.gateways, Unknown):
        return ground.gateways
    if not any(one["VpcId"] == way.vpc_id and one.get("Enabled") for one in ground.gateways):
        return True
    table = then(vswitch(account, region, way.vswitch_id), route_table_id)
    routes = then(table, lambda name: routes_of(account, region, name))
    return then(
        routes,
        lambda found: any(
            is_way_out(route) and route["DestinationCidrBlock"] == "0.0.0.0/0" for route in found
        ),
    )


def _is_mapped(instance: Item, ground: Ground) -> Known:
    vpc = (instance.get("VpcAttributes") or {}).get("VpcId")
    if not vpc:
        return False
    if isinstance(ground.mappings, Unknown):
        return ground.mappings
    places = _private_places(instance, ground)
    answers: list[Known] = []
    for mapping in ground.mappings:
        if mapping.vpc_id == vpc and mapping.address in places:
            forward = mapping.forward
            port = forward.target_port
            if port is None and forward.from_port == forward.to_port:
                port = forward.from_port
            known = port if isinstance(port, int) else None
            answers.append(firewall_open(ground, places[mapping.address], 4, known))
    return some(answers)


def _private_places(instance: Item, ground: Ground) -> dict[str, tuple[str, ...]]:
    """The private addresses of an instance, each with the groups that stand before it."""
    own = tuple(groups_of(instance))
    inside = (instance.get("VpcAttributes") or {}).get("PrivateIpAddress") or {}
    places = dict.fromkeys(inside.get("IpAddress") or [], own)
    if isinstance(ground.interfaces, Unknown):
        return places
    for item in ground.interfaces.get(instance["InstanceId"], []):
        sets = (item.get("PrivateIpSets") or {}).get("PrivateIpSet") or []
        for address in [item.get("PrivateIpAddress"), *(o.get("PrivateIpAddress") for o in sets)]:
            if address:
                places.setdefault(address, tuple(_interface_groups(item)))
    return places


def firewall_open(
    ground: Ground, groups: Iterable[str], version: int, port: int | None = None
) -> Known:
    """Whether security groups together let the internet in: at that port, or at any. The rules of
    all of them count as one list, by priority, and of two equal ones a drop first ("Security
    group rules")."""
    merged: list[Rule] = []
    doubt: Unknown | None = None
    names = list(groups)
    if not names:
        return Unknown("the API does not name the security groups")
    for name in names:
        rules = ground.rules.get(name, Unknown("a security group is not visible to this account"))
        if isinstance(rules, Unknown):
            doubt = doubt or rules
        else:
            merged += rules
    found = first_word(in_order(merged), version, port)
    # A drop that everything meets holds only if no group that is not read says otherwise first.
    return found if found is True else doubt or found
