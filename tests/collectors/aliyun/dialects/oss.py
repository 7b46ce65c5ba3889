"""OSS: its signature, computed from the vendor's description ("Signature version 4"), its
sub-resources, and XML from the world, whose bodies are the documents with their root element."""

from __future__ import annotations

import copy
import hashlib
import hmac
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote
from xml.sax.saxutils import escape

from tests.collectors.aliyun.server import (
    AliyunServer,
    Asked,
    Fault,
    HttpRequest,
    Reply,
    WrongError,
)

_HOST = re.compile(r"(?:([a-z0-9-]+)\.)?oss-([a-z0-9-]+)\.aliyuncs\.com")
_SIGNED = re.compile(
    r"OSS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/oss/aliyun_v4_request, ?"
    r"Signature=([0-9a-f]{64})"
)
_OF_BUCKET = {
    "bucketInfo": "GetBucketInfo",
    "policy": "GetBucketPolicy",
    "referer": "GetBucketReferer",
    "httpsConfig": "GetBucketHttpsConfig",
    "lifecycle": "GetBucketLifecycle",
    "worm": "GetBucketWorm",
    "replication": "GetBucketReplication",
    "tagging": "GetBucketTags",
}
_OF_SERVICE = {"publicAccessBlock": "GetPublicAccessBlock"}


class OssDialect:
    """Requests to `<bucket>.oss-<region>.aliyuncs.com`."""

    def asked(self, request: HttpRequest, server: AliyunServer) -> Asked | None:
        found = _HOST.fullmatch(request.headers.get("host", ""))
        if found is None:
            return None
        bucket, region = found[1] or "", found[2]
        _verify(request, bucket, region, server)
        if (request.method, request.path) != ("GET", "/"):
            raise WrongError(f"oss: {request.method} {request.path}")
        names = [name for name, value in request.query.items() if value == ""]
        params = {name: value for name, value in request.query.items() if value}
        if not names and not bucket and params.keys() <= {"max-keys", "marker", "prefix"}:
            return Asked("oss", "ListBuckets", region, params)
        known = _OF_BUCKET if bucket else _OF_SERVICE
        if len(names) != 1 or names[0] not in known or params:
            raise WrongError(f"oss: unknown sub-resource {names} {params}")
        params = {"Bucket": bucket} if bucket else {}
        return Asked("oss", known[names[0]], region, params)

    def answer(
        self, asked: Asked, request: HttpRequest, server: AliyunServer, *, truncated: bool = False
    ) -> Reply:
        server.call_of(asked)
        entry = server.entry(asked)
        if entry is None:
            raise WrongError(f"the world has no answer to {asked.name} {asked.params}")
        body = copy.deepcopy(entry["body"])
        if "status" in entry:
            return _xml(int(entry["status"]), {"Error": body})
        if asked.operation == "GetBucketPolicy":
            return Reply(200, {"Content-Type": "application/json"}, json.dumps(body).encode())
        if asked.operation == "ListBuckets":
            _page(body["ListAllMyBucketsResult"], asked, server, truncated=truncated)
        return _xml(200, body)

    def error(self, asked: Asked, fault: Fault) -> Reply:
        return _xml(fault.status, {"Error": {"Code": fault.code, "Message": "by the test"}})


DIALECT = OssDialect()


def _verify(request: HttpRequest, bucket: str, region: str, server: AliyunServer) -> None:
    """Raises WrongError for a signature that is not the right one."""
    signed = _SIGNED.fullmatch(request.headers.get("authorization", ""))
    if signed is None:
        raise WrongError("oss: no signature of version 4")
    key_id, date, scope_region, signature = signed.groups()
    secret = server.secret_of(key_id, request.headers.get("x-oss-security-token", ""))
    if scope_region != region:
        raise WrongError(f"oss: signed for {scope_region}, sent to {region}")
    if signature != oss_signature(request, bucket, region, date, secret):
        raise WrongError("oss: the signature is wrong")


def oss_signature(request: HttpRequest, bucket: str, region: str, date: str, secret: str) -> str:
    """Signature version 4 of a request without additional signed headers."""
    headers = request.headers
    signed = sorted(
        f"{name}:{value.strip()}\n"
        for name, value in headers.items()
        if name.startswith("x-oss-") or name in {"content-type", "content-md5"}
    )
    path = f"/{bucket}{request.path}" if bucket else request.path
    canonical = "\n".join(
        [
            request.method,
            quote(path, safe="/-_.~"),
            _canonical_query(request.query),
            "".join(signed),
            "",
            headers["x-oss-content-sha256"],
        ]
    )
    scope = f"{date}/{region}/oss/aliyun_v4_request"
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    text = f"OSS4-HMAC-SHA256\n{headers['x-oss-date']}\n{scope}\n{digest}"
    key = f"aliyun_v4{secret}".encode()
    for part in (date, region, "oss", "aliyun_v4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _canonical_query(query: Mapping[str, str]) -> str:
    encoded = sorted((quote(name, safe="-_.~"), quote(text, safe="-_.~"))
                     for name, text in query.items())  # fmt: skip
    return "&".join(f"{name}={text}" if text else name for name, text in encoded)


def _page(body: dict[str, Any], asked: Asked, server: AliyunServer, *, truncated: bool) -> None:
    items = body["Buckets"]["Bucket"]
    marker = asked.params.get("marker", "")
    names = [item["Name"] for item in items]
    start = names.index(marker) + 1 if marker else 0
    size = min(int(asked.params.get("max-keys", 100)), server.page)
    page = items[start : start + size]
    more = start + size < len(items)
    body["Buckets"]["Bucket"] = page[:-1] if truncated else page
    body["IsTruncated"] = "true" if more or truncated else "false"
    if more and not truncated:
        body["NextMarker"] = page[-1]["Name"]


def _xml(status: int, body: dict[str, Any]) -> Reply:
    text = '<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(_elements(body))
    return Reply(status, {"Content-Type": "application/xml"}, text.encode())


def _elements(body: dict[str, Any]) -> Iterator[str]:
    for name, value in body.items():
        for one in value if isinstance(value, list) else [value]:
            inner = "".join(_elements(one)) if isinstance(one, dict) else escape(str(one))
            yield f"<{name}>{inner}</{name}>" if inner else f"<{name}/>"
