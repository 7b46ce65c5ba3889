"""Plans of AWS Backup, and which volumes and instances they take.

A plan takes what one of its selections names by ARN or by one of its tags, as far as that fulfils
all of the conditions and is not left out. A selection that does not name a kind of resource takes
only kinds that the account has opted in to in the region (AWS Backup developer guide, "Assign
resources with AWS CLI").
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from collectors.aws.account import Account
from collectors.calls import Call, Scope
from collectors.document import Unknown, then
from collectors.facts.shared import BackupCopy
from collectors.logic import Known, every, some

Item = dict[str, Any]

FOR_EVER = 36_500
"""Days that stand for backups that nothing deletes: the longest that AWS Backup takes."""


def _backup(operation: str, result: str, scope: Scope = "resource", *, paged: bool = False) -> Call:
    return Call(
        provider="aws",
        service="backup",
        operation=operation,
        permission=f"backup:{operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


LIST_BACKUP_PLANS = _backup("ListBackupPlans", "BackupPlansList", "region", paged=True)
GET_BACKUP_PLAN = _backup("GetBackupPlan", "BackupPlan")
LIST_BACKUP_SELECTIONS = _backup("ListBackupSelections", "BackupSelectionsList", paged=True)
GET_BACKUP_SELECTION = _backup("GetBackupSelection", "BackupSelection")
DESCRIBE_REGION_SETTINGS = _backup(
    "DescribeRegionSettings", "ResourceTypeOptInPreference", "region"
)
CALLS = (
    LIST_BACKUP_PLANS,
    GET_BACKUP_PLAN,
    LIST_BACKUP_SELECTIONS,
    GET_BACKUP_SELECTION,
    DESCRIBE_REGION_SETTINGS,
)


class Protection(Struct, frozen=True):
    """What one rule or schedule keeps: for how many days, and where else."""

    days: int | Unknown
    copies: list[BackupCopy]


class Thing(Struct, frozen=True):
    """A volume or an instance. `kind` is AWS Backup's name of what it is."""

    kind: str
    arn: str
    tags: dict[str, str]


class Plan(Struct, frozen=True):
    """A plan: its rules and selections, each unknown where it could not be read, and the kinds of
    resources that the region has opted in to."""

    rules: list[Item] | Unknown
    selections: list[Item | Unknown]
    opted_in: dict[str, bool] | Unknown


def read_backup_plans(account: Account, region: str) -> list[Plan] | Unknown:
    """The plans of a region."""
    plans = account.read(LIST_BACKUP_PLANS, region)
    if isinstance(plans, Unknown) or not plans:
        return plans or []
    opted_in = account.read(DESCRIBE_REGION_SETTINGS, region)
    return [_plan(account, region, plan["BackupPlanId"], opted_in) for plan in plans]


def _plan(account: Account, region: str, name: str, opted_in: dict[str, bool] | Unknown) -> Plan:
    plan = account.read(GET_BACKUP_PLAN, region, name, BackupPlanId=name)
    listed = account.read(LIST_BACKUP_SELECTIONS, region, name, BackupPlanId=name)
    selections: list[Item | Unknown]
    if isinstance(listed, Unknown):
        selections = [listed]
    else:
        selections = [
            account.read(
                GET_BACKUP_SELECTION,
                region,
                one["SelectionId"],
                BackupPlanId=name,
                SelectionId=one["SelectionId"],
            )
            for one in listed
        ]
    return Plan(then(plan, lambda found: found["Rules"]), selections, opted_in)


def takes(plan: Plan, thing: Thing) -> Known:
    """Whether a plan takes a resource."""
    return some(
        then(selection, lambda known: selects(known, thing, plan.opted_in))
        for selection in plan.selections
    )


def selects(selection: Item, thing: Thing, opted_in: dict[str, bool] | Unknown) -> Known:
    """Whether a selection takes a resource."""
    if any(_like(pattern, thing.arn) for pattern in selection.get("NotResources") or []):
        return False
    resources = selection.get("Resources") or []
    tags = selection.get("ListOfTags") or []
    fitting = [pattern for pattern in resources if _like(pattern, thing.arn)]
    tagged = any(thing.tags.get(_key(one)) == one["ConditionValue"] for one in tags)
    if not (fitting or tagged or not (resources or tags)):
        return False
    named = any(map(_names_a_kind, fitting))
    opted = True if named else then(opted_in, lambda known: known.get(thing.kind, False))
    return every([_fulfils(selection.get("Conditions") or {}, thing.tags), opted])


def protections(rules: list[Item]) -> list[Protection]:
    """What the rules of a plan keep. A rule may delete its backup once it is copied; then the
    copies are what is kept."""
    return [_protection(rule) for rule in rules]


def _protection(rule: Item) -> Protection:
    actions = rule.get("CopyActions") or []
    lifecycle = rule.get("Lifecycle") or {}
    days = _days(lifecycle)
    if "DeleteAfterEvent" in lifecycle:
        days = max((_days(action.get("Lifecycle") or {}) for action in actions), default=0)
    vaults = [action["DestinationBackupVaultArn"].split(":") for action in actions]
    copies = [BackupCopy(region=arn[3], account=arn[4], kind="aws-backup") for arn in vaults]
    return Protection(days, copies)


def _days(lifecycle: Item) -> int:
    kept: int | None = lifecycle.get("DeleteAfterDays")
    return FOR_EVER if kept is None else kept


def _names_a_kind(pattern: str) -> bool:
    """Whether a pattern of ARNs names the kind of resource: `arn:aws:ec2:*:*:volume/*`, and not
    `arn:aws:ec2:*` or `*`."""
    parts = pattern.split(":", 5)
    return len(parts) == 6 and re.match(r"[a-z-]+/", parts[5]) is not None


def _fulfils(conditions: Item, tags: dict[str, str]) -> Known:
    return every(
        _holds(operator, one, tags)
        for operator, found in sorted(conditions.items())
        for one in found or []
    )


def _holds(operator: str, one: Item, tags: dict[str, str]) -> Known:
    """Whether a tag fulfils a condition. AWS does not say what a negated one makes of a resource
    without the tag."""
    value, wanted = tags.get(_key(one)), one["ConditionValue"]
    negated = operator in {"StringNotEquals", "StringNotLike"}
    if value is None:
        missing = Unknown("a condition of a backup plan asks what a tag is not, and there is none")
        return missing if negated else False
    same = _like(wanted, value) if operator.endswith("Like") else value == wanted
    return same is not negated


def _key(condition: Item) -> str:
    return str(condition["ConditionKey"]).removeprefix("aws:ResourceTag/")


def _like(pattern: str, text: str) -> bool:
    parts = re.split(r"(\*+|\?)", pattern)
    regex = "".join({"*": ".*", "?": "."}.get(one[:1], re.escape(one)) for one in parts)
    return re.fullmatch(regex, text, re.DOTALL) is not None
