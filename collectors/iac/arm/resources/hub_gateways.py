"""Gateways of virtual hubs for VPN and ExpressRoute. Source: template reference,
Microsoft.Network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import each, named, or_
from collectors.iac.blocks import Block, Reference

_SUITES = {
    "ikeEncryption": "ike_encryption_algorithm",
    "ikeIntegrity": "ike_integrity_algorithm",
    "ipsecEncryption": "encryption_algorithm",
    "ipsecIntegrity": "integrity_algorithm",
}
_NO_IKE = Unknown("vpnConnectionProtocolType is not written")


def gateway(resource: Resource) -> Iterator[Block]:
    """A gateway, with the connections that stand in it."""
    yield resource.block("azurerm_vpn_gateway", named(resource))
    for i, one in enumerate(each(resource.get("connections"))):
        values = _connection(at(one, "properties"), resource.itself())
        kind = "azurerm_vpn_gateway_connection"
        yield resource.block(kind, values, part=f"connections/{i}")


def connection(resource: Resource) -> Iterator[Block]:
    """A connection beside its gateway."""
    values = _connection(resource.properties, resource.owner())
    yield resource.block("azurerm_vpn_gateway_connection", values)


def _connection(properties: Any, owner: Reference | Unknown) -> dict[str, Any]:
    """A connection says of its tunnel what its links do not, where it has no links."""
    links = at(properties, "vpnLinkConnections")
    if isinstance(links, list) and links:
        links = [_link(at(one, "properties")) for one in links]
    elif not isinstance(links, Unknown):
        links = [_link(properties)]
    return {
        "vpn_gateway_id": owner,
        "remote_vpn_site_id": at(properties, "remoteVpnSite.id"),
        "vpn_link": links,
    }


def _link(properties: Any) -> dict[str, Any]:
    policies = at(properties, "ipsecPolicies")
    if isinstance(policies, list):
        policies = [
            {new: found for old, new in _SUITES.items() if (found := at(one, old)) is not None}
            for one in policies
        ]
    values = {
        "protocol": or_(at(properties, "vpnConnectionProtocolType"), _NO_IKE),
        "ipsec_policy": policies,
    }
    return {name: value for name, value in values.items() if value is not None}


def site(resource: Resource) -> Iterator[Block]:
    """A site at the far side."""
    values = named(resource) | {"address_cidrs": resource.get("addressSpace.addressPrefixes")}
    yield resource.block("azurerm_vpn_site", values)


def express(resource: Resource) -> Iterator[Block]:
    """A gateway for ExpressRoute, with the connections that stand in it."""
    yield resource.block("azurerm_express_route_gateway", named(resource))
    for i, _ in enumerate(each(resource.get("expressRouteConnections"))):
        values = {"express_route_gateway_id": resource.itself()}
        kind = "azurerm_express_route_connection"
        yield resource.block(kind, values, part=f"expressRouteConnections/{i}")


def circuit(resource: Resource) -> Iterator[Block]:
    """A connection beside its gateway."""
    values = {"express_route_gateway_id": resource.owner()}
    yield resource.block("azurerm_express_route_connection", values)


_NETWORK = "Microsoft.Network"

TRANSLATIONS: dict[str, Translation] = {
    f"{_NETWORK}/expressRouteGateways": express,
    f"{_NETWORK}/expressRouteGateways/expressRouteConnections": circuit,
    f"{_NETWORK}/vpnGateways": gateway,
    f"{_NETWORK}/vpnGateways/vpnConnections": connection,
    f"{_NETWORK}/vpnSites": site,
}
