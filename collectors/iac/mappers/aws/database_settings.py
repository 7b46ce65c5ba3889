"""Parameter groups and option groups of databases."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block, Project, nested, read
from collectors.iac.mappers.joins import given, target_of

PARAMETERS = "aws_db_parameter_group"
CLUSTER_PARAMETERS = "aws_rds_cluster_parameter_group"
OPTIONS = "aws_db_option_group"

_ARGUMENTS = {
    PARAMETERS: "parameter_group_name",
    CLUSTER_PARAMETERS: "db_cluster_parameter_group_name",
    OPTIONS: "option_group_name",
}


def parameters_of(database: Block, project: Project) -> dict[str, str] | Unknown:
    """The parameters that a database's group sets itself. What it leaves, and a default group, is
    up to the engine and its version."""
    kind = CLUSTER_PARAMETERS if database.type == "aws_rds_cluster" else PARAMETERS
    group = _group(database, project, kind)
    if not isinstance(group, Block):
        return group or Unknown("the engine's default parameters hold: the template sets none")
    written = nested(group.values, "parameter")
    if isinstance(written, Unknown):
        return written
    found: dict[str, str] = {}
    for each in written:
        name = read(each, "name", str, Unknown("a parameter has no name"))
        value = read(each, "value", str, Unknown("a parameter has no value"))
        if isinstance(name, Unknown):
            return name
        if isinstance(value, Unknown):
            return value
        found[name] = value
    return found


def options_of(database: Block, project: Project) -> set[str] | Unknown:
    """The names of the options of a database's option group; default groups have none (RDS user
    guide, "Working with option groups")."""
    group = _group(database, project, OPTIONS)
    if not isinstance(group, Block):
        return group or set()
    written = nested(group.values, "option")
    if isinstance(written, Unknown):
        return written
    found: set[str] = set()
    for each in written:
        name = read(each, "option_name", str, Unknown("an option has no name"))
        if isinstance(name, Unknown):
            return name
        found.add(name)
    return found


def _group(database: Block, project: Project, kind: str) -> Block | Unknown | None:
    """The group that a database names; None for a default one."""
    argument = _ARGUMENTS[kind]
    value: Any = database.values.get(argument)
    if given(database.values, argument) is False:
        return None
    if isinstance(value, str):
        if value.startswith(("default.", "default:")):
            return None
        named = [each for each in project.of_type(kind) if each.values.get("name") == value]
        missing = Unknown(f"the group {value} is not part of this template")
        return project.take(named[0]) if named else missing
    found = target_of(project, value, kind)
    if found:
        return found
    return value if isinstance(value, Unknown) else Unknown("its group is not in this template")
