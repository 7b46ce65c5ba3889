"""Conditions that logs or events may meet, in the languages of clouds: true, false, or not to be
said. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Generic, NamedTuple, TypeVar

Truth = bool | None
"""Whether a condition is met; null where that cannot be said."""


def every(truths: Iterable[Truth]) -> Truth:
    """False if any is false; else null if any is null; else true."""
    found = list(truths)
    return False if False in found else None if None in found else True


def some(truths: Iterable[Truth]) -> Truth:
    """True if any is true; else null if any is null; else false."""
    found = list(truths)
    return True if True in found else None if None in found else False


def negated(truth: Truth) -> Truth:
    """The opposite of what can be said."""
    return None if truth is None else not truth


class UnreadableError(ValueError):
    """A text is not wholly understood."""


class Words(NamedTuple):
    """How a language writes what joins conditions. `negation` is "" where there is none; with
    `side_by_side` conditions with nothing between them are joined as by `conjunction`."""

    conjunction: str
    disjunction: str
    negation: str
    side_by_side: bool


T = TypeVar("T")


class Reading(Generic[T]):
    """One reading of conditions from left to right; "and" binds closer than "or". `word` gives what
    of `Words` or which parenthesis a token is, "" for a condition, which `holds` judges."""

    def __init__(
        self, tokens: list[T], words: Words, word: Callable[[T], str], holds: Callable[[T], Truth]
    ) -> None:
        self._tokens = tokens
        self._words = words
        self._word = word
        self._holds = holds

    def whole(self) -> Truth:
        """What all of it says. Raises UnreadableError where something is left over or missing."""
        found = self._either()
        if self._tokens:
            raise UnreadableError
        return found

    def _either(self) -> Truth:
        parts = [self._both()]
        while self._take(self._words.disjunction):
            parts.append(self._both())
        return some(parts)

    def _both(self) -> Truth:
        parts = [self._one()]
        while self._take(self._words.conjunction) or self._goes_on():
            parts.append(self._one())
        return every(parts)

    def _goes_on(self) -> bool:
        ends = (self._words.disjunction, ")")
        return self._words.side_by_side and self._next() not in {None, *ends}

    def _one(self) -> Truth:
        if self._words.negation and self._take(self._words.negation):
            return negated(self._one())
        if self._take("("):
            inner = self._either()
            if not self._take(")"):
                raise UnreadableError
            return inner
        if self._next() is None or self._next() in {*self._words[:2], ")"}:
            raise UnreadableError
        return self._holds(self._tokens.pop(0))

    def _next(self) -> str | None:
        return self._word(self._tokens[0]) if self._tokens else None

    def _take(self, word: str) -> bool:
        if self._next() == word:
            self._tokens.pop(0)
            return True
        return False


def tokens(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """A text in the parts that a pattern knows. Raises UnreadableError for what is none."""
    found: list[re.Match[str]] = []
    at = 0
    while at < len(text):
        token = pattern.match(text, at)
        if not token:
            raise UnreadableError
        found.append(token)
        at = token.end()
    return found
