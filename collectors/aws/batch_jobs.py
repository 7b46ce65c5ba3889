"""What a job definition of AWS Batch says of its containers, in the words of ECS task definitions,
so that collectors.aws.container_definition judges both: pure functions over
batch:DescribeJobDefinitions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.aws.container_definition import Route, log_routes
from collectors.document import Unknown
from collectors.facts.shared import Exposure

Item = dict[str, Any]

DEFAULT_GROUP = "/aws/batch/job"
"""Where jobs write to unless told otherwise (user guide, "Use the awslogs log driver")."""
QUEUE = Unknown("the compute environment of the job's queue decides on its network")
IN_CLUSTER = Unknown("where the output of a pod goes is decided in its cluster")


def tasks_of(definition: Item, name: str) -> list[Item]:
    """The tasks of a job: one, or one for each range of its nodes, each as an ECS task definition.
    `name` is for containers that have none."""
    nodes = (definition.get("nodeProperties") or {}).get("nodeRangeProperties") or []
    return [task for part in (definition, *nodes) for task in _tasks(part, name)]


def _tasks(part: Item, name: str) -> Iterator[Item]:
    alone = part.get("containerProperties") or part.get("container")
    if alone:
        yield {"containerDefinitions": [{"name": name, **alone}], "volumes": alone.get("volumes")}
    for task in (part.get("ecsProperties") or {}).get("taskProperties") or []:
        containers = [{"name": name, **each} for each in task.get("containers") or []]
        yield {**task, "containerDefinitions": containers}
    pod = (part.get("eksProperties") or {}).get("podProperties")
    if pod:
        yield _of_pod(pod, name)


def _of_pod(pod: Item, name: str) -> Item:
    containers = [*(pod.get("containers") or []), *(pod.get("initContainers") or [])]
    return {
        "pod": True,
        "containerDefinitions": [_of_pods_container(each, name) for each in containers],
        "volumes": [
            {"name": each["name"], "host": {"sourcePath": each["hostPath"].get("path")}}
            for each in pod.get("volumes") or []
            if each.get("hostPath")
        ],
    }


def _of_pods_container(container: Item, name: str) -> Item:
    context = container.get("securityContext") or {}
    return {
        "name": container.get("name") or name,
        "environment": container.get("env") or [],
        "privileged": context.get("privileged") or False,
        "linuxParameters": {"capabilities": context.get("capabilities") or {}},
        "mountPoints": [
            {"sourceVolume": each.get("name"), "readOnly": each.get("readOnly")}
            for each in container.get("volumeMounts") or []
        ],
    }


def job_routes(tasks: list[Item]) -> list[Route]:
    """Where the output of each container goes."""
    return [route for task in tasks for route in _routes(task)]


def _routes(task: Item) -> list[Route]:
    if task.get("pod"):
        return [IN_CLUSTER]
    containers = [_with_group(each) for each in task["containerDefinitions"]]
    return log_routes({"containerDefinitions": containers}, on_fargate=False)


def _with_group(container: Item) -> Item:
    log = container.get("logConfiguration") or {"logDriver": "awslogs"}
    if log.get("logDriver") != "awslogs":
        return container
    options = {"awslogs-group": DEFAULT_GROUP, **(log.get("options") or {})}
    return {**container, "logConfiguration": {**log, "options": options}}


def public_address(definition: Item, tasks: list[Item]) -> bool | None:
    """Whether a copy of the job gets a public address of its own: on Fargate where it asks for one;
    null where it stands behind the address of its machine."""
    if "FARGATE" not in (definition.get("platformCapabilities") or []):
        return None
    asking = [definition.get("containerProperties") or {}, *tasks]
    return any(
        (each.get("networkConfiguration") or {}).get("assignPublicIp") == "ENABLED"
        for each in asking
    )


def exposure_of(public: bool | None) -> Exposure | None:
    """Who reaches a job, by whether it has a public address."""
    if public is None:
        return None
    return Exposure.unread(QUEUE) if public else Exposure(public=False, via=[])


def role_of(definition: Item, tasks: list[Item]) -> str | None:
    """The role of the first container that has one."""
    alone = definition.get("containerProperties") or {}
    listed = [
        each.get("taskRoleArn") or each["containerDefinitions"][0].get("jobRoleArn")
        for each in tasks
        if each["containerDefinitions"]
    ]
    return alone.get("jobRoleArn") or next((each for each in listed if each), None)
