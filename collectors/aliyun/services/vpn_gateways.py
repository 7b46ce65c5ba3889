"""VPN gateways with the tunnels of their connections, and connections of transit routers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.gateway_calls import DESCRIBE_VPN_GATEWAYS
from collectors.aliyun.guards import GUARD_CALLS, Guards, read_guards
from collectors.aliyun.nat import limit
from collectors.aliyun.vpc_calls import DESCRIBE_VSWITCHES, Item, vpc_call, zones_of
from collectors.aliyun.vpc_routes import HOP_CALLS, Routes, prefixes_by_hop, prefixes_to
from collectors.aliyun.vpn_tunnels import tunnels_of, without_secrets
from collectors.document import Document, Unknown, also, then
from collectors.facts.network import Gateway, Peer, Tunnel

DESCRIBE_CONNECTIONS = vpc_call("DescribeVpnConnections", "VpnConnections.VpnConnection")

DESCRIBE_ATTACHMENTS = vpc_call("DescribeVpnAttachments", "VpnAttachments")
DESCRIBE_CONNECTION = vpc_call("DescribeVpnConnection", "", "resource", paged=False)

GATEWAY, CONNECTION = "ACS::VPN::VpnGateway", "ACS::VPN::VpnConnection"

_ANYWHERE = {"0.0.0.0/0", "::/0"}


def vpn_gateways(account: Account, region: str) -> Iterable[Document]:
    """A document for each VPN gateway of a region, and for each connection without one."""
    gateways = account.listed(DESCRIBE_VPN_GATEWAYS, region)
    connections = account.listed(DESCRIBE_CONNECTIONS, region)
    if isinstance(gateways, Unknown):
        yield account.unlisted(Gateway, gateways, region, GATEWAY)
    elif gateways:
        routes = prefixes_by_hop(account, region)
        guards = read_guards(account, region)
        for item in gateways:
            yield _gateway(account, region, item, connections, routes, guards)
    alone = _alone(account, region, connections)
    if isinstance(alone, Unknown):
        yield account.unlisted(Gateway, alone, region, CONNECTION)
        return
    yield from account.map(lambda item: _connection(account, region, item), alone)


def _alone(account: Account, region: str, connections: list[Any] | Unknown) -> list[Item] | Unknown:
    """The connections without a VPN gateway: those in the list, and those of transit routers that
    the list leaves out, of which only the id is known here."""
    attached = account.listed(DESCRIBE_ATTACHMENTS, region)
    if isinstance(connections, Unknown):
        return connections
    if isinstance(attached, Unknown):
        return attached
    listed = {one["VpnConnectionId"] for one in connections}
    return [one for one in connections if not one.get("VpnGatewayId")] + [
        {"VpnConnectionId": one["InstanceId"]}
        for one in attached
        if one["InstanceId"] not in listed
    ]


def _gateway(
    account: Account,
    region: str,
    item: Item,
    connections: list[Any] | Unknown,
    routes: Routes | Unknown,
    guards: Guards,
) -> Document:
    identity = item["VpnGatewayId"]
    own = then(
        connections, lambda all_: [one for one in all_ if one.get("VpnGatewayId") == identity]
    )
    switches = [item.get("VSwitchId"), item.get("DisasterRecoveryVSwitchId")]
    addresses = [item.get("InternetIp"), item.get("DisasterRecoveryInternetIp")]
    public = [one for one in addresses if one] if item.get("NetworkType") != "private" else []
    protected = _guarded(public, guards)
    return account.document(
        Gateway(
            kind="vpn",
            peers=then(own, lambda found: [_peer(one, routes, identity) for one in found]),
            tunnels=then(own, _tunnels),
            zones=zones_of(account, region, [one for one in switches if one]),
            bandwidth_mbps=limit(item.get("Spec")),
            snat=[],
            protected_by=protected,
            attached_to=None,
            ips_mode=then(protected, lambda by: _prevention(by, guards)),
            forwards=[],
        ),
        id=account.arn("vpc", region, f"vpngateway/{identity}"),
        region=region,
        name=item.get("Name") or identity,
        tags=tags_of(item.get("Tags")),
        native_type=GATEWAY,
        native=item,
    )


def _guarded(addresses: list[str], guards: Guards) -> list[str] | Unknown:
    """The guards that all addresses have. A doubt remains where the firewall is not among them."""
    common: list[Any] | None = None
    doubt: Unknown | None = None
    for address in addresses:
        found = guards.of(address)
        if isinstance(found, Unknown):
            return found
        known = [guard for guard in found if isinstance(guard, str)]
        doubt = doubt or (None if "firewall" in known else also(None, *found))
        common = [guard for guard in known if common is None or guard in common]
    return [*(common or []), *([doubt] if doubt else [])]


def _prevention(protected: list[Any], guards: Guards) -> Any:
    if "firewall" in protected:
        return guards.ips
    return also(None, *protected)


def _tunnels(connections: list[Item]) -> list[Tunnel]:
    return [tunnel for one in connections for tunnel in tunnels_of(one)]


def _peer(connection: Item, routes: Routes | Unknown, gateway: str) -> Peer:
    """The site at the far side: the networks that a policy-based connection names, or for one by
    routes what the VPC routes to the gateway."""
    named = [one.strip() for one in str(connection.get("RemoteSubnet") or "").split(",")]
    cidrs: list[str] | Unknown = [one for one in named if one]
    if _ANYWHERE.intersection(named) or not any(named):
        cidrs = prefixes_to(routes, gateway)
    return Peer(account=None, region=None, vpc_id=None, cidrs=cidrs)


def _connection(account: Account, region: str, item: Item) -> Document:
    """A connection that ends at a transit router, which routes for it."""
    identity = item["VpnConnectionId"]
    known: Item | Unknown = item
    if len(item) == 1:
        answer = account.read(DESCRIBE_CONNECTION, region, identity, VpnConnectionId=identity)
        missing = Unknown("the connection is not described")
        known = then(missing if answer is None else answer, lambda found: {**item, **found})
    details = {} if isinstance(known, Unknown) else known
    options = (details.get("TunnelOptionsSpecification") or {}).get("TunnelOptions") or []
    zones = sorted({one["ZoneNo"] for one in options if one.get("ZoneNo")})
    not_routed = Unknown("the routes of the transit router are not read")
    return account.document(
        Gateway(
            kind="vpn",
            peers=then(known, lambda one: [_peer(one, not_routed, "")]),
            tunnels=then(known, tunnels_of),
            zones=then(known, lambda _: zones or None),
            bandwidth_mbps=None,
            snat=[],
            protected_by=Unknown("what guards a connection of a transit router is not read"),
            attached_to=None,
            ips_mode=Unknown("what guards a connection of a transit router is not read"),
            forwards=[],
        ),
        id=account.arn("vpc", region, f"vpnconnection/{identity}"),
        region=region,
        name=details.get("Name") or identity,
        tags=then(known, lambda one: tags_of(one.get("Tag") or one.get("Tags"))),
        native_type=CONNECTION,
        native=without_secrets(details),
    )


SERVICE = Service(
    name="VPN gateways",
    types=((Gateway, GATEWAY), (Gateway, CONNECTION)),
    calls=(
        DESCRIBE_VPN_GATEWAYS,
        DESCRIBE_CONNECTIONS,
        DESCRIBE_ATTACHMENTS,
        DESCRIBE_CONNECTION,
        DESCRIBE_VSWITCHES,
        *HOP_CALLS,
        *GUARD_CALLS,
    ),
    region=vpn_gateways,
)
