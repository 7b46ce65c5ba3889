"""Signatures of Alibaba Cloud's RPC and ROA requests, computed from the vendor's description of
them ("Request syntax and signature method V1"), not by the SDK that is under test."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import quote


def rpc_signature(method: str, params: Mapping[str, str], secret: str) -> str:
    """The signature of an RPC request with these query parameters, `Signature` apart."""
    pairs = sorted((name, value) for name, value in params.items() if name != "Signature")
    query = "&".join(f"{_encode(name)}={_encode(value)}" for name, value in pairs)
    return _hmac(f"{method}&{_encode('/')}&{_encode(query)}", f"{secret}&")


def roa_signature(
    method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], secret: str
) -> str:
    """The signature of an ROA request. `headers` have lower-case names."""
    lines = [
        method,
        headers.get("accept", ""),
        headers.get("content-md5", ""),
        headers.get("content-type", ""),
        headers.get("date", ""),
    ]
    lines += [f"{name}:{headers[name]}" for name in sorted(headers) if name.startswith("x-acs-")]
    pairs = "&".join(f"{name}={query[name]}" for name in sorted(query))
    lines.append(f"{path}?{pairs}" if pairs else path)
    return _hmac("\n".join(lines), secret)


def _encode(text: str) -> str:
    return quote(text, safe="-_.~")


def _hmac(text: str, secret: str) -> str:
    digest = hmac.new(secret.encode(), text.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()
