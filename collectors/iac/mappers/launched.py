"""Machines that are made from launch templates, in every cloud that has such: which launch template
it is, and whether what is written of it is what the machine gets."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from collectors.document import Unknown
from collectors.iac.blocks import Block, Project, Reference
from collectors.iac.mappers.joins import settle, target_of

BOTH = Unknown("the instance and its launch template both write it: how they are joined is open")
SENT = Unknown("the provider may send its own default in place of what the launch template says")
ELSEWHERE = Unknown("the launch template decides, which is not part of this template")
_DEFAULT = Unknown("the default version of the launch template may be an older one")
_NUMBER = Unknown("what the version of the launch template holds that is chosen is not known")

_NEWEST = ("latest_version", "latest_version_number")
_DEFAULTS = ("default_version", "default_version_number")


class Launched(Struct, frozen=True):
    """An instance. `block` is as it is in the project, for what points to it; `made` has also what
    its launch template gives. `unless` is why what neither writes says nothing: the launch
    template, or the version of it, is not known here."""

    block: Block
    made: Block
    unless: Unknown | None = None


def template_of(project: Project, value: Any, naming: tuple[str, ...], *kinds: str) -> Block | None:
    """The launch template that a value leads to, or that has it as its id, which a plan tells of
    one that exists, or as its name in one of `naming`."""
    found = target_of(project, value, *kinds)
    text = settle(project, value)
    if found or not isinstance(text, str):
        return found
    return next(
        (
            project.take(each)
            for each in project.of_type(*kinds)
            if text in [settle(project, each.get(name)) for name in ("id", *naming)]
        ),
        None,
    )


def version_open(version: Any, template: Block, project: Project, follows: str) -> Unknown | None:
    """Why the version that is chosen may hold something else than what is written: the newest one
    alone is as written. Without a word it is the default one, which is the newest where the
    argument `follows` of the launch template says so."""
    chosen = version or "$Default"
    if isinstance(chosen, Reference) and project.target(chosen) is template:
        chosen = "$Latest" if chosen.attribute in _NEWEST else "$Default"
    if isinstance(chosen, Unknown):
        return chosen
    newest = _number(template, _NEWEST)
    if chosen == "$Latest" or (newest and str(chosen) == newest):
        return None
    if chosen == "$Default":
        is_newest = bool(newest) and _number(template, _DEFAULTS) == newest
        return None if is_newest or template.read(follows, bool, False) is True else _DEFAULT
    return _NUMBER


def _number(template: Block, names: tuple[str, ...]) -> str:
    """The number of a version, which a plan tells of a launch template that stays as it is."""
    found = (template.values.get(name) for name in names)
    return next((str(each) for each in found if isinstance(each, int | str)), "")


def is_written(value: Any) -> bool:
    """Whether an argument has a value; an empty one is as if it were not there."""
    return value is not None and value not in ("", [])
