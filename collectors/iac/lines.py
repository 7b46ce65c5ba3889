"""The lines behind the facts of a document: for each fact the argument that decides it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from collectors.document import Document, Facts, Place, Unknown
from collectors.iac.arguments import Arguments, Reads, watched, within
from collectors.iac.blocks import Block, Project
from collectors.iac.loaded import SHAPES
from collectors.iac.mappers import HALF_LINKS, load_mappings
from collectors.iac.origins import (
    Again,
    Leaves,
    NotKnown,
    Probe,
    asked,
    decided,
    gathered,
    is_below,
    is_probe,
    leaves,
)

MOST_PROBES = 200
"""So many arguments of one document are asked about; those of the resource itself come first."""
_NAMING = frozenset({"name", "bucket", "identifier", "tags", "tags_all"})
"""Arguments that decide nothing but how a resource is called."""
_KINDS = frozenset({"engine", "engineversion", "engine_version", "type", "kind"})
"""Arguments that say of what kind a resource is, and so which other arguments decide a fact."""


def with_lines(
    make: Callable[[], Iterable[Document]],
    own: Iterable[Block],
    project: Project,
    facts: type[Facts],
) -> list[Document]:
    """The documents that `make` gives, which tell of their facts where the arguments stand that
    decide them: arguments of the resources in `own`, and of those that `make` takes and that have
    no document of other facts.

    Raises what `make` raises.
    """
    with watched() as reads, project.trial(keep=True) as taken:
        documents = list(make())
    if not documents:
        return []
    own = list(own)
    others = (project.at(address) for address in sorted(taken))
    mapping = load_mappings().get(own[0].type)
    owners = mapping.owners if mapping else ()
    blocks = [*own, *(each for each in others if _is_part(each, facts, owners))]
    probes = list(_probes(reads, blocks, own))[:MOST_PROBES]

    def again() -> Leaves | None:
        try:
            with project.trial(keep=False):
                return _leaves(make())
        except SHAPES:
            return None

    found = _leaves(documents)
    known = {path: value for path, value in found.items() if not isinstance(value, Unknown)}
    places = decided(known, probes, again) if probes else {}
    places = _without_kinds(places, own[0], again)
    return [_told(document, places, known, own[0]) for document in documents]


def _without_kinds(places: dict[str, Place], own: Block, again: Again) -> dict[str, Place]:
    """Without those facts of which the kind of a resource only says that another argument decides
    them, which is not written."""
    by_kind = {
        path
        for path, place in places.items()
        if place.argument.rpartition(".")[2].lower() in _KINDS
    }
    if not by_kind or not isinstance(own.values, Arguments):
        return places
    changed = asked(Probe(own.values, None, Place(line=1, argument="")), again) or {}
    hit = {path for path, value in changed.items() if is_probe(value)}
    missing = {path for path in by_kind if is_below(path, hit)}
    return {path: place for path, place in places.items() if path not in missing}


def _is_part(block: Block, facts: type[Facts], owners: tuple[str, ...]) -> bool:
    mapping = load_mappings().get(block.type)
    return mapping is None or mapping.facts is facts or block.type in {*owners, *HALF_LINKS}


def _probes(reads: Reads, blocks: list[Block], own: list[Block]) -> Iterator[Probe]:
    """What was read of these resources; and of nested blocks, and of resources that are a part of
    one of `own` by their type, what is not written in them."""
    tops = {id(block.values): block for block in blocks}
    containers = {id(each): each for block in blocks for each in within(block.values)}
    for (identity, key), container in reads.items():
        place = container.places.get(key) if identity in containers else None
        if place and not (key in _NAMING and identity in tops):
            yield Probe(container, key, place)
    types = tuple(each.type for each in own)
    asked = {identity for identity, _ in reads}
    for identity, container in containers.items():
        top = tops.get(identity)
        is_part = top is None or (top not in own and top.type.startswith(types))
        if container.head and identity in asked and is_part:
            yield Probe(container, None, container.head)


def _leaves(documents: Iterable[Document]) -> Leaves:
    """What documents hold, by their ids and the paths of facts."""
    found: Leaves = {}
    for document in documents:
        parts: Leaves = dict(leaves(document.facts))
        parts.update({path: NotKnown(reason) for path, reason in document.unknown.items()})
        found.update({f"{document.id}\n{path}": value for path, value in parts.items()})
    return found


def _told(document: Document, places: dict[str, Place], known: Leaves, own: Block) -> Document:
    source, prefix = document.source, f"{document.id}\n"
    if source is None:
        return document
    found = {
        path.removeprefix(prefix): place
        for path, place in places.items()
        if path.startswith(prefix)
    }
    paths = [path.removeprefix(prefix) for path in known if path.startswith(prefix)]
    lines = {
        path: msgspec.structs.replace(place, uri="") if place.uri == source.uri else place
        for path, place in (_envelope(own) | gathered(found, paths)).items()
    }
    return msgspec.structs.replace(document, source=msgspec.structs.replace(source, lines=lines))


def _envelope(block: Block) -> dict[str, Place]:
    """Where a resource's tags and region are written."""
    found: dict[str, Place] = {}
    for values in (block.provider_values, block.values):
        if isinstance(values, Arguments):
            named = {"region": values.places.get("region") or values.places.get("location")}
            named["tags"] = values.places.get("tags")
            found |= {path: place for path, place in named.items() if place}
    return found
