"""YAML and JSON templates as plain values that know their lines.

Mappings are `Located` dicts. The short tags of CloudFormation and ROS (`!Ref`, `!GetAtt`, …) become
the long form of the same function.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

MOST_BYTES = 8 * 1024 * 1024
"""Larger files are no templates: CloudFormation takes 1 MB, ROS 512 kB, ARM 4 MB."""
MOST_VALUES = 1_000_000
"""More values than that come of aliases that multiply, or of a file that is no template."""
DEEPEST = 100

_BARE = {"Ref", "Condition"}
_DOTTED = "GetAtt"


class NotATemplateError(Exception):
    """A file that cannot be read as YAML or JSON: the line (1-based, 0 for none) and the reason."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


class Located(dict[str, Any]):
    """A mapping with the line of each key, and its own first and last line."""

    def __init__(self, start_line: int, end_line: int) -> None:
        super().__init__()
        self.start_line = start_line
        self.end_line = end_line
        self.lines: dict[str, int] = {}

    def like(self, values: dict[str, Any]) -> Located:
        """Other values for keys of this mapping, which stand where they stand here."""
        found = Located(self.start_line, self.end_line)
        found.update(values)
        found.lines = self.lines
        return found


def read(path: Path) -> str:
    """The text of a template. Raises NotATemplateError for one that is too large or no text."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise NotATemplateError(0, f"it is larger than {MOST_BYTES // 1024 // 1024} MB")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotATemplateError(0, "it is not text in UTF-8") from error
    except OSError as error:
        raise NotATemplateError(0, error.strerror or str(error)) from error


def parse(text: str) -> Any:
    """The only document of a YAML or JSON text. Raises NotATemplateError with the line."""
    if text.lstrip()[:1] in {"{", "["}:
        # JSON allows tabs between its signs, YAML does not; inside texts JSON has none.
        text = text.replace("\t", " ")
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = error.problem or error.context or "not valid YAML"
        if error.context and reason.startswith("but "):
            # The other half of the sentence.
            reason = f"{error.context}, {reason}"
        raise NotATemplateError(mark.line + 1 if mark else 0, reason) from error
    except (yaml.YAMLError, RecursionError) as error:
        reason = "it is nested too deep" if isinstance(error, RecursionError) else str(error)
        raise NotATemplateError(0, reason) from error
    return _Reader().value(node, 0) if node else None


class _Reader:
    """Makes values of nodes, and counts them: aliases are copied."""

    def __init__(self) -> None:
        self._made = 0
        self._scalars = yaml.constructor.SafeConstructor()

    def value(self, node: Any, depth: int) -> Any:
        self._made += 1
        line = node.start_mark.line + 1
        if depth > DEEPEST:
            raise NotATemplateError(line, f"it is nested deeper than {DEEPEST} levels")
        if self._made > MOST_VALUES:
            raise NotATemplateError(line, f"it holds more than {MOST_VALUES:,} values")
        if isinstance(node, yaml.MappingNode):
            plain: Any = self._mapping(node, depth)
        elif isinstance(node, yaml.SequenceNode):
            plain = [self.value(each, depth + 1) for each in node.value]
        else:
            plain = self._scalar(node)
        return _function(node, plain)

    def _mapping(self, node: Any, depth: int) -> Located:
        found = Located(node.start_mark.line + 1, _last_line(node))
        for key, value in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                merged = self.value(value, depth + 1)
                for each in merged if isinstance(merged, list) else [merged]:
                    if isinstance(each, Located):
                        for name in each.keys() - found.keys():
                            found[name], found.lines[name] = each[name], each.lines[name]
                continue
            name = str(key.value)
            found[name] = self.value(value, depth + 1)
            found.lines[name] = key.start_mark.line + 1
        return found

    def _scalar(self, node: Any) -> Any:
        if node.tag.startswith("!"):
            return node.value
        # A date stays text: policies have "2012-10-17" as their version.
        if node.tag == "tag:yaml.org,2002:timestamp":
            return node.value
        try:
            return self._scalars.construct_object(node)
        except (yaml.YAMLError, ValueError):
            return node.value


def _last_line(node: Any) -> int:
    """The line of the last sign of a node; PyYAML tells the place of what follows a block."""
    first, end = int(node.start_mark.line) + 1, node.end_mark
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return max(first, int(end.line) + (1 if end.column else 0))
    last = node.value[-1]
    return max(first, _last_line(last[1] if isinstance(node, yaml.MappingNode) else last))


def _function(node: Any, plain: Any) -> Any:
    tag = str(node.tag)
    if not tag.startswith("!") or tag == "!":
        return plain
    name = tag[1:]
    found = Located(node.start_mark.line + 1, node.end_mark.line + 1)
    if name == _DOTTED and isinstance(plain, str):
        plain = plain.split(".", maxsplit=1)
    key = name if name in _BARE else f"Fn::{name}"
    found[key] = plain
    found.lines[key] = node.start_mark.line + 1
    return found
