"""Findings: the form of `deny` and `applies`, and what a finding says and points to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scanner.decide import ENVELOPE
from scanner.lint.problem import Problem
from scanner.lint.shapes import Path
from scanner.lint.subject import Subject
from scanner.lint.syntax import Definition, Node, Tree, dotted, string, variable
from scanner.policies import nodes, places

_VERB = re.compile(r"%[dsv]")


def problems(subject: Subject) -> Iterator[Problem]:
    """Problems of the entry points and of each finding."""
    deny = subject.tree.rules.get("deny", [])
    if not deny:
        message = "the check has no rule `deny`: it would find nothing, and pass."
        yield subject.at("", "deny-form", message)
    for found in deny:
        yield from _deny(subject, found)
    for found in subject.tree.rules.get("applies", []):
        if not _is_boolean(found):
            message = "`applies` is true or not: write `applies if {…}`."
            yield subject.on(found.line, "applies-form", message)


def at_path(found: Definition) -> Path | None:
    """The path that a finding points to, without positions in lists; None if it is not fixed."""
    at = _field(_head(found), "at")
    node = _resolved(at, found) if at else None
    text = string(node)
    if text is None and node and "Call" in node and dotted(node["Call"]["fcn"]) == "sprintf":
        text = string(node["Call"]["params"][0])
    if text is None:
        return None
    return tuple(step for step in text.split("/") if not (step.isdigit() or _VERB.fullmatch(step)))


def _deny(subject: Subject, found: Definition) -> Iterator[Problem]:
    head = _head(found)
    keys = _keys(head)
    if found.head != "Set" or keys is None or set(keys) != {"at", "args"}:
        message = '`deny` is a set of findings: deny contains {"at": …, "args": {…}} if {…}.'
        yield subject.on(found.line, "deny-form", message)
        return
    yield from _at(subject, found)
    args = _field(head, "args")
    given = _arguments(args, found, subject.tree) if args else None
    if given is None:
        message = "the arguments cannot be read: write them as an object, or as a helper's object."
        yield subject.on(found.line, "finding-args", message)
        return
    for name in sorted(places(subject.check.message) - given):
        message = f"the message has the place {{{name}}}, and the finding no argument of that name."
        yield subject.on(found.line, "message-place", message)


def _at(subject: Subject, found: Definition) -> Iterator[Problem]:
    path = at_path(found)
    if path is None:
        message = '`at` cannot be read: write it as a text or as sprintf("…/%d", […]).'
        yield subject.on(found.line, "finding-at", message)
        return
    is_there = subject.shapes.has(path) and bool(path)
    if not is_there and path[:1] not in {(name,) for name in ENVELOPE}:
        message = f"{'/'.join(path)} is a fact of none of the targets: the finding would not stand."
        yield subject.on(found.line, "finding-at", message)
        return
    listed = [tuple(fact.split(".")) for fact in subject.check.facts]
    if not any(path[: len(one)] == one or one[: len(path)] == path for one in listed):
        message = f"the finding points to {'/'.join(path)}, which `facts` does not list."
        yield subject.on(found.line, "finding-at", message)


def _is_boolean(found: Definition) -> bool:
    if found.head == "Default":
        return found.value is not None and "Bool" in found.value
    return found.head == "Compr" and (found.value is None or "Bool" in found.value)


def _head(found: Definition) -> Node | None:
    return _resolved(found.value, found) if found.value else None


def _resolved(node: Node, found: Definition) -> Node:
    """What a variable of the rule was assigned; any other expression as it is."""
    name = variable(node)
    if name:
        for part in nodes([body["query"] for body in found.bodies]):
            match part:
                case {"AssignExpr": {"lhs": left, "rhs": dict(right)}} if variable(left) == name:
                    return right
    return node


def _keys(node: Node | None) -> list[str] | None:
    """The keys of an object literal, None for anything else."""
    if not node or "Object" not in node:
        return None
    names = [string(key) for _, key, _ in node["Object"]["fields"]]
    return None if None in names else [name for name in names if name is not None]


def _field(node: Node | None, name: str) -> Node | None:
    if node and "Object" in node:
        for _, key, value in node["Object"]["fields"]:
            if string(key) == name:
                found: Node = value
                return found
    return None


def _arguments(node: Node, found: Definition, tree: Tree) -> set[str] | None:
    """The names of a finding's arguments; those that every definition of a helper gives."""
    node = _resolved(node, found)
    keys = _keys(node)
    if keys is not None:
        return set(keys)
    name = dotted(node["Call"]["fcn"]) if "Call" in node else variable(node)
    helpers = [_keys(_head(one)) for one in tree.rules.get(name, [])]
    if not helpers or None in helpers:
        return None
    return set.intersection(*(set(names or []) for names in helpers))
