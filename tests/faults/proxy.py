"""A fault-injecting HTTP proxy between the real SDK and moto.

It stands as the endpoint URL, forwards every request byte for byte, and answers some of them
itself: with a denial or a throttling error in the protocol of the service that was asked.
"""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests.faults.operations import Fault, Operations, Request, error_answer

DENIED = Fault(403, "AccessDenied")
THROTTLED = Fault(400, "Throttling")
SLOW_DOWN = Fault(503, "SlowDown")


Decide = Callable[[Request], Fault | None]


class FaultProxy:
    """A running proxy: set `decide` to inject; `seen` and `injected` count what passed."""

    def __init__(self, upstream: str) -> None:
        self._upstream = urlsplit(upstream)
        self._operations = Operations()
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
                request = proxy._operations.recognise(
                    self.command, self.path, dict(self.headers), body
                )
                fault = proxy._note(request)
                if fault:
                    self._send(fault.status, *error_answer(request, fault))
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
