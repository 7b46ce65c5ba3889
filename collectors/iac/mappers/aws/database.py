"""aws_db_instance, and aws_rds_cluster with its instances.

As in the live account, a document stands for each instance, and for each cluster without one. What
a cluster decides for its instances is read from the cluster.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from collectors.aws.logic import Known, every
from collectors.aws.rds_settings import engine_of, tls
from collectors.aws.reachability import exposure
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, BackupCopy, Encryption, Exposure
from collectors.iac.blocks import Block, Mapping, PartOf, Project
from collectors.iac.mappers.aws.database_log import audit_log
from collectors.iac.mappers.aws.database_replicas import GLOBAL, replicas
from collectors.iac.mappers.aws.database_settings import (
    CLUSTER_PARAMETERS,
    OPTIONS,
    PARAMETERS,
    parameters_of,
)
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.logs import LOG_GROUP
from collectors.iac.mappers.aws.network import SUBNETS, VPCS
from collectors.iac.mappers.aws.placed import tenancy
from collectors.iac.mappers.aws.reach import firewalls, groups_open, route_open
from collectors.iac.mappers.aws.shared import aws_document, region_of
from collectors.iac.mappers.aws.watching import ALARMS, alarms_on_database
from collectors.iac.mappers.joins import given, items, joined, name_of, target_of

INSTANCE = "aws_db_instance"
CLUSTER, MEMBER = "aws_rds_cluster", "aws_rds_cluster_instance"
SUBNET_GROUP = "aws_db_subnet_group"
COPY = "aws_db_instance_automated_backups_replication"

_NO_ENGINE = Unknown("the template gives no engine")
_NO_SUBNETS = Unknown("the database stands in the subnets of the default VPC")
_ELSEWHERE = Unknown("the subnet group is not part of this template")
_BY_AGE = Unknown(
    "storage_encrypted is not true: of Aurora clusters only those made since 2026 are encrypted"
)
_RESTORED = Unknown("the database is made from another one or a snapshot, which decides")
# CreateDBInstance, Port: the ports that RDS takes for an engine.
_PORTS = {"mysql": 3306, "mariadb": 3306, "postgresql": 5432, "sqlserver": 1433, "oracle": 1521}
_SOURCES = (
    "snapshot_identifier",
    "replicate_source_db",
    "replication_source_identifier",
    "restore_to_point_in_time",
    "global_cluster_identifier",
)


class _Place(NamedTuple):
    """Where a database stands: the subnets of its subnet group, and its security groups."""

    subnets: list[Any] | Unknown
    groups: list[Any] | Unknown


def map_instance(block: Block, project: Project) -> Iterator[Document]:
    """An instance that decides for itself, without a cluster."""
    facts = _common(block, block, project)
    facts.encryption = instance_encryption(block, project)
    facts.multi_zone = block.read("multi_az", bool, default=False)
    yield _document(block, project, facts)


def map_member(block: Block, project: Project) -> Iterator[Document]:
    """An instance of a cluster."""
    cluster = target_of(project, block.get("cluster_identifier"), CLUSTER)
    if cluster is None:
        yield _document(block, project, _of_unseen_cluster(block, project))
        return
    facts = _common(block, cluster, project)
    facts.encryption = cluster_encryption(cluster, project)
    facts.multi_zone = spread(cluster, project)
    yield _document(block, project, facts)


def map_cluster(block: Block, project: Project) -> Iterator[Document]:
    """A cluster without instances in this template: nothing that it has answers on the network,
    unless it runs its instances itself."""
    if joined(project, block, "cluster_identifier", MEMBER).blocks:
        return
    facts = _common(block, block, project)
    facts.encryption = cluster_encryption(block, project)
    facts.multi_zone = spread(block, project)
    if not given(block.values, "db_cluster_instance_class"):
        facts.exposure = Exposure(public=False, via=[])
    yield _document(block, project, facts)


def _document(block: Block, project: Project, facts: Database) -> Document:
    return aws_document(
        block, project, facts, name=name_of(block, "identifier", "cluster_identifier")
    )


def _common(block: Block, owner: Block, project: Project) -> Database:
    """What instances and clusters have in common; `owner` decides what a cluster decides."""
    name = _engine_name(owner)
    engine = then(name, engine_of)
    place = _place(owner, project)
    parameters = parameters_of(owner, project)
    return Database(
        engine=engine,
        engine_version=owner.read("engine_version", str, Unknown("RDS chooses the version")),
        # Classic networks are gone since 2022 (AWS, "EC2-Classic Networking is Retiring").
        network_kind="vpc",
        exposure=exposure(_is_public(block, owner, project, engine, place)),
        # Access by address is up to security groups; RDS has no allow-list of its own.
        allow_list=[],
        private_endpoint=True,
        authentication=True,
        alarms=alarms_on_database(project, block, owner),
        tls=then(engine, lambda known: tls(known, parameters)),
        audit_log=audit_log(owner, project, name, parameters),
        backup=_backup(block, owner, project),
        replicas=replicas(owner, project),
        guard_instance=None,
        deletion_protection=owner.read("deletion_protection", bool, default=False),
        auto_minor_upgrade=block.read("auto_minor_version_upgrade", bool, default=True),
        tenancy=tenancy(project, place.subnets),
        subnet_routes_to_internet=then(
            place.subnets, lambda subnets: cast("Any", route_open(project, subnets))
        ),
        firewall_ids=firewalls(project, place.groups),
    )


def _engine_name(block: Block) -> str | Unknown:
    """The API's name of the engine. AWS's own templates write "MySQL": RDS takes any case and tells
    small letters."""
    return then(block.read("engine", str, _NO_ENGINE), str.lower)


def _of_unseen_cluster(block: Block, project: Project) -> Database:
    unseen = Unknown("the cluster, which decides, is not part of this template")
    asked = block.read("publicly_accessible", bool, default=False)
    return Database(
        engine=then(_engine_name(block), engine_of),
        engine_version=block.read("engine_version", str, unseen),
        network_kind="vpc",
        exposure=exposure(False if asked is False else unseen),
        allow_list=[],
        private_endpoint=True,
        authentication=True,
        tls=unseen,
        encryption=unseen,
        audit_log=unseen,
        alarms=alarms_on_database(project, block, block),
        backup=unseen,
        multi_zone=unseen,
        replicas=unseen,
        guard_instance=None,
        deletion_protection=unseen,
        auto_minor_upgrade=block.read("auto_minor_version_upgrade", bool, default=True),
        tenancy=unseen,
        subnet_routes_to_internet=unseen,
        firewall_ids=unseen,
    )


def _place(block: Block, project: Project) -> _Place:
    groups = items(block.values, "vpc_security_group_ids")
    named = block.get("db_subnet_group_name")
    if given(block.values, "db_subnet_group_name") is False:
        return _Place(_NO_SUBNETS, groups)
    group = target_of(project, named, SUBNET_GROUP) or next(
        (
            project.take(each)
            for each in project.of_type(SUBNET_GROUP)
            if isinstance(named, str) and each.values.get("name") == named
        ),
        None,
    )
    return _Place(items(group.values, "subnet_ids") if group else _ELSEWHERE, groups)


def _is_public(
    block: Block, owner: Block, project: Project, engine: str | Unknown, place: _Place
) -> Known:
    """A public address, the way to it, and a security group that is open at its port."""
    asked = block.read("publicly_accessible", bool, default=False)
    if asked is False:
        return False
    unknown = Unknown("the template gives no port")
    usual = then(engine, lambda known: _PORTS.get(known, unknown))
    port = block.read("port", int, owner.read("port", int, usual))
    route = then(place.subnets, lambda subnets: cast("Any", route_open(project, subnets)))
    groups = place.groups or Unknown("the default security group of the VPC is used")
    return every([asked, route, groups_open(project, groups, port)])


def instance_encryption(block: Block, project: Project) -> Encryption:
    """Off unless the template says otherwise; a copy is encrypted as its source is."""
    source = target_of(project, block.get("replicate_source_db"), INSTANCE)
    if source and source is not block and not given(block.values, "kms_key_id"):
        return instance_encryption(source, project)
    restored = any(given(block.values, name) is not False for name in _SOURCES)
    return _encryption(block, project, _RESTORED if restored else False)


def cluster_encryption(block: Block, project: Project) -> Encryption:
    """Clusters of Aurora made since 18 February 2026 are encrypted whatever is asked for (Aurora
    user guide, "Encrypting Aurora resources"), and older ones are not."""
    restored = any(given(block.values, name) is not False for name in _SOURCES)
    is_aurora = then(_engine_name(block), lambda name: name.startswith("aurora"))
    age = Unknown(
        "storage_encrypted is not true: only Aurora clusters made since 2026 are encrypted"
    )
    return _encryption(block, project, _RESTORED if restored else is_aurora and age)


def _encryption(block: Block, project: Project, unless: bool | Unknown) -> Encryption:
    asked = block.read("storage_encrypted", bool, default=False)
    enabled = unless if asked is False else asked
    if isinstance(enabled, Unknown) and not given(block.values, "kms_key_id"):
        return Encryption.unread(enabled)
    return at_rest(project, enabled, block.values.get("kms_key_id"))


def _backup(block: Block, owner: Block, project: Project) -> Backup:
    """Automated backups. Without a word an instance has none and a cluster keeps them for a day
    (provider documentation). Copies by other means do not show here."""
    restored = any(given(owner.values, name) is not False for name in _SOURCES)
    usual: int | Unknown = _RESTORED if restored else int(owner.type == CLUSTER)
    days = owner.read("backup_retention_period", int, usual)
    on = then(days, lambda number: number > 0)
    links = joined(project, block, "source_db_instance_arn", COPY)
    copies = [
        BackupCopy(
            region=region_of(each, project), account=project.account, kind="automated-backup"
        )
        for each in links.blocks
    ]
    unseen = links.doubt or Unknown("no copy of the backups is in this template")
    return Backup(enabled=on, retention_days=days, point_in_time=on, copies=copies or unseen)


def spread(cluster: Block, project: Project, member: str = MEMBER) -> Known:
    """Whether a cluster's instances stand in several zones: always where it runs three itself
    (Multi-AZ cluster); those of Aurora stand where they are told to."""
    if given(cluster.values, "db_cluster_instance_class") is True:
        return True
    members = joined(project, cluster, "cluster_identifier", member)
    chosen = Unknown("RDS chooses the zones of the instances")
    zones = [each.read("availability_zone", str, chosen) for each in members.blocks]
    known = {zone for zone in zones if isinstance(zone, str)}
    if len(known) > 1:
        return True
    if members.doubt or any("[" in each.address for each in members.blocks):
        return members.doubt or chosen
    # One instance, or several in one zone; where none is told, Aurora spreads them.
    return False if len(members.blocks) == 1 or len(known) == len(set(zones)) == 1 else chosen


_JOINED = (
    *ALARMS,
    SUBNET_GROUP, COPY, GLOBAL[CLUSTER], PARAMETERS, CLUSTER_PARAMETERS, OPTIONS, LOG_GROUP,
    *SUBNETS, *VPCS, *KEYS, *KEY_DATA,
)  # fmt: skip

MAPPINGS = [
    Mapping(types=(INSTANCE,), facts=Database, map=map_instance, joined=_JOINED),
    Mapping(types=(CLUSTER,), facts=Database, map=map_cluster, joined=_JOINED),
    Mapping(types=(MEMBER,), facts=Database, map=map_member, joined=_JOINED),
]

PART_OF = {
    "aws_db_instance_automated_backups_replication": PartOf(
        "aws_db_instance", ("source_db_instance_arn",)
    ),
}

LINK_TYPES = frozenset(
    {"aws_db_option_group", "aws_db_parameter_group", "aws_rds_cluster_parameter_group"}
)
