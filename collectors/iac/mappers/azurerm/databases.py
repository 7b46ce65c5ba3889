"""Azure's PostgreSQL and MySQL flexible servers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.azure.paired_regions import paired_region
from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, BackupCopy, Encryption, Replica
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read
from collectors.iac.mappers.azurerm.diagnostics import LOGGING_TYPES
from collectors.iac.mappers.azurerm.endpoints import ENDPOINT, has_private_endpoint
from collectors.iac.mappers.azurerm.server_parameters import (
    audit_of,
    parameters_of,
    tls_of,
)
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
from collectors.iac.mappers.azurerm.subnet import subnet_routes
from collectors.iac.mappers.azurerm.watching import WATCHING, alarms_on
from collectors.iac.mappers.joins import (
    given,
    identity,
    joined,
)
from collectors.logic import Known, some

POSTGRES, MYSQL = "azurerm_postgresql_flexible_server", "azurerm_mysql_flexible_server"
UNTOLD_SUPPORT = Unknown("until when Azure supports the version of the engine is not read")


def map_flexible(block: Block, project: Project) -> Iterator[Document]:
    """A PostgreSQL or MySQL flexible server with its firewall rules and parameters."""
    postgres = block.type == POSTGRES
    region = location_of(block, project)
    by = "server_id" if postgres else "server_name"
    inside = given(block.values, "delegated_subnet_id")
    public = _is_public(block, inside)
    ranges = allow_list(block, project, by, f"{block.type}_firewall_rule")
    parameters = parameters_of(block, project, by)
    facts = Database(
        engine="postgresql" if postgres else "mysql",
        engine_version=block.read("version", str, Unknown("the template gives no version")),
        version_supported=UNTOLD_SUPPORT,
        network_kind=cast("Any", then(public, lambda on: "public" if on else "vpc")),
        exposure=server_exposure(public, ranges),
        allow_list=let_in(public, ranges),
        private_endpoint=some([inside, has_private_endpoint(block, project)]),
        authentication=True,
        tls=tls_of(parameters),
        audit_log=audit_of(block, project, parameters, postgres=postgres),
        alarms=alarms_on(block, project),
        encryption=_customer_key(block, project),
        backup=own_backup(block, project, region),
        multi_zone=_zones(block),
        replicas=_replicas(block, project),
        deletion_protection=locked(block, project),
        auto_minor_upgrade=True,
        guard_instance=None,
        tenancy="shared",
        subnet_routes_to_internet=subnet_routes(block.get("delegated_subnet_id"), inside, project),
        firewall_ids=[],
    )
    yield azure_document(block, project, facts)


def _is_public(block: Block, inside: Known) -> Known:
    """A server in a virtual network has no public endpoint; otherwise it has one by default."""
    if inside is True:
        return False
    switch = block.read("public_network_access_enabled", bool, True)
    word = block.read("public_network_access", str, "Enabled")  # MySQL
    if switch is False or (isinstance(word, str) and word.lower() == "disabled"):
        return False
    return also(inside, switch, word) or True


def _customer_key(block: Block, project: Project) -> Encryption:
    """Azure encrypts the storage of these servers always, with its own key by default."""
    keys = nested(block.values, "customer_managed_key")
    if isinstance(keys, Unknown):
        return Encryption(enabled=True, key_manager=keys, key_id=keys, algorithm="AES-256")
    key = identity(project, keys[0].get("key_vault_key_id")) if keys else None
    return Encryption(
        enabled=True,
        key_manager="customer" if keys else "provider",
        key_id=key,
        algorithm="AES-256",
    )


def own_backup(block: Block, project: Project, region: str | Unknown) -> Backup:
    """Automatic backups cannot be turned off; 7 days is the documented default."""
    geo = block.read("geo_redundant_backup_enabled", bool, False)
    copies: Any = geo if isinstance(geo, Unknown) else []
    if geo is True:
        copies = [BackupCopy(region=paired_region(region), account=project.account, kind="geo")]
    return Backup(
        enabled=True,
        retention_days=block.read("backup_retention_days", int, 7),
        point_in_time=True,
        copies=copies,
    )


def _zones(block: Block) -> bool | Unknown:
    found = nested(block.values, "high_availability")
    if isinstance(found, Unknown) or not found:
        return found if isinstance(found, Unknown) else False
    mode = read(found[0], "mode", str, Unknown("high_availability gives no mode"))
    return then(mode, lambda text: text == "ZoneRedundant")


def _replicas(block: Block, project: Project) -> list[Replica] | Unknown:
    found = joined(project, block, "source_server_id", block.type)
    copies = [other for other in found.blocks if other.get("create_mode") == "Replica"]
    if found.doubt:
        return found.doubt
    return [Replica(region=location_of(o, project), account=project.account) for o in copies]


MAPPINGS = [
    Mapping(
        types=(POSTGRES, MYSQL),
        facts=Database,
        map=map_flexible,
        joined=(
            LOCK,
            ENDPOINT,
            *WATCHING,
            *LOGGING_TYPES,
            *(f"{kind}_firewall_rule" for kind in (POSTGRES, MYSQL)),
            *(f"{kind}_configuration" for kind in (POSTGRES, MYSQL)),
        ),
    ),
]

PART_OF = {
    "azurerm_mysql_flexible_server_firewall_rule": PartOf(
        "azurerm_mysql_flexible_server", ("server_name",), REACHED
    ),
    "azurerm_mysql_flexible_server_configuration": PartOf(
        "azurerm_mysql_flexible_server", ("server_name",)
    ),
    "azurerm_postgresql_flexible_server_firewall_rule": PartOf(
        "azurerm_postgresql_flexible_server", ("server_id",), REACHED
    ),
    "azurerm_postgresql_flexible_server_configuration": PartOf(
        "azurerm_postgresql_flexible_server", ("server_id",)
    ),
}
