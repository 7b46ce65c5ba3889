"""Azure SQL servers and databases. Source: template reference, Microsoft.Sql."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.databases import rule
from collectors.iac.arm.resources.words import each, is_, named, nothing, or_, public
from collectors.iac.blocks import Block

_NO_STATE = Unknown("state is not written")
_NO_MINIMUM = Unknown("minimalTlsVersion is not written")


def server(resource: Resource) -> Iterator[Block]:
    """A server."""
    minimum = or_(resource.get("minimalTlsVersion"), _NO_MINIMUM)
    values = named(resource) | {
        "version": resource.get("version"),
        "minimum_tls_version": "Disabled" if minimum == "None" else minimum,
        "public_network_access_enabled": public(resource.get("publicNetworkAccess")),
        "transparent_data_encryption_key_vault_key_id": resource.get("keyId"),
    }
    yield resource.block("azurerm_mssql_server", values)


def database(resource: Resource) -> Iterator[Block]:
    """A database, with its encryption and backups, which are resources of their own in ARM."""
    values = named(resource) | {
        "server_id": resource.owner(),
        "create_mode": resource.get("createMode"),
        "creation_source_database_id": resource.get("sourceDatabaseId"),
        "zone_redundant": resource.get("zoneRedundant"),
        "storage_account_type": resource.get("requestedBackupStorageRedundancy"),
        "transparent_data_encryption_enabled": _encrypted(resource),
        "short_term_retention_policy": _retention(resource),
    }
    yield resource.block("azurerm_mssql_database", values)


def failover_group(resource: Resource) -> Iterator[Block]:
    """A group of databases that fail over to another server together."""
    partners = resource.get("partnerServers")
    listed = partners if isinstance(partners, Unknown) else each(partners)
    values = {
        "server_id": resource.owner(),
        "databases": resource.get("databases"),
        "partner_server": listed
        if isinstance(listed, Unknown)
        else [one if isinstance(one, Unknown) else {"id": at(one, "id")} for one in listed],
    }
    yield resource.block("azurerm_mssql_failover_group", values)


def _encrypted(resource: Resource) -> Any:
    found = resource.child("transparentDataEncryption")
    if found is None:
        return None
    # Older versions of the API call it status.
    return is_(or_(found.get("state"), found.get("status")), "Enabled")


def _retention(resource: Resource) -> Any:
    found = resource.child("backupShortTermRetentionPolicies")
    days = found.get("retentionDays") if found else None
    return None if days is None else [{"retention_days": days}]


def audit(resource: Resource) -> Iterator[Block]:
    """Auditing of a server, to a storage account or to Azure Monitor."""
    values = {
        "server_id": resource.owner(),
        "enabled": or_(is_(resource.get("state"), "Enabled"), _NO_STATE),
        "storage_endpoint": resource.get("storageEndpoint"),
        "retention_in_days": resource.get("retentionDays"),
        "log_monitoring_enabled": or_(resource.get("isAzureMonitorTargetEnabled"), False),
    }
    yield resource.block("azurerm_mssql_server_extended_auditing_policy", values)


def own_audit(resource: Resource) -> Iterator[Block]:
    """Auditing of one database."""
    for block in audit(resource):
        values = {**block.values, "database_id": resource.owner()}
        del values["server_id"]
        yield resource.block("azurerm_mssql_database_extended_auditing_policy", values)


def protector(resource: Resource) -> Iterator[Block]:
    """The key of a server's databases; one that the service manages is none of the customer's."""
    kind = is_(resource.get("serverKeyType"), "AzureKeyVault")
    if kind is False:
        return
    key = or_(resource.get("uri"), resource.get("serverKeyName"))
    values = {
        "server_id": resource.owner(),
        "key_vault_key_id": key if kind is True else kind or Unknown("the key is not written"),
    }
    yield resource.block("azurerm_mssql_server_transparent_data_encryption", values)


def instance(resource: Resource) -> Iterator[Block]:
    """A managed instance."""
    minimum = or_(resource.get("minimalTlsVersion"), _NO_MINIMUM)
    redundancy = or_(
        resource.get("requestedBackupStorageRedundancy"), resource.get("storageAccountType")
    )
    values = named(resource) | {
        "subnet_id": resource.get("subnetId"),
        "minimum_tls_version": minimum,
        "public_data_endpoint_enabled": resource.get("publicDataEndpointEnabled"),
        "zone_redundant_enabled": resource.get("zoneRedundant"),
        "storage_account_type": redundancy,
    }
    yield resource.block(_INSTANCE, values)


def managed_database(resource: Resource) -> Iterator[Block]:
    """A database of a managed instance."""
    kept = resource.child("backupShortTermRetentionPolicies")
    values = named(resource) | {
        "managed_instance_id": resource.owner(),
        "short_term_retention_days": kept.get("retentionDays") if kept else None,
        "transparent_data_encryption_enabled": _encrypted(resource),
    }
    yield resource.block("azurerm_mssql_managed_database", values)


def instance_protector(resource: Resource) -> Iterator[Block]:
    """The key of an instance's databases."""
    for block in protector(resource):
        values = {**block.values, "managed_instance_id": resource.owner()}
        del values["server_id"]
        yield resource.block(f"{_INSTANCE}_transparent_data_encryption", values)


_INSTANCE = "azurerm_mssql_managed_instance"
_INSTANCES = "Microsoft.Sql/managedInstances"
_SERVERS = "Microsoft.Sql/servers"

TRANSLATIONS: dict[str, Translation] = {
    _INSTANCES: instance,
    f"{_INSTANCES}/databases": managed_database,
    f"{_INSTANCES}/databases/backupShortTermRetentionPolicies": nothing,
    f"{_INSTANCES}/databases/transparentDataEncryption": nothing,
    f"{_INSTANCES}/encryptionProtector": instance_protector,
    _SERVERS: server,
    f"{_SERVERS}/auditingSettings": audit,
    f"{_SERVERS}/databases": database,
    f"{_SERVERS}/databases/auditingSettings": own_audit,
    f"{_SERVERS}/databases/extendedAuditingSettings": own_audit,
    f"{_SERVERS}/databases/backupShortTermRetentionPolicies": nothing,
    f"{_SERVERS}/databases/transparentDataEncryption": nothing,
    f"{_SERVERS}/encryptionProtector": protector,
    f"{_SERVERS}/extendedAuditingSettings": audit,
    f"{_SERVERS}/failoverGroups": failover_group,
    f"{_SERVERS}/firewallRules": rule("azurerm_mssql_firewall_rule", "server_id"),
}
