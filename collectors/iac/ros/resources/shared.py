"""What translations of ROS share."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import ACCOUNT, Block, Reference
from collectors.iac.stacks.functions import open_
from collectors.iac.stacks.resource import Resource, Translation, is_open, renamed, tags

UNWRITTEN = Unknown("not written: the service decides")
_CALLER = "data.alicloud_caller_identity.deployment"


def plain(
    kind: str, names: dict[str, str], defaults: Mapping[str, Any] | None = None
) -> Translation:
    """A translation that gives properties other names, with ROS's defaults and tags."""

    def translate(resource: Resource) -> Iterator[Block]:
        values = {**(defaults or {}), **renamed(resource.properties, names)}
        yield resource.block(kind, values | {"tags": tags(resource.get("Tags"))})

    return translate


def switch(value: Any, on: str, off: str) -> Any:
    """A truth value as one of two words; what is not known as it is."""
    if value is None or is_open(value):
        return value
    known = {"true": on, "false": off}
    return known.get(str(value).lower(), Unknown(f"{value} is neither true nor false"))


def on_off(value: Any) -> Any:
    """A property of the words on and off, which YAML reads as truth values."""
    return {True: "on", False: "off"}[value] if isinstance(value, bool) else value


def truth(value: Any) -> bool | Unknown | None:
    """Whether a property is true; None where it is not written."""
    found = switch(value, "yes", "no")
    if found is None or isinstance(found, Unknown):
        return found
    return open_(found) or found == "yes"


def listed(value: Any) -> Any:
    """A text with commas (or a list) as a list; what is not known as it is."""
    if isinstance(value, str):
        return [each.strip() for each in value.split(",") if each.strip()]
    return value


def all_of(*values: Any) -> list[Any] | None:
    """The entries of several properties, each a single one, a text with commas or a list."""
    found: list[Any] = []
    for value in values:
        each = listed(value)
        found += each if isinstance(each, list) else [] if each is None else [each]
    return found or None


def rows(value: Any) -> list[Any]:
    """The entries of a list of mappings, which ROS also takes as a single one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def policy(value: Any) -> Any:
    """A policy as JSON text. An open value makes the whole unknown, but for the account that the
    stack is deployed to, and for the resources of an Allow, which decide no fact."""
    if value is None or isinstance(value, str) or is_open(value):
        return value
    if not isinstance(value, dict):
        return Unknown("the policy is malformed")
    statements = [_statement(each) for each in rows(value.get("Statement"))]
    written = _written({**value, "Statement": statements})
    return written if isinstance(written, Unknown) else json.dumps(written)


def _statement(value: Any) -> Any:
    if not isinstance(value, dict) or value.get("Effect") != "Allow" or "Resource" not in value:
        return value
    return {**value, "Resource": [_resource(each) for each in rows(value["Resource"])]}


def _resource(value: Any) -> Any:
    return "*" if is_open(value) else value


def _written(value: Any) -> Any:
    """The value with the own account filled in, or why it is not known."""
    if isinstance(value, Reference) and value.address == _CALLER:
        return ACCOUNT if value.attribute == "account_id" else f"acs:ram::{ACCOUNT}:root"
    if is_open(value):
        return open_(value)
    if isinstance(value, dict):
        found = {name: _written(each) for name, each in value.items()}
        return next((each for each in found.values() if isinstance(each, Unknown)), found)
    if isinstance(value, list):
        each = [_written(one) for one in value]
        return next((one for one in each if isinstance(one, Unknown)), each)
    return value
