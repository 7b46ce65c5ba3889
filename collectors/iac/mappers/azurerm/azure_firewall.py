"""azurerm_firewall with its policies and port mappings; a policy without a firewall beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.azure.firewall_rules import forwards_of_rule, ips_mode, with_groups
from collectors.document import Document, Unknown
from collectors.facts.network import Forward, Gateway
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.azurerm.gateways import plain_gateway, zones_of
from collectors.iac.mappers.azurerm.shared import azure_document
from collectors.iac.mappers.joins import items, joined, target_of

FIREWALL, POLICY = "azurerm_firewall", "azurerm_firewall_policy"
NAT_RULES = "azurerm_firewall_nat_rule_collection"
GROUP = "azurerm_firewall_policy_rule_collection_group"

IP_GROUP, CIDR = "azurerm_ip_group", "azurerm_ip_group_cidr"

_BYPASSED = {
    "source_addresses": "sourceAddresses",
    "source_ip_groups": "sourceIpGroups",
    "destination_addresses": "destinationAddresses",
    "destination_ip_groups": "destinationIpGroups",
    "destination_ports": "destinationPorts",
}
_NO_GROUP = Unknown("the IP group is not part of this template")
_AWAY = Unknown("the firewall policy is not part of this template")
_NO_FIREWALL = Unknown("the firewall of the policy is not part of this template")
_DEEPEST = 8
_LISTS = {
    "protocols": "protocols",
    "source_addresses": "sourceAddresses",
    "destination_ports": "destinationPorts",
}


def map_firewall(block: Block, project: Project) -> Iterator[Document]:
    """A firewall of Azure."""
    policies = _policies(block, project)
    facts = plain_gateway("firewall")
    facts.zones = zones_of(block.values)
    facts.protected_by = ["firewall"]
    facts.ips_mode = _mode(policies, project)
    facts.forwards = _forwards(block, project, policies)
    yield azure_document(block, project, facts)


def map_policy(block: Block, project: Project) -> Iterator[Document]:
    """A policy that no firewall or policy of the template names: it is made for one elsewhere."""
    users = (
        joined(project, block, "firewall_policy_id", FIREWALL),
        joined(project, block, "base_policy_id", POLICY),
    )
    if any(each.blocks for each in users):
        return
    facts = plain_gateway("firewall")
    facts.zones = _NO_FIREWALL
    facts.protected_by = ["firewall"]
    policies = _inherited(block, project)
    facts.ips_mode = _mode(policies, project)
    facts.forwards = _forwards(block, project, policies)
    yield azure_document(block, project, facts)


def mode_of(firewall: Block, project: Project) -> Any:
    """What a firewall's intrusion prevention does with an attack."""
    return _mode(_policies(firewall, project), project)


def _policies(firewall: Block, project: Project) -> list[Block] | Unknown:
    """The policy of a firewall and those that it inherits from; none with rules of its own."""
    return _chain([], firewall.values.get("firewall_policy_id"), project)


def _inherited(policy: Block, project: Project) -> list[Block] | Unknown:
    """A policy and those that it inherits from."""
    return _chain([policy], policy.values.get("base_policy_id"), project)


def _chain(found: list[Block], value: Any, project: Project) -> list[Block] | Unknown:
    while value is not None and len(found) < _DEEPEST:
        if isinstance(value, Unknown):
            return value
        policy = target_of(project, value, POLICY)
        if policy is None:
            return _AWAY
        found.append(policy)
        value = policy.values.get("base_policy_id")
    return found


def _mode(policies: list[Block] | Unknown, project: Project) -> Any:
    """A policy without a word of intrusion prevention has it off."""
    if isinstance(policies, Unknown):
        return policies
    told: list[dict[str, Any]] = []
    for policy in policies:
        settings = nested(policy.values, "intrusion_detection")
        if isinstance(settings, Unknown):
            return settings
        mode = read(settings[0], "mode", str, "Off") if settings else "Off"
        if isinstance(mode, Unknown):
            return mode
        bypass = _bypass(settings[0], project) if settings else []
        if isinstance(bypass, Unknown):
            return bypass
        detection = {"mode": mode, "configuration": {"bypassTrafficSettings": bypass}}
        told.append({"properties": {"intrusionDetection": detection}})
    return ips_mode(told)


