"""A dialect as a language that `mlps check` reads."""

from __future__ import annotations

from functools import partial
from typing import Any

from collectors.iac.languages import Language, Request
from collectors.iac.stacks import files, template
from collectors.iac.stacks.functions import Dialect


def language(name: str, dialect: Dialect) -> Language:
    """The language of a dialect."""
    return Language(
        name=name,
        suffixes=files.SUFFIXES,
        recognises=lambda text: bool(dialect.sign.search(text)),
        confirms=partial(files.is_one, dialect),
        calls=partial(files.calls, dialect),
        load=lambda path, request: template.load(
            dialect, path, parameters_of(dialect, request), request.root
        ),
    )


def parameters_of(dialect: Dialect, request: Request) -> dict[str, Any]:
    """Values of parameters, the region among them where the user gives one."""
    region = request.regions.get(dialect.provider)
    return ({f"{dialect.prefix}Region": region} if region else {}) | request.parameters
