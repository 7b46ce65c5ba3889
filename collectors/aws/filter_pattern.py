"""Filter patterns of CloudWatch Logs for JSON events: whether one surely matches an event. Pure.

Understood are comparisons of fields with texts (`*` stands for anything), EXISTS and NOT EXISTS,
"and", "or" and parentheses (CloudWatch Logs user guide, "Filter pattern syntax"); of what else a
pattern says nobody knows whether it matches.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

Event = dict[str, str | None]
"""What is known of an event by selector ("$.eventName"); null where a field is surely missing. Of
a field that is not in it nothing is known."""

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<mark>&&|\|\||[()])
      | (?P<name>\$(?:\.[\w-]+)+)\s*(?:
            (?P<exists>(?:NOT\s+)?EXISTS\b)
          | (?P<operator>!=|=)\s*(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"(){}&|%]+))
        )
    )\s*""",
    re.VERBOSE,
)

Truth = bool | None


class _UnreadableError(ValueError):
    """The pattern is not wholly understood."""


def matches(pattern: str, event: Event) -> Truth:
    """Whether a pattern matches an event; null where that cannot be said."""
    text = pattern.strip()
    if not (text.startswith("{") and text.endswith("}")):
        return None
    try:
        return _Reading(text[1:-1].strip(), event).whole()
    except _UnreadableError:
        return None


class _Reading:
    """One reading of a pattern from left to right; "and" binds closer than "or"."""

    def __init__(self, text: str, event: Event) -> None:
        self._tokens = _tokens(text)
        self._event = event

    def whole(self) -> Truth:
        found = self._either()
        if self._tokens:
            raise _UnreadableError
        return found

    def _either(self) -> Truth:
        parts = [self._both()]
        while self._take("||"):
            parts.append(self._both())
        return True if True in parts else None if None in parts else False

    def _both(self) -> Truth:
        parts = [self._one()]
        while self._take("&&"):
            parts.append(self._one())
        return False if False in parts else None if None in parts else True

    def _one(self) -> Truth:
        if self._take("("):
            inner = self._either()
            if not self._take(")"):
                raise _UnreadableError
            return inner
        if not self._tokens or self._tokens[0]["mark"]:
            raise _UnreadableError
        return _compare(self._tokens.pop(0), self._event)

    def _take(self, mark: str) -> bool:
        if self._tokens and self._tokens[0]["mark"] == mark:
            self._tokens.pop(0)
            return True
        return False


def _tokens(text: str) -> list[re.Match[str]]:
    found, at = [], 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if not token:
            raise _UnreadableError
        found.append(token)
        at = token.end()
    return found


def _compare(token: re.Match[str], event: Event) -> Truth:
    if token["name"] not in event:
        return None
    value = event[token["name"]]
    if token["exists"]:
        return (value is None) == token["exists"].startswith("NOT")
    if value is None:
        # A comparison with a field that is missing does not match; what "!=" does is not told.
        return False if token["operator"] == "=" else None
    wanted = token["bare"] if token["quoted"] is None else token["quoted"]
    return fnmatchcase(value, wanted.replace("[", "[[]").replace("?", "[?]")) == (
        token["operator"] == "="
    )
