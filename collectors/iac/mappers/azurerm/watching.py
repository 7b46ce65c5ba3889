"""Alert rules of a template that watch one of its resources, as `collectors.azure.resource_alarms`
has them of an account."""

from __future__ import annotations

from collectors.document import Unknown
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.azurerm.alerts import (
    METRIC,
    QUERY,
    SILENCED,
    listeners_of,
    may_be_silenced,
)
from collectors.iac.mappers.joins import joined

WATCHING = (METRIC, QUERY, f"{QUERY}_v2")
"""The types that are joined here."""

_OTHERS = Unknown("alert rules outside of this template may watch it")


def alarms_on(block: Block, project: Project) -> int | Unknown:
    """How many alert rules surely watch a resource and tell somebody; with none in the template it
    is open, because rules for a whole group or subscription watch it too."""
    rules = (
        *joined(project, block, "scopes", METRIC, f"{QUERY}_v2").blocks,
        *joined(project, block, "data_source_id", QUERY).blocks,
    )
    heard = sum(_is_heard(rule, project) for rule in rules)
    if heard and may_be_silenced(project):
        return SILENCED
    return heard or _OTHERS


def _is_heard(rule: Block, project: Project) -> bool:
    if rule.read("enabled", bool, True) is not True:
        return False
    told = listeners_of(rule, project)
    return isinstance(told, list) and any(isinstance(each, str) for each in told)
