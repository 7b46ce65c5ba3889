"""Filter patterns of CloudWatch Logs for JSON events: whether one surely matches an event. Pure.

Understood are comparisons of fields with texts (`*` stands for anything), EXISTS and NOT EXISTS,
"and", "or" and parentheses (CloudWatch Logs user guide, "Filter pattern syntax"); of what else a
pattern says nobody knows whether it matches.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from collectors.conditions import Reading, Truth, UnreadableError, Words, tokens

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

_WORDS = Words(conjunction="&&", disjunction="||", negation="", side_by_side=False)


def matches(pattern: str, event: Event) -> Truth:
    """Whether a pattern matches an event; null where that cannot be said."""
    text = pattern.strip()
    if not (text.startswith("{") and text.endswith("}")):
        return None
    try:
        found = tokens(_TOKEN, text[1:-1].strip())
        return Reading(found, _WORDS, _mark, lambda token: _compare(token, event)).whole()
    except UnreadableError:
        return None


def _mark(token: re.Match[str]) -> str:
    return token["mark"] or ""


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
