"""Text for chats: nothing in it does anything, and it fits."""

from __future__ import annotations

from collections.abc import Iterable

from scanner.report import Language

_INERT = str.maketrans("[]<>`*@", "［］＜＞＇＊＠")
"""By their wide forms: chats know parts of Markdown, and none of them how to escape."""


def inert(text: str) -> str:
    """A text in which no link, picture, mention or emphasis works."""
    return text.translate(_INERT)


def within(rows: Iterable[str], most: int, language: Language) -> list[str]:
    """As many rows as fit into a number of bytes of UTF-8, with a word where some are left out."""
    said = "（其余见报告）" if language == "zh" else "(see the report for the rest)"
    room = most - len(said.encode()) - 16
    kept: list[str] = []
    for row in rows:
        room -= len(row.encode()) + 1
        if room < 0:
            return [*kept, said]
        kept.append(row)
    return kept
