"""Backups that a service makes itself, beside those of plans of AWS Backup."""

from __future__ import annotations

from collectors.aws.plan_backup import own_and_planned
from collectors.document import Unknown
from collectors.facts.shared import Backup
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.aws.planned import arn_like, planned


def own_backup(
    block: Block,
    project: Project,
    kind: str,
    arn: tuple[str, str],
    *,
    days: int | Unknown,
    point_in_time: bool | Unknown,
) -> Backup:
    """The backup by a service that keeps it for so many days (0: none), and by the plans of the
    template. Where none of those surely takes the resource, what it sets itself is judged: it says
    how long it is kept, and plans of the account may do more. `kind` is the resource's in AWS
    Backup, `arn` the service and resource of its ARN."""
    by_plan = planned(block, project, kind, arn_like(block, project, *arn))
    both = own_and_planned(days, point_in_time, by_plan)
    if isinstance(both.retention_days, Unknown) and isinstance(days, int) and days > 0:
        both.retention_days = days
    return both
