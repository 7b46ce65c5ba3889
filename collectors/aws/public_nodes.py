"""What stands in subnets of a VPC behind security groups and may have public addresses: whether the
internet reaches it there. The nodes of brokers."""

from __future__ import annotations

from collectors.aws.logic import Known, every, some
from collectors.aws.reachability import Ground, firewall_open, lets_in
from collectors.document import Unknown

_NO_SUBNETS = Unknown("the API does not name the subnets")


def nodes_reached(
    ground: Ground,
    subnets: list[str],
    groups: list[str],
    version: int,
    ports: tuple[int | None, ...],
) -> Known:
    """Whether a route leads to one of the subnets, and a security group lets the internet in at one
    of the ports (null: at any)."""
    way = some(_lets_in(ground, subnet, version) for subnet in subnets) if subnets else _NO_SUBNETS
    return every([way, some(firewall_open(ground, groups, version, port) for port in ports)])


def _lets_in(ground: Ground, subnet: str, version: int) -> Known:
    if isinstance(ground.subnets, Unknown):
        return ground.subnets
    if subnet not in ground.subnets:
        return Unknown(f"the subnet {subnet} is not visible to this account")
    return lets_in(ground, subnet, ground.subnets[subnet]["VpcId"], version)
