"""RDS over HTTP: facts of instances that comply and of ones that do not, and of what is denied."""

from __future__ import annotations

import pytest

from collectors.aliyun import postgresql_tls, rds_facts
from collectors.aliyun.services.rds import SERVICE
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

_TOLD_BY_NONE = {"version_supported", "tls/minimum"}


@pytest.fixture(scope="module")
def collect(serve: Serve, open_account: OpenAccount) -> Collect:
    return collector(serve("rds", "kms", "vpc", "cms"), open_account, SERVICE)


def test_an_instance_that_complies(collect: Collect) -> None:
    found = collect()["core"]
    facts = found.facts
    assert found.id == "acs:rds:cn-hangzhou:1234567890123456:dbinstance/rm-core"
    assert found.tags == {"system": "core-bank", "level": "3", "owner": "dba"}
    assert (facts["engine"], facts["engine_version"], facts["network_kind"]) == (
        "mysql", "8.0", "vpc",
    )  # fmt: skip
    assert facts["exposure"] == {"public": False, "via": []}
    assert facts["allow_list"] == ["127.0.0.1/32", "10.0.1.0/24", "10.0.3.7/32"]
    assert facts["tls"]["required"]
    assert facts["encryption"] == {
        "enabled": True, "key_manager": "customer", "key_id": "key-db", "algorithm": "aes-256",
    }  # fmt: skip
    assert (facts["audit_log"]["enabled"], facts["audit_log"]["retention_days"]) == (True, 180)
    assert facts["backup"] == {
        "enabled": True,
        "retention_days": 30,
        "point_in_time": True,
        "copies": [
            {"region": "cn-shanghai", "account": "1234567890123456", "kind": "cross-region"}
        ],
    }
    assert facts["replicas"] == [{"region": "cn-hangzhou", "account": "1234567890123456"}]
    assert facts["firewall_ids"] == ["sg-db"]
    assert not facts["subnet_routes_to_internet"]
    for name in ("private_endpoint", "multi_zone", "deletion_protection", "auto_minor_upgrade"):
        assert facts[name] is True
    assert set(found.unknown) >= _TOLD_BY_NONE
    assert "ConnectionString" not in str(found.native)


def test_an_instance_that_does_not_comply(collect: Collect) -> None:
    facts = collect()["open"].facts
    assert facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert facts["allow_list"] == ["0.0.0.0/0"]
    assert facts["encryption"]["enabled"] is False
    assert facts["audit_log"]["enabled"] is False
    assert (facts["backup"]["retention_days"], facts["backup"]["point_in_time"]) == (7, False)
    for name in ("multi_zone", "guard_instance", "deletion_protection", "auto_minor_upgrade"):
        assert facts[name] is False
    assert facts["tls"]["required"] is False
    assert facts["tenancy"] == "shared"


def test_an_instance_of_the_classic_network(collect: Collect) -> None:
    """Its public endpoint is that of a proxy; an engine without TLS speaks plaintext."""
    found = collect()["old"]
    facts = found.facts
    assert (facts["network_kind"], facts["private_endpoint"]) == ("classic", False)
    assert facts["exposure"]["public"] is True
    assert facts["tls"] == {"minimum": "none", "required": False, "policy": None}
    assert facts["subnet_routes_to_internet"] is None
    assert facts["deletion_protection"] is None
    assert (facts["tenancy"], facts["multi_zone"], facts["guard_instance"]) == (
        "dedicated", True, True,
    )  # fmt: skip
    assert facts["encryption"]["key_manager"] == "customer"
    assert facts["backup"]["retention_days"] == 36500
    assert facts["replicas"][1]["region"] == "ap-southeast-1"
    assert found.unknown["replicas/0/region"].startswith("the API does not name the region")


def test_a_read_only_instance_is_backed_up_with_its_primary(collect: Collect) -> None:
    """And stands in several zones where its primary does."""
    facts = collect()["core-read"].facts
    assert facts["multi_zone"] is True
    assert (facts["backup"]["retention_days"], facts["backup"]["point_in_time"]) == (30, True)
    assert facts["encryption"]["key_manager"] == "provider"
    assert facts["tls"]["required"] is False


