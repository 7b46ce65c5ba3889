"""The zones of the machines that target groups of a template put behind a load balancer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.aws.classic_backends import INSTANCE, MORE, NOTHING, zone_of
from collectors.iac.mappers.joins import joined, target_of
from collectors.iac.mappers.named_within import naming, pointing_at, values_at

GROUPS = ("aws_lb_target_group", "aws_alb_target_group")
ATTACHED = ("aws_lb_target_group_attachment", "aws_alb_target_group_attachment")
_SOURCE = "aws_autoscaling_traffic_source_attachment"
_SERVICE = "aws_ecs_service"
_REGISTERING: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("aws_autoscaling_group", ("target_group_arns",)),
    ("aws_autoscaling_group", ("traffic_source", "identifier")),
    ("aws_autoscaling_attachment", ("lb_target_group_arn",)),
    ("aws_autoscaling_attachment", ("alb_target_group_arn",)),
    (_SOURCE, ("traffic_source", "identifier")),
    (_SERVICE, ("load_balancer", "target_group_arn")),
)
"""What registers machines as they come, by the path to what names target groups."""
JOINED = (INSTANCE, *GROUPS, *ATTACHED, *dict.fromkeys(kind for kind, _ in _REGISTERING))

_AWAY = Unknown("a target group of the load balancer is not part of this template")
_CONTAINERS = Unknown("a service of ECS registers containers of its own")
_NO_ZONE = Unknown("the template does not tell the zone of a target")

Zones = set[str] | Unknown


def backend_zones(
    actions: Iterable[list[dict[str, Any]] | Unknown], project: Project
) -> list[str] | Unknown:
    """The zones of the targets that the actions of all listeners and rules send requests to."""
    values: list[Any] = []
    for each in actions:
        if isinstance(each, Unknown):
            return each
        values += [value for action in each for value in _named(action)]
    zones: set[str] = set()
    for value in values:
        group = target_of(project, value, *GROUPS)
        away = value if isinstance(value, Unknown) else _AWAY
        found = _zones(group, project) if group else away
        if isinstance(found, Unknown):
            return found
        zones |= found
    return sorted(zones) if values else NOTHING


def _named(action: dict[str, Any]) -> Iterator[Any]:
    """The target groups of an action: one, or several by their weight."""
    for path in (("target_group_arn",), ("forward", "target_group", "arn")):
        yield from (value for value in values_at(action, path) if value is not None)


def _zones(group: Block, project: Project) -> Zones:
    """Functions stand in no zone of their own."""
    kind = group.read("target_type", str, "instance")
    if isinstance(kind, Unknown) or kind == "lambda":
        return kind if isinstance(kind, Unknown) else set()
    others = next(_registering(group, project), None)
    attached = joined(project, group, "target_group_arn", *ATTACHED)
    doubt = others or attached.doubt
    if doubt or not attached.blocks:
        return doubt or NOTHING
    zones: set[str] = set()
    for each in attached.blocks:
        zone = _zone(each, kind, project)
        if isinstance(zone, Unknown):
            return zone
        zones.add(zone)
    return zones


def _registering(group: Block, project: Project) -> Iterator[Unknown]:
    """Why the group has more targets than those that the template attaches."""
    for kind, path in _REGISTERING:
        if naming(group, project, kind, path):
            yield _CONTAINERS if kind == _SERVICE else MORE
        yield from pointing_at(project, kind, path).open.values()


def _zone(attached: Block, kind: str, project: Project) -> str | Unknown:
    """The zone that the attachment names, or that of its instance. "all" are addresses outside of
    the VPC."""
    default = zone_of(attached.get("target_id"), project) if kind == "instance" else _NO_ZONE
    zone = attached.read("availability_zone", str, default)
    return _NO_ZONE if zone == "all" else zone


LINK_TYPES = frozenset({*ATTACHED, *GROUPS, _SOURCE})
