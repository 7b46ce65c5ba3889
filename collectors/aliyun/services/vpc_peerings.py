"""VPC peering connections."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.cloud_firewall import (
    DESCRIBE_VPC_FIREWALLS,
    HAS_CALLS,
    between_networks,
)
from collectors.aliyun.ips import IpsMode, ips_mode
from collectors.aliyun.nat import limit
from collectors.aliyun.vpc_calls import Item
from collectors.aliyun.vpc_routes import HOP_CALLS, Routes, prefixes_by_hop, prefixes_to
from collectors.calls import Call
from collectors.document import Document, Unknown, then
from collectors.facts.network import Gateway, Peer
from collectors.regions import GLOBAL

LIST_PEERINGS = Call(
    provider="aliyun",
    service="vpcpeer",
    operation="ListVpcPeerConnections",
    permission="vpc:ListVpcPeerConnections",
    scope="region",
    result="VpcPeerConnects",
    paged=True,
)

NATIVE = "ACS::VPC::PeerConnection"

_GONE = {"Rejected", "Expired", "Deleting", "Deleted"}

Pair = frozenset[str]
Walls = dict[Pair, IpsMode | Unknown]
"""By the two VPCs between which a firewall stands that is on: how it prevents intrusions."""


def peerings(account: Account, region: str) -> Iterable[Document]:
    """A document for each peering connection of a region. One between regions of the account has a
    document in each, with its own far side."""
    found = account.listed(LIST_PEERINGS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Gateway, found, region, NATIVE)
        return
    if not found:
        return
    routes = prefixes_by_hop(account, region)
    walls = between_networks(account, _walls)
    for item in found:
        if item.get("Status") not in _GONE:
            yield _peering(account, region, item, routes, walls)


def _walls(account: Account) -> Walls | Unknown:
    return then(
        account.listed(DESCRIBE_VPC_FIREWALLS, GLOBAL),
        lambda found: {
            frozenset((item["LocalVpc"]["VpcId"], item["PeerVpc"]["VpcId"])): ips_mode(
                item.get("IpsConfig") or {}
            )
            for item in found
            if item["FirewallSwitchStatus"] == "opened"
        },
    )


def _peering(
    account: Account,
    region: str,
    item: Item,
    routes: Routes | Unknown,
    walls: Walls | Unknown | None,
) -> Document:
    identity = item["InstanceId"]
    asks = _side(item["OwnerId"], item["RegionId"], item["Vpc"]["VpcId"])
    takes = _side(
        item["AcceptingOwnerUid"], item["AcceptingRegionId"], item["AcceptingVpc"]["VpcId"]
    )
    here = [side for side in (asks, takes) if (side.account, side.region) == (account.id, region)]
    far = [side for side in (asks, takes) if side not in here] or [takes]
    for side in far:
        side.cidrs = prefixes_to(routes, identity)
    pair = frozenset((item["Vpc"]["VpcId"], item["AcceptingVpc"]["VpcId"]))
    return account.document(
        Gateway(
            kind="peering",
            peers=far,
            tunnels=None,
            zones=None,
            bandwidth_mbps=limit(item.get("Bandwidth")),
            snat=[],
            protected_by=then(walls, lambda known: ["firewall"] if known and pair in known else []),
            attached_to=None,
            ips_mode=then(walls, lambda known: known.get(pair) if known else None),
            forwards=[],
        ),
        id=account.arn("vpc", region, f"peerconnection/{identity}"),
        region=region,
        name=item.get("Name") or identity,
        tags=tags_of(item.get("Tags")),
        native_type=NATIVE,
        native=item,
    )


def _side(owner: object, region: str, vpc_id: str) -> Peer:
    return Peer(account=str(owner), region=region, vpc_id=vpc_id, cidrs=[])


SERVICE = Service(
    name="VPC peering",
    types=((Gateway, NATIVE),),
    calls=(LIST_PEERINGS, *HAS_CALLS, DESCRIBE_VPC_FIREWALLS, *HOP_CALLS),
    region=peerings,
)
