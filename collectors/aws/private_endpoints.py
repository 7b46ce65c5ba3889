"""VPC endpoints: whether networks of the account have a private way to something of a service."""

from __future__ import annotations

from typing import Any

from collectors.aws.account import Account
from collectors.aws.ec2_calls import DESCRIBE_VPC_ENDPOINTS
from collectors.aws.logic import Known, some
from collectors.aws.policy_document import Clause, clauses
from collectors.aws.policy_rights import matches
from collectors.document import then

CALLS = (DESCRIBE_VPC_ENDPOINTS,)

Item = dict[str, Any]


def has_way(account: Account, region: str, service: str, arn: str) -> Known:
    """Whether a VPC endpoint of the region leads to a service, and its policy lets requests about
    something of it through. Endpoints of other accounts that the network may use are not told."""
    endpoints = account.read(DESCRIBE_VPC_ENDPOINTS, region)
    return then(
        endpoints,
        lambda found: some(
            then(clauses(one.get("PolicyDocument")), lambda said: lets_through(said, service, arn))
            for one in found
            if leads_to(one, region, service)
        ),
    )


def leads_to(endpoint: Item, region: str, service: str) -> bool:
    """Whether an endpoint is in use for a service: it is available, and a route table or a subnet
    has it. Names of services end alike in every partition: `com.amazonaws.us-east-1.kms`,
    `cn.com.amazonaws.cn-north-1.kms`, `com.amazonaws.us-east-1.kms-fips`."""
    ends = (f".{region}.{service}", f".{region}.{service}-fips")
    placed = endpoint.get("RouteTableIds") or endpoint.get("SubnetIds")
    return (
        endpoint["ServiceName"].endswith(ends)
        and endpoint["State"].lower() == "available"
        and bool(placed)
    )


def lets_through(found: list[Clause], service: str, arn: str) -> bool:
    """Whether a policy of an endpoint lets any request about a resource through. An endpoint
    without a policy of its own has the one that allows everything (VPC user guide, "Control access
    to VPC endpoints"). A Deny counts where it has no condition and hits every request."""
    if not found:
        return True
    return any(
        clause.allows and _is_about(clause, service) and _covers(clause, arn) for clause in found
    ) and not any(
        not clause.allows
        and not clause.conditions
        and clause.for_anyone
        and any(matches(action, f"{service}:~") for action in clause.actions)
        and _covers(clause, arn)
        for clause in found
    )


def _is_about(clause: Clause, service: str) -> bool:
    """Whether a statement speaks of some action of the service."""
    if clause.not_actions:
        return not any(matches(action, f"{service}:~") for action in clause.not_actions)
    return any(
        action == "*" or action.lower().startswith(f"{service}:") for action in clause.actions
    )


def _covers(clause: Clause, arn: str) -> bool:
    """Whether a statement speaks of a resource, or of what is in it."""
    things = (arn, f"{arn}/~")
    if clause.not_resources:
        return not any(matches(pattern, arn) for pattern in clause.not_resources)
    return any(matches(pattern, thing) for pattern in clause.resources for thing in things) or any(
        pattern.startswith(f"{arn}/") for pattern in clause.resources
    )
