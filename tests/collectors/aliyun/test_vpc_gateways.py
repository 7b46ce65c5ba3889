"""Gateways of the internet over HTTP: NAT entries, what addresses belong to, what guards them."""

from __future__ import annotations

import pytest

from collectors.aliyun.resource_directory import OTHERS
from collectors.aliyun.services.vpc_gateways import SERVICE, gateways
from collectors.calls import Call
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.networks import Collected, alone, collector, member
from tests.collectors.aliyun.server import REGION, AliyunServer
from tests.collectors.aliyun.world import load

PRODUCTS = ("vpc", "slb", "ecs", "cloudfw", "ddosbgp", "ddoscoo", "waf-openapi")


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve(world=alone(*PRODUCTS))


@pytest.fixture
def collected(server: AliyunServer, open_account: OpenAccount) -> Collected:
    return collector(server, open_account, lambda account: gateways(account, REGION))


def test_a_nat_gateway_tells_bandwidths_and_forwards(collected: Collected) -> None:
    found = collected()["nat-core"]
    assert (found.facts["kind"], found.facts["zones"]) == ("nat", ["cn-hangzhou-h"])
    # One of the two addresses is in a shared package.
    assert found.facts["snat"] == [{"bandwidths_mbps": [20, 200]}]
    ports = [(one["protocol"], one["from_port"], one["to_port"]) for one in found.facts["forwards"]]
    assert ports == [("tcp", 8022, 8022), ("tcp", 10, 20), ("any", 0, 65535)]
    assert [one["target_port"] for one in found.facts["forwards"]] == [22, None, None]
    assert found.facts["forwards"][0]["source_ranges"] == ["0.0.0.0/0", "::/0"]
    assert found.facts["protected_by"] == ["firewall"]
    assert set(found.unknown) == {"ips_mode"}


def test_a_nat_gateway_between_vpcs_leads_nobody_in(collected: Collected) -> None:
    facts = collected()["nat-inner"].facts
    assert (facts["forwards"], facts["snat"], facts["protected_by"]) == ([], [], [])


def test_addresses_with_and_without_guards(collected: Collected) -> None:
    found = collected()
    web = found["eip-web1"]
    assert web.unknown == {}
    assert (web.facts["attached_to"], web.facts["bandwidth_mbps"]) == ("instance", 100)
    assert web.facts["protected_by"] == ["waf", "ddos", "firewall"]
    assert web.facts["ips_mode"] == "block"
    balancer = found["eip-slb"].facts
    assert (balancer["attached_to"], balancer["protected_by"]) == ("load_balancer", [])
    assert (balancer["bandwidth_mbps"], balancer["ips_mode"]) == (5, None)
    # Anti-DDoS Origin holds one address of the NAT gateway, Pro leads to the other.
    assert found["eip-nat1"].facts["protected_by"] == ["ddos", "firewall"]
    assert found["eip-nat2"].facts["protected_by"] == ["ddos"]
    assert found["eip-nat2"].facts["bandwidth_mbps"] == 200
    assert found["eip-spare"].facts["attached_to"] is None


def test_addresses_that_resources_have_of_their_own(collected: Collected) -> None:
    everything = collected()
    (old,) = (one for name, one in everything.items() if name.endswith(" 198.51.100.70"))
    assert (old.facts["attached_to"], old.facts["protected_by"]) == ("instance", [])
    found = everything["slb-web 203.0.113.60"]
    assert (found.facts["attached_to"], found.facts["bandwidth_mbps"]) == ("load_balancer", None)
    # Website and port forwarding lead to it; Cloud Firewall does not know it.
    assert found.facts["protected_by"] == ["waf", "ddos"]
    assert found.tags == {"system": "core-bank"}


def test_gateways_of_the_internet(collected: Collected) -> None:
    found = collected()
    assert found["ipv4-default"].facts["kind"] == "internet"
    assert found["ipv6-default"].id.endswith(":ipv6gateway/ipv6gw-default")


