"""AnalyticDB for PostgreSQL (alicloud_gpdb_instance, the older alicloud_gpdb_elastic_instance)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.allow_list import endpoint_exposure
from collectors.aliyun.gpdb_facts import disks_encrypted
from collectors.document import Document, Unknown, then
from collectors.facts.database import Database
from collectors.facts.shared import Encryption, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested
from collectors.iac.mappers.alicloud.database_place import (
    AROUND,
    NO_AUDIT,
    backup_by,
    placed,
    several_zones,
)
from collectors.iac.mappers.alicloud.rds import NOBODY
from collectors.iac.mappers.alicloud.shared import (
    addresses,
    aliyun_document,
    customer_key,
    network_kind,
    present,
    word,
)
from collectors.iac.mappers.joins import joined, settle

INSTANCE, OLD_INSTANCE = "alicloud_gpdb_instance", "alicloud_gpdb_elastic_instance"
CONNECTION = "alicloud_gpdb_connection"
ALLOW_LIST, BACKUP = "alicloud_gpdb_db_instance_ip_array", "alicloud_gpdb_backup_policy"

_UNWRITTEN = Unknown("not written: the service decides")
_TLS_VERSIONS = Unknown("the service decides which TLS versions it accepts")
_PLAINTEXT = Unknown("whether plaintext is refused beside TLS is no argument of the template")
_NO_KEY = Unknown("the disks are encrypted, and the template names no key")
_DELETES = Unknown("the resource takes addresses out of the allow-list")


def map_instance(block: Block, project: Project) -> Iterator[Document]:
    """An instance, which lets nobody in unless a list is written (CreateDBInstance)."""
    ranges = _ranges(block, project)
    public = joined(project, block, "instance_id", CONNECTION)
    ssl = word(block.values, "ssl_enabled", ("1", "true"), _UNWRITTEN)
    facts = Database(
        engine="analyticdb-postgresql",
        engine_version=block.read("engine_version", str, Unknown("no engine_version")),
        network_kind=network_kind(block.values, "vswitch_id"),
        exposure=endpoint_exposure(present(public.blocks, public.doubt), ranges),
        allow_list=ranges,
        authentication=True,
        tls=Tls(
            minimum=then(ssl, lambda on: _TLS_VERSIONS if on else "none"),
            required=then(ssl, lambda on: _PLAINTEXT if on else False),
            policy=None,
        ),
        encryption=_encryption(block, project),
        audit_log=NO_AUDIT,
        backup=backup_by(block, project, BACKUP, "db_instance_id", "enable_recovery_point"),
        multi_zone=several_zones(
            *(settle(project, block.values.get(name)) for name in ("zone_id", "standby_zone_id"))
        ),
        replicas=[],
        guard_instance=None,
        deletion_protection=None,
        tenancy="shared",
        # Access is up to the allow-list alone.
        firewall_ids=[],
    )
    placed(facts, block, project, "acs_hybriddb")
    yield aliyun_document(block, project, facts, "description", "db_instance_description")


def _ranges(block: Block, project: Project) -> list[str] | Unknown:
    """The lists of the instance, and those that stand beside it."""
    beside = joined(project, block, "db_instance_id", ALLOW_LIST)
    found: list[Any] = _flat(_own(block))
    for each in beside.blocks:
        found += _flat(_listed(each))
    if beside.doubt:
        found.append(beside.doubt)
    return found


def _own(block: Block) -> list[str] | Unknown:
    groups = nested(block.values, "ip_whitelist")
    if isinstance(groups, Unknown):
        return groups
    if not groups:
        return addresses(block.values, "security_ip_list", NOBODY)
    found: list[Any] = []
    for group in groups:
        found += _flat(addresses(group, "security_ip_list", NOBODY))
    return found


def _listed(block: Block) -> list[str] | Unknown:
    """The addresses of a list of its own, unless the resource takes them out."""
    adds = word(block.values, "modify_mode", ("cover", "append"), True)
    ranges = addresses(block.values, "security_ip_list", _UNWRITTEN)
    return then(adds, lambda yes: ranges if yes else _DELETES)


def _flat(ranges: list[str] | Unknown) -> list[Any]:
    return [ranges] if isinstance(ranges, Unknown) else list(ranges)


def _encryption(block: Block, project: Project) -> Encryption:
    """Encryption of disks, off unless written (CreateDBInstance: EncryptionType)."""
    on = then(block.read("encryption_type", str, ""), disks_encrypted)
    if isinstance(on, Unknown):
        return Encryption.unread(on)
    return customer_key(project, on, block.values.get("encryption_key") or _NO_KEY)


MAPPINGS = [
    Mapping(
        types=(INSTANCE, OLD_INSTANCE),
        facts=Database,
        map=map_instance,
        joined=(CONNECTION, ALLOW_LIST, BACKUP, *AROUND),
    ),
]

PART_OF = {
    "alicloud_gpdb_connection": PartOf("alicloud_gpdb_instance", ("instance_id",)),
    "alicloud_gpdb_db_instance_ip_array": PartOf("alicloud_gpdb_instance", ("db_instance_id",)),
    "alicloud_gpdb_backup_policy": PartOf("alicloud_gpdb_instance", ("db_instance_id",)),
}
