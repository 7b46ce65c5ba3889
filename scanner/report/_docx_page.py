"""What a report in Word is made of: headings, paragraphs, tables, a footer."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from scanner.report import Language
from scanner.report._text import visible

_NO_XML = re.compile("[\ufffe\uffff\ud800-\udfff]")


class Page:
    """A document on A4 that is written from the top."""

    def __init__(self, language: Language, footer: str) -> None:
        import docx  # noqa: PLC0415 - for this format alone
        from docx.shared import Cm, Pt  # noqa: PLC0415

        self._document = docx.Document()
        self._cm = Cm
        self._small = Pt(8)
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(1.9)
        section.top_margin = section.bottom_margin = Cm(2)
        run = section.footer.paragraphs[0].add_run(_text(footer))
        run.font.size = self._small
        for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
            self._font(self._document.styles[name], language)
        self._document.styles["Normal"].font.size = Pt(10)

    def _font(self, style: Any, language: Language) -> None:
        """A font that has Chinese, and the language for spelling and line breaks."""
        from docx.oxml.ns import qn  # noqa: PLC0415

        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        # A font of the theme, which has no Chinese, would come before it.
        fonts.attrib.pop(qn("w:eastAsiaTheme"), None)
        fonts.set(qn("w:eastAsia"), "SimSun" if style.name == "Normal" else "SimHei")
        if style.name == "Normal":
            lang = style.element.rPr.makeelement(qn("w:lang"), {})
            lang.set(qn("w:val"), "en-US")
            lang.set(qn("w:eastAsia"), "zh-CN" if language == "zh" else "en-US")
            style.element.rPr.append(lang)

    def title(self, text: str) -> None:
        """The title of the document."""
        self._document.add_heading(_text(text), 0)

    def heading(self, text: str, level: int, *, new_page: bool = False) -> None:
        """A heading of a chapter (1) or below."""
        paragraph = self._document.add_heading(_text(text), level)
        paragraph.paragraph_format.page_break_before = new_page or None

    def paragraph(self, text: str, *, bold: bool = False) -> None:
        """A paragraph; its line breaks stay."""
        self._document.add_paragraph().add_run(_text(text)).bold = bold or None

    def bullets(self, texts: Sequence[str]) -> None:
        """A list."""
        for text in texts:
            self._document.add_paragraph(_text(text), style="List Bullet")

    def table(
        self,
        headings: Sequence[str],
        cells: Sequence[Sequence[str]],
        widths: Sequence[float] | None = None,
    ) -> None:
        """A table, whose headings stand on each page; `widths` are in centimetres."""
        from docx.oxml import OxmlElement  # noqa: PLC0415

        rows = [headings, *cells] if headings else list(cells)
        table = self._document.add_table(len(rows), len(rows[0]), style="Table Grid")
        table.autofit = widths is None
        # Asking a table for a cell walks all of them: rows are asked once.
        for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
            is_heading = bool(headings) and number == 0
            if is_heading:
                row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
            for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                run = cell.paragraphs[0].add_run(_text(text))
                run.font.size = self._small
                run.bold = is_heading or None
                if widths:
                    cell.width = self._cm(widths[column])
        self._document.add_paragraph()

    def describe(self, *, title: str, author: str, when: datetime) -> None:
        """The document's properties; `when` is in UTC."""
        properties = self._document.core_properties
        properties.title, properties.author, properties.comments = title, author, ""
        properties.created = properties.modified = when
        properties.last_modified_by = author

    def saved(self) -> bytes:
        """The file."""
        out = io.BytesIO()
        self._document.save(out)
        return out.getvalue()


def _text(text: str) -> str:
    """A text of several lines, without what XML does not have or what is not seen."""
    return _NO_XML.sub("\ufffd", "\n".join(visible(line) for line in text.split("\n")))
