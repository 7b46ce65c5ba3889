"""A fault-injecting HTTP proxy between the real SDK and moto.

It stands as the endpoint URL, forwards every request byte for byte, and answers some of them
itself: with a denial or a throttling error in the protocol of the service that was asked.
"""

from __future__ import annotations

import http.client
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit


class Fault(NamedTuple):
    """An error answer: HTTP status and the error code that the service gives."""

    status: int
    code: str


DENIED = Fault(403, "AccessDenied")
THROTTLED = Fault(400, "Throttling")
SLOW_DOWN = Fault(503, "SlowDown")


class Request(NamedTuple):
    """A request as the proxy sees it: the signing name of the service, and the operation."""

    service: str
    operation: str
    method: str
    path: str
    region: str


Decide = Callable[[Request], Fault | None]


class FaultProxy:
    """A running proxy: set `decide` to inject; `seen` and `injected` count what passed."""

    def __init__(self, upstream: str) -> None:
        self._upstream = urlsplit(upstream)
        self.decide: Decide = lambda request: None
        self.seen: list[Request] = []
        self.injected = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _note(self, request: Request) -> Fault | None:
        with self._lock:
            self.seen.append(request)
            fault = self.decide(request)
            self.injected += fault is not None
            return fault

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _serve(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                request = _recognise(self.command, self.path, dict(self.headers), body)
                fault = proxy._note(request)
                if fault:
                    self._send(fault.status, *_error(request, fault))
                    return
                self._forward(body)

            def _forward(self, body: bytes) -> None:
                host, port = proxy._upstream.hostname or "", proxy._upstream.port
                upstream = http.client.HTTPConnection(host, port, timeout=60)
                upstream.request(self.command, self.path, body, dict(self.headers))
                answer = upstream.getresponse()
                content = answer.read()
                self._send(answer.status, dict(answer.getheaders()), content)
                upstream.close()

            def _send(self, status: int, headers: dict[str, str], content: bytes) -> None:
                self.send_response(status)
                for name, value in headers.items():
                    if name.lower() not in {"content-length", "connection", "transfer-encoding"}:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = _serve  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Silent: a test's own output says what matters."""

        return Handler


@contextmanager
def fault_proxy(upstream: str) -> Iterator[FaultProxy]:
    """A proxy in front of `upstream`, closed at the end."""
    proxy = FaultProxy(upstream)
    try:
        yield proxy
    finally:
        proxy.close()


_SCOPE = re.compile(r"Credential=[^/]+/\d+/([^/]+)/([^/]+)/aws4_request")


def _recognise(method: str, path: str, headers: dict[str, str], body: bytes) -> Request:
    scope = _SCOPE.search(headers.get("Authorization", ""))
    region, service = scope.groups() if scope else ("", "")
    target = headers.get("X-Amz-Target", "")
    if target:
        operation = target.rsplit(".", 1)[-1]
    elif b"Action=" in body:
        operation = parse_qs(body.decode())["Action"][0]
    else:
        operation = _rest_operation(service, method, path)
    return Request(service, operation, method, path, region)


_S3_QUERIES = {
    "acl": "GetBucketAcl",
    "policy": "GetBucketPolicy",
    "publicAccessBlock": "GetPublicAccessBlock",
    "encryption": "GetBucketEncryption",
    "versioning": "GetBucketVersioning",
    "logging": "GetBucketLogging",
    "replication": "GetBucketReplication",
    "lifecycle": "GetBucketLifecycleConfiguration",
    "tagging": "GetBucketTagging",
    "location": "GetBucketLocation",
    "accelerate": "GetBucketAccelerateConfiguration",
    "object-lock": "GetObjectLockConfiguration",
}


def _rest_operation(service: str, method: str, path: str) -> str:
    """The operation of a REST request: by its sub-resource for S3, else method and path."""
    url = urlsplit(path)
    if service == "s3" and "public" in url.path.lower() and "v20180820" in url.path:
        return "GetPublicAccessBlock"
    if service == "s3":
        for name in parse_qs(url.query, keep_blank_values=True):
            if name in _S3_QUERIES:
                return _S3_QUERIES[name]
        return "ListBuckets" if url.path == "/" else f"{method} object"
    return f"{method} {url.path}"


def _error(request: Request, fault: Fault) -> tuple[dict[str, str], bytes]:
    message = "injected by the test"
    if request.service == "s3":
        body = f"<Error><Code>{fault.code}</Code><Message>{message}</Message></Error>"
        return {"Content-Type": "application/xml"}, body.encode()
    if request.service == "ec2":
        inner = f"<Error><Code>{fault.code}</Code><Message>{message}</Message></Error>"
        body = f"<Response><Errors>{inner}</Errors><RequestID>1</RequestID></Response>"
        return {"Content-Type": "text/xml"}, body.encode()
    if "Action" in request.operation or request.service in _QUERY_SERVICES:
        inner = f"<Type>Sender</Type><Code>{fault.code}</Code><Message>{message}</Message>"
        body = f"<ErrorResponse><Error>{inner}</Error><RequestId>1</RequestId></ErrorResponse>"
        return {"Content-Type": "text/xml"}, body.encode()
    headers = {"Content-Type": "application/json", "x-amzn-ErrorType": fault.code}
    return headers, json.dumps({"__type": fault.code, "message": message}).encode()


_QUERY_SERVICES = {"iam", "sts", "rds", "elasticloadbalancing", "monitoring", "sns"}
