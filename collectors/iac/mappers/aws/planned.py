"""What the plans of AWS Backup in a template keep of one of its resources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec import Struct

from collectors.aws import volume_backup
from collectors.aws.backup_selections import Plan, Protection, Thing, protections, takes
from collectors.aws.logic import Known
from collectors.document import Unknown, then
from collectors.facts.shared import Backup
from collectors.iac.arguments import unwatched
from collectors.iac.blocks import Block, Project, Reference
from collectors.iac.mappers.aws.backup_rules import NOWHERE, Selection, rules_of, selection_of, told
from collectors.iac.mappers.aws.shared import all_tags, is_same_place, region_of
from collectors.iac.mappers.joins import joined, points_to

PLAN, SELECTION = "aws_backup_plan", "aws_backup_selection"
SETTINGS = "aws_backup_region_settings"
_KEY = (PLAN, "what is assigned to plans")
PLANS = (PLAN, SELECTION, SETTINGS)
"""What a mapping joins that asks what plans keep."""

Others = Callable[[Thing], Iterable[tuple[Known, list[Protection] | Unknown]]]

_PLANS = Unknown("no plan of this template surely takes it, and the account may have others")
_OPTED_IN = Unknown("which kinds of resources plans take is a setting of the account")
_EXCLUDED = Unknown("whether a plan leaves it out by a pattern is not known")
_WHERE = Unknown("where the plan copies backups to is not known")
_OTHER = "arn:aws:other:::other/other"
"""What stands for any other resource of the template."""


def planned(
    block: Block, project: Project, kind: str, arn: str, also_by: Others = lambda _: []
) -> Backup:
    """What plans keep of a resource that AWS Backup calls `kind`; `arn` is what its ARN looks like,
    with a star for what is chosen when it is made. `also_by` tells what else takes it. Where
    nothing of the template surely does, a plan of the account may."""
    tags = all_tags(block)
    if isinstance(tags, Unknown):
        return _open(tags)
    thing = Thing(kind, arn, tags)
    kept = list(_kept(block, project, thing))
    found = volume_backup.joined([*kept, *also_by(thing)])
    if found.enabled is not True:
        return _open(found.enabled if isinstance(found.enabled, Unknown) else _PLANS)
    if isinstance(found.copies, list) and any(each.region == NOWHERE for each in found.copies):
        found.copies = _WHERE
    return found


def arn_like(block: Block, project: Project, service: str, resource: str) -> str:
    """What the ARN of a resource looks like, with a star for what is not known of it."""
    region = region_of(block, project)
    place = region if isinstance(region, str) else "*"
    partition = "aws-cn" if place.startswith("cn-") else "aws"
    return f"arn:{partition}:{service}:{place}:*:{resource}"


def _open(reason: Unknown) -> Backup:
    return Backup(enabled=reason, retention_days=reason, point_in_time=False, copies=reason)


class _Assigned(Struct, frozen=True):
    """A plan with what is assigned to it; a doubt stands among the selections."""

    block: Block
    selections: list[Selection | Unknown]
    opted_in: dict[str, bool] | Unknown


def _kept(
    block: Block, project: Project, thing: Thing
) -> Iterator[tuple[Known, list[Protection] | Unknown]]:
    """For each plan of the region and account: whether it takes a resource, and what it keeps."""
    for plan in _assigned(project):
        with unwatched():
            if not is_same_place(plan.block, block, project):
                continue
            selections = [
                then(each, lambda known: _as_to(known, block, project, thing.arn))
                for each in plan.selections
            ]
            taken = takes(Plan([], selections, plan.opted_in), thing)
        # Which plan takes a resource is asked of all plans alike; what it keeps is its own.
        rules = rules_of(plan.block, project) if taken is True else []
        yield taken, then(rules, protections)


def _assigned(project: Project) -> list[_Assigned]:
    """The plans of a project, read once for all that asks for them."""
    found: Any = project.pointing.get(_KEY)
    if found is None:
        with unwatched():
            found = project.pointing[_KEY] = [_of(each, project) for each in project.each_of(PLAN)]
    return found  # type: ignore[no-any-return]


def _of(plan: Block, project: Project) -> _Assigned:
    links = joined(project, plan, "plan_id", SELECTION)
    selections = [selection_of(each) for each in links.blocks]
    return _Assigned(
        block=plan,
        selections=[*selections, *([links.doubt] if links.doubt else [])],
        opted_in=_opted_in(plan, project),
    )


def _as_to(selection: Selection, block: Block, project: Project, arn: str) -> Any:
    return told(
        selection,
        lambda value: _named(value, block, project, arn),
        lambda value: _excluded(value, block, project, arn),
    )


def _opted_in(plan: Block, project: Project) -> dict[str, bool] | Unknown:
    """The kinds of resources that plans take without being told, as far as the template sets it."""
    for each in project.each_of(SETTINGS):
        written = each.get("resource_type_opt_in_preference")
        if is_same_place(each, plan, project) and isinstance(written, dict):
            project.take(each)
            values = {key: value for key, value in written.items() if isinstance(value, bool)}
            return values if len(values) == len(written) else _OPTED_IN
    return _OPTED_IN


def _named(value: Any, block: Block, project: Project, arn: str) -> str | Unknown:
    if isinstance(value, Reference) and project.target(value) is None:
        return Unknown(f"{value.address}.{value.attribute} is known after apply")
    if isinstance(value, Unknown | str):
        return value
    return arn if points_to(project, value, block) else _OTHER


def _excluded(value: Any, block: Block, project: Project, arn: str) -> str | Unknown:
    """As `_named`; a pattern may leave the resource out by what is not known of its ARN."""
    if isinstance(value, str):
        parts = value.split(":", 5)
        other = len(parts) == 6 and parts[2].isalnum() and parts[2] != arn.split(":")[2]
        return _OTHER if other else _EXCLUDED
    return _named(value, block, project, arn)
