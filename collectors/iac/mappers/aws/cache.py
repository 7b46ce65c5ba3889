"""ElastiCache: replication groups, clusters that stand alone, and serverless caches."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, structs

from collectors.aws import cache_facts
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Encryption, Exposure, Replica, Tls
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.aws.cache_users import (
    GROUP_LINK,
    USER,
    USER_GROUP,
    asks_who,
)
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.naming import named_one, naming_it
from collectors.iac.mappers.aws.network import SUBNETS
from collectors.iac.mappers.aws.placed import nodes_exposure, routes, subnets_by_group
from collectors.iac.mappers.aws.reach import firewalls
from collectors.iac.mappers.aws.shared import aws_document, region_of
from collectors.iac.mappers.aws.watching import ALARMS, watching
from collectors.iac.mappers.joins import given, items, name_of

GROUP, CLUSTER = "aws_elasticache_replication_group", "aws_elasticache_cluster"
SERVERLESS = "aws_elasticache_serverless_cache"
SUBNET_GROUP = "aws_elasticache_subnet_group"
GLOBAL = "aws_elasticache_global_replication_group"

_VERSION = Unknown("the template gives no version: ElastiCache chooses it")
_ENGINE = Unknown("the template gives no engine")
_PRIMARY = Unknown("the primary group of the global datastore decides")
_GROUP_ELSEWHERE = Unknown("the replication group, which decides, is not part of this template")
_DEFAULT_SUBNETS = Unknown("the cache stands in the subnets of the default VPC")
_GLOBAL_ELSEWHERE = Unknown("the global datastore is not part of this template")
_BY_ENGINE = Unknown("whether such a cache is encrypted without a word on it is not documented")
_MODE = Unknown("the template does not write whether plaintext is accepted beside TLS")
_SNAPSHOTS = Unknown("the template does not write how many snapshots are kept")
_UPGRADES = Unknown("a serverless cache has no setting for updates of its engine")


class _Place(Struct, frozen=True):
    """Where a cache stands, and which addresses it has."""

    subnets: list[Any] | Unknown
    groups: list[Any] | Unknown
    kind: str | Unknown


def map_group(block: Block, project: Project) -> Iterator[Document]:
    """A replication group. What a secondary one of a global datastore leaves out is as its primary
    has it; the defaults else are the provider's and CreateReplicationGroup's."""
    member = given(block.values, "global_replication_group_id")
    usual: Any = (lambda value: value) if member is False else lambda _value: _PRIMARY
    engine = block.read("engine", str, usual("redis"))
    encrypted = then(engine, lambda name: usual(name == "valkey"))
    on = block.read("at_rest_encryption_enabled", bool, encrypted)
    facts = _facts(project, _placed(block, project), on, block.values.get("kms_key_id"))
    facts.engine = engine
    facts.engine_version = block.read("engine_version", str, usual(_VERSION))
    token = given(block.values, "auth_token")
    facts.authentication = asks_who(
        project, engine, usual(False) if token is False else token, block, "user_group_ids"
    )
    facts.tls = _tls(block, usual(False))
    facts.backup = cache_facts.backup(engine, _kept(block, 0))
    facts.multi_zone = block.read("multi_az_enabled", bool, False)
    facts.replicas = _replicas(block, project)
    facts.alarms = _group_alarms(block, project)
    facts.auto_minor_upgrade = block.read("auto_minor_version_upgrade", bool, True)
    yield aws_document(block, project, facts, name=name_of(block, "replication_group_id"))


def map_cluster(block: Block, project: Project) -> Iterator[Document]:
    """Memcached, or one node of Redis or Valkey. A node of a replication group is that group's."""
    name = name_of(block, "cluster_id")
    if given(block.values, "replication_group_id") is not False:
        group = block.get("replication_group_id")
        if named_one(project, group, "replication_group_id", GROUP):
            project.take(block)
            return
        unseen: Any = dict.fromkeys(structs.asdict(Database()), _GROUP_ELSEWHERE)
        yield aws_document(block, project, Database(**unseen), name=name)
        return
    engine = block.read("engine", str, _ENGINE)
    on = then(engine, lambda known: _BY_ENGINE if known == "valkey" else False)
    facts = _facts(project, _placed(block, project), on, None)
    facts.engine = engine
    facts.engine_version = block.read("engine_version", str, _VERSION)
    facts.authentication = asks_who(project, engine, False, block, "user_group_ids")
    facts.tls = _tls(block, False)
    memcached = engine == "memcached" and block.values.get("snapshot_retention_limit") is None
    facts.backup = cache_facts.backup(engine, {} if memcached else _kept(block, 0))
    facts.alarms = watching(project, [("CacheClusterId", block, "cluster_id")])
    facts.multi_zone = then(
        block.read("az_mode", str, "single-az"), lambda word: word != "single-az"
    )
    facts.replicas = []
    facts.auto_minor_upgrade = block.read("auto_minor_version_upgrade", bool, True)
    yield aws_document(block, project, facts, name=name)


