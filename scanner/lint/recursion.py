"""Recursion: OPA refuses a rule that depends on itself; the embedded engine would not end."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.lint.problem import Problem
from scanner.lint.syntax import Definition, Tree, dotted, variable
from scanner.policies import nodes

_Rule = tuple[str, str]
"""A rule by its package and name."""


def problems(trees: dict[str, Tree]) -> Iterator[Problem]:
    """A problem for each rule that depends on itself; `trees` are the bundle's, by package."""
    uses = {
        (package, name): set(_uses(tree, definitions, trees))
        for package, tree in trees.items()
        for name, definitions in tree.rules.items()
    }
    for (package, name), first in uses.items():
        seen: set[_Rule] = set()
        ahead = list(first)
        while ahead:
            rule = ahead.pop()
            if rule not in seen:
                seen.add(rule)
                ahead += uses.get(rule, ())
        if (package, name) in seen:
            tree = trees[package]
            line = tree.rules[name][0].line
            message = f"{name} depends on itself: OPA refuses that."
            yield Problem(tree.module.name, line, "recursion", message)


def _uses(tree: Tree, definitions: list[Definition], trees: dict[str, Tree]) -> Iterator[_Rule]:
    for definition in definitions:
        for node in nodes([definition.parameters, definition.value, definition.bodies]):
            name = variable(node)
            if name in tree.rules:
                yield tree.module.package, name
            path = dotted(node) if "RefDot" in node or "RefBrack" in node else ""
            head, _, rest = path.partition(".")
            full = f"{tree.imports[head]}.{rest}" if head in tree.imports else path
            package, _, rule = full.removeprefix("data.").rpartition(".")
            if full.startswith("data.") and package in trees:
                yield package, rule
