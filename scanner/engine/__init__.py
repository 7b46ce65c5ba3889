"""Engines: how the Rego of checks is run. One interface, the same findings to the byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from msgspec import Struct

from scanner.verdict import Finding


class Task(Struct, frozen=True):
    """One input document as JSON (with level, system and now), and the packages to run on it."""

    input: bytes
    packages: tuple[str, ...]


class Answer(Struct, frozen=True):
    """What a check's rules gave on one input: the set `deny` in sorted order, and `applies`."""

    deny: tuple[Finding, ...]
    applies: bool


class Failure(Struct, frozen=True):
    """The engine could not run a check on an input; never taken for an answer."""

    reason: str


class Engine(Protocol):
    """Runs the checks of a policy bundle.

    `run` answers each task in order with one Answer or Failure for each of its packages. An engine
    that cannot be reached at all raises UserError.
    """

    name: str

    def run(self, tasks: Iterable[Task]) -> Iterator[Sequence[Answer | Failure]]:
        """Answer each task in order, one Answer or Failure for each of its packages."""
        ...

    def close(self) -> None:
        """Release what the engine holds (connections, programs)."""
        ...
