"""Files of CloudFormation and ROS: which are templates, which others call, values of parameters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from collectors.iac import located
from collectors.iac.located import NotATemplateError
from collectors.iac.stacks.functions import Dialect

SUFFIXES = frozenset({".yaml", ".yml", ".json", ".template"})


_RESOURCES = re.compile(r"""^["']?Resources["']?\s*:|"Resources"\s*:""", re.MULTILINE)


def is_one(dialect: Dialect, path: Path) -> bool:
    """Whether a file that looks like a template is one, or would be if it were valid."""
    text = _text(path)
    if _is_other_json(text):
        return False
    try:
        data = located.parse(located.read(path))
    except NotATemplateError:
        return dialect.version in text or bool(_RESOURCES.search(text))
    return is_template(dialect, data) or (isinstance(data, dict) and dialect.version in data)


def _text(path: Path) -> str:
    """The text of a file, "" for one that cannot be read: who loads it says why."""
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ""


def _is_other_json(text: str) -> bool:
    """Whether a text is JSON without resources. It is told fast: plans may be large."""
    try:
        return "Resources" not in msgspec.json.decode(text, type=dict[str, msgspec.Raw])
    except msgspec.DecodeError:
        return False


def is_template(dialect: Dialect, data: Any) -> bool:
    """Whether a document is a template."""
    if not isinstance(data, dict) or not isinstance(data.get("Resources"), dict):
        return False
    if dialect.version in data or set(transforms(data)) & dialect.transforms:
        return True
    types = [one.get("Type") for one in data["Resources"].values() if isinstance(one, dict)]
    return any(isinstance(kind, str) and kind.startswith(dialect.prefix) for kind in types)


def calls(dialect: Dialect, path: Path) -> Iterator[Path]:
    """The templates that a template has as nested stacks. One that is broken has none."""
    with suppress(NotATemplateError):
        for url in _urls(dialect, located.parse(located.read(path))):
            yield path.parent / url


def _urls(dialect: Dialect, data: Any) -> Iterator[str]:
    """The files that a template has as nested stacks, also within those written into it."""
    for declared in section(data, "Resources").values():
        if isinstance(declared, dict) and declared.get("Type") == dialect.nested:
            properties = section(declared, "Properties")
            url = properties.get("TemplateURL")
            if dialect.body and properties.get(dialect.body) is not None:
                yield from _urls(dialect, properties[dialect.body])
            elif isinstance(url, str) and "://" not in url:
                yield url


def parameters_of(path: Path) -> dict[str, Any]:
    """The values in a file of parameters: a list of {ParameterKey, ParameterValue}, or a mapping,
    also under "Parameters"; of ARM {"parameters": {name: {"value": …}}}. Raises NotATemplateError
    for anything else."""
    data = located.parse(located.read(path))
    if isinstance(data, dict) and isinstance(data.get("parameters"), dict):
        given = data["parameters"]
        return {
            name: each["value"]
            for name, each in given.items()
            if isinstance(each, dict) and "value" in each
        }
    if isinstance(data, dict):
        data = data.get("Parameters", data)
    if isinstance(data, dict):
        return dict(data)
    if isinstance(data, list) and all(isinstance(each, dict) for each in data):
        return {str(each.get("ParameterKey")): each.get("ParameterValue") for each in data}
    raise NotATemplateError(1, "it is no list of ParameterKey and ParameterValue")


def section(data: Any, name: str) -> dict[str, Any]:
    """A section of a template; empty where there is none."""
    found = data.get(name) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def transforms(data: dict[str, Any]) -> list[str]:
    """The transforms and macros that a template names."""
    value = data.get("Transform")
    names = value if isinstance(value, list) else [value]
    return [each for each in names if isinstance(each, str)]
