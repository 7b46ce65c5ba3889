"""`mlps.yaml`: what the user declares. So far: waivers.

waivers:
  - check: boundary-admin-ports          # a check id, globs allowed
    resource: "arn:aws-cn:ec2:*:*:security-group/sg-0a1"   # a resource id or name, globs allowed
    reason: the bastion's only way in until the VPN is there
    approver: wang.fang@example.com
    expires: 2027-01-31
"""

from __future__ import annotations

import re
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec
import yaml
from msgspec import Struct

from collectors.document import UserError


class Waiver(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A failure that somebody accepted, until a date. Patterns are shell globs."""

    check: str
    resource: str
    reason: str
    approver: str
    expires: date

    def covers(self, check: str, resource_id: str, resource_name: str) -> bool:
        """Whether it is about this check and resource, expired or not."""
        return fnmatchcase(check, self.check) and (
            fnmatchcase(resource_id, self.resource) or fnmatchcase(resource_name, self.resource)
        )


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file."""

    waivers: list[Waiver] = []


def load_config(path: Path | None) -> Config:
    """Read and validate the file, an empty configuration for None.

    Raises UserError with file and line for anything that is not as documented.
    """
    if path is None:
        return Config()
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"The configuration {path} cannot be read: {error}.",
            "Name another with --config, or leave the option out.",
        ) from error
    node, data = _parse(path, text)
    try:
        config = msgspec.convert({} if data is None else data, Config)
    except msgspec.ValidationError as error:
        raise UserError(f"{path}:{_line_of(node, str(error))}: {error}.", _hint(error)) from error
    for index, waiver in enumerate(config.waivers):
        if not all(
            text.strip() for text in (waiver.check, waiver.resource, waiver.reason, waiver.approver)
        ):
            line = _line_of(node, f"$.waivers[{index}]")
            raise UserError(
                f"{path}:{line}: a waiver needs a check, a resource, a reason and an approver."
            )
    return config


class _Loader(yaml.SafeLoader):
    """YAML without its own dates: what is no date is refused below, with its line."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own declaration
        first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _parse(path: Path, text: str) -> tuple[yaml.Node | None, object]:
    """The tree, for lines, and the plain data. Raises UserError for what is not YAML."""
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            return None, None
        _refuse_doubles(path, node, set())
        return node, loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UserError(f"{path}:{line}: not valid YAML: {error.problem}.") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0]
        raise UserError(f"{path}: not valid YAML: {reason}.") from error


def _refuse_doubles(path: Path, node: yaml.Node, seen: set[int]) -> None:
    """YAML would take the last of two equal keys and forget the first, with all its waivers."""
    if id(node) in seen or not isinstance(node, yaml.CollectionNode):
        return
    seen.add(id(node))
    keys: set[str] = set()
    for child in node.value:
        key, value = child if isinstance(node, yaml.MappingNode) else (None, child)
        if isinstance(key, yaml.ScalarNode):
            if key.value in keys:
                line = key.start_mark.line + 1
                raise UserError(f"{path}:{line}: {key.value!r} is already given above.")
            keys.add(key.value)
        _refuse_doubles(path, value, seen)


def _hint(error: msgspec.ValidationError) -> str:
    return "Write a date like 2027-01-31." if "date" in str(error) else ""


def _line_of(node: yaml.Node | None, error: str) -> int:
    """The line that a msgspec error's path (`$.waivers[0].expires`) points to, or that of the
    field which it does not know."""
    place = re.search(r"`?\$([^`]*)`?$", error)
    steps = place.group(1).replace("[", ".[").split(".") if place else []
    unknown = re.search("unknown field `(.+?)`", error)
    if unknown:
        steps.append(unknown.group(1))
    for step in steps:
        found = _child(node, step.rstrip("]")) if step else node
        if found is None:
            break
        node = found
    return node.start_mark.line + 1 if node else 1


def _child(node: yaml.Node | None, step: str) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and step.startswith("[") and step[1:].isdigit():
        return node.value[int(step[1:])] if int(step[1:]) < len(node.value) else None
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value if isinstance(value, yaml.Node) else None
    return None
