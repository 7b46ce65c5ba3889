"""AnalyticDB for MySQL (alicloud_adb_db_cluster, its older name alicloud_adb_cluster, and
alicloud_adb_db_cluster_lake_version), ClickHouse (alicloud_click_house_db_cluster), and Kafka
(alicloud_alikafka_instance)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.allow_list import endpoint_exposure
from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.operations import Topic
from collectors.facts.shared import Backup, Encryption, Exposure, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested
from collectors.iac.mappers.alicloud.database_place import (
    AROUND,
    NO_ARGUMENT,
    NO_AUDIT,
    backup_by,
    placed,
    several_zones,
)
from collectors.iac.mappers.alicloud.shared import (
    addresses,
    aliyun_document,
    customer_key,
    network_kind,
    present,
)
from collectors.iac.mappers.joins import given, joined, settle

ADB, OLD_ADB = "alicloud_adb_db_cluster", "alicloud_adb_cluster"
ADB_PUBLIC, ADB_BACKUP = "alicloud_adb_connection", "alicloud_adb_backup_policy"
CLICKHOUSE_BACKUP = "alicloud_click_house_backup_policy"
LAKE = "alicloud_adb_db_cluster_lake_version"
CLICKHOUSE, KAFKA = "alicloud_click_house_db_cluster", "alicloud_alikafka_instance"

_UNWRITTEN = Unknown("not written: the service decides")
_NO_LIST = Unknown("the template writes no allow-list, and its default is not documented")
_TLS_VERSIONS = Unknown("the service decides which TLS versions it accepts")
_VPC_ONLY = "5"
_VERSIONS = {ADB: "3.0", OLD_ADB: "3.0", LAKE: "5.0"}


def map_adb(block: Block, project: Project) -> Iterator[Document]:
    """A cluster of AnalyticDB, which offers TLS beside plaintext."""
    ranges = addresses(block.values, "security_ips", _NO_LIST)
    public = joined(project, block, "db_cluster_id", ADB_PUBLIC)
    # No resource of Terraform's opens a public address of a lake edition.
    address = _UNWRITTEN if block.type == LAKE else present(public.blocks, public.doubt)
    encrypted = block.read("disk_encryption", bool, default=False)
    ssl = block.read("enable_ssl", bool, default=False)
    facts = Database(
        engine="analyticdb-mysql",
        engine_version=block.read("db_cluster_version", str, _VERSIONS[block.type]),
        network_kind=network_kind(block.values, "vswitch_id"),
        exposure=endpoint_exposure(address, ranges),
        allow_list=ranges,
        authentication=True,
        tls=Tls(
            minimum=then(ssl, lambda on: _TLS_VERSIONS if on else "none"),
            required=then(ssl, lambda _: False),
            policy=None,
        ),
        encryption=customer_key(project, encrypted, block.values.get("kms_id")),
        audit_log=NO_AUDIT,
        backup=backup_by(block, project, ADB_BACKUP, "db_cluster_id"),
        multi_zone=several_zones(
            *(settle(project, block.values.get(name)) for name in ("zone_id", "secondary_zone_id"))
        ),
        replicas=[],
        guard_instance=None,
        deletion_protection=None,
        tenancy="shared",
        # Access is up to the allow-list alone.
        firewall_ids=[],
    )
    placed(facts, block, project, "acs_ads")
    yield aliyun_document(block, project, facts, "description", "db_cluster_description")


def map_clickhouse(block: Block, project: Project) -> Iterator[Document]:
    """A cluster of ClickHouse, in a VPC."""
    ranges = _lists(block)
    public = block.read("allocate_public_connection", bool, _UNWRITTEN)
    kind = block.read("encryption_type", str, "")
    facts = Database(
        engine="clickhouse",
        engine_version=block.read("db_cluster_version", str, _UNWRITTEN),
        network_kind="vpc",
        exposure=endpoint_exposure(public, ranges),
        allow_list=ranges,
        authentication=True,
        tls=Tls(minimum=_UNWRITTEN, required=_UNWRITTEN, policy=None),
        encryption=customer_key(
            project, then(kind, lambda word: word != ""), block.values.get("encryption_key")
        ),
        audit_log=NO_AUDIT,
        backup=_clickhouse_backup(block, project),
        # It stands in one zone unless it names the vSwitches of others.
        multi_zone=given(block.values, "multi_zone_vswitch_list"),
        replicas=[],
        guard_instance=None,
        deletion_protection=NO_ARGUMENT,
        tenancy="shared",
        # Access is up to the allow-list alone.
        firewall_ids=[],
    )
    placed(facts, block, project, "acs_clickhouse")
    yield aliyun_document(block, project, facts, "db_cluster_description")


def _clickhouse_backup(block: Block, project: Project) -> Backup:
    """Backups that cannot restore to a point in time."""
    found = backup_by(block, project, CLICKHOUSE_BACKUP, "db_cluster_id")
    found.point_in_time = False
    return found


def _lists(block: Block) -> list[str] | Unknown:
    groups = nested(block.values, "db_cluster_access_white_list")
    if isinstance(groups, Unknown) or not groups:
        return groups if isinstance(groups, Unknown) else _NO_LIST
    found: list[Any] = []
    for group in groups:
        listed = addresses(group, "security_ip_list", [])
        found += listed if isinstance(listed, list) else [listed]
    return found


def map_kafka(block: Block, project: Project) -> Iterator[Document]:
    """An instance of Kafka. Naming a key is what encrypts its disks."""
    key = block.values.get("kms_key_id")
    facts = Topic(
        encryption=Encryption(enabled=key, key_manager=key, key_id=key)
        if isinstance(key, Unknown)
        else customer_key(project, key not in (None, ""), key, _UNWRITTEN),
        policy=Unknown("who may send and receive is set in the broker, which is not read"),
        tls=Tls(minimum=_TLS_VERSIONS, required=_UNWRITTEN, policy=None),
        exposure=_exposure(block),
    )
    yield aliyun_document(block, project, facts, "name")


def _exposure(block: Block) -> Exposure:
    kind = block.read("deploy_type", str, Unknown("the template gives no deploy_type"))
    if kind == _VPC_ONLY:
        return Exposure(public=False, via=[])
    allowed = Unknown("the allow-list of the public endpoint is not read from templates")
    doubt = also(kind) or allowed
    return Exposure.unread(doubt)


MAPPINGS = [
    Mapping(
        types=(ADB, OLD_ADB, LAKE),
        facts=Database,
        map=map_adb,
        joined=(ADB_PUBLIC, ADB_BACKUP, *AROUND),
    ),
    Mapping(
        types=(CLICKHOUSE,),
        facts=Database,
        map=map_clickhouse,
        joined=(CLICKHOUSE_BACKUP, *AROUND),
    ),
    Mapping(types=(KAFKA,), facts=Topic, map=map_kafka),
]

PART_OF = {
    "alicloud_adb_backup_policy": PartOf("alicloud_adb_db_cluster", ("db_cluster_id",)),
    "alicloud_adb_connection": PartOf("alicloud_adb_db_cluster", ("db_cluster_id",)),
    "alicloud_click_house_backup_policy": PartOf(
        "alicloud_click_house_db_cluster", ("db_cluster_id",)
    ),
}
