"""The rights that declared calls need. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from collectors.calls import Call

NAME = "mlps-scanner"
"""What the policy is called."""
LONGEST = 6144
"""Characters that a policy may have (IAM, "IAM and AWS STS quotas"; RAM, "Limits")."""

Write = Callable[[list[str]], dict[str, Any]]
"""The document of a policy that allows some actions."""


def actions(calls: Iterable[Call]) -> list[str]:
    """The permissions of calls, once each, sorted. Calls that need none name none."""
    return sorted({call.permission for call in calls if call.permission})


def shared_out(wanted: list[str], write: Write) -> dict[str, list[str]]:
    """The actions of as many policies as it takes for each to be short enough, by their names. One
    has the name alone, several are numbered."""
    parts: list[list[str]] = []
    for action in wanted:
        if parts and len(json.dumps(write([*parts[-1], action]), indent=2)) <= LONGEST:
            parts[-1].append(action)
        else:
            parts.append([action])
    if len(parts) < 2:
        return {NAME: wanted}
    return {f"{NAME}-{number}": part for number, part in enumerate(parts, start=1)}


def identifier(name: str) -> str:
    """A name as Terraform's identifiers are written."""
    return name.replace("-", "_")
