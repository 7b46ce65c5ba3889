"""A check as lint sees it: its metadata with the lines of it, its rules and what they read."""

from __future__ import annotations

import yaml
from msgspec import Struct

from scanner.checks import CheckMetadata
from scanner.lint.flow import Flow
from scanner.lint.problem import Problem
from scanner.lint.shapes import Shapes
from scanner.lint.syntax import Definition, Tree
from scanner.lint.values import Slip, Use
from scanner.policies import annotation

ENTRIES = ("deny", "applies")


class Read(Struct, frozen=True):
    """One definition of `deny` or `applies` and what it uses of the input."""

    entry: str
    definition: Definition
    uses: set[Use]


class Subject(Struct, frozen=True):
    """What the rules of lint judge. `bundled` tells our own checks from users'."""

    check: CheckMetadata
    tree: Tree
    bundled: bool
    lines: dict[str, int]
    shapes: Shapes
    reads: list[Read]
    slips: set[Slip]

    def at(self, key: str, rule: str, message: str) -> Problem:
        """A problem at a key of the metadata ("custom.facts[1]"), or at what stands above it."""
        while key not in self.lines:
            cut = max(key.rfind("."), key.rfind("["))
            key = key[: max(cut, 0)]
        return Problem(self.check.file, self.lines[key], rule, message)

    def on(self, line: int, rule: str, message: str) -> Problem:
        """A problem at a line of the check's file."""
        return Problem(self.check.file, line, rule, message)


def subject(check: CheckMetadata, trees: dict[str, Tree], *, bundled: bool) -> Subject:
    """Gather what is known of a check; `trees` are those of the bundle, by package."""
    tree = trees[check.package]
    flow = Flow(trees, tree)
    reads = [
        Read(entry, definition, flow.definition(definition))
        for entry in ENTRIES
        for definition in tree.rules.get(entry, [])
    ]
    return Subject(
        check=check,
        tree=tree,
        bundled=bundled,
        lines=_lines(check.file, tree.module.source),
        shapes=Shapes(check.targets),
        reads=reads,
        slips=flow.slips,
    )


def _lines(name: str, source: str) -> dict[str, int]:
    """The line of each key and list item of the metadata; "" is the line of the whole."""
    start, text = annotation(name, source)
    found = {"": start - 1}
    _visit(yaml.compose(text, Loader=yaml.SafeLoader), "", start, found)
    return found


def _visit(node: yaml.Node | None, path: str, start: int, found: dict[str, int]) -> None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            below = f"{path}.{key.value}" if path else key.value
            found[below] = start + key.start_mark.line
            _visit(value, below, start, found)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            found[f"{path}[{index}]"] = start + value.start_mark.line
            _visit(value, f"{path}[{index}]", start, found)
