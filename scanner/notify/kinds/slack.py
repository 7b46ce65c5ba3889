"""Slack: an incoming webhook, with blocks of plain text, in which no mention works. It signs
nothing: the key is in the address."""

from __future__ import annotations

import msgspec

from scanner.notify import Kind, Request
from scanner.notify._text import within
from scanner.notify.summary import Summary, lines, title
from scanner.report import Language

_MOST_BYTES = 3_000
"""A block takes 3,000 characters."""


def _request(summary: Summary, language: Language, _secret: str, _now: float) -> Request:
    head = title(summary, language)
    rows = within(lines(summary, language), _MOST_BYTES, language)
    blocks = [{"type": "header", "text": _plain(head)}]
    if rows:
        blocks.append({"type": "section", "text": _plain("\n".join(rows))})
    return Request(body=msgspec.json.encode({"text": head, "blocks": blocks}))


def _plain(text: str) -> dict[str, object]:
    return {"type": "plain_text", "text": text, "emoji": False}


def _refusal(answer: bytes) -> str:
    said = answer.strip()
    return "" if said == b"ok" else said[:200].decode(errors="replace")


KIND = Kind(request=_request, refusal=_refusal, signs=False)
