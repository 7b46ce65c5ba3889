"""What reading a template gives, in whatever language it is written."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from collectors.iac.blocks import Block

SHAPES = (KeyError, TypeError, ValueError, AttributeError, IndexError)
"""What reading a template of an unexpected shape raises."""


class Unread(Struct, frozen=True):
    """Something of a project that could not be read: the file or module, and why."""

    name: str
    code: str
    message: str


class Loaded(Struct, frozen=True):
    """A project: its resources and data sources, and what could not be read of it."""

    blocks: list[Block]
    unread: list[Unread]
    given: frozenset[str] = frozenset()
    """Those of the given parameters that it has."""


class BrokenProjectError(Exception):
    """Files of a project are not valid: `unread` names them, `hint` says what to do."""

    def __init__(self, unread: list[Unread], hint: str = "") -> None:
        super().__init__(unread[0].message)
        self.unread = unread
        self.hint = hint


def not_valid(path: Path, line: int, reason: str) -> BrokenProjectError:
    """The error for a file that is not valid, with its place; line 0 is for the file as a whole."""
    where = f"{uri_of(path)}:{line}" if line else uri_of(path)
    return BrokenProjectError([Unread(uri_of(path), "NotValid", f"{where}: {reason}")])


def uri_of(path: Path) -> str:
    """The path as reports show it: relative where the file lies below the working folder."""
    return Path(os.path.relpath(path)).as_posix() if _is_below(path) else path.resolve().as_posix()


def _is_below(path: Path) -> bool:
    return path.resolve().is_relative_to(Path.cwd())
