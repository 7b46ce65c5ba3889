"""ARM ids and locations, which Azure compares without case. Pure."""

from __future__ import annotations

from typing import Any

from collectors.regions import GLOBAL


def key(id_: str) -> str:
    """What two spellings of one id have in common; for comparing alone, never to be shown."""
    return id_.rstrip("/").lower()


def same(one: str | None, other: str | None) -> bool:
    """Whether two ids name one resource."""
    return bool(one and other) and key(one or "") == key(other or "")


def subscription_of(id_: str) -> str | None:
    """The subscription that an id is in; null for those of a management group or a tenant."""
    parts = id_.split("/")
    return parts[2].lower() if len(parts) > 2 and parts[1].lower() == "subscriptions" else None


def resource_group_of(id_: str) -> str | None:
    """The name of the resource group that an id is in, as it is written there."""
    parts = id_.split("/")
    return parts[4] if len(parts) > 4 and parts[3].lower() == "resourcegroups" else None


def parent_of(id_: str) -> str:
    """The id of the resource that a child belongs to: of a subnet the virtual network's."""
    return id_.rsplit("/", 2)[0]


def name_of(id_: str) -> str:
    """The last name in an id."""
    return id_.rstrip("/").rpartition("/")[2]


def region_of(item: dict[str, Any]) -> str:
    """The region of a resource: "China East 2" is chinaeast2. Those without one are global."""
    location = str(item.get("location") or GLOBAL)
    return location.lower().replace(" ", "")
