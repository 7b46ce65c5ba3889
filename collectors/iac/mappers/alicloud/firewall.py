"""alicloud_security_group with its alicloud_security_group_rule resources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.addresses import networks
from collectors.document import Document, Unknown, then
from collectors.facts.network import Firewall
from collectors.facts.shared import Rule
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.alicloud.shared import aliyun_document
from collectors.iac.mappers.joins import (
    identity,
    joined,
    target_of,
)

GROUP, RULE = "alicloud_security_group", "alicloud_security_group_rule"
INSTANCE = "alicloud_instance"

# GRE is IANA protocol 47.
_PROTOCOLS = {
    "tcp": "tcp",
    "udp": "udp",
    "icmp": "icmp",
    "icmpv6": "icmpv6",
    "gre": "47",
    "all": "any",
}
_WITHOUT_PORTS = ("icmp", "icmpv6", "47")
_LAST = 101


def map_group(block: Block, project: Project) -> Iterator[Document]:
    """One document for the group. What no rule matches is denied inwards; outwards a basic group
    allows it and an enterprise group denies it (both documented by the vendor)."""
    kind = block.read("security_group_type", str, "normal")
    vpc = identity(project, block.get("vpc_id"))
    yield _document(
        block,
        project,
        Firewall(
            vpc_id=vpc,
            rules=rules_of(block, project),
            default_ingress="deny",
            default_egress=cast(
                "Any", then(kind, lambda k: "deny" if k == "enterprise" else "allow")
            ),
            is_default=False,
            attached=_attached(block, project),
        ),
    )


def map_orphan_rule(block: Block, project: Project) -> Iterator[Document]:
    """A rule of a group outside this project: the rule alone, so that it is judged all the same."""
    if target_of(project, block.get("security_group_id"), GROUP):
        return
    elsewhere = Unknown("the rule's group is not part of this template")
    yield _document(
        block,
        project,
        Firewall(
            vpc_id=elsewhere,
            rules=[_rule(block, project)],
            default_ingress="deny",
            default_egress=elsewhere,
            is_default=elsewhere,
            attached=elsewhere,
        ),
    )


def rules_of(block: Block, project: Project) -> list[Rule]:
    """Every rule of a group in order of effect: by priority, and of two equal ones a drop first. A
    rule that may or may not belong to the group stands as an Unknown."""
    found = joined(project, block, "security_group_id", RULE)
    rules = [_rule(rule, project) for rule in found.blocks]
    rules.sort(
        key=lambda rule: (
            rule.priority if isinstance(rule.priority, int) else _LAST,
            rule.action != "deny",
        )
    )
    return cast("list[Rule]", [*rules, *([found.doubt] if found.doubt else [])])


def _document(block: Block, project: Project, facts: Firewall) -> Document:
    return aliyun_document(block, project, facts, "security_group_name", "name")


def _attached(block: Block, project: Project) -> int | Unknown:
    uses = joined(project, block, "security_groups", INSTANCE)
    return len(uses.blocks) or uses.doubt or Unknown("nothing in this template uses the group")


def _rule(block: Block, project: Project) -> Rule:
    direction: str | Unknown = block.read("type", str, Unknown("the rule gives no type"))
    policy = block.read("policy", str, "accept")
    protocol = then(block.read("ip_protocol", str, Unknown("no ip_protocol")), _protocol)
    peers = _peers(block, project)
    first, last = _ports(block.read("port_range", str, "-1/-1"), protocol)
    egress = direction == "egress"
    kind = block.read("nic_type", str, "")
    text = block.read("description", str, "")
    if kind == "intranet" and isinstance(text, str):
        text = f"nic_type intranet: {text}" if text else "nic_type intranet"
    return Rule(
        direction=cast("Any", then(direction, _direction)),
        action=cast("Any", then(policy, lambda p: "deny" if p.lower() == "drop" else "allow")),
        priority=block.read("priority", int, 1),
        protocol=protocol,
        from_port=first,
        to_port=last,
        sources=[] if egress else peers,
        destinations=peers if egress else [],
        description=text,
    )


def _direction(text: str) -> str | Unknown:
    return text if text in ("ingress", "egress") else Unknown(f"rule type {text} is not known")


def _protocol(text: str) -> str | Unknown:
    return _PROTOCOLS.get(text.lower()) or Unknown(f"protocol {text} is not known")


def _peers(block: Block, project: Project) -> list[str] | Unknown:
    """The other side: CIDRs, a group, and only without those a prefix list."""
    found: list[Any] = []
    for argument in ("cidr_ip", "ipv6_cidr_ip"):
        text = block.read(argument, str, "")
        found += [text] if isinstance(text, Unknown) else networks(text)
    group = identity(project, block.get("source_security_group_id"))
    if group:
        found.append(group if isinstance(group, Unknown) else f"group:{group}")
    prefixes = identity(project, block.get("prefix_list_id"))
    if prefixes and not found:
        # Its entries may be any addresses, the internet among them.
        unread = Unknown(f"the entries of the prefix list {prefixes} are not read")
        found.append(prefixes if isinstance(prefixes, Unknown) else unread)
    return cast("list[str]", found) if found else Unknown("the rule names no address or group")


def _ports(
    text: str | Unknown, protocol: str | Unknown
) -> tuple[int | Unknown | None, int | Unknown | None]:
    """ "22/22" is one port, "-1/-1" every port where the protocol has any."""
    if protocol in _WITHOUT_PORTS:
        return None, None
    if isinstance(text, Unknown):
        return text, text
    if text == "-1/-1":
        return 0, 65535
    first, _, last = text.partition("/")
    if first.isdigit() and last.isdigit():
        return int(first), int(last)
    unknown = Unknown(f"the port range {text!r} is not understood")
    return unknown, unknown


MAPPINGS = [
    Mapping(types=(GROUP,), facts=Firewall, map=map_group, joined=(RULE, INSTANCE)),
    Mapping(types=(RULE,), facts=Firewall, map=map_orphan_rule),
]
