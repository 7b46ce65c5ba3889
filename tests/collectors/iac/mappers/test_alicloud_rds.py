"""ApsaraDB RDS."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, own_facts, own_unknown, the

APPLY = Unknown("var.x is decided at apply")


def test_rds_good() -> None:
    document = the(
        block(
            "alicloud_db_instance.db",
            {
                "engine": "MySQL",
                "engine_version": "8.0",
                "instance_type": "rds.mysql.st.h43",
                "instance_name": "db",
                "zone_id": "cn-hangzhou-h",
                "zone_id_slave_a": "cn-hangzhou-i",
                "vswitch_id": "vsw-1",
                "security_ips": ["10.0.0.1,10.0.1.0/24"],
                "security_group_ids": ["sg-1"],
                "ssl_action": "Open",
                "force_encryption": "1",
                "encryption_key": Reference("alicloud_kms_key.k"),
                "sql_collector_status": "Enabled",
                "sql_collector_config_value": 180,
                "deletion_protection": True,
                "auto_upgrade_minor_version": "Auto",
            },
        ),
        block("alicloud_kms_key.k", {}),
        block(
            "alicloud_db_backup_policy.b",
            {
                "instance_id": Reference("alicloud_db_instance.db"),
                "backup_retention_period": 30,
                "enable_backup_log": True,
            },
        ),
        block(
            "alicloud_db_readonly_instance.r",
            {"master_db_instance_id": Reference("alicloud_db_instance.db")},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "db",
        {},
    )
    assert own_facts(document) == {
        "guard_instance": False,
        "tenancy": "dedicated",
        "engine": "mysql",
        "engine_version": "8.0",
        "network_kind": "vpc",
        "exposure": {"public": False, "via": []},
        "allow_list": ["10.0.0.1/32", "10.0.1.0/24"],
        "authentication": True,
        "tls": {"required": True, "policy": None},
        "encryption": {
            "enabled": True,
            "key_manager": "customer",
            "key_id": "main.tf#alicloud_kms_key.k",
            "algorithm": "aes-256",
        },
        "audit_log": {
            "enabled": True,
            "destination": "sql-audit",
            "destination_account": "template",
            "destination_region": "cn-hangzhou",
            "retention_days": 180,
        },
        "backup": {"enabled": True, "retention_days": 30, "point_in_time": True, "copies": []},
        "multi_zone": True,
        "replicas": [{"region": "cn-hangzhou", "account": "template"}],
        "deletion_protection": True,
        "auto_minor_upgrade": True,
        "firewall_ids": ["sg-1"],
    }
    assert own_unknown(document) == {
        "tls/minimum": "the service decides which TLS versions it accepts"
    }


def test_rds_bad() -> None:
    document = the(
        block(
            "alicloud_db_instance.db",
            {
                "engine": "MySQL",
                "engine_version": "8.0",
                "instance_name": "db",
                "security_ips": ["0.0.0.0", "10.23.12.24/24"],
                "ssl_action": "Close",
                "category": "Basic",
                "auto_upgrade_minor_version": "Manual",
            },
            {"region": "cn-hangzhou"},
        ),
        block("alicloud_db_connection.c", {"instance_id": Reference("alicloud_db_instance.db")}),
        block(
            "alicloud_db_backup_policy.b",
            {
                "instance_id": Reference("alicloud_db_instance.db"),
                "retention_period": 7,
                "log_backup": "false",
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "db",
        {},
    )
    assert own_facts(document) == {
        "guard_instance": False,
        "engine": "mysql",
        "engine_version": "8.0",
        "exposure": {"public": True, "via": ["endpoint"]},
        "allow_list": ["0.0.0.0/0", "10.23.12.0/24"],
        "authentication": True,
        "tls": {"minimum": "none", "required": False, "policy": None},
        "encryption": {"enabled": False, "key_manager": None, "key_id": None, "algorithm": None},
        "audit_log": {
            "enabled": False,
            "destination": None,
            "destination_account": None,
            "destination_region": None,
            "retention_days": 0,
        },
        "backup": {"enabled": True, "retention_days": 7, "point_in_time": False, "copies": []},
        "multi_zone": False,
        "replicas": [],
        "deletion_protection": False,
        "auto_minor_upgrade": False,
        "firewall_ids": [],
    }
    assert own_unknown(document) == {
        "tenancy": "the template gives no instance_type",
        "network_kind": "the template names no vSwitch: the service decides on the network",
    }


def test_rds_public_address_behind_a_narrow_list() -> None:
    document = the(
        block(
            "alicloud_db_instance.db",
            {
                "engine": "MySQL",
                "engine_version": "8.0",
                "instance_name": "db",
                "security_ips": ["203.0.113.7"],
                "encryption_key": "ServiceKey",
                "zone_id": "cn-beijing-MAZ2(a,b)",
            },
        ),
        block("alicloud_db_connection.c", {"instance_id": Reference("alicloud_db_instance.db")}),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-beijing",
        "CN",
        "db",
        {},
    )
    assert own_facts(document) == {
        "guard_instance": False,
        "engine": "mysql",
        "engine_version": "8.0",
        "exposure": {"public": False, "via": []},
        "allow_list": ["203.0.113.7/32"],
        "authentication": True,
        "tls": {"minimum": "none", "required": False, "policy": None},
        "encryption": {
            "enabled": True,
            "key_manager": "provider",
            "key_id": None,
            "algorithm": "aes-256",
        },
        "audit_log": {
            "enabled": False,
            "destination": None,
            "destination_account": None,
            "destination_region": None,
            "retention_days": 0,
        },
        "backup": {"enabled": True, "copies": []},
        "multi_zone": True,
        "replicas": [],
        "deletion_protection": False,
        "firewall_ids": [],
    }
    assert own_unknown(document) == {
        "tenancy": "the template gives no instance_type",
        "backup/retention_days": "no alicloud_db_backup_policy: the service's own applies",
        "backup/point_in_time": "no alicloud_db_backup_policy: the service's own applies",
        "auto_minor_upgrade": "not written: the service decides",
        "network_kind": "the template names no vSwitch: the service decides on the network",
    }


def test_rds_unknown_until_apply() -> None:
    document = the(
        block(
            "alicloud_db_instance.db",
            {
                "engine": APPLY,
                "engine_version": APPLY,
                "instance_name": APPLY,
                "vswitch_id": APPLY,
                "security_ips": ["10.0.0.1", APPLY],
                "ssl_action": APPLY,
                "encryption_key": APPLY,
                "sql_collector_status": APPLY,
                "deletion_protection": APPLY,
                "zone_id": "cn-hangzhou-h",
                "zone_id_slave_a": APPLY,
            },
        ),
        block("alicloud_db_connection.c", {"instance_id": APPLY}),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "alicloud_db_instance.db",
        {},
    )
    assert own_facts(document) == {
        "guard_instance": False,
        "exposure": {},
        "allow_list": ["10.0.0.1/32", None],
        "authentication": True,
        "tls": {"policy": None},
        "encryption": {"algorithm": "aes-256"},
        "audit_log": {
            "destination": "sql-audit",
            "destination_account": "template",
            "destination_region": "cn-hangzhou",
            "retention_days": 30,
        },
        "backup": {"enabled": True, "copies": []},
        "replicas": [],
        "firewall_ids": [],
    }
    assert own_unknown(document) == {
        "tenancy": "the template gives no instance_type",
        "engine": "var.x is decided at apply",
        "engine_version": "var.x is decided at apply",
        "network_kind": "var.x is decided at apply",
        "exposure/public": "alicloud_db_connection.c.instance_id: var.x is decided at apply",
        "exposure/via": "alicloud_db_connection.c.instance_id: var.x is decided at apply",
        "allow_list/1": "var.x is decided at apply",
        "tls/minimum": "var.x is decided at apply",
        "tls/required": "var.x is decided at apply",
        "encryption/enabled": "var.x is decided at apply",
        "encryption/key_manager": "var.x is decided at apply",
        "encryption/key_id": "var.x is decided at apply",
        "audit_log/enabled": "var.x is decided at apply",
        "backup/retention_days": "no alicloud_db_backup_policy: the service's own applies",
        "backup/point_in_time": "no alicloud_db_backup_policy: the service's own applies",
        "multi_zone": "var.x is decided at apply",
        "deletion_protection": "var.x is decided at apply",
        "auto_minor_upgrade": "not written: the service decides",
    }


@pytest.mark.parametrize(
    ("more", "required"),
    [
        ({}, False),
        ({"acl": "cert"}, True),
        ({"acl": "perfer"}, False),
        ({"acl": APPLY}, None),
        ({"pg_hba_conf": [{"type": "hostssl", "method": "md5"}]}, None),
        ({"pg_hba_conf": [{"type": "host", "method": "md5"}]}, False),
        ({"pg_hba_conf": [{"type": APPLY, "method": "md5"}]}, None),
        ({"pg_hba_conf": APPLY}, None),
    ],
)
def test_whether_postgresql_refuses_plaintext(more: dict[str, Any], required: bool | None) -> None:
    values = {"engine": "PostgreSQL", "ssl_action": "Open", **more}
    tls = the(block("alicloud_db_instance.d", values)).facts["tls"]
    assert tls.get("required") is required


@pytest.mark.parametrize("kind", ["db_instance_endpoint_address", "db_proxy_public"])
def test_a_public_address_of_a_further_endpoint(kind: str) -> None:
    own = block("alicloud_db_instance.db", {"security_ips": ["0.0.0.0/0"]})
    assert the(own).facts["exposure"] == {"public": False, "via": []}
    to_it = {"db_instance_id": Reference("alicloud_db_instance.db")}
    further = the(own, block(f"alicloud_rds_{kind}.p", to_it))
    assert further.facts["exposure"]["public"] is True
