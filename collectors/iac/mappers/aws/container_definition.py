"""The containers of an aws_ecs_task_definition, in the words of the API, so that
collectors.aws.container_definition judges both. Any part of them may be known only after apply."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from collectors.aws.container_definition import Route, environment_secrets, log_routes
from collectors.aws.container_definition import privileged_containers as privileged_in
from collectors.aws.logic import Known, some
from collectors.document import Unknown
from collectors.iac.blocks import Block, Project, Reference, nested, read
from collectors.iac.mappers.joins import items, settle
from collectors.iac.mappers.start_script import known_secret

DEFINITION = "aws_ecs_task_definition"

_LATER = Unknown("the containers of the task definition are known after apply")
_RIGHTS = ("privileged", "linuxParameters", "mountPoints")
_FLAGS = {"privileged", "readOnly"}

Item = dict[str, Any]


def containers_of(block: Block, project: Project) -> list[Item] | Unknown:
    """The containers, each with a name. Their words begin with a small letter in the API, with a
    capital one in CloudFormation; Terraform takes both."""
    value = settle(project, block.get("container_definitions"))
    if isinstance(value, str):
        try:
            value = msgspec.json.decode(value)
        except msgspec.DecodeError:
            return Unknown("the containers of the task definition are no JSON")
    if isinstance(value, Unknown):
        return value
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        return _LATER
    return [
        {**one, "name": one["name"] if isinstance(one.get("name"), str) else f"{number}"}
        for number, one in enumerate(map(in_api, value))
    ]


def in_api(value: Any) -> Any:
    """A part of a container in the words of the API. CloudFormation takes text for a boolean."""
    if isinstance(value, list):
        return [in_api(one) for one in value]
    if not isinstance(value, dict):
        return value
    found = {name[:1].lower() + name[1:]: in_api(one) for name, one in value.items()}
    flags = {
        name: found[name].lower() == "true"
        for name in _FLAGS & found.keys()
        if isinstance(found[name], str)
    }
    return found | flags


def doubt_in(value: Any) -> Unknown | None:
    """Why a part of a value is not known."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Reference):
        return Unknown(f"{value.address}.{value.attribute} is known after apply")
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((found for one in inner if (found := doubt_in(one))), None)


def secrets_in(containers: list[Item]) -> Known:
    """Whether the environment of a container holds a secret."""
    return some(map(_secrets, containers))


def _secrets(container: Item) -> Known:
    written = container.get("environment")
    listed = written if isinstance(written, list) else []
    plain = [one for one in listed if isinstance(one, dict) and not doubt_in(one)]
    known = environment_secrets({"containerDefinitions": [{**container, "environment": plain}]})
    texts = (one.get("value") for one in listed if isinstance(one, dict))
    return some([known, known_secret(texts), doubt_in(written) or _misshapen(written) or False])


def _misshapen(environment: Any) -> Unknown | None:
    """Why an environment is none: a list of variables, each with a name and a plain value."""
    listed = [] if environment is None else environment
    if isinstance(listed, list) and all(map(_is_variable, listed)):
        return None
    return Unknown("the environment of a container is not of the form that ECS takes")


def _is_variable(one: Any) -> bool:
    if not isinstance(one, dict) or not isinstance(one.get("name"), str):
        return False
    return isinstance(one.get("value", ""), str | int | float | None)


def privileged_containers(block: Block, containers: list[Item]) -> list[str] | Unknown:
    """The containers that run with the rights of their host."""
    volumes, pid_mode = nested(block.values, "volume"), block.read("pid_mode", str, "")
    if isinstance(volumes, Unknown):
        return volumes
    return privileged_with(
        containers, [(one.get("name"), one.get("host_path")) for one in volumes], pid_mode
    )


def privileged_with(
    containers: list[Item], volumes: Iterable[tuple[Any, Any]], pid_mode: Any
) -> list[str] | Unknown:
    """Those of containers that run with the rights of their host, by the names and host paths of
    the volumes that they may mount, and by whose processes they see."""
    listed = list(volumes)
    shared = {
        "pidMode": pid_mode,
        "volumes": [
            {"name": name, "host": {"sourcePath": path}}
            for name, path in listed
            if isinstance(name, str) and isinstance(path, str)
        ],
    }
    found: list[str] = []
    doubts = [doubt_in(pid_mode), doubt_in([part for one in listed for part in one])]
    for one in containers:
        doubt = doubt_in([one.get(key) for key in _RIGHTS])
        doubts.append(doubt)
        rights = {key: one[key] for key in _RIGHTS if key in one and not doubt_in(one[key])}
        found += privileged_in(
            {**shared, "containerDefinitions": [{**rights, "name": one["name"]}]}
        )
    unsure = next((one for one in doubts if isinstance(one, Unknown)), None)
    return found or unsure or []


def routes_of(containers: list[Item], on_fargate: Known) -> list[Route]:
    """Where the output of each container goes."""
    return [route for one in containers for route in _routes(one, on_fargate)]


def _routes(container: Item, on_fargate: Known) -> list[Route]:
    written = container.get("logConfiguration")
    doubt = doubt_in(container.get("firelensConfiguration"))
    if isinstance(written, dict):
        doubt = doubt or doubt_in(written.get("logDriver"))
        if isinstance(written.get("options"), Unknown | Reference):
            doubt = doubt or doubt_in(written["options"])
    else:
        doubt = doubt or doubt_in(written)
        if written is None and isinstance(on_fargate, Unknown):
            doubt = doubt or on_fargate
    if doubt:
        return [doubt]
    return log_routes({"containerDefinitions": [container]}, on_fargate is True)


def is_on_fargate(service: Block | None, definition: Block | None) -> Known:
    """Whether the containers run on Fargate: as their service says, else where the definition is
    for Fargate alone."""
    if service:
        kind = service.read("launch_type", str, "")
        providers = nested(service.values, "capacity_provider_strategy")
        if isinstance(kind, Unknown) or isinstance(providers, Unknown):
            return Unknown("how the containers are started is known after apply")
        if kind:
            return kind == "FARGATE"
        names = [read(one, "capacity_provider", str, "") for one in providers]
        if names:
            return all(name in {"FARGATE", "FARGATE_SPOT"} for name in names)
    kinds = items(definition.values, "requires_compatibilities") if definition else []
    return kinds if isinstance(kinds, Unknown) else kinds == ["FARGATE"]
