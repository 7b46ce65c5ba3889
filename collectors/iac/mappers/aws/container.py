"""aws_ecs_service with its task definition, and task definitions that no service here runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from collectors.aws.container_definition import LogGroup, Route
from collectors.aws.container_logs import joined_log
from collectors.aws.logic import Known, every
from collectors.aws.reachability import exposure
from collectors.document import Document, Unknown, then
from collectors.facts.compute import ContainerService
from collectors.facts.shared import Logging
from collectors.iac.blocks import Block, Mapping, Project, nested, read
from collectors.iac.mappers.aws.container_definition import (
    DEFINITION,
    containers_of,
    is_on_fargate,
    privileged_containers,
    routes_of,
    secrets_in,
)
from collectors.iac.mappers.aws.firewall import GROUPS, RULES
from collectors.iac.mappers.aws.log_target import to_arn, to_group_named
from collectors.iac.mappers.aws.network import LOG_GROUP, SUBNETS, VPCS
from collectors.iac.mappers.aws.reach import firewalls, groups_open, route_open
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import given, identity, items, joined, name_of, target_of

SERVICE = "aws_ecs_service"

_ELSEWHERE = Unknown("the task definition is not part of this template")
_NO_SUBNET = Unknown("the containers are given no subnet")
_MACHINES = Unknown("the containers stand in the network of their machines")
_NOT_DECIDED = Unknown("whoever starts the tasks decides on their network")
_OUTSIDE = Unknown("the containers run on machines outside of the cloud")
_IPV6 = Unknown("whether the containers have IPv6 addresses is a setting of the account")


def map_service(block: Block, project: Project) -> Iterator[Document]:
    """A service of ECS."""
    definition = _definition(block, project)
    facts = _of_definition(definition, project, is_on_fargate(block, definition))
    kind = block.read("launch_type", str, "")
    facts.network_kind = cast("Any", then(kind, _network_kind))
    written = nested(block.values, "network_configuration")
    if isinstance(written, Unknown):
        facts.vpc_id = facts.public_address = facts.exposure = facts.firewalls = written
    elif not written:
        facts.vpc_id = _MACHINES
        facts.public_address = facts.exposure = facts.firewalls = None
    else:
        _of_network(facts, written[0], project)
    yield aws_document(block, project, facts)


def _network_kind(kind: str) -> str | Unknown:
    return _OUTSIDE if kind == "EXTERNAL" else "vpc"


def _of_network(facts: ContainerService, network: dict[str, Any], project: Project) -> None:
    subnets, groups = items(network, "subnets"), items(network, "security_groups")
    # The provider's default.
    public = read(network, "assign_public_ip", bool, False)
    if isinstance(subnets, Unknown):
        facts.vpc_id, way = subnets, cast("Known", subnets)
        facts.public_address = public
    else:
        way = route_open(project, subnets) if subnets else _NO_SUBNET
        found = [target_of(project, one, *SUBNETS) for one in subnets]
        first = found[0] if found else None
        facts.vpc_id = (
            identity(project, first.get("vpc_id"))
            if first
            else Unknown("the subnet is not part of this template")
        )
        six = any(one and given(one.values, "ipv6_cidr_block") is not False for one in found)
        facts.public_address = _IPV6 if six and public is False and way is not False else public
    opened = groups_open(project, groups) if groups else firewalls(project, groups)
    facts.exposure = exposure(every([facts.public_address, way, cast("Known", opened)]))
    facts.firewalls = firewalls(project, groups)


def map_definition(block: Block, project: Project) -> Iterator[Document]:
    """A task definition, where no service of the template runs it."""
    if joined(project, block, "task_definition", SERVICE).blocks:
        return
    facts = _of_definition(block, project, is_on_fargate(None, block))
    mode = block.read("network_mode", str, "")
    address = then(mode, lambda known: _NOT_DECIDED if known == "awsvpc" else None)
    kinds = items(block.values, "requires_compatibilities")
    facts.vpc_id = _NOT_DECIDED
    facts.network_kind = cast(
        "Any", then(kinds, lambda known: _NOT_DECIDED if "EXTERNAL" in known else "vpc")
    )
    facts.public_address = facts.exposure = facts.firewalls = address
    yield aws_document(block, project, facts, name=name_of(block, "family"))


def _definition(service: Block, project: Project) -> Block | None:
    """The task definition of a service, also by the name of its family."""
    value = service.get("task_definition")
    found = target_of(project, value, DEFINITION)
    if found or not isinstance(value, str):
        return found
    family = value.rpartition("/")[2].partition(":")[0]
    named = (one for one in project.of_type(DEFINITION) if one.get("family") == family)
    return next((project.take(one) for one in named), None)


def _of_definition(block: Block | None, project: Project, on_fargate: Known) -> ContainerService:
    """The facts that a task definition tells."""
    containers = containers_of(block, project) if block else _ELSEWHERE
    if block is None or isinstance(containers, Unknown):
        doubt = containers if isinstance(containers, Unknown) else _ELSEWHERE
        return ContainerService(
            environment_secrets=doubt,
            privileged_containers=doubt,
            role=identity(project, block.get("task_role_arn")) if block else doubt,
            logging=Logging.unread(doubt),
        )
    return ContainerService(
        environment_secrets=secrets_in(containers),
        privileged_containers=privileged_containers(block, containers),
        role=identity(project, block.get("task_role_arn")),
        logging=_logging(block, project, routes_of(containers, on_fargate)),
    )


def _logging(block: Block, project: Project, routes: list[Route]) -> Logging:
    return joined_log(routes, lambda route: log_of(block, project, route))


def log_of(block: Block, project: Project, route: LogGroup) -> Logging:
    """The log of containers in a log group, by its name or what leads to it."""
    if isinstance(route.name, str):
        return to_group_named(project, block, route.name)
    return to_arn(project, block, route.name)


_JOINED = (DEFINITION, SERVICE, LOG_GROUP, *SUBNETS, *VPCS, *GROUPS, *RULES)

MAPPINGS = [
    Mapping(types=(SERVICE,), facts=ContainerService, map=map_service, joined=_JOINED),
    Mapping(types=(DEFINITION,), facts=ContainerService, map=map_definition, joined=_JOINED),
]
