"""Site-to-Site VPN connections, with what their tunnels accept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, tags_of
from collectors.aws.ec2_calls import (
    DESCRIBE_ROUTE_TABLES,
    DESCRIBE_TRANSIT_GATEWAYS,
    DESCRIBE_VPN_CONNECTIONS,
)
from collectors.aws.gateways import UNGUARDED, Guard, gateway, prefixes_to
from collectors.aws.network_firewall import read_walls
from collectors.aws.transit import TRANSIT_CALLS, attachments_of, routed, transit_guard
from collectors.aws.vpn_tunnels import tunnels_of, without_secrets
from collectors.document import Document, Unknown, then
from collectors.facts.network import Gateway, Peer

VPN = "AWS::EC2::VPNConnection"
VPN_CALLS = (DESCRIBE_VPN_CONNECTIONS, *TRANSIT_CALLS)

Item = dict[str, Any]


def vpn_connections(account: Account, region: str) -> Iterable[Document]:
    """A document for each VPN connection of a region."""
    found = account.read(DESCRIBE_VPN_CONNECTIONS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Gateway, found, region, VPN)
        return
    for item in found:
        if item["State"] not in {"deleting", "deleted"}:
            yield _connection(account, region, item)


def _connection(account: Account, region: str, item: Item) -> Document:
    identity, tags = item["VpnConnectionId"], tags_of(item.get("Tags"))
    site = Peer(account=None, region=None, vpc_id=None, cidrs=_cidrs(account, region, item))
    return account.document(
        gateway(
            "vpn",
            guard=_guard(account, region, item),
            peers=[site],
            tunnels=tunnels_of(item),
        ),
        id=account.arn("ec2", region, f"vpn-connection/{identity}"),
        region=region,
        name=tags.get("Name") or identity,
        tags=tags,
        native_type=VPN,
        native=without_secrets(item),
    )


def _cidrs(account: Account, region: str, item: Item) -> list[str] | Unknown:
    """What is routed to the site: the connection's own routes, or what networks and transit
    gateways send to it."""
    static = [one["DestinationCidrBlock"] for one in item.get("Routes") or [] if _stands(one)]
    if static:
        return sorted(static)
    if item.get("VpnGatewayId"):
        return prefixes_to(account.read(DESCRIBE_ROUTE_TABLES, region), item["VpnGatewayId"])
    if item.get("TransitGatewayId"):
        return _by_transit(account, region, item)
    return Unknown("the routes to the VPN connection are kept by another service")


def _stands(route: Item) -> bool:
    return bool(route.get("State") not in {"deleting", "deleted"})


def _by_transit(account: Account, region: str, item: Item) -> list[str] | Unknown:
    gateway_id = item["TransitGatewayId"]
    owner = _owner(account, region, gateway_id)
    if isinstance(owner, Unknown):
        return owner
    if owner != account.id:
        return Unknown(f"the transit gateway belongs to account {owner}")
    attachments = attachments_of(account, region, gateway_id)
    prefixes = routed(account, region, gateway_id)
    if isinstance(attachments, Unknown):
        return attachments
    if isinstance(prefixes, Unknown):
        return prefixes
    mine = {
        one["TransitGatewayAttachmentId"]
        for one in attachments
        if one.get("ResourceId") == item["VpnConnectionId"]
    }
    return sorted({cidr for name in mine for cidr in prefixes.get(name, [])})


def _transit(account: Account, region: str, identity: str) -> Item | Unknown:
    missing = Unknown(f"the transit gateway {identity} is not visible to this account")
    return then(
        account.read(DESCRIBE_TRANSIT_GATEWAYS, region),
        lambda found: next((one for one in found if one["TransitGatewayId"] == identity), missing),
    )


def _owner(account: Account, region: str, identity: str) -> str | Unknown:
    return then(_transit(account, region, identity), lambda one: str(one["OwnerId"]))


def _guard(account: Account, region: str, item: Item) -> Guard:
    """A virtual private gateway leads straight into its network, where no firewall is at hand."""
    if item.get("TransitGatewayId"):
        found = _transit(account, region, item["TransitGatewayId"])
        if isinstance(found, Unknown):
            return Guard(found, found)
        return transit_guard(account, region, found)
    walls = read_walls(account, region)
    if isinstance(walls, Unknown):
        return Guard(walls, walls)
    if item.get("VpnGatewayId") and not walls:
        return UNGUARDED
    doubt = Unknown("which traffic of the VPN connection passes a firewall is not told")
    return Guard(doubt, doubt)
