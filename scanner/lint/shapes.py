"""The paths of facts: what stands below a path on the resource types that a check targets."""

from __future__ import annotations

import functools

import msgspec
from msgspec import inspect

from collectors.facts import fact_types

Path = tuple[str, ...]
"""The names of a fact from `facts` on, lists crossed: ("trails", "encryption", "enabled")."""


class Shapes:
    """The facts of the types that a check targets. A path is there if one of them has it."""

    def __init__(self, targets: list[str]) -> None:
        known = fact_types()
        names = list(known) if "*" in targets else targets
        self._roots = [_fields(known[name]) for name in names]

    def has(self, path: Path) -> bool:
        """Whether one of the types has the path."""
        return any(_is_there(fields, path) for fields in self._roots)

    def leaves(self, path: Path) -> set[Path]:
        """The paths below that hold no struct; the path itself if it is one of them."""
        return {path + leaf for fields in self._roots for leaf in _leaves(fields, path)}


Fields = dict[str, "Fields"]


@functools.cache
def _fields(type_: type[msgspec.Struct]) -> Fields:
    return _below(inspect.type_info(type_))


def _below(kind: inspect.Type) -> Fields:
    match kind:
        case inspect.StructType(fields=fields):
            return {field.encode_name: _below(field.type) for field in fields}
        case inspect.ListType(item_type=item):
            return _below(item)
        case inspect.UnionType(types=types):
            return {name: below for one in types for name, below in _below(one).items()}
        case _:
            return {}


def _at(fields: Fields, path: Path) -> Fields | None:
    for name in path:
        if name not in fields:
            return None
        fields = fields[name]
    return fields


def _is_there(fields: Fields, path: Path) -> bool:
    return _at(fields, path) is not None


def _leaves(fields: Fields, path: Path) -> set[Path]:
    found = _at(fields, path)
    if found is None:
        return set()
    if not found:
        return {()}
    return {(name, *leaf) for name in found for leaf in _leaves(found, (name,))}
