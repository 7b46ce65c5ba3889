"""ApsaraDB for Redis and Memcache (alicloud_kvstore_instance), MongoDB, and PolarDB."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.aliyun.allow_list import endpoint_exposure
from collectors.aliyun.redis_facts import PLAINTEXT_BESIDE_TLS, engine_of
from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, BackupCopy, Encryption, Logging, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read, template_document
from collectors.iac.mappers.alicloud.rds import NOBODY
from collectors.iac.mappers.alicloud.shared import (
    addresses,
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
    name_of,
    settle,
    tags_of,
)

REDIS, REDIS_PUBLIC = "alicloud_kvstore_instance", "alicloud_kvstore_connection"
REDIS_AUDIT = "alicloud_kvstore_audit_log_config"
MONGO = ("alicloud_mongodb_instance", "alicloud_mongodb_sharding_instance")
MONGO_PUBLIC = (
    "alicloud_mongodb_public_network_address",
    "alicloud_mongodb_sharding_network_public_address",
)
MONGO_AUDIT = "alicloud_mongodb_audit_policy"
POLAR, POLAR_BACKUP = "alicloud_polardb_cluster", "alicloud_polardb_backup_policy"
POLAR_ENDPOINT, POLAR_PUBLIC = "alicloud_polardb_endpoint", "alicloud_polardb_endpoint_address"
POLAR_PRIMARY = "alicloud_polardb_primary_endpoint"

_NO_LIST = Unknown("the template writes no allow-list, and its default is not documented")
_NO_BACKUP = Unknown("the template writes no retention: the service's own default applies")
_TLS_VERSIONS = Unknown("the service decides which TLS versions it accepts")


def map_redis(block: Block, project: Project) -> Iterator[Document]:
    """A Redis or Memcache instance."""
    region = region_of(block, project)
    ranges = addresses(block.values, "security_ips", NOBODY)
    public = joined(project, block, "instance_id", REDIS_PUBLIC)
    old = block.read("enable_public", bool, False)
    endpoint = old if old is not False else present(public.blocks, public.doubt)
    own = settle(project, block.values.get("zone_id"))
    second = settle(project, block.values.get("secondary_zone_id"))
    ssl = word(block.values, "ssl_enable", ("enable", "update"), False)
    facts = Database(
        engine=then(block.read("instance_type", str, "Redis"), engine_of),
        engine_version=block.read("engine_version", str, "5.0"),
        network_kind=network_kind(block.values, "vswitch_id"),
        exposure=endpoint_exposure(endpoint, ranges),
        allow_list=ranges,
        authentication=word(block.values, "vpc_auth_mode", ("open",), True),
        tls=_tls(ssl, PLAINTEXT_BESIDE_TLS),
        encryption=_tde(block, project),
        audit_log=_redis_audit(block, project, region),
        backup=_redis_backup(block),
        multi_zone=_other_zone(own, second),
        deletion_protection=block.read("instance_release_protection", bool, False),
        auto_minor_upgrade=word(
            block.values,
            "is_auto_upgrade_open",
            ("1",),
            Unknown("not written: the service decides"),
        ),
        firewall_ids=identities(project, items(block.values, "security_group_id")),
    )
    yield _document(block, project, facts, region, ("db_instance_name", "instance_name"))


def map_mongodb(block: Block, project: Project) -> Iterator[Document]:
    """A MongoDB replica set or sharded cluster."""
    region = region_of(block, project)
    ranges = _mongo_list(block)
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
        tls=_tls(ssl, forced),
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
        ),
        multi_zone=_other_zone(own, *seconds),
        deletion_protection=block.read("db_instance_release_protection", bool, False),
        firewall_ids=identities(project, items(block.values, "security_group_id")),
    )
    yield _document(block, project, facts, region, ("name",))


def map_polardb(block: Block, project: Project) -> Iterator[Document]:
    """A PolarDB cluster."""
    region = region_of(block, project)
    ranges = _polar_list(block)
    public = joined(project, block, "db_cluster_id", POLAR_PUBLIC)
    engine = block.read("db_type", str, Unknown("the template gives no db_type"))
    audit = word(block.values, "collector_status", ("enable", "enabled"), False)
    kept = Unknown("how long SQL records are kept is not an argument of the cluster")
    facts = Database(
        engine=then(engine, str.lower),
        engine_version=block.read("db_version", str, Unknown("no db_version")),
        network_kind="vpc",
        exposure=endpoint_exposure(present(public.blocks, public.doubt), ranges),
        allow_list=ranges,
        authentication=True,
        tls=_polar_tls(block, project),
        encryption=_tde(block, project),
        audit_log=audit_log(audit, "sql-audit", kept, project, region),
        backup=_polar_backup(block, project),
        multi_zone=_polar_zones(block),
        deletion_protection=word(block.values, "deletion_lock", ("1",), False),
        firewall_ids=identities(project, items(block.values, "security_group_ids")),
    )
    yield _document(block, project, facts, region, ("description",))


def _document(
    block: Block, project: Project, facts: Database, region: str | Unknown, names: tuple[str, ...]
) -> Document:
    return template_document(
        block,
        project,
        facts,
        provider="aliyun",
        region=region,
        name=name_of(block, *names),
        tags=tags_of(block),
    )


def _mongo_network(block: Block) -> Any:
    kind = block.read("network_type", str, "")
    if isinstance(kind, Unknown):
        return kind
    if kind:
        return {"vpc": "vpc"}.get(kind.lower(), "classic")
    chosen = Unknown("the template gives neither network_type nor vswitch_id")
    return then(given(block.values, "vswitch_id"), lambda yes: "vpc" if yes else chosen)


def _tls(on: bool | Unknown, forced: bool | Unknown) -> Tls:
    """SSL is off until turned on, and optional for clients unless forced."""
    if on is False:
        return Tls(minimum="none", required=False, policy=None)
    doubt = also(on)
    return Tls(minimum=doubt or _TLS_VERSIONS, required=doubt or forced, policy=None)


def _tde(block: Block, project: Project) -> Encryption:
    """Transparent data encryption, off by default."""
    enabled = word(block.values, "tde_status", ("enabled",), False)
    return customer_key(project, enabled, block.get("encryption_key"))


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


def _redis_backup(block: Block) -> Backup:
    """The service backs up daily by itself; how long it keeps that is not an argument here."""
    return Backup(
        enabled=True,
        retention_days=_NO_BACKUP,
        point_in_time=word(block.values, "enable_backup_log", ("1",), False),
    )


def _other_zone(own: Any, *others: Any) -> bool | Unknown:
    """Whether a further zone is named beside the first; without one the instance has one zone."""
    named = [zone for zone in others if zone is not None]
    if isinstance(own, str) and "MAZ" in own:
        return True
    if any(isinstance(zone, str) and zone != own for zone in named):
        return True
    return next(
        (Unknown("a zone is known after apply") for z in named if not isinstance(z, str)), False
    )


def _mongo_list(block: Block) -> list[str] | Unknown:
    ranges = addresses(block.values, "security_ip_list", [])
    groups = nested(block.values, "security_ip_groups")
    doubt = also(ranges, groups)
    if doubt:
        return doubt
    found = list(cast("list[str]", ranges))
    for group in cast("list[dict[str, Any]]", groups):
        more = addresses(group, "security_ip_list", [])
        found += [cast("str", more)] if isinstance(more, Unknown) else more
    return found or _NO_LIST


def _polar_list(block: Block) -> list[str] | Unknown:
    groups = nested(block.values, "db_cluster_ip_array")
    ranges = addresses(block.values, "security_ips", [])
    doubt = also(ranges, groups)
    if doubt:
        return doubt
    found = list(cast("list[str]", ranges))
    for group in cast("list[dict[str, Any]]", groups):
        more = addresses(group, "security_ips", [])
        found += [cast("str", more)] if isinstance(more, Unknown) else more
    return found or _NO_LIST


def _polar_tls(block: Block, project: Project) -> Tls:
    """By endpoint. PostgreSQL and Oracle endpoints have SSL on by default, MySQL ones do not."""
    found = joined(project, block, "db_cluster_id", POLAR_ENDPOINT, POLAR_PRIMARY)
    default: bool | Unknown = then(
        block.read("db_type", str, Unknown("no db_type")), lambda text: text.lower() != "mysql"
    )
    answers = [word(e.values, "ssl_enabled", ("enable", "update"), default) for e in found.blocks]
    if False in answers:
        return _tls(False, False)
    return _tls(found.doubt or also(*answers, default) or bool(answers) or default, False)


def _polar_backup(block: Block, project: Project) -> Backup:
    """Automatic backups cannot be turned off; redo logs allow any point in time."""
    found = joined(project, block, "db_cluster_id", POLAR_BACKUP)
    values = found.blocks[0].values if found.blocks else {}
    first = read(values, "data_level1_backup_retention_period", int, found.doubt or _NO_BACKUP)
    second = read(values, "data_level2_backup_retention_period", int, 0)
    kept = second if isinstance(second, int) and second > 0 else first
    place = read(values, "data_level2_backup_another_region_region", str, "")
    copies: Any = place if isinstance(place, Unknown) else []
    if isinstance(place, str) and place:
        copies = [BackupCopy(region=place, account=project.account, kind="level-2")]
    return Backup(enabled=True, retention_days=kept, point_in_time=True, copies=copies)


def _polar_zones(block: Block) -> bool | Unknown:
    """A hot standby cluster stands in another zone."""
    reason = Unknown("the template does not write hot_standby_cluster")
    return word(block.values, "hot_standby_cluster", ("on", "equal"), reason)


MAPPINGS = [
    Mapping(
        types=(REDIS,),
        facts=Database,
        map=map_redis,
        joined=(REDIS_PUBLIC, REDIS_AUDIT),
    ),
    Mapping(types=MONGO, facts=Database, map=map_mongodb, joined=(*MONGO_PUBLIC, MONGO_AUDIT)),
    Mapping(
        types=(POLAR,),
        facts=Database,
        map=map_polardb,
        joined=(POLAR_BACKUP, POLAR_ENDPOINT, POLAR_PRIMARY, POLAR_PUBLIC),
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
    "alicloud_polardb_backup_policy": PartOf("alicloud_polardb_cluster", ("db_cluster_id",)),
    "alicloud_polardb_endpoint": PartOf("alicloud_polardb_cluster", ("db_cluster_id",)),
    "alicloud_polardb_endpoint_address": PartOf("alicloud_polardb_cluster", ("db_cluster_id",)),
    "alicloud_polardb_primary_endpoint": PartOf("alicloud_polardb_cluster", ("db_cluster_id",)),
}
