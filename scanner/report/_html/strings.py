"""Tables in which equal texts and lists stand once, and are referred to by their places."""

from __future__ import annotations

from collections.abc import Iterable

from scanner.catalog import Text
from scanner.report._text import visible

Pair = tuple[int, int]
"""A text in English and Chinese, by their places in the table."""


class Strings:
    """The texts of a report, each once, in the order in which they were first needed.

    Whatever comes from a cloud or from a file of the user's goes in by `add`, which writes out
    what is not seen but does something (marks of direction, control characters).
    """

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._places: dict[str, int] = {}

    def add(self, text: str) -> int:
        """The place of a text."""
        place = self._places.get(text)
        if place is None:
            place = self._places[text] = len(self.texts)
            self.texts.append(visible(text))
        return place

    def pair(self, text: Text) -> Pair:
        """The places of a text in both languages, which may have several lines."""
        return self._prose(text.en), self._prose(text.zh)

    def _prose(self, text: str) -> int:
        if "\n" not in text:
            return self.add(text)
        place = self.add(text)
        self.texts[place] = "\n".join(visible(line) for line in text.split("\n"))
        return place


class Lists:
    """Lists of numbers, each once."""

    def __init__(self) -> None:
        self.lists: list[list[int]] = []
        self._places: dict[tuple[int, ...], int] = {}

    def add(self, numbers: Iterable[int]) -> int:
        """The place of a list."""
        key = tuple(numbers)
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self.lists)
            self.lists.append(list(key))
        return place
