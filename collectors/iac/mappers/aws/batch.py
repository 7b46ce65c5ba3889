"""aws_batch_job_definition, with the containers of its tasks, nodes or pods."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from collectors.aws.batch_jobs import (
    QUEUE,
    exposure_of,
    job_routes,
    public_address,
    role_of,
    tasks_of,
)
from collectors.aws.container_logs import joined_log
from collectors.aws.logic import some
from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import ContainerService
from collectors.facts.shared import Logging
from collectors.iac.blocks import Block, Mapping, Project, nested
from collectors.iac.mappers.aws.container import log_of
from collectors.iac.mappers.aws.container_definition import (
    doubt_in,
    in_api,
    privileged_with,
    secrets_in,
)
from collectors.iac.mappers.aws.network import LOG_GROUP
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.joins import identity, settle

JOB = "aws_batch_job_definition"

_TEXTS = {
    "container_properties": "containerProperties",
    "node_properties": "nodeProperties",
    "ecs_properties": "ecsProperties",
}
_LATER = Unknown("the containers of the job are known after apply")
_NO_JSON = Unknown("the containers of the job are no JSON")

Item = dict[str, Any]


def map_job(block: Block, project: Project) -> Iterator[Document]:
    """A job definition."""
    definition = _definition(block, project)
    tasks = then(definition, lambda known: _tasks(known, block.name))
    if isinstance(definition, Unknown) or isinstance(tasks, Unknown):
        doubt = definition if isinstance(definition, Unknown) else tasks
        yield aws_document(block, project, _unread(doubt))
        return
    public = _public(definition, tasks)
    role = role_of(definition, tasks)
    facts = ContainerService(
        vpc_id=QUEUE,
        network_kind="vpc",
        public_address=public,
        exposure=then(public, exposure_of),
        firewalls=None if public is None else QUEUE,
        environment_secrets=some(secrets_in(task["containerDefinitions"]) for task in tasks),
        privileged_containers=_privileged(tasks),
        role=identity(project, role),
        logging=joined_log(job_routes(tasks), lambda to: log_of(block, project, to)),
    )
    yield aws_document(block, project, facts)


def _public(definition: Item, tasks: list[Item]) -> bool | Unknown | None:
    """As of a live job, unless what it asks for is known after apply."""
    alone = definition.get("containerProperties") or {}
    networks = [each.get("networkConfiguration") for each in (alone, *tasks)]
    doubt = doubt_in([definition["platformCapabilities"], networks])
    return doubt or public_address(definition, tasks)


def _unread(doubt: Any) -> ContainerService:
    return ContainerService(
        vpc_id=QUEUE,
        network_kind="vpc",
        public_address=doubt,
        exposure=doubt,
        firewalls=doubt,
        environment_secrets=doubt,
        privileged_containers=doubt,
        role=doubt,
        logging=Logging.unread(doubt),
    )


def _definition(block: Block, project: Project) -> Item | Unknown:
    """The definition in the words of the API; CloudFormation writes them with capitals."""
    found: Item = {"platformCapabilities": block.values.get("platform_capabilities") or []}
    for argument, name in _TEXTS.items():
        value = settle(project, block.get(argument)) if argument in block.values else None
        if isinstance(value, str):
            try:
                value = msgspec.json.decode(value)
            except msgspec.DecodeError:
                return _NO_JSON
        if value is not None and not isinstance(value, dict):
            return value if isinstance(value, Unknown) else _LATER
        found[name] = in_api(value)
    pods = nested(block.values, "eks_properties")
    if isinstance(pods, Unknown):
        return pods
    try:
        found["eksProperties"] = _pods(in_api(pods[0])) if pods else None
    except (AttributeError, TypeError):
        return _LATER
    return also(found["platformCapabilities"]) or found


def _pods(written: Item) -> Item:
    """What runs in a cluster: Terraform has blocks of it, with names of its own."""
    if "pod_properties" not in written:
        return written
    (pod,) = _blocks(written, "pod_properties")
    return {
        "podProperties": {
            name: [_container(each) for each in _blocks(pod, argument)]
            for name, argument in (
                ("containers", "containers"),
                ("initContainers", "init_containers"),
            )
        }
        | {
            "volumes": [
                {"name": each.get("name"), "hostPath": next(iter(_blocks(each, "host_path")), None)}
                for each in _blocks(pod, "volumes")
            ]
        }
    }


def _container(written: Item) -> Item:
    mounts = _blocks(written, "volume_mounts")
    return {
        "name": written.get("name"),
        "env": _blocks(written, "env"),
        "securityContext": next(iter(_blocks(written, "security_context")), None),
        "volumeMounts": [
            {"name": each.get("name"), "readOnly": each.get("read_only")} for each in mounts
        ],
    }


def _blocks(values: Item, argument: str) -> list[Item]:
    """Nested blocks. Raises TypeError where they are not known."""
    found = nested(values, argument)
    if isinstance(found, Unknown):
        raise TypeError(found.reason)
    return found


def _tasks(definition: Item, name: str) -> list[Item] | Unknown:
    try:
        tasks = tasks_of(definition, name)
        plain = all(isinstance(each, dict | list | None) for each in _parts(tasks))
    except (AttributeError, TypeError):
        # A part of the definition, not of a container alone, is known after apply.
        return _LATER
    return tasks if plain else _LATER


def _parts(tasks: list[Item]) -> Iterator[Any]:
    """What collectors.aws.batch_jobs takes apart, and so has to know as a whole."""
    for task in tasks:
        volumes = task.get("volumes")
        yield volumes
        for volume in volumes or []:
            yield volume.get("host")
        for container in task["containerDefinitions"]:
            log = container.get("logConfiguration")
            yield log
            yield (log or {}).get("options")


def _privileged(tasks: list[Item]) -> list[str] | Unknown:
    found = [
        privileged_with(
            task["containerDefinitions"],
            [
                (each.get("name"), (each.get("host") or {}).get("sourcePath"))
                for each in task.get("volumes") or []
            ],
            task.get("pidMode") or "",
        )
        for task in tasks
    ]
    names = sorted({name for each in found if isinstance(each, list) for name in each})
    return names or also(None, *found) or []


MAPPINGS = [Mapping(types=(JOB,), facts=ContainerService, map=map_job, joined=(LOG_GROUP,))]
