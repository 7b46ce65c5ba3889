"""One resource of a template, evaluated, as translations see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

from msgspec import Struct

from collectors.document import Source, Unknown
from collectors.iac.blocks import Block, Reference

Level = Literal["group", "subscription", "management", "tenant"]
"""Where a template is deployed to."""


class Resource(Struct, frozen=True, kw_only=True):
    """A resource: JSON values, `Reference`, `Unknown`. `type` is the full type as it is written;
    `names` are those of its parents and its own."""

    address: str
    type: str
    names: list[str | Unknown]
    location: str | Unknown
    tags: Any
    body: dict[str, Any]
    """Everything beside its properties: `sku`, `kind`, `identity`, `zones`, …"""
    properties: Any
    """A mapping, or Unknown where the whole of them is decided at deployment."""
    ancestors: tuple[str | None, ...]
    """The addresses of the resources that it is a child of, the nearest first; null for one that
    the template does not have."""
    source: Source
    level: Level = "group"
    children: tuple[Resource, ...] = ()

    @property
    def name(self) -> str | Unknown:
        """The resource's own name."""
        return self.names[-1]

    def get(self, path: str) -> Any:
        """A property by its path with dots; None where it is not written, Unknown where what holds
        it is not known."""
        return at(self.properties, path)

    def block(self, kind: str, values: dict[str, Any], part: str = "") -> Block:
        """The resource as a Terraform resource type. `part` tells further blocks made of it apart.
        Values that are None are left out."""
        name = self.name
        return Block(
            address=f"{self.address}/{part}" if part else self.address,
            type=kind,
            name=name if isinstance(name, str) else self.address.rpartition("/")[2],
            values={key: value for key, value in values.items() if value is not None},
            source=self.source,
            native_type=self.type,
        )

    def itself(self, attribute: str = "id") -> Reference:
        """A reference to the block of this resource, for parts that belong to it."""
        return Reference(self.address, attribute)

    def owner(self, generation: int = 1) -> Reference | Unknown:
        """A reference to the resource that it is a child of, or a child's child."""
        found = self.ancestors[generation - 1] if generation <= len(self.ancestors) else None
        if found is None:
            return Unknown("what it belongs to is not part of this template")
        return Reference(found)

    def child(self, kind: str) -> Resource | None:
        """The first child whose type ends so."""
        ending = f"/{kind.lower()}"
        return next((each for each in self.children if each.type.lower().endswith(ending)), None)


Translation = Callable[[Resource], Iterable[Block]]


def at(value: Any, path: str) -> Any:
    """What stands at a path with dots in nested properties: names are not case-sensitive."""
    for step in path.split("."):
        if isinstance(value, Unknown):
            return value
        if isinstance(value, Reference):
            return Unknown(f"{value.address}.{value.attribute} is known after apply")
        if not isinstance(value, dict):
            return None
        name = step.lower()
        value = next((each for key, each in value.items() if key.lower() == name), None)
    return value
