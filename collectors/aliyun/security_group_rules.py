"""Rules of a security group in the order of their effect. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from collectors.document import Unknown
from collectors.facts.shared import Rule

# GRE is IANA protocol 47.
_PROTOCOLS = {
    "tcp": "tcp", "udp": "udp", "icmp": "icmp", "icmpv6": "icmpv6", "gre": "47", "all": "any",
}  # fmt: skip
_WITHOUT_PORTS = ("icmp", "icmpv6", "47")

Item = dict[str, Any]
Entries = Callable[[str], list[str] | Unknown]
"""The CIDRs of a prefix list."""


def rules_of(permissions: list[Item], entries: Entries) -> list[Rule]:
    """Rules of DescribeSecurityGroupAttribute in the order of their effect."""
    return in_order([_rule(permission, entries) for permission in permissions])


def in_order(rules: list[Rule]) -> list[Rule]:
    """Rules of one or several groups by priority from 1, the highest, and of two equal ones a drop
    first ("Security group rules": Drop takes precedence)."""
    return sorted(rules, key=lambda rule: (_number(rule.priority), rule.action != "deny"))


def _number(priority: Any) -> int:
    return priority if isinstance(priority, int) else 0


def _rule(permission: Item, entries: Entries) -> Rule:
    egress = permission["Direction"] == "egress"
    peers = _peers(permission, "Dest" if egress else "Source", entries)
    own = _own_side(permission, "Source" if egress else "Dest")
    protocol = protocol_of(permission["IpProtocol"])
    first, last = ports_of(permission["PortRange"], protocol)
    return Rule(
        direction="egress" if egress else "ingress",
        action=_action(permission),
        priority=int(permission["Priority"]),
        protocol=protocol,
        from_port=first,
        to_port=last,
        sources=own if egress else cast("list[str]", peers),
        destinations=cast("list[str]", peers) if egress else own,
        description=permission.get("Description", ""),
    )


def _action(permission: Item) -> Any:
    """Allow or deny. What is dropped from some source ports only is not dropped: a client chooses
    its own source port, so that such a rule must not hide one that allows."""
    if str(permission["Policy"]).lower() != "drop":
        return "allow"
    if permission.get("SourcePortRange") in (None, "", "-1/-1", "1/65535"):
        return "deny"
    return Unknown("the rule denies some source ports only")


def _own_side(permission: Item, side: str) -> list[str]:
    """The addresses of the machines in the group that the rule is limited to; empty for all of
    them. Only rules that are made by the API have any ("Security group quintuple rules")."""
    names = (f"{side}CidrIp", f"Ipv6{side}CidrIp")
    return [str(permission[name]) for name in names if permission.get(name)]


def protocol_of(text: str) -> str | Unknown:
    """The protocol of a rule, of groups and network ACLs alike."""
    return _PROTOCOLS.get(text.lower()) or Unknown(f"protocol {text} is not known")


def _peers(permission: Item, side: str, entries: Entries) -> list[str | Unknown] | Unknown:
    """The other side: addresses, a group, or a prefix list, whose entries are written out."""
    found: list[str | Unknown] = [
        permission[name] for name in (f"{side}CidrIp", f"Ipv6{side}CidrIp") if permission.get(name)
    ]
    if permission.get(f"{side}GroupId"):
        found.append(f"group:{permission[f'{side}GroupId']}")
    prefixes = permission.get(f"{side}PrefixListId")
    if prefixes:
        listed = entries(prefixes)
        found += [listed] if isinstance(listed, Unknown) else listed
    return found or Unknown("the rule names no address or group")


def ports_of(
    text: str, protocol: str | Unknown
) -> tuple[int | Unknown | None, int | Unknown | None]:
    """ "22/22" is one port, "-1/-1" every port where the protocol has any."""
    if protocol in _WITHOUT_PORTS:
        return None, None
    if text == "-1/-1":
        return 0, 65535
    first, _, last = text.partition("/")
    if first.isdigit() and last.isdigit():
        return int(first), int(last)
    unknown = Unknown(f"the port range {text!r} is not understood")
    return unknown, unknown
