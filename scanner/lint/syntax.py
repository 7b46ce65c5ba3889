"""Reading regorus' syntax trees: modules, rules by name, references, source positions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from scanner.policies import Module, nodes

Node = dict[str, Any]


class Definition(Struct, frozen=True):
    """One definition of a rule: `head` is its kind in the tree (Set, Compr, Func), or Default."""

    head: str
    line: int
    refr: Node
    parameters: list[Node]
    value: Node | None
    bodies: list[Node]


class Tree(Struct, frozen=True):
    """A module with its rules by name, and its imports: alias to dotted package."""

    module: Module
    rules: dict[str, list[Definition]]
    imports: dict[str, str]
    ast: Node

    def text(self, span: Node) -> str:
        """The source that a span covers; spans count bytes."""
        return self.module.source.encode()[span["start"] : span["end"]].decode()


def tree(module: Module, ast: Node) -> Tree:
    """A module's tree, with its rules and imports looked up."""
    rules: dict[str, list[Definition]] = {}
    for rule in ast["rules"]:
        definition = _definition(rule)
        rules.setdefault(root(definition.refr), []).append(definition)
    found = Tree(module=module, rules=rules, imports={}, ast=ast)
    for item in ast["imports"]:
        path = dotted(item["refr"])
        alias = found.text(item["as"]) if item.get("as") else path.rsplit(".", 1)[-1]
        found.imports[alias] = path
    return found


def _definition(rule: Node) -> Definition:
    if "Default" in rule:
        default = rule["Default"]
        return Definition("Default", line(default), default["refr"], [], default["value"], [])
    spec = rule["Spec"]
    ((kind, head),) = spec["head"].items()
    value = head["key"] if kind == "Set" else (head["assign"] or {}).get("value")
    bodies = spec["bodies"]
    return Definition(kind, line(head), head["refr"], head.get("args", []), value, bodies)


def only(node: Any) -> tuple[str, Node]:
    """The kind of an expression or literal and its content: the tree writes {"Kind": {…}}."""
    ((kind, content),) = node.items()
    return kind, content


def line(content: Node) -> int:
    """The 1-based line of a node's content."""
    found: int = content["span"]["line"]
    return found


def first_line(node: Any) -> int:
    """The 1-based line of an expression."""
    return line(only(node)[1])


def variable(node: Any) -> str:
    """The name of a variable, "" for anything else."""
    return node["Var"]["value"] if isinstance(node, dict) and "Var" in node else ""


def string(node: Any) -> str | None:
    """The text of a string literal, None for anything else."""
    match node:
        case {"String": {"value": str(text)}} | {"RawString": {"value": str(text)}}:
            return text
        case _:
            return None


def steps(node: Any) -> tuple[Any, list[Any]] | None:
    """A reference as its root and its steps (a text for `.name` and `["name"]`, else the index's
    node); None for what is no reference."""
    match node:
        case {"RefDot": {"refr": inner, "field": [_, str(field)]}}:
            step: Any = field
        case {"RefBrack": {"refr": inner, "index": index}}:
            text = string(index)
            step = index if text is None else text
        case {"Var": _}:
            return node, []
        case _:
            return None
    below = steps(inner)
    return (below[0], [*below[1], step]) if below else (inner, [step])


def root(node: Any) -> str:
    """The variable that a reference begins with, "" where it begins with something else."""
    found = steps(node)
    return variable(found[0]) if found else ""


def dotted(node: Any) -> str:
    """A reference as it is written, `["name"]` as `.name`; "" where a step is not fixed."""
    found = steps(node)
    if found is None or not variable(found[0]):
        return ""
    names = [variable(found[0]), *found[1]]
    return ".".join(names) if all(isinstance(name, str) for name in names) else ""


def canonical(node: Any) -> str:
    """A text that two references share when they name the same value in one query; "" for a
    reference with a `_`, of which each is another."""
    found = steps(node)
    if found is None or not variable(found[0]):
        return ""
    parts = [variable(found[0])]
    for step in found[1]:
        if isinstance(step, str):
            parts.append(f".{step}")
            continue
        kind, content = only(step)
        inner = canonical(step) if kind in {"Var", "RefDot", "RefBrack"} else content.get("value")
        if inner in {"", "_", None}:
            return ""
        parts.append(f"[{inner}]")
    return "".join(parts)


def references(node: Any) -> Iterator[Node]:
    """The longest references of an expression, outer ones first; not the names of functions."""
    if isinstance(node, list):
        for item in node:
            yield from references(item)
    elif isinstance(node, dict):
        if "Call" in node:
            yield from references(node["Call"]["params"])
            return
        found = steps(node) if node.keys() & {"RefDot", "RefBrack", "Var"} else None
        if found is not None:
            yield node
            yield from references([step for step in found[1] if not isinstance(step, str)])
            return
        for key, value in node.items():
            if key not in {"span", "field"}:
                yield from references(value)


def calls(node: Any) -> Iterator[tuple[str, Node]]:
    """Every call below a node: the function as it is written, and the call."""
    for found in nodes(node):
        if "Call" in found:
            yield dotted(found["Call"]["fcn"]), found["Call"]
