"""Workspaces of Synapse and their SQL pools. Source: template reference, Microsoft.Synapse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation
from collectors.iac.arm.resources.databases import rule
from collectors.iac.arm.resources.words import is_, named, nothing, or_, public
from collectors.iac.blocks import Block

_NO_KEY = Unknown("the key is not written")
_NO_STATE = Unknown("state is not written")


def workspace(resource: Resource) -> Iterator[Block]:
    """A workspace."""
    key = resource.get("encryption.cmk")
    if key is not None:
        key = or_(resource.get("encryption.cmk.key.keyVaultUrl"), _NO_KEY)
    values = named(resource) | {
        "public_network_access_enabled": public(resource.get("publicNetworkAccess")),
        "customer_managed_key": None if key is None else [{"key_versionless_id": key}],
    }
    yield resource.block("azurerm_synapse_workspace", values)


def pool(resource: Resource) -> Iterator[Block]:
    """A dedicated pool, with its encryption and backups, which are resources of their own."""
    values = named(resource) | {
        "synapse_workspace_id": resource.owner(),
        "data_encrypted": _switched_on(resource.child("transparentDataEncryption"), "status"),
        "geo_backup_policy_enabled": _switched_on(resource.child("geoBackupPolicies"), "state"),
    }
    yield resource.block("azurerm_synapse_sql_pool", values)


def _switched_on(found: Resource | None, name: str) -> Any:
    return None if found is None else or_(is_(found.get(name), "Enabled"), _NO_STATE)


def audit(resource: Resource) -> Iterator[Block]:
    """Auditing of a workspace, to a storage account or to Azure Monitor."""
    values = {
        "synapse_workspace_id": resource.owner(),
        "enabled": or_(is_(resource.get("state"), "Enabled"), _NO_STATE),
        "storage_endpoint": resource.get("storageEndpoint"),
        "retention_in_days": resource.get("retentionDays"),
        "log_monitoring_enabled": or_(resource.get("isAzureMonitorTargetEnabled"), False),
    }
    yield resource.block("azurerm_synapse_workspace_extended_auditing_policy", values)


_ON = "Microsoft.Synapse/workspaces"

TRANSLATIONS: dict[str, Translation] = {
    _ON: workspace,
    f"{_ON}/auditingSettings": audit,
    f"{_ON}/extendedAuditingSettings": audit,
    f"{_ON}/firewallRules": rule("azurerm_synapse_firewall_rule", "synapse_workspace_id"),
    f"{_ON}/sqlPools": pool,
    f"{_ON}/sqlPools/geoBackupPolicies": nothing,
    f"{_ON}/sqlPools/transparentDataEncryption": nothing,
}
