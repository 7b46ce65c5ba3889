"""Which argument decides which part of a result, found by asking: each argument is taken for
unknown, one after the other, and what then becomes unknown depends on it.

So neither mappers nor translations need to say where their facts come from, and what is told is
what they do. What an argument decides that is not written cannot be found this way.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec import Struct

from collectors.document import Place, Unknown
from collectors.iac.arguments import Arguments

PROBE = "\0probe"
"""The reason of what is taken for unknown."""


class NotKnown(Unknown, frozen=True):
    """What is not known while an argument is asked about; no document ever holds it."""


Leaves = dict[str, Any]
"""What a result holds, by paths such as "rules/0/sources/0"; a part that is not known is an
`Unknown`."""


class _Origin(Struct, order=True):
    """How well an argument explains a part: `absent` where it is none that is written, `indirect`
    where the part changed and did not become unknown itself, then how many parts it changes; of
    equal ones the later read counts."""

    absent: bool
    indirect: bool
    changes: int
    earlier: int
    place: Place


class Probe(Struct, frozen=True):
    """An argument that is asked about; without a `key` all that are not written, which explain
    only what no written one does."""

    container: dict[str, Any]
    key: str | None
    place: Place


Again = Callable[[], Leaves | None]
"""Makes a result anew; None where it cannot be made so."""


def decided(result: Leaves, probes: Iterable[Probe], again: Again) -> dict[str, Place]:
    """For each part of a result the argument that decides it, where one does."""
    best: dict[str, _Origin] = {}
    sizes = _sizes(result)
    for number, probe in enumerate(probes):
        changed = asked(probe, again)
        if changed is None:
            continue
        different = [path for path, value in result.items() if _differs(changed, path, value)]
        hit = {path for path, value in changed.items() if is_probe(value)}
        moved = _moved(hit, sizes, _sizes(changed))
        for path in different:
            indirect = not is_below(path, hit)
            element = _element(path)
            if element and element[0] in moved:
                if element[1] not in moved[element[0]]:
                    continue
            elif indirect and (probe.key is None or element):
                continue
            origin = _Origin(probe.key is None, indirect, len(different), -number, probe.place)
            if path not in best or origin < best[path]:
                best[path] = origin
    return {path: origin.place for path, origin in best.items()}


# Asked of each part for each argument.
@functools.lru_cache(maxsize=4096)
def _element(path: str) -> tuple[str, int] | None:
    """The outermost list that a part is in, and its place there."""
    head, _, names = path.rpartition("\n")
    steps = names.split("/")
    for number, step in enumerate(steps):
        if step.isdigit():
            return f"{head}\n{'/'.join(steps[:number])}", int(step)
    return None


def _sizes(result: Leaves) -> dict[str, int]:
    """The number of elements of each list."""
    found: dict[str, int] = {}
    for path in result:
        element = _element(path)
        if element:
            found[element[0]] = max(found.get(element[0], 0), element[1] + 1)
    return found


def _moved(hit: set[str], before: dict[str, int], after: dict[str, int]) -> dict[str, range]:
    """The lists that became longer or shorter, where everything behind has moved: and which of
    their elements became one that is not known."""
    firsts: dict[str, int] = {}
    for path in hit:
        element = _element(path)
        if element:
            firsts[element[0]] = min(firsts.get(element[0], element[1]), element[1])
    found: dict[str, range] = {}
    for path, size in before.items():
        fewer = size - after.get(path, 0)
        if fewer and not is_below(path, hit):
            first = firsts.get(path, size)
            found[path] = range(first, first + max(fewer, 0) + 1)
    return found


def asked(probe: Probe, again: Again) -> Leaves | None:
    """The result as it is with what is asked about unknown."""
    container, key = probe.container, probe.key
    if key is None:
        assert isinstance(container, Arguments)
        container.lacking = NotKnown(PROBE)
        try:
            return again()
        finally:
            container.lacking = None
    value = dict.__getitem__(container, key)
    dict.__setitem__(container, key, NotKnown(PROBE))
    try:
        return again()
    finally:
        dict.__setitem__(container, key, value)


def is_probe(value: Any) -> bool:
    """Whether a part is unknown because of what is asked about."""
    return isinstance(value, Unknown) and PROBE in value.reason


_MISSING = object()


def _differs(changed: Leaves, path: str, value: Any) -> bool:
    other = changed.get(path, _MISSING)
    return other is _MISSING or type(other) is not type(value) or bool(other != value)


def is_below(path: str, hit: set[str]) -> bool:
    """Whether a path or something above it is among those that became unknown."""
    if path in hit:
        return True
    while "/" in path:
        path = path.rpartition("/")[0]
        if path in hit:
            return True
    return False


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The parts of a value that hold no others, by their paths."""
    if isinstance(value, dict) and value:
        for key, each in dict.items(value):
            yield from leaves(each, f"{path}/{key}" if path else str(key))
    elif isinstance(value, list) and value:
        for index, each in enumerate(value):
            yield from leaves(each, f"{path}/{index}")
    else:
        yield path, value


def gathered(places: dict[str, Place], paths: Iterable[str]) -> dict[str, Place]:
    """Places for whole parts, too: of "rules/0" the place of most that it holds, the first of
    equals. Where all below a path have one place, that path alone is told. `paths` are all."""
    tree: dict[str, list[str]] = {}
    for path in paths:
        parent = path
        while "/" in parent:
            parent = parent.rpartition("/")[0]
            tree.setdefault(parent, []).append(path)
    found = dict(places)
    whole: set[str] = set()
    for parent in sorted(tree, key=lambda each: each.count("/")):
        own = [places[path] for path in tree[parent] if path in places]
        if not own:
            continue
        found[parent] = max(own, key=lambda place: (own.count(place), -own.index(place)))
        if len(own) == len(tree[parent]) and own.count(own[0]) == len(own):
            whole.add(parent)
    return {path: place for path, place in found.items() if not _is_below_one(path, whole)}


def _is_below_one(path: str, whole: set[str]) -> bool:
    return "/" in path and is_below(path.rpartition("/")[0], whole)
