"""One resource of a stack, evaluated, as translations see it: of CloudFormation and of ROS."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from collectors.document import Source, Unknown
from collectors.iac.blocks import Block, Reference

REGION = Unknown("the region is chosen at deployment")


class Resource(Struct, frozen=True, kw_only=True):
    """A resource with its properties: JSON values, `Reference`, `Unknown`.

    `address` is its logical id behind those of the nested stacks that it is in. `uncertain` is why
    it may not be made at all.
    """

    address: str
    type: str
    properties: dict[str, Any]
    source: Source
    region: str | Unknown = REGION
    uncertain: Unknown | None = None

    def get(self, name: str) -> Any:
        """A property; None where it is not written."""
        return self.properties.get(name)

    def block(self, kind: str, values: dict[str, Any], part: str = "") -> Block:
        """The resource as a Terraform resource type. `part` tells further blocks made of it apart.
        Values that are None are left out."""
        address = f"{self.address}/{part}" if part else self.address
        return Block(
            address=address,
            type=kind,
            name=self.address.rpartition(".")[2],
            values={name: value for name, value in values.items() if value is not None},
            source=self.source,
            provider_values={"region": self.region},
            native_type=self.type,
        )

    def itself(self, attribute: str = "id") -> Reference:
        """A reference to the block of this resource, for parts that belong to it."""
        return Reference(self.address, attribute)


Translation = Callable[[Resource], Iterable[Block]]


def tags(value: Any) -> Any:
    """A list of {Key, Value} (or a mapping) as Terraform's tags."""
    if not isinstance(value, list):
        return value
    found: dict[str, Any] = {}
    for each in value:
        key = each.get("Key") if isinstance(each, dict) else None
        if not isinstance(key, str):
            return each if isinstance(each, Unknown) else Unknown("tags are known after apply")
        found[key] = each.get("Value")
    return found


def renamed(properties: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """The properties of these names under other names."""
    return {new: properties[old] for old, new in names.items() if old in properties}


def part(value: Any, names: dict[str, str]) -> Any:
    """A nested property as a nested block; Unknown as it is, None where it is not written."""
    return renamed(value, names) if isinstance(value, dict) else value


def parts(value: Any, names: dict[str, str]) -> Any:
    """A list of nested properties as nested blocks."""
    return [part(each, names) for each in value] if isinstance(value, list) else value


def is_open(value: Any) -> bool:
    """Whether a value is decided at deployment."""
    return isinstance(value, Unknown | Reference)
