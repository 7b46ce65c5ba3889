"""Which resources name another one, at a path through their nested blocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arguments import unwatched
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.pointers import Pointing, names_of
from collectors.iac.mappers.pointers import path as steps_of


def naming(target: Block, project: Project, kind: str, path: tuple[str, ...]) -> list[Block]:
    """The resources of a type that name the target at a path, each as often as they do."""
    said, others = pointing_at(project, kind, path), project.each_of(kind)
    by_name = (number for name in names_of(target) for number in said.to_name.get(name, ()))
    return [others[number] for number in (*said.to_block.get(id(target), ()), *by_name)]


def pointing_at(project: Project, kind: str, path: tuple[str, ...]) -> Pointing:
    """What the resources of a type point to at a path through nested blocks, found once."""
    key = (f"nested {kind}", "/".join(path))
    found: Pointing | None = project.pointing.get(key)
    if found is None:
        with unwatched():
            found = project.pointing[key] = _pointing(project, kind, path)
    return found


def _pointing(project: Project, kind: str, path: tuple[str, ...]) -> Pointing:
    found = Pointing()
    for number, other in enumerate(project.each_of(kind)):
        for value in values_at(other.values, path):
            if isinstance(value, Unknown):
                found.open.setdefault(number, value)
            steps = [*steps_of(project, value)]
            blocks = [step for step in steps if isinstance(step, Block)]
            for step in blocks:
                found.to_block.setdefault(id(step), []).append(number)
            if not blocks and steps and isinstance(steps[-1], str):
                found.to_name.setdefault(steps[-1], []).append(number)
    return found


def values_at(values: Any, path: tuple[str, ...]) -> Iterator[Any]:
    """The values at a path through nested blocks and lists, Unknowns among them."""
    if isinstance(values, list):
        for each in values:
            yield from values_at(each, path)
    elif not path:
        yield values
    elif isinstance(values, dict):
        yield from values_at(values.get(path[0]), path[1:])
    elif values is not None:
        yield values
