"""Key Vault: keys, secrets and certificates with what their vault decides."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents, the, unknown

APPLY = Unknown("var.x is decided at apply")
VAULT = Reference("azurerm_key_vault.v")
WORKSPACE = Reference("azurerm_log_analytics_workspace.w")
ANYWHERE = ["0.0.0.0/0", "::/0"]


def vault(**values: Any) -> Block:
    return block("azurerm_key_vault.v", {"name": "v", "location": "chinanorth3", **values})


def key(**values: Any) -> Block:
    given = {"name": "k", "key_vault_id": VAULT, "key_type": "RSA", "key_size": 2048}
    return block("azurerm_key_vault_key.k", {**given, **values})


def setting(name: str = "d", **values: Any) -> Block:
    given = {"target_resource_id": VAULT, "log_analytics_workspace_id": WORKSPACE}
    return block(f"azurerm_monitor_diagnostic_setting.{name}", {**given, **values})


def workspace(**values: Any) -> Block:
    return block("azurerm_log_analytics_workspace.w", {"location": "chinaeast2", **values})


def endpoint(**values: Any) -> Block:
    connection = {"private_connection_resource_id": VAULT, "is_manual_connection": False}
    return block(
        "azurerm_private_endpoint.e", {"private_service_connection": [{**connection, **values}]}
    )


AUDIT = [{"category_group": "audit"}]


def test_a_key_that_is_kept_well() -> None:
    policy = {"expire_after": "P90D", "automatic": [{"time_before_expiry": "P30D"}]}
    found = the(
        key(key_type="RSA-HSM", rotation_policy=[policy]),
        vault(
            purge_protection_enabled=True,
            network_acls=[{"default_action": "Deny", "ip_rules": ["203.0.113.0/24"]}],
            access_policy=[{"object_id": "one", "key_permissions": ["Get"]}, {"object_id": "two"}],
        ),
        setting(enabled_log=AUDIT),
        workspace(retention_in_days=200),
        endpoint(),
    )
    assert (found.region, found.country) == ("chinanorth3", "CN")
    assert found.facts == {
        "manager": "customer",
        "origin": "hsm",
        "algorithm": "RSA-2048",
        "rotation_days": 60,
        "policy": [
            {
                "principal": "one",
                "account": "template",
                "kind": "account",
                "actions": ["Get"],
                "conditions": [],
                "narrows": False,
            }
        ],
        "state": "enabled",
        "used_by": None,
        "network_ranges": ["203.0.113.0/24"],
        "private_endpoint": True,
        "audit_log": {
            "enabled": True,
            "destination": "main.tf#azurerm_log_analytics_workspace.w",
            "destination_account": "template",
            "destination_region": "chinaeast2",
            "retention_days": 200,
        },
        "deletion_protection": True,
    }
    assert unknown(found) == {}


def test_a_key_of_a_vault_in_which_nothing_is_written() -> None:
    found = the(key(key_type="EC"), vault())
    assert found.facts["algorithm"] == "EC-P-256"
    assert found.facts["rotation_days"] is None
    assert found.facts["network_ranges"] == ANYWHERE
    assert unknown(found)["private_endpoint"] == (
        "no private endpoint of this template leads to it; another stack may have one"
    )
    assert found.facts["audit_log"]["enabled"] is False
    assert found.facts["deletion_protection"] is False
    assert found.facts["policy"] == []


def test_what_is_decided_at_apply() -> None:
    acls = {"default_action": "Deny", "ip_rules": ["203.0.113.9", APPLY]}
    found = the(
        key(rotation_policy=[{"automatic": [{"time_after_creation": APPLY}]}]),
        vault(network_acls=[acls], purge_protection_enabled=APPLY, access_policy=APPLY),
        setting(target_resource_id=APPLY, enabled_log=AUDIT),
        endpoint(private_connection_resource_id=APPLY),
    )
    assert found.facts["network_ranges"] == ["203.0.113.9/32", None]
    lost = {"rotation_days", "policy/0", "network_ranges/1", "private_endpoint",
            "audit_log/enabled", "deletion_protection"}  # fmt: skip
    assert lost <= set(unknown(found))
    assert set(unknown(found)) - lost == {
        f"audit_log/{name}"
        for name in ("destination", "destination_account", "destination_region", "retention_days")
    }


def test_who_reaches_a_vault() -> None:
    def ranges(**values: Any) -> Any:
        (found,) = documents(vault(**values))
        return found.facts.get("network_ranges", found.unknown.get("network_ranges"))

    assert ranges(public_network_access_enabled=False) == []
    assert ranges(network_acls=[{"default_action": "Allow", "ip_rules": ["1.2.3.4"]}]) == ANYWHERE
    assert ranges(network_acls=[{"default_action": APPLY}]) == APPLY.reason
    assert ranges(network_acls=APPLY) == APPLY.reason
    # The switch is open, and the rules let anybody in where it is on.
    assert ranges(public_network_access_enabled=APPLY) == APPLY.reason


def test_a_log_that_is_not_the_audit_is_none() -> None:
    for logs in ([{"category": "AzurePolicyEvaluationDetails"}], []):
        found = the(key(), vault(), setting(enabled_log=logs), workspace())
        assert found.facts["audit_log"]["enabled"] is False
    off = [{"category": "AuditEvent", "enabled": False}]
    assert the(key(), vault(), setting(log=off)).facts["audit_log"]["enabled"] is False


def test_logs_that_are_not_known_leave_the_audit_open() -> None:
    found = the(key(), vault(), setting(enabled_log=APPLY), workspace())
    assert unknown(found)["audit_log/enabled"] == APPLY.reason
    named = [{"category": "AuditEvent"}, {"category": APPLY}]
    found = the(key(), vault(), setting(enabled_log=named), workspace())
    assert found.facts["audit_log"]["enabled"] is True
    assert found.facts["audit_log"]["retention_days"] == 30


def test_a_destination_elsewhere_keeps_logs_nobody_knows_how_long() -> None:
    reasons = {
        "log_analytics_workspace_id": "the workspace is not part of this template",
        "storage_account_id": "how long the destination keeps logs is not known",
    }
    for argument, reason in reasons.items():
        away: dict[str, Any] = {"log_analytics_workspace_id": None, argument: "/subscriptions/S/x"}
        found = the(key(), vault(), setting(enabled_log=AUDIT, **away))
        assert found.facts["audit_log"]["enabled"] is True
        assert found.facts["audit_log"]["destination_account"] == "s"
        assert unknown(found)["audit_log/retention_days"] == reason
    found = the(key(), vault(), setting(enabled_log=AUDIT, log_analytics_workspace_id=APPLY))
    assert found.facts["audit_log"] == {"enabled": True}


def test_a_secret_and_a_certificate_of_a_vault_elsewhere() -> None:
    secret, certificate = documents(
        block("azurerm_key_vault_secret.s", {"name": "s", "expiration_date": "2030-01-01"}),
        block("azurerm_key_vault_certificate.c", {"name": "c"}),
    )
    assert secret.facts["expires"] == "2030-01-01"
    assert secret.unknown["network_ranges"] == "the vault is not part of this template"
    assert (secret.region, certificate.facts) == ("", {})


def test_the_key_and_the_renewal_of_a_certificate() -> None:
    def made(issuer: str, action: Any, certificate: Any = None, **key: Any) -> dict[str, Any]:
        policy = {
            "issuer_parameters": [{"name": issuer}],
            "key_properties": [key],
            "lifetime_action": [{"action": [{"action_type": action}]}],
        }
        values = {"name": "c", "certificate_policy": [policy], "certificate": certificate}
        facts = the(block("azurerm_key_vault_certificate.c", values)).facts
        assert "expires" not in facts
        return {name: facts.get(name) for name in ("algorithm", "key_bits", "auto_renew")}

    rsa = {"key_type": "RSA-HSM", "key_size": 3072}
    curve = {"key_type": "EC", "curve": "P-384"}
    told = {"algorithm": "RSA", "key_bits": 3072, "auto_renew": True}
    assert made("Self", "AutoRenew", **rsa) == told
    assert made("Unknown", "AutoRenew", **rsa)["auto_renew"] is False
    assert made("Self", APPLY, **rsa)["auto_renew"] is None
    assert made("DigiCert", "EmailContacts", **curve) == {
        "algorithm": "EC", "key_bits": 384, "auto_renew": False,
    }  # fmt: skip
    taken = made("Self", "AutoRenew", [{"contents": "x"}], **rsa)
    assert (taken["algorithm"], taken["key_bits"]) == (None, None)


def test_a_vault_alone_is_judged_by_what_it_decides() -> None:
    (alone,) = documents(vault())
    assert (alone.type, alone.facts["network_ranges"]) == ("key.secret", ANYWHERE)
    assert alone.unknown["rotation_days"] == (
        "decided by each secret, and the template declares none"
    )
    assert [each.type for each in documents(vault(), key())] == ["key.encryption_key"]


def test_a_connection_that_waits_is_no_endpoint_yet() -> None:
    found = the(key(), vault(), endpoint(is_manual_connection=True))
    assert "private_endpoint" in unknown(found)


def test_a_workspace_keeps_what_it_says() -> None:
    for values, days in (
        ({}, 30),
        ({"sku": "Free"}, 7),
        ({"retention_in_days": 365}, 365),
        ({"sku": APPLY}, None),
        ({"retention_in_days": APPLY}, None),
    ):
        found = the(workspace(**values))
        assert found.facts.get("retention_days") == days
        assert found.facts["exposure"] == {"public": False, "via": []}
