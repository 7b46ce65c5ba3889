"""What a diagnostic setting sends, and where to. Pure; templates and live resources alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from collectors.document import Unknown

Item = dict[str, Any]

DESTINATIONS = (
    "workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId",
)  # fmt: skip
"""The destinations of a setting, the one whose retention is told first."""
NOWHERE = Unknown("the diagnostic setting names no destination")
RETENTION_AWAY = Unknown("how long the destination keeps logs is not known")
REGION_AWAY = Unknown("the region of the destination is not known")


def sends(setting: Item, categories: Sequence[str], groups: Sequence[str]) -> bool:
    """Whether a setting, given its properties, sends all of the categories, by their names or in
    one of the category groups."""
    on = [log for log in setting.get("logs") or () if log.get("enabled") is True]
    names = {str(log.get("category")).lower() for log in on}
    if {str(log.get("categoryGroup")).lower() for log in on} & {one.lower() for one in groups}:
        return True
    return {one.lower() for one in categories} <= names


def rank(setting: Item) -> int:
    """The place of a setting among several that send the same."""
    return next((i for i, name in enumerate(DESTINATIONS) if setting.get(name)), 9)
