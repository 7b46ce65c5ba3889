from __future__ import annotations

from typing import Any

import pytest

from collectors.aws.logic import Known
from collectors.aws.reachability import Ground, firewall_open, lets_in, routes_to_internet
from collectors.document import Unknown
from collectors.facts.shared import Rule

DENIED = Unknown("denied")


def ground(*routes: dict[str, Any], subnet: dict[str, Any] | None = None) -> Ground:
    table = {"VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-1"}], "Routes": list(routes)}
    return Ground(subnets={"subnet-1": subnet or {}}, tables=[table], rules={})


def to(gateway: str, block: str = "0.0.0.0/0", **more: Any) -> dict[str, Any]:
    key = "DestinationIpv6CidrBlock" if ":" in block else "DestinationCidrBlock"
    return {"GatewayId": gateway, key: block, **more}


NO_LIST = Unknown("a prefix list is routed to the internet gateway")


@pytest.mark.parametrize(
    ("routes", "four", "six"),
    [
        ([], False, False),
        ([to("local", "10.0.0.0/16")], False, False),
        ([to("igw-1")], True, False),
        ([to("igw-1", "::/0")], False, True),
        ([to("igw-1", "0.0.0.0/1"), to("igw-1", "128.0.0.0/1")], True, False),
        ([to("igw-1", "203.0.113.0/24")], False, False),
        ([to("igw-1", State="blackhole")], False, False),
        ([{"NatGatewayId": "nat-1", "DestinationCidrBlock": "0.0.0.0/0"}], False, False),
        (
            [{"EgressOnlyInternetGatewayId": "eigw-1", "DestinationIpv6CidrBlock": "::/0"}],
            False,
            False,
        ),
        ([{"GatewayId": "igw-1", "DestinationPrefixListId": "pl-1"}], NO_LIST, NO_LIST),
    ],
)
def test_only_the_internet_by_an_internet_gateway_counts(
    routes: list[dict[str, Any]], four: Known, six: Known
) -> None:
    here = ground(*routes)
    answers = [routes_to_internet(here, "subnet-1", "vpc-1", version) for version in (4, 6)]
    assert answers == [four, six]


def test_a_subnet_without_a_table_of_its_own_uses_the_main_one_of_its_vpc() -> None:
    main = {"VpcId": "vpc-1", "Associations": [{"Main": True}], "Routes": [to("igw-1")]}
    other = {"VpcId": "vpc-2", "Associations": [{"Main": True}], "Routes": []}
    own = {"VpcId": "vpc-1", "Associations": [{"SubnetId": "subnet-2"}], "Routes": []}
    here = Ground(subnets={}, tables=[own, other, main], rules={})
    assert [
        routes_to_internet(here, subnet, vpc, 4)
        for subnet, vpc in (("subnet-1", "vpc-1"), ("subnet-2", "vpc-1"), ("subnet-3", "vpc-2"))
    ] == [True, False, False]
    assert routes_to_internet(here, "subnet-4", "vpc-4", 4) == Unknown(
        "the route table of subnet-4 is not visible to this account"
    )


@pytest.mark.parametrize(
    ("here", "expected"),
    [
        (ground(to("igw-1")), True),
        (ground(), False),
        (
            ground(
                to("igw-1"),
                subnet={"BlockPublicAccessStates": {"InternetGatewayBlockMode": "block-ingress"}},
            ),
            False,
        ),
        (ground(to("vpce-1")), Unknown("the way to the internet leads through an appliance")),
        (Ground(subnets={}, tables=DENIED, rules={}), DENIED),
        # A block of public access may close the way that is open otherwise.
        (Ground(subnets=DENIED, tables=ground(to("igw-1")).tables, rules={}), DENIED),
        (Ground(subnets=DENIED, tables=ground().tables, rules={}), False),
    ],
)
def test_the_way_into_a_subnet(here: Ground, expected: Known) -> None:
    assert lets_in(here, "subnet-1", "vpc-1", 4) == expected


def rule(sources: Any, low: int | None = 22, high: int | None = 22, **more: Any) -> Rule:
    return Rule(
        **{
            "direction": "ingress",
            "action": "allow",
            "protocol": "tcp",
            "from_port": low,
            "to_port": high,
            "sources": sources,
            **more,
        }
    )


@pytest.mark.parametrize(
    ("rules", "port", "expected"),
    [
        ([], None, False),
        ([rule(["0.0.0.0/0"])], None, True),
        ([rule(["::/0"])], None, False),
        ([rule(["10.0.0.0/8", "group:sg-2"])], None, False),
        ([rule(["0.0.0.0/0"], direction="egress")], None, False),
        ([rule(["0.0.0.0/0"])], 3306, False),
        ([rule(["0.0.0.0/0"], 0, 65535)], 3306, True),
        ([rule(["0.0.0.0/0"], None, None, protocol="icmp")], 3306, False),
        ([rule(DENIED), rule(["10.0.0.0/8"])], None, DENIED),
        ([rule(DENIED), rule(["0.0.0.0/0"])], None, True),
    ],
)
def test_a_firewall_is_open_by_a_rule_that_admits_the_internet(
    rules: list[Rule], port: int | None, expected: Known
) -> None:
    here = Ground(subnets={}, tables=[], rules={"sg-1": rules})
    assert firewall_open(here, ["sg-1"], 4, port) == expected


def test_a_firewall_that_cannot_be_seen_is_unknown() -> None:
    here = Ground(subnets={}, tables=[], rules={})
    assert firewall_open(here, ["sg-9"], 4) == Unknown(
        "the security group sg-9 is not visible to this account"
    )
