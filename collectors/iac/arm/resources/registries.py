"""Registries of Azure Container Registry. Source: template reference,
Microsoft.ContainerRegistry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown, then
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import is_, named, or_
from collectors.iac.blocks import Block
from collectors.logic import negated


def registry(resource: Resource) -> Iterator[Block]:
    """A registry; its public endpoint is on unless it says otherwise."""
    disabled = is_(resource.get("publicNetworkAccess"), "Disabled")
    values = named(resource) | {
        "public_network_access_enabled": None if disabled is None else negated(disabled),
        "admin_enabled": resource.get("adminUserEnabled"),
        "anonymous_pull_enabled": resource.get("anonymousPullEnabled"),
        "network_rule_set": _rules(resource.get("networkRuleSet")),
        "encryption": _encryption(resource),
    }
    yield resource.block("azurerm_container_registry", values)


def _rules(found: Any) -> Any:
    if not isinstance(found, dict):
        return found
    rules = at(found, "ipRules")
    if isinstance(rules, list):
        rules = [{"ip_range": at(each, "value")} for each in rules]
    values = {"default_action": at(found, "defaultAction"), "ip_rule": rules}
    return [{name: value for name, value in values.items() if value is not None}]


def _encryption(resource: Resource) -> Any:
    key = or_(
        resource.get("encryption.keyVaultProperties.keyIdentifier"),
        Unknown("the key is not written"),
    )
    on = or_(is_(resource.get("encryption.status"), "Enabled"), False)
    return then(on, lambda enabled: [{"key_vault_key_id": key}] if enabled else None)


TRANSLATIONS: dict[str, Translation] = {
    "Microsoft.ContainerRegistry/registries": registry,
}
