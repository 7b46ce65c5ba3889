"""ApsaraDB for Redis and Memcache (alicloud_kvstore_instance), Tair
(alicloud_redis_tair_instance), and MongoDB."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.allow_list import endpoint_exposure
from collectors.aliyun.redis_facts import PLAINTEXT_BESIDE_TLS, engine_of
from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, BackupCopy, Encryption, Logging, Replica
from collectors.iac.blocks import Block, Mapping, PartOf, Project, read
from collectors.iac.mappers.alicloud.allow_lists import MONGO_LISTS, every_list
from collectors.iac.mappers.alicloud.database_place import (
    AROUND,
    NO_ARGUMENT,
    optional_tls,
    placed,
    several_zones,
    tde,
)
from collectors.iac.mappers.alicloud.rds import NOBODY
from collectors.iac.mappers.alicloud.shared import (
    addresses,
    aliyun_document,
    audit_log,
    customer_key,
    network_kind,
    present,
    region_of,
    word,
)
from collectors.iac.mappers.joins import (
    given,
    identities,
    items,
    joined,
    settle,
)

REDIS, REDIS_PUBLIC = "alicloud_kvstore_instance", "alicloud_kvstore_connection"
TAIR = "alicloud_redis_tair_instance"
REDIS_AUDIT = "alicloud_kvstore_audit_log_config"
MONGO = ("alicloud_mongodb_instance", "alicloud_mongodb_sharding_instance")
MONGO_PUBLIC = (
    "alicloud_mongodb_public_network_address",
    "alicloud_mongodb_sharding_network_public_address",
)
MONGO_AUDIT = "alicloud_mongodb_audit_policy"

_NO_BACKUP = Unknown("the template writes no retention: the service's own default applies")
_OTHERS = Unknown("where the other instances of the distributed cache stand is not read")


def map_redis(block: Block, project: Project) -> Iterator[Document]:
    """A Redis, Memcache or Tair instance."""
    region = region_of(block, project)
    ranges = addresses(block.values, "security_ips", NOBODY)
    public = joined(project, block, "instance_id", REDIS_PUBLIC)
    old = block.read("enable_public", bool, False)
    endpoint = old if old is not False else present(public.blocks, public.doubt)
    own = settle(project, block.values.get("zone_id"))
    second = settle(project, block.values.get("secondary_zone_id"))
    tair = block.type == TAIR
    secure = "ssl_enabled" if tair else "ssl_enable"
    ssl = word(block.values, secure, ("enable", "update"), False)
    kind = "Tair" if tair else block.read("instance_type", str, "Redis")
    facts = Database(
        engine=then(kind, engine_of),
        engine_version=block.read("engine_version", str, "1.0" if tair else "5.0"),
        network_kind=network_kind(block.values, "vswitch_id"),
        exposure=endpoint_exposure(endpoint, ranges),
        allow_list=ranges,
        authentication=word(block.values, "vpc_auth_mode", ("open",), True),
        tls=optional_tls(ssl, PLAINTEXT_BESIDE_TLS),
        encryption=tde(block, project),
        audit_log=_redis_audit(block, project, region),
        backup=_redis_backup(block),
        multi_zone=several_zones(own, second),
        replicas=_redis_replicas(block),
        guard_instance=None,
        tenancy=then(
            given(block.values, "dedicated_host_group_id"),
            lambda yes: "dedicated" if yes else "shared",
        ),
        deletion_protection=NO_ARGUMENT
        if tair
        else block.read("instance_release_protection", bool, False),
        auto_minor_upgrade=word(
            block.values,
            "is_auto_upgrade_open",
            ("1",),
            Unknown("not written: the service decides"),
        ),
        firewall_ids=identities(project, items(block.values, "security_group_id")),
    )
    placed(facts, block, project, "acs_kvstore")
    names = ("db_instance_name", "instance_name", "tair_instance_name")
    yield aliyun_document(block, project, facts, *names)


def map_mongodb(block: Block, project: Project) -> Iterator[Document]:
    """A MongoDB replica set or sharded cluster."""
    region = region_of(block, project)
    ranges = every_list(block, project, "security_ip_list", "security_ip_groups", MONGO_LISTS)
    public = joined(project, block, "db_instance_id", *MONGO_PUBLIC)
    ssl = word(block.values, "ssl_action", ("open", "update"), False)
    forced = word(block.values, "force_encryption", ("1",), False)
    own = settle(project, block.values.get("zone_id"))
    seconds = [
        settle(project, block.values.get(n)) for n in ("secondary_zone_id", "hidden_zone_id")
    ]
    facts = Database(
        engine="mongodb",
        engine_version=block.read("engine_version", str, Unknown("no engine_version")),
        network_kind=_mongo_network(block),
        exposure=endpoint_exposure(present(public.blocks, public.doubt), ranges),
        allow_list=ranges,
        authentication=word(block.values, "vpc_auth_mode", ("open",), True),
        tls=optional_tls(ssl, forced),
        encryption=_mongo_encryption(block, project),
        audit_log=_mongo_audit(block, project, region),
        backup=Backup(
            enabled=True,
            retention_days=block.read("backup_retention_period", int, _NO_BACKUP),
            point_in_time=word(
                block.values,
                "enable_backup_log",
                ("1",),
                Unknown("not written: the service decides"),
            ),
            copies=_mongo_copies(block, project),
        ),
        multi_zone=several_zones(own, *seconds),
        # Read-only nodes of an instance stand in its region.
        replicas=[],
        guard_instance=None,
        tenancy="shared",
        deletion_protection=block.read("db_instance_release_protection", bool, False),
        firewall_ids=identities(project, items(block.values, "security_group_id")),
    )
    placed(facts, block, project, "acs_mongodb")
    yield aliyun_document(block, project, facts, "name")


def _mongo_network(block: Block) -> Any:
    kind = block.read("network_type", str, "")
    if isinstance(kind, Unknown):
        return kind
    if kind:
        return {"vpc": "vpc"}.get(kind.lower(), "classic")
    chosen = Unknown("the template gives neither network_type nor vswitch_id")
    return then(given(block.values, "vswitch_id"), lambda yes: "vpc" if yes else chosen)


def _mongo_encryption(block: Block, project: Project) -> Encryption:
    """Disk encryption or TDE: one is enough."""
    disk = block.read("encrypted", bool, False)
    if disk is True:
        return customer_key(project, True, block.get("cloud_disk_encryption_key"))
    tde = word(block.values, "tde_status", ("enabled",), False)
    enabled = tde if tde is not False else disk
    return customer_key(project, enabled, block.get("encryption_key"))


def _redis_audit(block: Block, project: Project, region: str | Unknown) -> Logging:
    found = joined(project, block, "instance_id", REDIS_AUDIT)
    values = found.blocks[0].values if found.blocks else {}
    enabled = read(values, "db_audit", bool, found.doubt or False)
    kept = read(values, "retention", int, Unknown("the template writes no retention"))
    return audit_log(enabled, "audit-log", kept, project, region)


def _mongo_audit(block: Block, project: Project, region: str | Unknown) -> Logging:
    found = joined(project, block, "db_instance_id", MONGO_AUDIT)
    values = found.blocks[0].values if found.blocks else {}
    enabled = word(values, "audit_status", ("enable",), found.doubt or False)
    kept = read(values, "storage_period", int, Unknown("the template writes no storage_period"))
    return audit_log(enabled, "audit-log", kept, project, region)


def _mongo_copies(block: Block, project: Project) -> list[BackupCopy] | Unknown:
    """Copies in another region, off unless a template of ROS names one (user guide, "Cross-region
    backup")."""
    region = block.read("cross_backup_region", str, "")
    return then(
        region,
        lambda name: (
            [BackupCopy(region=name, account=project.account, kind="cross-region")] if name else []
        ),
    )


def _redis_backup(block: Block) -> Backup:
    """The service backs up daily by itself; how long it keeps that is not an argument here."""
    return Backup(
        enabled=True,
        retention_days=_NO_BACKUP,
        point_in_time=NO_ARGUMENT
        if block.type == TAIR
        else word(block.values, "enable_backup_log", ("1",), False),
        copies=[],
    )


def _redis_replicas(block: Block) -> list[Replica] | Unknown:
    """None, unless the instance is one of a distributed cache, whose others have their regions."""
    own = block.read("global_instance", bool, default=False)
    member = given(block.values, "global_instance_id")
    if True in (own, member):
        return _OTHERS
    return also(own, member) or []


MAPPINGS = [
    Mapping(
        types=(REDIS, TAIR),
        facts=Database,
        map=map_redis,
        joined=(REDIS_PUBLIC, REDIS_AUDIT, *AROUND),
    ),
    Mapping(
        types=MONGO,
        facts=Database,
        map=map_mongodb,
        joined=(*MONGO_PUBLIC, MONGO_AUDIT, MONGO_LISTS, *AROUND),
    ),
]

PART_OF = {
    "alicloud_kvstore_audit_log_config": PartOf("alicloud_kvstore_instance", ("instance_id",)),
    "alicloud_kvstore_connection": PartOf("alicloud_kvstore_instance", ("instance_id",)),
    "alicloud_mongodb_audit_policy": PartOf("alicloud_mongodb_instance", ("db_instance_id",)),
    "alicloud_mongodb_public_network_address": PartOf(
        "alicloud_mongodb_instance", ("db_instance_id",)
    ),
    "alicloud_mongodb_sharding_network_public_address": PartOf(
        "alicloud_mongodb_sharding_instance", ("db_instance_id",)
    ),
}
