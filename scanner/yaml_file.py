"""YAML that people write: read strictly, and every mistake named with its file and line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from collectors.document import UserError

T = TypeVar("T")


class YamlFile:
    """A file that was read: its plain data, and the line of any place in it."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self._node, self.data = _parse(path, text)

    def convert(self, kind: type[T]) -> T:
        """The data as a struct; an empty file is an empty mapping. Raises UserError with file and
        line for what the struct does not have."""
        try:
            return msgspec.convert({} if self.data is None else self.data, kind)
        except msgspec.ValidationError as error:
            raise UserError(f"{self.path}:{self._line(str(error))}: {error}.", _hint(error)) from (
                error
            )

    def line(self, place: str) -> int:
        """The line of a place, such as `$.systems[0].select`; of what holds it where it is not
        written."""
        return self._line(f"`{place}`")

    def has(self, place: str) -> bool:
        """Whether a place is written in the file."""
        node = self._node
        for step in _steps(place):
            node = _child(node, step) if node is not None else None
        return node is not None

    def refusal(self, place: str, message: str, hint: str = "") -> UserError:
        """The error that says what is wrong at a place."""
        return UserError(f"{self.path}:{self.line(place)}: {message}", hint)

    def _line(self, error: str) -> int:
        """The line that a msgspec error's path (`$.waivers[0].expires`) points to, or that of the
        field which it does not know."""
        node = self._node
        place = re.search(r"`?(\$[^`]*)`?$", error)
        steps = _steps(place.group(1)) if place else []
        unknown = re.search("unknown field `(.+?)`", error)
        if unknown:
            steps.append(unknown.group(1))
        for step in steps:
            found = _child(node, step)
            if found is None:
                break
            node = found
        return node.start_mark.line + 1 if node else 1


def read_yaml(path: Path, what: str, hint: str) -> YamlFile:
    """Read a file that people write. Raises UserError, which calls it "The `what` PATH"."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise UserError(f"The {what} {path} cannot be read: {error.strerror}.", hint) from error
    except UnicodeDecodeError as error:
        raise UserError(f"The {what} {path} cannot be read: {error}.", hint) from error
    return YamlFile(path, text)


class _Loader(yaml.SafeLoader):
    """YAML without its own dates: what is no date is refused below, with its line."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own declaration
        first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _parse(path: Path, text: str) -> tuple[yaml.Node | None, object]:
    """The tree, for lines, and the plain data. Raises UserError for what is not YAML."""
    try:
        loader = _Loader(text)
    except yaml.YAMLError as error:
        raise UserError(f"{path}:1: not valid YAML: {str(error).splitlines()[0]}.") from error
    try:
        node = loader.get_single_node()
        if node is None:
            return None, None
        _refuse_doubles(path, node, set())
        return node, loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UserError(f"{path}:{line}: not valid YAML: {error.problem}.") from error
    except (
        yaml.YAMLError,
        ValueError,
        RecursionError,
        KeyError,
        TypeError,
        AttributeError,
    ) as error:
        # PyYAML stumbles in many ways over tags and values that nobody needs here.
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise UserError(f"{path}:{loader.line + 1}: not valid YAML: {reason}.") from error


def _refuse_doubles(path: Path, node: yaml.Node, seen: set[int]) -> None:
    """YAML would take the last of two equal keys and forget the first, with all that it holds; and
    a character that is not seen would make a name another than it looks."""
    if isinstance(node, yaml.ScalarNode) and not node.value.isprintable():
        hidden = next(c for c in node.value if not c.isprintable())
        if hidden not in "\n\t":
            line = node.start_mark.line + 1
            raise UserError(f"{path}:{line}: a text has a character that is not seen: {hidden!a}.")
    if id(node) in seen or not isinstance(node, yaml.CollectionNode):
        return
    seen.add(id(node))
    keys: set[str] = set()
    for child in node.value:
        key, value = child if isinstance(node, yaml.MappingNode) else (None, child)
        if isinstance(key, yaml.ScalarNode):
            if key.value in keys:
                line = key.start_mark.line + 1
                raise UserError(f"{path}:{line}: {key.value!r} is already given above.")
            keys.add(key.value)
        _refuse_doubles(path, value, seen)


def _hint(error: msgspec.ValidationError) -> str:
    return "Write a date like 2027-01-31." if "date" in str(error) else ""


def _steps(place: str) -> list[str]:
    """`$.systems[0].name` as its steps: systems, [0, name."""
    return [step.rstrip("]") for step in place[1:].replace("[", ".[").split(".") if step]


def _child(node: yaml.Node | None, step: str) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and step.startswith("[") and step[1:].isdigit():
        return node.value[int(step[1:])] if int(step[1:]) < len(node.value) else None
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value if isinstance(value, yaml.Node) else None
    return None
