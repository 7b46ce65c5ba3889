"""EC2's security groups and network ACLs as rules: pure, from what the API gives."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any, Literal

from collectors.document import Unknown
from collectors.facts.shared import Rule

PrefixLists = dict[str, list[str] | Unknown]
"""The ranges of each managed prefix list that a rule names, by its id."""

_PROTOCOLS = {"-1": "any", "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6"}
_DIRECTIONS: tuple[tuple[str, Literal["ingress", "egress"]], ...] = (
    ("IpPermissions", "ingress"),
    ("IpPermissionsEgress", "egress"),
)


def prefix_list_ids(groups: list[dict[str, Any]]) -> list[str]:
    """The managed prefix lists that security groups name."""
    return sorted(
        {
            prefix_list["PrefixListId"]
            for group in groups
            for key, _ in _DIRECTIONS
            for permission in group[key]
            for prefix_list in permission.get("PrefixListIds", [])
        }
    )


def group_rules(group: dict[str, Any], prefix_lists: PrefixLists) -> list[Rule]:
    """The rules of a security group of DescribeSecurityGroups: one for each permission and source.

    A prefix list becomes its ranges, with its id kept in the description; unread ranges leave the
    sources (or destinations) of that rule unknown.
    """
    rules: list[Rule] = []
    for key, direction in _DIRECTIONS:
        for permission in group[key]:
            protocol, low, high = _protocol_and_ports(permission)
            for far_side, description in _far_sides(permission, prefix_lists):
                ingress = direction == "ingress"
                rules.append(
                    Rule(
                        direction=direction,
                        action="allow",
                        priority=0,
                        protocol=protocol,
                        from_port=low,
                        to_port=high,
                        sources=far_side if ingress else [],
                        destinations=[] if ingress else far_side,
                        description=description,
                    )
                )
    return rules


def _far_sides(
    permission: dict[str, Any], prefix_lists: PrefixLists
) -> Iterator[tuple[list[str] | Unknown, str]]:
    for source in permission.get("IpRanges", []):
        yield [source["CidrIp"]], source.get("Description", "")
    for source in permission.get("Ipv6Ranges", []):
        yield [source["CidrIpv6"]], source.get("Description", "")
    for source in permission.get("PrefixListIds", []):
        name = source["PrefixListId"]
        words = f"prefix-list:{name} {source.get('Description', '')}".strip()
        yield prefix_lists[name], words
    for source in permission.get("UserIdGroupPairs", []):
        yield [f"group:{source['GroupId']}"], source.get("Description", "")


def _protocol_and_ports(permission: dict[str, Any]) -> tuple[str, int | None, int | None]:
    protocol = permission["IpProtocol"]
    protocol = _PROTOCOLS.get(protocol, protocol)
    if protocol in {"tcp", "udp"}:
        low, high = _ports(permission.get("FromPort", 0), permission.get("ToPort", 65535))
        return protocol, low, high
    return (protocol, 0, 65535) if protocol == "any" else (protocol, None, None)


def _ports(low: int, high: int) -> tuple[int, int]:
    """A range of ports. -1 counts as all of them, as it means all types of ICMP: no rule that has
    it may look like one that opens none."""
    return (0, 65535) if -1 in (low, high) else (low, high)


def acl_rules(acl: dict[str, Any]) -> list[Rule]:
    """The entries of a network ACL of DescribeNetworkAcls, the final refusals included, as rules
    in order of effect."""
    entries = sorted(acl["Entries"], key=lambda entry: (entry["Egress"], entry["RuleNumber"]))
    return [_acl_rule(entry) for entry in entries]


def _acl_rule(entry: dict[str, Any]) -> Rule:
    protocol = _PROTOCOLS.get(entry["Protocol"], entry["Protocol"])
    ports = entry.get("PortRange") or {}
    has_ports = protocol in {"any", "tcp", "udp"}
    low, high = _ports(ports.get("From", 0), ports.get("To", 65535))
    ranges = [entry[key] for key in ("CidrBlock", "Ipv6CidrBlock") if entry.get(key)]
    egress = entry["Egress"]
    return Rule(
        direction="egress" if egress else "ingress",
        action=entry["RuleAction"],
        priority=entry["RuleNumber"],
        protocol=protocol,
        from_port=low if has_ports else None,
        to_port=high if has_ports else None,
        sources=[] if egress else ranges,
        destinations=ranges if egress else [],
        description="",
    )


_GLOBAL_UNICAST = ip_network("2000::/3")


def is_internet(block: str, version: int) -> bool:
    """Whether a range of that IP version stands for the internet as a whole.

    Halves and quarters do too ("0.0.0.0/1"): nobody but the internet has an IPv4 /7, or an
    IPv6 /16 of public addresses.
    """
    network = ip_network(block, strict=False)
    if network.version != version:
        return False
    if network.version == 4:
        return network.prefixlen <= 7
    return network.prefixlen <= 16 and network.overlaps(_GLOBAL_UNICAST)
