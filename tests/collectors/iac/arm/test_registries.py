"""Registries of ARM templates, with Azure's own defaults."""

from __future__ import annotations

from typing import Any

from tests.collectors.iac.conftest import Read

REGISTRY = "Microsoft.ContainerRegistry/registries"


def test_a_registry(deployment: Read) -> None:
    registry: dict[str, Any] = {"type": REGISTRY, "name": "r", "properties": {}}
    (found,) = deployment([registry]).values()
    assert found.facts["allow_list"] == ["0.0.0.0/0", "::/0"]
    assert found.facts["encryption"]["key_manager"] == "provider"
    registry["properties"] = {
        "networkRuleSet": {"defaultAction": "Deny", "ipRules": [{"value": "198.51.100.0/24"}]},
        "anonymousPullEnabled": True,
        "encryption": {"status": "enabled", "keyVaultProperties": {"keyIdentifier": "https://k"}},
    }
    (found,) = deployment([registry]).values()
    assert found.facts["allow_list"] == ["198.51.100.0/24"]
    assert found.facts["exposure"]["public"] is False
    assert found.facts["encryption"]["key_id"] == "https://k"
    registry["properties"] = {"publicNetworkAccess": "Disabled"}
    (found,) = deployment([registry]).values()
    assert found.facts["allow_list"] == []
