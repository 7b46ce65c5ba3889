"""Kubernetes clusters over HTTP: endpoint and its ACL, secrets, audit, versions, denials."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from collectors.aliyun.services.ack import SERVICE, capabilities_of, endpoint_public
from collectors.aliyun.services.ack import version_supported as supported
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.database_tests import AUDIT_LOG, Collect, collector, empty
from tests.collectors.aliyun.world import Answers, load

PRODUCTS = ("cs", "ecs", "slb", "kms", "sls")


@pytest.fixture(scope="module")
def collect(serve: Serve, open_account: OpenAccount) -> Collect:
    return collector(serve(*PRODUCTS), open_account, SERVICE)


def test_a_cluster_that_complies(collect: Collect) -> None:
    found = collect()["ack-core"]
    facts = found.facts
    assert found.id == "acs:cs:cn-hangzhou:1234567890123456:cluster/c-core"
    assert found.tags == {"system": "core-bank"}
    assert (facts["version"], facts["version_supported"]) == ("1.34.1-aliyun.1", True)
    assert (facts["endpoint_public"], facts["endpoint_ranges"]) == (False, [])
    assert facts["secrets_encryption"]["enabled"] is True
    assert facts["secrets_encryption"]["key_manager"] == "customer"
    assert facts["audit_log"]["enabled"] is True
    assert facts["audit_log"]["destination"].endswith("project/core-logs/logstore/audit-c-core")
    assert facts["node_zones"] == ["cn-hangzhou-h", "cn-hangzhou-i"]
    assert (facts["nodes_hardened"], facts["rbac"]) == (True, True)
    assert "network_policy" in found.unknown


def test_a_public_endpoint_with_a_list(collect: Collect) -> None:
    facts = collect()["ack-office"].facts
    assert facts["endpoint_public"] is True
    assert facts["endpoint_ranges"] == ["198.51.100.0/24", "198.51.101.0/24"]
    assert (facts["node_zones"], facts["nodes_hardened"]) == ([], None)


def test_a_cluster_that_does_not_comply(collect: Collect) -> None:
    facts = collect()["ack-open"].facts
    assert facts["version_supported"] is False
    assert (facts["endpoint_public"], facts["endpoint_ranges"]) == (True, ["0.0.0.0/0", "::/0"])
    assert facts["secrets_encryption"]["enabled"] is False
    assert facts["audit_log"]["enabled"] is False
    assert (facts["node_zones"], facts["nodes_hardened"]) == (["cn-hangzhou-h"], False)
    assert facts["network_policy"] is False


def test_clusters_that_run_elsewhere_are_left_out(collect: Collect) -> None:
    assert set(collect()) == {"ack-core", "ack-office", "ack-open"}


@pytest.mark.parametrize(
    ("name", "operation", "unknown"),
    [
        ("ack-office", "DescribeClusterDetail", {"endpoint_ranges"}),
        ("ack-office", "DescribeLoadBalancerListeners", {"endpoint_ranges"}),
        ("ack-office", "DescribeAccessControlListAttribute", {"endpoint_ranges"}),
        ("ack-core", "DescribeClusterNodePools", {"nodes_hardened"}),
        ("ack-core", "DescribeClusterNodes", {"node_zones"}),
        ("ack-core", "DescribeInstances", {"node_zones"}),
        ("ack-core", "GetClusterAuditProject", AUDIT_LOG),
        ("ack-core", "DescribeKubernetesVersionMetadata", {"version_supported"}),
        ("ack-core", "DescribeKey", {"secrets_encryption/key_manager"}),
    ],
)
def test_a_denial_leaves_its_facts_unknown(
    collect: Collect, name: str, operation: str, unknown: set[str]
) -> None:
    before, found = collect()[name], collect(operation)[name]
    reasons = {path for path, reason in found.unknown.items() if reason != before.unknown.get(path)}
    assert reasons == unknown


def test_clusters_that_cannot_be_listed_have_a_stand_in(collect: Collect) -> None:
    (found,) = collect("DescribeClustersV1").values()
    assert found.unlisted
    assert set(found.unknown.values()) == {"Forbidden.RAM: cs:GetClusters"}


def test_a_region_without_clusters_gives_nothing(serve: Serve, open_account: OpenAccount) -> None:
    nothing: Answers = {"DescribeClustersV1": [{"body": {"clusters": [], "page_info": {}}}]}
    assert empty(SERVICE, open_account(serve(world={"cs": nothing}))) == []


def test_the_service_declares_what_it_asks(collect: Collect) -> None:
    made: set[Call] = set()
    collect(made=made)
    assert made == set(SERVICE.calls)


@pytest.mark.parametrize(
    ("balancers", "address", "ranges"),
    [
        # An older cluster does not name its load balancer: it has the private endpoint's address.
        ([], "10.0.1.20", ["198.51.100.0/24", "198.51.101.0/24"]),
        ([], "10.0.1.99", None),
        ([{"load_balancer_id": "nlb-1"}], "10.0.1.20", None),
        ([{"load_balancer_id": "lb-nowhere"}], "10.0.1.20", None),
    ],
)
def test_the_load_balancer_of_the_api_server_is_found(
    serve: Serve,
    open_account: OpenAccount,
    balancers: list[dict[str, str]],
    address: str,
    ranges: list[str] | None,
) -> None:
    world = load(*PRODUCTS)
    detail = {"control_plane_endpoints_config": {"load_balancers_config": balancers}}
    world["cs"]["DescribeClusterDetail"] = [{"body": detail}]
    urls = {
        "api_server_endpoint": "https://203.0.113.80:6443",
        "intranet_api_server_endpoint": f"https://{address}:6443",
    }
    for cluster in world["cs"]["DescribeClustersV1"][0]["body"]["clusters"]:
        cluster["master_url"] = json.dumps(urls)
    for listener in world["slb"]["DescribeLoadBalancerListeners"][0]["body"]["Listeners"]:
        if listener["LoadBalancerId"] == "lb-api":
            listener["LoadBalancerId"] = "lb-inner"
    found = collector(serve(world=world), open_account, SERVICE)()["ack-core"]
    assert found.facts.get("endpoint_ranges") == ranges


@pytest.mark.parametrize(
    ("version", "known", "expected"),
    [
        ("1.32.1-aliyun.1", [("1.32.1-aliyun.1", "2026-01-01T00:00:00Z")], True),
        ("1.32.1-aliyun.1", [("1.32.1-aliyun.1", "2025-01-01T00:00:00Z")], False),
        ("1.32.1-aliyun.1", [("1.32.7-aliyun.1", "2026-01-01T00:00:00Z")], True),
        ("1.26.3-aliyun.1", [("1.32.7-aliyun.1", "2026-01-01T00:00:00Z")], False),
        ("1.32.1-aliyun.1", [("1.32.1-aliyun.1", "")], None),
        ("1.32.1-aliyun.1", [], None),
    ],
)
def test_versions_are_supported_until_they_expire(
    version: str, known: list[tuple[str, str]], expected: bool | None
) -> None:
    listed = [{"version": name, "expiration_date": date} for name, date in known]
    found = supported(version, listed, datetime(2025, 6, 1, tzinfo=UTC))
    assert isinstance(found, Unknown) if expected is None else found is expected


@pytest.mark.parametrize("text", ["", "not JSON", "[]", None])
def test_texts_that_are_not_understood_are_unknown(text: Any) -> None:
    assert isinstance(endpoint_public({"master_url": text}), Unknown)
    assert isinstance(capabilities_of({"meta_data": text}), Unknown)
