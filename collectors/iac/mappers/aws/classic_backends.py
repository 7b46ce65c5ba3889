"""The zones of the machines behind a classic load balancer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.document import Unknown, also
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.aws.network import SUBNETS
from collectors.iac.mappers.joins import items, joined, target_of

INSTANCE = "aws_instance"
ATTACHED = "aws_elb_attachment"
SCALED = {"aws_autoscaling_group": "load_balancers", "aws_autoscaling_attachment": "elb"}
"""What registers machines as they come, by the argument that names load balancers."""
JOINED = (INSTANCE, ATTACHED, *SCALED)

MORE = Unknown("an Auto Scaling group registers machines of its own")
NOTHING = Unknown("nothing in this template stands behind the load balancer")
_ELSEWHERE = Unknown("a machine behind the load balancer is not part of this template")
_CHOSEN = Unknown("AWS chooses a subnet's zone")


def backend_zones(block: Block, project: Project) -> list[str] | Unknown:
    """The zones of the instances that the template registers, where nothing else does."""
    for kind, argument in SCALED.items():
        found = joined(project, block, argument, kind)
        if found.blocks or found.doubt:
            return found.doubt or MORE
    named = items(block.values, "instances")
    attached = joined(project, block, "elb", ATTACHED)
    if isinstance(named, Unknown) or attached.doubt:
        return also(named, attached.doubt) or NOTHING
    zones = _zones([*named, *(each.get("instance") for each in attached.blocks)], project)
    return sorted(zones) if isinstance(zones, set) and zones else also(zones) or NOTHING


def _zones(instances: Iterable[Any], project: Project) -> set[str] | Unknown:
    found: set[str] = set()
    for value in instances:
        zone = zone_of(value, project)
        if isinstance(zone, Unknown):
            return zone
        found.add(zone)
    return found


def zone_of(value: Any, project: Project) -> str | Unknown:
    """The zone that an instance names, else that of its subnet."""
    instance = target_of(project, value, INSTANCE)
    if instance is None:
        return value if isinstance(value, Unknown) else _ELSEWHERE
    subnet = target_of(project, instance.get("subnet_id"), *SUBNETS)
    default = subnet.read("availability_zone", str, _CHOSEN) if subnet else _CHOSEN
    return instance.read("availability_zone", str, default)
