"""DingTalk (钉钉): the custom robot of a group, signed (加签) where a secret is given. A robot that
asks for a keyword gets 等级保护 or MLPS, which each title has. At most 20,000 bytes."""

from __future__ import annotations

import base64
import hashlib
import hmac

import msgspec
from msgspec import Struct

from scanner.notify import Kind, Request
from scanner.notify._text import inert, within
from scanner.notify.summary import Summary, lines, title
from scanner.report import Language

_MOST_BYTES = 18_000


class _Answer(Struct):
    errcode: int
    errmsg: str = ""


def _request(summary: Summary, language: Language, secret: str, now: float) -> Request:
    head = inert(title(summary, language))
    rows = [f"### {head}", *(f"- {inert(line)}" for line in lines(summary, language))]
    text = "\n".join(within(rows, _MOST_BYTES, language))
    body = {"msgtype": "markdown", "markdown": {"title": head, "text": text}}
    query = {}
    if secret:
        at = str(int(now * 1000))
        digest = hmac.new(secret.encode(), f"{at}\n{secret}".encode(), hashlib.sha256).digest()
        query = {"timestamp": at, "sign": base64.b64encode(digest).decode()}
    return Request(body=msgspec.json.encode(body), query=query)


def _refusal(answer: bytes) -> str:
    found = msgspec.json.decode(answer, type=_Answer)
    return f"{found.errcode} {found.errmsg}" if found.errcode else ""


KIND = Kind(request=_request, refusal=_refusal, signs=True)
