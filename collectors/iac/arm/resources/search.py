"""Services of Azure AI Search. Source: template reference, Microsoft.Search."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import named, public
from collectors.iac.blocks import Block


def service(resource: Resource) -> Iterator[Block]:
    """A service."""
    rules = resource.get("networkRuleSet.ipRules")
    values = named(resource) | {
        "public_network_access_enabled": public(resource.get("publicNetworkAccess")),
        "allowed_ips": [at(one, "value") for one in rules] if isinstance(rules, list) else rules,
        "replica_count": resource.get("replicaCount"),
    }
    yield resource.block("azurerm_search_service", values)


TRANSLATIONS: dict[str, Translation] = {"Microsoft.Search/searchServices": service}
