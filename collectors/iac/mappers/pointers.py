"""Which resources point to which, by an argument: found once for a project, so that the joins of
thousands of resources do not each walk through all others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from collectors.document import Unknown
from collectors.iac.arguments import unwatched
from collectors.iac.blocks import Block, Project, Reference

CHAIN = 8
"""So many references are followed, one after the other."""
_NAMING = ("bucket", "name", "function_name")


class Pointing(Struct):
    """What the resources of one type say by one argument. Numbers are their places in the project.

    `to_block` is by the identity of each block that a value leads to, `to_name` by the text in
    which it ends, `open` the first value of each that is known only after apply."""

    to_block: dict[int, list[int]] = {}
    to_name: dict[str, list[int]] = {}
    open: dict[int, Unknown] = {}

    def numbers(self, block: Block, names: list[str]) -> list[int]:
        """The resources that point to a block or write one of its names, in their order."""
        by_block = self.to_block.get(id(block), ())
        by_name = [number for name in names for number in self.to_name.get(name, ())]
        return sorted({*by_block, *by_name})


def pointing(project: Project, kind: str, argument: str) -> Pointing:
    """What the resources of a type point to by an argument, a value or a list."""
    found: Pointing | None = project.pointing.get((kind, argument))
    if found is None:
        with unwatched():
            found = project.pointing[kind, argument] = _made(project, kind, argument)
    return found


def _made(project: Project, kind: str, argument: str) -> Pointing:
    found = Pointing()
    for number, other in enumerate(project.each_of(kind)):
        value = other.get(argument)
        values = value if isinstance(value, list) else [value]
        for each in values:
            for step in path(project, each):
                if isinstance(step, Block):
                    _add(found.to_block, id(step), number)
                elif isinstance(step, str):
                    _add(found.to_name, step, number)
        unknown = next((each for each in values if isinstance(each, Unknown)), None)
        if unknown:
            found.open[number] = unknown
    return found


def _add(numbers: dict[Any, list[int]], key: Any, number: int) -> None:
    listed = numbers.setdefault(key, [])
    if number not in listed[-1:]:
        listed.append(number)


def path(project: Project, value: Any) -> Iterator[Any]:
    """The resources that a value passes through, then what is written where it ends."""
    for _ in range(CHAIN):
        if not isinstance(value, Reference):
            break
        target = project.target(value)
        if target is None:
            return
        yield target
        value = target.get(value.attribute)
    yield value


def names_of(block: Block) -> list[str]:
    """The texts by which others may name a resource."""
    found = (block.values.get(key) for key in _NAMING)
    return list(dict.fromkeys(each for each in found if isinstance(each, str)))


def leads_to_one(project: Project, value: Any, kind: str) -> bool:
    """Whether a value leads to any resource of a type, by reference or by one of its names."""
    return any(
        step.type == kind if isinstance(step, Block) else step in _all_names(project, kind)
        for step in path(project, value)
        if isinstance(step, Block | str)
    )


def _all_names(project: Project, kind: str) -> frozenset[str]:
    found: frozenset[str] | None = project.pointing.get((kind, ""))
    if found is None:
        with unwatched():
            found = frozenset(name for each in project.each_of(kind) for name in names_of(each))
        project.pointing[kind, ""] = found
    return found
