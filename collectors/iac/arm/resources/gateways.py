"""NAT and VPN gateways, bastion hosts, circuits of ExpressRoute, public addresses. Source: template
reference, Microsoft.Network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import named, or_
from collectors.iac.blocks import Block

_SUITES = {
    "ikeEncryption": "ike_encryption",
    "ikeIntegrity": "ike_integrity",
    "ipsecEncryption": "ipsec_encryption",
    "ipsecIntegrity": "ipsec_integrity",
}


def nat(resource: Resource) -> Iterator[Block]:
    """A NAT gateway with the addresses that it uses."""
    yield resource.block("azurerm_nat_gateway", _zoned(resource))
    addresses = resource.get("publicIpAddresses")
    for i, each in enumerate(addresses if isinstance(addresses, list) else []):
        link = {"nat_gateway_id": resource.itself(), "public_ip_address_id": at(each, "id")}
        kind = "azurerm_nat_gateway_public_ip_association"
        yield resource.block(kind, link, part=f"publicIpAddresses/{i}")


def bastion(resource: Resource) -> Iterator[Block]:
    """A bastion host."""
    yield resource.block("azurerm_bastion_host", _zoned(resource) | _placed(resource))


def circuit(resource: Resource) -> Iterator[Block]:
    """A circuit of ExpressRoute."""
    values = named(resource) | {
        "bandwidth_in_mbps": resource.get("serviceProviderProperties.bandwidthInMbps"),
        "bandwidth_in_gbps": resource.get("bandwidthInGbps"),
    }
    yield resource.block("azurerm_express_route_circuit", values)


def gateway(resource: Resource) -> Iterator[Block]:
    """A gateway for VPN or ExpressRoute."""
    values = named(resource) | _placed(resource)
    values |= {"type": resource.get("gatewayType"), "sku": resource.get("sku.name")}
    yield resource.block("azurerm_virtual_network_gateway", values)


def connection(resource: Resource) -> Iterator[Block]:
    """A connection of a gateway. Which version of IKE one has without a word is not documented."""
    protocol = resource.get("connectionProtocol")
    policies = resource.get("ipsecPolicies")
    if isinstance(policies, list):
        policies = [{new: at(each, old) for old, new in _SUITES.items()} for each in policies]
    values = named(resource) | {
        "type": resource.get("connectionType"),
        "virtual_network_gateway_id": resource.get("virtualNetworkGateway1.id"),
        "peer_virtual_network_gateway_id": resource.get("virtualNetworkGateway2.id"),
        "local_network_gateway_id": resource.get("localNetworkGateway2.id"),
        "connection_protocol": or_(protocol, Unknown("connectionProtocol is not written")),
        "ipsec_policy": policies,
    }
    yield resource.block("azurerm_virtual_network_gateway_connection", values)


def site(resource: Resource) -> Iterator[Block]:
    """A site at the far side of a VPN."""
    space = resource.get("localNetworkAddressSpace.addressPrefixes")
    values = named(resource) | {"address_space": space}
    yield resource.block("azurerm_local_network_gateway", values)


def address(resource: Resource) -> Iterator[Block]:
    """A public address."""
    values = _zoned(resource) | {
        "ddos_protection_mode": resource.get("ddosSettings.protectionMode"),
        "sku": at(resource.body, "sku.name"),
    }
    yield resource.block("azurerm_public_ip", values)


def _zoned(resource: Resource) -> dict[str, Any]:
    return named(resource) | {"zones": resource.body.get("zones")}


def _placed(resource: Resource) -> dict[str, Any]:
    return {"ip_configuration": configurations(resource.get("ipConfigurations"))}


def configurations(listed: Any) -> Any:
    """The subnets and public addresses of IP configurations."""
    if not isinstance(listed, list):
        return listed
    found = [
        {
            "subnet_id": at(each, "properties.subnet.id"),
            "public_ip_address_id": at(each, "properties.publicIPAddress.id"),
        }
        for each in listed
    ]
    return [{name: one for name, one in each.items() if one is not None} for each in found]


_NETWORK = "Microsoft.Network"

TRANSLATIONS: dict[str, Translation] = {
    f"{_NETWORK}/bastionHosts": bastion,
    f"{_NETWORK}/connections": connection,
    f"{_NETWORK}/expressRouteCircuits": circuit,
    f"{_NETWORK}/localNetworkGateways": site,
    f"{_NETWORK}/natGateways": nat,
    f"{_NETWORK}/publicIPAddresses": address,
    f"{_NETWORK}/virtualNetworkGateways": gateway,
}
