"""Azure's PostgreSQL, MySQL and MariaDB single servers, of azurerm 3 and earlier."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Encryption, Replica, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project
from collectors.iac.mappers.azurerm.databases import UNTOLD_SUPPORT, own_backup
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES
from collectors.iac.mappers.azurerm.endpoints import ENDPOINT, has_private_endpoint
from collectors.iac.mappers.azurerm.provider_version import by_version
from collectors.iac.mappers.azurerm.server_parameters import audit_of, lowest, parameters_of
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
from collectors.iac.mappers.azurerm.watching import WATCHING, alarms_on
from collectors.iac.mappers.joins import identity, joined

POSTGRES, MYSQL = "azurerm_postgresql_server", "azurerm_mysql_server"
MARIADB = "azurerm_mariadb_server"
ENGINES = {POSTGRES: "postgresql", MYSQL: "mysql", MARIADB: "mariadb"}
KEYS = (f"{POSTGRES}_key", f"{MYSQL}_key")
"""The customer's keys; servers of MariaDB have none."""

_NO_VERSION = Unknown("the template gives no version")
_NO_SSL = Unknown("ssl_enforcement_enabled is not written")
_COPIED = Unknown("the server that it is made from may decide")


def map_server(block: Block, project: Project) -> Iterator[Document]:
    """A server. It stands in no subnet of the account, on machines that serve others too."""
    public = block.read("public_network_access_enabled", bool, True)
    ranges = allow_list(block, project, "server_name", _named(block, "firewall_rule"))
    parameters = parameters_of(block, project, "server_name", _named(block, "configuration"))
    facts = Database(
        engine=ENGINES[block.type],
        engine_version=block.read("version", str, _NO_VERSION),
        version_supported=UNTOLD_SUPPORT,
        network_kind="public",
        exposure=server_exposure(public, ranges),
        allow_list=let_in(public, ranges),
        private_endpoint=has_private_endpoint(block, project),
        authentication=True,
        tls=_tls(block),
        encryption=_encryption(block, project),
        audit_log=audit_of(block, project, parameters, postgres=block.type == POSTGRES),
        alarms=alarms_on(block, project),
        backup=own_backup(block, project, location_of(block, project)),
        multi_zone=False,
        replicas=_replicas(block, project),
        deletion_protection=locked(block, project),
        auto_minor_upgrade=True,
        guard_instance=None,
        tenancy="shared",
        subnet_routes_to_internet=None,
        firewall_ids=[],
    )
    yield azure_document(block, project, facts)


def _named(block: Block, part: str) -> str:
    """The type of a part of a server: azurerm_mysql_server has azurerm_mysql_configuration."""
    return block.type.replace("_server", f"_{part}")


def _tls(block: Block) -> Tls:
    required: bool | Unknown = block.read("ssl_enforcement_enabled", bool, _NO_SSL)
    default = by_version(block, (3,), newer="TLS1_2", older="TLS1_0", untold="TLS1_2")
    minimum = block.read("ssl_minimal_tls_version_enforced", str, default)
    if minimum == "TLSEnforcementDisabled" or required is False:
        minimum = "TLS1_0"
    # Where TLS may be off, so may be the lowest version; one that is too low stays so.
    elif isinstance(required, Unknown) and minimum == "TLS1_2":
        minimum = required
    return Tls(minimum=cast("Any", then(minimum, lowest)), required=required, policy=None)


def _encryption(block: Block, project: Project) -> Encryption:
    """The storage is always encrypted, by a key of the service's unless one of the customer's
    stands beside it; a copy may have that of its source."""
    beside = joined(project, block, "server_id", *KEYS)
    found: Any = beside.doubt
    if beside.blocks:
        missing = Unknown("the customer's key gives no key_vault_key_id")
        found = identity(project, beside.blocks[0].get("key_vault_key_id")) or missing
    elif found is None:
        made = block.read("create_mode", str, "Default")
        found = then(made, lambda word: None if word.lower() == "default" else _COPIED)
    manager: Any = found if isinstance(found, Unknown) else "customer" if found else "provider"
    return Encryption(enabled=True, key_manager=manager, key_id=found, algorithm="AES-256")


def _replicas(block: Block, project: Project) -> list[Replica] | Unknown:
    """The servers of the template that replicate this one; one that is restored from it does
    not."""
    found = joined(project, block, "creation_source_server_id", block.type)
    if found.doubt:
        return found.doubt
    made = [(other, other.read("create_mode", str, "Default")) for other in found.blocks]
    doubt = next((word for _, word in made if isinstance(word, Unknown)), None)
    return doubt or [
        Replica(region=location_of(other, project), account=project.account)
        for other, word in made
        if str(word).lower() == "replica"
    ]


MAPPINGS = [
    Mapping(
        types=(kind,),
        facts=Database,
        map=map_server,
        joined=(
            kind.replace("_server", "_firewall_rule"),
            kind.replace("_server", "_configuration"),
            *(key for key in KEYS if key.startswith(kind)),
            LOCK,
            ENDPOINT,
            *WATCHING,
            *LOGGING_TYPES,
        ),
    )
    for kind in ENGINES
]

PART_OF = {
    "azurerm_mysql_configuration": PartOf("azurerm_mysql_server", ("server_name",)),
    "azurerm_mysql_firewall_rule": PartOf("azurerm_mysql_server", ("server_name",), REACHED),
    "azurerm_mysql_server_key": PartOf("azurerm_mysql_server", ("server_id",)),
    "azurerm_mariadb_configuration": PartOf("azurerm_mariadb_server", ("server_name",)),
    "azurerm_mariadb_firewall_rule": PartOf("azurerm_mariadb_server", ("server_name",), REACHED),
    "azurerm_postgresql_configuration": PartOf("azurerm_postgresql_server", ("server_name",)),
    "azurerm_postgresql_firewall_rule": PartOf(
        "azurerm_postgresql_server", ("server_name",), REACHED
    ),
    "azurerm_postgresql_server_key": PartOf("azurerm_postgresql_server", ("server_id",)),
}