def _bypass(settings: dict[str, Any], project: Project) -> list[dict[str, Any]] | Unknown:
    """The traffic that is not inspected, as ARM writes it; what is not known stands in its
    place."""
    rules = nested(settings, "traffic_bypass")
    if isinstance(rules, Unknown):
        return rules
    return [
        _with_groups(
            {
                "protocol": rule.get("protocol"),
                **{name: items(rule, own) for own, name in _BYPASSED.items()},
            },
            project,
        )
        for rule in rules
    ]


def _with_groups(rule: dict[str, Any], project: Project) -> dict[str, Any]:
    """A rule with the addresses of its IP groups, which all may be."""
    told = {
        name: [values] if isinstance(values, Unknown) and name != "protocol" else values
        for name, values in rule.items()
    }
    return with_groups(told, lambda value: _addresses(value, project))


def _addresses(value: Any, project: Project) -> list[Any]:
    """The addresses of an IP group: those in it, and those beside it."""
    if isinstance(value, Unknown):
        return [value]
    group = target_of(project, value, IP_GROUP)
    if group is None:
        return [_NO_GROUP]
    beside = joined(project, group, "ip_group_id", CIDR)
    found = items(group.values, "cidrs")
    listed = [found] if isinstance(found, Unknown) else found
    listed += [each.values.get("cidr") for each in beside.blocks]
    listed += [beside.doubt] if beside.doubt else []
    return [read({"x": one}, "x", str, Unknown("a value is null")) for one in listed]


def _forwards(
    firewall: Block, project: Project, policies: list[Block] | Unknown
) -> list[Forward] | Unknown:
    if isinstance(policies, Unknown):
        return policies
    found: list[Any] = []
    own = joined(project, firewall, "azure_firewall_name", NAT_RULES)
    for block in own.blocks:
        found += _of_rules(block.values, "rule", project)
    doubt = own.doubt
    for policy in policies:
        groups = joined(project, policy, "firewall_policy_id", GROUP)
        doubt = doubt or groups.doubt
        for group in groups.blocks:
            found += _of_group(group, project)
    return found + ([doubt] if doubt else [])


def _of_group(group: Block, project: Project) -> Iterator[Forward | Unknown]:
    collections = nested(group.values, "nat_rule_collection")
    if isinstance(collections, Unknown):
        yield collections
        return
    for collection in collections:
        yield from _of_rules(collection, "rule", project)


def _of_rules(
    values: dict[str, Any], argument: str, project: Project
) -> Iterator[Forward | Unknown]:
    rules = nested(values, argument)
    if isinstance(rules, Unknown):
        yield rules
        return
    for rule in rules:
        yield from _of_rule(rule, project)


def _of_rule(rule: dict[str, Any], project: Project) -> Iterator[Forward | Unknown]:
    """The mappings of a rule; one in which something is not known is a mapping to be known."""
    told: dict[str, Any] = {
        "translatedPort": read(rule, "translated_port", str, Unknown("the rule gives no port"))
    }
    for argument, name in _LISTS.items():
        values = items(rule, argument)
        listed = [values] if isinstance(values, Unknown) else values
        told[name] = [read({"x": one}, "x", str, Unknown("a value is null")) for one in listed]
    parts = [told["translatedPort"], *(one for name in _LISTS.values() for one in told[name])]
    doubt = next((one for one in parts if isinstance(one, Unknown)), None)
    if doubt:
        yield doubt
        return
    groups = {"sourceIpGroups": items(rule, "source_ip_groups")}
    yield from forwards_of_rule(_with_groups(told | groups, project))


_GROUPED = (IP_GROUP, CIDR)

MAPPINGS = [
    Mapping(
        types=(FIREWALL,),
        facts=Gateway,
        map=map_firewall,
        joined=(POLICY, NAT_RULES, GROUP, *_GROUPED),
    ),
    Mapping(types=(POLICY,), facts=Gateway, map=map_policy, joined=(GROUP, *_GROUPED)),
]

LINK_TYPES = frozenset(
    {
        "azurerm_firewall_nat_rule_collection",
        "azurerm_firewall_policy_rule_collection_group",
        "azurerm_ip_group",
        "azurerm_ip_group_cidr",
    }
)
