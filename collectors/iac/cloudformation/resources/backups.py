"""Backup vaults, plans and selections. Source: CloudFormation template reference, AWS Backup."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from collectors.iac.mappers.aws.backup import LOCK, POLICY
from collectors.iac.mappers.aws.backup_rules import AIR_GAPPED, VAULT
from collectors.iac.mappers.aws.planned import PLAN, SELECTION
from collectors.iac.stacks.resource import Resource, Translation, part, parts, renamed

_LIFECYCLE = {"DeleteAfterDays": "delete_after", "DeleteAfterEvent": "delete_after_event"}
_PAIR = {"ConditionKey": "key", "ConditionValue": "value"}
_CONDITIONS = {
    "StringEquals": "string_equals",
    "StringLike": "string_like",
    "StringNotEquals": "string_not_equals",
    "StringNotLike": "string_not_like",
}


def vault(resource: Resource) -> Iterator[Block]:
    """A vault, whose lock and policy Terraform has apart."""
    names = {"BackupVaultName": "name", "EncryptionKeyArn": "kms_key_arn"}
    values = renamed(resource.properties, names)
    yield resource.block(VAULT, values | {"tags": resource.get("BackupVaultTags")})
    yield from _policy(resource)
    lock = resource.get("LockConfiguration")
    if lock is not None:
        yield resource.block(LOCK, _lock(lock) | _of(resource), part="LockConfiguration")


def _lock(written: Any) -> dict[str, Any]:
    names = {
        "ChangeableForDays": "changeable_for_days",
        "MinRetentionDays": "min_retention_days",
    }
    if isinstance(written, dict):
        return renamed(written, names)
    return dict.fromkeys(names.values(), written)


def air_gapped(resource: Resource) -> Iterator[Block]:
    """A logically air-gapped vault."""
    names = {
        "BackupVaultName": "name",
        "EncryptionKeyArn": "encryption_key_arn",
        "MinRetentionDays": "min_retention_days",
    }
    values = renamed(resource.properties, names)
    yield resource.block(AIR_GAPPED, values | {"tags": resource.get("BackupVaultTags")})
    yield from _policy(resource)


def _policy(resource: Resource) -> Iterator[Block]:
    written = resource.get("AccessPolicy")
    if written is not None:
        yield resource.block(POLICY, {"policy": written} | _of(resource), part="AccessPolicy")


def _of(resource: Resource) -> dict[str, Any]:
    return {"backup_vault_name": resource.itself("name")}


def plan(resource: Resource) -> Iterator[Block]:
    """A plan with its rules."""
    written = resource.get("BackupPlan")
    values = part(written, {"BackupPlanName": "name", "BackupPlanRule": "rule"})
    if not isinstance(values, dict):
        values = {"rule": written}
    rules = values.get("rule")
    if isinstance(rules, list):
        values["rule"] = [_rule(each) if isinstance(each, dict) else each for each in rules]
    yield resource.block(PLAN, values | {"tags": resource.get("BackupPlanTags")})


def _rule(values: dict[str, Any]) -> dict[str, Any]:
    found = renamed(values, {"ScheduleExpression": "schedule"})
    actions = values.get("CopyActions")
    if isinstance(actions, list):
        actions = [_copy(each) if isinstance(each, dict) else each for each in actions]
    found |= {"lifecycle": part(values.get("Lifecycle"), _LIFECYCLE), "copy_action": actions}
    return {key: value for key, value in found.items() if value is not None}


def _copy(values: dict[str, Any]) -> dict[str, Any]:
    found = renamed(values, {"DestinationBackupVaultArn": "destination_vault_arn"})
    return found | {"lifecycle": part(values.get("Lifecycle"), _LIFECYCLE)}


def selection(resource: Resource) -> Iterator[Block]:
    """What a plan takes."""
    written = resource.get("BackupSelection")
    values: dict[str, Any] = {"plan_id": resource.get("BackupPlanId")}
    if isinstance(written, dict):
        values |= renamed(written, {"Resources": "resources", "NotResources": "not_resources"})
        values["selection_tag"] = parts(written.get("ListOfTags"), _PAIR)
        values["condition"] = _conditions(written.get("Conditions"))
    elif isinstance(written, Unknown | Reference):
        values["selection_tag"] = written
    yield resource.block(SELECTION, values)


def _conditions(written: Any) -> Any:
    if not isinstance(written, dict):
        return written
    return [
        {
            _CONDITIONS[key]: parts(each, _PAIR)
            for key, each in written.items()
            if key in _CONDITIONS
        }
    ]


TRANSLATIONS: dict[str, Translation] = {
    "AWS::Backup::BackupPlan": plan,
    "AWS::Backup::BackupSelection": selection,
    "AWS::Backup::BackupVault": vault,
    "AWS::Backup::LogicallyAirGappedBackupVault": air_gapped,
}
