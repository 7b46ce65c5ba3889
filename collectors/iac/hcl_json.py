"""Terraform's JSON syntax (*.tf.json) as what collectors.iac.hcl reads of HCL: blocks whose
arguments are expressions with references. Source: Terraform language, "JSON Configuration Syntax".

What stands in a block is an argument here, also where the provider has nested blocks: the parser
gives both alike, as lists and objects.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from collectors.iac.hcl import Body, Declaration, Dynamic, Expression, Names, expression_of
from collectors.iac.located import Located, NotATemplateError, parse

_LABELS = {"resource": 2, "data": 2, "ephemeral": 2, "module": 1, "provider": 1, "variable": 1,
           "output": 1, "check": 1}  # fmt: skip
_COMMENT = "//"
_BLOCKS = {"required_providers", "backend", "cloud"}
"""Blocks of `terraform` that are read by their names."""
_WORDS = {"provider", "depends_on", "ignore_changes", "replace_triggered_by"}
"""Arguments whose texts are references and no texts."""


# Who calls whom is asked before a project is loaded, and several projects share modules: of the
# same files.
@functools.lru_cache(maxsize=1024)
def declared(file: Path, text: bytes) -> tuple[Declaration, ...]:
    """The blocks of a file; none where it cannot be read, which `check` says."""
    return tuple(_declared(file, text))


def check(text: bytes) -> None:
    """Raise NotATemplateError for a text that cannot be read, though the parser may read it: what
    it declares would be gone unseen."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        raise NotATemplateError(error.lineno, error.msg) from error
    except (UnicodeDecodeError, RecursionError):
        # What comes next says it.
        pass
    _parsed(text)


def _parsed(text: bytes) -> Any:
    try:
        return parse(text.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise NotATemplateError(0, "it is not text in UTF-8") from error


def _declared(file: Path, text: bytes) -> Iterator[Declaration]:
    try:
        root = _parsed(text)
    except NotATemplateError:
        return
    if not isinstance(root, Located):
        return
    for kind, value in root.items():
        for labels, line, body in _labelled(value, _LABELS.get(kind, 0), root.lines[kind]):
            yield Declaration(
                kind=kind,
                labels=labels,
                file=file,
                start_line=line,
                end_line=body.end_line,
                body=_body(body, kind),
            )


def _labelled(
    value: Any, depth: int, line: int, labels: Names = ()
) -> Iterator[tuple[Names, int, Located]]:
    """The blocks below as many labels as their kind has, and the line where the parser says that
    each begins. Lists stand for several at any depth; those of one list begin with it, at the line
    of its key."""
    if isinstance(value, list):
        for each in value:
            if depth == 0 and isinstance(each, Located):
                yield labels, line, each
            else:
                yield from _labelled(each, depth, line, labels)
    elif isinstance(value, Located):
        if depth == 0:
            yield labels, value.start_line, value
            return
        for name, inner in value.items():
            if name != _COMMENT:
                yield from _labelled(inner, depth - 1, value.lines[name], (*labels, name))


def _body(values: Located, kind: str = "") -> Body:
    attributes: dict[str, Expression] = {}
    blocks: list[tuple[str, Body]] = []
    dynamics: list[Dynamic] = []
    for name, value in values.items():
        if name == _COMMENT:
            continue
        if name == "dynamic":
            dynamics += [_dynamic(labels[0], body) for labels, _, body in _labelled(value, 1, 0)]
        elif kind == "terraform" and name in _BLOCKS:
            blocks += [(name, _body(body)) for *_, body in _labelled(value, 0, 0)]
        else:
            text = _bare(value) if name in _WORDS else _written(value, words=name == "providers")
            attributes[name] = expression_of(text, values.lines[name])
    return Body(values.start_line, attributes, blocks, dynamics)


def _dynamic(label: str, values: Located) -> Dynamic:
    outer = _body(values)
    iterator = outer.attributes.get("iterator")
    contents = [body for *_, body in _labelled(values.get("content"), 0, 0)]
    return Dynamic(
        label=label,
        iterator=iterator.text.strip('"') if iterator else label,
        for_each=outer.attributes.get("for_each"),
        content=_body(contents[0]) if contents else Body(values.start_line, {}, [], []),
    )


def _bare(value: Any) -> str:
    """References that stand there as texts."""
    if isinstance(value, list):
        return "[" + ", ".join(map(_bare, value)) + "]"
    return _unwrapped(value) if isinstance(value, str) else _written(value)


def _written(value: Any, *, words: bool = False) -> str:
    """A value as HCL writes it. `words`: its texts are references."""
    if isinstance(value, dict):
        inner = (
            f"{json.dumps(name)}: {_written(each, words=words)}"
            for name, each in value.items()
            if name != _COMMENT
        )
        return "{ " + ", ".join(inner) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_written(each, words=words) for each in value) + "]"
    if not isinstance(value, str):
        return json.dumps(value)
    return _bare(value) if words else _template(value)


def _template(text: str) -> str:
    """A text, which is a template: one that is a single interpolation is that expression."""
    bare = _unwrapped(text)
    return bare if bare != text else '"' + "".join(_pieces(text)) + '"'


def _unwrapped(text: str) -> str:
    """What stands in a text that is a single interpolation; else the text itself."""
    if text.startswith("${") and _end_of_hole(text, 0) == len(text):
        return text[2:-1].strip()
    return text


def _pieces(text: str) -> Iterator[str]:
    """The parts of a template: what it writes, with its escapes, and its interpolations as they
    are."""
    start = 0
    while (hole := _next_hole(text, start)) >= 0:
        yield json.dumps(text[start:hole], ensure_ascii=False)[1:-1]
        end = _end_of_hole(text, hole)
        yield text[hole:end]
        start = end
    yield json.dumps(text[start:], ensure_ascii=False)[1:-1]


def _next_hole(text: str, start: int) -> int:
    """Where an interpolation or a directive begins, -1 for none; "$${" and "%%{" are none."""
    while (found := min((n for n in (text.find("${", start), text.find("%{", start)) if n >= 0),
                        default=-1)) >= 0:  # fmt: skip
        if found == 0 or text[found - 1] != text[found]:
            return found
        start = found + 2
    return -1


def _end_of_hole(text: str, hole: int) -> int:
    """Behind the brace that closes an interpolation; braces in texts within do not count."""
    depth, quoted, at = 0, False, hole
    while at < len(text):
        sign = text[at]
        if quoted and sign == "\\":
            at += 1
        elif sign == '"':
            quoted = not quoted
        elif not quoted and sign == "{":
            depth += 1
        elif not quoted and sign == "}":
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return len(text)
