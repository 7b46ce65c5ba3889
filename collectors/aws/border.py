"""The border of a region's networks with the internet: what guards what stands behind it."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from collectors.aws.account import Account
from collectors.aws.ec2_calls import (
    DESCRIBE_INTERNET_GATEWAYS,
    DESCRIBE_NAT_GATEWAYS,
    DESCRIBE_NETWORK_INTERFACES,
    DESCRIBE_ROUTE_TABLES,
    DESCRIBE_SUBNETS,
)
from collectors.aws.firewall_paths import Network, Passage, guard, nat_passage, passages
from collectors.aws.gateways import UNGUARDED, Guard
from collectors.aws.network_firewall import FIREWALL_CALLS, read_walls
from collectors.document import Unknown, then

BORDER_CALLS = (
    DESCRIBE_INTERNET_GATEWAYS,
    DESCRIBE_NAT_GATEWAYS,
    DESCRIBE_NETWORK_INTERFACES,
    DESCRIBE_ROUTE_TABLES,
    DESCRIBE_SUBNETS,
    *FIREWALL_CALLS,
)

Item = dict[str, Any]

_GONE = {"failed", "deleting", "deleted"}


class Border(Struct, frozen=True):
    """The networks of a region and, by VPC, the ids of their internet gateways."""

    network: Network
    gateways: dict[str, list[str]]

    def passages(self, vpc_id: str) -> dict[str, Passage]:
        """What traffic between the subnets of a VPC and the internet passes, by subnet."""
        found: dict[str, Passage] = {}
        for gateway in self.gateways.get(vpc_id, []):
            found |= passages(self.network, vpc_id, gateway)
        return found

    def of_subnet(self, vpc_id: str, subnet_id: str) -> Guard:
        """What guards something in a subnet that has a public address."""
        found = self.passages(vpc_id)
        return guard(self.network, [found[subnet_id]]) if subnet_id in found else UNGUARDED

    def of_nat(self, nat: Item) -> Guard:
        """What guards the traffic of a NAT gateway."""
        passage = nat_passage(self.network, nat, self.passages(nat["VpcId"]))
        return guard(self.network, [passage])

    def of_vpc(self, vpc_id: str) -> Guard:
        """What guards all that reaches the internet by the gateway of a VPC."""
        return guard(self.network, self.passages(vpc_id).values())


def read_nats(account: Account, region: str) -> list[Item] | Unknown:
    """The NAT gateways of a region that exist; deleted ones are listed for another hour."""
    return then(
        account.read(DESCRIBE_NAT_GATEWAYS, region),
        lambda found: [item for item in found if item["State"] not in _GONE],
    )


def read_border(account: Account, region: str) -> Border | Unknown:
    """Read what decides on the way of traffic: all of it, or nothing."""
    gateways = account.read(DESCRIBE_INTERNET_GATEWAYS, region)
    nats = read_nats(account, region)
    walls = read_walls(account, region)
    tables = account.read(DESCRIBE_ROUTE_TABLES, region)
    subnets = account.read(DESCRIBE_SUBNETS, region)
    interfaces = account.read(DESCRIBE_NETWORK_INTERFACES, region)
    for answer in (gateways, tables, subnets, interfaces):
        if isinstance(answer, Unknown):
            return answer
    if isinstance(nats, Unknown):
        return nats
    if isinstance(walls, Unknown):
        return walls
    by_vpc: dict[str, list[str]] = {}
    for item in gateways:
        for vpc_id in attached(item):
            by_vpc.setdefault(vpc_id, []).append(item["InternetGatewayId"])
    return Border(Network(tables, subnets, interfaces, nats, walls), by_vpc)


def attached(item: Item) -> list[str]:
    """The VPC that an internet gateway is attached to, if any."""
    states = {"detaching", "detached"}
    return [one["VpcId"] for one in item["Attachments"] if one["State"] not in states]
