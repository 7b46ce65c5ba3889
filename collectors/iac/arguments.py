"""Arguments that know where they stand in a template, and which of them a mapper reads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from collectors.document import Place

Reads = dict[tuple[int, str], "Arguments"]
"""Each argument that was read, by the identity of what it stands in and its name; the last read is
the last here."""


class _Watch:
    """Where reads are noted; nowhere while nobody asks."""

    def __init__(self) -> None:
        self.reads: Reads | None = None


_WATCH = _Watch()


class Arguments(dict[str, Any]):
    """Arguments of a resource or nested block. `places` tells of each where it stands, `head` where
    the block itself begins. `lacking` stands for every argument that is not written; while it is
    None they are absent, as in any dict."""

    __slots__ = ("head", "lacking", "places")

    def __init__(
        self, values: dict[str, Any], places: dict[str, Place], head: Place | None = None
    ) -> None:
        super().__init__(values)
        self.places = places
        self.head = head
        self.lacking: Any = None

    def get(self, key: str, default: Any = None) -> Any:
        """As of any dict."""
        self._note(key)
        return dict.get(self, key, default if self.lacking is None else self.lacking)

    def __getitem__(self, key: str) -> Any:
        self._note(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self._note(str(key))
        return self.lacking is not None or super().__contains__(key)

    # Overridden so that a copy, which reads everything, is noted: dict(x) and {**x} ask for keys().
    def __iter__(self) -> Iterator[str]:
        return super().__iter__()

    def items(self) -> Any:
        """As of any dict."""
        self._note(*super().keys())
        return super().items()

    def values(self) -> Any:
        """As of any dict."""
        self._note(*super().keys())
        return super().values()

    def _note(self, *keys: str) -> None:
        reads = _WATCH.reads
        if reads is not None:
            for key in keys:
                reads.pop((id(self), key), None)
                reads[id(self), key] = self


@contextmanager
def watched() -> Iterator[Reads]:
    """Notes every argument that is read within."""
    before = _WATCH.reads
    reads: Reads = {}
    _WATCH.reads = reads
    try:
        yield reads
    finally:
        _WATCH.reads = before


@contextmanager
def unwatched() -> Iterator[None]:
    """Notes nothing within: for what is read of all resources alike."""
    before, _WATCH.reads = _WATCH.reads, None
    try:
        yield
    finally:
        _WATCH.reads = before


def within(value: Any) -> Iterator[Arguments]:
    """The arguments at or below a value, the outermost first."""
    if isinstance(value, Arguments):
        yield value
    if isinstance(value, dict):
        for each in dict.values(value):
            yield from within(each)
    elif isinstance(value, list):
        for each in value:
            yield from within(each)
