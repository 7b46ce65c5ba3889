"""Policies of Azure Backup: of Recovery Services vaults (azurerm_backup_policy_vm, …_file_share,
…_vm_workload) and of Backup vaults (azurerm_data_protection_backup_policy_disk, …_blob_storage)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.azure.backup_retention import iso_days
from collectors.azure.paired_regions import paired_region
from collectors.document import Document, Unknown, also, then
from collectors.facts.backup import BackupPlan, PlanCopy
from collectors.facts.shared import Backup, BackupCopy
from collectors.iac.blocks import Block, Mapping, Project, nested, read, template_document
from collectors.iac.mappers.azurerm.shared import location_of, target_or_named
from collectors.iac.mappers.joins import given, items, joined, name_of, tags_of, target_of

RECOVERY, PROTECTION = "azurerm_recovery_services_vault", "azurerm_data_protection_backup_vault"
MACHINES, SHARES = "azurerm_backup_policy_vm", "azurerm_backup_policy_file_share"
WORKLOADS = "azurerm_backup_policy_vm_workload"
DISKS = "azurerm_data_protection_backup_policy_disk"
BLOBS = "azurerm_data_protection_backup_policy_blob_storage"
RECOVERY_POLICIES, PROTECTION_POLICIES = (MACHINES, SHARES, WORKLOADS), (DISKS, BLOBS)
OTHER_POLICIES = (
    "azurerm_data_protection_backup_policy_kubernetes_cluster",
    "azurerm_data_protection_backup_policy_mysql_flexible_server",
    "azurerm_data_protection_backup_policy_postgresql",
    "azurerm_data_protection_backup_policy_postgresql_flexible_server",
)
"""Policies of Backup vaults of which it is not read how long they keep backups."""
PROTECTED = (
    "azurerm_backup_protected_vm", "azurerm_backup_protected_file_share",
    "azurerm_data_protection_backup_instance_disk",
    "azurerm_data_protection_backup_instance_blob_storage",
)  # fmt: skip
"""What names a policy to be backed up by it."""

_SCHEDULES = (
    ("retention_daily", 1), ("retention_weekly", 7), ("retention_monthly", 30),
    ("retention_yearly", 365),
)  # fmt: skip
_UNTOLD = Unknown("the backup policy tells no retention")
_NO_SCHEDULE = Unknown("the backup policy tells no schedule")
_AWAY = Unknown("the backup vault is not part of this template")
_NO_POLICY = Unknown("the backup policy is not part of this template")
_UNUSED = Unknown("nothing in this template uses the backup policy")
_NO_REDUNDANCY = Unknown("the vault does not tell its redundancy")


def map_policy(block: Block, project: Project) -> Iterator[Document]:
    """A policy; region and tags are those of its vault."""
    vault = vault_of(block, project)
    uses = users_of(block, project)
    recovery = block.type in RECOVERY_POLICIES
    copied = (
        True
        if recovery or block.type == DISKS
        else given(block.values, "vault_default_retention_duration")
    )
    copies: Any = copies_of(vault, project) if vault else _AWAY
    if block.type == DISKS or copied is False:
        # Operational backups stay beside what they are of, and are copied nowhere.
        copies = []
    facts = BackupPlan(
        resources=uses or _UNUSED,
        schedule=_schedule(block),
        retention_days=retention_of(block),
        copies=copied if isinstance(copied, Unknown) else copies,
    )
    own = name_of(block, "name")
    yield template_document(
        block,
        project,
        facts,
        provider="azure",
        region=location_of(vault, project) if vault else _AWAY,
        name=then(own, lambda name: f"{_named(vault)}/{name}" if vault else name),
        tags=tags_of(vault) if vault else {},
    )


def _named(vault: Block | None) -> str | Unknown:
    return name_of(vault, "name") if vault else _AWAY


def vault_of(policy: Block, project: Project) -> Block | None:
    """The vault of a policy, by reference or by its name."""
    if policy.type in RECOVERY_POLICIES:
        return target_or_named(project, policy.get("recovery_vault_name"), RECOVERY)
    return target_of(project, policy.get("vault_id"), PROTECTION)


def backup_by(policy: Block | None, project: Project, enabled: bool | Unknown = True) -> Backup:
    """What a policy keeps of a machine or of a share; None for one that is elsewhere."""
    if policy is None:
        return Backup(enabled=enabled, retention_days=_NO_POLICY, point_in_time=False, copies=_AWAY)
    vault = vault_of(policy, project)
    copies = copies_of(vault, project) if vault else _AWAY
    return Backup(
        enabled=enabled,
        retention_days=retention_of(policy),
        point_in_time=False,
        copies=copies
        if isinstance(copies, Unknown)
        else [BackupCopy(region=one.region, account=one.account, kind="geo") for one in copies],
    )


def users_of(policy: Block, project: Project) -> int:
    """How many resources of the template the policy protects."""
    return len(joined(project, policy, "backup_policy_id", *PROTECTED).blocks)


def storage_of(vault: Block) -> str | Unknown:
    """The word for the redundancy of a vault of either kind; a Recovery Services vault is
    geo-redundant unless it says otherwise."""
    if vault.type == RECOVERY:
        return vault.read("storage_mode_type", str, "GeoRedundant")
    return vault.read("redundancy", str, _NO_REDUNDANCY)


def copies_of(vault: Block, project: Project) -> list[PlanCopy] | Unknown:
    """The copies that a vault's redundancy makes: geo-redundant storage has one in the paired
    region."""
    word = storage_of(vault)
    if isinstance(word, Unknown):
        return word
    if "geo" not in word.lower():
        return []
    region = paired_region(location_of(vault, project))
    own = f"{vault.source.uri}#{vault.address}"
    return [PlanCopy(region=region, account=project.account, vault=own)]


def retention_of(policy: Block) -> int | Unknown:
    """Days that a policy keeps every backup: those of its most frequent schedule; the full ones of
    a database in a machine."""
    if policy.type == DISKS:
        return then(policy.read("default_retention_duration", str, _UNTOLD), _days)
    if policy.type == BLOBS:
        return _of_blobs(policy)
    if policy.type != WORKLOADS:
        return _of_schedules(policy.values)
    parts = nested(policy.values, "protection_policy")
    if isinstance(parts, Unknown):
        return parts
    words = [read(each, "policy_type", str, _UNTOLD) for each in parts]
    doubt = also(None, *words)
    full = [each for each, word in zip(parts, words, strict=True) if str(word).lower() == "full"]
    return doubt or (_of_schedules(full[0]) if full else _UNTOLD)


def _of_schedules(values: dict[str, Any]) -> int | Unknown:
    for argument, days in _SCHEDULES:
        found = nested(values, argument)
        if isinstance(found, Unknown):
            return found
        if found:
            count = read(found[0], "count", int, _UNTOLD)
            return count if isinstance(count, Unknown) else count * days
    simple = nested(values, "simple_retention")
    if isinstance(simple, Unknown):
        return simple
    return read(simple[0], "count", int, _UNTOLD) if simple else _UNTOLD


def _of_blobs(policy: Block) -> int | Unknown:
    names = ("operational_default_retention_duration", "vault_default_retention_duration")
    written = [policy.read(name, str, "") for name in names]
    days = [then(text, lambda found: _days(found) if found else 0) for text in written]
    doubt = also(None, *days)
    return doubt or max(each for each in days if isinstance(each, int)) or _UNTOLD


def _days(text: str) -> int | Unknown:
    return iso_days(text) or _UNTOLD


def _schedule(policy: Block) -> str | Unknown:
    """How often it runs, as a word, or as repeating intervals of ISO 8601."""
    if policy.type in PROTECTION_POLICIES:
        intervals = items(policy.values, "backup_repeating_time_intervals")
        if isinstance(intervals, Unknown):
            return intervals
        texts = [read({"x": each}, "x", str, _NO_SCHEDULE) for each in intervals]
        return also(None, *texts) or ", ".join(map(str, texts)) or _NO_SCHEDULE
    parts: Any = [policy.values]
    if policy.type == WORKLOADS:
        parts = nested(policy.values, "protection_policy")
    if isinstance(parts, Unknown):
        return parts
    words = [word for each in parts if (word := _frequency(each)) != ""]
    return also(None, *words) or ", ".join(map(str, words)) or _NO_SCHEDULE


def _frequency(values: dict[str, Any]) -> str | Unknown:
    found = nested(values, "backup")
    if isinstance(found, Unknown):
        return found
    return read(found[0], "frequency", str, "") if found else ""


MAPPINGS = [
    Mapping(
        types=(*RECOVERY_POLICIES, *PROTECTION_POLICIES),
        facts=BackupPlan,
        map=map_policy,
        joined=(RECOVERY, PROTECTION, *PROTECTED),
    )
]

LINK_TYPES = frozenset(
    {
        "azurerm_backup_protected_file_share",
        "azurerm_backup_protected_vm",
        "azurerm_data_protection_backup_instance_blob_storage",
        "azurerm_data_protection_backup_instance_disk",
    }
)
