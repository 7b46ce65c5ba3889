"""What databases of every product have by where they stand: an address in the VPC, the routes of
their vSwitch, and the alarm rules that watch them."""

from __future__ import annotations

from typing import Any

from collectors.document import ABSENT, Unknown, also, then
from collectors.facts.database import Database
from collectors.facts.shared import Backup, Encryption, Tls
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.alicloud.shared import customer_key, word
from collectors.iac.mappers.alicloud.vswitch_routes import ROUTING, switch_leads_out
from collectors.iac.mappers.alicloud.watching import WATCHING, alarms_on
from collectors.iac.mappers.joins import given, joined

AROUND = (*WATCHING, *ROUTING)
"""The types that are joined here."""

NO_AUDIT = Unknown("no argument of the template tells of an audit log")
NO_ARGUMENT = Unknown("no argument of the template tells of it")
NO_BACKUP = Unknown("the template writes no retention: the service's own default applies")
_SEVERAL = Unknown("several backup policies belong to the instance")
_ZONE = Unknown("a zone is known after apply")
_TLS_VERSIONS = Unknown("the service decides which TLS versions it accepts")
_SUPPORT = Unknown("whether the version is still supported is not told by templates")


def placed(
    facts: Database,
    block: Block,
    project: Project,
    namespace: str,
    switch: str = "vswitch_id",
) -> Database:
    """The facts of a database, with those of its place. Made in a VPC, a database has an address
    there (CreateDBInstance of each product); `namespace` is CloudMonitor's name of the product,
    `switch` the argument that names the vSwitch."""
    facts.private_endpoint = then(facts.network_kind, lambda kind: kind == "vpc")
    facts.subnet_routes_to_internet = switch_leads_out(block, project, switch)
    facts.alarms = alarms_on(block, project, namespace)
    if facts.version_supported is ABSENT:
        facts.version_supported = _SUPPORT
    if facts.auto_minor_upgrade is ABSENT:
        facts.auto_minor_upgrade = NO_ARGUMENT
    return facts


def optional_tls(on: bool | Unknown, forced: bool | Unknown) -> Tls:
    """SSL is off until turned on, and optional for clients unless forced."""
    if on is False:
        return Tls(minimum="none", required=False, policy=None)
    doubt = also(on)
    return Tls(minimum=doubt or _TLS_VERSIONS, required=doubt or forced, policy=None)


def tde(block: Block, project: Project) -> Encryption:
    """Transparent data encryption, off by default."""
    enabled = word(block.values, "tde_status", ("enabled",), False)
    return customer_key(project, enabled, block.get("encryption_key"))


def several_zones(own: Any, *others: Any) -> bool | Unknown:
    """Whether a further zone is named beside the first; without one the instance has one zone."""
    if isinstance(own, str) and "MAZ" in own:
        return True
    named = [zone for zone in others if zone is not None]
    known = {zone for zone in (own, *named) if isinstance(zone, str)}
    if len(known) > 1:
        return True
    return _ZONE if any(not isinstance(zone, str) for zone in (own, *named)) and named else False


def backup_by(
    block: Block, project: Project, kind: str, argument: str, logs: str | None = None
) -> Backup:
    """Backups on the days of the policy that the template writes, a resource of a type that names
    the database by an argument. `logs` is what turns points of recovery on."""
    policies = joined(project, block, argument, kind)
    if len(policies.blocks) != 1 or policies.doubt:
        doubt = policies.doubt or (_SEVERAL if policies.blocks else NO_BACKUP)
        return Backup(enabled=doubt, retention_days=doubt, point_in_time=doubt, copies=[])
    policy = policies.blocks[0]
    return Backup(
        enabled=given(policy.values, "preferred_backup_period"),
        retention_days=policy.read("backup_retention_period", int, NO_BACKUP),
        point_in_time=policy.read(logs, bool, NO_ARGUMENT) if logs else NO_ARGUMENT,
        copies=[],
    )
