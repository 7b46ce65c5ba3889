"""The network of containers of ECS: pure functions over `awsvpcConfiguration`, which tasks have
that get network interfaces of their own, and the network of their region."""

from __future__ import annotations

from typing import Any

from collectors.aws.logic import Known, every, some
from collectors.aws.reachability import Ground, firewall_open, lets_in
from collectors.document import Unknown, then

Item = dict[str, Any]
DefaultGroups = dict[str, str] | Unknown
"""The id of the default security group of each VPC."""

_IPV6 = Unknown("whether the containers have IPv6 addresses is a setting of the account")


def vpc_of(network: Item, ground: Ground) -> str | Unknown:
    """The VPC of the subnets that the containers stand in."""
    return then(ground.subnets, lambda found: _vpc(network["subnets"], found))


def _vpc(names: list[str], subnets: dict[str, Item]) -> str | Unknown:
    for name in names:
        if name in subnets:
            vpc_id: str = subnets[name]["VpcId"]
            return vpc_id
    return Unknown(f"the subnet {names[0]} is not visible to this account")


def groups_of(network: Item, ground: Ground, defaults: DefaultGroups) -> list[str] | Unknown:
    """The security groups; without any, ECS takes the default one of the VPC (API reference,
    "AwsVpcConfiguration")."""
    if groups := network.get("securityGroups"):
        return list(groups)
    vpc_id = vpc_of(network, ground)
    if isinstance(vpc_id, Unknown):
        return vpc_id
    return then(defaults, lambda known: _default(known, vpc_id))


def _default(known: dict[str, str], vpc_id: str) -> list[str] | Unknown:
    if vpc_id not in known:
        return Unknown(f"the default security group of {vpc_id} is not visible to this account")
    return [known[vpc_id]]


def has_address(network: Item, ground: Ground) -> Known:
    """Whether each task gets a public address: an IPv4 one by its own setting, IPv6 ones where a
    subnet with such addresses leads to an internet gateway."""
    setting = network.get("assignPublicIp")
    if setting is None:
        return Unknown("ECS does not tell whether the containers get public addresses")
    if setting != "DISABLED":
        return True
    six = some(_leads(name, network, ground, 6) for name in network["subnets"])
    return _IPV6 if six is True else six


def is_reached(network: Item, ground: Ground, defaults: DefaultGroups) -> Known:
    """Whether the internet reaches the containers at a public address, by any of the subnets."""
    groups = groups_of(network, ground, defaults)
    return some(
        every([_has(network, version), *_way(name, network, groups, ground, version)])
        for name in network["subnets"]
        for version in (4, 6)
    )


def _has(network: Item, version: int) -> Known:
    if version == 6:
        return _IPV6
    setting = network.get("assignPublicIp")
    if setting is None:
        return Unknown("ECS does not tell whether the containers get public addresses")
    return bool(setting != "DISABLED")


def _way(
    name: str, network: Item, groups: list[str] | Unknown, ground: Ground, version: int
) -> list[Known]:
    opened = then(groups, lambda known: firewall_open(ground, known, version))
    return [_leads(name, network, ground, version), opened]


def _leads(name: str, network: Item, ground: Ground, version: int) -> Known:
    if version == 6:
        six = then(ground.subnets, lambda found: _has_six(found.get(name)))
        if six is False:
            return False
    vpc_id = vpc_of(network, ground)
    if isinstance(vpc_id, Unknown):
        return vpc_id
    return lets_in(ground, name, vpc_id, version)


def _has_six(subnet: Item | None) -> Known:
    if subnet is None:
        return Unknown("the subnet of the containers is not visible to this account")
    return bool(subnet.get("Ipv6CidrBlockAssociationSet"))
