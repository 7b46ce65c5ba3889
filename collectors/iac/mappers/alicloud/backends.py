"""The zones of the machines behind load balancers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from collectors.document import Unknown, also
from collectors.iac.blocks import Block, Project, Reference, nested
from collectors.iac.mappers.alicloud.alb_rule import RULE
from collectors.iac.mappers.alicloud.shared import zone_of
from collectors.iac.mappers.joins import items, joined, target_of

SERVERS, OLD_SERVERS = "alicloud_slb_backend_server", "alicloud_slb_attachment"
GROUP, MASTER_SLAVE = "alicloud_slb_server_group", "alicloud_slb_master_slave_server_group"
ADDED = "alicloud_slb_server_group_server_attachment"
ALB_GROUP, NLB_GROUP = "alicloud_alb_server_group", "alicloud_nlb_server_group"
NLB_ADDED = "alicloud_nlb_server_group_server_attachment"
ALB_ADDED = "alicloud_alb_server_group_server_attachment"
"""No resource of Terraform's, but one of ROS's."""
SCALED = "alicloud_ess_scaling_group"
SCALED_GROUPS = "alicloud_ess_scalinggroup_vserver_groups"
SCALED_BY = {
    "alicloud_ess_alb_server_group_attachment": "alb_server_group_id",
    "alicloud_ess_server_group_attachment": "server_group_id",
}
"""What registers machines as they come in a group, by the argument that names that."""
CLB_BACKENDS = (SERVERS, OLD_SERVERS, GROUP, MASTER_SLAVE, ADDED)
ALB_BACKENDS = (ALB_GROUP, ALB_ADDED)
NLB_BACKENDS = (NLB_GROUP, NLB_ADDED)

_MACHINES = (
    "alicloud_instance",
    "alicloud_ecs_network_interface",
    "alicloud_network_interface",
    "alicloud_eci_container_group",
)
_SCALED = Unknown("a scaling group registers machines of its own")
_NOTHING = Unknown("nothing in this template stands behind the load balancer")
_ELSEWHERE = Unknown("a machine behind the load balancer is not part of this template")
_GROUP = Unknown("a server group of the load balancer is not part of this template")

Values = Iterator[Any]


def clb_zones(block: Block, project: Project) -> list[str] | Unknown:
    """Of a classic load balancer: those of its own servers and of its groups."""
    return _zones(_of_clb(block, project), project)


def alb_zones(listeners: list[Block], project: Project) -> list[str] | Unknown:
    """Of the groups that listeners of an application load balancer and their rules lead to."""
    return _zones(_of_alb(listeners, project), project)


def nlb_zones(listeners: list[Block], project: Project) -> list[str] | Unknown:
    """Of the groups that listeners of a network load balancer lead to."""
    groups = [each.values.get("server_group_id") for each in listeners]
    return _zones(_of_groups(groups, NLB_GROUP, NLB_ADDED, project), project)


def _of_clb(block: Block, project: Project) -> Values:
    scaled = joined(project, block, "loadbalancer_ids", SCALED, take=False)
    if scaled.blocks or scaled.doubt or project.each_of(SCALED_GROUPS):
        yield scaled.doubt or _SCALED
    for kind in (SERVERS, OLD_SERVERS, GROUP, MASTER_SLAVE):
        found = joined(project, block, "load_balancer_id", kind)
        if found.doubt:
            yield found.doubt
        for each in found.blocks:
            yield from _written(each.values, "backend_servers", "server_id")
            yield from _written(each.values, "servers", "server_id", "server_ids")
            yield from _ids(each.values, "instance_ids")
            if kind == GROUP:
                yield from _added(each, ADDED, project)


def _of_alb(listeners: list[Block], project: Project) -> Values:
    groups: list[Any] = []
    for listener in listeners:
        groups += _led_to(listener, "default_actions")
        rules = joined(project, listener, "listener_id", RULE)
        groups += [rules.doubt] if rules.doubt else []
        for rule in rules.blocks:
            groups += _led_to(rule, "rule_actions")
    yield from _of_groups(groups, ALB_GROUP, ALB_ADDED, project)


def _led_to(block: Block, argument: str) -> Values:
    """The groups that actions forward to."""
    for action in _each(nested(block.values, argument)):
        if isinstance(action, Unknown):
            yield action
            continue
        for config in _each(nested(action, "forward_group_config")):
            if isinstance(config, Unknown):
                yield config
            else:
                yield from _written(config, "server_group_tuples", "server_group_id")


def _of_groups(groups: Iterable[Any], kind: str, added: str, project: Project) -> Values:
    seen: set[str] = set()
    for value in groups:
        group = target_of(project, value, kind)
        if group is None:
            yield value if isinstance(value, Unknown) else _GROUP
        elif group.address not in seen:
            seen.add(group.address)
            for scaling, argument in SCALED_BY.items():
                scaled = joined(project, group, argument, scaling, take=False)
                if scaled.blocks or scaled.doubt:
                    yield scaled.doubt or _SCALED
            yield from _written(group.values, "servers", "server_id")
            yield from _added(group, added, project)


def _added(group: Block, kind: str, project: Project) -> Values:
    found = joined(project, group, "server_group_id", kind)
    if found.doubt:
        yield found.doubt
    for each in found.blocks:
        # ROS adds several at once.
        several = each.values.get("servers") is not None
        yield from (
            _written(each.values, "servers", "server_id")
            if several
            else [each.values.get("server_id")]
        )


def _written(values: dict[str, Any], argument: str, *names: str) -> Values:
    """What nested blocks give by the first of these arguments that they have."""
    for each in _each(nested(values, argument)):
        if isinstance(each, Unknown):
            yield each
            continue
        name = next((name for name in names if each.get(name) is not None), names[0])
        yield from _ids(each, name)


def _ids(values: dict[str, Any], argument: str) -> Values:
    """One or several; ROS names those of an instance group together."""
    value = values.get(argument)
    yield from [value] if isinstance(value, Reference) else _each(items(values, argument))


def _each(found: list[Any] | Unknown) -> Values:
    yield from [found] if isinstance(found, Unknown) else found


def _zones(machines: Values, project: Project) -> list[str] | Unknown:
    found = [_zone(value, project) for value in machines]
    told = {zone for zone in found if isinstance(zone, str)}
    return also(None, *found) or (sorted(told) if told else _NOTHING)


def _zone(value: Any, project: Project) -> str | Unknown:
    machine = target_of(project, value, *_MACHINES)
    if machine is None:
        return value if isinstance(value, Unknown) else _ELSEWHERE
    return zone_of(machine, project)


LINK_TYPES = frozenset({*CLB_BACKENDS, *ALB_BACKENDS, *NLB_BACKENDS})
