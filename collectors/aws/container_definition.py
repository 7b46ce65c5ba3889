"""What a task definition of ECS says of its containers: pure functions over
ecs:DescribeTaskDefinition."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from collectors.aws.logic import Known, some
from collectors.capabilities import are_mighty
from collectors.document import Unknown
from collectors.secrets import holds_secrets

Item = dict[str, Any]

# Folders and sockets of the host by which a container commands what runs there.
_COMMANDING = {
    "/",
    "/run",
    "/var/run",
    "/run/docker.sock",
    "/var/run/docker.sock",
    "/run/containerd",
    "/run/containerd/containerd.sock",
}
# Folders by which whoever may write in them commands the host: its accounts and jobs, the settings
# of its kernel, the files of other containers.
_COMMANDING_WRITTEN = {"/etc", "/proc", "/var", "/var/lib", "/var/lib/docker"}
_ELSEWHERE = {"splunk", "syslog", "gelf", "fluentd", "awsfirelens"}


class LogGroup(Struct, frozen=True):
    """A log group that a container writes to; a null region is the container's own."""

    name: str
    region: str | None


class Elsewhere(Struct, frozen=True):
    """A store that a log driver sends to, of which AWS knows nothing."""

    driver: str


Route = LogGroup | Elsewhere | Unknown | None
"""Where the output of a container goes; null where nobody keeps it."""


def environment_secrets(definition: Item) -> Known:
    """Whether the environment of a container holds a secret. What ECS fetches from a secret store
    (`secrets`) is none."""
    return some(map(_holds_secrets, definition["containerDefinitions"]))


def _holds_secrets(container: Item) -> Known:
    listed = container.get("environment") or []
    if any(holds_secrets({one.get("name", ""): one.get("value", "")}) for one in listed):
        return True
    if container.get("environmentFiles"):
        name = container["name"]
        return Unknown(f"the container {name} takes variables from a file in S3, which is not read")
    return False


def privileged_containers(definition: Item) -> list[str]:
    """The containers that run with the rights of their host."""
    folders = {
        volume["name"]: _path((volume.get("host") or {}).get("sourcePath"))
        for volume in definition.get("volumes") or []
    }
    shares_processes = definition.get("pidMode") == "host"
    return [
        container["name"]
        for container in definition["containerDefinitions"]
        if shares_processes or _is_privileged(container, folders)
    ]


def _path(path: str | None) -> str | None:
    return path and (path.rstrip("/") or "/")


def _is_privileged(container: Item, folders: dict[str, str | None]) -> bool:
    linux = container.get("linuxParameters") or {}
    added = (linux.get("capabilities") or {}).get("add") or []
    return (
        container.get("privileged") is True
        or are_mighty(added)
        or any(_commands(one, folders) for one in container.get("mountPoints") or [])
    )


def _commands(mount: Item, folders: dict[str, str | None]) -> bool:
    """Whether a container commands its host by a mount, which may be written unless it says so."""
    folder = folders.get(mount.get("sourceVolume", ""))
    return folder in _COMMANDING or (
        folder in _COMMANDING_WRITTEN and mount.get("readOnly") is not True
    )


def log_routes(definition: Item, on_fargate: bool) -> list[Route]:
    """Where the output of each container goes, that of a log router excepted."""
    return [
        _route(container, on_fargate)
        for container in definition["containerDefinitions"]
        if not container.get("firelensConfiguration")
    ]


def _route(container: Item, on_fargate: bool) -> Route:
    name = container["name"]
    configuration = container.get("logConfiguration")
    if configuration is None:
        if on_fargate:
            return None
        return Unknown(f"the machine below decides where the output of the container {name} goes")
    driver, options = configuration["logDriver"], configuration.get("options") or {}
    if driver == "awslogs":
        if "awslogs-group" not in options:
            return Unknown(f"the log group of the container {name} is not named")
        return LogGroup(options["awslogs-group"], options.get("awslogs-region"))
    if driver in _ELSEWHERE:
        return Elsewhere(driver)
    return Unknown(f"the output of the container {name} stays on its machine ({driver})")
