"""PolarDB over HTTP: facts of clusters that comply and of ones that do not, and of denials."""

from __future__ import annotations

import pytest

from collectors.aliyun.services.polardb import SERVICE
from collectors.calls import Call
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.database_tests import (
    AUDIT_LOG,
    ENCRYPTION,
    EXPOSURE,
    Collect,
    collector,
    empty,
    newly_unknown,
)
from tests.collectors.aliyun.world import Answers


@pytest.fixture(scope="module")
def collect(serve: Serve, open_account: OpenAccount) -> Collect:
    return collector(serve("polardb", "kms", "vpc", "cms"), open_account, SERVICE)


def test_a_cluster_that_complies(collect: Collect) -> None:
    found = collect()["polar-core"]
    facts = found.facts
    assert found.id == "acs:polardb:cn-hangzhou:1234567890123456:dbcluster/pc-core"
    assert found.tags == {"system": "core-bank"}
    assert (facts["engine"], facts["network_kind"]) == ("mysql", "vpc")
    assert facts["exposure"] == {"public": False, "via": []}
    assert facts["allow_list"] == ["10.0.1.0/24"]
    assert facts["encryption"]["key_manager"] == "customer"
    assert facts["audit_log"]["enabled"] is True
    assert facts["backup"] == {
        "enabled": True,
        "retention_days": 30,
        "point_in_time": True,
        "copies": [{"region": "cn-shanghai", "account": "1234567890123456", "kind": "level-2"}],
    }
    assert facts["replicas"] == [{"region": "cn-beijing", "account": "1234567890123456"}]
    assert facts["firewall_ids"] == ["sg-db"]
    for name in ("private_endpoint", "multi_zone", "deletion_protection", "auto_minor_upgrade"):
        assert facts[name] is True


def test_a_cluster_that_does_not_comply(collect: Collect) -> None:
    """One endpoint without TLS is enough."""
    facts = collect()["polar-open"].facts
    assert facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert "0.0.0.0/0" in facts["allow_list"]
    assert facts["tls"] == {"minimum": "none", "required": False, "policy": None}
    assert facts["encryption"]["enabled"] is False
    assert facts["audit_log"]["enabled"] is False
    assert facts["backup"]["retention_days"] == 7
    for name in ("multi_zone", "deletion_protection", "auto_minor_upgrade"):
        assert facts[name] is False


def test_a_cluster_with_encrypted_disks_and_an_advanced_backup(collect: Collect) -> None:
    found = collect()["polar-disk"]
    assert found.facts["encryption"]["key_manager"] == "customer"
    assert found.facts["backup"]["retention_days"] == 36500
    assert [copy["region"] for copy in found.facts["backup"]["copies"]] == ["cn-beijing"]
    assert found.facts["deletion_protection"] is None
    assert found.unknown["multi_zone"] == "the API does not name the zone of the hot standby"
    assert "tls/required" in found.unknown


@pytest.mark.parametrize(
    ("name", "operation", "unknown"),
    [
        ("polar-core", "DescribeGlobalDatabaseNetworks", {"replicas"}),
        ("polar-core", "DescribeDBClusterAttribute", {"multi_zone", "auto_minor_upgrade"}),
        ("polar-open", "DescribeDBClusterEndpoints", {*EXPOSURE, "private_endpoint"}),
        (
            "polar-open",
            "DescribeDBClusterAccessWhitelist",
            {*EXPOSURE, "allow_list", "firewall_ids"},
        ),
        ("polar-core", "DescribeDBClusterSSL", {"tls/minimum", "tls/required"}),
        ("polar-core", "DescribeDBClusterTDE", ENCRYPTION),
        ("polar-open", "DescribeDBClusterEncryptionKey", ENCRYPTION),
        ("polar-core", "DescribeKey", {"encryption/key_manager"}),
        (
            "polar-core",
            "DescribeBackupPolicy",
            {"backup/enabled", "backup/retention_days", "backup/copies"},
        ),
        ("polar-core", "DescribeLogBackupPolicy", {"backup/point_in_time"}),
        ("polar-core", "DescribeDBClusterAuditLogCollector", AUDIT_LOG),
        ("polar-core", "DescribeVSwitches", {"subnet_routes_to_internet"}),
    ],
)
def test_a_denial_leaves_its_facts_unknown(
    collect: Collect, name: str, operation: str, unknown: set[str]
) -> None:
    assert newly_unknown(collect, name, operation) == unknown


def test_clusters_that_cannot_be_listed_have_a_stand_in(collect: Collect) -> None:
    (found,) = collect("DescribeDBClusters").values()
    assert found.unlisted
    assert set(found.unknown.values()) == {"Forbidden.RAM: polardb:DescribeDBClusters"}


def test_a_region_without_clusters_gives_nothing(serve: Serve, open_account: OpenAccount) -> None:
    nothing: Answers = {"DescribeDBClusters": [{"body": {"Items": {"DBCluster": []}}}]}
    assert empty(SERVICE, open_account(serve(world={"polardb": nothing}))) == []


def test_the_service_declares_what_it_asks(collect: Collect) -> None:
    made: set[Call] = set()
    collect(made=made)
    assert made == set(SERVICE.calls)
