"""Rules of a network ACL in the order of their effect. Pure."""

from __future__ import annotations

from typing import Any, Literal, cast

from collectors.aliyun.security_group_rules import ports_of, protocol_of
from collectors.document import Unknown
from collectors.facts.shared import Rule

Item = dict[str, Any]

Direction = Literal["ingress", "egress"]


def rules_of(details: Item) -> list[Rule]:
    """The entries of DescribeNetworkAclAttributes, which stand in the order of their effect, first
    those inwards. What no entry matches is refused ("Network ACLs", user guide)."""
    return [
        *_entries(details, "IngressAclEntries", "IngressAclEntry", "ingress"),
        *_entries(details, "EgressAclEntries", "EgressAclEntry", "egress"),
    ]


def _entries(details: Item, outer: str, inner: str, direction: Direction) -> list[Rule]:
    if details.get(outer) is None:
        # Without entries nothing is let through: that nobody tells of any is not enough for that.
        return [cast("Rule", Unknown(f"the network ACL does not tell its {outer}"))]
    entries = details[outer].get(inner) or []
    return [entry_rule(entry, place, direction) for place, entry in enumerate(entries, start=1)]


def entry_rule(entry: Item, place: int, direction: Direction) -> Rule:
    """One entry as a rule; `place` counts from the one that wins."""
    protocol = protocol_of(str(entry["Protocol"]))
    first, last = ports_of(str(entry["Port"]), protocol)
    peer = entry.get("SourceCidrIp" if direction == "ingress" else "DestinationCidrIp")
    peers = [peer] if peer else Unknown("the entry names no address")
    return Rule(
        direction=direction,
        action="allow" if str(entry["Policy"]).lower() == "accept" else "deny",
        priority=place,
        protocol=protocol,
        from_port=first,
        to_port=last,
        sources=cast("list[str]", peers) if direction == "ingress" else [],
        destinations=[] if direction == "ingress" else cast("list[str]", peers),
        description=entry.get("Description") or entry.get("NetworkAclEntryName") or "",
    )
