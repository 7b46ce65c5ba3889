"""azurerm_synapse_sql_pool with its azurerm_synapse_workspace; a workspace without a pool is judged
by the serverless pool that each has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.azure import sql_facts
from collectors.azure.paired_regions import paired_region
from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, BackupCopy, Encryption, Logging, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES, logging_of
from collectors.iac.mappers.azurerm.endpoints import ENDPOINT, has_private_endpoint
from collectors.iac.mappers.azurerm.shared import (
    LOCK,
    REACHED,
    allow_list,
    azure_document,
    let_in,
    location_of,
    locked,
    server_exposure,
)
from collectors.iac.mappers.azurerm.sql_audit import MONITORED, by_policy
from collectors.iac.mappers.azurerm.storage import ACCOUNT, POLICY
from collectors.iac.mappers.azurerm.watching import WATCHING, alarms_on
from collectors.iac.mappers.joins import identity, joined, tags_of, target_of

WORKSPACE, POOL = "azurerm_synapse_workspace", "azurerm_synapse_sql_pool"
RULE = "azurerm_synapse_firewall_rule"
AUDIT = "azurerm_synapse_workspace_extended_auditing_policy"
_OF_WORKSPACE = "synapse_workspace_id"

_QUERIES = ("BuiltinSqlReqsEnded",)
_VERSION = Unknown("a dedicated SQL pool tells no version")
_SERVERLESS = Unknown("a serverless SQL pool tells no version")
_AUDIT = Unknown(
    "whether the audit of the workspace has the queries of its serverless pool is not known"
)
_SEVERAL = Unknown("the auditing of the workspace is written twice, with different settings")
_ELSEWHERE = Unknown("the workspace of the pool is not part of this template")
_DATA = Unknown("a serverless SQL pool reads data that is backed up where it is kept")
_RESTORE_POINTS = Unknown("a dedicated SQL pool is restored to one of its restore points")
_ZONES = Unknown("pools of Synapse do not tell their zones")
_TLS = Unknown("azurerm_synapse_workspace does not tell the lowest version of TLS")
_DAYS = 7
"""Days that automatic restore points are kept, which nobody can change."""


def map_pool(block: Block, project: Project) -> Iterator[Document]:
    """A dedicated pool."""
    workspace = target_of(project, block.get(_OF_WORKSPACE), WORKSPACE)
    region = location_of(workspace, project) if workspace else _ELSEWHERE
    facts = _facts("synapse", workspace, project)
    facts.engine_version = _VERSION
    facts.audit_log = _audit(workspace, project) if workspace else Logging.unread(_ELSEWHERE)
    facts.tls = Tls(minimum=_TLS, required=True, policy=None)
    facts.encryption = _encryption(block, workspace, project)
    facts.backup = _backup(block, project, region)
    facts.alarms = alarms_on(block, project)
    facts.deletion_protection = locked(block, project)
    yield azure_document(
        block,
        project,
        facts,
        region=region,
        tags=tags_of(block) or (tags_of(workspace) if workspace else {}),
    )


def map_workspace(block: Block, project: Project) -> Iterator[Document]:
    """A workspace that has no dedicated pool in the template."""
    if joined(project, block, _OF_WORKSPACE, POOL).blocks:
        return
    facts = _facts("synapse-serverless", block, project)
    facts.engine_version = _SERVERLESS
    facts.audit_log = _queries(block, project)
    facts.tls = Tls(minimum="1.2", required=True, policy=None)
    facts.encryption = _by_key(_key(block, project))
    facts.backup = Backup.unread(_DATA)
    facts.alarms = alarms_on(block, project)
    facts.deletion_protection = locked(block, project)
    yield azure_document(block, project, facts)


def _facts(engine: str, workspace: Block | None, project: Project) -> Database:
    """What a workspace decides for its pools. Without rules it lets nobody in."""
    facts = Database(
        engine=engine,
        version_supported=True,
        network_kind=_ELSEWHERE,
        exposure=_ELSEWHERE,
        allow_list=_ELSEWHERE,
        private_endpoint=_ELSEWHERE,
        authentication=True,
        multi_zone=_ZONES,
        replicas=[],
        guard_instance=None,
        auto_minor_upgrade=True,
        tenancy="shared",
        subnet_routes_to_internet=None,
        firewall_ids=[],
    )
    if workspace:
        public = workspace.read("public_network_access_enabled", bool, True)
        ranges = allow_list(workspace, project, _OF_WORKSPACE, RULE)
        facts.network_kind = cast("Any", then(public, lambda on: "public" if on else "vpc"))
        facts.exposure = server_exposure(public, ranges)
        facts.allow_list = let_in(public, ranges)
        facts.private_endpoint = has_private_endpoint(workspace, project)
    return facts


def _audit(workspace: Block, project: Project) -> Logging:
    policies = joined(project, workspace, _OF_WORKSPACE, AUDIT)
    if not policies.blocks:
        return Logging.unread(policies.doubt) if policies.doubt else Logging.off()
    logs = [
        by_policy(
            each.values,
            MONITORED,
            project,
            lambda: logging_of(workspace, project, sql_facts.AUDIT_EVENTS, sql_facts.AUDIT_GROUPS),
        )
        for each in policies.blocks
    ]
    # ARM has two names for the one setting, and which is set last is not told.
    return logs[0] if all(each == logs[0] for each in logs) else Logging.unread(_SEVERAL)


def _queries(workspace: Block, project: Project) -> Logging:
    """The queries of a serverless pool, where they go: auditing is documented for dedicated
    pools."""
    queries = logging_of(workspace, project, _QUERIES)
    if queries.enabled is False and _audit(workspace, project).enabled is not False:
        return Logging.unread(_AUDIT)
    return queries


def _key(workspace: Block, project: Project) -> str | Unknown | None:
    """The key of a workspace: the one in its block, which encrypts once it is activated."""
    inline = nested(workspace.values, "customer_managed_key")
    if isinstance(inline, Unknown):
        return inline
    if inline:
        return identity(project, inline[0].get("key_versionless_id")) or Unknown(
            "the key is not written"
        )
    return None


def _by_key(key: str | Unknown | None) -> Encryption:
    manager: Any = key if isinstance(key, Unknown) else "customer" if key else "provider"
    return Encryption(enabled=True, key_manager=manager, key_id=key, algorithm="AES-256")


def _encryption(pool: Block, workspace: Block | None, project: Project) -> Encryption:
    """A workspace with a key of its own encrypts all that it holds; otherwise transparent data
    encryption must be turned on ("Transparent data encryption": not on by default in Synapse)."""
    key = _key(workspace, project) if workspace else _ELSEWHERE
    on = pool.read("data_encrypted", bool, default=False)
    if isinstance(key, str) or on is True:
        return _by_key(key)
    doubt = also(key, on)
    if doubt:
        return Encryption.unread(doubt)
    return Encryption(enabled=False, key_manager=None, key_id=None, algorithm=None)


def _backup(pool: Block, project: Project, region: str | Unknown) -> Backup:
    """Snapshots are made by themselves, and copied to the paired region unless the policy is
    off."""
    geo = pool.read("geo_backup_policy_enabled", bool, default=True)
    copies: Any = geo if isinstance(geo, Unknown) else []
    if geo is True:
        copies = [BackupCopy(region=paired_region(region), account=project.account, kind="geo")]
    return Backup(enabled=True, retention_days=_DAYS, point_in_time=_RESTORE_POINTS, copies=copies)


_SHARED = (RULE, AUDIT, LOCK, ENDPOINT, ACCOUNT, POLICY, *WATCHING, *LOGGING_TYPES)

MAPPINGS = [
    Mapping(types=(POOL,), facts=Database, map=map_pool, joined=_SHARED),
    Mapping(types=(WORKSPACE,), facts=Database, map=map_workspace, joined=_SHARED),
]

PART_OF = {
    "azurerm_synapse_firewall_rule": PartOf(WORKSPACE, (_OF_WORKSPACE,), REACHED),
    "azurerm_synapse_workspace_extended_auditing_policy": PartOf(WORKSPACE, (_OF_WORKSPACE,)),
}
