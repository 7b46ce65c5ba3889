"""Rules and selections of AWS Backup in the service's own words, so that they are read as those of
a live account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from msgspec import Struct

from collectors.document import Unknown, also
from collectors.iac.blocks import Block, Project, nested, read
from collectors.iac.mappers.aws.shared import region_of
from collectors.iac.mappers.joins import items, settle, target_of

VAULT, AIR_GAPPED = "aws_backup_vault", "aws_backup_logically_air_gapped_vault"

NOWHERE = "?"
"""The region and account of a copy whose place is not known."""

_CUT = Unknown("a condition of the selection gives no key or value")
_CONDITIONS = {
    "string_equals": "StringEquals",
    "string_like": "StringLike",
    "string_not_equals": "StringNotEquals",
    "string_not_like": "StringNotLike",
}

Item = dict[str, Any]
Name = Callable[[Any], str | Unknown | None]


def schedules_of(block: Block) -> list[Item] | Unknown:
    """The rules of a plan with their schedules alone."""
    rules = nested(block.values, "rule")
    if isinstance(rules, Unknown):
        return rules
    none: Any = None
    found = [read(rule, "schedule", str, none) for rule in rules]
    return also(None, *found) or [{"ScheduleExpression": each} for each in found]


def rules_of(block: Block, project: Project) -> list[Item] | Unknown:
    """The rules of a plan: how long they keep backups, and where they copy them."""
    rules = nested(block.values, "rule")
    if isinstance(rules, Unknown):
        return rules
    found = [_rule(rule, project) for rule in rules]
    return also(None, *found) or cast("list[Item]", found)


def _rule(values: Item, project: Project) -> Item | Unknown:
    actions = nested(values, "copy_action")
    if isinstance(actions, Unknown):
        return actions
    lifecycles = [_lifecycle(each) for each in (values, *actions)]
    vaults = [destination(each.get("destination_vault_arn"), project) for each in actions]
    return also(None, *lifecycles) or {
        "Lifecycle": lifecycles[0],
        "CopyActions": [
            {"DestinationBackupVaultArn": arn, "Lifecycle": kept}
            for arn, kept in zip(vaults, lifecycles[1:], strict=True)
        ],
    }


def destination(value: Any, project: Project) -> str:
    """The ARN of the vault that is copied to, as far as its place is known."""
    vault = target_of(project, value, VAULT, AIR_GAPPED)
    if vault:
        region = region_of(vault, project)
        place = NOWHERE if isinstance(region, Unknown) else f"{region}:{project.account}"
    else:
        arn = settle(project, value)
        place = ":".join(arn.split(":")[3:5]) if isinstance(arn, str) else ""
    known = place if place.count(":") == 1 else f"{NOWHERE}:{NOWHERE}"
    return f"arn:aws:backup:{known}:backup-vault:vault"


def _lifecycle(values: Item) -> Item | Unknown:
    """Without a number of days a backup is kept for ever (API reference, Lifecycle)."""
    written = nested(values, "lifecycle")
    if isinstance(written, Unknown):
        return written
    none: Any = None
    given = written[0] if written else {}
    days = read(given, "delete_after", int, none)
    event = read(given, "delete_after_event", str, none)
    found = {"DeleteAfterDays": days or None, "DeleteAfterEvent": event}
    return also(days, event) or {key: each for key, each in found.items() if each is not None}


class Selection(Struct, frozen=True):
    """A selection as a template writes it: resources by reference, by ARN or by pattern."""

    resources: list[Any]
    excluded: list[Any]
    tags: list[Item]
    conditions: Item


def selection_of(block: Block) -> Selection | Unknown:
    """What an aws_backup_selection says."""
    tags = nested(block.values, "selection_tag")
    conditions = _conditions(block)
    lists = [items(block.values, "resources"), items(block.values, "not_resources")]
    doubt = also(tags, conditions, *lists)
    if doubt:
        return doubt
    pairs = [_pair(tag) for tag in cast("list[Item]", tags)]
    named, left_out = cast("list[list[Any]]", lists)
    return also(None, *pairs) or Selection(
        named, left_out, cast("list[Item]", pairs), cast("Item", conditions)
    )


def told(selection: Selection, name: Name, excluded: Name) -> Item | Unknown:
    """A selection as the service tells it; `name` tells the ARN or the pattern of a resource that
    it names, `excluded` of one that it leaves out."""
    found = [name(each) for each in selection.resources]
    left_out = [excluded(each) for each in selection.excluded]
    return also(None, *found, *left_out) or {
        "Resources": found,
        "NotResources": left_out,
        "ListOfTags": selection.tags,
        "Conditions": selection.conditions,
    }


def _conditions(block: Block) -> Item | Unknown:
    written = nested(block.values, "condition")
    if isinstance(written, Unknown):
        return written
    found: dict[str, list[Any]] = {}
    for each in written:
        for argument, operator in _CONDITIONS.items():
            parts = nested(each, argument)
            if isinstance(parts, Unknown):
                return parts
            found.setdefault(operator, []).extend(map(_pair, parts))
    return also(None, *(pair for pairs in found.values() for pair in pairs)) or found


def _pair(values: Item) -> Item | Unknown:
    key, value = read(values, "key", str, _CUT), read(values, "value", str, _CUT)
    return also(key, value) or {"ConditionKey": key, "ConditionValue": value}
