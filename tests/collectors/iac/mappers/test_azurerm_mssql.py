"""Azure SQL: a database with its server's reachability, TLS and auditing."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the, unknown

APPLY = Unknown("var.x is decided at apply")
OTHERS = "alert rules outside of this template may watch it"
NO_WAY = "no private endpoint of this template leads to it; another stack may have one"
AUDIT_SETTING = block(
    "azurerm_monitor_diagnostic_setting.audit",
    {
        "target_resource_id": Reference("azurerm_mssql_server.s", "id/databases/master"),
        "log_analytics_workspace_id": Reference("azurerm_log_analytics_workspace.w"),
        "enabled_log": [{"category": "SQLSecurityAuditEvents"}],
    },
)


def test_good() -> None:
    document = the(
        block(
            "azurerm_mssql_database.d",
            {
                "name": "d",
                "server_id": Reference("azurerm_mssql_server.s"),
                "zone_redundant": True,
                "short_term_retention_policy": [{"retention_days": 35}],
                "storage_account_type": "Geo",
            },
        ),
        block(
            "azurerm_mssql_server.s",
            {
                "name": "sql",
                "location": "chinanorth3",
                "resource_group_name": "rg",
                "version": "12.0",
                "minimum_tls_version": "1.2",
                "public_network_access_enabled": False,
                "transparent_data_encryption_key_vault_key_id": Reference(
                    "azurerm_key_vault_key.k"
                ),
            },
        ),
        block(
            "azurerm_mssql_server_extended_auditing_policy.a",
            {
                "server_id": Reference("azurerm_mssql_server.s"),
                "storage_endpoint": "https://logs.blob.core.chinacloudapi.cn/",
                "retention_in_days": 180,
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "chinanorth3",
        "CN",
        "d",
        {},
    )
    assert document.facts == {
        "engine": "sqlserver",
        "version_supported": True,
        "tenancy": "shared",
        "subnet_routes_to_internet": None,
        "network_kind": "vpc",
        "engine_version": "12.0",
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
        "audit_log": {
            "enabled": True,
            "destination": "https://logs.blob.core.chinacloudapi.cn/",
            "retention_days": 180,
        },
        "backup": {
            "enabled": True,
            "retention_days": 35,
            "point_in_time": True,
            "copies": [{"region": "chinaeast3", "account": "template", "kind": "geo"}],
        },
        "multi_zone": True,
        "deletion_protection": False,
        "auto_minor_upgrade": True,
        "guard_instance": None,
        "firewall_ids": [],
        "replicas": [],
    }
    assert unknown(document) == {
        "alarms": OTHERS,
        "private_endpoint": NO_WAY,
        "audit_log/destination_account": "the template does not name the account of "
        "the destination",
        "audit_log/destination_region": "the region of the storage account is not read",
    }


def test_bad() -> None:
    document = the(
        block(
            "azurerm_mssql_database.d",
            {
                "name": "d",
                "server_id": Reference("azurerm_mssql_server.s"),
                "transparent_data_encryption_enabled": False,
                "storage_account_type": "Local",
            },
        ),
        block(
            "azurerm_mssql_server.s",
            {
                "name": "sql",
                "location": "chinanorth3",
                "resource_group_name": "rg",
                "version": "12.0",
                "minimum_tls_version": "Disabled",
            },
        ),
        block(
            "azurerm_mssql_firewall_rule.all",
            {
                "server_id": Reference("azurerm_mssql_server.s"),
                "start_ip_address": "0.0.0.0",
                "end_ip_address": "255.255.255.255",
            },
        ),
        block(
            "azurerm_mssql_firewall_rule.azure",
            {
                "server_id": Reference("azurerm_mssql_server.s"),
                "start_ip_address": "0.0.0.0",
                "end_ip_address": "0.0.0.0",
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "chinanorth3",
        "CN",
        "d",
        {},
    )
    assert document.facts == {
        "engine": "sqlserver",
        "version_supported": True,
        "tenancy": "shared",
        "subnet_routes_to_internet": None,
        "network_kind": "public",
        "engine_version": "12.0",
        "exposure": {"public": True, "via": ["firewall", "azure-services"]},
        "allow_list": ["0.0.0.0/0", "prefix-list:AzureCloud"],
        "authentication": True,
        "tls": {"minimum": "1.0", "required": True, "policy": None},
        "encryption": {"enabled": False, "key_manager": None, "key_id": None, "algorithm": None},
        "audit_log": {
            "enabled": False,
            "destination": None,
            "destination_account": None,
            "destination_region": None,
            "retention_days": None,
        },
        "backup": {"enabled": True, "retention_days": 7, "point_in_time": True, "copies": []},
        "multi_zone": False,
        "deletion_protection": False,
        "auto_minor_upgrade": True,
        "guard_instance": None,
        "firewall_ids": [],
        "replicas": [],
    }
    assert unknown(document) == {
        "alarms": OTHERS,
        "private_endpoint": NO_WAY,
    }


def test_a_server_alone_says_what_it_decides() -> None:
    document = the(
        block(
            "azurerm_mssql_server.s",
            {
                "name": "sql",
                "location": "chinanorth3",
                "resource_group_name": "rg",
                "version": "12.0",
            },
        ),
        block(
            "azurerm_mssql_firewall_rule.office",
            {
                "server_id": Reference("azurerm_mssql_server.s"),
                "start_ip_address": "203.0.113.0",
                "end_ip_address": "203.0.113.9",
            },
        ),
        block(
            "azurerm_mssql_server_extended_auditing_policy.a",
            {"server_id": Reference("azurerm_mssql_server.s")},
        ),
        AUDIT_SETTING,
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "chinanorth3",
        "CN",
        "sql",
        {},
    )
    assert document.facts == {
        "engine": "sqlserver",
        "version_supported": True,
        "tenancy": "shared",
        "subnet_routes_to_internet": None,
        "network_kind": "public",
        "engine_version": "12.0",
        "exposure": {"public": False, "via": []},
        "allow_list": ["203.0.113.0/29", "203.0.113.8/31"],
        "authentication": True,
        "tls": {"minimum": "1.2", "required": True, "policy": None},
        "encryption": {},
        "audit_log": {
            "enabled": True,
            "destination": "azurerm_log_analytics_workspace.w",
        },
        "backup": {},
        "deletion_protection": False,
        "auto_minor_upgrade": True,
        "guard_instance": None,
        "firewall_ids": [],
    }
    assert unknown(document) == {
        "alarms": "decided by each database, and the template declares none",
        "replicas": "decided by each database, and the template declares none",
        "private_endpoint": NO_WAY,
        "encryption/enabled": "decided by each database, and the template declares none",
        "encryption/key_manager": "decided by each database, and the template declares none",
        "encryption/key_id": "decided by each database, and the template declares none",
        "encryption/algorithm": "decided by each database, and the template declares none",
        "audit_log/destination_account": "the template does not name the account of "
        "the destination",
        "audit_log/destination_region": "the workspace is not part of this template",
        "audit_log/retention_days": "the workspace is not part of this template",
        "backup/enabled": "decided by each database, and the template declares none",
        "backup/retention_days": "decided by each database, and the template declares none",
        "backup/point_in_time": "decided by each database, and the template declares none",
        "backup/copies": "decided by each database, and the template declares none",
        "multi_zone": "decided by each database, and the template declares none",
    }


def test_unknown_until_apply() -> None:
    document = the(
        block(
            "azurerm_mssql_database.d",
            {
                "name": APPLY,
                "server_id": Reference("azurerm_mssql_server.s"),
                "transparent_data_encryption_enabled": APPLY,
                "zone_redundant": APPLY,
                "short_term_retention_policy": APPLY,
                "storage_account_type": APPLY,
            },
        ),
        block(
            "azurerm_mssql_server.s",
            {
                "name": "sql",
                "location": "chinanorth3",
                "resource_group_name": "rg",
                "version": "12.0",
                "minimum_tls_version": APPLY,
                "public_network_access_enabled": APPLY,
            },
        ),
        block(
            "azurerm_mssql_firewall_rule.all",
            {
                "server_id": Reference("azurerm_mssql_server.s"),
                "start_ip_address": APPLY,
                "end_ip_address": "255.255.255.255",
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "chinanorth3",
        "CN",
        "azurerm_mssql_database.d",
        {},
    )
    assert document.facts == {
        "engine": "sqlserver",
        "version_supported": True,
        "tenancy": "shared",
        "subnet_routes_to_internet": None,
        "engine_version": "12.0",
        "exposure": {},
        "authentication": True,
        "tls": {"required": True, "policy": None},
        "encryption": {"key_manager": "provider", "key_id": None, "algorithm": "AES-256"},
        "audit_log": {
            "enabled": False,
            "destination": None,
            "destination_account": None,
            "destination_region": None,
            "retention_days": None,
        },
        "backup": {"enabled": True, "point_in_time": True},
        "deletion_protection": False,
        "auto_minor_upgrade": True,
        "guard_instance": None,
        "firewall_ids": [],
        "replicas": [],
    }
    assert unknown(document) == {
        "alarms": OTHERS,
        "private_endpoint": NO_WAY,
        "exposure/public": "var.x is decided at apply",
        "exposure/via": "var.x is decided at apply",
        "allow_list": "var.x is decided at apply",
        "network_kind": "var.x is decided at apply",
        "tls/minimum": "var.x is decided at apply",
        "encryption/enabled": "var.x is decided at apply",
        "backup/retention_days": "var.x is decided at apply",
        "backup/copies": "var.x is decided at apply",
        "multi_zone": "var.x is decided at apply",
    }


def test_a_server_elsewhere_leaves_its_part_unknown() -> None:
    document = the(
        block(
            "azurerm_mssql_database.d",
            {"name": "d", "server_id": Reference("data.azurerm_mssql_server.s")},
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == ("", None, "d", {})
    assert document.facts == {
        "engine": "sqlserver",
        "version_supported": True,
        "tenancy": "shared",
        "subnet_routes_to_internet": None,
        "audit_log": {},
        "authentication": True,
        "encryption": {"enabled": True, "algorithm": "AES-256"},
        "backup": {
            "enabled": True,
            "retention_days": 7,
            "point_in_time": True,
            "copies": [{"account": "template", "kind": "geo"}],
        },
        "multi_zone": False,
        "auto_minor_upgrade": True,
        "guard_instance": None,
        "firewall_ids": [],
        "replicas": [],
    }
    assert unknown(document) == {
        "alarms": OTHERS,
        "region": "the server is not part of this template",
        "country": "the server is not part of this template",
        "exposure": "the server is not part of this template",
        "allow_list": "the server is not part of this template",
        "tls": "the server is not part of this template",
        "encryption/key_manager": "the server is not part of this template",
        "encryption/key_id": "the server is not part of this template",
        "network_kind": "the server is not part of this template",
        "private_endpoint": "the server is not part of this template",
        "audit_log/enabled": "the server is not part of this template",
        "audit_log/destination": "the server is not part of this template",
        "audit_log/destination_account": "the server is not part of this template",
        "audit_log/destination_region": "the server is not part of this template",
        "audit_log/retention_days": "the server is not part of this template",
        "backup/copies/0/region": "the server is not part of this template",
        "deletion_protection": "the server is not part of this template",
    }


def test_an_audit_of_the_database_holds_where_its_server_has_none() -> None:
    database = block("azurerm_mssql_database.d", {"server_id": Reference("azurerm_mssql_server.s")})
    server = block("azurerm_mssql_server.s", {"location": "chinanorth3"})
    values = {"storage_endpoint": "https://logs/", "retention_in_days": 200}
    own = block(
        "azurerm_mssql_database_extended_auditing_policy.a",
        {"database_id": Reference("azurerm_mssql_database.d"), **values},
    )
    audit = the(database, server, own).facts["audit_log"]
    assert (audit["enabled"], audit["retention_days"]) == (True, 200)
    of_server = block(
        "azurerm_mssql_server_extended_auditing_policy.b",
        {"server_id": Reference("azurerm_mssql_server.s"), **values, "retention_in_days": 30},
    )
    assert the(database, server, own, of_server).facts["audit_log"]["retention_days"] == 30
    open_ = block("azurerm_mssql_server_extended_auditing_policy.b", {"server_id": APPLY, **values})
    assert "audit_log/enabled" in unknown(the(database, server, open_))


def test_a_lifecycle_policy_may_delete_an_audit_sooner() -> None:
    server = block("azurerm_mssql_server.s", {"location": "chinanorth3"})
    account = block("azurerm_storage_account.s", {"name": "s"})
    audit = block(
        "azurerm_mssql_server_extended_auditing_policy.a",
        {
            "server_id": Reference("azurerm_mssql_server.s"),
            "storage_endpoint": Reference("azurerm_storage_account.s", "primary_blob_endpoint"),
            "retention_in_days": 200,
        },
    )
    policy = block(
        "azurerm_storage_management_policy.p",
        {"storage_account_id": Reference("azurerm_storage_account.s")},
    )
    assert the(server, account, audit).facts["audit_log"]["retention_days"] == 200
    assert "audit_log/retention_days" in unknown(the(server, account, audit, policy))


@pytest.mark.parametrize(
    ("values", "setting", "enabled"),
    [
        ({}, True, True),
        # What Azure Monitor gets is kept nowhere without a diagnostic setting.
        ({}, False, False),
        ({"log_monitoring_enabled": False}, True, "auditing is on, and names no destination"),
        ({"log_monitoring_enabled": APPLY}, True, APPLY.reason),
        ({"enabled": APPLY}, True, APPLY.reason),
        ({"enabled": False, "log_monitoring_enabled": APPLY}, True, False),
    ],
)
def test_an_audit_that_goes_to_azure_monitor(
    values: dict[str, Any], setting: bool, enabled: bool | str
) -> None:
    server = block("azurerm_mssql_server.s", {"location": "chinanorth3"})
    audit = block(
        "azurerm_mssql_server_extended_auditing_policy.a",
        {"server_id": Reference("azurerm_mssql_server.s"), **values},
    )
    found = the(server, audit, *([AUDIT_SETTING] if setting else []))
    log = found.facts["audit_log"]
    assert log.get("enabled", found.unknown.get("audit_log/enabled")) == enabled


def test_azurerm_2_asked_for_no_version_of_tls() -> None:
    found = the(
        block("azurerm_mssql_database.d", {"server_id": Reference("azurerm_mssql_server.s")}),
        block("azurerm_mssql_server.s", {"name": "s", "version": "12.0"}, {"version": "~> 2.40"}),
    )
    assert found.facts["tls"]["minimum"] == "1.0"


def test_an_older_server_with_its_rules_and_databases() -> None:
    audit = {"storage_endpoint": "https://logs/", "retention_in_days": 200}
    values = {
        "name": "s",
        "location": "chinaeast2",
        "version": "12.0",
        "extended_auditing_policy": [audit],
    }
    server = block("azurerm_sql_server.s", values)
    rule = block(
        "azurerm_sql_firewall_rule.r",
        {
            "server_name": Reference("azurerm_sql_server.s", "name"),
            "start_ip_address": "0.0.0.0",
            "end_ip_address": "255.255.255.255",
        },
    )
    for found in (
        the(server, rule),
        the(block("azurerm_sql_database.d", {"server_name": "s"}), server, rule),
    ):
        assert (found.facts["allow_list"], found.facts["exposure"]["public"]) == (
            ["0.0.0.0/0"],
            True,
        )
        assert found.facts["audit_log"]["retention_days"] == 200
        assert (found.region, found.facts["tls"]["required"]) == ("chinaeast2", True)
        assert "tls/minimum" in found.unknown
    closed = the(server)
    assert (closed.facts["allow_list"], closed.facts["exposure"]["public"]) == ([], False)
    monitored = the(block("azurerm_sql_server.s", {"extended_auditing_policy": [{}]}))
    assert "audit_log/enabled" in monitored.unknown
    assert the(block("azurerm_sql_server.s", {})).facts["audit_log"]["enabled"] is False
    unnamed = Unknown("known after apply")
    named = block("azurerm_sql_database.d", {"server_name": unnamed})
    assert "allow_list" in the(named, block("azurerm_sql_server.s", {"name": unnamed})).unknown
    alone = the(block("azurerm_sql_database.d", {"server_name": "x", "location": "chinaeast2"}))
    assert (alone.region, alone.facts["encryption"]["enabled"]) == ("chinaeast2", True)
    assert "allow_list" in alone.unknown


def test_replicas_and_alarms_of_a_database() -> None:
    database = block("azurerm_mssql_database.d", {"server_id": Reference("azurerm_mssql_server.s")})
    server = block("azurerm_mssql_server.s", {"location": "chinaeast2"})
    away = block("azurerm_mssql_server.away", {"location": "eastus"})
    copy = {
        "server_id": Reference(away.address),
        "creation_source_database_id": Reference(database.address),
    }
    group = {
        "server_id": Reference(server.address),
        "databases": [Reference(database.address)],
        "partner_server": [{"id": Reference(away.address)}],
    }
    rule = {
        "scopes": [Reference(database.address)],
        "action": [{"action_group_id": Reference("azurerm_monitor_action_group.g")}],
    }
    listener = {"email_receiver": [{"email_address": "a@b.c"}]}

    def facts(kind: str, values: dict[str, Any]) -> Any:
        listening = block("azurerm_monitor_action_group.g", listener)
        return the(database, server, away, block(f"{kind}.x", values), listening)

    there = [{"region": "eastus", "account": "template"}]
    for mode, found in (("Secondary", there), ("OnlineSecondary", there), ("Copy", [])):
        made = facts("azurerm_mssql_database", copy | {"create_mode": mode})
        assert made.facts["replicas"] == found
    assert facts("azurerm_mssql_failover_group", group).facts["replicas"] == there
    for kind, values in (
        ("azurerm_mssql_database", copy | {"create_mode": APPLY}),
        ("azurerm_mssql_failover_group", group | {"databases": APPLY}),
    ):
        assert "replicas" in unknown(facts(kind, values))
    elsewhere = group | {"partner_server": [{"id": "/subscriptions/s/servers/x"}]}
    assert "replicas/0/region" in unknown(facts("azurerm_mssql_failover_group", elsewhere))
    assert facts("azurerm_monitor_metric_alert", rule).facts["alarms"] == 1
