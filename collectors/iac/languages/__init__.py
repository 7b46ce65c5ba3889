"""The languages of templates, a module for each. A module here with a `LANGUAGE` is read by
`mlps check`: to add a language, add a module, nothing more.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from collectors.iac.loaded import Loaded

MOST_SNIFFED = 64 * 1024
"""So much of a file decides whether it may be a template: 64 kB."""


class Request(Struct, frozen=True, kw_only=True):
    """What the user said about how to read. `parameters` are values of a template's parameters;
    `root` is the folder that nothing may be read outside of."""

    root: Path
    parameters: dict[str, Any] = {}


class Language(Struct, frozen=True, kw_only=True):
    """A language of templates.

    A project is a folder (`folders` finds those at or below a folder) or a file: of the files whose
    suffix is in `suffixes`, `recognises` tells by the text which look like one. In a folder a file
    that looks like one and that `confirms` denies is left alone; `called` names those that others
    call, which are no projects of their own. `load` raises BrokenProjectError.
    """

    name: str
    load: Callable[[Path, Request], Loaded]
    folders: Callable[[Path], list[Path]] = lambda _folder: []
    suffixes: frozenset[str] = frozenset()
    recognises: Callable[[str], bool] = lambda _text: False
    confirms: Callable[[Path], bool] = lambda _path: True
    called: Callable[[Sequence[Path]], Iterable[Path]] = lambda _found: ()


@functools.cache
def languages() -> list[Language]:
    """Every language, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return [importlib.import_module(f"{__name__}.{name}").LANGUAGE for name in names]
