"""The languages of templates, a module for each. A module here with a `LANGUAGE` is read by
`mlps check`: to add a language, add a module, nothing more.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from collectors.document import Provider
from collectors.iac.loaded import Loaded

MOST_SNIFFED = 8 * 1024 * 1024
"""So much of a file is looked at to tell whether it may be a template: 8 MiB."""


class Request(Struct, frozen=True, kw_only=True):
    """What the user said about how to read. `parameters` are values of a template's parameters;
    `root` is the folder that nothing may be read outside of, `source` the module that plans are of,
    `read` are the folders that are projects of this run, `var_files` are values for Terraform,
    `regions` are where templates go that do not tell, by cloud."""

    root: Path
    parameters: dict[str, Any] = {}
    source: Path | None = None
    read: frozenset[Path] = frozenset()
    var_files: tuple[Path, ...] = ()
    regions: Mapping[Provider, str] = {}


class Language(Struct, frozen=True, kw_only=True):
    """A language of templates.

    A project is a folder (`folders` finds those at or below a folder) or a file: of the files whose
    suffix is in `suffixes`, `recognises` tells by the text which look like one, and `confirms` by
    reading it which are one, or would be if they were valid. `calls` names what a project takes in,
    which is then no project of its own. `load` raises BrokenProjectError. Of two languages that
    confirm a file, the one of the lower `order` has it.
    """

    name: str
    load: Callable[[Path, Request], Loaded]
    folders: Callable[[Path], list[Path]] = lambda _folder: []
    suffixes: frozenset[str] = frozenset()
    recognises: Callable[[str], bool] = lambda _text: False
    confirms: Callable[[Path], bool] = lambda _path: True
    calls: Callable[[Path], Iterable[Path]] = lambda _project: ()
    order: int = 1


@functools.cache
def languages() -> list[Language]:
    """Every language, in the order in which they are asked."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    found = [importlib.import_module(f"{__name__}.{name}").LANGUAGE for name in names]
    return sorted(found, key=lambda each: (each.order, each.name))
