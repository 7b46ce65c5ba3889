"""What the caller may read in the whole subscription. Pure.

ARM and Resource Graph leave out of their lists, silently, what the caller may not read: somebody
with rights in one resource group alone gets a short list, or an empty one, and no error. A list is
therefore whole only for a caller whose role in the subscription (or above it) has the action. Deny
assignments, which Azure itself makes for managed applications and deployment stacks, are not asked
for: those known keep from writing, not from reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from msgspec import Struct


class Granted(Struct, frozen=True):
    """The actions of one role assignment, with `*` as a wildcard, and what it takes away again."""

    actions: tuple[str, ...]
    except_: tuple[str, ...] = ()


class Rights(Struct, frozen=True):
    """What all role assignments of the caller that hold for the whole subscription grant."""

    granted: tuple[Granted, ...]

    def cover(self, action: str) -> bool:
        """Whether the caller may do something to every resource of the subscription."""
        return any(
            _matches(one.actions, action) and not _matches(one.except_, action)
            for one in self.granted
        )


def rights_of(permissions: Iterable[dict[str, Any]]) -> Rights:
    """The rights that `Microsoft.Authorization/permissions` of a subscription lists. What is
    granted under a condition is not counted: we do not evaluate conditions."""
    return Rights(
        tuple(
            Granted(tuple(one["actions"]), tuple(one.get("notActions") or ()))
            for one in permissions
            if not one.get("condition")
        )
    )


def _matches(patterns: tuple[str, ...], action: str) -> bool:
    return any(_pattern(one).fullmatch(action) for one in patterns)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, text.split("*"))), re.IGNORECASE)
