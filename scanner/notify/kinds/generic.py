"""Any program: the summary as JSON. With a secret, `X-Mlps-Signature` is "sha256=" and the HMAC of
`X-Mlps-Timestamp`, a full stop and the body, in hex: the receiver refuses what is forged or old."""

from __future__ import annotations

import hashlib
import hmac

import msgspec

from scanner.notify import Kind, Request
from scanner.notify.summary import Summary, lines, title
from scanner.report import Language


def _request(summary: Summary, language: Language, secret: str, now: float) -> Request:
    said = {"title": title(summary, language), "lines": lines(summary, language)}
    body = msgspec.json.encode({"kind": "mlps.notification", **said, "summary": summary})
    if not secret:
        return Request(body=body)
    at = str(int(now))
    digest = hmac.new(secret.encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()
    signed = {"X-Mlps-Timestamp": at, "X-Mlps-Signature": f"sha256={digest}"}
    return Request(body=body, headers=signed)


def _refusal(_: bytes) -> str:
    """A status of 200 is all that is asked for."""
    return ""


KIND = Kind(request=_request, refusal=_refusal, signs=True)
