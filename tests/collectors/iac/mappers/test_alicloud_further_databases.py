"""SelectDB, HBase and PolarDB-X; zones, audit logs and backups of warehouses and Tablestore."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
ANYONE = "0.0.0.0/0"


@pytest.mark.parametrize(
    ("kind", "values", "public"),
    [
        (
            "alicloud_selectdb_db_instance",
            {
                "enable_public_network": True,
                "desired_security_ip_lists": [{"security_ip_list": f"10.0.0.1,{ANYONE}"}],
            },
            True,
        ),
        (
            "alicloud_selectdb_db_instance",
            {
                "enable_public_network": True,
                "desired_security_ip_lists": [{"security_ip_list": "10.0.0.1"}],
            },
            False,
        ),
        ("alicloud_selectdb_db_instance", {"enable_public_network": True}, None),
        (
            "alicloud_selectdb_db_instance",
            {"enable_public_network": APPLY, "desired_security_ip_lists": APPLY},
            None,
        ),
        ("alicloud_hbase_instance", {"ip_white": ANYONE}, False),
        ("alicloud_drds_instance", {}, False),
        ("alicloud_adb_cluster", {"security_ips": [ANYONE]}, False),
    ],
)
def test_who_reaches_it(kind: str, values: dict[str, Any], public: bool | None) -> None:
    assert the(block(f"{kind}.d", values)).facts["exposure"].get("public") is public


def test_what_no_argument_tells_is_open() -> None:
    """None of it may pass for what the cloud may have switched off."""
    for kind in (
        "alicloud_selectdb_db_instance",
        "alicloud_hbase_instance",
        "alicloud_drds_instance",
        "alicloud_drds_polardbx_instance",
    ):
        found = the(block(f"{kind}.d", {})).unknown
        assert {"encryption/enabled", "backup/enabled", "audit_log", "tls/required"} <= found.keys()


def test_hbase() -> None:
    kind = "alicloud_hbase_instance.h"
    classic = the(block(kind, {"engine_version": "2.0"})).facts
    assert (classic["engine"], classic["network_kind"]) == ("hbase", "classic")
    assert (classic["private_endpoint"], classic["deletion_protection"]) == (False, True)
    told = {"engine": "hbaseue", "vswitch_id": "vsw-1", "ip_white": "10.0.0.1", "name": "wide"}
    inside = the(block(kind, {**told, "encryption_key": "key-1", "deletion_protection": False}))
    assert (inside.name, inside.facts["engine"]) == ("wide", "hbaseue")
    assert inside.facts["allow_list"] == ["10.0.0.1/32"]
    assert inside.facts["encryption"]["key_id"] == "key-1"
    assert inside.facts["deletion_protection"] is False


def test_polardb_x() -> None:
    kind = "alicloud_drds_polardbx_instance"
    copy = block(f"{kind}.c", {"primary_db_instance_name": Reference(f"{kind}.d")}, {"region": "r"})
    found = the(block(f"{kind}.d", {"topology_type": "3azones"}), copy)
    assert (found.facts["multi_zone"], found.facts["engine_version"]) == (True, "5.7")
    assert found.facts["replicas"][0]["region"] == "r"
    assert the(block(f"{kind}.d", {"topology_type": "1azone"})).facts["multi_zone"] is False
    assert "multi_zone" in the(block(f"{kind}.d", {"topology_type": APPLY})).unknown


@pytest.mark.parametrize(
    ("kind", "values", "several"),
    [
        ("alicloud_adb_db_cluster", {"zone_id": "a"}, False),
        ("alicloud_adb_db_cluster_lake_version", {"zone_id": "a", "secondary_zone_id": "b"}, True),
        ("alicloud_adb_db_cluster_lake_version", {"secondary_zone_id": "b"}, None),
        (
            "alicloud_adb_db_cluster_lake_version",
            {"zone_id": APPLY, "secondary_zone_id": "b"},
            None,
        ),
        ("alicloud_click_house_db_cluster", {}, False),
        ("alicloud_click_house_db_cluster", {"multi_zone_vswitch_list": [{"zone_id": "b"}]}, True),
        ("alicloud_lindorm_instance", {}, False),
        ("alicloud_lindorm_instance_v2", {"arch_version": "2.0"}, True),
        ("alicloud_lindorm_instance_v2", {"arch_version": APPLY}, None),
        ("alicloud_kvstore_instance", {"zone_id": APPLY, "secondary_zone_id": "b"}, None),
        ("alicloud_ots_instance", {}, None),
    ],
)
def test_zones(kind: str, values: dict[str, Any], several: bool | None) -> None:
    assert the(block(f"{kind}.d", values)).facts.get("multi_zone") is several


@pytest.mark.parametrize(
    ("settings", "on"),
    [
        (None, False),
        ({"xpack.security.audit.enabled": "true"}, True),
        ({"xpack.security.audit.enabled": APPLY}, None),
        ({"action.destructive_requires_name": "true"}, False),
        (APPLY, None),
        (Reference("data.other.one", "settings"), None),
    ],
)
def test_the_audit_log_of_elasticsearch(settings: Any, on: bool | None) -> None:
    found = the(block("alicloud_elasticsearch_instance.e", {"setting_config": settings}))
    assert found.facts["audit_log"].get("enabled") is on


@pytest.mark.parametrize(
    ("kind", "policy"),
    [
        ("alicloud_adb_db_cluster", "alicloud_adb_backup_policy"),
        ("alicloud_click_house_db_cluster", "alicloud_click_house_backup_policy"),
    ],
)
def test_backups_by_a_policy(kind: str, policy: str) -> None:
    own = {"db_cluster_id": Reference(f"{kind}.d"), "preferred_backup_period": ["Monday"]}
    found = the(block(f"{kind}.d", {}), block(f"{policy}.p", own))
    assert (found.facts["backup"]["enabled"], found.facts["backup"]["copies"]) == (True, [])
    for others in ((), (block(f"{policy}.p", {"db_cluster_id": APPLY}),)):
        assert "backup/enabled" in the(block(f"{kind}.d", {}), *others).unknown


def test_tablestore() -> None:
    """A bound VPC is a private way, a policy for the whole instance a backup; what backs up some
    tables is none for sure."""
    kind = "alicloud_ots_instance.o"
    instance = block(kind, {"name": "orders", "network_type_acl": ["VPC"]})
    itself = Reference(kind, "name")
    bound = block("alicloud_ots_instance_attachment.a", {"instance_name": itself})
    alarm = block(
        "alicloud_cms_alarm.a",
        {
            "project": "acs_ots_new",
            "dimensions": {"instanceName": "orders"},
            "webhook": "https://example.com",
        },
    )
    found = the(instance, bound, alarm)
    assert (found.facts["private_endpoint"], found.facts["alarms"]) == (True, 1)
    assert found.facts["backup"]["enabled"] is False
    assert "private_endpoint" in the(instance).unknown
    open_ = block(kind, {"network_type_acl": ["INTERNET"]})
    assert the(open_, bound).facts["private_endpoint"] is False
    plan = block("alicloud_hbr_ots_backup_plan.p", {"instance_name": itself})
    assert "backup/enabled" in the(instance, plan).unknown
    policy = block(
        "alicloud_hbr_policy.p",
        {"rules": [{"rule_type": "BACKUP", "retention": 30, "schedule": "I|1602673264|P1D"}]},
    )
    binding = block(
        "alicloud_hbr_policy_binding.b",
        {
            "source_type": "OTS",
            "data_source_id": itself,
            "policy_id": Reference("alicloud_hbr_policy.p"),
        },
    )
    backed_up = the(instance, policy, binding)
    assert backed_up.facts["backup"]["enabled"] is True
    assert "backup/point_in_time" in backed_up.unknown
