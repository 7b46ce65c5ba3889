"""AWS Backup: vaults with their locks and policies, plans with their selections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.aws.backup_facts import least_days, resources, retention_days, schedule
from collectors.document import Document, Unknown, then
from collectors.facts.backup import BackupPlan, BackupVault, PlanCopy
from collectors.facts.shared import Grant
from collectors.iac.accounts import choice_of, named
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read
from collectors.iac.mappers.aws import policy
from collectors.iac.mappers.aws.backup_rules import (
    AIR_GAPPED,
    NOWHERE,
    VAULT,
    destination,
    rules_of,
    schedules_of,
    selection_of,
    told,
)
from collectors.iac.mappers.aws.encryption import KEY_DATA, KEYS, at_rest
from collectors.iac.mappers.aws.planned import PLAN, SELECTION
from collectors.iac.mappers.aws.policy_source import DOCUMENT
from collectors.iac.mappers.aws.shared import aws_document, region_of
from collectors.iac.mappers.joins import identity, joined, target_of

LOCK, POLICY = f"{VAULT}_lock_configuration", f"{VAULT}_policy"

_UNASSIGNED = Unknown("nothing in this template assigns resources to the plan")
_OTHER_PROVIDER = Unknown("the account of the vault that is copied to is not told")
_IN_GRACE = Unknown(
    "whether the days of grace are over, until which the lock of the vault can be taken off, is "
    "not told by a template"
)
_VAULT_ELSEWHERE = Unknown("the vault that is copied to is not part of this template")


def map_vault(block: Block, project: Project) -> Iterator[Document]:
    """A vault. Without a key of the customer it has the one of AWS for backups (provider
    documentation), an air-gapped one a key of the service."""
    own_key = "kms_key_arn" if block.type == VAULT else "encryption_key_arn"
    facts = BackupVault(
        encryption=at_rest(project, True, block.values.get(own_key)),
        lock_days=_lock_days(block, project),
        policy=_policy(block, project),
        region=region_of(block, project),
        # Backups are kept in several zones (AWS Backup developer guide, "Resilience").
        redundancy="multi-zone",
    )
    yield aws_document(block, project, facts)


def _lock_days(block: Block, project: Project) -> int | Unknown | None:
    """The least time that the vault keeps a backup, null where it is not locked for good. A lock
    without days of grace can be taken off at any time, one with them until they are over, as that
    of an account is read (`collectors.aws.backup_facts.lock_days`); there are three at least
    (provider documentation). An air-gapped vault is locked from the beginning."""
    if block.type == AIR_GAPPED:
        return _least(block.values)
    found = joined(project, block, "backup_vault_name", LOCK)
    if len(found.blocks) > 1:
        return Unknown("several locks set this vault: the last one applied holds")
    if found.doubt or not found.blocks:
        # Also beside one that is known: of several the last one applied holds.
        return found.doubt
    values, none = found.blocks[0].values, cast("Any", None)
    grace = read(values, "changeable_for_days", int, none)
    if grace is None or isinstance(grace, Unknown):
        return grace
    # One that keeps a backup for no time locks nothing, now or then.
    return then(_least(values), lambda days: _IN_GRACE if days else days)


def _least(values: dict[str, Any]) -> int | Unknown:
    none: Any = None
    return then(read(values, "min_retention_days", int, none), least_days)


def _policy(block: Block, project: Project) -> list[Grant] | Unknown:
    """Whom the policy lets in; without one only the account's own identities are."""
    found = joined(project, block, "backup_vault_name", POLICY)
    if len(found.blocks) > 1:
        return Unknown("several policies set this vault: the last one applied holds")
    if found.doubt or not found.blocks:
        # Also beside one that is known: of several the last one applied holds.
        return found.doubt or []
    written = policy.read_policy(project, found.blocks[0].get("policy"))
    if written is None:
        return Unknown("the policy of the vault is empty")
    return then(written, lambda known: policy.grants(project, block, known))


def map_plan(block: Block, project: Project) -> Iterator[Document]:
    """A plan with what it takes."""
    facts = BackupPlan(
        resources=_resources(block, project),
        schedule=then(schedules_of(block), schedule),
        retention_days=then(rules_of(block, project), retention_days),
        copies=_copies(block, project),
    )
    yield aws_document(block, project, facts)


def _resources(block: Block, project: Project) -> int | Unknown:
    found = joined(project, block, "plan_id", SELECTION)
    if found.doubt or not found.blocks:
        return found.doubt or _UNASSIGNED

    def name(value: Any) -> str | Unknown | None:
        return identity(project, value)

    selections = [
        then(selection_of(each), lambda known: told(known, name, name)) for each in found.blocks
    ]
    return resources(selections)


def _copies(block: Block, project: Project) -> list[PlanCopy] | Unknown:
    """Where the rules copy to, each vault once."""
    rules = nested(block.values, "rule")
    copies: list[Any] = []
    for rule in rules if isinstance(rules, list) else []:
        actions = nested(rule, "copy_action")
        found = [actions] if isinstance(actions, Unknown) else _each(block, actions, project)
        copies += [copy for copy in found if copy not in copies]
    return rules if isinstance(rules, Unknown) else copies


def _each(block: Block, actions: list[dict[str, Any]], project: Project) -> list[Any]:
    return [_copy(block, each.get("destination_vault_arn"), project) for each in actions]


def _copy(block: Block, value: Any, project: Project) -> PlanCopy:
    """The vault of a copy: one of this template, or by its ARN."""
    name = identity(project, value) or _VAULT_ELSEWHERE
    vault = target_of(project, value, VAULT, AIR_GAPPED)
    if vault:
        own = choice_of(vault) == choice_of(block)
        account = project.account if own else _OTHER_PROVIDER
        return PlanCopy(region=region_of(vault, project), account=account, vault=name)
    region, account = destination(value, project).split(":")[3:5]
    if region == NOWHERE:
        return PlanCopy(region=_VAULT_ELSEWHERE, account=_VAULT_ELSEWHERE, vault=name)
    return PlanCopy(region=region, account=named(project, account), vault=name)


MAPPINGS = [
    Mapping(
        types=(VAULT, AIR_GAPPED),
        facts=BackupVault,
        map=map_vault,
        joined=(LOCK, POLICY, DOCUMENT, *KEYS, *KEY_DATA),
    ),
    Mapping(types=(PLAN,), facts=BackupPlan, map=map_plan, joined=(SELECTION, VAULT, AIR_GAPPED)),
]

PART_OF = {
    "aws_backup_selection": PartOf("aws_backup_plan", ("plan_id",)),
    "aws_backup_vault_lock_configuration": PartOf(VAULT, ("backup_vault_name",), no_more=(LOCK,)),
    "aws_backup_vault_policy": PartOf(VAULT, ("backup_vault_name",), no_more=(POLICY,)),
}
