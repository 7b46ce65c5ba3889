"""Markdown that nobody else's text can do anything in."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scanner.catalog import Text
from scanner.report import Language
from scanner.report._text import visible

LONGEST = 200
"""Characters of one text of somebody else's."""


def code(text: str) -> str:
    """Somebody else's text as a code span of one line, which fits into a table."""
    text = visible(text)
    if len(text) > LONGEST:
        text = text[: LONGEST - 1] + "…"
    if not text.strip():
        return "–"
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    # A space on each side is taken away again, and keeps a backtick from joining the fence.
    padding = " " if text[0] in "` " or text[-1] in "` " else ""
    escaped = text.replace("|", "\\|")
    return f"{fence}{padding}{escaped}{padding}{fence}"


def plain(text: str) -> str:
    """A text of the catalogue or of a check, of which no character means anything. A space that is
    not seen keeps what is left of a mention or a reference from being one."""
    text = re.sub(r"([@#])", "\\1\u200b", visible(text))
    return re.sub(r"[\\`*_{}\[\]<>()#+!|~@&$:]", lambda found: f"&#{ord(found[0])};", text)


def heading_rows(columns: Iterable[Text], language: Language) -> list[str]:
    """The first two rows of a table."""
    names = [column.in_language(language) for column in columns]
    return [table_row(names), table_row(["---"] * len(names))]


def table_row(cells: Iterable[str]) -> str:
    """A row of a table."""
    return f"| {' | '.join(cells)} |"
