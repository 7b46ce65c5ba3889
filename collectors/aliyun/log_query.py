"""Search statements of Log Service: whether one surely finds a log. Pure.

Understood are `key: value` (`*` and `?` stand for anything), "and", "or", "not" and parentheses,
"and" where nothing stands between two conditions (SLS user guide, "Query syntax"). Of what else a
statement says nobody knows whether it matches.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from collectors.conditions import Reading, Truth, UnreadableError, Words, tokens

Log = dict[str, str | None]
"""What is known of a log by field; null where a field is surely missing. Of a field that is not in
it nothing is known."""

_WORDS = Words(conjunction="and", disjunction="or", negation="not", side_by_side=True)
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<mark>[()])
      | (?:"(?P<quoted_key>[^"]*)"|(?P<key>[\w.-]+))\s*:\s*
        (?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"():<>=!|,]+))(?=[\s()]|$)
      | (?P<word>\*|[A-Za-z_][\w-]*)(?=[\s()]|$)
    )\s*""",
    re.VERBOSE,
)


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
        found = tokens(_TOKEN, search)
        return Reading(found, _WORDS, _sign, lambda token: _compare(token, log)).whole()
    except UnreadableError:
        return None


def _sign(token: re.Match[str]) -> str:
    return token["mark"] or (token["word"] or "").lower()


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
