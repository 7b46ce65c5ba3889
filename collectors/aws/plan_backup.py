"""What plans of AWS Backup keep of one resource, together with what its own service keeps of it."""

from __future__ import annotations

from collectors.aws.backup_selections import Plan, Thing, protections, takes
from collectors.aws.volume_backup import joined
from collectors.document import Unknown, also, then
from collectors.facts.shared import Backup


def backup_by_plans(plans: list[Plan] | Unknown, thing: Thing) -> Backup:
    """The backup of a resource by plans: that of the one that keeps longest."""
    if isinstance(plans, Unknown):
        return joined([(plans, plans)])
    return joined([(takes(plan, thing), then(plan.rules, protections)) for plan in plans])


def own_and_planned(
    own_days: int | Unknown, point_in_time: bool | Unknown, planned: Backup
) -> Backup:
    """The backup of a resource by its own service, for so many days (0: none), and by plans.
    Copies are those of plans."""
    own = own_days if isinstance(own_days, Unknown) else own_days > 0
    if own is True:
        enabled: bool | Unknown = True
    else:
        enabled = True if planned.enabled is True else also(own, planned.enabled) or False
    return Backup(
        enabled=enabled,
        retention_days=_longest(own_days, planned.retention_days),
        point_in_time=point_in_time,
        copies=planned.copies,
    )


def _longest(first: int | Unknown, second: int | Unknown) -> int | Unknown:
    doubt = also(first, second)
    if doubt:
        return doubt
    assert isinstance(first, int)
    assert isinstance(second, int)
    return max(first, second)
