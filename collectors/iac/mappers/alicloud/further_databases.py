"""Databases of which templates tell little: SelectDB (alicloud_selectdb_db_instance), HBase
(alicloud_hbase_instance), and PolarDB-X (alicloud_drds_instance of its first version, and
alicloud_drds_polardbx_instance)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.allow_list import endpoint_exposure
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption, Replica, Tls
from collectors.iac.blocks import Block, Mapping, Project, nested
from collectors.iac.mappers.alicloud.database_place import (
    AROUND,
    NO_ARGUMENT,
    NO_AUDIT,
    placed,
)
from collectors.iac.mappers.alicloud.shared import (
    addresses,
    aliyun_document,
    customer_key,
    network_kind,
    region_of,
)
from collectors.iac.mappers.joins import given, identities, items, joined

SELECTDB, HBASE = "alicloud_selectdb_db_instance", "alicloud_hbase_instance"
DRDS, POLARDB_X = "alicloud_drds_instance", "alicloud_drds_polardbx_instance"

_NO_LIST = Unknown("the template writes no allow-list, and its default is not documented")
_NO_VERSION = Unknown("the template gives no version")
_NO_TOPOLOGY = Unknown("the template gives no topology_type")
_TOPOLOGIES = {"3azones": True, "1azone": False}


def _database(
    engine: str | Unknown, version: str | Unknown, network: Any, public: bool | Unknown, ranges: Any
) -> Database:
    """What templates tell of a database of any of these products, none of which has an argument of
    its protection."""
    return Database(
        engine=engine,
        engine_version=version,
        network_kind=network,
        exposure=endpoint_exposure(public, ranges),
        allow_list=ranges,
        authentication=NO_ARGUMENT,
        tls=Tls(minimum=NO_ARGUMENT, required=NO_ARGUMENT, policy=None),
        encryption=Encryption.unread(NO_ARGUMENT),
        audit_log=NO_AUDIT,
        backup=Backup.unread(NO_ARGUMENT),
        multi_zone=NO_ARGUMENT,
        replicas=[],
        guard_instance=None,
        deletion_protection=NO_ARGUMENT,
        tenancy="shared",
        firewall_ids=[],
    )


def map_selectdb(block: Block, project: Project) -> Iterator[Document]:
    """A SelectDB instance, in a VPC, which has an address on the internet once it is asked for."""
    version = block.read("engine_minor_version", str, _NO_VERSION)
    public = block.read("enable_public_network", bool, default=False)
    facts = _database("selectdb", version, "vpc", public, _selectdb_list(block))
    # Everybody signs in with the account that the instance is made with, or a further one.
    facts.authentication = True
    placed(facts, block, project, "acs_selectdb")
    yield aliyun_document(block, project, facts, "db_instance_description")


def _selectdb_list(block: Block) -> list[str] | Unknown:
    groups = nested(block.values, "desired_security_ip_lists")
    if isinstance(groups, Unknown):
        return groups
    found: list[Any] = []
    for group in groups:
        listed = addresses(group, "security_ip_list", [])
        found += [listed] if isinstance(listed, Unknown) else listed
    return found or _NO_LIST


def map_hbase(block: Block, project: Project) -> Iterator[Document]:
    """An HBase cluster, outside of VPCs unless it names a vSwitch. Addresses on the internet are
    asked for in the console."""
    kind = then(given(block.values, "vswitch_id"), lambda yes: "vpc" if yes else "classic")
    facts = _database(
        block.read("engine", str, "hbase"),
        block.read("engine_version", str, _NO_VERSION),
        kind,
        False,
        addresses(block.values, "ip_white", _NO_LIST),
    )
    key = block.values.get("encryption_key")
    if given({"key": key}, "key") is True:
        facts.encryption = customer_key(project, True, key)
    facts.deletion_protection = block.read("deletion_protection", bool, default=True)
    facts.firewall_ids = identities(project, items(block.values, "security_groups"))
    placed(facts, block, project, "acs_hbase")
    yield aliyun_document(block, project, facts, "name")


def map_drds(block: Block, project: Project) -> Iterator[Document]:
    """An instance of the first version, which keeps its data in databases of RDS."""
    facts = _database(
        "drds",
        block.read("mysql_version", str, "5"),
        network_kind(block.values, "vswitch_id"),
        False,
        _NO_LIST,
    )
    facts.authentication = True
    placed(facts, block, project, "acs_drds")
    yield aliyun_document(block, project, facts, "description")


def map_polardb_x(block: Block, project: Project) -> Iterator[Document]:
    """An instance, in a VPC, whose nodes stand in one zone or in three."""
    version = block.read("engine_version", str, "5.7")
    facts = _database("polardb-x", version, "vpc", False, _NO_LIST)
    facts.authentication = True
    topology = block.read("topology_type", str, _NO_TOPOLOGY)
    facts.multi_zone = then(topology, lambda word: _TOPOLOGIES.get(word, _NO_TOPOLOGY))
    copies = joined(project, block, "primary_db_instance_name", POLARDB_X)
    facts.replicas = copies.doubt or [
        Replica(region=region_of(each, project), account=project.account) for each in copies.blocks
    ]
    placed(facts, block, project, "acs_polardbx")
    yield aliyun_document(block, project, facts, "description")


MAPPINGS = [
    Mapping(types=(SELECTDB,), facts=Database, map=map_selectdb, joined=AROUND),
    Mapping(types=(HBASE,), facts=Database, map=map_hbase, joined=AROUND),
    Mapping(types=(DRDS,), facts=Database, map=map_drds, joined=AROUND),
    Mapping(types=(POLARDB_X,), facts=Database, map=map_polardb_x, joined=(POLARDB_X, *AROUND)),
]
