"""Feishu (飞书) and Lark: the custom robot of a group, signed (签名校验) where a secret is given. A
post of plain texts, in which no mention works; at most 20 KB."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

import msgspec
from msgspec import Struct

from scanner.notify import Kind, Request
from scanner.notify._text import within
from scanner.notify.summary import Summary, lines, title
from scanner.report import Language

_MOST_BYTES = 15_000
_LOCALES = {"zh": "zh_cn", "en": "en_us"}


class _Answer(Struct):
    code: int
    msg: str = ""


def _request(summary: Summary, language: Language, secret: str, now: float) -> Request:
    rows = within(lines(summary, language), _MOST_BYTES, language)
    content = [[{"tag": "text", "text": row}] for row in rows]
    post = {_LOCALES[language]: {"title": title(summary, language), "content": content}}
    body: dict[str, Any] = {"msg_type": "post", "content": {"post": post}}
    if secret:
        at = str(int(now))
        # The text that is signed is the key, and there is no message.
        digest = hmac.new(f"{at}\n{secret}".encode(), b"", hashlib.sha256).digest()
        body |= {"timestamp": at, "sign": base64.b64encode(digest).decode()}
    return Request(body=msgspec.json.encode(body))


def _refusal(answer: bytes) -> str:
    found = msgspec.json.decode(answer, type=_Answer)
    return f"{found.code} {found.msg}" if found.code else ""


KIND = Kind(request=_request, refusal=_refusal, signs=True)
