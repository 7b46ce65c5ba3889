"""Queries of a syntax tree: what a statement binds, and what it requires to be there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scanner.lint.syntax import Node, canonical, dotted, only, steps


def variables(node: Any) -> list[str]:
    """The variables that a pattern binds."""
    if not isinstance(node, dict):
        return []
    kind, content = only(node)
    if kind == "Var":
        return [content["value"]] if content["value"] != "_" else []
    if kind in {"Array", "Object"}:
        return [name for part in expressions(content) for name in variables(part)]
    return []


def expressions(content: Any) -> Iterator[Node]:
    """The expressions directly within a node's content, keys of objects included."""
    for key, value in content.items():
        if key in {"items", "fields"}:
            for item in value:
                parts = item[1:] if isinstance(item, list) else [item]
                yield from (part for part in parts if isinstance(part, dict))
        elif key != "span" and isinstance(value, dict) and len(value) == 1:
            yield value


def is_reference(node: Any) -> bool:
    """Whether an expression is a variable, or a reference that begins with anything."""
    return steps(node) is not None


def is_assignment(node: Any) -> bool:
    """Whether an expression is `a := b` or `a = b`."""
    return only(node)[0] == "AssignExpr"


def is_empty(node: Any) -> bool:
    """Null, or an empty list or object: comparing with it looks at nothing below."""
    kind, content = only(node)
    return kind == "Null" or (kind in {"Array", "Object"} and not list(expressions(content)))


def required(statements: list[Node]) -> frozenset[str]:
    """The references without which a query gives nothing, whatever the engine."""
    found: set[str] = set()
    for statement in statements:
        kind, content = only(statement["literal"])
        if kind == "SomeIn":
            found |= _parts_of(content["collection"])
        elif kind == "Every":
            found |= _parts_of(content["domain"])
        elif kind == "Expr" and not (
            is_assignment(content["expr"]) and is_reference(only(content["expr"])[1]["rhs"])
        ):
            found |= _demanded(content["expr"])
    return frozenset(found)


def _demanded(node: Any) -> set[str]:
    """The references that an expression demands: not those within a comprehension."""
    kind, content = only(node)
    if kind in {"ArrayCompr", "SetCompr", "ObjectCompr"}:
        return set()
    if is_reference(node):
        return _parts_of(node)
    parts = content["params"] if kind == "Call" else list(expressions(content))
    if kind == "Call" and dotted(content["fcn"]) == "object.get":
        parts = parts[:1]
    return {name for part in parts for name in _demanded(part)}


def _parts_of(node: Any) -> set[str]:
    """A reference and every reference that it begins with: none is there without those."""
    found: set[str] = set()
    while isinstance(node, dict) and node.keys() & {"RefDot", "RefBrack"}:
        found.add(canonical(node))
        node = only(node)[1]["refr"]
    return (found | {canonical(node)} if is_reference(node) else found) - {""}
