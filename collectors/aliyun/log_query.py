"""Search statements of Log Service: whether one surely finds a log. Pure.

Understood are `key: value` (`*` and `?` stand for anything), "and", "or", "not" and parentheses,
"and" where nothing stands between two conditions (SLS user guide, "Query syntax"). Of what else a
statement says nobody knows whether it matches.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

Log = dict[str, str | None]
"""What is known of a log by field; null where a field is surely missing. Of a field that is not in
it nothing is known."""

Truth = bool | None

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<mark>[()])
      | (?:"(?P<quoted_key>[^"]*)"|(?P<key>[\w.-]+))\s*:\s*
        (?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"():<>=!|,]+))(?=[\s()]|$)
      | (?P<word>\*|[A-Za-z_][\w-]*)(?=[\s()]|$)
    )\s*""",
    re.VERBOSE,
)


class _UnreadableError(ValueError):
    """The statement is not wholly understood."""


def split(statement: str) -> tuple[str, str]:
    """The search and what analyses its logs, which stands behind the first bar; "" without one."""
    quoted = False
    for place, sign in enumerate(statement):
        if sign == '"':
            quoted = not quoted
        elif sign == "|" and not quoted:
            return statement[:place].strip(), statement[place + 1 :].strip()
    return statement.strip(), ""


def finds(search: str, log: Log) -> Truth:
    """Whether a search finds a log; null where that cannot be said."""
    try:
        return _Reading(search, log).whole()
    except _UnreadableError:
        return None


class _Reading:
    """One reading of a search from left to right; "and" binds closer than "or"."""

    def __init__(self, text: str, log: Log) -> None:
        self._tokens = _tokens(text)
        self._log = log

    def whole(self) -> Truth:
        found = self._either()
        if self._tokens:
            raise _UnreadableError
        return found

    def _either(self) -> Truth:
        parts = [self._both()]
        while self._take("or"):
            parts.append(self._both())
        return True if True in parts else None if None in parts else False

    def _both(self) -> Truth:
        parts = [self._one()]
        while self._tokens and not self._next_is("or", ")"):
            self._take("and")
            parts.append(self._one())
        return False if False in parts else None if None in parts else True

    def _one(self) -> Truth:
        if self._take("not"):
            inner = self._one()
            return None if inner is None else not inner
        if self._take("("):
            inner = self._either()
            if not self._take(")"):
                raise _UnreadableError
            return inner
        if not self._tokens or self._next_is("and", "or", ")"):
            raise _UnreadableError
        return _compare(self._tokens.pop(0), self._log)

    def _next_is(self, *marks: str) -> bool:
        return bool(self._tokens) and _sign(self._tokens[0]) in marks

    def _take(self, mark: str) -> bool:
        if self._next_is(mark):
            self._tokens.pop(0)
            return True
        return False


def _sign(token: re.Match[str]) -> str:
    return token["mark"] or (token["word"] or "").lower()


def _tokens(text: str) -> list[re.Match[str]]:
    found, at = [], 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if not token:
            raise _UnreadableError
        found.append(token)
        at = token.end()
    return found


def _compare(token: re.Match[str], log: Log) -> Truth:
    if token["word"]:
        # A word alone is searched for in the whole log, of which only some fields are known.
        return True if token["word"] == "*" else None
    key = token["key"] or token["quoted_key"] or ""
    if key not in log:
        return None
    value = log[key]
    if value is None:
        return False
    wanted = token["bare"] if token["quoted"] is None else token["quoted"]
    if _fits(value, wanted):
        return True
    # Whether upper and lower case matter is a setting of the index.
    return None if _fits(value.lower(), wanted.lower()) else False


def _fits(value: str, wanted: str) -> bool:
    return fnmatchcase(value, wanted.replace("[", "[[]"))
