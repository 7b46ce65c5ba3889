"""Key vaults of ARM templates, their diagnostic settings and private endpoints."""

from __future__ import annotations

from typing import Any

import pytest

from tests.collectors.iac.conftest import Read

VAULTS = "Microsoft.KeyVault/vaults"
VAULT: dict[str, Any] = {
    "type": VAULTS,
    "name": "kv",
    "location": "chinaeast2",
    "properties": {
        "enablePurgeProtection": True,
        "networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "203.0.113.0/24"}]},
        "accessPolicies": [{"objectId": "one", "permissions": {"keys": ["get"]}}],
    },
}
KEY: dict[str, Any] = {
    "type": f"{VAULTS}/keys",
    "name": "kv/k",
    "properties": {
        "kty": "RSA",
        "keySize": 3072,
        "attributes": {"enabled": False},
        "rotationPolicy": {
            "lifetimeActions": [
                {"action": {"type": "notify"}, "trigger": {"timeBeforeExpiry": "P30D"}},
                {"action": {"type": "rotate"}, "trigger": {"timeAfterCreate": "P80D"}},
            ]
        },
    },
}
WORKSPACE = {
    "type": "Microsoft.OperationalInsights/workspaces",
    "name": "ws",
    "location": "chinaeast2",
    "properties": {"retentionInDays": 365},
}
SETTING: dict[str, Any] = {
    "workspaceId": "[resourceId('Microsoft.OperationalInsights/workspaces', 'ws')]",
    "logs": [{"category": "AuditEvent", "enabled": True}],
}
BY_SCOPE = {"type": "Microsoft.Insights/diagnosticSettings", "name": "d"}
STANDING = {
    "id": {**BY_SCOPE, "scope": "[resourceId('Microsoft.KeyVault/vaults', 'kv')]"},
    "short": {**BY_SCOPE, "scope": "[format('Microsoft.KeyVault/vaults/{0}', 'kv')]"},
    "old": {"type": f"{VAULTS}/providers/diagnosticSettings", "name": "kv/Microsoft.Insights/d"},
}
ENDPOINT = {
    "type": "Microsoft.Network/privateEndpoints",
    "name": "pe",
    "properties": {
        "privateLinkServiceConnections": [
            {
                "properties": {
                    "privateLinkServiceId": "[resourceId('Microsoft.KeyVault/vaults','kv')]"
                }
            }
        ]
    },
}


@pytest.mark.parametrize("standing", STANDING)
def test_a_key_with_its_vault_and_its_log(deployment: Read, standing: str) -> None:
    setting = {**STANDING[standing], "properties": SETTING}
    found = deployment([VAULT, KEY, WORKSPACE, setting, ENDPOINT])[f"{VAULTS}/keys/kv/k"]
    assert found.native_type == f"{VAULTS}/keys"
    assert (found.facts["algorithm"], found.facts["rotation_days"]) == ("RSA-3072", 80)
    assert (found.facts["state"], found.facts["deletion_protection"]) == ("disabled", True)
    assert found.facts["network_ranges"] == ["203.0.113.0/24"]
    assert found.facts["private_endpoint"] is True
    assert found.facts["policy"][0]["principal"] == "one"
    log = found.facts["audit_log"]
    assert (log["enabled"], log["retention_days"]) == (True, 365)


def test_a_secret_of_a_vault_in_which_nothing_is_written(deployment: Read) -> None:
    properties = {"value": "hunter2hunter2", "attributes": {"exp": 1893456000}}
    secret = {"type": f"{VAULTS}/secrets", "name": "kv/s", "properties": properties}
    found = deployment([{**VAULT, "properties": {}}, secret])[f"{VAULTS}/secrets/kv/s"]
    assert found.facts["network_ranges"] == ["0.0.0.0/0", "::/0"]
    assert found.facts["audit_log"]["enabled"] is False
    assert found.facts["expires"] == "2030-01-01T00:00:00Z"
    assert "hunter" not in repr(found)


def test_what_is_decided_at_deployment(deployment: Read) -> None:
    parameters = {"x": {"type": "object"}}
    acls = {"networkAcls": "[parameters('x')]", "enablePurgeProtection": "[parameters('x')]"}
    setting = {**STANDING["id"], "properties": {**SETTING, "logs": "[parameters('x')]"}}
    resources = [{**VAULT, "properties": acls}, KEY, setting]
    found = deployment(resources, parameters=parameters)[f"{VAULTS}/keys/kv/k"]
    assert {"network_ranges", "deletion_protection", "audit_log/enabled"} <= set(found.unknown)


@pytest.mark.parametrize(
    ("word", "ranges"),
    [
        ("Disabled", []),
        ("enabled", ["203.0.113.0/24"]),
        ("", ["203.0.113.0/24"]),
        # The network perimeter decides who gets in.
        ("SecuredByPerimeter", None),
    ],
)
def test_the_public_endpoint_of_a_vault(deployment: Read, word: str, ranges: Any) -> None:
    properties = {**VAULT["properties"], "publicNetworkAccess": word}
    (found,) = deployment([{**VAULT, "properties": properties}]).values()
    assert found.facts.get("network_ranges") == ranges
