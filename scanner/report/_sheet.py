"""Tables in a workbook: streamed, within the limits of Excel, every cell from elsewhere as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from scanner.report._text import visible

MAX_ROWS = 1_048_576
"""Rows of a sheet, its heading among them."""

MAX_CHARACTERS = 16_000
"""Characters that a cell takes here: Excel has 32,767 UTF-16 units, of which a character is one or
two."""

_MAX_NAME = 31
_FORMULA = frozenset("=+-@＝＋－＠")
_NO_XML = re.compile("[\ufffe\uffff\ud800-\udfff]")


class Column(Struct, frozen=True):
    """A column: its heading, its width in characters, and whether its cells are centred."""

    heading: str
    width: int
    centred: bool = False


class Sheets:
    """The sheets of a workbook, whose names are unique and as Excel takes them."""

    def __init__(self, workbook: Any, footer: str) -> None:
        self.workbook = workbook
        self._footer = footer.replace("&", "&&")
        self._names: set[str] = set()
        self._formats: dict[tuple[str, bool, bool], Any] = {}

    def add(self, wanted: str) -> Any:
        """A new sheet, landscape on A4, as wide as a page."""
        sheet = self.workbook.add_worksheet(self._name(wanted))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer(f"&L&8{self._footer}&R&8&A  &P / &N")
        return sheet

    def style(self, colour: str = "", *, centred: bool = False, quoted: bool = False) -> Any:
        """The format of a cell of a table. `quoted` keeps a text one when it is edited, too."""
        key = (colour, centred, quoted)
        if key not in self._formats:
            made = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
            made |= {"bg_color": colour} if colour else {}
            made |= {"align": "center"} if centred else {}
            made |= {"quote_prefix": True} if quoted else {}
            self._formats[key] = self.workbook.add_format(made)
        return self._formats[key]

    def _name(self, wanted: str) -> str:
        """A name that Excel takes: it forbids some characters, an apostrophe at either end and
        "History", and does not tell capitals from small letters."""
        clean = re.sub(r"[\[\]:*?/\\]", "_", text_of_cell(wanted)).strip("' ") or "_"
        clean = f"{clean}_" if clean.lower() == "history" else clean
        number, name = 1, _cut(clean, _MAX_NAME)
        while name.lower() in self._names:
            number += 1
            end = f" ({number})"
            name = _cut(clean, _MAX_NAME - len(end)) + end
        self._names.add(name.lower())
        return name


class Table:
    """A table that goes on in another sheet where one is full. Rows are written once, in order."""

    def __init__(self, sheets: Sheets, name: str, columns: Sequence[Column]) -> None:
        self._sheets = sheets
        self._name = name
        self._columns = columns
        self._open()

    def _open(self) -> None:
        self._sheet = self._sheets.add(self._name)
        heading = self._sheets.workbook.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "vcenter",
                "align": "center",
                "border": 1,
                "bg_color": "#D9E1F2",
            }
        )
        for number, column in enumerate(self._columns):
            self._sheet.set_column(number, number, column.width)
        for number, column in enumerate(self._columns):
            self._sheet.write_string(0, number, column.heading, heading)
        self._sheet.freeze_panes(1, 0)
        self._sheet.repeat_rows(0)
        self._row = 1

    def add(self, cells: Sequence[str | int], colours: dict[int, str] | None = None) -> None:
        """A row. A text that is longer than a cell goes on in the rows below."""
        chunks = [_chunks(cell) if isinstance(cell, str) else [cell] for cell in cells]
        height = max(len(one) for one in chunks)
        if self._row + height > MAX_ROWS:
            self.close()
            self._open()
        for line in range(height):
            for number, parts in enumerate(chunks):
                part: str | int = parts[line] if line < len(parts) else ""
                self._write(number, part, (colours or {}).get(number, ""))
            self._row += 1

    def _write(self, number: int, value: str | int, colour: str) -> None:
        centred = self._columns[number].centred
        if isinstance(value, int):
            style = self._sheets.style(colour, centred=centred)
            self._sheet.write_number(self._row, number, value, style)
            return
        style = self._sheets.style(colour, centred=centred, quoted=value[:1] in _FORMULA)
        if value:
            self._sheet.write_string(self._row, number, value, style)
        else:
            self._sheet.write_blank(self._row, number, None, style)

    def close(self) -> None:
        """Let the reader filter what was written."""
        self._sheet.autofilter(0, 0, max(self._row - 1, 1), len(self._columns) - 1)


def text_of_cell(text: str) -> str:
    """A text of several lines, without what XML does not have, what is not seen written out."""
    return _NO_XML.sub("\ufffd", "\n".join(visible(line) for line in text.split("\n")))


def _chunks(text: str) -> list[str]:
    text = text_of_cell(text)
    starts = range(0, max(len(text), 1), MAX_CHARACTERS)
    return [text[start : start + MAX_CHARACTERS] for start in starts]


def _cut(text: str, units: int) -> str:
    """The beginning of a text that has at most so many UTF-16 units."""
    while len(text.encode("utf-16-le")) // 2 > units:
        text = text[:-1]
    return text.rstrip("' ")
