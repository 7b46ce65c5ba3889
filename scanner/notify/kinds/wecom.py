"""WeCom (企业微信): the robot of a group. Markdown of at most 4,096 bytes; it signs nothing: the
key is in the address."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from scanner.notify import Kind, Request
from scanner.notify._text import inert, within
from scanner.notify.summary import Summary, lines, title
from scanner.report import Language

_MOST_BYTES = 4_096


class _Answer(Struct):
    errcode: int
    errmsg: str = ""


def _request(summary: Summary, language: Language, _secret: str, _now: float) -> Request:
    rows = [f"### {inert(title(summary, language))}"]
    rows += [f"> {inert(line)}" for line in lines(summary, language)]
    text = "\n".join(within(rows, _MOST_BYTES, language))
    body = {"msgtype": "markdown", "markdown": {"content": text}}
    return Request(body=msgspec.json.encode(body))


def _refusal(answer: bytes) -> str:
    found = msgspec.json.decode(answer, type=_Answer)
    return f"{found.errcode} {found.errmsg}" if found.errcode else ""


KIND = Kind(request=_request, refusal=_refusal, signs=False)
