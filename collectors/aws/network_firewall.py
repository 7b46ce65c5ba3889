"""The firewalls of AWS Network Firewall in a region: their endpoints, and how they prevent."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from collectors.aws.account import Account
from collectors.aws.firewall_policy import managed_name, mode
from collectors.aws.gateways import IpsMode
from collectors.calls import Call, Scope
from collectors.document import Unknown, then

Item = dict[str, Any]


def _call(operation: str, result: str = "", scope: Scope = "resource") -> Call:
    return Call(
        provider="aws",
        service="network-firewall",
        operation=operation,
        permission=f"network-firewall:{operation}",
        scope=scope,
        result=result,
        paged=operation.startswith("List"),
    )


LIST_FIREWALLS = _call("ListFirewalls", "Firewalls", "region")
DESCRIBE_FIREWALL = _call("DescribeFirewall")
DESCRIBE_POLICY = _call("DescribeFirewallPolicy", "FirewallPolicy")
DESCRIBE_RULE_GROUP = _call("DescribeRuleGroup", "RuleGroup")
FIREWALL_CALLS = (LIST_FIREWALLS, DESCRIBE_FIREWALL, DESCRIBE_POLICY, DESCRIBE_RULE_GROUP)

_READY = {"READY", "SCALING"}


class Wall(Struct, frozen=True):
    """A firewall. `endpoints` are the VPC endpoints that take traffic, with their subnets; zones
    are those of the endpoints; a firewall of a transit gateway has none."""

    arn: str
    name: str
    mode: IpsMode | Unknown
    endpoints: dict[str, str]
    zones: list[str]
    transit_gateway: str | None
    tags: dict[str, str]
    native: Item


def read_walls(account: Account, region: str) -> list[Wall] | Unknown:
    """The firewalls of a region, each read whole or all of them unknown."""
    found = account.read(LIST_FIREWALLS, region)
    if isinstance(found, Unknown):
        return found
    walls = []
    for item in found:
        wall = read_wall(account, region, item["FirewallArn"])
        if isinstance(wall, Unknown):
            return wall
        walls.append(wall)
    return walls


def read_wall(account: Account, region: str, arn: str) -> Wall | Unknown:
    """One firewall with what its policy does."""
    answer = account.read(DESCRIBE_FIREWALL, region, arn, FirewallArn=arn)
    if isinstance(answer, Unknown):
        return answer
    item, states = answer["Firewall"], answer["FirewallStatus"].get("SyncStates", {})
    ready = {
        zone: state["Attachment"]
        for zone, state in states.items()
        if state.get("Attachment", {}).get("Status") in _READY
    }
    return Wall(
        arn=arn,
        name=item["FirewallName"],
        mode=policy_mode(account, region, item["FirewallPolicyArn"]),
        endpoints={
            one["EndpointId"]: one.get("SubnetId", "")
            for one in ready.values()
            if "EndpointId" in one
        },
        zones=sorted(ready),
        transit_gateway=item.get("TransitGatewayId"),
        tags={tag["Key"]: tag["Value"] for tag in item.get("Tags", [])},
        native=item,
    )


def policy_mode(account: Account, region: str, arn: str) -> IpsMode | Unknown:
    """How a policy prevents intrusions, with the rule groups of one's own that it names."""
    policy = account.read(DESCRIBE_POLICY, region, arn, FirewallPolicyArn=arn)
    if isinstance(policy, Unknown):
        return policy
    references = [
        *policy.get("StatelessRuleGroupReferences", []),
        *policy.get("StatefulRuleGroupReferences", []),
    ]
    groups = {
        name: account.read(DESCRIBE_RULE_GROUP, region, name, RuleGroupArn=name)
        for name in sorted({one["ResourceArn"] for one in references})
        if managed_name(name) is None
    }
    return then(policy, lambda known: mode(known, groups))
