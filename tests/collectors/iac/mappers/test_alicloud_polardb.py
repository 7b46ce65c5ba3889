"""PolarDB."""

from __future__ import annotations

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, own_facts, own_unknown, the

REST: dict[str, object] = {"replicas": [], "guard_instance": None, "tenancy": "shared"}
APPLY = Unknown("var.x is decided at apply")


def test_polardb_good() -> None:
    document = the(
        block(
            "alicloud_polardb_cluster.p",
            {
                "db_type": "MySQL",
                "db_version": "8.0",
                "description": "p",
                "tde_status": "Enabled",
                "encryption_key": "alias/own",
                "deletion_lock": 1,
                "collector_status": "Enable",
                "hot_standby_cluster": "ON",
                "db_cluster_ip_array": [{"security_ips": ["10.0.0.0/8"]}],
            },
            {"region": "cn-hangzhou"},
        ),
        block(
            "alicloud_polardb_endpoint.e",
            {"db_cluster_id": Reference("alicloud_polardb_cluster.p"), "ssl_enabled": "Enable"},
        ),
        block(
            "alicloud_polardb_backup_policy.b",
            {
                "db_cluster_id": Reference("alicloud_polardb_cluster.p"),
                "data_level1_backup_retention_period": 14,
                "data_level2_backup_retention_period": 90,
                "data_level2_backup_another_region_region": "cn-beijing",
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "p",
        {},
    )
    assert own_facts(document) == {
        **REST,
        "engine": "mysql",
        "engine_version": "8.0",
        "network_kind": "vpc",
        "exposure": {"public": False, "via": []},
        "allow_list": ["10.0.0.0/8"],
        "authentication": True,
        "tls": {"required": False, "policy": None},
        "encryption": {
            "enabled": True,
            "key_manager": "customer",
            "key_id": "alias/own",
            "algorithm": "aes-256",
        },
        "audit_log": {
            "enabled": True,
            "destination": "sql-audit",
            "destination_account": "template",
            "destination_region": "cn-hangzhou",
        },
        "backup": {
            "enabled": True,
            "retention_days": 90,
            "point_in_time": True,
            "copies": [{"region": "cn-beijing", "account": "template", "kind": "level-2"}],
        },
        "multi_zone": True,
        "deletion_protection": True,
        "firewall_ids": [],
    }
    assert own_unknown(document) == {
        "tls/minimum": "the service decides which TLS versions it accepts",
        "audit_log/retention_days": "how long SQL records are kept is not an argument "
        "of the cluster",
    }


def test_polardb_bad() -> None:
    document = the(
        block(
            "alicloud_polardb_cluster.p",
            {
                "db_type": "MySQL",
                "db_version": "8.0",
                "security_ips": ["0.0.0.0/0"],
                "hot_standby_cluster": "OFF",
            },
            {"region": "cn-hangzhou"},
        ),
        block(
            "alicloud_polardb_endpoint_address.a",
            {"db_cluster_id": Reference("alicloud_polardb_cluster.p")},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "p",
        {},
    )
    assert own_facts(document) == {
        **REST,
        "engine": "mysql",
        "engine_version": "8.0",
        "network_kind": "vpc",
        "exposure": {"public": True, "via": ["endpoint"]},
        "allow_list": ["0.0.0.0/0"],
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
        "backup": {"enabled": True, "point_in_time": True, "copies": []},
        "multi_zone": False,
        "deletion_protection": False,
        "firewall_ids": [],
    }
    assert own_unknown(document) == {
        "backup/retention_days": "the template writes no retention: the service's own "
        "default applies"
    }


def test_polardb_unknown_until_apply() -> None:
    document = the(
        block(
            "alicloud_polardb_cluster.p",
            {
                "db_type": APPLY,
                "db_version": "14",
                "db_cluster_ip_array": APPLY,
                "tde_status": APPLY,
                "deletion_lock": APPLY,
                "collector_status": APPLY,
                "hot_standby_cluster": APPLY,
            },
            {"region": "cn-hangzhou"},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "p",
        {},
    )
    assert own_facts(document) == {
        **REST,
        "engine_version": "14",
        "network_kind": "vpc",
        "exposure": {"public": False, "via": []},
        "authentication": True,
        "tls": {"policy": None},
        "encryption": {"key_manager": "provider", "key_id": None, "algorithm": "aes-256"},
        "audit_log": {
            "destination": "sql-audit",
            "destination_account": "template",
            "destination_region": "cn-hangzhou",
        },
        "backup": {"enabled": True, "point_in_time": True, "copies": []},
        "firewall_ids": [],
    }
    assert own_unknown(document) == {
        "engine": "var.x is decided at apply",
        "allow_list": "var.x is decided at apply",
        "tls/minimum": "var.x is decided at apply",
        "tls/required": "var.x is decided at apply",
        "encryption/enabled": "var.x is decided at apply",
        "audit_log/enabled": "var.x is decided at apply",
        "audit_log/retention_days": "how long SQL records are kept is not an argument "
        "of the cluster",
        "backup/retention_days": "the template writes no retention: the service's own "
        "default applies",
        "multi_zone": "var.x is decided at apply",
        "deletion_protection": "var.x is decided at apply",
    }
