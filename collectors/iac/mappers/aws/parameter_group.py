"""Parameter groups of Redshift, DocumentDB and Neptune."""

from __future__ import annotations

from collectors.document import Unknown
from collectors.iac.blocks import Block, Project, nested, read
from collectors.iac.mappers.aws.naming import named_one
from collectors.iac.mappers.joins import given, settle


def parameters_by(
    block: Block, project: Project, argument: str, kind: str
) -> dict[str, str] | Unknown:
    """The parameters that the group of type `kind` sets itself which an argument names: none in a
    default group. What it leaves is up to the engine and its version."""
    if given(block.values, argument) is False:
        return {}
    value = block.get(argument)
    if isinstance(value, Unknown):
        return value
    group = named_one(project, value, "name", kind)
    if group is None:
        name = settle(project, value)
        default = isinstance(name, str) and name.startswith("default.")
        return {} if default else Unknown("its group is not in this template")
    return pairs(group, "parameter", "name", "value")


def pairs(block: Block, argument: str, key: str, content: str) -> dict[str, str] | Unknown:
    """Nested blocks of a key and a value each."""
    written = nested(block.values, argument)
    if isinstance(written, Unknown):
        return written
    found: dict[str, str] = {}
    for each in written:
        name = read(each, key, str, Unknown("a parameter has no name"))
        value = read(each, content, str, Unknown("a parameter has no value"))
        if isinstance(name, Unknown):
            return name
        if isinstance(value, Unknown):
            return value
        found[name] = value
    return found
