"""Resources of the provider azapi, which writes what ARM takes: each becomes what the translation
of its ARM type makes of it. One of a type without a translation stays as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import msgspec

from collectors.document import Place, Unknown
from collectors.iac.arguments import Arguments
from collectors.iac.arm.resource import Resource
from collectors.iac.arm.resources import translation_of
from collectors.iac.blocks import Block, Reference
from collectors.iac.loaded import SHAPES

AZAPI = "azapi_resource"

_NO_TYPE = Unknown("the template gives no type")
_NO_LOCATION = Unknown("the template gives no location")
_BODY = ("properties", "tags", "location", "name", "type")


def translated(blocks: list[Block]) -> list[Block]:
    """The resources of a project, with those of azapi in the terms of azurerm."""
    own = {each.address: each for each in blocks if each.type == AZAPI}
    if not own:
        return blocks
    children: dict[str, list[Block]] = {}
    for each in own.values():
        parent = _parent(each)
        if parent is not None and _kind(each).count("/") > 1:
            children.setdefault(parent, []).append(each)
    return [
        made
        for block in blocks
        for made in (_made(block, own, children) if block.type == AZAPI else [block])
    ]


def _made(block: Block, own: dict[str, Block], children: dict[str, list[Block]]) -> Iterable[Block]:
    kind = _kind(block)
    translation = translation_of(kind)
    left = msgspec.structs.replace(block, native_type=kind)
    if translation is None:
        return [left]
    resource = _resource(block, own, children)
    try:
        found = [_placed(each, block) for each in translation(resource)]
    except SHAPES:
        return [left]
    # What makes nothing is read by its parent, where that is there and is read itself.
    parent = own.get(_parent(block) or "")
    return found or ([] if parent and translation_of(_kind(parent)) else [left])


def _kind(block: Block) -> str:
    """The type without the version of the API."""
    written = block.read("type", str, _NO_TYPE)
    return written.partition("@")[0] if isinstance(written, str) else ""


def _parent(block: Block) -> str | None:
    value = block.values.get("parent_id")
    return value.address if isinstance(value, Reference) else None


def _resource(block: Block, own: dict[str, Block], children: dict[str, list[Block]]) -> Resource:
    """The resource as a template of ARM would write it."""
    body = _body(block)
    written = body if isinstance(body, dict) else {}
    rest = {name: value for name, value in written.items() if name not in _BODY}
    identity = _identity(block)
    version = str(block.values.get("type")).partition("@")[2]
    return Resource(
        address=block.address,
        type=_kind(block),
        names=[block.read("name", str, written.get("name") or Unknown("the name is not written"))],
        location=_given(block, written, "location", _NO_LOCATION),
        tags=_given(block, written, "tags", {}),
        body={
            **rest,
            **({"identity": identity} if identity is not None else {}),
            "apiVersion": version or None,
            "scope": block.values.get("parent_id"),
        },
        properties=body if isinstance(body, Unknown) else written.get("properties", {}),
        ancestors=_ancestors(block, own),
        source=block.source,
        children=tuple(_resource(each, own, {}) for each in children.get(block.address, ())),
    )


def _body(block: Block) -> Any:
    """The body: a mapping, or JSON in a text, as version 1 of the provider takes it."""
    value = block.values.get("body")
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            return Unknown("the body is not JSON")
    if isinstance(value, Reference):
        return Unknown(f"{value.address}.{value.attribute} is known after apply")
    if value is None or isinstance(value, dict | Unknown):
        return {} if value is None else value
    return Unknown("the body is not a mapping")


def _given(block: Block, body: dict[str, Any], name: str, default: Any) -> Any:
    """What stands beside the body, or else in it."""
    value = block.values.get(name)
    return body.get(name, default) if value is None else value


def _identity(block: Block) -> Any:
    written = block.values.get("identity")
    if not isinstance(written, list) or not written or not isinstance(written[0], dict):
        return written or None
    ids = written[0].get("identity_ids")
    if isinstance(ids, list):
        ids = {each.address if isinstance(each, Reference) else str(each): {} for each in ids}
    return {"type": written[0].get("type"), "userAssignedIdentities": ids}


def _ancestors(block: Block, own: dict[str, Block]) -> tuple[str | None, ...]:
    """The addresses of the resources that it is a child of, the nearest first."""
    found: list[str | None] = []
    current: Block | None = block
    for _ in range(_kind(block).count("/") - 1):
        address = _parent(current) if current else None
        found.append(address)
        current = own.get(address or "")
    return tuple(found)


def _placed(made: Block, block: Block) -> Block:
    """A block whose arguments stand where the resource has them, and what the body holds there, in
    the module of the resource."""
    given = made.values
    if isinstance(block.values, Arguments) and type(given) is dict:
        places, parent = block.values.places, _parent(block)
        given = Arguments({}, {}, block.values.head)
        for name, value in made.values.items():
            is_link = isinstance(value, Reference) and value.address == parent
            place = places.get("parent_id" if is_link else name) or places.get("body")
            dict.__setitem__(given, name, _at(value, place))
            if place:
                given.places[name] = place
    return msgspec.structs.replace(made, values=given, provider_values=block.provider_values)


def _at(value: Any, place: Place | None) -> Any:
    if place and type(value) is dict:
        inner = {name: _at(each, place) for name, each in value.items()}
        return Arguments(inner, dict.fromkeys(inner, place), place)
    return [_at(each, place) for each in value] if isinstance(value, list) else value
