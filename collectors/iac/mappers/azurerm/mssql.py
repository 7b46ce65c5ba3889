"""azurerm_mssql_database with its azurerm_mssql_server.

Reachability, TLS and auditing belong to the server, encryption and backup to the database. Each
database gives a document with both; a server without a database in the template gives its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from collectors.azure import sql_facts
from collectors.azure.paired_regions import paired_region
from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, BackupCopy, Encryption, Logging, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read, template_document
from collectors.iac.mappers.azurerm.diagnostics import (
    LOGGING_TYPES,
    logging_of,
    logging_of_part,
)
from collectors.iac.mappers.azurerm.endpoints import ENDPOINT, has_private_endpoint
from collectors.iac.mappers.azurerm.provider_version import by_version
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
from collectors.iac.mappers.azurerm.storage import ACCOUNT, POLICY, deletes_logs
from collectors.iac.mappers.joins import (
    Joined,
    first_of,
    identity,
    joined,
    name_of,
    tags_of,
    target_of,
)

SERVER, DATABASE = "azurerm_mssql_server", "azurerm_mssql_database"
RULE = "azurerm_mssql_firewall_rule"
AUDIT = "azurerm_mssql_server_extended_auditing_policy"
OWN_AUDIT = "azurerm_mssql_database_extended_auditing_policy"
KEY = "azurerm_mssql_server_transparent_data_encryption"

_ELSEWHERE = Unknown("the server is not part of this template")
_MASTER = "databases/master"
_EACH = Unknown("decided by each database, and the template declares none")
_VERSIONS = {"1.0": "1.0", "1.1": "1.1", "1.2": "1.2", "Disabled": "1.0"}


def map_database(block: Block, project: Project) -> Iterator[Document]:
    """A database, with what its server decides."""
    server = target_of(project, block.get("server_id"), SERVER)
    region = location_of(server, project) if server else _ELSEWHERE
    facts = _server_facts(server, project) if server else _without_server()
    facts.audit_log = _database_audit(block, project, facts.audit_log)
    facts.encryption = _encryption(block, server, project)
    facts.backup = _backup(block, project, region)
    # Not written: the edition decides, and one zone is what Azure gives.
    facts.multi_zone = block.read("zone_redundant", bool, False)
    yield template_document(
        block,
        project,
        facts,
        provider="azure",
        region=region,
        name=name_of(block, "name"),
        tags=tags_of(block),
    )


def map_server(block: Block, project: Project) -> Iterator[Document]:
    """A server that has no database in the template."""
    if joined(project, block, "server_id", DATABASE).blocks:
        return
    facts = _server_facts(block, project)
    facts.encryption = Encryption.unread(_EACH)
    facts.backup = Backup.unread(_EACH)
    facts.multi_zone = _EACH
    yield azure_document(block, project, facts)


def _without_server() -> Database:
    return Database(
        engine="sqlserver",
        version_supported=True,
        network_kind=_ELSEWHERE,
        exposure=_ELSEWHERE,
        allow_list=_ELSEWHERE,
        private_endpoint=_ELSEWHERE,
        authentication=True,
        tls=_ELSEWHERE,
        audit_log=Logging.unread(_ELSEWHERE),
        deletion_protection=_ELSEWHERE,
        auto_minor_upgrade=True,
        guard_instance=None,
        tenancy="shared",
        subnet_routes_to_internet=None,
        firewall_ids=[],
    )


def _server_facts(server: Block, project: Project) -> Database:
    """Without firewall rules a server lets nobody in: Azure's documented default."""
    public = server.read("public_network_access_enabled", bool, True)
    ranges = allow_list(server, project, "server_id", RULE)
    default = by_version(server, (3,), newer="1.2", older="Disabled", untold="1.2")
    minimum = server.read("minimum_tls_version", str, default)
    known = then(minimum, lambda text: _VERSIONS.get(text) or Unknown(f"TLS {text} is not known"))
    return Database(
        engine="sqlserver",
        engine_version=server.read("version", str, Unknown("the server gives no version")),
        # Microsoft keeps the engine at its newest version, on machines that serve others too.
        version_supported=True,
        network_kind=cast("Any", then(public, lambda on: "public" if on else "vpc")),
        private_endpoint=has_private_endpoint(server, project),
        exposure=server_exposure(public, ranges),
        allow_list=let_in(public, ranges),
        authentication=True,
        # Azure SQL refuses connections that are not encrypted, whatever the version.
        tls=Tls(minimum=cast("Any", known), required=True, policy=None),
        audit_log=_audit(
            joined(project, server, "server_id", AUDIT),
            project,
            lambda: logging_of_part(
                server, project, _MASTER, sql_facts.AUDIT_EVENTS, sql_facts.AUDIT_GROUPS
            ),
        ),
        deletion_protection=locked(server, project),
        auto_minor_upgrade=True,
        guard_instance=None,
        tenancy="shared",
        subnet_routes_to_internet=None,
        firewall_ids=[],
    )


