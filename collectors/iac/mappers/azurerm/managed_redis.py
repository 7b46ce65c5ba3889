"""azurerm_managed_redis, and azurerm_redis_enterprise_cluster with its databases before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.azure.managed_redis_facts import (
    NO_ZONES,
    OLD,
    backup_by,
    database_facts,
    tls_by,
)
from collectors.azure.sql_facts import public_of
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Replica
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.azurerm.endpoints import ENDPOINT, has_private_endpoint
from collectors.iac.mappers.azurerm.shared import LOCK, azure_document, location_of, locked
from collectors.iac.mappers.azurerm.watching import WATCHING, alarms_on
from collectors.iac.mappers.joins import given, items, joined, tags_of, target_of
from collectors.logic import Known, some

MANAGED = "azurerm_managed_redis"
CLUSTER, DATABASE = "azurerm_redis_enterprise_cluster", "azurerm_redis_enterprise_database"

_VERSION = Unknown("the version of the cache's engine shows after apply")
_ELSEWHERE = Unknown("the cluster of the database is not part of this template")
_NO_DATABASE = Unknown("the database of the cluster is not part of this template")
_LINKED = Unknown("which databases are linked is not read from templates")
_PERSISTENCE = (
    "persistence_append_only_file_backup_frequency",
    "persistence_redis_database_backup_frequency",
)


def map_managed(block: Block, project: Project) -> Iterator[Document]:
    """A managed cache with its one database. Without a word it has a public endpoint."""
    facts = _of_cluster(block, project, block.read("public_network_access", str, "Enabled"))
    found = nested(block.values, "default_database")
    inside: dict[str, Any] | Unknown = (
        found if isinstance(found, Unknown) else found[0] if found else _NO_DATABASE
    )
    # The provider sets the lowest version of TLS by itself.
    facts.tls = tls_by(then(inside, _protocol), "1.2")
    facts.backup = backup_by(then(inside, lambda values: given(values, *_PERSISTENCE)))
    facts.replicas = then(
        inside, lambda values: _replicas(given(values, "geo_replication_group_name"))
    )
    available = block.read("high_availability_enabled", bool, default=True)
    facts.multi_zone = then(available, lambda on: NO_ZONES if on else False)
    facts.deletion_protection = locked(block, project)
    yield _document(block, block, project, facts)


def map_database(block: Block, project: Project) -> Iterator[Document]:
    """A database of a cluster, which decides who reaches it."""
    cluster = target_of(project, block.get("cluster_id"), CLUSTER)
    if cluster is None:
        facts = database_facts(_VERSION, _ELSEWHERE)
        facts.private_endpoint = facts.alarms = facts.multi_zone = _ELSEWHERE
        facts.deletion_protection = some([locked(block, project), _ELSEWHERE])
    else:
        facts = _of_cluster(cluster, project, cluster.read("public_network_access", str, OLD))
        facts.multi_zone = _multi_zone(cluster)
        facts.deletion_protection = some([locked(block, project), locked(cluster, project)])
    facts.tls = tls_by(_protocol(block.values), _minimum(cluster))
    # Persistence is no argument of Terraform, whose databases have none: ARM has it.
    facts.backup = backup_by(block.read("persistence", bool, default=False))
    facts.replicas = then(
        items(block.values, "linked_database_id"), lambda found: _replicas(bool(found))
    )
    yield _document(block, cluster, project, facts)


def map_cluster(block: Block, project: Project) -> Iterator[Document]:
    """A cluster without a database in the template, judged as that which will be in it."""
    if joined(project, block, "cluster_id", DATABASE).blocks:
        return
    facts = _of_cluster(block, project, block.read("public_network_access", str, OLD))
    facts.tls = tls_by(_NO_DATABASE, _minimum(block))
    facts.backup = backup_by(_NO_DATABASE)
    facts.multi_zone = _multi_zone(block)
    facts.replicas = _NO_DATABASE
    facts.deletion_protection = locked(block, project)
    yield _document(block, block, project, facts)


def _of_cluster(cluster: Block, project: Project, word: str | Unknown) -> Database:
    public: Known = then(word, lambda text: public_of({"publicNetworkAccess": text}))
    facts = database_facts(_VERSION, public)
    facts.private_endpoint = has_private_endpoint(cluster, project)
    facts.alarms = alarms_on(cluster, project)
    return facts


def _protocol(values: dict[str, Any]) -> str | Unknown:
    return read(values, "client_protocol", str, "Encrypted")


def _minimum(cluster: Block | None) -> str | Unknown:
    return cluster.read("minimum_tls_version", str, "1.2") if cluster else _ELSEWHERE


def _multi_zone(cluster: Block) -> Known:
    """Zones that were chosen; those that Azure chooses are not told."""
    available = cluster.read("high_availability_enabled", bool, default=True)
    if available is not True:
        return available
    zones = items(cluster.values, "zones")
    if isinstance(zones, Unknown):
        return zones
    return len(zones) > 1 if zones else NO_ZONES


def _replicas(linked: Known) -> list[Replica] | Unknown:
    return linked if isinstance(linked, Unknown) else _LINKED if linked else []


def _document(block: Block, cluster: Block | None, project: Project, facts: Database) -> Document:
    return azure_document(
        block,
        project,
        facts,
        region=location_of(cluster, project) if cluster else _ELSEWHERE,
        tags=tags_of(cluster) if cluster else _ELSEWHERE,
    )


_JOINED = (LOCK, ENDPOINT, *WATCHING)
MAPPINGS = [
    Mapping(types=(MANAGED,), facts=Database, map=map_managed, joined=_JOINED),
    Mapping(types=(DATABASE,), facts=Database, map=map_database, joined=(CLUSTER, *_JOINED)),
    Mapping(types=(CLUSTER,), facts=Database, map=map_cluster, joined=(DATABASE, *_JOINED)),
]
