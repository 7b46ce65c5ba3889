"""azurerm_mssql_database with its azurerm_mssql_server, and the older azurerm_sql_database and
azurerm_sql_server.

Reachability, TLS and auditing belong to the server, encryption and backup to the database. Each
database gives a document with both; a server without a database in the template gives its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.azure.paired_regions import paired_region
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, BackupCopy, Encryption, Logging, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES
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
    target_or_named,
)
from collectors.iac.mappers.azurerm.sql_audit import (
    AUDIT,
    OWN_AUDIT,
    database_audit,
    server_audit,
)
from collectors.iac.mappers.azurerm.sql_replicas import GROUPS, replicas_of
from collectors.iac.mappers.azurerm.storage import ACCOUNT, POLICY
from collectors.iac.mappers.azurerm.watching import WATCHING, alarms_on
from collectors.iac.mappers.joins import (
    first_of,
    identity,
    joined,
    target_of,
)

SERVER, DATABASE = "azurerm_mssql_server", "azurerm_mssql_database"
OLD_SERVER, OLD_DATABASE = "azurerm_sql_server", "azurerm_sql_database"
RULE, OLD_RULE = "azurerm_mssql_firewall_rule", "azurerm_sql_firewall_rule"
KEY = "azurerm_mssql_server_transparent_data_encryption"

_ELSEWHERE = Unknown("the server is not part of this template")
_NO_TLS = Unknown("azurerm_sql_server does not tell the lowest version of TLS")
_EACH = Unknown("decided by each database, and the template declares none")
_VERSIONS = {"1.0": "1.0", "1.1": "1.1", "1.2": "1.2", "1.3": "1.3", "Disabled": "1.0"}


def map_database(block: Block, project: Project) -> Iterator[Document]:
    """A database, with what its server decides."""
    server = _server_of(block, project)
    place = server or (block if block.type == OLD_DATABASE else None)
    region = location_of(place, project) if place else _ELSEWHERE
    facts = _server_facts(server, project) if server else _without_server()
    facts.audit_log = database_audit(block, project, facts.audit_log)
    facts.alarms = alarms_on(block, project)
    facts.encryption = _encryption(block, server, project)
    facts.backup = _backup(block, project, region)
    # Not written: the edition decides, and one zone is what Azure gives.
    facts.multi_zone = block.read("zone_redundant", bool, False)
    facts.replicas = replicas_of(block, project)
    yield azure_document(block, project, facts, region=region)


def map_server(block: Block, project: Project) -> Iterator[Document]:
    """A server that has no database in the template."""
    if any(joined(project, block, name, kind).blocks for name, kind in _DATABASES):
        return
    facts = _server_facts(block, project)
    facts.encryption = Encryption.unread(_EACH)
    facts.backup = Backup.unread(_EACH)
    facts.multi_zone = facts.alarms = facts.replicas = _EACH
    yield azure_document(block, project, facts)


def _server_of(database: Block, project: Project) -> Block | None:
    """The server of a database, by reference; the older ones are told by their names."""
    for name in ("server_id", "server_name"):
        if found := target_of(project, database.get(name), SERVER, OLD_SERVER):
            return found
    return target_or_named(project, database.get("server_name"), OLD_SERVER)


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
    old = server.type == OLD_SERVER
    ranges = (
        allow_list(server, project, "server_name", OLD_RULE)
        if old
        else allow_list(server, project, "server_id", RULE)
    )
    default = by_version(server, (3,), newer="1.2", older="Disabled", untold="1.2")
    minimum = server.read("minimum_tls_version", str, _NO_TLS if old else default)
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
        audit_log=server_audit(server, project),
        deletion_protection=locked(server, project),
        auto_minor_upgrade=True,
        guard_instance=None,
        tenancy="shared",
        subnet_routes_to_internet=None,
        firewall_ids=[],
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


_DATABASES = (("server_id", DATABASE), ("server_name", OLD_DATABASE))
_SHARED = (
    RULE, OLD_RULE, AUDIT, KEY, LOCK, ENDPOINT, ACCOUNT, POLICY, *WATCHING, *LOGGING_TYPES,
)  # fmt: skip

MAPPINGS = [
    Mapping(
        types=(DATABASE, OLD_DATABASE),
        facts=Database,
        map=map_database,
        joined=(*_SHARED, *GROUPS, OWN_AUDIT),
    ),
    Mapping(types=(SERVER, OLD_SERVER), facts=Database, map=map_server, joined=_SHARED),
]

PART_OF = {
    "azurerm_mssql_database_extended_auditing_policy": PartOf(
        "azurerm_mssql_database", ("database_id",)
    ),
    "azurerm_mssql_firewall_rule": PartOf("azurerm_mssql_server", ("server_id",), REACHED),
    "azurerm_sql_firewall_rule": PartOf("azurerm_sql_server", ("server_name",), REACHED),
    "azurerm_mssql_server_extended_auditing_policy": PartOf("azurerm_mssql_server", ("server_id",)),
    "azurerm_mssql_server_transparent_data_encryption": PartOf(
        "azurerm_mssql_server", ("server_id",)
    ),
}
