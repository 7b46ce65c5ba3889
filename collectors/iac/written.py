"""Where the arguments of a Terraform resource stand, by its source."""

from __future__ import annotations

import json
from typing import Any

from collectors.document import Place
from collectors.iac.arguments import Arguments
from collectors.iac.hcl import Body


def placed(
    values: dict[str, Any], body: Body, uri: str, argument: str = "", *, ordered: bool = True
) -> Arguments:
    """Evaluated arguments with the place of each in the source `body` of the file `uri`.

    `argument` is the name of the block that they stand in. Nested blocks are told apart by their
    order, in a plan (`ordered` false), which sorts them, by what is written in them; where a
    dynamic block makes some of several, no line within them is known.
    """
    places: dict[str, Place] = {}
    found: dict[str, Any] = {}
    prefix = f"{argument}." if argument else ""
    for name, value in values.items():
        found[name] = value
        expression = body.attributes.get(name)
        if expression:
            places[name] = Place(line=expression.line, argument=prefix + name, uri=uri)
            continue
        blocks = value if isinstance(value, list) else [value]
        if not all(isinstance(each, dict) for each in blocks):
            continue
        inner = _bodies(body, name, blocks, ordered=ordered)
        if not any(inner):
            continue
        first = min(each.line for each in inner if each)
        places[name] = Place(line=first, argument=prefix + name, uri=uri)
        numbers = {id(each): number for number, (_, each) in enumerate(_static(body, name))}
        found[name] = [
            placed(
                each,
                own,
                uri,
                prefix + _numbered(name, numbers.get(id(own), number), len(blocks)),
                ordered=ordered,
            )
            if own
            else each
            for number, (each, own) in enumerate(zip(blocks, inner, strict=True))
        ]
    return Arguments(found, places, Place(line=body.line, argument=argument, uri=uri))


def _static(body: Body, name: str) -> list[tuple[str, Body]]:
    return [(kind, inner) for kind, inner in body.blocks if kind == name]


def _bodies(
    body: Body, name: str, blocks: list[dict[str, Any]], *, ordered: bool
) -> list[Body | None]:
    """The source of each of the nested blocks of a name; None where it is not clear."""
    static = [inner for _, inner in _static(body, name)]
    made = [dynamic.content for dynamic in body.dynamics if dynamic.label == name]
    nothing: list[Body | None] = [None] * len(blocks)
    if made:
        return [made[0]] * len(blocks) if len(made) == 1 and not static else nothing
    if len(static) != len(blocks):
        return nothing
    if ordered or len(static) == 1:
        return [*static]
    fitting = [[inner for inner in static if _fits(each, inner)] for each in blocks]
    return [each[0] if len(each) == 1 else None for each in fitting]


def _fits(values: dict[str, Any], body: Body) -> bool:
    """Whether a block may be what is written here, by the arguments that are plain values."""
    for name, expression in body.attributes.items():
        try:
            written = json.loads(expression.text)
        except ValueError:
            continue
        if _plain(written) != _plain(values.get(name)):
            return False
    return True


def _plain(value: Any) -> str:
    """A value as a text: 22 and "22" are the same to Terraform, and sets have no order."""
    if isinstance(value, list):
        return ",".join(sorted(map(_plain, value)))
    return str(value)


def _numbered(name: str, number: int, of: int) -> str:
    return f"{name}[{number}]" if of > 1 else name
