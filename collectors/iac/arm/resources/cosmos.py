"""Accounts of Azure Cosmos DB. Source: template reference, Microsoft.DocumentDB."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import named, or_, public
from collectors.iac.blocks import Block

_NO_MINIMUM = Unknown("minimalTlsVersion is not written")


def account(resource: Resource) -> Iterator[Block]:
    """An account; what it takes of TLS by default goes by its interface."""
    values = named(resource) | {
        "kind": resource.body.get("kind"),
        "capabilities": _listed(resource.get("capabilities"), {"name": "name"}),
        "mongo_server_version": resource.get("apiProperties.serverVersion"),
        "public_network_access_enabled": public(resource.get("publicNetworkAccess")),
        "ip_range_filter": _rules(resource),
        "is_virtual_network_filter_enabled": resource.get("isVirtualNetworkFilterEnabled"),
        "minimal_tls_version": or_(resource.get("minimalTlsVersion"), _NO_MINIMUM),
        "key_vault_key_id": resource.get("keyVaultKeyUri"),
        "multiple_write_locations_enabled": resource.get("enableMultipleWriteLocations"),
        "geo_location": _listed(
            resource.get("locations"),
            {
                "location": "locationName",
                "failover_priority": "failoverPriority",
                "zone_redundant": "isZoneRedundant",
            },
        ),
        "backup": _backup(resource.get("backupPolicy")),
    }
    yield resource.block("azurerm_cosmosdb_account", values)


def _rules(resource: Resource) -> Any:
    """Older versions of the API have one text with commas."""
    rules = resource.get("ipRules")
    if not isinstance(rules, list):
        return or_(rules, resource.get("ipRangeFilter") or None)
    return [at(one, "ipAddressOrRange") for one in rules]


def _listed(value: Any, names: dict[str, str]) -> Any:
    if not isinstance(value, list):
        return value
    return [
        {new: found for new, old in names.items() if (found := at(one, old)) is not None}
        for one in value
    ]


def _backup(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    periodic = "periodicModeProperties"
    found = {
        "type": at(value, "type"),
        "tier": at(value, "continuousModeProperties.tier"),
        "retention_in_hours": at(value, f"{periodic}.backupRetentionIntervalInHours"),
        "storage_redundancy": at(value, f"{periodic}.backupStorageRedundancy"),
    }
    return [{name: it for name, it in found.items() if it is not None}]


TRANSLATIONS: dict[str, Translation] = {"Microsoft.DocumentDB/databaseAccounts": account}
