"""Network security groups, the networks, subnets and interfaces that use them. Source: template
reference, Microsoft.Network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import each, named, or_
from collectors.iac.blocks import Block, Reference

_RULE = {
    "description": "description",
    "protocol": "protocol",
    "sourcePortRange": "source_port_range",
    "sourcePortRanges": "source_port_ranges",
    "destinationPortRange": "destination_port_range",
    "destinationPortRanges": "destination_port_ranges",
    "sourceAddressPrefix": "source_address_prefix",
    "sourceAddressPrefixes": "source_address_prefixes",
    "destinationAddressPrefix": "destination_address_prefix",
    "destinationAddressPrefixes": "destination_address_prefixes",
    "access": "access",
    "priority": "priority",
    "direction": "direction",
}
_GROUPS = {
    "sourceApplicationSecurityGroups": "source_application_security_group_ids",
    "destinationApplicationSecurityGroups": "destination_application_security_group_ids",
}


def group(resource: Resource) -> Iterator[Block]:
    """A network security group with the rules in it."""
    rules = resource.get("securityRules")
    if isinstance(rules, list):
        rules = [_rule(at(one, "properties")) for one in rules]
        rules = next((one for one in rules if isinstance(one, Unknown)), rules)
    values = {
        "name": resource.name,
        "location": resource.location,
        "tags": resource.tags,
        "security_rule": rules,
    }
    yield resource.block("azurerm_network_security_group", values)


def _rule(properties: Any) -> Any:
    if properties is None or isinstance(properties, Unknown):
        return properties or Unknown("the rule has no properties")
    values = {
        new: found for old, new in _RULE.items() if (found := at(properties, old)) is not None
    }
    for old, new in _GROUPS.items():
        listed = at(properties, old)
        if listed is not None:
            is_list = isinstance(listed, list)
            values[new] = [at(one, "id") for one in listed] if is_list else listed
    return values


def rule(resource: Resource) -> Iterator[Block]:
    """A rule of its own."""
    values = _rule(resource.properties)
    link = {"name": resource.name, "network_security_group_name": resource.owner()}
    yield resource.block("azurerm_network_security_rule", {**values, **link})


def network(resource: Resource) -> Iterator[Block]:
    """A virtual network with the subnets and peerings in it."""
    plan = resource.get("enableDdosProtection")
    values = named(resource) | {
        "address_space": resource.get("addressSpace.addressPrefixes"),
        "ddos_protection_plan": None if plan is None else [{"enable": plan}],
    }
    yield resource.block("azurerm_virtual_network", values)
    for one, name, part in _inside(resource, "subnets"):
        yield from _subnet(resource, at(one, "properties"), name, part, resource.itself("name"))
    for one, name, part in _inside(resource, "virtualNetworkPeerings"):
        values = _peering(at(one, "properties"))
        own = {"name": name, "virtual_network_name": resource.itself("name")}
        yield resource.block("azurerm_virtual_network_peering", values | own, part=part)


def _inside(resource: Resource, what: str) -> Iterator[tuple[Any, Any, str]]:
    """The parts in a list of a network, with their names and what tells them apart."""
    found = resource.get(what)
    for one in found if isinstance(found, list) else []:
        name = at(one, "name")
        yield one, name, f"{what}/{name}" if isinstance(name, str) else what


def subnet(resource: Resource) -> Iterator[Block]:
    """A subnet of its own."""
    yield from _subnet(resource, resource.properties, resource.name, "", resource.owner())


def _subnet(
    resource: Resource, properties: Any, name: Any, part: str, network: Any
) -> Iterator[Block]:
    """A subnet, and the security group and route table that it uses."""
    prefixes = or_(at(properties, "addressPrefixes"), at(properties, "addressPrefix"))
    values = {"name": name, "virtual_network_name": network, "address_prefixes": prefixes}
    found = resource.block("azurerm_subnet", values, part=part)
    yield found
    for argument, kind in _OF_SUBNET.items():
        id_ = at(properties, f"{argument}.id")
        if id_ is not None:
            link = {f"{kind}_id": id_, "subnet_id": Reference(found.address)}
            link_type = f"azurerm_subnet_{kind}_association"
            link_part = f"{part}/{argument}" if part else argument
            yield resource.block(link_type, link, part=link_part)


_OF_SUBNET = {"networkSecurityGroup": "network_security_group", "routeTable": "route_table"}


def peering(resource: Resource) -> Iterator[Block]:
    """A peering of its own."""
    own = {"name": resource.name, "virtual_network_name": resource.owner()}
    values = _peering(resource.properties)
    yield resource.block("azurerm_virtual_network_peering", values | own)


def _peering(properties: Any) -> dict[str, Any]:
    return {
        "remote_virtual_network_id": at(properties, "remoteVirtualNetwork.id"),
        "remote_address_space": at(properties, "remoteAddressSpace.addressPrefixes"),
    }


def interface(resource: Resource) -> Iterator[Block]:
    """A network interface, with its addresses and its security group."""
    configurations = resource.get("ipConfigurations")
    if isinstance(configurations, list):
        configurations = [
            {
                "subnet_id": at(one, "properties.subnet.id"),
                "public_ip_address_id": at(one, "properties.publicIPAddress.id"),
            }
            for one in configurations
        ]
        configurations = [
            {name: value for name, value in one.items() if value is not None}
            for one in configurations
        ]
    values = {
        "name": resource.name,
        "location": resource.location,
        "ip_configuration": configurations,
    }
    yield resource.block("azurerm_network_interface", values)
    group_id = resource.get("networkSecurityGroup.id")
    if group_id is not None:
        link = {
            "network_interface_id": resource.itself(),
            "network_security_group_id": group_id,
        }
        kind = "azurerm_network_interface_security_group_association"
        yield resource.block(kind, link, part="networkSecurityGroup")
    yield from _balanced(resource)


_BALANCED = {
    "loadBalancerBackendAddressPools": ("backend_address_pool", "backend_address_pool_id"),
    "loadBalancerInboundNatRules": ("nat_rule", "nat_rule_id"),
}


def _balanced(resource: Resource) -> Iterator[Block]:
    """The pools and NAT rules of load balancers that lead to an interface."""
    for i, configuration in enumerate(each(resource.get("ipConfigurations"))):
        for listed, (what, argument) in _BALANCED.items():
            for j, one in enumerate(each(at(configuration, f"properties.{listed}"))):
                link = {"network_interface_id": resource.itself(), argument: at(one, "id")}
                kind = f"azurerm_network_interface_{what}_association"
                yield resource.block(kind, link, part=f"ipConfigurations/{i}/{listed}/{j}")


TRANSLATIONS: dict[str, Translation] = {
    "Microsoft.Network/networkInterfaces": interface,
    "Microsoft.Network/networkSecurityGroups": group,
    "Microsoft.Network/networkSecurityGroups/securityRules": rule,
    "Microsoft.Network/virtualNetworks": network,
    "Microsoft.Network/virtualNetworks/subnets": subnet,
    "Microsoft.Network/virtualNetworks/virtualNetworkPeerings": peering,
}
