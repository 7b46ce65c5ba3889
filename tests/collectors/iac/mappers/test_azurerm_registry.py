"""azurerm_container_registry: who reaches it, and whose key it has."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
EVERYBODY = ["0.0.0.0/0", "::/0"]
DENY = {"network_rule_set": [{"default_action": "Deny", "ip_rule": [{"ip_range": "198.51.100.1"}]}]}


def _registry(**values: Any) -> dict[str, Any]:
    return the(block("azurerm_container_registry.r", {"name": "r"} | values)).facts


def test_defaults() -> None:
    document = the(block("azurerm_container_registry.r", {"name": "r", "location": "chinaeast2"}))
    assert document.facts == {
        "immutable_tags": None,
        "encryption": {
            "enabled": True,
            "key_manager": "provider",
            "key_id": None,
            "algorithm": "AES-256",
        },
        "exposure": {"public": False, "via": []},
        "allow_list": EVERYBODY,
        "shared_admin": False,
    }
    assert "scan_on_push" in document.unknown


@pytest.mark.parametrize(
    ("values", "allowed", "public"),
    [
        ({"anonymous_pull_enabled": True}, EVERYBODY, True),
        ({"anonymous_pull_enabled": True} | DENY, ["198.51.100.1/32"], False),
        ({"public_network_access_enabled": False, "anonymous_pull_enabled": True}, [], False),
        ({"public_network_access_enabled": APPLY, "anonymous_pull_enabled": True}, None, None),
        ({"network_rule_set": APPLY}, None, False),
        ({"network_rule_set": [{"default_action": APPLY}], "anonymous_pull_enabled": True},
         None, None),
    ],
)  # fmt: skip
def test_who_pulls(values: dict[str, Any], allowed: Any, public: bool | None) -> None:
    facts = _registry(**values)
    assert facts.get("allow_list") == allowed
    assert facts.get("exposure", {}).get("public") is public


def test_whose_key() -> None:
    own = _registry(encryption=[{"key_vault_key_id": "k"}])["encryption"]
    assert (own["key_manager"], own["key_id"]) == ("customer", "k")
    off = _registry(encryption=[{"enabled": False, "key_vault_key_id": "k"}])["encryption"]
    assert off["key_manager"] == "provider"
    assert "key_manager" not in _registry(encryption=APPLY)["encryption"]


def test_plans_of_defender_that_the_template_writes() -> None:
    def scanned(**plan: Any) -> Any:
        registry = block("azurerm_container_registry.r", {"name": "r"})
        pricing = block("azurerm_security_center_subscription_pricing.p", plan)
        return the(registry, pricing).facts.get("scan_on_push")

    extension = [{"name": "ContainerRegistriesVulnerabilityAssessments"}]
    assert scanned(tier="Standard", resource_type="ContainerRegistry") is True
    assert scanned(tier="Standard", resource_type="Containers", extension=extension) is True
    assert scanned(tier="Standard", resource_type="Containers") is None
    assert scanned(tier="Free", resource_type="ContainerRegistry") is None
    assert scanned(tier=APPLY, resource_type="ContainerRegistry") is None


def test_the_shared_administrator() -> None:
    found = the(block("azurerm_container_registry.r", {"admin_enabled": True}))
    assert found.facts["shared_admin"] is True
