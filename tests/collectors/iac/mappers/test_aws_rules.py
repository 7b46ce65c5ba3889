"""Ports of AWS's security groups and network ACLs as templates write them."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the

_OPEN: dict[str, Any] = {"cidr_blocks": ["0.0.0.0/0"]}
_ONE: dict[str, Any] = {"cidr_ipv4": "0.0.0.0/0"}
_ACL: dict[str, Any] = {"cidr_block": "0.0.0.0/0", "action": "allow", "rule_no": 1}


def _rule(kind: str, ports: dict[str, Any]) -> dict[str, Any]:
    """The one rule that a template writes in some place."""
    alone = {"security_group_id": "sg-1"}
    written = {
        "aws_security_group": {"ingress": [_OPEN | ports]},
        "aws_default_security_group": {"egress": [_OPEN | ports]},
        "aws_security_group_rule": alone | _OPEN | ports | {"type": "ingress"},
        "aws_vpc_security_group_ingress_rule": alone
        | _ONE
        | ports
        | {"ip_protocol": ports["protocol"]},
        "aws_network_acl": {"ingress": [_ACL | ports]},
    }
    rule: dict[str, Any] = the(block(f"{kind}.x", written[kind])).facts["rules"][0]
    return rule


def _ports(kind: str, ports: dict[str, Any]) -> tuple[str, int | None, int | None]:
    rule = _rule(kind, ports)
    return rule["protocol"], rule["from_port"], rule["to_port"]


PLACES = (
    "aws_security_group",
    "aws_default_security_group",
    "aws_security_group_rule",
    "aws_vpc_security_group_ingress_rule",
    "aws_network_acl",
)


@pytest.mark.parametrize("kind", PLACES)
@pytest.mark.parametrize("protocol", ["tcp", "udp", "6"])
@pytest.mark.parametrize(("first", "last"), [(-1, -1), ("-1", "-1"), (-1, 443), (0, -1)])
def test_the_port_minus_one_is_every_port(kind: str, protocol: str, first: Any, last: Any) -> None:
    found = _ports(kind, {"protocol": protocol, "from_port": first, "to_port": last})
    assert found == ({"6": "tcp"}.get(protocol, protocol), 0, 65535)


@pytest.mark.parametrize("kind", PLACES)
def test_a_range_from_high_to_low_does_not_open_nothing(kind: str) -> None:
    rule = _rule(kind, {"protocol": "tcp", "from_port": 22, "to_port": 0})
    assert not {"from_port", "to_port"} & set(rule)


@pytest.mark.parametrize("kind", PLACES)
def test_ports_as_written(kind: str) -> None:
    one = {"protocol": "tcp", "from_port": 443, "to_port": 444}
    assert _ports(kind, one) == ("tcp", 443, 444)
    icmp = {"protocol": "icmp", "from_port": -1, "to_port": -1}
    assert _ports(kind, icmp) == ("icmp", None, None)


@pytest.mark.parametrize(
    ("of", "cidr", "sources"),
    [
        (Reference("aws_ec2_managed_prefix_list.l"), "0.0.0.0/0", ["0.0.0.0/0"]),
        (Reference("aws_ec2_managed_prefix_list.l"), Unknown("known after apply"), [None]),
        (Unknown("known after apply"), "0.0.0.0/0", [None]),
        ("pl-1", "0.0.0.0/0", []),
    ],
)
def test_entries_of_a_prefix_list_may_stand_apart(of: Any, cidr: Any, sources: list[Any]) -> None:
    rule = {"protocol": "tcp", "from_port": 22, "to_port": 22}
    named = {"prefix_list_ids": [Reference("aws_ec2_managed_prefix_list.l")]}
    found = the(
        block("aws_security_group.g", {"ingress": [rule | named]}),
        block("aws_ec2_managed_prefix_list.l", {"name": "l"}),
        block("aws_ec2_managed_prefix_list_entry.e", {"prefix_list_id": of, "cidr": cidr}),
    )
    assert found.facts["rules"][0]["sources"] == sources
    assert ("rules/0/sources/0" in found.unknown) is (sources == [None])


@pytest.mark.parametrize(
    "wrong", [{"cidr_block": "0.0.0.0"}, {"cidr_block": "any"}, {"action": "permit"}]
)
def test_a_rule_of_an_acl_that_ec2_does_not_take_is_unknown(wrong: dict[str, str]) -> None:
    rule = _rule("aws_network_acl", {"protocol": "tcp", "from_port": 22, "to_port": 22} | wrong)
    assert "action" not in rule or rule["sources"] == [None]
