"""AnalyticDB, ClickHouse and Lindorm over HTTP: facts of clusters that comply and of ones that do
not, and of denials."""

from __future__ import annotations

import pytest

from collectors.aliyun.services import analyticdb, clickhouse, gpdb, lindorm
from collectors.calls import Call
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.database_tests import (
    AUDIT_LOG,
    BACKUP,
    ENCRYPTION,
    EXPOSURE,
    TLS,
    Collect,
    collector,
    empty,
    newly_unknown,
)
from tests.collectors.aliyun.world import Answers


@pytest.fixture(scope="module")
def adb(serve: Serve, open_account: OpenAccount) -> Collect:
    return collector(serve("adb", "kms", "vpc", "cms"), open_account, analyticdb.SERVICE)


@pytest.fixture(scope="module")
def house(serve: Serve, open_account: OpenAccount) -> Collect:
    return collector(serve("clickhouse", "vpc", "cms"), open_account, clickhouse.SERVICE)


@pytest.fixture(scope="module")
def greenplum(serve: Serve, open_account: OpenAccount) -> Collect:
    return collector(serve("gpdb", "kms", "vpc", "cms"), open_account, gpdb.SERVICE)


@pytest.fixture(scope="module")
def wide(serve: Serve, open_account: OpenAccount) -> Collect:
    return collector(serve("hitsdb", "vpc", "cms"), open_account, lindorm.SERVICE)


def test_an_analyticdb_cluster_that_complies(adb: Collect) -> None:
    found = adb()["adb-core"]
    facts = found.facts
    assert found.id == "acs:adb:cn-hangzhou:1234567890123456:dbcluster/am-core"
    assert found.tags == {"system": "core-bank"}
    assert (facts["engine"], facts["network_kind"]) == ("analyticdb-mysql", "vpc")
    assert facts["exposure"] == {"public": False, "via": []}
    assert facts["encryption"]["key_manager"] == "customer"
    assert facts["audit_log"]["enabled"] is True
    assert (facts["backup"]["retention_days"], facts["backup"]["point_in_time"]) == (30, True)
    assert (facts["private_endpoint"], facts["multi_zone"]) == (True, True)


def test_an_analyticdb_cluster_that_does_not_comply(adb: Collect) -> None:
    facts = adb()["adb-open"].facts
    assert facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert facts["allow_list"] == ["0.0.0.0/0"]
    assert facts["tls"] == {"minimum": "none", "required": False, "policy": None}
    assert facts["encryption"]["enabled"] is False
    assert facts["audit_log"]["enabled"] is False
    assert facts["multi_zone"] is False


@pytest.mark.parametrize(
    ("name", "operation", "unknown"),
    [
        ("adb-core", "DescribeDBClusterAttribute", {*ENCRYPTION, "multi_zone"}),
        ("adb-open", "DescribeDBClusterNetInfo", {*EXPOSURE, "private_endpoint"}),
        ("adb-open", "DescribeDBClusterAccessWhiteList", {*EXPOSURE, "allow_list"}),
        ("adb-core", "DescribeDBClusterSSL", TLS),
        ("adb-core", "DescribeAuditLogConfig", AUDIT_LOG),
        ("adb-core", "DescribeBackupPolicy", BACKUP),
        ("adb-core", "DescribeKey", {"encryption/key_manager"}),
        ("adb-core", "DescribeVSwitches", {"subnet_routes_to_internet"}),
    ],
)
def test_a_denial_leaves_facts_of_analyticdb_unknown(
    adb: Collect, name: str, operation: str, unknown: set[str]
) -> None:
    assert newly_unknown(adb, name, operation) == unknown


def test_a_clickhouse_cluster_that_complies(house: Collect) -> None:
    found = house()["ch-core"]
    facts = found.facts
    assert found.tags == {"system": "core-bank"}
    assert (facts["engine"], facts["network_kind"]) == ("clickhouse", "vpc")
    assert facts["exposure"] == {"public": False, "via": []}
    assert facts["backup"]["retention_days"] == 30
    for name in ("private_endpoint", "multi_zone", "deletion_protection"):
        assert facts[name] is True
    assert found.unknown["tls/required"].startswith("whether the disabled ports")


def test_a_clickhouse_cluster_that_does_not_comply(house: Collect) -> None:
    facts = house()["ch-open"].facts
    assert facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert facts["tls"]["required"] is False
    assert facts["backup"]["enabled"] is False
    assert (facts["multi_zone"], facts["deletion_protection"]) == (False, False)


@pytest.mark.parametrize(
    ("name", "operation", "unknown"),
    [
        ("ch-core", "DescribeDBInstanceAttribute", {"multi_zone", "tls/required"}),
        ("ch-open", "DescribeEndpoints", {*EXPOSURE, "private_endpoint"}),
        ("ch-open", "DescribeSecurityIPList", {*EXPOSURE, "allow_list"}),
        ("ch-core", "DescribeBackupPolicy", {"backup/enabled", "backup/retention_days"}),
        ("ch-core", "DescribeVSwitches", {"subnet_routes_to_internet"}),
    ],
)
def test_a_denial_leaves_facts_of_clickhouse_unknown(
    house: Collect, name: str, operation: str, unknown: set[str]
) -> None:
    assert newly_unknown(house, name, operation) == unknown


