"""Reports: one module for each format. A module here with a `FORMAT` is one of `mlps report`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from collectors.document import UserError
from scanner.assessment import Assessment
from scanner.catalog import Catalogue
from scanner.trend import TrendPoint

Language = Literal["en", "zh"]


class Options(Struct, frozen=True, kw_only=True):
    """How to render. `width` and `colour` are for formats that people read in a terminal; `trend`
    are the runs of a history up to this one, oldest first."""

    language: Language = "en"
    width: int = 100
    colour: bool = False
    trend: tuple[TrendPoint, ...] = ()


Rendered = str | bytes
"""A whole report: text, or the bytes of a format that is not text."""


class Format(Struct, frozen=True, kw_only=True):
    """A report format: its name on the command line, and how it is rendered. What is not text is
    `binary` and renders to bytes. A format whose readers take no file above a size has `split`,
    which gives the same report as several files, each whole in itself."""

    name: str
    description: str
    render: Callable[[Assessment, Catalogue, Options], Rendered]
    binary: bool = False
    split: Callable[[Assessment, Catalogue, Options], list[Rendered]] | None = None


def text_of(rendered: Rendered) -> str:
    """A report as text: that of a format which is not binary."""
    assert isinstance(rendered, str)
    return rendered


def format_names() -> list[str]:
    """The names of all formats, without importing them."""
    return sorted(
        module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")
    )


def load_format(name: str) -> Format:
    """The format of a name. Raises UserError for one that does not exist."""
    if name not in format_names():
        raise UserError(
            f"There is no report format {name!r}.", f"Formats are: {', '.join(format_names())}."
        )
    found: Format = importlib.import_module(f"{__name__}.{name}").FORMAT
    return found
