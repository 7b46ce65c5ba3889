"""The rights that declared calls need. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.calls import Call

NAME = "mlps-scanner"
"""What the policy is called."""


def actions(calls: Iterable[Call]) -> list[str]:
    """The permissions of calls, once each, sorted. Calls that need none name none."""
    return sorted({call.permission for call in calls if call.permission})
