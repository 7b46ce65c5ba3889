"""The page: one file, which loads nothing and runs nothing but its own script.

The content security policy allows the one style sheet and the one script by their digests, and no
connection, image, frame or form. The data is no script: it is parsed as JSON, and shown as text.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import msgspec

from scanner.report._html.payload import Payload

FOLDER = Path(__file__).parent / "page"
SCRIPTS = (
    "data",
    "text",
    "dom",
    "marks",
    "charts",
    "overview",
    "items",
    "item",
    "filter",
    "finding",
    "findings",
    "checks",
    "missed",
    "main",
)
"""In the order in which they stand in the page."""

_TITLE = {"en": "MLPS 2.0 self-check", "zh": "等级保护 2.0 自查报告"}
_PLACE = re.compile(r"%([A-Z]+)%")


def page(payload: Payload) -> str:
    """The whole file."""
    style = (FOLDER / "style.css").read_text(encoding="utf-8")
    script = _script()
    parts = {
        "LANG": "zh-CN" if payload.language == "zh" else "en",
        "TITLE": _TITLE[payload.language],
        "POLICY": _policy(style, script),
        "STYLE": style,
        "DATA": _data(payload),
        "SCRIPT": script,
    }
    template = (FOLDER / "page.html").read_text(encoding="utf-8")
    return _PLACE.sub(lambda place: parts[place[1]], template)


def _script() -> str:
    parts = [(FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "})();\n"


def _policy(style: str, script: str) -> str:
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {_digest(script)}",
            f"style-src {_digest(style)}",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        ]
    )


def _digest(text: str) -> str:
    """The source expression of exactly this inline text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _data(payload: Payload) -> str:
    """JSON in which nothing looks like markup: no name can end the element that it stands in."""
    text = msgspec.json.encode(payload).decode()
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
