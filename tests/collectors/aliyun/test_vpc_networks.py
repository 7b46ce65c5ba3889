"""VPCs and vSwitches over HTTP: flow logs, gateways, routes, and what stands in each vSwitch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from collectors.aliyun.services.vpc_networks import SERVICE, networks
from collectors.aliyun.vpc_calls import routes_to_internet, zones_of
from collectors.aliyun.vswitch_workloads import SOURCES
from collectors.calls import Call
from tests.collectors.aliyun.conftest import OpenAccount, Serve, by_name
from tests.collectors.aliyun.server import REGION, AliyunServer, Fault

Collected = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve()


@pytest.fixture
def collected(server: AliyunServer, open_account: OpenAccount) -> Collected:
    """Networks by name; calls that are named are denied."""

    def collect(*denied: str, made: set[Call] | None = None) -> dict[str, Any]:
        server.decide = lambda asked: (
            Fault(status=403, code="Forbidden.RAM") if asked.name in denied else None
        )
        return by_name(networks(open_account(server, made=made), REGION))

    return collect


def test_a_vpc_with_flow_logs(collected: Collected) -> None:
    found = collected()["core"]
    assert (found.id, found.tags) == (
        "acs:vpc:cn-hangzhou:1234567890123456:vpc/vpc-core",
        {"system": "core-bank"},
    )
    assert found.facts["cidrs"] == ["10.0.0.0/16"]
    # Addresses in use: 252 - 245 and 252 - 250 of two vSwitches.
    assert (found.facts["workloads"], found.facts["internet_gateway"]) == (9, False)
    (log,) = found.facts["flow_logs"]
    assert (log["traffic"], log["active"], log["destination_region"]) == ("all", True, REGION)
    assert log["destination"].endswith("project/core-logs/logstore/flow")


def test_a_default_vpc_in_use_without_flow_logs(collected: Collected) -> None:
    facts = collected()["default"].facts
    assert (facts["is_default"], facts["workloads"], facts["flow_logs"]) == (True, 1, [])
    assert facts["internet_gateway"] is True
    assert facts["cidrs"] == ["172.16.0.0/12", "2408:4002::/56"]


def test_vswitches_tell_routes_zones_and_what_stands_in_them(collected: Collected) -> None:
    found = collected()
    web, old, spare = (found[name].facts for name in ("web", "old", "spare"))
    assert web["workload_kinds"] == [
        "bastion",
        "cluster",
        "database",
        "file_system",
        "function",
        "gateway",
        "instance",
        "load_balancer",
    ]
    assert (web["routes_to_internet"], web["zone"]) == (False, "cn-hangzhou-h")
    assert (old["routes_to_internet"], old["workload_kinds"]) == (True, ["other"])
    assert spare["workload_kinds"] == []
    assert found["web"].unknown == {}


def test_other_services_ask_for_routes_and_zones(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    server.decide = lambda asked: None
    account = open_account(server)
    assert routes_to_internet(account, REGION, "vsw-old") is True
    assert zones_of(account, REGION, ["vsw-db", "vsw-web"]) == ["cn-hangzhou-h", "cn-hangzhou-i"]
    assert "vsw-far" in str(routes_to_internet(account, REGION, "vsw-far"))


@pytest.mark.parametrize(
    ("name", "call", "unknown"),
    [
        ("core", "vpc:DescribeFlowLogs", "flow_logs"),
        ("core", "vpc:DescribeVSwitches", "workloads"),
        ("core", "vpc:ListIpv4Gateways", "internet_gateway"),
        ("core", "vpc:DescribeIpv6Gateways", "internet_gateway"),
        ("web", "vpc:DescribeRouteEntryList", "routes_to_internet"),
        ("web", "ecs:DescribeNetworkInterfaces", "workload_kinds"),
        ("web", "slb:DescribeLoadBalancers", "workload_kinds"),
        ("web", "vpc:DescribeNatGateways", "workload_kinds"),
        ("web", "vpc:DescribeVpnGateways", "workload_kinds"),
        ("web", "rds:DescribeDBInstances", "workload_kinds"),
        ("web", "polardb:DescribeDBClusters", "workload_kinds"),
        ("web", "nas:DescribeFileSystems", "workload_kinds"),
        ("web", "adb:DescribeDBClusters", "workload_kinds"),
        ("web", "gpdb:DescribeDBInstances", "workload_kinds"),
        ("web", "clickhouse:DescribeDBInstances", "workload_kinds"),
        ("web", "dds:DescribeDBInstances", "workload_kinds"),
        ("web", "dds:DescribeDBInstanceAttribute", "workload_kinds"),
        ("web", "nlb:ListLoadBalancers", "workload_kinds"),
        ("web", "alb:ListLoadBalancers", "workload_kinds"),
        ("web", "alb:GetLoadBalancerAttribute", "workload_kinds"),
        ("web", "fc:ListFunctions", "workload_kinds"),
        ("web", "fc:DescribeRegions", "workload_kinds"),
    ],
)
def test_a_denial_leaves_its_fact_unknown(
    collected: Collected, name: str, call: str, unknown: str
) -> None:
    found = collected(call)[name].unknown
    assert found.pop(unknown) == f"Forbidden.RAM: {call}"
    assert {path for path in found if not path.startswith("flow_logs/")} == set()


@pytest.mark.parametrize(
    ("call", "permission"),
    [
        ("cs:DescribeClustersV1", "cs:GetClusters"),
        ("hitsdb:GetLindormInstance", "lindorm:GetLindormInstance"),
        ("elasticsearch:DescribeInstance", "elasticsearch:DescribeInstance"),
    ],
)
def test_without_all_lists_what_stands_in_a_vswitch_is_unknown(
    collected: Collected, call: str, permission: str
) -> None:
    found = collected(call)["web"].unknown
    assert found == {"workload_kinds": f"Forbidden.RAM: {permission}"}


def test_clusters_and_functions_tell_their_vswitches() -> None:
    places = {source.call.service: source.places for source in SOURCES}
    balancer = {"ZoneMappings": [{"ZoneId": "h", "VSwitchId": "vsw-1"}, {"ZoneId": "i"}]}
    assert list(places["alb"](balancer)) == ["vsw-1", None]
    assert list(places["cs"]({"vswitch_id": "vsw-1,vsw-2"})) == ["vsw-1", "vsw-2"]
    lindorm = {"PrimaryVSwitchId": "vsw-1", "StandbyVSwitchId": "vsw-2"}
    assert {"vsw-1", "vsw-2"} <= set(places["hitsdb"](lindorm))
    assert list(places["elasticsearch"]({"networkConfig": {"vswitchId": "vsw-1"}})) == ["vsw-1"]
    assert list(places["rds"]({"VSwitchId": "vsw-1,vsw-2"})) == ["vsw-1", "vsw-2"]
    registered = {"cluster_type": "ExternalKubernetes", "vswitch_ids": ["vsw-1"]}
    assert list(places["cs"](registered)) == []
    assert list(places["fc"]({"vpcConfig": {"vSwitchIds": ["vsw-1"]}})) == ["vsw-1"]
    assert list(places["fc"]({"vpcConfig": None})) == []


def test_lists_that_are_denied_have_stand_ins(collected: Collected) -> None:
    found = collected("vpc:DescribeVpcs", "vpc:DescribeVSwitches").values()
    assert [(document.type, document.unlisted) for document in found] == [
        ("network.vpc", True),
        ("network.subnet", True),
    ]


def test_the_service_declares_what_it_asks(collected: Collected) -> None:
    made: set[Call] = set()
    collected(made=made)
    assert made == set(SERVICE.calls)
