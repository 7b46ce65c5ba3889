"""What the plans of AWS Backup in a template keep of one of its resources."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from collectors.aws import volume_backup
from collectors.aws.backup_selections import Plan, Protection, Thing, protections, takes
from collectors.aws.logic import Known
from collectors.document import Unknown, then
from collectors.facts.shared import Backup
from collectors.iac.blocks import Block, Project, Reference
from collectors.iac.mappers.aws.backup_rules import NOWHERE, rules_of, selection_of
from collectors.iac.mappers.aws.shared import all_tags, region_of
from collectors.iac.mappers.joins import joined, points_to

PLAN, SELECTION = "aws_backup_plan", "aws_backup_selection"
SETTINGS = "aws_backup_region_settings"
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
    plans = [_plan(each, block, project, arn) for each in project.each_of(PLAN)]
    kept = [(takes(plan, thing), then(plan.rules, protections)) for plan in plans]
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


def _plan(plan: Block, block: Block, project: Project, arn: str) -> Plan:
    """A plan as it takes the resource `block`; those of another region take nothing here."""
    links = joined(project, plan, "plan_id", SELECTION)
    selections = [
        selection_of(
            each,
            lambda value: _named(value, block, project, arn),
            lambda value: _excluded(value, block, project, arn),
        )
        for each in links.blocks
    ]
    doubt = _elsewhere(plan, block, project)
    return Plan(
        rules=rules_of(plan, project),
        selections=[doubt] if doubt else [*selections, *([links.doubt] if links.doubt else [])],
        opted_in=_opted_in(plan, project),
    )


def _elsewhere(plan: Block, block: Block, project: Project) -> Unknown | None:
    regions = [region_of(plan, project), region_of(block, project)]
    return None if regions[0] == regions[1] else _PLANS


def _opted_in(plan: Block, project: Project) -> dict[str, bool] | Unknown:
    """The kinds of resources that plans take without being told, as far as the template sets it."""
    for each in project.each_of(SETTINGS):
        written = each.get("resource_type_opt_in_preference")
        if region_of(each, project) == region_of(plan, project) and isinstance(written, dict):
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
