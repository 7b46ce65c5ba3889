"""AnalyticDB for MySQL (alicloud_adb_db_cluster, alicloud_adb_db_cluster_lake_version), ClickHouse
(alicloud_click_house_db_cluster), and Kafka (alicloud_alikafka_instance)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.allow_list import endpoint_exposure
from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.operations import Topic
from collectors.facts.shared import Encryption, Exposure, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested
from collectors.iac.mappers.alicloud.shared import (
    addresses,
    aliyun_document,
    customer_key,
    network_kind,
    present,
)
from collectors.iac.mappers.joins import joined

ADB, ADB_PUBLIC = "alicloud_adb_db_cluster", "alicloud_adb_connection"
LAKE = "alicloud_adb_db_cluster_lake_version"
CLICKHOUSE, KAFKA = "alicloud_click_house_db_cluster", "alicloud_alikafka_instance"

_UNWRITTEN = Unknown("not written: the service decides")
_NO_LIST = Unknown("the template writes no allow-list, and its default is not documented")
_TLS_VERSIONS = Unknown("the service decides which TLS versions it accepts")
_VPC_ONLY = "5"
_VERSIONS = {ADB: "3.0", LAKE: "5.0"}


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
        replicas=[],
        guard_instance=None,
        tenancy="shared",
    )
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
        replicas=[],
        guard_instance=None,
        tenancy="shared",
    )
    yield aliyun_document(block, project, facts, "db_cluster_description")


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
    Mapping(types=(ADB, LAKE), facts=Database, map=map_adb, joined=(ADB_PUBLIC,)),
    Mapping(types=(CLICKHOUSE,), facts=Database, map=map_clickhouse),
    Mapping(types=(KAFKA,), facts=Topic, map=map_kafka),
]

PART_OF = {
    "alicloud_adb_connection": PartOf("alicloud_adb_db_cluster", ("db_cluster_id",)),
}
