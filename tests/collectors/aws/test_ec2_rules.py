from __future__ import annotations

from typing import Any

import pytest

from collectors.aws.ec2_rules import acl_rules, group_rules, is_internet, prefix_list_ids
from collectors.document import Unknown
from collectors.facts.shared import Rule

DENIED = Unknown("UnauthorizedOperation: ec2:GetManagedPrefixListEntries")


def group(*ingress: dict[str, Any], egress: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"IpPermissions": list(ingress), "IpPermissionsEgress": list(egress)}


def allow(**values: Any) -> Rule:
    defaults: dict[str, Any] = {
        "direction": "ingress",
        "action": "allow",
        "priority": 0,
        "sources": [],
        "destinations": [],
        "description": "",
    }
    return Rule(**{**defaults, **values})


def test_each_source_of_a_permission_becomes_a_rule_with_its_description() -> None:
    permission = {
        "IpProtocol": "tcp",
        "FromPort": 22,
        "ToPort": 23,
        "IpRanges": [{"CidrIp": "0.0.0.0/0", "Description": "for now"}, {"CidrIp": "10.0.0.0/8"}],
        "Ipv6Ranges": [{"CidrIpv6": "::/0"}],
        "PrefixListIds": [{"PrefixListId": "pl-1", "Description": "offices"}],
        "UserIdGroupPairs": [{"GroupId": "sg-2", "UserId": "111122223333"}],
    }
    ports: dict[str, Any] = {"protocol": "tcp", "from_port": 22, "to_port": 23}
    assert group_rules(group(permission), {"pl-1": ["192.0.2.0/24", "198.51.100.0/24"]}) == [
        allow(**ports, sources=["0.0.0.0/0"], description="for now"),
        allow(**ports, sources=["10.0.0.0/8"]),
        allow(**ports, sources=["::/0"]),
        allow(
            **ports,
            sources=["192.0.2.0/24", "198.51.100.0/24"],
            description="prefix-list:pl-1 offices",
        ),
        allow(**ports, sources=["group:sg-2"]),
    ]


def test_a_prefix_list_that_cannot_be_read_leaves_the_sources_unknown() -> None:
    permission = {"IpProtocol": "-1", "PrefixListIds": [{"PrefixListId": "pl-1"}]}
    assert group_rules(group(permission), {"pl-1": DENIED}) == [
        allow(
            protocol="any",
            from_port=0,
            to_port=65535,
            sources=DENIED,
            description="prefix-list:pl-1",
        )
    ]


@pytest.mark.parametrize(
    ("permission", "protocol", "low", "high"),
    [
        ({"IpProtocol": "-1"}, "any", 0, 65535),
        ({"IpProtocol": "tcp", "FromPort": 0, "ToPort": 65535}, "tcp", 0, 65535),
        ({"IpProtocol": "6", "FromPort": 443, "ToPort": 443}, "tcp", 443, 443),
        ({"IpProtocol": "udp", "FromPort": 53, "ToPort": 53}, "udp", 53, 53),
        ({"IpProtocol": "tcp", "FromPort": -1, "ToPort": -1}, "tcp", 0, 65535),
        ({"IpProtocol": "17", "FromPort": -1, "ToPort": 53}, "udp", 0, 65535),
        ({"IpProtocol": "icmp", "FromPort": 8, "ToPort": -1}, "icmp", None, None),
        ({"IpProtocol": "icmpv6", "FromPort": -1, "ToPort": -1}, "icmpv6", None, None),
        ({"IpProtocol": "50"}, "50", None, None),
    ],
)
def test_protocols_and_ports(
    permission: dict[str, Any], protocol: str, low: int | None, high: int | None
) -> None:
    permission = {**permission, "IpRanges": [{"CidrIp": "192.0.2.1/32"}]}
    assert group_rules(group(egress=(permission,)), {}) == [
        allow(
            direction="egress",
            protocol=protocol,
            from_port=low,
            to_port=high,
            destinations=["192.0.2.1/32"],
        )
    ]


def test_the_port_minus_one_of_an_acl_is_every_port() -> None:
    entry = {"RuleNumber": 1, "Protocol": "6", "Egress": False, "RuleAction": "allow"}
    ports = {"CidrBlock": "0.0.0.0/0", "PortRange": {"From": -1, "To": -1}}
    (rule,) = acl_rules({"Entries": [entry | ports]})
    assert (rule.protocol, rule.from_port, rule.to_port) == ("tcp", 0, 65535)


def test_the_prefix_lists_of_all_groups_are_named_once() -> None:
    one = {"IpProtocol": "-1", "PrefixListIds": [{"PrefixListId": "pl-1"}]}
    two = {"IpProtocol": "-1", "PrefixListIds": [{"PrefixListId": "pl-2"}]}
    assert prefix_list_ids([group(one, egress=(two,)), group(one)]) == ["pl-1", "pl-2"]


def test_acl_entries_come_in_order_of_effect_with_their_numbers() -> None:
    acl = {
        "Entries": [
            {
                "RuleNumber": 32767,
                "Protocol": "-1",
                "Egress": False,
                "CidrBlock": "0.0.0.0/0",
                "RuleAction": "deny",
            },
            {
                "RuleNumber": 100,
                "Protocol": "6",
                "Egress": False,
                "CidrBlock": "0.0.0.0/0",
                "RuleAction": "allow",
                "PortRange": {"From": 443, "To": 443},
            },
            {
                "RuleNumber": 101,
                "Protocol": "58",
                "Egress": True,
                "Ipv6CidrBlock": "::/0",
                "RuleAction": "deny",
                "IcmpTypeCode": {"Type": -1, "Code": -1},
            },
        ]
    }
    assert acl_rules(acl) == [
        allow(priority=100, protocol="tcp", from_port=443, to_port=443, sources=["0.0.0.0/0"]),
        allow(
            action="deny",
            priority=32767,
            protocol="any",
            from_port=0,
            to_port=65535,
            sources=["0.0.0.0/0"],
        ),
        allow(
            direction="egress",
            action="deny",
            priority=101,
            protocol="icmpv6",
            from_port=None,
            to_port=None,
            destinations=["::/0"],
        ),
    ]


@pytest.mark.parametrize(
    ("block", "version", "internet"),
    [
        ("0.0.0.0/0", 4, True),
        ("128.0.0.0/1", 4, True),
        ("10.0.0.0/8", 4, False),
        ("203.0.113.0/24", 4, False),
        ("0.0.0.0/0", 6, False),
        ("::/0", 6, True),
        ("2000::/3", 6, True),
        ("fc00::/7", 6, False),
        ("2001:db8::/32", 6, False),
        ("::/0", 4, False),
    ],
)
def test_what_stands_for_the_internet(block: str, version: int, internet: bool) -> None:
    assert is_internet(block, version) is internet
