"""Azure Firewall with its policies. Source: template reference, Microsoft.Network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.gateways import configurations
from collectors.iac.arm.resources.words import each, is_, named, or_
from collectors.iac.blocks import Block

_BYPASSED = {
    "protocol": "protocol",
    "sourceAddresses": "source_addresses",
    "sourceIpGroups": "source_ip_groups",
    "destinationAddresses": "destination_addresses",
    "destinationIpGroups": "destination_ip_groups",
    "destinationPorts": "destination_ports",
}
_NAT = "FirewallPolicyNatRuleCollection"


def firewall(resource: Resource) -> Iterator[Block]:
    """A firewall with the port mappings of its own. Zones are an attribute of the resource."""
    values = named(resource) | {
        "zones": resource.body.get("zones"),
        "firewall_policy_id": resource.get("firewallPolicy.id"),
        "ip_configuration": configurations(resource.get("ipConfigurations")),
    }
    yield resource.block("azurerm_firewall", values)
    for i, collection in enumerate(each(resource.get("natRuleCollections"))):
        rules = _rules(at(collection, "properties.rules"), "protocols")
        own = {"azure_firewall_name": resource.itself("name"), "rule": rules}
        kind = "azurerm_firewall_nat_rule_collection"
        yield resource.block(kind, own, part=f"natRuleCollections/{i}")


def policy(resource: Resource) -> Iterator[Block]:
    """A policy."""
    mode = resource.get("intrusionDetection.mode")
    values = named(resource) | {
        "base_policy_id": resource.get("basePolicy.id"),
        "intrusion_detection": None
        if mode is None
        else [{"mode": mode, "traffic_bypass": _bypass(resource)}],
    }
    yield resource.block("azurerm_firewall_policy", values)


def _bypass(resource: Resource) -> Any:
    """The traffic that is not inspected."""
    listed = resource.get("intrusionDetection.configuration.bypassTrafficSettings")
    if not isinstance(listed, list):
        return or_(listed, [])
    return [
        {new: it for old, new in _BYPASSED.items() if (it := at(one, old)) is not None}
        for one in listed
    ]


def group(resource: Resource) -> Iterator[Block]:
    """A group of rules of a policy: its port mappings."""
    values = {
        "name": resource.name,
        "firewall_policy_id": resource.owner(),
        "nat_rule_collection": _collections(resource.get("ruleCollections")),
    }
    yield resource.block("azurerm_firewall_policy_rule_collection_group", values)


def _collections(listed: Any) -> Any:
    if not isinstance(listed, list):
        return listed
    found = [(one, is_(at(one, "ruleCollectionType"), _NAT)) for one in listed]
    unsure = next((mapped for _, mapped in found if isinstance(mapped, Unknown)), None)
    return unsure or [
        {"rule": _rules(at(one, "rules"), "ipProtocols")} for one, mapped in found if mapped
    ]


def _rules(listed: Any, protocols: str) -> Any:
    if not isinstance(listed, list):
        return listed
    names = {
        protocols: "protocols",
        "sourceAddresses": "source_addresses",
        "sourceIpGroups": "source_ip_groups",
        "destinationPorts": "destination_ports",
        "translatedPort": "translated_port",
    }
    return [
        {new: one for old, new in names.items() if (one := at(rule, old)) is not None}
        for rule in listed
    ]


def ip_group(resource: Resource) -> Iterator[Block]:
    """A group of addresses."""
    values = {"name": resource.name, "cidrs": resource.get("ipAddresses")}
    yield resource.block("azurerm_ip_group", values)


_POLICIES = "Microsoft.Network/firewallPolicies"

TRANSLATIONS: dict[str, Translation] = {
    "Microsoft.Network/azureFirewalls": firewall,
    _POLICIES: policy,
    f"{_POLICIES}/ruleCollectionGroups": group,
    "Microsoft.Network/ipGroups": ip_group,
}
