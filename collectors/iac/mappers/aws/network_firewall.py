"""aws_networkfirewall_firewall with its policy and rule groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws.firewall_policy import managed_name, mode
from collectors.aws.gateways import Guard, IpsMode, gateway
from collectors.document import Document, Unknown, also
from collectors.facts.network import Gateway
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.aws.gateway_shared import FIREWALL
from collectors.iac.mappers.aws.network import SUBNETS
from collectors.iac.mappers.aws.network_firewall_rules import rule_group
from collectors.iac.mappers.aws.placed import texts
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import settle, target_of

POLICY, GROUP = "aws_networkfirewall_firewall_policy", "aws_networkfirewall_rule_group"
_ARN_PARTS = 5
_NO_POLICY = Unknown("the policy of the firewall is not part of this template")
_NO_GROUP = Unknown("a rule group of the firewall is not part of this template")
_NO_SUBNET = Unknown("the subnets of the firewall are not part of this template")

Item = dict[str, Any]


def map_firewall(block: Block, project: Project) -> Iterator[Document]:
    """A firewall; what passes it is told by the gateways."""
    facts = gateway(
        "firewall",
        guard=Guard(["firewall"], _mode(block, project)),
        zones=_zones(block, project),
    )
    yield aws_document(block, project, facts)


def _zones(block: Block, project: Project) -> list[str] | Unknown:
    mappings = nested(block.values, "subnet_mapping")
    if isinstance(mappings, Unknown):
        return mappings
    subnets = [target_of(project, each.get("subnet_id"), *SUBNETS) for each in mappings]
    chosen = Unknown("AWS chooses a subnet's zone")
    zones = [each.read("availability_zone", str, chosen) for each in subnets if each]
    if not zones or None in subnets:
        return _NO_SUBNET
    return also(None, *zones) or sorted({str(zone) for zone in zones})


def _mode(block: Block, project: Project) -> IpsMode | Unknown:
    """How the firewall's policy prevents intrusions, as collectors.aws.firewall_policy has it."""
    value = block.get("firewall_policy_arn")
    policy = target_of(project, value, POLICY)
    if policy is None:
        return value if isinstance(value, Unknown) else _NO_POLICY
    written = nested(policy.values, "firewall_policy")
    if isinstance(written, Unknown) or not written:
        return written if isinstance(written, Unknown) else _NO_POLICY
    values = written[0]
    actions = texts(values, "stateless_default_actions")
    stateless = nested(values, "stateless_rule_group_reference")
    stateful = nested(values, "stateful_rule_group_reference")
    options = nested(values, "stateful_engine_options")
    for each in (actions, stateless, stateful, options):
        if isinstance(each, Unknown):
            return each
    return _judged(project, actions, stateless, stateful, options)


def _judged(
    project: Project, actions: Any, stateless: Any, stateful: Any, options: Any
) -> IpsMode | Unknown:
    groups: dict[str, Item | Unknown] = {}
    order = read(options[0], "rule_order", str, "") if options else ""
    doubt = also(order, *actions)
    references = {
        name: [_reference(project, each, groups) for each in listed]
        for name, listed in (("Stateless", stateless), ("Stateful", stateful))
    }
    doubt = doubt or also(None, *(each for listed in references.values() for each in listed))
    if doubt:
        return doubt
    policy: Item = {
        "StatelessDefaultActions": actions,
        "StatefulEngineOptions": {"RuleOrder": order},
        "StatelessRuleGroupReferences": references["Stateless"],
        "StatefulRuleGroupReferences": references["Stateful"],
    }
    return mode(policy, groups)


def _reference(
    project: Project, values: dict[str, Any], groups: dict[str, Item | Unknown]
) -> Item | Unknown:
    """A reference to a rule group, as the API has it. Groups of the template, and those that it
    does not tell, are put among `groups` under names of their own."""
    value = settle(project, values.get("resource_arn"))
    priority = read(values, "priority", int, 0)
    override = nested(values, "override")
    doubt = also(priority, override)
    if doubt:
        return doubt
    found: Item = {"Priority": priority, "ResourceArn": value}
    given = override[0] if isinstance(override, list) and override else {}
    action = read(given, "action", str, "")
    if isinstance(action, Unknown):
        return action
    found["Override"] = {"Action": action}
    known = isinstance(value, str) and value.count(":") >= _ARN_PARTS
    if known and managed_name(value) is not None:
        return found
    group = target_of(project, values.get("resource_arn"), GROUP)
    # Groups of one's own stand under names like ARNs.
    found["ResourceArn"] = f"arn:own:network-firewall::own:{len(groups)}"
    groups[found["ResourceArn"]] = rule_group(group.values) if group else _NO_GROUP
    return found


MAPPINGS = [
    Mapping(types=(FIREWALL,), facts=Gateway, map=map_firewall, joined=(POLICY, GROUP, *SUBNETS))
]

LINK_TYPES = frozenset({"aws_networkfirewall_firewall_policy", "aws_networkfirewall_rule_group"})
