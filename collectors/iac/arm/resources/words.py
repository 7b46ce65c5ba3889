"""Words of ARM properties that several services share."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.blocks import Block, Reference


def or_(value: Any, default: Any) -> Any:
    """A value, or what holds where it is not written."""
    return default if value is None else value


def is_(value: Any, word: str) -> Any:
    """Whether a word of a few is this one; None where none is written, Unknown where it is not
    known."""
    if value is None or isinstance(value, Unknown):
        return value
    if isinstance(value, Reference):
        return Unknown(f"{value.address}.{value.attribute} is known after apply")
    return str(value).lower() == word.lower()


def public(value: Any) -> Any:
    """Whether the public endpoint of a resource is on. A network security perimeter decides by
    itself who gets in."""
    on, off = is_(value or None, "Enabled"), is_(value or None, "Disabled")
    if on is not False or off is True:
        return on
    return Unknown("the network perimeter of the resource decides who gets in, and is not read")


def network_acls(value: Any) -> Any:
    """The network rules of a vault or an account as a block."""
    if not isinstance(value, dict):
        return value
    rules = at(value, "ipRules")
    listed = [at(rule, "value") for rule in rules] if isinstance(rules, list) else rules
    found = {"default_action": at(value, "defaultAction"), "ip_rules": listed}
    return [{name: it for name, it in found.items() if it is not None}]


def named(resource: Resource) -> dict[str, Any]:
    """What every resource has: its name, location and tags."""
    return {"name": resource.name, "location": resource.location, "tags": resource.tags}


def each(value: Any) -> list[Any]:
    """The elements of a list; one that is not known stands for all."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def nothing(_resource: Resource) -> list[Block]:
    """What its parent's translation reads."""
    return []


def managed_identity(value: Any) -> Any:
    """The `identity` of a resource as a block: the ids of identities that it is given, or the kind
    of its own."""
    kind = at(value, "type")
    if kind is None or is_(kind, "None") is True:
        return None
    ids = at(value, "userAssignedIdentities")
    listed = list(ids) if isinstance(ids, dict) else ids
    return [{"identity_ids": listed}] if listed else [{"type": kind}]


TRANSLATIONS: dict[str, Translation] = {}
