"""PolarDB (alicloud_polardb_cluster) with its endpoints, its backups, and the other clusters of its
global database network."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.allow_list import endpoint_exposure
from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, BackupCopy, Replica, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project, read
from collectors.iac.mappers.alicloud.allow_lists import POLAR_LISTS, every_list
from collectors.iac.mappers.alicloud.database_place import AROUND, optional_tls, placed, tde
from collectors.iac.mappers.alicloud.shared import (
    aliyun_document,
    audit_log,
    present,
    region_of,
    word,
)
from collectors.iac.mappers.joins import given, identities, items, joined, target_of

POLAR, POLAR_BACKUP = "alicloud_polardb_cluster", "alicloud_polardb_backup_policy"
POLAR_ENDPOINT, POLAR_PUBLIC = "alicloud_polardb_endpoint", "alicloud_polardb_endpoint_address"
POLAR_PRIMARY = "alicloud_polardb_primary_endpoint"
NETWORK = "alicloud_polardb_global_database_network"

_NO_BACKUP = Unknown("the template writes no retention: the service's own default applies")
_NETWORK_ELSEWHERE = Unknown("the global database network is not part of this template")
_MEMBER_ELSEWHERE = Unknown("a cluster of the global database network is not in this template")


def map_polardb(block: Block, project: Project) -> Iterator[Document]:
    """A cluster, which stands in a VPC."""
    region = region_of(block, project)
    ranges = every_list(block, project, "security_ips", "db_cluster_ip_array", POLAR_LISTS)
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
        encryption=tde(block, project),
        audit_log=audit_log(audit, "sql-audit", kept, project, region),
        backup=_polar_backup(block, project),
        multi_zone=_polar_zones(block),
        replicas=_polar_replicas(block, project),
        guard_instance=None,
        # Nodes of exclusive specifications share their hosts and the storage with others.
        tenancy="shared",
        deletion_protection=word(block.values, "deletion_lock", ("1",), False),
        firewall_ids=identities(project, items(block.values, "security_group_ids")),
    )
    placed(facts, block, project, "acs_polardb")
    yield aliyun_document(block, project, facts, "description")


def _polar_tls(block: Block, project: Project) -> Tls:
    """By endpoint. PostgreSQL and Oracle endpoints have SSL on by default, MySQL ones do not."""
    found = joined(project, block, "db_cluster_id", POLAR_ENDPOINT, POLAR_PRIMARY)
    default: bool | Unknown = then(
        block.read("db_type", str, Unknown("no db_type")), lambda text: text.lower() != "mysql"
    )
    answers = [word(e.values, "ssl_enabled", ("enable", "update"), default) for e in found.blocks]
    if False in answers:
        return optional_tls(False, False)
    return optional_tls(found.doubt or also(*answers, default) or bool(answers) or default, False)


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


def _polar_replicas(block: Block, project: Project) -> list[Replica] | Unknown:
    """The other clusters of the global database network that the cluster belongs to."""
    own = joined(project, block, "db_cluster_id", NETWORK)
    if own.blocks:
        network: Block | None = own.blocks[0]
    elif given(block.values, "gdn_id") is False:
        return own.doubt or []
    else:
        network = target_of(project, block.get("gdn_id"), NETWORK)
    if network is None:
        return _NETWORK_ELSEWHERE
    return _others(block, network, project)


def _others(block: Block, network: Block, project: Project) -> list[Replica]:
    primary = target_of(project, network.get("db_cluster_id"), POLAR)
    standbys = joined(project, network, "gdn_id", POLAR)
    found: list[Any] = [
        Replica(region=region_of(each, project), account=project.account)
        for each in (primary, *standbys.blocks)
        if each is not None and each is not block
    ]
    doubt = standbys.doubt or (None if primary else _MEMBER_ELSEWHERE)
    return found + ([doubt] if doubt else [])


MAPPINGS = [
    Mapping(
        types=(POLAR,),
        facts=Database,
        map=map_polardb,
        joined=(
            POLAR_BACKUP,
            POLAR_ENDPOINT,
            POLAR_PRIMARY,
            POLAR_PUBLIC,
            POLAR_LISTS,
            NETWORK,
            *AROUND,
        ),
    ),
]

PART_OF = {
    "alicloud_polardb_backup_policy": PartOf("alicloud_polardb_cluster", ("db_cluster_id",)),
    "alicloud_polardb_endpoint": PartOf("alicloud_polardb_cluster", ("db_cluster_id",)),
    "alicloud_polardb_endpoint_address": PartOf("alicloud_polardb_cluster", ("db_cluster_id",)),
    "alicloud_polardb_primary_endpoint": PartOf("alicloud_polardb_cluster", ("db_cluster_id",)),
}

LINK_TYPES = frozenset({"alicloud_polardb_global_database_network"})
