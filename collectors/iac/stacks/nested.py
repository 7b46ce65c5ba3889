"""Which template a nested stack has: a file beside the caller, or one written into it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import Struct

from collectors.iac import located
from collectors.iac.loaded import uri_of
from collectors.iac.located import Located, NotATemplateError
from collectors.iac.stacks.files import is_template
from collectors.iac.stacks.functions import Dialect, Stack, evaluate

_DEEPEST = 8


class Nested(Struct, frozen=True):
    """The template of a nested stack, and the file that it stands in."""

    path: Path
    data: dict[str, Any]


def template_of(
    dialect: Dialect,
    stack: Stack,
    properties: Any,
    *,
    caller: Path,
    root: Path,
    callers: tuple[Path, ...],
) -> Nested | str:
    """The template of a nested stack with these properties as they are written, or why it is not
    read. `callers` are the files in which it is nested, of which `caller` is the last."""
    written = properties if isinstance(properties, dict) else {}
    body = written.get(dialect.body) if dialect.body else None
    url = dialect.body if body is not None else evaluate(stack, written.get("TemplateURL"))
    if not isinstance(url, str) or "://" in url:
        return "its template is not a local file"
    if len(callers) > _DEEPEST:
        return f"{url} is nested too deep"
    if body is not None:
        return _inline(dialect, body, caller, _line(written, dialect.body))
    return _beside(dialect, url, caller, root, callers)


def _inline(dialect: Dialect, body: Any, caller: Path, line: int) -> Nested | str:
    """A template that is written into the other one. Its functions are its own: none is evaluated
    by the caller (ROS resource type reference, ALIYUN::ROS::Stack)."""
    try:
        data = _at_line(located.parse(body), line) if isinstance(body, str) else body
    except NotATemplateError as error:
        return f"{dialect.body}: {error.reason}"
    if not is_template(dialect, data):
        return f"{dialect.body} is no template"
    return Nested(caller, data)


def _beside(
    dialect: Dialect, url: str, caller: Path, root: Path, callers: tuple[Path, ...]
) -> Nested | str:
    file = caller.parent / url
    if not file.resolve().is_relative_to(root):
        return f"{url} lies outside {uri_of(root)}"
    try:
        data = located.parse(located.read(file))
    except NotATemplateError as error:
        return f"{url}: {error.reason}"
    if file.resolve() in callers:
        return f"{url} nests itself"
    return Nested(file, data) if is_template(dialect, data) else f"{url} is no template"


def _at_line(value: Any, line: int) -> Any:
    """A value in which everything stands in one line: a text within a template has no others."""
    if isinstance(value, Located):
        found = Located(line, line)
        for name, each in value.items():
            found[name], found.lines[name] = _at_line(each, line), line
        return found
    return [_at_line(each, line) for each in value] if isinstance(value, list) else value


def _line(written: dict[str, Any], name: str) -> int:
    return written.lines.get(name, 1) if isinstance(written, Located) else 1
