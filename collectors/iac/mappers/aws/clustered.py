"""Clusters of DocumentDB and Neptune with their instances.

As for Aurora, a document stands for each instance, and for each cluster without one; the cluster
decides most of what its instances are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from msgspec import structs

from collectors.aws.logic import Known
from collectors.aws.rds_settings import audit_enabled, engine_of, tls
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database, DatabaseSnapshot
from collectors.facts.shared import Backup, Encryption, Exposure, Logging
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.aws.clustered_kinds import DOCDB, NEPTUNE, Kind
from collectors.iac.mappers.aws.database import spread
from collectors.iac.mappers.aws.database_replicas import GLOBAL, replicas
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.log_target import to_group_named
from collectors.iac.mappers.aws.logs import LOG_GROUP
from collectors.iac.mappers.aws.naming import named_one, naming_it
from collectors.iac.mappers.aws.network import SUBNETS, VPCS
from collectors.iac.mappers.aws.own_backup import own_backup
from collectors.iac.mappers.aws.parameter_group import parameters_by
from collectors.iac.mappers.aws.placed import (
    address_exposure,
    routes,
    subnets_by_group,
    tenancy,
    texts,
)
from collectors.iac.mappers.aws.planned import PLANS
from collectors.iac.mappers.aws.reach import firewalls
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.aws.watching import ALARMS, alarms_on_database
from collectors.iac.mappers.joins import given, items, name_of

_VERSION = Unknown("the template gives no version: the service chooses it")
_DEFAULT_SUBNETS = Unknown("the database stands in the subnets of the default VPC")
_RESTORED = Unknown("the database is made from another one or a snapshot, which decides")
_UNSEEN = Unknown("the cluster, which decides, is not part of this template")
_NO_HARDWARE = Unknown("a cluster without instances runs on no hardware")
_UNNAMED = Unknown("the template does not name the cluster")
_SOURCES = (
    "snapshot_identifier",
    "replication_source_identifier",
    "restore_to_point_in_time",
    "global_cluster_identifier",
)


def map_cluster(kind: Kind, block: Block, project: Project) -> Iterator[Document]:
    """A cluster without instances: nothing answers on the network, the data is still there."""
    members = naming_it(project, block, "cluster_identifier", "cluster_identifier", kind.member)
    if members.blocks:
        project.take(block)
        return
    facts = _common(kind, block, project)
    public: Any = members.doubt or False
    facts.exposure = Exposure(public=public, via=members.doubt or [])
    facts.alarms = alarms_on_database(project, block, block)
    facts.tenancy = _NO_HARDWARE
    facts.subnet_routes_to_internet = members.doubt
    facts.auto_minor_upgrade = _NO_HARDWARE
    yield _document(block, project, facts)


def map_member(kind: Kind, block: Block, project: Project) -> Iterator[Document]:
    """An instance. Those of DocumentDB have no public addresses (developer guide, "Connecting from
    outside an Amazon VPC")."""
    cluster = named_one(
        project, block.get("cluster_identifier"), "cluster_identifier", kind.cluster
    )
    asked: Known = False
    if kind is NEPTUNE:
        asked = block.read("publicly_accessible", bool, False)
    if cluster is None:
        unseen: Any = dict.fromkeys(structs.asdict(Database()), _UNSEEN)
        facts = Database(**unseen)
        facts.engine = engine_of(kind.engine)
        facts.alarms = alarms_on_database(project, block, block)
        if asked is False:
            facts.exposure = Exposure(public=False, via=[])
        yield _document(block, project, facts)
        return
    subnets = _subnets(kind, cluster, project)
    facts = _common(kind, cluster, project)
    groups = items(cluster.values, "vpc_security_group_ids")
    port = block.read("port", int, cluster.read("port", int, kind.port))
    facts.exposure = address_exposure(project, asked, subnets, groups, port)
    facts.alarms = alarms_on_database(project, block, cluster)
    facts.tenancy = tenancy(project, subnets)
    facts.subnet_routes_to_internet = routes(project, subnets)
    # DocumentDB upgrades nothing by itself, whatever is written (API reference, CreateDBInstance).
    facts.auto_minor_upgrade = (
        block.read("auto_minor_version_upgrade", bool, True) if kind is NEPTUNE else False
    )
    yield _document(block, project, facts)


def map_snapshot(kind: Kind, block: Block, project: Project) -> Iterator[Document]:
    """A manual snapshot, encrypted as its cluster is. With whom it is shared no argument tells."""
    cluster = named_one(
        project, block.get("db_cluster_identifier"), "cluster_identifier", kind.cluster
    )
    unseen = Unknown("what the snapshot is made from is not part of this template")
    facts = DatabaseSnapshot(
        encryption=_encryption(kind, cluster, project) if cluster else Encryption.unread(unseen),
        shared_with=Unknown("with whom the snapshot is shared no argument tells"),
        created=Unknown("the snapshot is made at apply"),
    )
    yield aws_document(block, project, facts, name=name_of(block, "db_cluster_snapshot_identifier"))


def _document(block: Block, project: Project, facts: Database) -> Document:
    name = name_of(block, "identifier", "cluster_identifier")
    return aws_document(block, project, facts, name=name)


def _common(kind: Kind, cluster: Block, project: Project) -> Database:
    """What the cluster decides."""
    written = parameters_by(cluster, project, kind.parameter_argument, kind.parameters)
    parameters = then(written, lambda known: kind.defaults | known)
    version = cluster.read("engine_version", str, _VERSION)
    engine = engine_of(kind.engine)
    return Database(
        engine=engine,
        engine_version=version,
        network_kind="vpc",
        allow_list=[],
        private_endpoint=True,
        # Neptune asks for nothing unless IAM authentication is on.
        authentication=cluster.read("iam_database_authentication_enabled", bool, False)
        if kind is NEPTUNE
        else True,
        tls=tls(engine, parameters, version if isinstance(version, str) else ""),
        encryption=_encryption(kind, cluster, project),
        audit_log=_audit_log(kind, cluster, project, parameters),
        backup=_backup(kind, cluster, project),
        multi_zone=spread(cluster, project, kind.member),
        replicas=replicas(cluster, project),
        guard_instance=None,
        deletion_protection=cluster.read("deletion_protection", bool, False),
        firewall_ids=firewalls(project, items(cluster.values, "vpc_security_group_ids")),
    )


def _subnets(kind: Kind, cluster: Block, project: Project) -> list[Any] | Unknown:
    found = subnets_by_group(cluster, project, kind.subnet_argument, kind.subnet_group)
    return _DEFAULT_SUBNETS if found is None else found


def _encryption(kind: Kind, cluster: Block, project: Project) -> Encryption:
    """Off unless it is switched on (provider documentation); a copy is encrypted as its source."""
    restored = any(given(cluster.values, name) is not False for name in _SOURCES)
    asked = cluster.read("storage_encrypted", bool, False)
    enabled = _RESTORED if restored and asked is False else asked
    if isinstance(enabled, Unknown):
        return Encryption.unread(enabled)
    return at_rest(project, enabled, cluster.values.get(kind.key))


def _audit_log(
    kind: Kind, cluster: Block, project: Project, parameters: dict[str, str] | Unknown
) -> Logging:
    exports = texts(cluster.values, kind.exports)
    if isinstance(exports, Unknown):
        return Logging.unread(exports)
    known = [each for each in exports if isinstance(each, str)]
    doubt = next((each for each in exports if isinstance(each, Unknown)), None)
    enabled: Any = audit_enabled(kind.engine, known, parameters, set())
    if enabled is False and doubt and "audit" not in known:
        enabled = doubt
    if isinstance(enabled, Unknown):
        return Logging.unread(enabled)
    if not enabled:
        return Logging.off()
    name = cluster.read("cluster_identifier", str, _UNNAMED)
    where = then(name, lambda text: f"/aws/{kind.engine}/{text}/audit")
    return to_group_named(project, cluster, where)


def _backup(kind: Kind, cluster: Block, project: Project) -> Backup:
    """Automated backups, kept for a day unless told otherwise, and those of plans."""
    days = cluster.read("backup_retention_period", int, 1)
    return own_backup(
        cluster,
        project,
        kind.backed_up_as,
        ("rds", "cluster:*"),
        days=days,
        point_in_time=then(days, lambda number: number > 0),
    )


def _mappings(kind: Kind) -> Iterator[Mapping]:
    common = (LOG_GROUP, *SUBNETS, *VPCS, *PLANS, *KEYS, *KEY_DATA, *ALARMS)
    own = (kind.subnet_group, kind.parameters, GLOBAL[kind.cluster])
    read: dict[str, tuple[Callable[..., Iterator[Document]], Any, tuple[str, ...]]] = {
        kind.cluster: (map_cluster, Database, (kind.member, *own, *common)),
        kind.member: (map_member, Database, (kind.cluster, *own, *common)),
        kind.snapshot: (map_snapshot, DatabaseSnapshot, (kind.cluster, *KEYS, *KEY_DATA)),
    }
    for name, (function, facts, joined) in read.items():
        yield Mapping(types=(name,), facts=facts, map=partial(function, kind), joined=joined)


MAPPINGS = [*_mappings(DOCDB), *_mappings(NEPTUNE)]

LINK_TYPES = frozenset({"aws_docdb_cluster_parameter_group", "aws_neptune_cluster_parameter_group"})
