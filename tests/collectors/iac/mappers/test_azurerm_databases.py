"""Azure PostgreSQL, MySQL and Redis."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the, unknown

OFF = {
    "enabled": False,
    "destination": None,
    "destination_account": None,
    "destination_region": None,
    "retention_days": None,
}
OTHERS = "alert rules outside of this template may watch it"
NO_WAY = "no private endpoint of this template leads to it; another stack may have one"
SUPPORT = "until when Azure supports the version of the engine is not read"
ON_DISKS = "what the cache keeps on disks is encrypted by their storage, and is not read"
CACHE = {"alarms": OTHERS, "version_supported": SUPPORT} | {
    f"encryption/{name}": ON_DISKS for name in ("enabled", "key_manager", "key_id", "algorithm")
}
APPLY = Unknown("var.x is decided at apply")


def test_postgresql_good() -> None:
    document = the(
        block(
            "azurerm_postgresql_flexible_server.pg",
            {
                "name": "pg",
                "location": "chinanorth3",
                "resource_group_name": "rg",
                "version": "16",
                "delegated_subnet_id": Reference("azurerm_subnet.s"),
                "public_network_access_enabled": False,
                "backup_retention_days": 35,
                "geo_redundant_backup_enabled": True,
                "high_availability": [{"mode": "ZoneRedundant"}],
                "customer_managed_key": [
                    {"key_vault_key_id": Reference("azurerm_key_vault_key.k")}
                ],
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "chinanorth3",
        "CN",
        "pg",
        {},
    )
    assert document.facts == {
        "engine": "postgresql",
        "private_endpoint": True,
        "audit_log": OFF,
        "tenancy": "shared",
        "engine_version": "16",
        "network_kind": "vpc",
        "exposure": {"public": False, "via": []},
        "allow_list": [],
        "authentication": True,
        "tls": {"minimum": "1.2", "required": True, "policy": None},
        "encryption": {
            "enabled": True,
            "key_manager": "customer",
            "key_id": "azurerm_key_vault_key.k",
            "algorithm": "AES-256",
        },
        "backup": {
            "enabled": True,
            "retention_days": 35,
            "point_in_time": True,
            "copies": [{"region": "chinaeast3", "account": "template", "kind": "geo"}],
        },
        "multi_zone": True,
        "replicas": [],
        "deletion_protection": False,
        "auto_minor_upgrade": True,
        "guard_instance": None,
        "firewall_ids": [],
    }
    assert unknown(document) == {
        "alarms": OTHERS,
        "version_supported": SUPPORT,
        "subnet_routes_to_internet": "the subnet is not part of this template",
    }


def test_postgresql_bad() -> None:
    document = the(
        block(
            "azurerm_postgresql_flexible_server.pg",
            {"name": "pg", "location": "chinanorth3", "resource_group_name": "rg", "version": "16"},
        ),
        block(
            "azurerm_postgresql_flexible_server_firewall_rule.all",
            {
                "server_id": Reference("azurerm_postgresql_flexible_server.pg"),
                "start_ip_address": "0.0.0.0",
                "end_ip_address": "255.255.255.255",
            },
        ),
        block(
            "azurerm_postgresql_flexible_server_configuration.tls",
            {
                "server_id": Reference("azurerm_postgresql_flexible_server.pg"),
                "name": "require_secure_transport",
                "value": "off",
            },
        ),
        block(
            "azurerm_postgresql_flexible_server_configuration.v",
            {
                "server_id": Reference("azurerm_postgresql_flexible_server.pg"),
                "name": "ssl_min_protocol_version",
                "value": "TLSv1",
            },
        ),
        block(
            "azurerm_postgresql_flexible_server.copy",
            {
                "name": "copy",
                "location": "chinaeast3",
                "resource_group_name": "rg",
                "version": "16",
                "create_mode": "Replica",
                "source_server_id": Reference("azurerm_postgresql_flexible_server.pg"),
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "chinanorth3",
        "CN",
        "pg",
        {},
    )
    assert document.facts == {
        "engine": "postgresql",
        "subnet_routes_to_internet": None,
        "audit_log": OFF,
        "tenancy": "shared",
        "engine_version": "16",
        "network_kind": "public",
        "exposure": {"public": True, "via": ["firewall"]},
        "allow_list": ["0.0.0.0/0"],
        "authentication": True,
        "tls": {"minimum": "1.0", "required": False, "policy": None},
        "encryption": {
            "enabled": True,
            "key_manager": "provider",
            "key_id": None,
            "algorithm": "AES-256",
        },
        "backup": {"enabled": True, "retention_days": 7, "point_in_time": True, "copies": []},
        "multi_zone": False,
        "replicas": [{"region": "chinaeast3", "account": "template"}],
        "deletion_protection": False,
        "auto_minor_upgrade": True,
        "guard_instance": None,
        "firewall_ids": [],
    }
    assert unknown(document) == {
        "alarms": OTHERS,
        "private_endpoint": NO_WAY,
        "version_supported": SUPPORT,
    }


def test_mysql_by_name_open_to_azure() -> None:
    document = the(
        block(
            "azurerm_mysql_flexible_server.my",
            {
                "name": "my",
                "location": "chinanorth3",
                "resource_group_name": "rg",
                "version": "8.0.21",
            },
        ),
        block(
            "azurerm_mysql_flexible_server_firewall_rule.a",
            {
                "server_name": Reference("azurerm_mysql_flexible_server.my", "name"),
                "start_ip_address": "0.0.0.0",
                "end_ip_address": "0.0.0.0",
            },
        ),
        block(
            "azurerm_mysql_flexible_server_configuration.v",
            {"server_name": "my", "name": "tls_version", "value": "TLSv1.2,TLSv1.3"},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "chinanorth3",
        "CN",
        "my",
        {},
    )
    assert document.facts == {
        "engine": "mysql",
        "subnet_routes_to_internet": None,
        "audit_log": OFF,
        "tenancy": "shared",
        "engine_version": "8.0.21",
        "network_kind": "public",
        "exposure": {"public": True, "via": ["azure-services"]},
        "allow_list": ["prefix-list:AzureCloud"],
        "authentication": True,
        "tls": {"minimum": "1.2", "required": True, "policy": None},
        "encryption": {
            "enabled": True,
            "key_manager": "provider",
            "key_id": None,
            "algorithm": "AES-256",
        },
        "backup": {"enabled": True, "retention_days": 7, "point_in_time": True, "copies": []},
        "multi_zone": False,
        "replicas": [],
        "deletion_protection": False,
        "auto_minor_upgrade": True,
        "guard_instance": None,
        "firewall_ids": [],
    }
    assert unknown(document) == {
        "alarms": OTHERS,
        "private_endpoint": NO_WAY,
        "version_supported": SUPPORT,
    }


def test_mysql_unknown_until_apply() -> None:
    document = the(
        block(
            "azurerm_mysql_flexible_server.my",
            {
                "name": "my",
                "location": APPLY,
                "resource_group_name": "rg",
                "version": APPLY,
                "delegated_subnet_id": APPLY,
                "public_network_access": APPLY,
                "backup_retention_days": APPLY,
                "high_availability": APPLY,
                "customer_managed_key": APPLY,
                "geo_redundant_backup_enabled": APPLY,
            },
        ),
        block(
            "azurerm_mysql_flexible_server_configuration.v",
            {"server_name": APPLY, "name": "tls_version", "value": "TLSv1.2"},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == ("", None, "my", {})
    assert document.facts == {
        "engine": "mysql",
        "audit_log": {},
        "tenancy": "shared",
        "exposure": {"public": False, "via": []},
        "allow_list": [],
        "authentication": True,
        "tls": {"policy": None},
        "encryption": {"enabled": True, "algorithm": "AES-256"},
        "backup": {"enabled": True, "point_in_time": True},
        "replicas": [],
        "deletion_protection": False,
        "auto_minor_upgrade": True,
        "guard_instance": None,
        "firewall_ids": [],
    }
    by_parameters = (
        "azurerm_mysql_flexible_server_configuration.v.server_name: var.x is decided at apply"
    )
    assert unknown(document) == {
        "alarms": OTHERS,
        **{f"audit_log/{name}": by_parameters for name in OFF},
        "version_supported": SUPPORT,
        "private_endpoint": "var.x is decided at apply",
        "subnet_routes_to_internet": "var.x is decided at apply",
        "region": "var.x is decided at apply",
        "country": "var.x is decided at apply",
        "engine_version": "var.x is decided at apply",
        "network_kind": "var.x is decided at apply",
        "tls/minimum": "azurerm_mysql_flexible_server_configuration.v.server_name: "
        "var.x is decided at apply",
        "tls/required": "azurerm_mysql_flexible_server_configuration.v.server_name: "
        "var.x is decided at apply",
        "encryption/key_manager": "var.x is decided at apply",
        "encryption/key_id": "var.x is decided at apply",
        "backup/retention_days": "var.x is decided at apply",
        "backup/copies": "var.x is decided at apply",
        "multi_zone": "var.x is decided at apply",
    }


def test_single_server_without_tls() -> None:
    document = the(
        block(
            "azurerm_postgresql_server.old",
            {
                "name": "pg",
                "location": "chinanorth3",
                "resource_group_name": "rg",
                "version": "11",
                "ssl_enforcement_enabled": False,
                "ssl_minimal_tls_version_enforced": "TLSEnforcementDisabled",
            },
        ),
        block(
            "azurerm_postgresql_firewall_rule.most",
            {
                "server_name": "pg",
                "resource_group_name": "rg",
                "start_ip_address": "0.0.0.1",
                "end_ip_address": "255.255.255.255",
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "chinanorth3",
        "CN",
        "pg",
        {},
    )
    assert document.facts == {
        "engine": "postgresql",
        "engine_version": "11",
        "network_kind": "public",
        "exposure": {"public": True, "via": ["firewall"]},
        "allow_list": [
            "0.0.0.1/32",
            "0.0.0.2/31",
            "0.0.0.4/30",
            "0.0.0.8/29",
            "0.0.0.16/28",
            "0.0.0.32/27",
            "0.0.0.64/26",
            "0.0.0.128/25",
            "0.0.1.0/24",
            "0.0.2.0/23",
            "0.0.4.0/22",
            "0.0.8.0/21",
            "0.0.16.0/20",
            "0.0.32.0/19",
            "0.0.64.0/18",
            "0.0.128.0/17",
            "0.1.0.0/16",
            "0.2.0.0/15",
            "0.4.0.0/14",
            "0.8.0.0/13",
            "0.16.0.0/12",
            "0.32.0.0/11",
            "0.64.0.0/10",
            "0.128.0.0/9",
            "1.0.0.0/8",
            "2.0.0.0/7",
            "4.0.0.0/6",
            "8.0.0.0/5",
            "16.0.0.0/4",
            "32.0.0.0/3",
            "64.0.0.0/2",
            "128.0.0.0/1",
        ],
        "authentication": True,
        "tls": {"minimum": "1.0", "required": False, "policy": None},
        "encryption": {
            "enabled": True,
            "key_manager": "provider",
            "key_id": None,
            "algorithm": "AES-256",
        },
        "audit_log": OFF,
        "backup": {"enabled": True, "retention_days": 7, "point_in_time": True, "copies": []},
        "multi_zone": False,
        "deletion_protection": False,
        "auto_minor_upgrade": True,
        "guard_instance": None,
        "firewall_ids": [],
        "replicas": [],
        "tenancy": "shared",
        "subnet_routes_to_internet": None,
    }
    assert unknown(document) == {
        "alarms": OTHERS,
        "private_endpoint": NO_WAY,
        "version_supported": SUPPORT,
    }


def test_redis_good() -> None:
    document = the(
        block(
            "azurerm_redis_cache.r",
            {
                "name": "r",
                "location": "chinanorth3",
                "sku_name": "Premium",
                "minimum_tls_version": "1.2",
                "subnet_id": Reference("azurerm_subnet.s"),
                "zones": ["1", "2"],
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "chinanorth3",
        "CN",
        "r",
        {},
    )
    assert document.facts == {
        "engine": "redis",
        "audit_log": None,
        "encryption": {},
        "tenancy": "shared",
        "private_endpoint": True,
        "engine_version": "6",
        "network_kind": "vpc",
        "exposure": {"public": False, "via": []},
        "allow_list": [],
        "authentication": True,
        "tls": {"minimum": "1.2", "required": True, "policy": None},
        "backup": {"enabled": False, "retention_days": 0, "point_in_time": False, "copies": []},
        "multi_zone": True,
        "deletion_protection": False,
        "auto_minor_upgrade": True,
        "guard_instance": None,
        "firewall_ids": [],
        "replicas": [],
    }
    assert unknown(document) == {
        **CACHE,
        "subnet_routes_to_internet": "the subnet is not part of this template",
    }


def test_redis_without_rules_is_open_to_everyone() -> None:
    document = the(
        block(
            "azurerm_redis_cache.r",
            {
                "name": "r",
                "location": "chinanorth3",
                "sku_name": "Basic",
                "enable_non_ssl_port": True,
                "redis_configuration": [{"authentication_enabled": False}],
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "chinanorth3",
        "CN",
        "r",
        {},
    )
    assert document.facts == {
        "engine": "redis",
        "audit_log": None,
        "encryption": {},
        "tenancy": "shared",
        "subnet_routes_to_internet": None,
        "engine_version": "6",
        "network_kind": "public",
        "exposure": {"public": True, "via": ["firewall"]},
        "allow_list": ["0.0.0.0/0", "::/0"],
        "authentication": False,
        "tls": {"required": False, "policy": None},
        "backup": {"enabled": False, "retention_days": 0, "point_in_time": False, "copies": []},
        "multi_zone": False,
        "deletion_protection": False,
        "auto_minor_upgrade": True,
        "guard_instance": None,
        "firewall_ids": [],
        "replicas": [],
    }
    assert unknown(document) == {
        "private_endpoint": NO_WAY,
        **CACHE,
        "tls/minimum": "not written: the default is 1.0 or 1.2 by provider version",
    }


def test_redis_unknown_until_apply() -> None:
    document = the(
        block(
            "azurerm_redis_cache.r",
            {
                "name": "r",
                "location": "chinanorth3",
                "public_network_access_enabled": APPLY,
                "non_ssl_port_enabled": APPLY,
                "redis_configuration": APPLY,
                "zones": APPLY,
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "chinanorth3",
        "CN",
        "r",
        {},
    )
    assert document.facts == {
        "engine": "redis",
        "audit_log": None,
        "encryption": {},
        "tenancy": "shared",
        "subnet_routes_to_internet": None,
        "engine_version": "6",
        "exposure": {},
        "tls": {"policy": None},
        "backup": {"point_in_time": False, "copies": []},
        "deletion_protection": False,
        "auto_minor_upgrade": True,
        "guard_instance": None,
        "firewall_ids": [],
        "replicas": [],
    }
    assert unknown(document) == {
        "private_endpoint": NO_WAY,
        **CACHE,
        "network_kind": "var.x is decided at apply",
        "allow_list": "var.x is decided at apply",
        "exposure/public": "var.x is decided at apply",
        "exposure/via": "var.x is decided at apply",
        "authentication": "var.x is decided at apply",
        "tls/minimum": "not written: the default is 1.0 or 1.2 by provider version",
        "tls/required": "var.x is decided at apply",
        "backup/enabled": "var.x is decided at apply",
        "backup/retention_days": "snapshots are kept by number, not by days",
        "multi_zone": "var.x is decided at apply",
    }


def test_zones_that_azure_chooses_are_not_told() -> None:
    def zones(**values: Any) -> Any:
        found = the(block("azurerm_redis_cache.r", values))
        return found.facts.get("multi_zone", found.unknown.get("multi_zone"))

    chosen = "the cache does not tell the zones that Azure chose for it"
    assert zones(sku_name="Premium") == chosen
    assert zones(sku_name="Standard", zones=[]) == chosen
    assert (zones(sku_name="Basic"), zones(zones=["1"]), zones(zones=["1", "2"])) == (
        False,
        False,
        True,
    )


def test_rules_behind_a_closed_endpoint_let_nobody_in() -> None:
    rule = {"start_ip_address": "0.0.0.0", "end_ip_address": "255.255.255.255"}
    server = "azurerm_postgresql_flexible_server.s"
    everybody = block(
        "azurerm_postgresql_flexible_server_firewall_rule.r",
        {"server_id": Reference(server), **rule},
    )
    for public, expected in ((False, []), (True, ["0.0.0.0/0"]), (APPLY, None)):
        found = the(block(server, {"public_network_access_enabled": public}), everybody)
        assert found.facts.get("allow_list") == expected


def _log(server: str, category: str) -> Block:
    values = {
        "target_resource_id": Reference(server),
        "storage_account_id": "/subscriptions/s/a",
        "enabled_log": [{"category": category}],
    }
    return block("azurerm_monitor_diagnostic_setting.d", values)


def _parameter(server: str, name: str, value: Any) -> Block:
    by = "server_id" if "postgresql" in server else "server_name"
    kind = server.partition(".")[0]
    values = {by: Reference(server), "name": name, "value": value}
    return block(f"{kind}_configuration.{name.replace('.', '_')}", values)


def test_the_audit_of_a_flexible_server_takes_parameters_and_a_setting() -> None:
    mysql, postgres = "azurerm_mysql_flexible_server.s", "azurerm_postgresql_flexible_server.s"
    on = _parameter(mysql, "audit_log_enabled", "ON")
    sent = _log(mysql, "MySqlAuditLogs")
    assert the(block(mysql, {}), on, sent).facts["audit_log"]["enabled"] is True
    for missing in ([on], [sent]):
        assert the(block(mysql, {}), *missing).facts["audit_log"]["enabled"] is False
    unsure = _parameter(mysql, "audit_log_enabled", APPLY)
    assert "audit_log/enabled" in unknown(the(block(mysql, {}), unsure, sent))
    classes = _parameter(postgres, "pgaudit.log", "ddl,role")
    loaded = _parameter(postgres, "shared_preload_libraries", "pg_cron, pgaudit")
    sent = _log(postgres, "PostgreSQLLogs")
    found = the(block(postgres, {}), classes, loaded, sent)
    assert found.facts["audit_log"]["enabled"] is True
    assert the(block(postgres, {}), classes, sent).facts["audit_log"]["enabled"] is False


def test_a_single_server_of_mysql_with_its_rules() -> None:
    found = the(
        block("azurerm_mysql_server.m", {"name": "m", "ssl_enforcement_enabled": False}),
        block(
            "azurerm_mysql_firewall_rule.r",
            {
                "server_name": Reference("azurerm_mysql_server.m", "name"),
                "start_ip_address": "0.0.0.0",
                "end_ip_address": "255.255.255.255",
            },
        ),
    )
    assert found.facts["engine"] == "mysql"
    assert found.facts["exposure"]["public"] is True
    assert (found.facts["tls"]["required"], found.facts["tls"]["minimum"]) == (False, "1.0")


@pytest.mark.parametrize(
    ("written", "minimum"), [("TLS1_2", None), ("TLS1_1", "1.1"), ("TLSEnforcementDisabled", "1.0")]
)
def test_a_single_server_that_may_take_plaintext(written: str, minimum: str | None) -> None:
    values = {"ssl_enforcement_enabled": APPLY, "ssl_minimal_tls_version_enforced": written}
    found = the(block("azurerm_mysql_server.m", values))
    assert found.facts["tls"].get("minimum") == minimum
    assert ("tls/minimum" in unknown(found)) is (minimum is None)


def test_a_flexible_server_stands_where_its_subnet_does() -> None:
    server = block(
        "azurerm_mysql_flexible_server.s", {"delegated_subnet_id": Reference("azurerm_subnet.n")}
    )
    found = the(server, block("azurerm_subnet.n", {"name": "n"}))
    assert found.facts["subnet_routes_to_internet"] is False
    assert (found.facts["network_kind"], found.facts["private_endpoint"]) == ("vpc", True)


def test_a_server_of_mariadb() -> None:
    server = block(
        "azurerm_mariadb_server.m",
        {"name": "m", "location": "chinaeast2", "ssl_enforcement_enabled": False},
    )
    rule = block(
        "azurerm_mariadb_firewall_rule.r",
        {"server_name": "m", "start_ip_address": "0.0.0.0", "end_ip_address": "255.255.255.255"},
    )
    facts = the(server, rule).facts
    assert (facts["engine"], facts["allow_list"]) == ("mariadb", ["0.0.0.0/0"])
    assert (facts["tls"]["minimum"], facts["tls"]["required"]) == ("1.0", False)


RULE: dict[str, Any] = {
    "action": [{"action_group_id": Reference("azurerm_monitor_action_group.g")}]
}
LISTENER = block(
    "azurerm_monitor_action_group.g", {"name": "g", "email_receiver": [{"email_address": "a@b.c"}]}
)


@pytest.mark.parametrize(
    ("kind", "name", "parameters", "category"),
    [
        (
            "postgresql",
            "pgaudit.log",
            {"shared_preload_libraries": "pgaudit", "pgaudit.log": "WRITE"},
            "PostgreSQLLogs",
        ),
        ("mysql", "audit_log_enabled", {"audit_log_enabled": "ON"}, "MySqlAuditLogs"),
        ("mariadb", "audit_log_enabled", {"audit_log_enabled": "ON"}, "MySqlAuditLogs"),
    ],
)
def test_what_stands_beside_a_single_server(
    kind: str, name: str, parameters: dict[str, str], category: str
) -> None:
    server = block(f"azurerm_{kind}_server.s", {"name": "s", "location": "chinaeast2"})
    id_ = Reference(server.address)
    settings = [
        block(
            f"azurerm_{kind}_configuration.c{i}", {"server_name": id_, "name": key, "value": value}
        )
        for i, (key, value) in enumerate(parameters.items())
    ]
    beside = [
        block(
            f"azurerm_{kind}_server_key.k", {"server_id": id_, "key_vault_key_id": "https://v/k"}
        ),
        block(
            "azurerm_monitor_diagnostic_setting.d",
            {
                "target_resource_id": id_,
                "log_analytics_workspace_id": "/subscriptions/s/w",
                "enabled_log": [{"category": category}],
            },
        ),
        block("azurerm_monitor_metric_alert.a", RULE | {"scopes": [id_]}),
        LISTENER,
        block(
            "azurerm_private_endpoint.e",
            {
                "private_service_connection": [
                    {"private_connection_resource_id": id_, "is_manual_connection": False}
                ]
            },
        ),
        block(
            f"azurerm_{kind}_server.r",
            {"location": "eastus", "create_mode": "Replica", "creation_source_server_id": id_},
        ),
        block(
            f"azurerm_{kind}_server.copy",
            {"create_mode": "PointInTimeRestore", "creation_source_server_id": id_},
        ),
    ]
    facts = the(server, *settings, *beside).facts
    assert facts["encryption"]["key_manager"] == ("provider" if kind == "mariadb" else "customer")
    assert (facts["audit_log"]["enabled"], facts["alarms"]) == (True, 1)
    assert facts["private_endpoint"] is True
    assert facts["replicas"] == [{"region": "eastus", "account": "template"}]
    assert the(server, *beside).facts["audit_log"]["enabled"] is False
    unsure = block(f"azurerm_{kind}_configuration.u", {"server_name": APPLY, "name": name})
    lost = unknown(the(server, unsure, beside[1]))
    assert "audit_log/enabled" in lost
    # What a copy's own template does not write is as its source has it.
    assert "encryption/key_manager" in unknown(the(beside[-1]))


def test_caches_that_follow_another_one() -> None:
    cache = block("azurerm_redis_cache.c", {"name": "c", "location": "chinaeast2"})
    other = block("azurerm_redis_cache.o", {"name": "o", "location": "eastus"})

    def link(role: Any) -> Block:
        return block(
            "azurerm_redis_linked_server.l",
            {
                "target_redis_cache_name": Reference(cache.address, "name"),
                "linked_redis_cache_id": Reference(other.address),
                "linked_redis_cache_location": Reference(other.address, "location"),
                "server_role": role,
            },
        )

    followed = the(cache, other, link("Secondary")).facts["replicas"]
    assert followed == [{"region": "eastus", "account": "template"}]
    assert the(cache, other, link("Primary")).facts["replicas"] == []
    assert "replicas" in unknown(the(cache, other, link(APPLY)))
