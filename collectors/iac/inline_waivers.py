"""Waivers that stand beside a resource in its template:

    # mlps:waive boundary-admin-ports reason="jump host, ticket 4711" until=2027-01-31

A comment within the resource or on the line above it. Without a reason or a date it is none, and
none beyond its date.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import msgspec

from collectors.document import Document, InlineWaiver, Source

_MARK = re.compile(r"(?:#|//|/\*)\s*mlps:waive\s+(?P<check>[\w*?-]+)(?P<rest>[^\n]*)")
_REASON = re.compile(r'\breason="(?P<reason>[^"]*\S[^"]*)"')
_UNTIL = re.compile(r"\buntil=(?P<until>\d{4}-\d{2}-\d{2})\b")


class Templates:
    """Reads the waivers of templates, each file once."""

    def __init__(self) -> None:
        self._lines: dict[str, list[str]] = {}

    def waived(self, document: Document) -> Document:
        """The document with the waivers that stand beside its resource."""
        source = document.source
        if source is None:
            return document
        found = self._of(source)
        if not found:
            return document
        with_them = msgspec.structs.replace(source, waivers=found)
        return msgspec.structs.replace(document, source=with_them)

    def _of(self, source: Source) -> list[InlineWaiver]:
        lines = self._read(source.uri)
        first = max(source.start_line - 1, 1)
        return [
            waiver
            for number in range(first, min(source.end_line, len(lines)) + 1)
            if (waiver := _waiver(lines[number - 1], number, alone=number < source.start_line))
        ]

    def _read(self, uri: str) -> list[str]:
        if uri not in self._lines:
            try:
                text = Path(uri).read_text(encoding="utf-8-sig", errors="replace")
            except OSError:
                text = ""
            self._lines[uri] = text.splitlines() if "mlps:waive" in text else []
        return self._lines[uri]


def _waiver(line: str, number: int, *, alone: bool) -> InlineWaiver | None:
    """The waiver of a line. On the line above a resource it must stand alone: behind something
    else it belongs to that."""
    mark = _MARK.search(line)
    if not mark or (alone and line[: mark.start()].strip()):
        return None
    reason, until = _REASON.search(mark["rest"]), _UNTIL.search(mark["rest"])
    if not reason or not until or not _is_date(until["until"]):
        return None
    return InlineWaiver(
        check=mark["check"], reason=reason["reason"].strip(), until=until["until"], line=number
    )


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
