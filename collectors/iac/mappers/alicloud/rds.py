"""alicloud_db_instance (ApsaraDB RDS) with its public address, backup policy and replicas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aliyun.allow_list import endpoint_exposure
from collectors.aliyun.postgresql_tls import ENFORCING, refuses_plaintext
from collectors.document import Document, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, BackupCopy, Encryption, Replica, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read, template_document
from collectors.iac.mappers.alicloud.allow_lists import RDS_LISTS, shared_ranges
from collectors.iac.mappers.alicloud.database_place import AROUND, placed
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
    Joined,
    first_of,
    given,
    identities,
    items,
    joined,
    name_of,
    settle,
    tags_of,
)

INSTANCE, CONNECTION = "alicloud_db_instance", "alicloud_db_connection"
MORE_PUBLIC = ("alicloud_rds_db_instance_endpoint_address", "alicloud_rds_db_proxy_public")
"""Public addresses of further endpoints and of the proxy."""
BACKUP, REPLICA = "alicloud_db_backup_policy", "alicloud_db_readonly_instance"
CROSSING = "alicloud_rds_instance_cross_backup_policy"

INSTEAD = "public_instead"
"""No argument of Terraform: whether ROS asks for a public address in place of a private one."""

NOBODY = ["127.0.0.1/32"]
"""The allow-list of a new RDS or Redis instance, documented by the vendor."""
_INSTEAD = Unknown("the instance may have a public address in place of a private one")
_MORE_ENTRIES = Unknown("pg_hba.conf may have other entries than those of the template")
_ENGINES = {
    "mysql": "mysql",
    "sqlserver": "sqlserver",
    "postgresql": "postgresql",
    "mariadb": "mariadb",
    "ppas": "oracle",
}


def map_instance(block: Block, project: Project) -> Iterator[Document]:
    """A relational instance."""
    region = region_of(block, project)
    own = addresses(block.values, "security_ips", NOBODY)
    ranges = then(own, lambda found: [*found, *shared_ranges(block, project, RDS_LISTS)])
    public = joined(project, block, "instance_id", CONNECTION)
    more = joined(project, block, "db_instance_id", *MORE_PUBLIC)
    engine = block.read("engine", str, Unknown("the template gives no engine"))
    facts = Database(
        engine=then(engine, _engine),
        engine_version=block.read("engine_version", str, Unknown("no engine_version")),
        network_kind=network_kind(block.values, "vswitch_id"),
        exposure=endpoint_exposure(_public(public, more), ranges),
        allow_list=ranges,
        authentication=True,
        tls=_tls(block),
        encryption=_encryption(block, project),
        audit_log=_audit(block, project, region),
        backup=_backup(block, project),
        multi_zone=_zones(block, project),
        replicas=_replicas(block, project, region),
        # A disaster-recovery instance is made for one that runs: no template makes it.
        guard_instance=False,
        tenancy=_tenancy(block),
        deletion_protection=block.read("deletion_protection", bool, False),
        auto_minor_upgrade=word(
            block.values,
            "auto_upgrade_minor_version",
            ("auto",),
            Unknown("not written: the service decides"),
        ),
        firewall_ids=identities(project, items(block.values, "security_group_ids")),
    )
    placed(facts, block, project, "acs_rds_dashboard")
    if facts.private_endpoint is True and block.values.get(INSTEAD) not in (None, False):
        facts.private_endpoint = _INSTEAD
    yield template_document(
        block,
        project,
        facts,
        provider="aliyun",
        region=region,
        name=name_of(block, "instance_name"),
        tags=tags_of(block),
    )


def _public(own: Joined, more: Joined) -> bool | Unknown:
    return present([*own.blocks, *more.blocks], own.doubt or more.doubt)


def _engine(name: str) -> str:
    return _ENGINES.get(name.lower(), name.lower())


def _tls(block: Block) -> Tls:
    """SSL is off until opened. Open, it stays optional unless forced; the service chooses the
    versions. PostgreSQL forces it by asking for certificates of clients, or in pg_hba.conf."""
    opened = word(block.values, "ssl_action", ("open", "update"), False)
    forced = _forced(block)
    if opened is False:
        return Tls(minimum="none", required=False, policy=None)
    minimum = also(opened) or Unknown("the service decides which TLS versions it accepts")
    return Tls(minimum=minimum, required=also(opened) or forced, policy=None)


def _forced(block: Block) -> bool | Unknown:
    if str(block.read("engine", str, "")).lower() != "postgresql":
        return word(block.values, "force_encryption", ("1", "true"), False)
    by_client = word(block.values, "acl", ENFORCING, False)
    entries = nested(block.values, "pg_hba_conf")
    if by_client is True or not entries:
        return by_client
    if isinstance(entries, Unknown):
        return entries
    missing = Unknown("the entry is not whole")
    hba = [
        {"Type": read(each, "type", str, missing), "Method": read(each, "method", str, missing)}
        for each in entries
    ]
    doubt = also(by_client, *(value for each in hba for value in each.values()))
    refuses = doubt or refuses_plaintext(hba)
    return _MORE_ENTRIES if refuses is True else refuses


def _encryption(block: Block, project: Project) -> Encryption:
    """Disk encryption by `encryption_key` ("ServiceKey", a key id, "disabled"), or TDE."""
    key = block.values.get("encryption_key")
    tde = word(block.values, "tde_status", ("enabled",), False)
    text = settle(project, key)
    if isinstance(text, str) and text.lower() in ("", "disabled"):
        key = None
    elif text == "ServiceKey":
        return customer_key(project, True, None)
    enabled = True if key is not None and not isinstance(key, Unknown) else tde
    if isinstance(key, Unknown) and tde is not True:
        enabled = key
    return customer_key(project, enabled, key)


def _audit(block: Block, project: Project, region: str | Unknown) -> Any:
    """The SQL collector, off by default; it keeps records 30 days unless written."""
    enabled = word(block.values, "sql_collector_status", ("enabled",), False)
    kept = block.read("sql_collector_config_value", int, 30)
    return audit_log(enabled, "sql-audit", kept, project, region)


def _backup(block: Block, project: Project) -> Backup:
    """By the backup policy; RDS has a policy of its own where the template writes none."""
    found = joined(project, block, "instance_id", BACKUP)
    copies = _copies(block, project)
    if not found.blocks:
        doubt = found.doubt or Unknown("no alicloud_db_backup_policy: the service's own applies")
        return Backup(enabled=True, retention_days=doubt, point_in_time=doubt, copies=copies)
    values = found.blocks[0].values
    kept = first_of(values, ("backup_retention_period", "retention_period"), int, 7)
    logs = first_of(values, ("enable_backup_log", "log_backup"), bool, True)
    return Backup(enabled=True, retention_days=kept, point_in_time=logs, copies=copies)


def _copies(block: Block, project: Project) -> list[BackupCopy]:
    """Copies in another region, which RDS makes once a policy asks for them."""
    found = joined(project, block, "instance_id", CROSSING)
    no_region = Unknown("the policy names no region")
    copies: list[Any] = [
        BackupCopy(
            region=each.read("cross_backup_region", str, no_region),
            account=project.account,
            kind="cross-region",
        )
        for each in found.blocks
    ]
    return copies + ([found.doubt] if found.doubt else [])


def _tenancy(block: Block) -> Any:
    """Dedicated in a dedicated cluster, or by an instance type of a whole host, in whose name "st"
    stands (primary instance types, "Dedicated host")."""
    if given(block.values, "dedicated_host_group_id") is True:
        return "dedicated"
    no_type = Unknown("the template gives no instance_type")
    kind = block.read("instance_type", str, no_type)
    return then(kind, lambda name: "dedicated" if "st" in name.split(".") else "shared")


def _zones(block: Block, project: Project) -> bool | Unknown:
    """In several zones when a slave's zone is another one, or the zone is a multi-zone (MAZ)."""
    own = settle(project, block.values.get("zone_id"))
    if isinstance(own, str) and "MAZ" in own:
        return True
    slaves = [settle(project, block.values.get(f"zone_id_slave_{n}")) for n in ("a", "b")]
    slaves = [slave for slave in slaves if slave is not None]
    if not slaves:
        if block.read("category", str, "") == "Basic":
            return False
        return Unknown("the template names no zone for the secondary instance")
    known = [read({"z": zone}, "z", str, Unknown("no zone")) for zone in (own, *slaves)]
    if any(a != b for a in known for b in known if isinstance(a, str) and isinstance(b, str)):
        return True
    return also(*known) or any(zone == "Auto" for zone in known)


def _replicas(block: Block, project: Project, region: str | Unknown) -> list[Replica] | Unknown:
    found = joined(project, block, "master_db_instance_id", REPLICA)
    if found.doubt:
        return found.doubt
    return [Replica(region=region, account=project.account) for _ in found.blocks]


MAPPINGS = [
    Mapping(
        types=(INSTANCE,),
        facts=Database,
        map=map_instance,
        joined=(CONNECTION, *MORE_PUBLIC, BACKUP, REPLICA, CROSSING, RDS_LISTS, *AROUND),
    ),
]

PART_OF = {
    "alicloud_db_backup_policy": PartOf("alicloud_db_instance", ("instance_id",)),
    "alicloud_rds_instance_cross_backup_policy": PartOf("alicloud_db_instance", ("instance_id",)),
    "alicloud_db_connection": PartOf("alicloud_db_instance", ("instance_id",)),
    **dict.fromkeys(MORE_PUBLIC, PartOf("alicloud_db_instance", ("db_instance_id",))),
}
