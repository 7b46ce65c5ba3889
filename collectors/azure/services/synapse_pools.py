"""SQL pools of Azure Synapse Analytics: dedicated ones, and the serverless pool of a workspace that
has none of these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from collectors.azure import sql_facts
from collectors.azure.account import Account, Service, tags_of
from collectors.azure.calls import child, listing
from collectors.azure.diagnostic_settings import LOGGING_CALLS
from collectors.azure.ids import region_of
from collectors.azure.locks import LIST_LOCKS, locked
from collectors.azure.paired_regions import paired_region
from collectors.azure.private_endpoints import has_private_endpoint
from collectors.azure.resource_alarms import RESOURCE_ALARM_CALLS, alarms_on
from collectors.azure.server_access import server_exposure
from collectors.azure.sql_auditing import AUDIT_STORE_CALLS, audit_of
from collectors.azure.synapse_serverless import WORKSPACES, key_of, serverless_facts
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, BackupCopy, Encryption

NATIVE = f"{WORKSPACES}/sqlPools"
LIST_WORKSPACES = listing(WORKSPACES, "Workspaces_List")
LIST_POOLS = child(NATIVE, "SqlPools_ListByWorkspace", "{id}/sqlPools", paged=True)
LIST_RULES = child(
    f"{WORKSPACES}/firewallRules",
    "IpFirewallRules_ListByWorkspace",
    "{id}/firewallRules",
    paged=True,
)
GET_TLS = child(
    f"{WORKSPACES}/dedicatedSQLminimalTlsSettings",
    "WorkspaceManagedSqlServerDedicatedSQLMinimalTlsSettings_Get",
    "{id}/dedicatedSQLminimalTlsSettings/default",
)
GET_AUDITING = child(
    f"{WORKSPACES}/auditingSettings",
    "WorkspaceManagedSqlServerBlobAuditingPolicies_Get",
    "{id}/auditingSettings/default",
)
GET_TDE = child(
    f"{NATIVE}/transparentDataEncryption",
    "SqlPoolTransparentDataEncryptions_Get",
    "{id}/transparentDataEncryption/current",
)
LIST_GEO_BACKUPS = child(
    f"{NATIVE}/geoBackupPolicies",
    "SqlPoolGeoBackupPolicies_List",
    "{id}/geoBackupPolicies",
    paged=True,
)

_RESTORE_POINTS = Unknown("a dedicated SQL pool is restored to one of its restore points")
_NO_ZONES = Unknown("a dedicated SQL pool does not tell its zones")
_KEPT = (
    "publicNetworkAccess", "managedVirtualNetwork", "managedVirtualNetworkSettings", "encryption",
    "connectivityEndpoints", "azureADOnlyAuthentication", "trustedServiceBypassEnabled",
    "privateEndpointConnections",
)  # fmt: skip
_KEPT_DAYS = 7
"""Days that automatic restore points are kept, which nobody can change ("Backup and restore in
Azure Synapse dedicated SQL pool")."""
Item = dict[str, Any]


def pools(account: Account) -> Iterable[Document]:
    """A document for each dedicated pool, or for the workspace without one."""
    workspaces = account.resources(LIST_WORKSPACES)
    if isinstance(workspaces, Unknown):
        for native_type in (NATIVE, WORKSPACES):
            yield account.unlisted(Database, workspaces, native_type=native_type)
        return
    for workspace in workspaces:
        yield from _of_workspace(account, workspace)


def _of_workspace(account: Account, workspace: Item) -> Iterator[Document]:
    id_, properties = workspace["id"], workspace["properties"]
    found = account.listed(LIST_POOLS, id=id_)
    if isinstance(found, Unknown):
        # Nor is it known whether it is the workspace that is judged.
        for native_type in (NATIVE, WORKSPACES):
            yield account.unlisted(Database, found, region_of(workspace), native_type)
        return
    public = sql_facts.public_of(properties)
    ranges = then(public, lambda on: _allow_list(account, id_) if on else [])
    audit = audit_of(account, GET_AUDITING, id_, id_)
    if not found:
        facts = serverless_facts(account, workspace, public, ranges, audit)
        yield account.document(facts, workspace, native_type=WORKSPACES, native=_kept(workspace))
        return
    tls = account.read(GET_TLS, id=id_)
    for pool in found:
        yield account.document(
            Database(
                engine="synapse",
                engine_version=Unknown("a dedicated SQL pool tells no version"),
                version_supported=True,
                network_kind=then(public, lambda on: "public" if on else "vpc"),
                exposure=server_exposure(public, ranges),
                allow_list=ranges,
                private_endpoint=has_private_endpoint(properties),
                authentication=True,
                tls=then(tls, lambda known: sql_facts.tls_of(known["properties"])),
                encryption=encryption_of(properties, account.read(GET_TDE, id=pool["id"])),
                audit_log=audit,
                alarms=alarms_on(account, pool["id"], NATIVE),
                backup=_backup(account, pool),
                multi_zone=_NO_ZONES,
                replicas=[],
                guard_instance=None,
                deletion_protection=locked(account, pool["id"]),
                auto_minor_upgrade=True,
                tenancy="shared",
                subnet_routes_to_internet=None,
                firewall_ids=[],
            ),
            pool,
            name=f"{workspace['name']}/{pool['name']}",
            tags=tags_of(pool) or tags_of(workspace),
            native_type=NATIVE,
            native=pool,
        )


def _kept(workspace: Item) -> Item:
    """Evidence of a workspace."""
    properties = workspace["properties"]
    return {name: properties[name] for name in _KEPT if name in properties}


def _allow_list(account: Account, workspace: str) -> list[str] | Unknown:
    rules = account.listed(LIST_RULES, id=workspace)
    return sql_facts.ranges_of(rules, "startIpAddress", "endIpAddress")


def encryption_of(workspace: Item, tde: Item | Unknown) -> Encryption:
    """A workspace with a key of its own encrypts all that it holds ("Encryption for Azure Synapse
    workspaces"); otherwise transparent data encryption with a key of Microsoft's may be on."""
    key = key_of(workspace)
    if key:
        return Encryption(enabled=True, key_manager="customer", key_id=key, algorithm="AES-256")
    return sql_facts.encryption_of(tde, {"properties": {"serverKeyType": "ServiceManaged"}})


def _backup(account: Account, pool: Item) -> Backup:
    """Snapshots are made by themselves, and copied to the paired region while the geo-backup
    policy is on."""
    policies = account.listed(LIST_GEO_BACKUPS, id=pool["id"])
    return Backup(
        enabled=True,
        retention_days=_KEPT_DAYS,
        point_in_time=_RESTORE_POINTS,
        copies=policies if isinstance(policies, Unknown) else _copies(pool, policies),
    )


def _copies(pool: Item, policies: list[Item]) -> list[BackupCopy]:
    if not any(str(one["properties"].get("state")).lower() == "enabled" for one in policies):
        return []
    region = paired_region(region_of(pool))
    return [BackupCopy(region=region, account=pool["id"].split("/")[2], kind="geo")]


SERVICE = Service(
    name="Azure Synapse",
    types=((Database, NATIVE), (Database, WORKSPACES)),
    calls=(
        LIST_WORKSPACES,
        LIST_POOLS,
        LIST_RULES,
        GET_TLS,
        GET_AUDITING,
        GET_TDE,
        LIST_GEO_BACKUPS,
        *AUDIT_STORE_CALLS,
        LIST_LOCKS,
        *RESOURCE_ALARM_CALLS,
        *LOGGING_CALLS,
    ),
    account=pools,
)
