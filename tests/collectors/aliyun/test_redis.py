"""Redis and Tair over HTTP: facts of instances that comply and of ones that do not, and denials."""

from __future__ import annotations

import pytest

from collectors.aliyun.redis_facts import engine_of
from collectors.aliyun.services.redis import SERVICE
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
def collect(serve: Serve, open_account: OpenAccount) -> Collect:
    return collector(serve("r-kvstore", "kms", "vpc", "cms"), open_account, SERVICE)


def test_an_instance_that_complies(collect: Collect) -> None:
    found = collect()["redis-core"]
    facts = found.facts
    assert found.id == "acs:kvstore:cn-hangzhou:1234567890123456:instance/r-core"
    assert found.tags == {"system": "core-bank"}
    assert (facts["engine"], facts["network_kind"]) == ("tair", "vpc")
    assert facts["exposure"] == {"public": False, "via": []}
    assert facts["encryption"] == {
        "enabled": True, "key_manager": "provider", "key_id": "key-redis",
        "algorithm": "aes-ctr-256",
    }  # fmt: skip
    assert (facts["audit_log"]["enabled"], facts["audit_log"]["retention_days"]) == (True, 180)
    assert facts["backup"] == {
        "enabled": True, "retention_days": 30, "point_in_time": True, "copies": [],
    }  # fmt: skip
    assert facts["replicas"] == [{"region": "ap-southeast-1", "account": "1234567890123456"}]
    assert found.unknown["tls/required"].startswith("the vendor does not tell")
    for name in ("authentication", "private_endpoint", "multi_zone", "deletion_protection"):
        assert facts[name] is True
    assert "ConnectionDomain" not in found.native


def test_an_instance_that_does_not_comply(collect: Collect) -> None:
    facts = collect()["redis-open"].facts
    assert facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert facts["allow_list"] == ["0.0.0.0/0"]
    assert facts["tls"] == {"minimum": "none", "required": False, "policy": None}
    assert facts["encryption"]["enabled"] is False
    assert facts["audit_log"]["enabled"] is False
    assert (facts["backup"]["retention_days"], facts["backup"]["point_in_time"]) == (7, False)
    for name in ("authentication", "multi_zone", "deletion_protection"):
        assert facts[name] is False


def test_an_instance_of_the_classic_network(collect: Collect) -> None:
    facts = collect()["redis-old"].facts
    assert (facts["network_kind"], facts["private_endpoint"]) == ("classic", False)
    assert facts["subnet_routes_to_internet"] is None
    assert facts["deletion_protection"] is None
    assert facts["authentication"] is True
    assert facts["tls"]["minimum"] == "none"
    assert facts["encryption"]["enabled"] is False


@pytest.mark.parametrize(
    ("name", "operation", "unknown"),
    [
        (
            "redis-core",
            "DescribeInstanceAttribute",
            {"authentication", "deletion_protection"},
        ),
        ("redis-open", "DescribeDBInstanceNetInfo", {*EXPOSURE, "private_endpoint"}),
        ("redis-open", "DescribeSecurityIps", {*EXPOSURE, "allow_list"}),
        ("redis-core", "DescribeInstanceSSL", TLS),
        ("redis-core", "DescribeInstanceTDEStatus", ENCRYPTION),
        ("redis-core", "DescribeEncryptionKey", ENCRYPTION - {"encryption/enabled"}),
        ("redis-core", "DescribeKey", {"encryption/key_manager"}),
        ("redis-core", "DescribeBackupPolicy", BACKUP),
        ("redis-core", "DescribeAuditLogConfig", AUDIT_LOG),
        ("redis-core", "DescribeSecurityGroupConfiguration", {"firewall_ids"}),
        ("redis-core", "DescribeGlobalDistributeCache", {"replicas"}),
        ("redis-core", "DescribeVSwitches", {"subnet_routes_to_internet"}),
    ],
)
def test_a_denial_leaves_its_facts_unknown(
    collect: Collect, name: str, operation: str, unknown: set[str]
) -> None:
    assert newly_unknown(collect, name, operation) == unknown


def test_instances_that_cannot_be_listed_have_a_stand_in(collect: Collect) -> None:
    (found,) = collect("DescribeInstances").values()
    assert found.unlisted
    assert set(found.unknown.values()) == {"Forbidden.RAM: kvstore:DescribeInstances"}


def test_a_region_without_instances_gives_nothing(serve: Serve, open_account: OpenAccount) -> None:
    nothing: Answers = {"DescribeInstances": [{"body": {"Instances": {"KVStoreInstance": []}}}]}
    assert empty(SERVICE, open_account(serve(world={"r-kvstore": nothing}))) == []


def test_the_service_declares_what_it_asks(collect: Collect) -> None:
    made: set[Call] = set()
    collect(made=made)
    assert made == set(SERVICE.calls)


def test_what_is_held_in_memory_only_is_named_as_everywhere() -> None:
    assert engine_of("Memcache") == "memcached"
