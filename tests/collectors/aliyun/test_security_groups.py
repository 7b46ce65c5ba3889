"""Security groups over HTTP: rules in the order of their effect, prefix lists, defaults."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from collectors.aliyun.security_group_rules import rules_of
from collectors.aliyun.services.security_groups import SERVICE, security_groups
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.aliyun.conftest import OpenAccount, Serve, by_name
from tests.collectors.aliyun.server import REGION, AliyunServer, Fault

Collected = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve("ecs")


@pytest.fixture
def collected(server: AliyunServer, open_account: OpenAccount) -> Collected:
    """The groups by name; calls of an operation that is named are denied."""

    def collect(*denied: str, made: set[Call] | None = None) -> dict[str, Any]:
        server.decide = lambda asked: (
            Fault(status=403, code="Forbidden.RAM") if asked.operation in denied else None
        )
        return by_name(security_groups(open_account(server, made=made), REGION))

    return collect


def test_rules_stand_in_the_order_of_their_effect(collected: Collected) -> None:
    found = collected()["web"]
    assert found.unknown == {}
    assert (found.id, found.tags) == (
        "acs:ecs:cn-hangzhou:1234567890123456:securitygroup/sg-web",
        {"system": "core-bank"},
    )
    rules = found.facts["rules"]
    assert [(rule["priority"], rule["action"], rule["from_port"]) for rule in rules] == [
        (1, "allow", 22),
        (1, "allow", 0),
        (10, "deny", 0),
        (10, "allow", 443),
    ]
    assert rules[0]["sources"] == ["0.0.0.0/0"]
    assert (rules[1]["direction"], rules[1]["destinations"]) == ("egress", ["0.0.0.0/0"])
    assert (rules[2]["sources"], rules[2]["protocol"]) == (["::/0"], "any")
    assert (found.facts["attached"], found.facts["default_egress"]) == (1, "allow")


def test_groups_and_prefix_lists_are_sources(collected: Collected) -> None:
    facts = collected()["db"].facts
    assert [rule["sources"] for rule in facts["rules"]] == [["group:sg-web"], ["203.0.113.0/24"]]
    assert (facts["attached"], facts["default_egress"]) == (0, "deny")


def test_a_drop_of_a_part_is_told_from_a_drop_of_everything() -> None:
    base = {
        "Direction": "ingress", "Policy": "Drop", "Priority": 1, "IpProtocol": "ALL",
        "PortRange": "-1/-1", "SourceCidrIp": "0.0.0.0/0",
    }  # fmt: skip
    narrow = [{"DestCidrIp": "10.0.1.9/32"}, {"SourcePortRange": "1/1023"}]
    machine, port = (rules_of([{**base, **one}], lambda _: [])[0] for one in narrow)
    assert (machine.action, machine.destinations) == ("deny", ["10.0.1.9/32"])
    assert port.action == Unknown("the rule denies some source ports only")


@pytest.mark.parametrize(
    ("operation", "unknown"),
    [
        ("DescribeSecurityGroupAttribute", "rules"),
        ("DescribeNetworkInterfaces", "attached"),
        ("DescribePrefixListAttributes", "rules/1/sources/0"),
    ],
)
def test_a_denial_leaves_its_fact_unknown(
    collected: Collected, operation: str, unknown: str
) -> None:
    reason = f"Forbidden.RAM: ecs:{operation}"
    assert collected(operation)["db"].unknown == {unknown: reason}


def test_groups_that_cannot_be_listed_have_a_stand_in(collected: Collected) -> None:
    (found,) = collected("DescribeSecurityGroups").values()
    assert found.unlisted
    assert set(found.unknown.values()) == {"Forbidden.RAM: ecs:DescribeSecurityGroups"}


def test_the_service_declares_what_it_asks(collected: Collected) -> None:
    made: set[Call] = set()
    collected(made=made)
    assert made == set(SERVICE.calls)
