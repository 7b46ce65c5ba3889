"""Alarm rules of a template that watch one of its resources, as `collectors.aliyun.resource_alarms`
has them of an account."""

from __future__ import annotations

import json
from typing import Any, cast

from collectors.document import Unknown, also, then
from collectors.iac.arguments import unwatched
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.alicloud.alarm import ALARM, GROUP, listeners
from collectors.iac.mappers.pointers import names_of, path
from collectors.logic import Known, every, some

WATCHING = (ALARM, GROUP)
"""The types that are joined here."""

_OTHERS = Unknown("no alarm of this template surely watches it, and the account may have others")
_ALL = "_ALL"
_KEY = (ALARM, "what dimensions lead to")

Index = dict[Any, list[Block]]
"""Alarm rules by what a dimension leads to: a resource or a name, or all of a namespace."""


def alarms_on(
    block: Block, project: Project, namespace: str, *, by_name: bool = False
) -> int | Unknown:
    """How many rules are on, tell somebody and watch a resource, by itself or as one of its product
    (`namespace`, as CloudMonitor calls it). `by_name`: the resource's name is its id."""
    index = _index(project)
    keys = [id(block), (_ALL, namespace), *(names_of(block) if by_name else ())]
    found = {each.address: each for key in keys for each in index.get(key, ())}
    answers = [_is_heard(project.take(rule), project) for rule in found.values()]
    return answers.count(True) or also(None, *answers) or _OTHERS


def _is_heard(rule: Block, project: Project) -> Known:
    told = then(
        listeners(rule, project),
        lambda all_: some(one if isinstance(one, Unknown) else True for one in all_),
    )
    return every([rule.read("enabled", bool, default=True), told])


def _index(project: Project) -> Index:
    if _KEY not in project.pointing:
        with unwatched():
            project.pointing[_KEY] = _made(project)
    return cast("Index", project.pointing[_KEY])


def _made(project: Project) -> Index:
    found: Index = {}
    for rule in project.each_of(ALARM):
        for value in _watched(rule):
            if value == _ALL:
                found.setdefault((_ALL, rule.values.get("project")), []).append(rule)
                continue
            for step in path(project, value):
                key = id(step) if isinstance(step, Block) else step
                if isinstance(key, int | str):
                    found.setdefault(key, []).append(rule)
    return found


def _watched(rule: Block) -> list[Any]:
    """The values of the dimensions that a rule names, as far as they are known."""
    written = rule.values.get("metric_dimensions")
    if isinstance(written, str):
        try:
            written = json.loads(written)
        except ValueError:
            written = None
    named = written if isinstance(written, list) else [rule.values.get("dimensions")]
    return [value for each in named if isinstance(each, dict) for value in each.values()]
