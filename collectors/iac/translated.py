"""Where the arguments of translated blocks stand: which property of a template each comes from,
found by asking the translation as `collectors.iac.origins` does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from collectors.document import Place
from collectors.iac.arguments import Arguments
from collectors.iac.blocks import Block, OpenArguments
from collectors.iac.loaded import SHAPES
from collectors.iac.located import Located
from collectors.iac.origins import Leaves, Probe, decided, leaves

MOST_PROBES = 300
"""So many properties of one resource are asked about."""


def located_blocks(
    blocks: list[Block], translate: Callable[[], Iterable[Block]], properties: list[Any], uri: str
) -> list[Block]:
    """The blocks that `translate` made of a resource, whose arguments know where they stand.
    `properties` are all values of the resource and its children, of which those that are `Located`
    are asked about; they stand in the file `uri`."""
    result = _leaves(blocks)
    probes = [probe for each in properties for probe in _probes(each, uri)][:MOST_PROBES]

    def again() -> Leaves | None:
        try:
            return _leaves(translate())
        except SHAPES:
            return None

    places = decided(result, probes, again) if probes else {}
    return [_located(block, places) for block in blocks] if places else blocks


def _leaves(blocks: Iterable[Block]) -> Leaves:
    return {
        f"{block.address}\n{path}": value
        for block in blocks
        for path, value in leaves(block.values)
    }


def _probes(value: Any, uri: str, name: str = "") -> Iterator[Probe]:
    """Every property, those that hold others before what they hold."""
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from _probes(each, uri, f"{name}[{number}]" if len(value) > 1 else name)
    elif isinstance(value, dict):
        for key, each in value.items():
            inner = f"{name}.{key}" if name else key
            line = value.lines.get(key) if isinstance(value, Located) else None
            if line:
                yield Probe(value, key, Place(line=line, argument=inner, uri=uri))
            yield from _probes(each, uri, inner)


def _located(block: Block, places: dict[str, Place]) -> Block:
    if isinstance(block.values, OpenArguments):
        return block
    values = _arguments(block.values, f"{block.address}\n", places)
    return msgspec.structs.replace(block, values=values)


def _arguments(values: dict[str, Any], prefix: str, places: dict[str, Place]) -> Arguments:
    own: dict[str, Place] = {}
    found: dict[str, Any] = {}
    for key, value in values.items():
        path = f"{prefix}{key}"
        found[key] = _inner(value, path, places)
        place = places.get(path) or _first(path, places)
        if place:
            own[key] = place
    head = min(own.values(), key=lambda place: place.line, default=None)
    return Arguments(found, own, head)


def _inner(value: Any, path: str, places: dict[str, Place]) -> Any:
    if type(value) in {dict, Located}:
        return _arguments(value, f"{path}/", places)
    if isinstance(value, list):
        return [_inner(each, f"{path}/{number}", places) for number, each in enumerate(value)]
    return value


def _first(path: str, places: dict[str, Place]) -> Place | None:
    """The first place of what stands below a path."""
    below = [place for each, place in places.items() if each.startswith(f"{path}/")]
    return min(below, key=lambda place: place.line, default=None)
