"""ApsaraDB for Redis, and MongoDB."""

from __future__ import annotations

from collectors.aliyun.redis_facts import PLAINTEXT_BESIDE_TLS
from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, own_facts, own_unknown, the

REST: dict[str, object] = {"replicas": [], "guard_instance": None, "tenancy": "shared"}
APPLY = Unknown("var.x is decided at apply")


def test_redis_good() -> None:
    document = the(
        block(
            "alicloud_kvstore_instance.r",
            {
                "db_instance_name": "r",
                "vswitch_id": "vsw-1",
                "zone_id": "cn-hangzhou-h",
                "secondary_zone_id": "cn-hangzhou-i",
                "security_ips": ["10.0.0.0/8"],
                "ssl_enable": "Enable",
                "tde_status": "Enabled",
                "encryption_key": "alias/own",
                "instance_release_protection": True,
                "enable_backup_log": 1,
                "is_auto_upgrade_open": "1",
            },
        ),
        block(
            "alicloud_kvstore_audit_log_config.a",
            {
                "instance_id": Reference("alicloud_kvstore_instance.r"),
                "db_audit": True,
                "retention": 180,
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "r",
        {},
    )
    assert own_facts(document) == {
        **REST,
        "engine": "redis",
        "engine_version": "5.0",
        "network_kind": "vpc",
        "exposure": {"public": False, "via": []},
        "allow_list": ["10.0.0.0/8"],
        "authentication": True,
        "tls": {"policy": None},
        "encryption": {
            "enabled": True,
            "key_manager": "customer",
            "key_id": "alias/own",
            "algorithm": "aes-256",
        },
        "audit_log": {
            "enabled": True,
            "destination": "audit-log",
            "destination_account": "template",
            "destination_region": "cn-hangzhou",
            "retention_days": 180,
        },
        "backup": {"enabled": True, "point_in_time": True, "copies": []},
        "multi_zone": True,
        "deletion_protection": True,
        "auto_minor_upgrade": True,
        "firewall_ids": [],
    }
    assert own_unknown(document) == {
        "tls/minimum": "the service decides which TLS versions it accepts",
        "tls/required": PLAINTEXT_BESIDE_TLS.reason,
        "backup/retention_days": "the template writes no retention: the service's own "
        "default applies",
    }


def test_redis_bad() -> None:
    document = the(
        block(
            "alicloud_kvstore_instance.r",
            {"vswitch_id": "vsw-1", "vpc_auth_mode": "Close", "security_ips": ["0.0.0.0/0"]},
            {"region": "cn-hangzhou"},
        ),
        block(
            "alicloud_kvstore_connection.c",
            {"instance_id": Reference("alicloud_kvstore_instance.r")},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "r",
        {},
    )
    assert own_facts(document) == {
        **REST,
        "engine": "redis",
        "engine_version": "5.0",
        "network_kind": "vpc",
        "exposure": {"public": True, "via": ["endpoint"]},
        "allow_list": ["0.0.0.0/0"],
        "authentication": False,
        "tls": {"minimum": "none", "required": False, "policy": None},
        "encryption": {"enabled": False, "key_manager": None, "key_id": None, "algorithm": None},
        "audit_log": {
            "enabled": False,
            "destination": None,
            "destination_account": None,
            "destination_region": None,
            "retention_days": 0,
        },
        "backup": {"enabled": True, "point_in_time": False, "copies": []},
        "multi_zone": False,
        "deletion_protection": False,
        "firewall_ids": [],
    }
    assert own_unknown(document) == {
        "backup/retention_days": "the template writes no retention: the service's own "
        "default applies",
        "auto_minor_upgrade": "not written: the service decides",
    }


def test_mongodb_good() -> None:
    document = the(
        block(
            "alicloud_mongodb_instance.m",
            {
                "name": "m",
                "engine_version": "7.0",
                "network_type": "VPC",
                "vswitch_id": "vsw-1",
                "zone_id": "cn-hangzhou-h",
                "secondary_zone_id": "cn-hangzhou-i",
                "hidden_zone_id": "cn-hangzhou-j",
                "security_ip_list": ["10.0.0.0/8"],
                "ssl_action": "Open",
                "force_encryption": "1",
                "tde_status": "enabled",
                "backup_retention_period": 30,
                "enable_backup_log": 1,
                "db_instance_release_protection": True,
            },
        ),
        block(
            "alicloud_mongodb_audit_policy.a",
            {
                "db_instance_id": Reference("alicloud_mongodb_instance.m"),
                "audit_status": "enable",
                "storage_period": 180,
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "m",
        {},
    )
    assert own_facts(document) == {
        **REST,
        "engine": "mongodb",
        "engine_version": "7.0",
        "network_kind": "vpc",
        "exposure": {"public": False, "via": []},
        "allow_list": ["10.0.0.0/8"],
        "authentication": True,
        "tls": {"required": True, "policy": None},
        "encryption": {
            "enabled": True,
            "key_manager": "provider",
            "key_id": None,
            "algorithm": "aes-256",
        },
        "audit_log": {
            "enabled": True,
            "destination": "audit-log",
            "destination_account": "template",
            "destination_region": "cn-hangzhou",
            "retention_days": 180,
        },
        "backup": {"enabled": True, "retention_days": 30, "point_in_time": True, "copies": []},
        "multi_zone": True,
        "deletion_protection": True,
        "firewall_ids": [],
    }
    assert own_unknown(document) == {
        "tls/minimum": "the service decides which TLS versions it accepts"
    }


def test_mongodb_bad() -> None:
    document = the(
        block(
            "alicloud_mongodb_instance.m",
            {
                "engine_version": "3.4",
                "network_type": "Classic",
                "security_ip_groups": [
                    {"security_ip_group_name": "all", "security_ip_list": "0.0.0.0/0"}
                ],
                "ssl_action": "Close",
            },
            {"region": "cn-hangzhou"},
        ),
        block(
            "alicloud_mongodb_public_network_address.p",
            {"db_instance_id": Reference("alicloud_mongodb_instance.m")},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "m",
        {},
    )
    assert own_facts(document) == {
        **REST,
        "engine": "mongodb",
        "engine_version": "3.4",
        "network_kind": "classic",
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
        "backup": {"enabled": True, "copies": []},
        "multi_zone": False,
        "deletion_protection": False,
        "firewall_ids": [],
    }
    assert own_unknown(document) == {
        "backup/retention_days": "the template writes no retention: the service's own "
        "default applies",
        "backup/point_in_time": "not written: the service decides",
    }


def test_mongodb_unknown_until_apply() -> None:
    document = the(
        block(
            "alicloud_mongodb_instance.m",
            {
                "engine_version": APPLY,
                "security_ip_list": APPLY,
                "ssl_action": APPLY,
                "tde_status": APPLY,
                "vswitch_id": APPLY,
                "secondary_zone_id": APPLY,
                "backup_retention_period": APPLY,
            },
            {"region": "cn-hangzhou"},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "cn-hangzhou",
        "CN",
        "m",
        {},
    )
    assert own_facts(document) == {
        **REST,
        "engine": "mongodb",
        "exposure": {"public": False, "via": []},
        "authentication": True,
        "tls": {"policy": None},
        "encryption": {"key_manager": "provider", "key_id": None, "algorithm": "aes-256"},
        "audit_log": {
            "enabled": False,
            "destination": None,
            "destination_account": None,
            "destination_region": None,
            "retention_days": 0,
        },
        "backup": {"enabled": True, "copies": []},
        "deletion_protection": False,
        "firewall_ids": [],
    }
    assert own_unknown(document) == {
        "engine_version": "var.x is decided at apply",
        "network_kind": "var.x is decided at apply",
        "allow_list": "var.x is decided at apply",
        "tls/minimum": "var.x is decided at apply",
        "tls/required": "var.x is decided at apply",
        "encryption/enabled": "var.x is decided at apply",
        "backup/retention_days": "var.x is decided at apply",
        "backup/point_in_time": "not written: the service decides",
        "multi_zone": "a zone is known after apply",
    }


def test_tair() -> None:
    values = {
        "tair_instance_name": "t",
        "security_ips": "10.0.0.0/8,0.0.0.0/0",
        "ssl_enabled": "Enable",
        "tde_status": "enabled",
        "vswitch_id": "vsw-1",
        "vpc_auth_mode": "Close",
    }
    to_it = {"instance_id": Reference("alicloud_redis_tair_instance.t", "id")}
    document = the(
        block("alicloud_redis_tair_instance.t", values),
        block("alicloud_kvstore_connection.c", to_it),
    )
    facts = document.facts
    assert (document.name, facts["engine"], facts["engine_version"]) == ("t", "tair", "1.0")
    assert facts["allow_list"] == ["10.0.0.0/8", "0.0.0.0/0"]
    assert (facts["exposure"]["public"], facts["authentication"]) == (True, False)
    assert facts["encryption"]["enabled"] is True
    assert "deletion_protection" in document.unknown
