"""Alarms of a template that watch one of its resources, as collectors.aws.resource_alarms has them
of an account: joined by the dimensions of their metrics."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.document import Unknown
from collectors.iac.arguments import unwatched
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.aws.alarm import COMPOSITE, METRIC, metrics_of, speech
from collectors.iac.mappers.aws.alarm_actions import LISTENERS
from collectors.iac.mappers.aws.shared import is_same_place
from collectors.iac.mappers.pointers import path

ALARMS = (METRIC, COMPOSITE, *LISTENERS)
"""What a mapper joins that asks which alarms watch."""

_OTHERS = Unknown("no alarm of this template surely watches it, and the account may have others")

_KEY = (METRIC, "what dimensions lead to")

Index = dict[Any, list[tuple[Block, Any]]]
"""Alarms by what a dimension leads to: its name, and a resource or a text; with the namespace of
the metric."""


def watching(
    project: Project, places: Iterable[tuple[str, Block, str]], namespaces: Iterable[str] = ()
) -> int | Unknown:
    """How many alarms surely watch something and tell somebody. `places`: the dimensions that name
    it, each with the resource and its argument that has the name, "" where no name alone tells it.
    `namespaces`: of the metrics, where other services name what is theirs by the same dimension.
    An alarm watches metrics of its own region (CloudWatch user guide, "Cross-account
    cross-Region CloudWatch console": alarms cross accounts, not regions)."""
    fitting = set(namespaces)
    index = _index(project)
    found: dict[str, Block] = {}
    for dimension, block, argument in places:
        name = block.values.get(argument)
        keys = [(dimension, id(block)), *([(dimension, name)] if isinstance(name, str) else [])]
        found |= {
            alarm.address: alarm
            for key in keys
            for alarm, namespace in index.get(key, ())
            if (not fitting or namespace in fitting) and is_same_place(alarm, block, project)
        }
    return sum(_tells(project, alarm) for alarm in found.values()) or _OTHERS


def alarms_on_database(project: Project, block: Block, owner: Block) -> int | Unknown:
    """How many alarms watch a database, by itself or through its cluster."""
    own = ("DBInstanceIdentifier", block, "identifier")
    return watching(project, [own, ("DBClusterIdentifier", owner, "cluster_identifier")])


def _tells(project: Project, alarm: Block) -> bool:
    on, listeners = speech(alarm, project)
    return (
        on is True
        and isinstance(listeners, list)
        and any(isinstance(one, str) for one in listeners)
    )


def _index(project: Project) -> Index:
    found: Any = project.pointing.get(_KEY)
    if found is None:
        with unwatched():
            found = project.pointing[_KEY] = _made(project)
    return found  # type: ignore[no-any-return]


def _made(project: Project) -> Index:
    found: Index = {}
    for alarm in project.each_of(METRIC):
        metrics = metrics_of(alarm, project.account)
        for metric in metrics if isinstance(metrics, list) else []:
            dimensions = metric.get("dimensions")
            for name, value in dimensions.items() if isinstance(dimensions, dict) else ():
                for step in path(project, value):
                    key = id(step) if isinstance(step, Block) else step
                    if isinstance(key, int | str):
                        watched = (alarm, _text(metric.get("namespace")))
                        found.setdefault((name, key), []).append(watched)
    return found


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
