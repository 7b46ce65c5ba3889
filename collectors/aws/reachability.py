"""What in a region can be reached from the internet: public address, route and firewall, joined.

Subnet ACLs, which could still refuse, are left out: they are judged on their own, and leaving them
out errs towards "public".
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from collectors.aws.account import Account
from collectors.aws.ec2_calls import (
    DESCRIBE_ROUTE_TABLES,
    DESCRIBE_SECURITY_GROUPS,
    DESCRIBE_SUBNETS,
    GET_PREFIX_LIST_ENTRIES,
)
from collectors.aws.ec2_rules import PrefixLists, group_rules, is_internet, prefix_list_ids
from collectors.aws.logic import Known, every, negated, some
from collectors.calls import Call
from collectors.document import Unknown, then
from collectors.facts.shared import Exposure, Rule

REACHABILITY_CALLS: tuple[Call, ...] = (
    DESCRIBE_ROUTE_TABLES,
    DESCRIBE_SECURITY_GROUPS,
    DESCRIBE_SUBNETS,
    GET_PREFIX_LIST_ENTRIES,
)
OPEN_BY = "public-ip+route+firewall"


class Ground(Struct, frozen=True):
    """The network of a region as far as reachability needs it; each part may be unknown."""

    subnets: dict[str, dict[str, Any]] | Unknown
    tables: list[dict[str, Any]] | Unknown
    rules: dict[str, list[Rule]] | Unknown


def read_ground(account: Account, region: str) -> Ground:
    """Read subnets, route tables and security groups of a region."""
    subnets = account.read(DESCRIBE_SUBNETS, region)
    groups = account.read(DESCRIBE_SECURITY_GROUPS, region)
    return Ground(
        subnets=then(subnets, lambda found: {subnet["SubnetId"]: subnet for subnet in found}),
        tables=account.read(DESCRIBE_ROUTE_TABLES, region),
        rules=then(groups, lambda found: rules_by_group(account, region, found)),
    )


def rules_by_group(
    account: Account, region: str, groups: list[dict[str, Any]]
) -> dict[str, list[Rule]]:
    """The rules of each security group, by the group's id, prefix lists expanded."""
    prefix_lists: PrefixLists = {
        name: then(
            account.read(GET_PREFIX_LIST_ENTRIES, region, name, PrefixListId=name),
            lambda entries: [entry["Cidr"] for entry in entries],
        )
        for name in prefix_list_ids(groups)
    }
    return {group["GroupId"]: group_rules(group, prefix_lists) for group in groups}


def exposure(public: Known) -> Exposure:
    """The exposure of something that is reached by address."""
    if isinstance(public, Unknown):
        return Exposure.unread(public)
    return Exposure(public=public, via=[OPEN_BY] if public else [])


def routes_to_internet(ground: Ground, subnet_id: str, vpc_id: str, version: int) -> Known:
    """Whether the subnet's route table, or else its VPC's main one, sends that IP version's
    addresses of the internet to an internet gateway. A NAT or egress-only gateway does not count.
    """
    if isinstance(ground.tables, Unknown):
        return ground.tables
    table = route_table(ground.tables, subnet_id, vpc_id)
    return table if isinstance(table, Unknown) else table_reaches_internet(table, version)


def lets_in(ground: Ground, subnet_id: str, vpc_id: str, version: int) -> Known:
    """Whether the way from the internet to a subnet is open.

    VPC Block Public Access closes it. Where the way leads through an appliance (a firewall endpoint
    or an interface) instead of the gateway itself, it cannot be told.
    """
    return every(
        [negated(_is_blocked(ground, subnet_id)), _leads_in(ground, subnet_id, vpc_id, version)]
    )


def _leads_in(ground: Ground, subnet_id: str, vpc_id: str, version: int) -> Known:
    if isinstance(ground.tables, Unknown):
        return ground.tables
    table = route_table(ground.tables, subnet_id, vpc_id)
    if isinstance(table, Unknown):
        return table
    routed = table_reaches_internet(table, version)
    if routed is False and _leads_through_appliance(table, version):
        return Unknown("the way to the internet leads through an appliance")
    return routed


def _is_blocked(ground: Ground, subnet_id: str) -> Known:
    if isinstance(ground.subnets, Unknown):
        return ground.subnets
    states = ground.subnets.get(subnet_id, {}).get("BlockPublicAccessStates", {})
    mode: str = states.get("InternetGatewayBlockMode", "off")
    return mode != "off"


def _leads_through_appliance(table: dict[str, Any], version: int) -> bool:
    return any(
        to_internet(route, version)
        and (route.get("GatewayId", "").startswith("vpce-") or "NetworkInterfaceId" in route)
        for route in table["Routes"]
    )


def route_table(
    tables: list[dict[str, Any]], subnet_id: str, vpc_id: str
) -> dict[str, Any] | Unknown:
    """The route table that a subnet uses: its own, or else the main one of the VPC."""
    main: dict[str, Any] | None = None
    for table in tables:
        for association in table["Associations"]:
            if association.get("SubnetId") == subnet_id:
                return table
            if association.get("Main") and table["VpcId"] == vpc_id:
                main = table
    return main or Unknown(f"the route table of {subnet_id} is not visible to this account")


def table_reaches_internet(table: dict[str, Any], version: int) -> Known:
    """Whether a route table sends addresses of the internet to an internet or carrier gateway."""
    answers: list[Known] = []
    for route in table["Routes"]:
        gateway = route.get("GatewayId") or route.get("CarrierGatewayId") or ""
        if not gateway.startswith(("igw-", "cagw-")) or route.get("State") == "blackhole":
            continue
        if route.get("DestinationPrefixListId"):
            answers.append(Unknown("a prefix list is routed to the internet gateway"))
        else:
            answers.append(to_internet(route, version))
    return some(answers)


def to_internet(route: dict[str, Any], version: int) -> bool:
    """Whether a route's destination is the internet, in that IP version."""
    block = route.get("DestinationCidrBlock") or route.get("DestinationIpv6CidrBlock")
    return block is not None and is_internet(block, version)


def firewall_open(
    ground: Ground, group_ids: list[str], version: int, port: int | None = None
) -> Known:
    """Whether one of the security groups lets the internet in: at that port, or at any."""
    if isinstance(ground.rules, Unknown):
        return ground.rules
    if not group_ids:
        return Unknown("the API does not name the security groups")
    answers: list[Known] = []
    for group_id in group_ids:
        rules = ground.rules.get(group_id)
        if rules is None:
            answers.append(Unknown(f"the security group {group_id} is not visible to this account"))
        else:
            answers.extend(admits_internet(rule, version, port) for rule in rules)
    return some(answers)


def admits_internet(rule: Rule, version: int, port: int | None) -> Known:
    """Whether a rule of a security group lets the internet in, at the port if one is given."""
    if rule.direction != "ingress" or not covers(rule, port):
        return False
    return then(
        rule.sources,
        lambda sources: any(
            is_internet(source, version) for source in sources if not source.startswith("group:")
        ),
    )


def covers(rule: Rule, port: int | None) -> bool:
    """Whether a rule concerns a TCP or UDP port; every rule concerns "any port" (null)."""
    if port is None:
        return True
    low, high = rule.from_port, rule.to_port
    return isinstance(low, int) and isinstance(high, int) and low <= port <= high