@pytest.mark.parametrize(
    ("name", "call", "unknown"),
    [
        ("nat-core", "vpc:DescribeSnatTableEntries", {"snat"}),
        ("nat-core", "vpc:DescribeForwardTableEntries", {"forwards"}),
        ("nat-core", "vpc:DescribeEipAddresses", {"snat"}),
        ("nat-inner", "cloudfw:DescribeUserBuyVersion", {"protected_by", "ips_mode"}),
        ("nat-inner", "cloudfw:DescribeNatFirewallList", {"protected_by", "ips_mode"}),
        ("eip-slb", "cloudfw:DescribeUserBuyVersion", {"protected_by", "ips_mode"}),
        ("eip-slb", "cloudfw:DescribeAssetList", {"protected_by", "ips_mode"}),
        ("eip-web1", "cloudfw:DescribeDefaultIPSConfig", {"ips_mode"}),
        ("eip-slb", "ddosbgp:DescribeInstanceList", {"protected_by"}),
        ("eip-slb", "ddosbgp:DescribePackIpList", {"protected_by"}),
        ("eip-slb", "ddoscoo:DescribeInstanceIds", {"protected_by"}),
        ("eip-slb", "ddoscoo:DescribeNetworkRules", {"protected_by"}),
        ("eip-slb", "ddoscoo:DescribeDomainResource", {"protected_by"}),
        ("eip-slb", "waf-openapi:DescribeInstance", {"protected_by"}),
        ("eip-slb", "waf-openapi:DescribeCloudResources", {"protected_by"}),
        ("eip-slb", "waf-openapi:DescribeDomains", {"protected_by"}),
        ("eip-slb", "resourcemanager:GetResourceDirectory", {"protected_by/0"}),
    ],
)
def test_a_denial_leaves_its_facts_unknown(
    collected: Collected, name: str, call: str, unknown: set[str]
) -> None:
    found = collected(call)[name].unknown
    found.pop("ips_mode", None) if name == "nat-core" else None
    assert set(found) == unknown
    assert all(reason.startswith("Forbidden.RAM: ") for reason in found.values())


def test_what_others_protect_of_a_member_is_unknown(
    serve: Serve, open_account: OpenAccount
) -> None:
    server = serve(world=member(*PRODUCTS))
    found = collector(server, open_account, lambda account: gateways(account, REGION))()
    # Its own Anti-DDoS is known; a firewall may be another account's.
    web = found["eip-web1"]
    assert web.facts["protected_by"] == ["ddos", None]
    assert web.unknown == dict.fromkeys(("protected_by/1", "ips_mode"), OTHERS.reason)
    nat = found["nat-inner"]
    assert nat.unknown == dict.fromkeys(("protected_by/0", "ips_mode"), OTHERS.reason)


def test_a_member_with_a_firewall_of_its_own_is_behind_no_other(
    serve: Serve, open_account: OpenAccount
) -> None:
    world = {**load(*PRODUCTS), "resourcemanager": load("resourcemanager")["resourcemanager"]}
    server = serve(world=world)
    found = collector(server, open_account, lambda account: gateways(account, REGION))()
    assert found["nat-inner"].facts["protected_by"] == []
    assert found["eip-nat2"].facts["protected_by"] == ["ddos"]
    # Anti-DDoS may be another account's all the same.
    assert found["eip-slb"].unknown == {"protected_by/0": OTHERS.reason}


@pytest.mark.parametrize(("proxied", "guarded"), [(True, True), (False, False), (None, None)])
def test_a_website_is_behind_anti_ddos_while_it_is_forwarded(
    serve: Serve, open_account: OpenAccount, proxied: bool | None, guarded: bool | None
) -> None:
    world = alone(*PRODUCTS)
    website = {"Domain": "a.example.com", "RealServers": ["203.0.113.30"], "ProxyEnabled": proxied}
    answer = {"body": {"TotalCount": 1, "WebRules": [website]}}
    world["ddoscoo"]["DescribeDomainResource"] = [answer]
    server = serve(world=world)
    found = collector(server, open_account, lambda account: gateways(account, REGION))()["eip-slb"]
    if guarded is None:
        assert "protected_by" in found.unknown
    else:
        assert ("ddos" in found.facts["protected_by"]) is guarded


@pytest.mark.parametrize(("status", "guards"), [("1", ["ddos"]), ("2", []), ("9", None)])
def test_an_instance_of_anti_ddos_that_has_ended_holds_nothing(
    serve: Serve, open_account: OpenAccount, status: str, guards: list[str] | None
) -> None:
    world = alone(*PRODUCTS)
    world["ddosbgp"]["DescribeInstanceList"][0]["body"]["InstanceList"][0]["Status"] = status
    server = serve(world=world)
    found = collector(server, open_account, lambda account: gateways(account, REGION))()
    facts = found["eip-nat1"].facts
    known = None if guards is None else [one for one in facts["protected_by"] if one == "ddos"]
    assert known == guards
    assert ("protected_by" in found["eip-nat1"].unknown) is (guards is None)


def test_an_address_with_its_own_anti_ddos_needs_no_answer_about_others(
    collected: Collected,
) -> None:
    found = collected("ddosbgp:DescribeInstanceList")["eip-web1"]
    assert "ddos" in found.facts["protected_by"]


def test_lists_that_are_denied_have_stand_ins(collected: Collected) -> None:
    found = collected(
        "vpc:ListIpv4Gateways",
        "vpc:DescribeIpv6Gateways",
        "vpc:DescribeNatGateways",
        "vpc:DescribeEipAddresses",
        "slb:DescribeLoadBalancers",
        "ecs:DescribeInstances",
    )
    assert {document.native_type for document in found.values() if document.unlisted} == {
        native for _, native in SERVICE.types
    }


def test_the_service_declares_what_it_asks(collected: Collected) -> None:
    made: set[Call] = set()
    collected(made=made)
    assert made == set(SERVICE.calls)
