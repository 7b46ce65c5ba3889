"""AnalyticDB and ClickHouse over HTTP: facts of clusters that comply and of ones that do not, and
of denials."""

from __future__ import annotations

import pytest

from collectors.aliyun.services import analyticdb, clickhouse
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


def test_clusters_that_cannot_be_listed_have_a_stand_in(adb: Collect, house: Collect) -> None:
    (found,) = adb("DescribeDBClusters").values()
    assert set(found.unknown.values()) == {"Forbidden.RAM: adb:DescribeDBClusters"}
    (found,) = house("DescribeDBInstances").values()
    assert set(found.unknown.values()) == {"Forbidden.RAM: clickhouse:DescribeDBInstances"}
    assert found.unlisted


def test_a_region_without_clusters_gives_nothing(serve: Serve, open_account: OpenAccount) -> None:
    none: Answers = {"DescribeDBClusters": [{"body": {"Items": {"DBCluster": []}}}]}
    no_house: Answers = {"DescribeDBInstances": [{"body": {"Data": {"DBInstances": []}}}]}
    account = open_account(serve(world={"adb": none, "clickhouse": no_house}))
    assert empty(analyticdb.SERVICE, account) == empty(clickhouse.SERVICE, account) == []


def test_the_services_declare_what_they_ask(adb: Collect, house: Collect) -> None:
    for collect, service in ((adb, analyticdb.SERVICE), (house, clickhouse.SERVICE)):
        made: set[Call] = set()
        collect(made=made)
        assert made == set(service.calls)
