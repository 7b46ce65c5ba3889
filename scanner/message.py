"""The message of a finding: a check's template with the finding's arguments."""

from __future__ import annotations

import re
from collections.abc import Mapping

YES_NO = ("true", "false")
YES_NO_ZH = ("是", "否")


def fill(template: str, args: Mapping[str, object], *, yes_no: tuple[str, str] = YES_NO) -> str:
    """Put arguments into a message's `{name}` places, once: a value that looks like a place stays
    as it is. A place without an argument stays visible. `yes_no` are the words of booleans."""
    yes, no = yes_no

    def value(place: re.Match[str]) -> str:
        found = args.get(place[1], place[0])
        return (yes if found else no) if isinstance(found, bool) else str(found)

    return re.sub(r"\{(\w+)\}", value, template)


def in_words(
    args: Mapping[str, object], words: Mapping[str, Mapping[str, str]]
) -> Mapping[str, object]:
    """The arguments with their words put into others: `words` has, by the name of an argument,
    what stands for each word (or words) of its text. A part of a longer name is no word."""
    return dict(args) | {
        name: _put(known, value)
        for name, known in words.items()
        if isinstance(value := args.get(name), str)
    }


def _put(words: Mapping[str, str], text: str) -> str:
    if not words:
        return text
    either = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    places = re.compile(rf"(?<![\w./:-])(?:{either})(?![\w./:-])")
    return places.sub(lambda place: words[place[0]], text)
