"""MongoDB over HTTP: facts of instances that comply and of ones that do not, and of denials."""

from __future__ import annotations

import pytest

from collectors.aliyun import mongodb_facts
from collectors.aliyun.services.mongodb import SERVICE
from collectors.calls import Call
from collectors.document import Unknown
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
def collect(serve: Serve, open_account: OpenAccount) -> Collect:
    return collector(serve("dds", "kms", "vpc", "cms"), open_account, SERVICE)


def test_a_replica_set_that_complies(collect: Collect) -> None:
    found = collect()["mongo-core"]
    facts = found.facts
    assert found.id == "acs:dds:cn-hangzhou:1234567890123456:dbinstance/dds-core"
    assert found.tags == {"system": "core-bank"}
    assert (facts["engine"], facts["network_kind"]) == ("mongodb", "vpc")
    assert facts["exposure"] == {"public": False, "via": []}
    assert facts["allow_list"] == ["10.0.1.0/24"]
    assert facts["tls"]["required"] is True
    assert facts["encryption"]["key_manager"] == "customer"
    assert (facts["audit_log"]["enabled"], facts["audit_log"]["retention_days"]) == (True, 180)
    assert facts["backup"] == {
        "enabled": True,
        "retention_days": 30,
        "point_in_time": True,
        "copies": [
            {"region": "cn-shanghai", "account": "1234567890123456", "kind": "cross-region"}
        ],
    }
    assert facts["firewall_ids"] == ["sg-db"]
    for name in ("authentication", "private_endpoint", "multi_zone", "deletion_protection"):
        assert facts[name] is True


def test_a_replica_set_that_does_not_comply(collect: Collect) -> None:
    """Machines of its VPC need no password."""
    facts = collect()["mongo-open"].facts
    assert facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert facts["tls"] == {"minimum": "none", "required": False, "policy": None}
    assert facts["encryption"]["enabled"] is False
    assert facts["audit_log"]["enabled"] is False
    assert (facts["backup"]["retention_days"], facts["backup"]["point_in_time"]) == (7, False)
    for name in ("authentication", "multi_zone", "deletion_protection"):
        assert facts[name] is False


def test_a_sharded_cluster(collect: Collect) -> None:
    """Its public endpoint lets in an office only; its nodes tell that it spans zones."""
    facts = collect()["mongo-shard"].facts
    assert facts["exposure"] == {"public": False, "via": []}
    assert facts["allow_list"] == ["127.0.0.1/32", "203.0.113.0/24"]
    assert facts["multi_zone"] is True
    assert facts["encryption"]["algorithm"] == "aes-256-cbc"
    assert facts["tls"]["required"] is False
    assert facts["deletion_protection"] is None


@pytest.mark.parametrize(
    ("name", "operation", "unknown"),
    [
        (
            "mongo-core",
            "DescribeDBInstanceAttribute",
            {*ENCRYPTION, "authentication", "deletion_protection", "subnet_routes_to_internet"},
        ),
        ("mongo-open", "DescribeReplicaSetRole", {*EXPOSURE, "private_endpoint"}),
        ("mongo-shard", "DescribeShardingNetworkAddress", {"private_endpoint"}),
        ("mongo-open", "DescribeRoleZoneInfo", {"multi_zone"}),
        ("mongo-open", "DescribeSecurityIps", {*EXPOSURE, "allow_list"}),
        ("mongo-core", "DescribeDBInstanceSSL", TLS),
        ("mongo-open", "DescribeDBInstanceTDEInfo", ENCRYPTION),
        ("mongo-core", "DescribeKey", {"encryption/key_manager"}),
        ("mongo-core", "DescribeBackupPolicy", {*BACKUP, "backup/copies"}),
        ("mongo-core", "DescribeAuditPolicy", AUDIT_LOG),
        ("mongo-core", "DescribeMongoDBLogConfig", {"audit_log/retention_days"}),
        ("mongo-core", "DescribeSecurityGroupConfiguration", {"firewall_ids"}),
        ("mongo-core", "DescribeVSwitches", {"subnet_routes_to_internet"}),
    ],
)
def test_a_denial_leaves_its_facts_unknown(
    collect: Collect, name: str, operation: str, unknown: set[str]
) -> None:
    assert newly_unknown(collect, name, operation) == unknown


def test_instances_that_cannot_be_listed_have_a_stand_in(collect: Collect) -> None:
    (found,) = collect("DescribeDBInstances").values()
    assert found.unlisted
    assert set(found.unknown.values()) == {"Forbidden.RAM: dds:DescribeDBInstances"}


def test_a_region_without_instances_gives_nothing(serve: Serve, open_account: OpenAccount) -> None:
    nothing: Answers = {"DescribeDBInstances": [{"body": {"DBInstances": {"DBInstance": []}}}]}
    assert empty(SERVICE, open_account(serve(world={"dds": nothing}))) == []


def test_the_service_declares_what_it_asks(collect: Collect) -> None:
    made: set[Call] = set()
    collect(made=made)
    assert made == set(SERVICE.calls)


@pytest.mark.parametrize(
    ("store", "kept"),
    [
        ({"ServiceType": "Trial", "TtlForTrail": 1}, 1),
        ({"ServiceType": "V2_Standard", "TtlForV2Standard": 365}, 365),
    ],
)
def test_audit_records_are_kept_by_edition(store: dict[str, object], kept: int) -> None:
    assert mongodb_facts.audit_retention(store) == kept
    assert isinstance(mongodb_facts.audit_retention({}), Unknown)
