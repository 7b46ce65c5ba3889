"""Network ACLs over HTTP: entries in the order of their effect."""

from __future__ import annotations

import pytest

from collectors.aliyun.services.vpc_acls import SERVICE, network_acls
from collectors.calls import Call
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.networks import Collected, collector
from tests.collectors.aliyun.server import REGION, AliyunServer


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve("vpc")


@pytest.fixture
def collected(server: AliyunServer, open_account: OpenAccount) -> Collected:
    return collector(server, open_account, lambda account: network_acls(account, REGION))


def test_entries_stand_in_the_order_of_their_effect(collected: Collected) -> None:
    found = collected()["acl-web"]
    assert found.unknown == {}
    rules = found.facts["rules"]
    inwards = [rule for rule in rules if rule["direction"] == "ingress"]
    assert [(rule["action"], rule["protocol"], rule["from_port"]) for rule in inwards] == [
        ("allow", "any", 0),
        ("allow", "tcp", 443),
        ("allow", "tcp", 22),
        ("deny", "icmp", None),
    ]
    assert [rule["priority"] for rule in inwards] == [1, 2, 3, 4]
    assert inwards[2]["sources"] == ["0.0.0.0/0"]
    assert rules[-1]["destinations"] == ["0.0.0.0/0"]
    assert (found.facts["subnets"], found.facts["is_default"]) == (1, False)


def test_an_acl_that_nothing_uses(collected: Collected) -> None:
    facts = collected()["acl-spare"].facts
    assert (facts["subnets"], facts["rules"]) == (0, [])


def test_denials(collected: Collected) -> None:
    reason = "Forbidden.RAM: vpc:DescribeNetworkAclAttributes"
    assert collected("vpc:DescribeNetworkAclAttributes")["acl-web"].unknown == {"rules": reason}
    (stand_in,) = collected("vpc:DescribeNetworkAcls").values()
    assert stand_in.unlisted


def test_the_service_declares_what_it_asks(collected: Collected) -> None:
    made: set[Call] = set()
    collected(made=made)
    assert made == set(SERVICE.calls)
