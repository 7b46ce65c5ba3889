"""HTML: one self-contained page in both languages, for people without the tool.

The page opens from a file, asks no network, and works without a server. Its parts are in `_html/`.
"""

from __future__ import annotations

from scanner.assessment import Assessment
from scanner.catalog import Catalogue
from scanner.report import Format, Options
from scanner.report._html.build import payload
from scanner.report._html.page import page


def render(assessment: Assessment, catalogue: Catalogue, options: Options) -> str:
    """The page. It starts in the language of the options, and has a switch."""
    return page(payload(assessment, catalogue, options.language, options.trend))


FORMAT = Format(name="html", description="one page for people, in both languages", render=render)
