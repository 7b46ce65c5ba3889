"""azurerm_network_security_group with its rules, inline and separate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple, cast

from collectors.azure.security_rules import (
    ACTIONS,
    ANYWHERE,
    DIRECTIONS,
    NO_MACHINE,
    PROTOCOLS,
    WITHOUT_PORTS,
    is_address,
    is_no_machine,
    port_range,
)
from collectors.document import Document, Unknown, also
from collectors.facts.network import Firewall
from collectors.facts.shared import Rule
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.azurerm.shared import azure_document, location_of
from collectors.iac.mappers.joins import (
    IPV4_ANY,
    IPV6_ANY,
    given,
    identity,
    items,
    joined,
    tags_of,
    target_of,
)
from collectors.iac.mappers.ranges import range_of

GROUP, RULE = "azurerm_network_security_group", "azurerm_network_security_rule"
ASSOCIATIONS = (
    "azurerm_network_interface_security_group_association",
    "azurerm_subnet_network_security_group_association",
)

_LAST = 1 << 16
_DESTINATION = (
    "destination_address_prefix",
    "destination_address_prefixes",
    "destination_application_security_group_ids",
)
_NARROW = frozenset(
    {
        "azurerm_bastion_host",
        "azurerm_linux_virtual_machine",
        "azurerm_nat_gateway",
        "azurerm_network_interface",
        "azurerm_private_endpoint",
        "azurerm_public_ip",
        "azurerm_public_ip_prefix",
        "azurerm_subnet",
        "azurerm_virtual_network",
        "azurerm_windows_virtual_machine",
    }
)
"""Networks, and what stands in them or has an address of its own."""


class _Side(NamedTuple):
    addresses: list[Any]
    words: list[str]


def map_group(block: Block, project: Project) -> Iterator[Document]:
    """One document for the group. Azure's built-in rules let in the virtual network and the load
    balancer only, and let everything out: what no rule matches is denied inwards, allowed outwards.
    """
    yield _document(block, project, rules_of(block, project), tags_of(block))


def map_orphan_rule(block: Block, project: Project) -> Iterator[Document]:
    """A rule of a group outside this project: the rule alone, so that it is judged all the same."""
    if target_of(project, block.get("network_security_group_name"), GROUP):
        return
    name = block.get("network_security_group_name")
    if isinstance(name, str) and any(g.get("name") == name for g in project.of_type(GROUP)):
        return
    yield _document(block, project, cast("list[Rule]", list(_rules(block.values, project))), {})


def rules_of(block: Block, project: Project) -> list[Rule] | Unknown:
    """Every rule of a group in order of effect; one that may belong to it stands as an Unknown."""
    inline = nested(block.values, "security_rule")
    separate = joined(project, block, "network_security_group_name", RULE)
    if isinstance(inline, Unknown) and not separate.blocks:
        return inline
    written = [] if isinstance(inline, Unknown) else inline
    values = [*written, *(rule.values for rule in separate.blocks)]
    rules = [rule for each in values for rule in _rules(each, project)]
    rules.sort(key=lambda rule: rule.priority if isinstance(rule.priority, int) else _LAST)
    unknown: list[Any] = [x for x in (inline, separate.doubt) if isinstance(x, Unknown)]
    return cast("list[Rule]", rules + unknown)


def _document(
    block: Block, project: Project, rules: list[Rule] | Unknown, tags: dict[str, str] | Unknown
) -> Document:
    uses = [
        *joined(project, block, "network_security_group_id", *ASSOCIATIONS).blocks,
    ]
    facts = Firewall(
        vpc_id=None,
        rules=rules,
        default_ingress="deny",
        default_egress="allow",
        is_default=False,
        attached=len(uses) or Unknown("nothing in this template attaches the group"),
    )
    region = location_of(block, project)
    if block.type == RULE:
        region = Unknown("the rule's group is not part of this template")
    return azure_document(block, project, facts, region=region, tags=tags)


def _rules(values: dict[str, Any], project: Project) -> Iterator[Rule]:
    """One rule of the neutral kind for each port range that the Azure rule lists."""
    source, target = _side(values, "source", project), _side(values, "destination", project)
    protocol = _protocol(values)
    direction = _choice(values, "direction", DIRECTIONS)
    action = _action(values)
    if direction == "ingress" and action == "allow" and not given(values, *_DESTINATION):
        # Azure demands a destination. Of a rule that lets in from where it is does not hang on it,
        # so that the widest one is taken; a rule that refuses must hide nothing.
        target = _Side([IPV4_ANY, IPV6_ANY], [])
    words = list(dict.fromkeys(target.words if direction == "egress" else source.words))
    text = read(values, "description", str, "")
    if words and not isinstance(text, Unknown):
        text = ", ".join(words) + (f": {text}" if text else "")
    for first, last in _ports(values, protocol):
        yield Rule(
            direction=direction,
            action=action,
            priority=read(values, "priority", int, Unknown("the rule gives no priority")),
            protocol=protocol,
            from_port=first,
            to_port=last,
            sources=cast("list[str]", source.addresses),
            destinations=cast("list[str]", target.addresses),
            description=text,
        )


def _action(values: dict[str, Any]) -> Any:
    """Allow or deny. What is denied from some source ports only is not denied: a client chooses
    its own source port, so that such a rule must not hide one that allows."""
    action = _choice(values, "access", ACTIONS)
    if action != "deny":
        return action
    listed = [items(values, name) for name in ("source_port_range", "source_port_ranges")]
    unknown = also(*listed)
    ports = {
        str(port).strip() for entries in listed if isinstance(entries, list) for port in entries
    }
    if unknown or ports - {"*", "0-65535"}:
        return unknown or Unknown("the rule denies some source ports only")
    return action


def _choice(values: dict[str, Any], argument: str, words: dict[str, str]) -> Any:
    text = read(values, argument, str, Unknown(f"the rule gives no {argument}"))
    if isinstance(text, Unknown):
        return text
    return words.get(text.lower()) or Unknown(f"{argument} {text!r} is not understood")


def _protocol(values: dict[str, Any]) -> str | Unknown:
    return cast("str | Unknown", _choice(values, "protocol", PROTOCOLS))


def _side(
    values: dict[str, Any], side: Literal["source", "destination"], project: Project
) -> _Side:
    """The addresses of a side; a service tag is a list of Microsoft's: `prefix-list:<tag>`."""
    found: list[Any] = []
    words: list[str] = []
    for argument in (f"{side}_address_prefix", f"{side}_address_prefixes"):
        entries = items(values, argument)
        for entry in [entries] if isinstance(entries, Unknown) else entries:
            name = range_of(project, entry, _NARROW)
            if not isinstance(name, str):
                found.append(name)
            elif name.lower() in ANYWHERE:
                words.append(name)
                found += [IPV4_ANY, IPV6_ANY]
            elif is_no_machine(name):
                found.append(NO_MACHINE)
            elif is_address(name):
                found.append(name)
            else:
                # What a reference leads to is no literal, and has an address of its own.
                tag = not isinstance(entry, str) or re.fullmatch(r"[A-Za-z][\w.]*", name)
                unread = Unknown("an address of the rule is not understood")
                found.append(f"prefix-list:{name}" if tag else unread)
    groups = items(values, f"{side}_application_security_group_ids")
    for entry in [groups] if isinstance(groups, Unknown) else groups:
        group = identity(project, entry)
        found.append(group if isinstance(group, Unknown) else f"group:{group}")
    return _Side(found or [Unknown(f"the rule gives no {side}")], words)


def _ports(
    values: dict[str, Any], protocol: str | Unknown
) -> Sequence[tuple[int | Unknown | None, int | Unknown | None]]:
    """The destination ports as ranges, `(None, None)` for a protocol that has none."""
    if protocol in WITHOUT_PORTS:
        return [(None, None)]
    one, many = items(values, "destination_port_range"), items(values, "destination_port_ranges")
    unknown = also(one, many)
    entries = [x for x in (one, many) if isinstance(x, list)]
    ranges = [_port_range(entry) for each in entries for entry in each]
    if unknown:
        ranges.append((unknown, unknown))
    return ranges or [(Unknown("the rule gives no ports"), Unknown("the rule gives no ports"))]


def _port_range(entry: Any) -> tuple[int | Unknown, int | Unknown]:
    if isinstance(entry, Unknown):
        return entry, entry
    return port_range(str(entry))


MAPPINGS = [
    Mapping(types=(GROUP,), facts=Firewall, map=map_group, joined=(RULE, *ASSOCIATIONS)),
    Mapping(types=(RULE,), facts=Firewall, map=map_orphan_rule),
]

LINK_TYPES = frozenset(
    {
        "azurerm_network_interface_security_group_association",
        "azurerm_subnet_network_security_group_association",
    }
)
