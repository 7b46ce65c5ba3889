"""Policies of Data Lifecycle Manager that make snapshots of volumes by their tags, in the words of
GetLifecyclePolicy, so that they are read as those of a live account. Policies of instances, by an
event and by default are left out: what they take is up to more than a template."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.aws.backup_selections import Protection, Thing
from collectors.aws.lifecycle_policies import has_tags, protections
from collectors.aws.logic import Known, every
from collectors.document import Unknown, also, then
from collectors.iac.blocks import Block, Project, Reference, nested, read
from collectors.iac.mappers.aws.shared import is_same_place
from collectors.iac.mappers.joins import items

LIFECYCLE_POLICY = "aws_dlm_lifecycle_policy"

_TAGS = Unknown("the tags that a snapshot policy asks for are known after apply")
_ARCHIVED = Unknown("how long a snapshot policy keeps archives is not read from templates")
_COUNT: Any = None

Item = dict[str, Any]


def kept_by_policies(
    block: Block, project: Project, thing: Thing
) -> Iterator[tuple[Known, list[Protection] | Unknown]]:
    """For each snapshot policy of the region and account: whether it takes a volume, and what it
    keeps."""
    for policy in project.each_of(LIFECYCLE_POLICY):
        if not is_same_place(policy, block, project):
            continue
        state = policy.read("state", str, "ENABLED")
        details = nested(policy.values, "policy_details")
        if isinstance(details, Unknown) or not details:
            doubt = details if isinstance(details, Unknown) else _TAGS
            yield doubt, doubt
            continue
        on = then(state, lambda word: word == "ENABLED")
        taken = every([on, _takes(details[0], thing)])
        if taken is not True:
            yield taken, []
            continue
        project.take(policy)
        yield taken, _protections(details[0], project)


def _takes(details: Item, thing: Thing) -> Known:
    kind = read(details, "policy_type", str, "EBS_SNAPSHOT_MANAGEMENT")
    types = items(details, "resource_types")
    locations = items(details, "resource_locations")
    doubt = also(kind, types, locations)
    if doubt:
        return doubt
    volumes = kind == "EBS_SNAPSHOT_MANAGEMENT" and types == ["VOLUME"]
    if not volumes or locations not in ([], ["CLOUD"]):
        return False
    tags = details.get("target_tags") or {}
    if not isinstance(tags, dict) or any(
        isinstance(each, Unknown | Reference) for each in tags.values()
    ):
        return _TAGS
    wanted = [{"Key": key, "Value": value} for key, value in tags.items()]
    return has_tags({"TargetTags": wanted}, thing)


def _protections(details: Item, project: Project) -> list[Protection] | Unknown:
    schedules = nested(details, "schedule")
    if isinstance(schedules, Unknown):
        return schedules
    found = [_schedule(each) for each in schedules]
    told = {"PolicyDetails": {"Schedules": cast("list[Item]", found)}}
    return also(None, *found) or protections(told, project.account)


def _schedule(values: Item) -> Item | Unknown:
    create, retain = _only(values, "create_rule"), _only(values, "retain_rule")
    copies = nested(values, "cross_region_copy_rule")
    doubt = also(create, retain, copies)
    if doubt or not isinstance(copies, list):
        return doubt or _TAGS
    if values.get("archive_rule") is not None:
        return _ARCHIVED
    to = Unknown("where a snapshot policy copies to is not told")
    targets = [read(each, "target", str, to) for each in copies]
    return also(None, *targets) or {
        "CreateRule": create,
        "RetainRule": retain,
        "CrossRegionCopyRules": [{"Target": each} for each in targets],
    }


_NAMES: dict[str, tuple[str, type[Any]]] = {
    "count": ("Count", int),
    "interval": ("Interval", int),
    "interval_unit": ("IntervalUnit", str),
    "cron_expression": ("CronExpression", str),
}


def _only(values: Item, argument: str) -> Item | Unknown:
    """A rule of a schedule; what is not written of it is left out."""
    written = nested(values, argument)
    if isinstance(written, Unknown):
        return written
    rule = written[0] if written else {}
    found = {name: read(rule, key, kind, _COUNT) for key, (name, kind) in _NAMES.items()}
    return also(None, *found.values()) or {
        name: each for name, each in found.items() if each is not None
    }