def map_serverless(block: Block, project: Project) -> Iterator[Document]:
    """A serverless cache: TLS only, encrypted, in several zones, as live."""
    engine = block.read("engine", str, _ENGINE)
    subnets = items(block.values, "subnet_ids")
    place = _Place(
        subnets=subnets or _DEFAULT_SUBNETS,
        groups=items(block.values, "security_group_ids"),
        kind=block.read("network_type", str, "ipv4"),
    )
    facts = _facts(project, place, True, block.values.get("kms_key_id"))
    connection = block.read("connection_type", str, "vpc")
    if connection != "vpc":
        open_: Any = then(connection, lambda word: word == "public")
        via: Any = then(open_, lambda yes: ["endpoint"] if yes else [])
        facts.network_kind = then(connection, lambda _: "public")
        facts.exposure = Exposure(public=open_, via=via)
        facts.private_endpoint = then(connection, lambda _: False)
    facts.engine = engine
    facts.engine_version = block.read("major_engine_version", str, _VERSION)
    facts.authentication = asks_who(project, engine, False, block, "user_group_id")
    facts.tls = Tls(minimum=cache_facts.MINIMUM, required=True, policy=None)
    facts.backup = cache_facts.backup(engine, _kept(block, _SNAPSHOTS))
    facts.alarms = watching(project, [("clusterId", block, "name")], ("AWS/ElastiCache",))
    facts.multi_zone = True
    facts.replicas = []
    facts.auto_minor_upgrade = _UPGRADES
    yield aws_document(block, project, facts)


def _group_alarms(block: Block, project: Project) -> int | Unknown:
    """How many alarms watch a group, or one of its nodes: those that it makes itself are told by
    `member_clusters`."""
    nodes = naming_it(project, block, "replication_group_id", "replication_group_id", CLUSTER)
    return watching(
        project,
        [
            ("ReplicationGroupId", block, "replication_group_id"),
            ("CacheClusterId", block, "member_clusters"),
            *(("CacheClusterId", each, "cluster_id") for each in nodes.blocks),
        ],
    )


def _placed(block: Block, project: Project) -> _Place:
    found = subnets_by_group(block, project, "subnet_group_name", SUBNET_GROUP)
    return _Place(
        subnets=_DEFAULT_SUBNETS if found is None else found,
        groups=items(block.values, "security_group_ids"),
        kind=block.read("network_type", str, "ipv4"),
    )


def _facts(project: Project, place: _Place, encrypted: bool | Unknown, key: Any) -> Database:
    """What is told of every cache alike."""
    return Database(
        # Networks outside of VPCs are gone since 2022.
        network_kind="vpc",
        exposure=nodes_exposure(project, place.subnets, place.groups, place.kind),
        allow_list=[],
        private_endpoint=True,
        encryption=_encryption(project, encrypted, key),
        audit_log=None,
        guard_instance=None,
        deletion_protection=None,
        tenancy="shared",
        subnet_routes_to_internet=routes(project, place.subnets),
        firewall_ids=firewalls(project, place.groups),
    )


def _encryption(project: Project, enabled: bool | Unknown, key: Any) -> Encryption:
    if isinstance(enabled, Unknown):
        return Encryption.unread(enabled)
    return at_rest(project, enabled, key)


def _tls(block: Block, usual: bool | Unknown) -> Tls:
    """TLS. Which mode holds where none is written is not documented (API reference,
    CreateReplicationGroup), and the provider keeps one that was set before."""
    version = block.read("engine_version", str, _VERSION)
    told = {
        "TransitEncryptionEnabled": block.read("transit_encryption_enabled", bool, usual),
        "TransitEncryptionMode": block.read("transit_encryption_mode", str, _MODE),
    }
    return cache_facts.tls(told, version)


def _kept(block: Block, usual: int | Unknown) -> dict[str, Any]:
    """How many daily snapshots are kept, as the API names it."""
    return {"SnapshotRetentionLimit": block.read("snapshot_retention_limit", int, usual)}


def _replicas(block: Block, project: Project) -> list[Replica] | Unknown:
    """The other groups of the global datastore that a group is the primary or a secondary of."""
    argument, naming = "global_replication_group_id", "replication_group_id"
    if given(block.values, argument) is not False:
        shared = named_one(project, block.get(argument), argument, GLOBAL)
        primary = (
            named_one(project, shared.get("primary_replication_group_id"), naming, GROUP)
            if shared
            else None
        )
        if shared is None or primary is None:
            return _GLOBAL_ELSEWHERE
        others = [primary, *_secondaries(project, shared)]
        return [_replica(each, project) for each in others if each is not block]
    found = naming_it(project, block, naming, "primary_replication_group_id", GLOBAL)
    if found.doubt and not found.blocks:
        return found.doubt
    written: list[Replica] = []
    for shared in found.blocks:
        members = nested(shared.values, "member")
        if isinstance(members, Unknown):
            return members
        unnamed = Unknown("a member of the global datastore gives no region")
        written += [Replica(region=read(each, "region", str, unnamed)) for each in members]
        written += [_replica(each, project) for each in _secondaries(project, shared)]
    return written


def _secondaries(project: Project, shared: Block) -> list[Block]:
    argument = "global_replication_group_id"
    return naming_it(project, shared, argument, argument, GROUP).blocks


def _replica(block: Block, project: Project) -> Replica:
    return Replica(region=region_of(block, project), account=project.account)


def _mapping(kind: str, map_: Any) -> Mapping:
    joined = (
        SUBNET_GROUP,
        GLOBAL,
        USER,
        USER_GROUP,
        GROUP_LINK,
        *SUBNETS,
        *KEYS,
        *KEY_DATA,
        *ALARMS,
    )
    return Mapping(types=(kind,), facts=Database, map=map_, joined=joined)


MAPPINGS = [
    _mapping(GROUP, map_group),
    _mapping(CLUSTER, map_cluster),
    _mapping(SERVERLESS, map_serverless),
]

LINK_TYPES = frozenset(
    {
        "aws_elasticache_global_replication_group",
        "aws_elasticache_user",
        "aws_elasticache_user_group",
        "aws_elasticache_user_group_association",
    }
)
