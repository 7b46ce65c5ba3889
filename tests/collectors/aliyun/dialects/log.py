"""Log Service (SLS): signature V4, the project in the host, lists by `offset` and `size`.

Signatures are computed from the vendor's description ("Request signatures", SLS developer
reference), not by the SDK that is under test.
"""

from __future__ import annotations

import copy
import hashlib
import hmac
import json
import re
from typing import Any
from urllib.parse import quote, unquote

from collectors.aliyun.ways.log import OPERATIONS
from tests.collectors.aliyun.server import (
    AliyunServer,
    Asked,
    Fault,
    HttpRequest,
    Reply,
    WrongError,
)

_HOST = re.compile(r"(?:(?P<project>[a-z0-9-]+)\.)?(?P<region>[a-z0-9-]+)\.log\.aliyuncs\.com")
_AUTHORIZATION = re.compile(
    r"SLS4-HMAC-SHA256 Credential=(?P<key>[^/]+)/(?P<scope>(?P<date>\d{8})/(?P<region>[^/]+)"
    r"/sls/aliyun_v4_request),Signature=(?P<signature>[0-9a-f]{64})"
)
# Operations without a project: lists of projects, records of the account.
_OF_ACCOUNT = {"ListProject", "GetResourceRecord"}


class _Log:
    """The dialect."""

    def asked(self, request: HttpRequest, server: AliyunServer) -> Asked | None:
        host = _HOST.fullmatch(request.headers.get("host", ""))
        if host is None:
            return None
        _check(request, host["region"], server)
        for operation, about in sorted(OPERATIONS.items()):
            params = _matched(about.path, request.path)
            if params is None or (operation in _OF_ACCOUNT) != (host["project"] is None):
                continue
            if host["project"]:
                params["project"] = host["project"]
            return Asked("sls", operation, host["region"], {**params, **request.query})
        raise WrongError(f"Log Service has no {request.method} {request.path}")

    def answer(self, asked: Asked, request: HttpRequest, server: AliyunServer) -> Reply:
        entry = server.entry(asked)
        if entry is None:
            raise WrongError(f"the world has no answer to {asked.name} {asked.params}")
        server.call_of(asked)
        status, body = int(entry.get("status", 200)), copy.deepcopy(entry["body"])
        items = OPERATIONS[asked.operation].items
        if status == 200 and items:
            size = min(int(asked.params["size"]), server.page)
            start = int(asked.params["offset"])
            whole = body[items]
            body[items] = whole[start : start + size]
            body |= {"total": len(whole), "count": len(body[items])}
        return _reply(status, body)

    def error(self, asked: Asked, fault: Fault) -> Reply:
        body = {"errorCode": fault.code, "errorMessage": "injected by the test"}
        return _reply(fault.status, body)


def _matched(path: str, found: str) -> dict[str, str] | None:
    pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(path))
    match = re.fullmatch(pattern, found)
    return {name: unquote(value) for name, value in match.groupdict().items()} if match else None


def _check(request: HttpRequest, region: str, server: AliyunServer) -> None:
    """Whether a request is signed. Raises WrongError."""
    found = _AUTHORIZATION.fullmatch(request.headers.get("authorization", ""))
    if request.method != "GET" or found is None or found["region"] != region:
        raise WrongError(f"{request.method} {request.path}: not signed for {region}")
    token = request.headers.get("x-acs-security-token", "")
    secret = server.secret_of(found["key"], token)
    time = request.headers.get("x-log-date", "")
    signed = {
        name: value.strip()
        for name, value in request.headers.items()
        if name in {"host", "content-type"} or name.startswith(("x-log-", "x-acs-"))
    }
    pairs = sorted((name, quote(value, safe="~")) for name, value in request.query.items())
    canonical = "\n".join(
        [
            request.method,
            request.path,
            "&".join(f"{name}={value}" if value else name for name, value in pairs),
            "".join(f"{name}:{signed[name]}\n" for name in sorted(signed)),
            ";".join(sorted(signed)),
            hashlib.sha256(request.body).hexdigest(),
        ]
    )
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    text = f"SLS4-HMAC-SHA256\n{time}\n{found['scope']}\n{digest}"
    key = f"aliyun_v4{secret}".encode()
    for part in (found["date"], region, "sls", "aliyun_v4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    expected = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    if found["signature"] != expected or not time.startswith(found["date"]):
        raise WrongError(f"{request.path}: the signature is wrong")


def _reply(status: int, body: Any) -> Reply:
    text = b"" if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", "x-log-requestid": "5B0A6B60BB6EE39764D458B5"}
    return Reply(status, headers, text)


DIALECT = _Log()
