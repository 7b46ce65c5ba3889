"""Where the arguments of a Terraform resource stand, by its source."""

from __future__ import annotations

from typing import Any

from collectors.document import Place
from collectors.iac.arguments import Arguments
from collectors.iac.hcl import Body


def placed(values: dict[str, Any], body: Body, uri: str, argument: str = "") -> Arguments:
    """Evaluated arguments with the place of each in the source `body` of the file `uri`.

    `argument` is the name of the block that they stand in. Nested blocks are told apart by their
    order; where a dynamic block makes some of several, no line within them is known.
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
        inner = _bodies(body, name, len(blocks))
        if inner and all(isinstance(each, dict) for each in blocks):
            places[name] = Place(line=inner[0].line, argument=prefix + name, uri=uri)
            found[name] = [
                placed(each, own, uri, prefix + _numbered(name, number, len(blocks)))
                for number, (each, own) in enumerate(zip(blocks, inner, strict=True))
            ]
    return Arguments(found, places, Place(line=body.line, argument=argument, uri=uri))


def _bodies(body: Body, name: str, number: int) -> list[Body]:
    """The source of each of so many nested blocks; empty where it is not clear."""
    static = [inner for kind, inner in body.blocks if kind == name]
    made = [dynamic.content for dynamic in body.dynamics if dynamic.label == name]
    if not made:
        return static if len(static) == number else []
    return made * number if len(made) == 1 and not static else []


def _numbered(name: str, number: int, of: int) -> str:
    return f"{name}[{number}]" if of > 1 else name
