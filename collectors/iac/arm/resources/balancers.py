"""Load balancers of layer 4. Source: template reference, Microsoft.Network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import each, named
from collectors.iac.blocks import Block, Reference

_POOL = "azurerm_lb_backend_address_pool"
_RULES = {
    "loadBalancingRules": "azurerm_lb_rule",
    "inboundNatRules": "azurerm_lb_nat_rule",
    "inboundNatPools": "azurerm_lb_nat_pool",
}
_PROPERTIES = {
    "protocol": "protocol",
    "frontendPort": "frontend_port",
    "frontendPortRangeStart": "frontend_port_start",
    "backendPort": "backend_port",
}


def balancer(resource: Resource) -> Iterator[Block]:
    """A load balancer, its pools and its rules."""
    fronts = resource.get("frontendIPConfigurations")
    if isinstance(fronts, list):
        fronts = [_front(one) for one in fronts]
    values = named(resource) | {
        "sku": at(resource.body, "sku.name"),
        "frontend_ip_configuration": fronts,
    }
    yield resource.block("azurerm_lb", values)
    own = {"loadbalancer_id": resource.itself()}
    for pool, part in _parts(resource, "backendAddressPools"):
        values = own | {"name": at(pool, "name")}
        yield resource.block(_POOL, values, part=part)
        for i, member in enumerate(each(at(pool, "properties.loadBalancerBackendAddresses"))):
            address = {
                "backend_address_pool_id": Reference(f"{resource.address}/{part}"),
                "ip_address": at(member, "properties.ipAddress"),
            }
            yield resource.block(f"{_POOL}_address", address, part=f"{part}/{i}")
    for listed, kind in _RULES.items():
        for rule, part in _parts(resource, listed):
            yield resource.block(kind, own | _rule(at(rule, "properties")), part=part)


def _parts(resource: Resource, listed: str) -> Iterator[tuple[Any, str]]:
    for i, one in enumerate(each(resource.get(listed))):
        name = at(one, "name")
        yield one, f"{listed}/{name if isinstance(name, str) else i}"


def _front(front: Any) -> dict[str, Any]:
    values = {
        "name": at(front, "name"),
        "zones": at(front, "zones"),
        "public_ip_address_id": at(front, "properties.publicIPAddress.id"),
        "public_ip_prefix_id": at(front, "properties.publicIPPrefix.id"),
        "subnet_id": at(front, "properties.subnet.id"),
    }
    return {name: value for name, value in values.items() if value is not None}


def _rule(properties: Any) -> dict[str, Any]:
    pools = [at(properties, "backendAddressPool.id")]
    pools += [at(one, "id") for one in each(at(properties, "backendAddressPools"))]
    values = {new: at(properties, old) for old, new in _PROPERTIES.items()}
    values["backend_address_pool_ids"] = [one for one in pools if one is not None]
    return values


def _own(kind: str) -> Translation:
    """A rule or pool that is a resource of its own."""

    def translate(resource: Resource) -> Iterator[Block]:
        own = {"name": resource.name, "loadbalancer_id": resource.owner()}
        values = {} if kind == _POOL else _rule(resource.properties)
        yield resource.block(kind, own | values)
        members = resource.get("loadBalancerBackendAddresses") if kind == _POOL else None
        for i, member in enumerate(each(members)):
            address = {
                "backend_address_pool_id": resource.itself(),
                "ip_address": at(member, "properties.ipAddress"),
            }
            yield resource.block(f"{_POOL}_address", address, part=str(i))

    return translate


_ON = "Microsoft.Network/loadBalancers"

TRANSLATIONS: dict[str, Translation] = {
    _ON: balancer,
    f"{_ON}/backendAddressPools": _own(_POOL),
    f"{_ON}/inboundNatRules": _own("azurerm_lb_nat_rule"),
}
