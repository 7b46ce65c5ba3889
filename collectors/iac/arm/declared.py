"""The resources that a template declares: loops unrolled, children with their parents' names,
nested deployments read in their own scope."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from collectors.document import Unknown
from collectors.iac.arm.evaluation import Scope, copies, evaluate, within
from collectors.iac.arm.functions import (
    GROUP,
    SUBSCRIPTION,
    NotKnownError,
    text_of,
    typed_path,
)
from collectors.iac.arm.resource import Level
from collectors.iac.arm.symbols import is_open, shown, symbol
from collectors.iac.located import Located

DEPLOYMENT = "microsoft.resources/deployments"
_DEEPEST = 8

Note = Callable[[str, str, int], None]
"""Says what was not read: code, message, line."""
Linked = Callable[[str], tuple[Path, Any] | None]
"""The template of a relative path, beside the one that links it."""


def level_of(template: dict[str, Any], outer: Level = "group") -> Level:
    """At which level a template is deployed, by its schema; `outer` is that of its caller."""
    words: dict[str, Level] = {
        "": "group",
        "subscription": "subscription",
        "managementgroup": "management",
        "tenant": "tenant",
    }
    file = str(template.get("$schema")).rpartition("/")[2].lower()
    return words.get(file.partition("deploymenttemplate")[0], outer)


class Declared(Struct, kw_only=True):
    """A resource as declared, evaluated: texts may hold symbols. `uncertain` says why it may not
    be made."""

    type: str
    name: str
    body: dict[str, Any]
    start_line: int
    end_line: int
    file: Path
    scope_id: str
    level: Level
    uncertain: Unknown | None = None

    @property
    def id(self) -> str:
        """Its id, with symbols for what is not known."""
        try:
            path = typed_path(self.type, self.name.split("/"))
        except NotKnownError:
            # A name that does not fit its type is the template's mistake: no id leads there.
            path = f"{self.type}/{self.name}"
        return f"{self.scope_id}/providers/{path}"

    @property
    def address(self) -> str:
        """How reports call it: type and name, with expressions in brackets."""
        return f"{self.type}/{shown(self.name)}"


class Reading(Struct, kw_only=True):
    """What reading a template needs."""

    file: Path
    note: Note
    linked: Linked
    depth: int = 0
    scope_id: str = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/{GROUP}"
    level: Level = "group"
    location: str | None = None
    """That of the resource group, where the user gives it."""


def declared(reading: Reading, template: dict[str, Any], given: dict[str, Any]) -> list[Declared]:
    """Every resource of a template that is or may be made. `given` are values of parameters."""
    scope = scope_of(template, given, reading.location)
    return [found for each in entries(template) for found in _resource(reading, scope, each, None)]


def entries(template: dict[str, Any]) -> list[Any]:
    """The resources: a list, or since language version 2.0 a mapping by symbolic names."""
    resources = template.get("resources")
    found = list(resources.values()) if isinstance(resources, dict) else resources
    # What is no list is handed on as one resource, which is said to be none.
    return found if isinstance(found, list) else [] if found is None else [found]


def scope_of(template: dict[str, Any], given: dict[str, Any], location: str | None = None) -> Scope:
    """The scope of a template's own expressions, in a resource group at a location."""
    parameters: dict[str, Any] = {}
    variables = template.get("variables")
    scope = Scope(
        parameters=parameters,
        variables=variables if isinstance(variables, dict) else {},
        ids={},
        resource_group={"location": location} if location else {},
    )
    about = template.get("parameters")
    by_name = {name.lower(): value for name, value in given.items()}
    for name, described in about.items() if isinstance(about, dict) else ():
        parameters[name] = _parameter(scope, name, described, by_name)
    return scope


def _parameter(scope: Scope, name: str, about: Any, given: dict[str, Any]) -> Any:
    about = about if isinstance(about, dict) else {}
    if str(about.get("type")).lower() in {"securestring", "secureobject"}:
        return symbol(f"the secret parameter {name}")
    if name.lower() in given:
        return given[name.lower()]
    if "defaultValue" in about:
        return evaluate(scope, about["defaultValue"])
    return symbol(f"the parameter {name}")


def _resource(
    reading: Reading, scope: Scope, raw: Any, parent: Declared | None
) -> Iterator[Declared]:
    if isinstance(raw, dict) and raw.get("existing"):
        return
    if not isinstance(raw, dict) or not isinstance(raw.get("type"), str):
        line = raw.start_line if isinstance(raw, Located) else 0
        reading.note("NotUnderstood", "a resource has no type", line)
        return
    loop = raw.get("copy")
    if not isinstance(loop, dict):
        yield from _one(reading, scope, raw, parent)
        return
    name = str(loop.get("name"))
    count = copies(scope, loop)
    if count is None:
        # How many there are is not known; one stands for them.
        doubt = Unknown("how many there are is not known before deployment")
        for found in _one(reading, scope, raw, parent):
            found.uncertain = found.uncertain or doubt
            yield found
        return
    for index in count:
        yield from _one(reading, within(scope, name, index), raw, parent)


