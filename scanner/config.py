"""`mlps.yaml`: what the user declares. So far: waivers.

waivers:
  - check: boundary-admin-ports          # a check id, globs allowed
    resource: "arn:aws-cn:ec2:*:*:security-group/sg-0a1"   # a resource id or name, globs allowed
    reason: the bastion's only way in until the VPN is there
    approver: wang.fang@example.com
    expires: 2027-01-31
"""

from __future__ import annotations

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
        raise UserError(f"The configuration {path} cannot be read: {error}.") from error
    try:
        data = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UserError(f"{path}:{line}: not valid YAML: {error.problem}.") from error
    except yaml.YAMLError as error:
        raise UserError(f"{path}: not valid YAML: {error}.") from error
    try:
        config = msgspec.convert(data or {}, Config)
    except msgspec.ValidationError as error:
        line = _line_of(text, str(error))
        raise UserError(f"{path}:{line}: {error}.") from error
    for index, waiver in enumerate(config.waivers):
        if not waiver.reason.strip() or not waiver.approver.strip():
            line = _line_of(text, f"$.waivers[{index}]")
            raise UserError(f"{path}:{line}: a waiver needs a reason and an approver.")
    return config


def _line_of(text: str, error: str) -> int:
    """The line that a msgspec error's path (`$.waivers[0].expires`) points to."""
    path = error[error.find("$") :].rstrip("`").removeprefix("$") if "$" in error else ""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    for step in path.replace("[", ".[").split("."):
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
