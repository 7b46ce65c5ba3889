"""Cloud Backup: alicloud_hbr_vault, alicloud_hbr_policy, plans of one resource, and the backup of
what they protect."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from collectors.aliyun.backup_plans import (
    Protection,
    backup_of,
    copies_of,
    days_of,
    mirrors,
    retention_of,
    schedule_of,
)
from collectors.document import Document, Unknown, also, then
from collectors.facts.backup import BackupPlan, BackupVault
from collectors.facts.shared import Backup
from collectors.iac.blocks import Block, Mapping, Project, Reference, nested, template_document
from collectors.iac.mappers.alicloud.shared import AES, customer_key, region_of
from collectors.iac.mappers.joins import given, identity, joined, name_of, tags_of

VAULT, REPLICATION = "alicloud_hbr_vault", "alicloud_hbr_replication_vault"
POLICY, BINDING = "alicloud_hbr_policy", "alicloud_hbr_policy_binding"
NAS_PLAN, ECS_PLAN = "alicloud_hbr_nas_backup_plan", "alicloud_hbr_ecs_backup_plan"
OSS_PLAN, OTS_PLAN = "alicloud_hbr_oss_backup_plan", "alicloud_hbr_ots_backup_plan"
PLANS = (NAS_PLAN, ECS_PLAN, OSS_PLAN, OTS_PLAN)
PROTECTION = (POLICY, BINDING, VAULT, REPLICATION)

_KEYS = {
    NAS_PLAN: "file_system_id",
    ECS_PLAN: "instance_id",
    OSS_PLAN: "bucket",
    OTS_PLAN: "instance_name",
}
"""The argument by which a plan names what it backs up."""
_KEY = "Resource"
_SOME_DISKS = Unknown("Cloud Backup backs up some disks of the instance")
_CHOSEN_DISKS = ("disk_id_list", "exclude_disk_id_list")
MACHINES = "UDM_ECS"
"""Whole instances as what a policy backs up."""
_NO_SOURCE = Unknown("a binding of Cloud Backup does not tell what it backs up")
_RULE = {
    "rule_type": "RuleType",
    "retention": "Retention",
    "schedule": "Schedule",
    "vault_id": "VaultId",
    "replication_region_id": "ReplicationRegionId",
}


def backup(project: Project, block: Block, source: str, *plans: str) -> Backup:
    """The backup of a resource by the policies that are bound to it as a `source` ("NAS"), and by
    plans of its kind."""
    own = f"{block.source.uri}#{block.address}"
    joined(project, block, "data_source_id", BINDING)
    found = Protection(
        bindings=_all(project, BINDING, functools.partial(_binding, own=own, source=source)),
        policies=then(_all(project, POLICY, _policy), _by_id),
        plans=[] if not plans else _all(project, plans[0], _plan),
        vaults=_vaults(project),
    )
    return backup_of(own, _KEY, found, project.account)


def _all(project: Project, kind: str, told: Any) -> Any:
    """The resources of a type in the service's words; Unknown where it is not known of one of them
    what it is about."""
    found = [told(each, project) for each in project.of_type(kind)]
    return also(None, *found) or found


def _by_id(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {each["Id"]: each for each in found}


def _binding(block: Block, project: Project, own: str, source: str) -> dict[str, Any] | Unknown:
    """A binding; nothing of one of another resource, or that backs up something else of it. Of an
    instance that may be files alone, of others it is the only thing."""
    to, policy = (identity(project, block.get(name)) for name in ("data_source_id", "policy_id"))
    kind = block.read("source_type", str, _NO_SOURCE if source == MACHINES else source)
    if (isinstance(to, str) and to != own) or (isinstance(kind, str) and kind != source):
        return {}
    off = block.read("disabled", bool, default=False)
    doubt = also(to, kind, policy, off) or (_left_out(block) if off is False else None)
    return doubt or {"DataSourceId": to, "PolicyId": policy, "Disabled": off}


def _left_out(binding: Block) -> Unknown | None:
    """Why a binding may leave disks of an instance out."""
    options = nested(binding.values, "advanced_options")
    if isinstance(options, Unknown):
        return options
    for option in options:
        details = nested(option, "udm_detail")
        if isinstance(details, Unknown):
            return details
        if any(given(each, *_CHOSEN_DISKS) is not False for each in details):
            return _SOME_DISKS
    return None


def _plan(block: Block, project: Project) -> dict[str, Any] | Unknown:
    to = identity(project, block.get(_KEYS[block.type]))
    off = block.read("disabled", bool, default=False)
    vault = identity(project, block.get("vault_id"))
    told = {"Retention": _plain(block.get("retention")), "Schedule": block.get("schedule")}
    return also(to, off, vault) or {_KEY: to, "Disabled": off, "VaultId": vault, **told}


def _policy(block: Block, project: Project) -> dict[str, Any] | Unknown:
    """A policy; which kind a rule is of must be known, what it says may be open."""
    rules = nested(block.values, "rules")
    if isinstance(rules, Unknown):
        return rules
    found: list[dict[str, Any]] = []
    for rule in rules:
        told = {name: _plain(rule.get(argument)) for argument, name in _RULE.items()}
        told["VaultId"] = identity(project, rule.get("vault_id"))
        doubt = also(told["RuleType"], told["VaultId"], told["ReplicationRegionId"])
        if doubt:
            return doubt
        found.append({name: value for name, value in told.items() if value is not None})
    return {"Id": f"{block.source.uri}#{block.address}", "Rules": found}


def _plain(value: Any) -> Any:
    """A value as it is; Unknown for one that another resource gives."""
    if isinstance(value, Reference):
        return Unknown(f"{value.address}.{value.attribute} is known after apply")
    return value


def _vaults(project: Project) -> dict[str, dict[str, Any]]:
    """The vaults of the template with their mirrors. One of which it is not known whether or where
    it is mirrored is left out, and so counts as not visible."""
    found: dict[str, dict[str, Any]] = {}
    for vault in project.of_type(VAULT):
        own = f"{vault.source.uri}#{vault.address}"
        copies = joined(project, project.take(vault), "replication_source_vault_id", REPLICATION)
        if copies.doubt:
            continue
        item: dict[str, Any] = {"VaultId": own}
        for copy in copies.blocks:
            region = region_of(copy, project)
            item = {
                **item,
                "ReplicationTargetRegionId": region,
                "ReplicationTargetVaultId": f"{copy.source.uri}#{copy.address}",
            }
        if not isinstance(item.get("ReplicationTargetRegionId"), Unknown):
            found[own] = item
    return found


def map_vault(block: Block, project: Project) -> Iterator[Document]:
    """A vault, which is always encrypted: with a key of Cloud Backup, or with one of KMS."""
    kind = block.read("encrypt_type", str, "HBR_PRIVATE")
    key = block.get("kms_key_id") if kind == "KMS" else None
    encryption = customer_key(project, True, key, AES.upper())
    if isinstance(kind, Unknown):
        encryption.key_manager = encryption.key_id = kind
    locked = block.read("worm_enabled", bool, Unknown("not written: the service decides"))
    region = region_of(block, project)
    unclear = Unknown("what writes to the vault decides for how long it is locked")
    facts = BackupVault(
        encryption=encryption,
        lock_days=then(locked, lambda on: unclear if on else None),
        # A vault has no policy; whom it is shared with is no argument of it.
        policy=Unknown("with whom the vault is shared is not read from templates"),
        region=region,
        redundancy=block.read("redundancy_type", str, Unknown("the template gives no redundancy")),
    )
    facts.redundancy = then(
        facts.redundancy, lambda text: "multi-zone" if text == "ZRS" else "zone"
    )
    yield template_document(
        block,
        project,
        facts,
        provider="aliyun",
        region=region,
        name=name_of(block, "vault_name"),
        tags=tags_of(block),
    )


def map_policy(block: Block, project: Project) -> Iterator[Document]:
    """A policy, with how many resources this template binds to it."""
    bound = joined(project, block, "policy_id", BINDING)
    told = _policy(block, project)
    facts = BackupPlan(
        resources=bound.doubt or len(bound.blocks),
        schedule=then(told, schedule_of),
        retention_days=then(told, retention_of),
        copies=then(told, lambda known: copies_of(known, _vaults(project), project.account)),
    )
    yield _document(block, project, facts, "policy_name")


def map_plan(block: Block, project: Project) -> Iterator[Document]:
    """A plan of one resource; of none while it is paused."""
    off = block.read("disabled", bool, default=False)
    vault = identity(project, block.get("vault_id"))
    kept = _plain(block.get("retention"))
    facts = BackupPlan(
        resources=then(off, lambda paused: 0 if paused else 1),
        schedule=block.read("schedule", str, Unknown("the plan gives no schedule")),
        retention_days=kept if isinstance(kept, Unknown) else days_of({"Retention": kept}),
        copies=then(vault, lambda name: mirrors(name, _vaults(project), project.account)),
    )
    yield _document(block, project, facts, f"{block.type.split('_')[2]}_backup_plan_name")


def _document(block: Block, project: Project, facts: BackupPlan, name: str) -> Document:
    return template_document(
        block,
        project,
        facts,
        provider="aliyun",
        region=region_of(block, project),
        name=name_of(block, name),
        tags={},
    )


MAPPINGS = [
    Mapping(types=(VAULT, REPLICATION), facts=BackupVault, map=map_vault),
    Mapping(
        types=(POLICY,), facts=BackupPlan, map=map_policy, joined=(BINDING, VAULT, REPLICATION)
    ),
    Mapping(types=PLANS, facts=BackupPlan, map=map_plan, joined=(VAULT, REPLICATION)),
]

LINK_TYPES = frozenset({"alicloud_hbr_policy_binding"})
