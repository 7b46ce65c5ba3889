"""The expression language of ARM templates: texts in brackets, parsed.

Source: "ARM template syntax and expressions" of the Azure Resource Manager documentation.
"""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>-?\d+(?:\.\d+)?)|(?P<name>[A-Za-z_][\w:-]*)"
    r"|(?P<sign>[().,\[\]?]))"
)
_DEEPEST = 60


class MalformedError(Exception):
    """An expression that is not valid."""


class Literal(Struct, frozen=True):
    """A text, a number, true, false or null."""

    value: Any


class Function(Struct, frozen=True):
    """A function with its arguments; a name in lower case: names are not case-sensitive."""

    name: str
    arguments: tuple[Expression, ...]


class Member(Struct, frozen=True):
    """A property (`.name`) or an element (`[index]`) of a value. A `safe` one may be missing."""

    of: Expression
    key: Expression
    safe: bool = False


Expression = Literal | Function | Member


def is_expression(text: str) -> bool:
    """Whether a text is an expression; `[[` begins a plain text."""
    return text.startswith("[") and text.endswith("]") and not text.startswith("[[")


def parse(text: str) -> Expression:
    """The expression in brackets. Raises MalformedError."""
    parser = _Parser(text[1:-1])
    found = parser.expression(0)
    parser.end()
    return found


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._place = 0

    def expression(self, depth: int) -> Expression:
        if depth > _DEEPEST:
            raise MalformedError("an expression is nested too deep")
        found = self._primary(depth)
        while True:
            if self._take("."):
                safe = self._take("?")
                found = Member(found, Literal(self._name()), safe)
            elif self._take("["):
                safe = self._take("?")
                found = Member(found, self.expression(depth + 1), safe)
                self._expect("]")
            else:
                return found

    def end(self) -> None:
        if self._place != len(self._tokens):
            raise MalformedError(f"{self._tokens[self._place][1]} is not expected")

    def _primary(self, depth: int) -> Expression:
        kind, token = self._next()
        if kind == "text":
            return Literal(token[1:-1].replace("''", "'"))
        if kind == "number":
            return Literal(float(token) if "." in token else int(token))
        if kind != "name":
            raise MalformedError(f"{token} is not expected")
        self._expect("(")
        arguments: list[Expression] = []
        while not self._take(")"):
            if arguments:
                self._expect(",")
            arguments.append(self.expression(depth + 1))
        return Function(token.lower(), tuple(arguments))

    def _name(self) -> str:
        kind, token = self._next()
        if kind != "name":
            raise MalformedError(f"{token} is no name")
        return token

    def _next(self) -> tuple[str, str]:
        if self._place >= len(self._tokens):
            raise MalformedError("an expression ends too early")
        self._place += 1
        return self._tokens[self._place - 1]

    def _take(self, sign: str) -> bool:
        there = self._place < len(self._tokens) and self._tokens[self._place] == ("sign", sign)
        self._place += there
        return there

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise MalformedError(f"{sign} is missing")


def _tokens(text: str) -> list[tuple[str, str]]:
    found = []
    place = 0
    text = text.rstrip()
    while place < len(text):
        match = _TOKEN.match(text, place)
        if not match:
            raise MalformedError(f"{text[place : place + 20].strip()} is not understood")
        found.append((str(match.lastgroup), match[str(match.lastgroup)]))
        place = match.end()
    return found
