"""Extensions of machines and of scale sets, and whether their settings hold secrets, which everyone
reads who may look at the machine. Protected settings are encrypted, and shown to nobody."""

from __future__ import annotations

import json
from typing import Any

from collectors.azure.extension_settings import settings_hold_secret
from collectors.document import Unknown, also, then
from collectors.iac.blocks import Block, Project, Reference, nested, read
from collectors.iac.mappers.joins import Joined, joined
from collectors.logic import Known, some

OF_MACHINE = "azurerm_virtual_machine_extension"
OF_SET = "azurerm_virtual_machine_scale_set_extension"
EXTENSIONS = (OF_MACHINE, OF_SET)

_APPLY = Unknown("the settings of an extension are known after apply")
# What runs a script of the customer's; of others, such as agents, an id is not known before apply.
_SCRIPTS = (
    "customscript", "customscriptextension", "customscriptforlinux", "dsc", "dscforlinux",
    "runcommandlinux", "runcommandwindows",
)  # fmt: skip


def extension_secrets(block: Block, project: Project) -> Known:
    """Whether an extension of a machine or a scale set has a secret in its settings."""
    inside, beside = nested(block.values, "extension"), _beside(block, project)
    own = [each.values for found in beside for each in found.blocks]
    told = [_secrets(values) for values in [*own, *(inside if isinstance(inside, list) else ())]]
    return some(
        [*told, *(_doubt(project) for found in beside if found.doubt), also(inside) or False]
    )


def extensions_of(block: Block, project: Project) -> list[dict[str, Any] | Unknown]:
    """The arguments of the extensions of a machine or a scale set, in it and beside it, and why
    there may be more."""
    inside, beside = nested(block.values, "extension"), _beside(block, project)
    found: list[dict[str, Any] | Unknown] = [one.values for each in beside for one in each.blocks]
    found += [inside] if isinstance(inside, Unknown) else inside
    return [*found, *(each.doubt for each in beside if each.doubt)]


def _beside(block: Block, project: Project) -> tuple[Joined, Joined]:
    return (
        joined(project, block, "virtual_machine_id", OF_MACHINE),
        joined(project, block, "virtual_machine_scale_set_id", OF_SET),
    )


def _doubt(project: Project) -> Known:
    """What holds where an extension may be of another machine: nothing if none has a secret."""
    others = some(_secrets(each.values) for kind in EXTENSIONS for each in project.each_of(kind))
    return _APPLY if others is True else others


def _secrets(values: dict[str, Any]) -> Known:
    kind = read(values, "type", str, "")
    found = settings_hold_secret(_known(_parsed(values.get("settings"))))
    is_script = then(kind, lambda name: name.lower() in _SCRIPTS)
    return False if isinstance(found, Unknown) and is_script is False else found


def _parsed(written: Any) -> Any:
    """Settings are JSON, as a text or, in ARM, as it is."""
    if not isinstance(written, str):
        return written
    try:
        return json.loads(written)
    except ValueError:
        return written


def _known(value: Any) -> Any:
    """A value in which what refers to other resources is unknown."""
    if isinstance(value, dict):
        return {name: _known(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_known(each) for each in value]
    return _APPLY if isinstance(value, Reference) else value


LINK_TYPES = frozenset({OF_MACHINE, OF_SET})
