"""What networks route to a site behind a Direct Connect gateway."""

from __future__ import annotations

from typing import Any

from collectors.aws.account import Account
from collectors.aws.ec2_calls import DESCRIBE_ROUTE_TABLES
from collectors.aws.gateways import prefixes_to
from collectors.calls import Call
from collectors.document import Unknown

DESCRIBE_ASSOCIATIONS = Call(
    provider="aws",
    service="directconnect",
    operation="DescribeDirectConnectGatewayAssociations",
    permission="directconnect:DescribeDirectConnectGatewayAssociations",
    scope="resource",
    result="directConnectGatewayAssociations",
    paged=True,
)
CALLS = (DESCRIBE_ASSOCIATIONS, DESCRIBE_ROUTE_TABLES)

_STANDS = {"associated", "updating"}

Item = dict[str, Any]


def networks_behind(account: Account, region: str, identity: str) -> list[str] | Unknown:
    """The prefixes that the networks of the account, of any region, send to a Direct Connect
    gateway by their virtual private gateways. Unknown where it leads to a transit gateway, to a
    core network or into another account."""
    found = account.read(DESCRIBE_ASSOCIATIONS, region, identity, directConnectGatewayId=identity)
    if isinstance(found, Unknown):
        return found
    prefixes: set[str] = set()
    for one in found:
        if one["associationState"] not in _STANDS:
            continue
        near = one.get("associatedGateway") or {}
        if near.get("type") != "virtualPrivateGateway" or near.get("ownerAccount") != account.id:
            return Unknown(f"the routes of all networks behind {identity} are not read")
        tables = account.read(DESCRIBE_ROUTE_TABLES, near["region"])
        routed = prefixes_to(tables, near["id"])
        if isinstance(routed, Unknown):
            return routed
        prefixes.update(routed)
    return sorted(prefixes)
