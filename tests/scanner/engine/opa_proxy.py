"""An HTTP proxy before a real OPA server that answers some requests itself, or waits with them."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from msgspec import Struct

from tests.serving import serve


class Instead(Struct, frozen=True):
    """What the proxy does in place of asking OPA: an answer, after some seconds."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = {}
    after_seconds: float = 0.0
    hang_up: bool = False


class Seen(Struct, frozen=True):
    """A request that passed: method, path with query, body."""

    method: str
    path: str
    body: bytes


Decide = Callable[[Seen], Instead | None]


class OpaProxy:
    """A running proxy: set `decide` to interfere; `seen` has every request."""

    def __init__(self, upstream: str) -> None:
        self.upstream = upstream
        self.decide: Decide = lambda seen: None
        self.seen: list[Seen] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        serve(self._server)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _forward(self, seen: Seen, headers: dict[str, str]) -> Instead:
        connection = http.client.HTTPConnection(urlsplit(self.upstream).netloc, timeout=30)
        try:
            connection.request(seen.method, seen.path, seen.body, headers)
            answer = connection.getresponse()
            return Instead(answer.status, answer.read(), {"Content-Type": "application/json"})
        finally:
            connection.close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Head and body are sent in one piece each: nothing waits for the acknowledgement.
            disable_nagle_algorithm = True

            def _serve(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                seen = Seen(self.command, self.path, self.rfile.read(length))
                proxy.seen.append(seen)
                answer = proxy.decide(seen)
                if answer is None:
                    kept = ("Authorization", "Content-Type")
                    headers = {n: v for n, v in self.headers.items() if n in kept}
                    answer = proxy._forward(seen, headers)
                time.sleep(answer.after_seconds)
                if answer.hang_up:
                    self.close_connection = True
                    return
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)

            do_GET = do_PUT = do_POST = do_DELETE = _serve  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        return Handler


@contextmanager
def opa_proxy(upstream: str) -> Iterator[OpaProxy]:
    """A proxy that is closed at the end."""
    proxy = OpaProxy(upstream)
    try:
        yield proxy
    finally:
        proxy.close()
