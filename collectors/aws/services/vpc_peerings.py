"""VPC peering connections."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.ec2_calls import DESCRIBE_ROUTE_TABLES, DESCRIBE_VPC_PEERINGS
from collectors.aws.gateways import gateway, prefixes_to
from collectors.aws.logic import told
from collectors.document import Document, Unknown
from collectors.facts.network import Gateway, Peer

NATIVE = "AWS::EC2::VPCPeeringConnection"

Item = dict[str, Any]

_GONE = {"deleted", "deleting", "rejected", "failed", "expired"}


def peerings(account: Account, region: str) -> Iterable[Document]:
    """A document for each peering connection of a region. One between regions of the account has a
    document in each, with its own far side."""
    found = account.read(DESCRIBE_VPC_PEERINGS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Gateway, found, region, NATIVE)
        return
    for item in found:
        if item["Status"]["Code"] not in _GONE:
            yield _peering(account, region, item)


def _peering(account: Account, region: str, item: Item) -> Document:
    identity, tags = item["VpcPeeringConnectionId"], tags_of(item.get("Tags"))
    routed = prefixes_to(account.read(DESCRIBE_ROUTE_TABLES, region), identity)
    # Network Firewall does not support traffic of peerings (developer guide, "Unsupported
    # architectures").
    return account.document(
        gateway("peering", peers=[_side(one, routed) for one in far_sides(account, region, item)]),
        id=account.arn("ec2", region, f"vpc-peering-connection/{identity}"),
        region=region,
        name=tags.get("Name") or identity,
        tags=tags,
        native_type=NATIVE,
        native=item,
    )


def far_sides(account: Account, region: str, item: Item) -> list[Item]:
    """The side that is not in this account and region; between two networks of one region, the one
    that was asked."""
    sides = [item["RequesterVpcInfo"], item["AccepterVpcInfo"]]
    here = (account.id, region)
    far = [one for one in sides if (one.get("OwnerId"), one.get("Region", region)) != here]
    return far or [sides[1]]


def _side(info: Item, cidrs: list[str] | Unknown) -> Peer:
    return Peer(
        account=told(info, "OwnerId"),
        region=told(info, "Region"),
        vpc_id=told(info, "VpcId"),
        cidrs=cidrs,
    )


SERVICE = Service(
    name="VPC peering",
    types=((Gateway, NATIVE),),
    calls=(DESCRIBE_VPC_PEERINGS, DESCRIBE_ROUTE_TABLES),
    region=peerings,
)