@pytest.mark.parametrize(
    ("name", "operation", "unknown"),
    [
        ("core", "DescribeDBInstanceByTags", {"tags"}),
        ("core", "DescribeCrossRegionBackupDBInstance", {"backup/copies"}),
        ("core", "DescribeGadInstances", {"replicas"}),
        (
            "core",
            "DescribeDBInstanceAttribute",
            {"multi_zone", "guard_instance", "replicas", "auto_minor_upgrade", "tenancy"},
        ),
        ("open", "DescribeDBInstanceNetInfo", {*EXPOSURE, "private_endpoint"}),
        ("old", "DescribeDBProxy", EXPOSURE),
        ("open", "DescribeDBInstanceIPArrayList", {*EXPOSURE, "allow_list"}),
        ("core", "DescribeDBInstanceSSL", TLS),
        ("open", "DescribePGHbaConfig", {"tls/required"}),
        (
            "core",
            "DescribeDBInstanceEncryptionKey",
            ENCRYPTION,
        ),
        (
            "old",
            "DescribeDBInstanceTDE",
            ENCRYPTION,
        ),
        ("old", "DescribeKey", {"encryption/key_manager"}),
        (
            "core",
            "DescribeBackupPolicy",
            BACKUP,
        ),
        (
            "core",
            "DescribeSQLCollectorPolicy",
            AUDIT_LOG,
        ),
        ("core", "DescribeSQLCollectorRetention", {"audit_log/retention_days"}),
        ("core", "DescribeSecurityGroupConfiguration", {"firewall_ids"}),
        ("core", "DescribeVSwitches", {"subnet_routes_to_internet"}),
    ],
)
def test_a_denial_leaves_its_facts_unknown(
    collect: Collect, name: str, operation: str, unknown: set[str]
) -> None:
    assert newly_unknown(collect, name, operation) == unknown


def test_instances_that_cannot_be_listed_have_a_stand_in(collect: Collect) -> None:
    (found,) = collect("DescribeDBInstances").values()
    assert found.unlisted
    assert set(found.unknown.values()) == {"Forbidden.RAM: rds:DescribeDBInstances"}


def test_a_region_without_instances_gives_nothing(serve: Serve, open_account: OpenAccount) -> None:
    nothing: Answers = {"DescribeDBInstances": [{"body": {"Items": {"DBInstance": []}}}]}
    assert empty(SERVICE, open_account(serve(world={"rds": nothing}))) == []


def test_the_service_declares_what_it_asks(collect: Collect) -> None:
    made: set[Call] = set()
    collect(made=made)
    assert made == set(SERVICE.calls)


def test_logs_of_sql_server_are_backed_up_each_half_hour() -> None:
    policy = {"EnableBackupLog": "0", "LogBackupFrequency": "LogInterval"}
    assert rds_facts.backup("sqlserver", policy, [], "1").point_in_time is True
    policy = {"EnableBackupLog": "0", "LogBackupFrequency": ""}
    assert isinstance(rds_facts.backup("sqlserver", policy, [], "1").point_in_time, Unknown)


def test_the_lowest_tls_version_of_sql_server_is_told() -> None:
    ssl = {"SSLEnabled": "Yes", "ForceEncryption": "1", "TlsVersion": "1.2"}
    assert rds_facts.tls("sqlserver", ssl, None).minimum == "1.2"


def test_plaintext_is_refused_where_every_entry_demands_tls() -> None:
    entry = {"Type": "hostssl", "Method": "md5"}
    assert postgresql_tls.refuses_plaintext([entry]) is True
    assert postgresql_tls.refuses_plaintext([entry, {"Type": "host", "Method": "md5"}]) is False
    refused = {"Type": "hostnossl", "Method": "reject"}
    assert postgresql_tls.refuses_plaintext([refused, entry]) is True
    assert isinstance(
        postgresql_tls.refuses_plaintext([refused, {"Type": "host", "Method": "md5"}]), Unknown
    )


def test_recovery_instances_are_told_in_several_shapes() -> None:
    found = rds_facts.recovery_regions(
        {
            "DisasterRecoveryInstances": '[{"regionId": "cn-beijing", "insName": "pgm-1"}]',
            "DrReplicaInfo": {"Region": "cn-shanghai", "InsName": "pgm-2"},
            "WarmStandbyInfo": {},
        }
    )
    assert found == ["cn-beijing", "cn-shanghai"]