def test_instances_of_analyticdb_for_postgresql(greenplum: Collect) -> None:
    found = greenplum()
    good, bad = found["gp-core"].facts, found["gp-open"].facts
    assert found["gp-core"].tags == {"system": "core-bank"}
    assert (good["engine"], good["exposure"]["public"]) == ("analyticdb-postgresql", False)
    assert good["encryption"]["key_manager"] == "customer"
    assert (good["backup"]["retention_days"], good["backup"]["point_in_time"]) == (30, True)
    assert good["multi_zone"] is True
    assert bad["exposure"] == {"public": True, "via": ["endpoint"]}
    assert bad["tls"] == {"minimum": "none", "required": False, "policy": None}
    assert bad["encryption"]["enabled"] is False
    assert bad["multi_zone"] is False


@pytest.mark.parametrize(
    ("name", "operation", "unknown"),
    [
        ("gp-core", "DescribeDBInstanceAttribute", {*ENCRYPTION, "multi_zone"}),
        ("gp-open", "DescribeDBInstanceNetInfo", {*EXPOSURE, "private_endpoint"}),
        ("gp-open", "DescribeDBInstanceIPArrayList", {*EXPOSURE, "allow_list"}),
        ("gp-core", "DescribeDBInstanceSSL", TLS),
        ("gp-core", "DescribeBackupPolicy", BACKUP),
        ("gp-core", "DescribeKey", {"encryption/key_manager"}),
        ("gp-core", "DescribeVSwitches", {"subnet_routes_to_internet"}),
    ],
)
def test_a_denial_leaves_facts_of_analyticdb_for_postgresql_unknown(
    greenplum: Collect, name: str, operation: str, unknown: set[str]
) -> None:
    assert newly_unknown(greenplum, name, operation) == unknown


def test_instances_of_lindorm(wide: Collect) -> None:
    found = wide()
    good, bad = found["ld-core"].facts, found["ld-open"].facts
    assert (good["engine"], good["engine_version"]) == ("lindorm", "2.6.4")
    assert good["exposure"] == {"public": False, "via": []}
    assert good["allow_list"] == ["10.0.1.0/24"]
    assert good["encryption"]["enabled"] is True
    assert (good["multi_zone"], good["deletion_protection"]) == (True, True)
    assert bad["exposure"] == {"public": True, "via": ["endpoint"]}
    assert bad["encryption"]["enabled"] is False
    assert bad["tls"]["minimum"] == "none"
    assert (bad["multi_zone"], bad["deletion_protection"]) == (False, False)
    for fact in ("authentication", "backup/enabled", "audit_log"):
        assert fact in found["ld-core"].unknown


@pytest.mark.parametrize(
    ("name", "operation", "unknown"),
    [
        (
            "ld-core",
            "GetLindormInstance",
            {
                *ENCRYPTION,
                *TLS,
                "engine_version",
                "multi_zone",
                "deletion_protection",
                "subnet_routes_to_internet",
            },
        ),
        ("ld-open", "GetLindormInstanceEngineList", {*EXPOSURE, "private_endpoint"}),
        ("ld-open", "GetInstanceIpWhiteList", {*EXPOSURE, "allow_list"}),
        ("ld-core", "DescribeVSwitches", {"subnet_routes_to_internet"}),
    ],
)
def test_a_denial_leaves_facts_of_lindorm_unknown(
    wide: Collect, name: str, operation: str, unknown: set[str]
) -> None:
    assert newly_unknown(wide, name, operation) == unknown


def test_what_cannot_be_listed_has_a_stand_in(
    adb: Collect, house: Collect, greenplum: Collect, wide: Collect
) -> None:
    for collect, operation, permission in (
        (adb, "DescribeDBClusters", "adb:DescribeDBClusters"),
        (house, "DescribeDBInstances", "clickhouse:DescribeDBInstances"),
        (greenplum, "DescribeDBInstances", "gpdb:DescribeDBInstances"),
        (wide, "GetLindormInstanceList", "lindorm:GetLindormInstanceList"),
    ):
        (found,) = collect(operation).values()
        assert found.unlisted
        assert set(found.unknown.values()) == {f"Forbidden.RAM: {permission}"}


def test_a_region_without_any_gives_nothing(serve: Serve, open_account: OpenAccount) -> None:
    nothing: dict[str, Answers] = {
        "adb": {"DescribeDBClusters": [{"body": {"Items": {"DBCluster": []}}}]},
        "clickhouse": {"DescribeDBInstances": [{"body": {"Data": {"DBInstances": []}}}]},
        "gpdb": {"DescribeDBInstances": [{"body": {"Items": {"DBInstance": []}}}]},
        "hitsdb": {"GetLindormInstanceList": [{"body": {"InstanceList": []}}]},
    }
    account = open_account(serve(world=nothing))
    for service in (analyticdb.SERVICE, clickhouse.SERVICE, gpdb.SERVICE, lindorm.SERVICE):
        assert empty(service, account) == []


def test_the_services_declare_what_they_ask(
    adb: Collect, house: Collect, greenplum: Collect, wide: Collect
) -> None:
    for collect, service in (
        (adb, analyticdb.SERVICE),
        (house, clickhouse.SERVICE),
        (greenplum, gpdb.SERVICE),
        (wide, lindorm.SERVICE),
    ):
        made: set[Call] = set()
        collect(made=made)
        assert made == set(service.calls)