def _one(
    reading: Reading, scope: Scope, raw: dict[str, Any], parent: Declared | None
) -> Iterator[Declared]:
    made = evaluate(scope, raw.get("condition", True))
    if made is False or (isinstance(made, str) and made.lower() == "false"):
        return
    doubt = Unknown(f"{shown(made)} is not known before deployment") if is_open(made) else None
    name, kind = text_of(evaluate(scope, raw.get("name"))), str(raw["type"])
    if parent:
        kind, name = _of_child(parent, kind, name)
        doubt = doubt or parent.uncertain
    skipped = {"resources", "condition", "copy", "dependsOn", "comments"}
    nested = kind.lower() == DEPLOYMENT
    kept = {name: value for name, value in raw.items() if name not in skipped}
    body = {} if nested else evaluate(scope, raw.like(kept) if isinstance(raw, Located) else kept)
    found = Declared(
        type=kind,
        name=name,
        body=body,
        start_line=raw.start_line if isinstance(raw, Located) else 1,
        end_line=raw.end_line if isinstance(raw, Located) else 1,
        file=reading.file,
        scope_id=reading.scope_id,
        level=reading.level,
        uncertain=doubt,
    )
    if nested:
        yield from _deployment(reading, scope, raw, found)
    else:
        yield found
    for child in entries(raw):
        yield from _resource(reading, scope, child, found)


def _of_child(parent: Declared, kind: str, name: str) -> tuple[str, str]:
    """The full type and name of a resource that stands within its parent. Some templates write
    them there already."""
    if kind.lower().startswith(f"{parent.type.lower()}/"):
        whole = name if "/" in name else f"{parent.name}/{name}"
        return kind, whole
    return f"{parent.type}/{kind}", f"{parent.name}/{name}"


def _deployment(
    reading: Reading, scope: Scope, raw: dict[str, Any], found: Declared
) -> Iterator[Declared]:
    """The resources of a nested or linked deployment."""
    properties = raw.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    name = shown(found.name)
    if reading.depth >= _DEEPEST:
        reading.note("ModuleNotRead", f"the deployment {name} is nested too deep", found.start_line)
        return
    inner = Reading(
        file=reading.file,
        note=reading.note,
        linked=reading.linked,
        depth=reading.depth + 1,
        scope_id=_scope_id(scope, raw, reading),
    )
    template = properties.get("template")
    if not isinstance(template, dict):
        link = properties.get("templateLink")
        path = evaluate(scope, link.get("relativePath")) if isinstance(link, dict) else None
        other = reading.linked(path) if isinstance(path, str) and not is_open(path) else None
        if other is None:
            why = f"the deployment {name} was not read: its template is not a local file"
            reading.note("ModuleNotRead", why, found.start_line)
            return
        inner.file, template = other
    inner.location = None if raw.get("resourceGroup") else reading.location
    inner.level = "group" if raw.get("resourceGroup") else level_of(template, reading.level)
    given = _arguments(scope, properties.get("parameters"))
    options = properties.get("expressionEvaluationOptions")
    is_inner = isinstance(options, dict) and str(options.get("scope")).lower() == "inner"
    if is_inner or not isinstance(properties.get("template"), dict):
        resources = declared(inner, template, given)
    else:
        resources = [
            one for each in entries(template) for one in _resource(inner, scope, each, None)
        ]
    for one in resources:
        one.uncertain = one.uncertain or found.uncertain
        yield one


def _arguments(scope: Scope, parameters: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, given in parameters.items() if isinstance(parameters, dict) else ():
        if isinstance(given, dict) and "value" in given:
            found[name] = evaluate(scope, given["value"])
        else:
            found[name] = symbol(f"the parameter {name}")
    return found


def _scope_id(scope: Scope, raw: dict[str, Any], reading: Reading) -> str:
    """The group that a deployment goes to, which may be another one."""
    group, subscription = raw.get("resourceGroup"), raw.get("subscriptionId")
    if group is None and subscription is None:
        return reading.scope_id
    where = evaluate(scope, group) if group is not None else GROUP
    whose = evaluate(scope, subscription) if subscription is not None else SUBSCRIPTION
    return f"/subscriptions/{text_of(whose)}/resourceGroups/{text_of(where)}"
