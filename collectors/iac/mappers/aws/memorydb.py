"""MemoryDB: clusters and their snapshots."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws import memorydb_facts
from collectors.aws.cache_facts import backup
from collectors.aws.logic import Known
from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database, DatabaseSnapshot
from collectors.facts.shared import Encryption, Replica
from collectors.iac.blocks import Block, Mapping, Project
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.memorydb_users import ACL, USER, asks_who
from collectors.iac.mappers.aws.naming import named_one
from collectors.iac.mappers.aws.network import SUBNETS
from collectors.iac.mappers.aws.placed import nodes_exposure, routes, subnets_by_group, zones
from collectors.iac.mappers.aws.reach import firewalls
from collectors.iac.mappers.aws.shared import aws_document, region_of
from collectors.iac.mappers.aws.watching import ALARMS, watching
from collectors.iac.mappers.joins import given, items, settle

CLUSTER, SNAPSHOT = "aws_memorydb_cluster", "aws_memorydb_snapshot"
SUBNET_GROUP = "aws_memorydb_subnet_group"
MULTI_REGION = "aws_memorydb_multi_region_cluster"
_SHARED = "multi_region_cluster_name"

# Each version is one of Redis or of Valkey (developer guide, "Engine versions").
_ENGINES = {"6.2": "redis", "7.0": "redis", "7.1": "redis", "7.2": "valkey", "7.3": "valkey"}
_ENGINE = Unknown("the template gives no engine")
_VERSION = Unknown("the template gives no version: the service chooses it")
_DEFAULT_SUBNETS = Unknown("the database stands in the subnets of the default VPC")
_OTHERS = Unknown("the other clusters of the multi-Region cluster are not part of this template")
_UNSEEN = Unknown("what the snapshot is made from is not part of this template")
_KEY = Unknown("whose key encrypts a snapshot that names none is not documented")


def map_cluster(block: Block, project: Project) -> Iterator[Document]:
    """A cluster. The defaults are the provider's, and CreateCluster's."""
    found = subnets_by_group(block, project, "subnet_group_name", SUBNET_GROUP)
    subnets = _DEFAULT_SUBNETS if found is None else found
    groups = items(block.values, "security_group_ids")
    version = block.read("engine_version", str, _VERSION)
    engine = block.read("engine", str, _engine_by(version))
    days = {"SnapshotRetentionLimit": block.read("snapshot_retention_limit", int, 0)}
    facts = Database(
        engine=engine,
        engine_version=version,
        network_kind="vpc",
        exposure=nodes_exposure(project, subnets, groups, block.read("network_type", str, "ipv4")),
        allow_list=[],
        private_endpoint=True,
        authentication=asks_who(block, project),
        tls=memorydb_facts.tls(block.read("tls_enabled", bool, True)),
        # Always on, as live.
        encryption=at_rest(project, True, block.values.get("kms_key_arn")),
        audit_log=None,
        alarms=watching(project, [("ClusterName", block, "name")], ("AWS/MemoryDB",)),
        backup=backup(engine, days),
        multi_zone=_multi_zone(block, project, subnets),
        replicas=_replicas(block, project),
        guard_instance=None,
        deletion_protection=None,
        auto_minor_upgrade=block.read("auto_minor_version_upgrade", bool, True),
        tenancy="shared",
        subnet_routes_to_internet=routes(project, subnets),
        firewall_ids=firewalls(project, groups),
    )
    yield aws_document(block, project, facts)


def _engine_by(version: str | Unknown) -> str | Unknown:
    if isinstance(version, Unknown):
        return _ENGINE
    return _ENGINES.get(".".join(version.split(".")[:2]), _ENGINE)


def _multi_zone(block: Block, project: Project, subnets: list[Any] | Unknown) -> Known:
    """Several zones are used by themselves where a shard has a replica (developer guide,
    "Minimizing downtime in MemoryDB with Multi-AZ"), and the subnets have several."""
    copies = block.read("num_replicas_per_shard", int, 1)
    if copies == 0:
        return False
    spread = then(zones(project, subnets), lambda found: len(found) > 1)
    return spread if spread is False else also(copies, spread) or True


def _replicas(block: Block, project: Project) -> list[Replica] | Unknown:
    """The clusters of other regions in the multi-Region cluster that a cluster belongs to."""
    if given(block.values, _SHARED) is False:
        return []
    own = _shared_by(block, project)
    if isinstance(own, Unknown):
        return own
    members: list[Any] = [
        Replica(region=region_of(each, project), account=project.account)
        for each in project.each_of(CLUSTER)
        if each is not block and _shared_by(each, project) == own
    ]
    return members or [_OTHERS]


def _shared_by(block: Block, project: Project) -> Any:
    """What tells the multi-Region cluster of a cluster from others."""
    value = block.get(_SHARED)
    target = named_one(project, value, _SHARED, MULTI_REGION)
    return target.address if target else settle(project, value)


def map_snapshot(block: Block, project: Project) -> Iterator[Document]:
    """A manual snapshot: always encrypted, and not shared, as live."""
    cluster = named_one(project, block.get("cluster_name"), "name", CLUSTER)
    facts = DatabaseSnapshot(
        encryption=_snapshot_encryption(block, cluster, project),
        shared_with=[],
        created=Unknown("the snapshot is made at apply"),
    )
    yield aws_document(block, project, facts)


def _snapshot_encryption(block: Block, cluster: Block | None, project: Project) -> Encryption:
    if given(block.values, "kms_key_arn") is not False:
        return at_rest(project, True, block.values["kms_key_arn"])
    reason = _KEY if cluster else _UNSEEN
    return Encryption(enabled=True, key_manager=reason, key_id=reason, algorithm="AES-256")


MAPPINGS = [
    Mapping(
        types=(CLUSTER,),
        facts=Database,
        map=map_cluster,
        joined=(SUBNET_GROUP, MULTI_REGION, ACL, USER, *SUBNETS, *KEYS, *KEY_DATA, *ALARMS),
    ),
    Mapping(
        types=(SNAPSHOT,),
        facts=DatabaseSnapshot,
        map=map_snapshot,
        joined=(CLUSTER, *KEYS, *KEY_DATA),
    ),
]

LINK_TYPES = frozenset({SUBNET_GROUP, MULTI_REGION})
