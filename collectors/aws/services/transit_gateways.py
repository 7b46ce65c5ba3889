"""Transit gateways with the networks that they join, and VPN connections."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.ec2_calls import (
    DESCRIBE_ROUTE_TABLES,
    DESCRIBE_TRANSIT_GATEWAYS,
    DESCRIBE_TRANSIT_PEERINGS,
)
from collectors.aws.gateways import gateway, prefixes_to
from collectors.aws.logic import told
from collectors.aws.transit import TRANSIT_CALLS, attachments_of, routed, transit_guard
from collectors.aws.vpn_connections import VPN, VPN_CALLS, vpn_connections
from collectors.document import Document, Unknown, then
from collectors.facts.network import Gateway, Peer

NATIVE = "AWS::EC2::TransitGateway"

Item = dict[str, Any]

_PEERINGS = {"peering", "tgw-peering"}
# What belongs to the transit gateway itself, and joins it with no network.
_PARTS = {"network-function"}


def transit_gateways(account: Account, region: str) -> Iterable[Document]:
    """A document for each transit gateway of a region, also those that others share."""
    found = account.read(DESCRIBE_TRANSIT_GATEWAYS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Gateway, found, region, NATIVE)
        return
    for item in found:
        if item["State"] not in {"deleting", "deleted"}:
            yield _gateway(account, region, item)


def _gateway(account: Account, region: str, item: Item) -> Document:
    identity, tags = item["TransitGatewayId"], tags_of(item.get("Tags"))
    return account.document(
        gateway(
            "transit",
            guard=transit_guard(account, region, item),
            peers=_peers(account, region, item),
        ),
        id=item["TransitGatewayArn"],
        region=region,
        name=tags.get("Name") or item.get("Description") or identity,
        tags=tags,
        native_type=NATIVE,
        native=item,
    )


def _peers(account: Account, region: str, item: Item) -> list[Peer] | Unknown:
    identity, owner = item["TransitGatewayId"], item["OwnerId"]
    attachments = attachments_of(account, region, identity)
    if isinstance(attachments, Unknown):
        return attachments
    joined = [one for one in attachments if one["ResourceType"] not in _PARTS]
    if owner == account.id:
        prefixes = routed(account, region, identity)
        return [_peer(account, region, one, prefixes) for one in joined]
    # The owner alone sees what else is attached, and how it is routed.
    hidden = Unknown(f"the transit gateway belongs to account {owner}")
    behind = Peer(
        account=owner,
        region=region,
        vpc_id=hidden,
        cidrs=prefixes_to(account.read(DESCRIBE_ROUTE_TABLES, region), identity),
    )
    return [behind, *(_peer(account, region, one, hidden) for one in joined)]


def _peer(
    account: Account, region: str, item: Item, prefixes: dict[str, list[str]] | Unknown
) -> Peer:
    """The network of an attachment. Behind VPNs and leased lines are sites, no networks of AWS."""
    kind = item["ResourceType"]
    cidrs = then(prefixes, lambda found: found.get(item["TransitGatewayAttachmentId"], []))
    if kind == "vpc":
        return Peer(
            account=told(item, "ResourceOwnerId"),
            region=region,
            vpc_id=item["ResourceId"],
            cidrs=cidrs,
        )
    if kind in _PEERINGS:
        return _far_gateway(account, region, item, cidrs)
    return Peer(account=None, region=None, vpc_id=None, cidrs=cidrs)


def _far_gateway(account: Account, region: str, item: Item, cidrs: list[str] | Unknown) -> Peer:
    """The transit gateway that another is peered with, which stands for the networks behind it."""
    name = item["TransitGatewayAttachmentId"]
    missing = Unknown(f"the peering {name} is not described")
    found = then(
        account.read(DESCRIBE_TRANSIT_PEERINGS, region),
        lambda all_: next((one for one in all_ if name in _names(one)), missing),
    )
    side = then(found, lambda one: _far(one, item["TransitGatewayId"]))
    if isinstance(side, Unknown):
        return Peer(account=side, region=side, vpc_id=None, cidrs=cidrs)
    return Peer(account=side["OwnerId"], region=side["Region"], vpc_id=None, cidrs=cidrs)


def _names(peering: Item) -> set[str | None]:
    return {
        peering["TransitGatewayAttachmentId"],
        peering.get("AccepterTransitGatewayAttachmentId"),
    }


def _far(peering: Item, identity: str) -> Item:
    sides: list[Item] = [peering["RequesterTgwInfo"], peering["AccepterTgwInfo"]]
    return next((one for one in sides if one.get("TransitGatewayId") != identity), sides[1])


def gateways(account: Account, region: str) -> Iterable[Document]:
    """A document for each transit gateway and each VPN connection of a region."""
    yield from transit_gateways(account, region)
    yield from vpn_connections(account, region)


SERVICE = Service(
    name="Transit gateways and VPN",
    types=((Gateway, NATIVE), (Gateway, VPN)),
    calls=(*TRANSIT_CALLS, DESCRIBE_TRANSIT_PEERINGS, *VPN_CALLS),
    region=gateways,
)