def _database_audit(block: Block, project: Project, server: Any) -> Any:
    """The audit that holds for a database: its server's where that is on, else its own."""
    if server.enabled is True:
        return server
    own = _audit(
        joined(project, block, "database_id", OWN_AUDIT),
        project,
        lambda: logging_of(block, project, sql_facts.AUDIT_EVENTS, sql_facts.AUDIT_GROUPS),
    )
    return own if own.enabled is True or server.enabled is False else server


def _audit(policies: Joined, project: Project, monitored: Callable[[], Logging]) -> Logging:
    """Auditing by a policy. 0 days in a storage account means without end; what goes to Azure
    Monitor is `monitored`, sent on by a diagnostic setting ("Set up auditing for Azure SQL
    Database")."""
    if not policies.blocks:
        return Logging.unread(policies.doubt) if policies.doubt else Logging.off()
    policy = policies.blocks[0]
    store = identity(project, policy.get("storage_endpoint"))
    on = policy.read("enabled", bool, True)
    if store is None:
        by_monitor = policy.read("log_monitoring_enabled", bool, True)
        doubt = also(on, by_monitor)
        if on is False or doubt:
            return Logging.unread(doubt) if doubt and on is not False else Logging.off()
        return monitored() if by_monitor else Logging.unread(sql_facts.NO_AUDIT_STORE)
    account = target_of(project, policy.get("storage_endpoint"), ACCOUNT)
    kept = policy.read("retention_in_days", int, 0)
    return Logging(
        enabled=on,
        destination=store,
        destination_account=Unknown("the template does not name the account of the destination"),
        destination_region=Unknown("the region of the storage account is not read"),
        retention_days=(deletes_logs(account, project) if account else None)
        or then(kept, lambda n: n or None),
    )


def _encryption(block: Block, server: Block | None, project: Project) -> Encryption:
    """Transparent data encryption is on unless the template turns it off."""
    enabled = block.read("transparent_data_encryption_enabled", bool, True)
    if enabled is False:
        return Encryption(enabled=False, key_manager=None, key_id=None, algorithm=None)
    argument = "transparent_data_encryption_key_vault_key_id"
    key = identity(project, block.get(argument))
    if key is None and server is not None:
        key = identity(project, server.get(argument))
        separate = joined(project, server, "server_id", KEY)
        for protector in separate.blocks if key is None else []:
            key = identity(project, protector.get("key_vault_key_id"))
        key = key if key is not None else separate.doubt
    elif key is None:
        key = _ELSEWHERE
    manager = key if isinstance(key, Unknown) else ("customer" if key else "provider")
    return Encryption(
        enabled=enabled, key_manager=cast("Any", manager), key_id=key, algorithm="AES-256"
    )


def _backup(block: Block, project: Project, region: str | Unknown) -> Backup:
    """Automatic backups cannot be turned off; they are kept 7 days unless written otherwise, and
    copied to the paired region unless `storage_account_type` says Local or Zone."""
    policies = nested(block.values, "short_term_retention_policy")
    kept: int | Unknown = 7
    if isinstance(policies, Unknown):
        kept = policies
    elif policies:
        kept = read(policies[0], "retention_days", int, 7)
    store = first_of(block.values, ("storage_account_type",), str, "Geo")
    copies: Any = []
    if isinstance(store, Unknown):
        copies = store
    elif store.lower() in ("geo", "geozone", "grs"):
        copies = [BackupCopy(region=paired_region(region), account=project.account, kind="geo")]
    return Backup(enabled=True, retention_days=kept, point_in_time=True, copies=copies)


_SHARED = (RULE, AUDIT, KEY, LOCK, ENDPOINT, ACCOUNT, POLICY, *LOGGING_TYPES)

MAPPINGS = [
    Mapping(types=(DATABASE,), facts=Database, map=map_database, joined=(*_SHARED, OWN_AUDIT)),
    Mapping(types=(SERVER,), facts=Database, map=map_server, joined=_SHARED),
]

PART_OF = {
    "azurerm_mssql_database_extended_auditing_policy": PartOf(
        "azurerm_mssql_database", ("database_id",)
    ),
    "azurerm_mssql_firewall_rule": PartOf("azurerm_mssql_server", ("server_id",), REACHED),
    "azurerm_mssql_server_extended_auditing_policy": PartOf("azurerm_mssql_server", ("server_id",)),
    "azurerm_mssql_server_transparent_data_encryption": PartOf(
        "azurerm_mssql_server", ("server_id",)
    ),
}
