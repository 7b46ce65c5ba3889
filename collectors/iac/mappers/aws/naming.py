"""Resources that are named by a text of their own, such as the domain of a policy, besides by
reference."""

from __future__ import annotations

from typing import Any

from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.joins import Joined, joined, settle, target_of


def named_one(project: Project, value: Any, naming: str, *kinds: str) -> Block | None:
    """The resource of one of `kinds` that a value leads to, or whose argument `naming` it is."""
    found = target_of(project, value, *kinds)
    text = settle(project, value)
    if found or not isinstance(text, str):
        return found
    return next(
        (
            project.take(each)
            for each in project.of_type(*kinds)
            if settle(project, each.get(naming)) == text
        ),
        None,
    )


def naming_it(project: Project, block: Block, naming: str, argument: str, *kinds: str) -> Joined:
    """The resources of `kinds` whose `argument` leads to `block`, or has what stands in its own
    argument `naming`."""
    found = joined(project, block, argument, *kinds)
    name = settle(project, block.get(naming))
    if not isinstance(name, str):
        return found
    more = [
        project.take(each)
        for each in project.of_type(*kinds)
        if settle(project, each.get(argument)) == name and each not in found.blocks
    ]
    return Joined([*found.blocks, *more], found.doubt)
