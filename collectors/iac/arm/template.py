"""ARM templates: found by what they hold, and read into Blocks. Bicep is read as what it compiles
to."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from collectors.document import Source, Unknown
from collectors.iac import located
from collectors.iac.arm.declared import Declared, Note, Reading, declared, level_of
from collectors.iac.arm.evaluation import finished
from collectors.iac.arm.functions import SUBSCRIPTION
from collectors.iac.arm.resource import Resource
from collectors.iac.arm.resources import translation_of
from collectors.iac.arm.symbols import doubt, is_open
from collectors.iac.blocks import Block
from collectors.iac.loaded import SHAPES, Loaded, Unread, not_valid, uri_of
from collectors.iac.located import Located, NotATemplateError
from collectors.iac.translated import located_blocks
from collectors.iac.uncertain import in_doubt

SUFFIXES = frozenset({".json", ".jsonc"})
SIGN = re.compile(r"deploymentTemplate\.json", re.IGNORECASE)
_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_SCHEMA = re.compile(r"deploymentTemplate\.json#?$", re.IGNORECASE)
_BODY = frozenset({"type", "name", "properties", "tags", "location"})


def is_one(path: Path) -> bool:
    """Whether a file that looks like a template is one, or would be if it were valid."""
    try:
        data = parsed(path)
    except NotATemplateError:
        return True
    return isinstance(data, dict) and bool(_SCHEMA.search(str(data.get("$schema")))) and (
        "resources" in data
    )  # fmt: skip


def parsed(path: Path) -> Any:
    """The document of a file; ARM allows comments. Raises NotATemplateError."""
    return located.parse(_COMMENT.sub(_without, located.read(path)))


def _without(match: re.Match[str]) -> str:
    text = match[0]
    return text if text.startswith('"') else re.sub(r"[^\n]", " ", text)


def calls(path: Path) -> Iterator[Path]:
    """The templates that a template links by a relative path. One that is broken links none."""
    try:
        parsed(path)
    except NotATemplateError:
        return
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    for link in re.findall(r'"relativePath"\s*:\s*"([^"\[][^"]*)"', text):
        yield path.parent / link


def load(path: Path, given: dict[str, Any], root: Path, location: str | None = None) -> Loaded:
    """The resources of a template, with those of deployments that it nests or links below `root`.

    `given` are values of parameters, `location` is that of the resource group. Raises
    BrokenProjectError for what is not valid.
    """
    try:
        data = parsed(path)
    except NotATemplateError as error:
        raise not_valid(path, error.line, error.reason) from error
    if not isinstance(data, dict) or not isinstance(data.get("resources"), list | dict):
        raise not_valid(path, 0, "it has no resources")
    unread: list[Unread] = []

    def note(code: str, message: str, line: int) -> None:
        where = f"{uri_of(path)}:{line}" if line else uri_of(path)
        unread.append(Unread(uri_of(path), code, f"{where}: {message}."))

    def linked(relative: str) -> tuple[Path, Any] | None:
        file = path.parent / relative
        if not file.resolve().is_relative_to(root.resolve()):
            return None
        try:
            other = parsed(file)
        except NotATemplateError:
            return None
        return (file, other) if isinstance(other, dict) else None

    reading = Reading(file=path, note=note, linked=linked, level=level_of(data), location=location)
    about = data.get("parameters")
    names = {name.lower() for name in about} if isinstance(about, dict) else set()
    used = frozenset(name for name in given if name.lower() in names)
    return Loaded(list(_blocks(declared(reading, data, given), note)), unread, used)


def _blocks(resources: list[Declared], note: Note) -> Iterator[Block]:
    for one, resource in _with_children(resources):
        translation = translation_of(one.type)
        if translation is None:
            yield resource.block(one.type, {})
            continue
        try:
            found = list(translation(resource))
        except SHAPES as error:
            # Of a shape that the translation does not expect: its resource must not vanish.
            why = f"{resource.address} could not be read ({type(error).__name__}: {error})"
            note("NotUnderstood", why, one.start_line)
            found = [resource.block(one.type, {})]
        else:
            again = functools.partial(translation, resource)
            found = located_blocks(found, again, _written(resource), resource.source.uri)
        for block in found:
            unsure = one.uncertain
            yield in_doubt(block, unsure, resource.address) if unsure else block


def _with_children(declared: list[Declared]) -> list[tuple[Declared, Resource]]:
    addresses = _addresses(declared)
    seen: dict[str, int] = {}
    found: list[tuple[Declared, Resource]] = []
    children: dict[str, list[Resource]] = {}
    for one in declared:
        # Two of a name are two resources: the second is told apart by its number.
        number = seen[one.address] = seen.get(one.address, 0) + 1
        address = one.address if number == 1 else f"{one.address}#{number}"
        resource = _resource(one, address, addresses)
        found.append((one, resource))
        parent = resource.ancestors[0] if resource.ancestors else None
        if parent:
            # One that may not be made says nothing certain of its parent.
            told = one.uncertain or resource.properties
            child = msgspec.structs.replace(resource, properties=told)
            children.setdefault(parent, []).append(child)
    return [
        (one, msgspec.structs.replace(each, children=tuple(children.get(each.address, ()))))
        for one, each in found
    ]


def _addresses(resources: list[Declared]) -> dict[str, str]:
    """Where each id leads: those of resources, and of parts that stand in lists of a resource, such
    as the subnets of a network."""
    found: dict[str, str] = {}
    for one in resources:
        found.setdefault(one.id.lower(), one.address)
        if one.level == "subscription":
            path = one.id.removeprefix(one.scope_id)
            found.setdefault(f"/subscriptions/{SUBSCRIPTION}{path}".lower(), one.address)
        properties = one.body.get("properties")
        for name, listed in properties.items() if isinstance(properties, dict) else ():
            for each in listed if isinstance(listed, list) else ():
                if isinstance(each, dict) and isinstance(each.get("name"), str):
                    part = f"{name}/{each['name']}"
                    found.setdefault(f"{one.id}/{part}".lower(), f"{one.address}/{part}")
    return found


def _resource(one: Declared, address: str, addresses: dict[str, str]) -> Resource:
    properties = finished(_or_empty(one.body.get("properties")), addresses)
    location = one.body.get("location")
    return Resource(
        address=address,
        type=one.type,
        names=[doubt(each) if is_open(each) else each for each in one.name.split("/")],
        location=_location(location),
        tags=finished(_or_empty(one.body.get("tags")), addresses),
        body=_others(one, addresses),
        properties=properties,
        ancestors=tuple(addresses.get(each) for each in _ancestors(one)),
        level=one.level,
        source=Source(
            uri=uri_of(one.file),
            start_line=one.start_line,
            end_line=one.end_line,
            address=address,
        ),
    )


def _others(one: Declared, addresses: dict[str, str]) -> dict[str, Any]:
    """Everything beside its properties."""
    found = {
        name: finished(_absolute(one, value) if name == "scope" else value, addresses)
        for name, value in one.body.items()
        if name not in _BODY
    }
    return one.body.like(found) if isinstance(one.body, Located) else found


def _absolute(one: Declared, scope: Any) -> Any:
    """The id of a scope that is written from the provider on, as Bicep does."""
    is_short = isinstance(scope, str) and scope[:1] not in {"", "/"} and "/" in scope
    return f"{one.scope_id}/providers/{scope}" if is_short else scope


def _written(resource: Resource) -> list[Any]:
    """All values of a resource and its children."""
    inner = [each for child in resource.children for each in _written(child)]
    return [resource.properties, resource.body, resource.tags, *inner]


def _ancestors(one: Declared) -> Iterator[str]:
    """The ids of the resources that one is a child of, in lower case, the nearest first."""
    found = one.id.lower()
    for _ in range(one.type.count("/") - 1):
        found = found.rpartition("/")[0].rpartition("/")[0]
        yield found


def _location(value: Any) -> str | Unknown:
    if isinstance(value, str) and not is_open(value):
        return value.replace(" ", "").lower()
    return doubt(value) if isinstance(value, str) else Unknown("the template gives no location")


def _or_empty(value: Any) -> Any:
    """What is written, or an empty mapping where nothing is."""
    return {} if value is None else value
