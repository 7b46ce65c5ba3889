"""Calls of Azure SQL: logical servers with their databases, and managed instances."""

from __future__ import annotations

from collectors.azure.calls import child, listing

SERVERS = "Microsoft.Sql/servers"
DATABASES = f"{SERVERS}/databases"
INSTANCES = "Microsoft.Sql/managedInstances"
INSTANCE_DATABASES = f"{INSTANCES}/databases"

LIST_SERVERS = listing(SERVERS, "Servers_List")
LIST_DATABASES = child(DATABASES, "Databases_ListByServer", "{id}/databases", paged=True)
LIST_FIREWALL_RULES = child(
    f"{SERVERS}/firewallRules", "FirewallRules_ListByServer", "{id}/firewallRules", paged=True
)
LIST_IPV6_RULES = child(
    f"{SERVERS}/ipv6FirewallRules",
    "IPv6FirewallRules_ListByServer",
    "{id}/ipv6FirewallRules",
    paged=True,
)
GET_SERVER_AUDITING = child(
    f"{SERVERS}/auditingSettings",
    "ServerBlobAuditingPolicies_Get",
    "{id}/auditingSettings/default",
)
GET_DATABASE_AUDITING = child(
    f"{DATABASES}/auditingSettings",
    "DatabaseBlobAuditingPolicies_Get",
    "{id}/auditingSettings/default",
)
GET_PROTECTOR = child(
    f"{SERVERS}/encryptionProtector", "EncryptionProtectors_Get", "{id}/encryptionProtector/current"
)
GET_TDE = child(
    f"{DATABASES}/transparentDataEncryption",
    "TransparentDataEncryptions_Get",
    "{id}/transparentDataEncryption/current",
)
GET_SHORT_RETENTION = child(
    f"{DATABASES}/backupShortTermRetentionPolicies",
    "BackupShortTermRetentionPolicies_Get",
    "{id}/backupShortTermRetentionPolicies/default",
)
LIST_REPLICATION_LINKS = child(
    f"{SERVERS}/replicationLinks",
    "ReplicationLinks_ListByServer",
    "{id}/replicationLinks",
    paged=True,
)
LIST_INSTANCES = listing(INSTANCES, "ManagedInstances_List")
LIST_INSTANCE_DATABASES = child(
    INSTANCE_DATABASES, "ManagedDatabases_ListByInstance", "{id}/databases", paged=True
)
GET_INSTANCE_PROTECTOR = child(
    f"{INSTANCES}/encryptionProtector",
    "ManagedInstanceEncryptionProtectors_Get",
    "{id}/encryptionProtector/current",
)
GET_INSTANCE_TDE = child(
    f"{INSTANCE_DATABASES}/transparentDataEncryption",
    "ManagedDatabaseTransparentDataEncryption_Get",
    "{id}/transparentDataEncryption/current",
)
GET_INSTANCE_RETENTION = child(
    f"{INSTANCE_DATABASES}/backupShortTermRetentionPolicies",
    "ManagedBackupShortTermRetentionPolicies_Get",
    "{id}/backupShortTermRetentionPolicies/default",
)
