"""An HTTP server of one function, which can also break answers in the ways that networks do."""

from __future__ import annotations

import json
import socket
import ssl
import struct
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from tests.serving import serve


class HttpRequest(NamedTuple):
    """A request as it came. Header names are in lower case."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


class Reply(NamedTuple):
    """An answer to send."""

    status: int
    headers: dict[str, str]
    body: bytes


Handle = Callable[[HttpRequest], Reply | str]
"""The reply, or what happens instead: garbage, html, foreign, silent or reset."""

_BROKEN = {
    "garbage": Reply(200, {"Content-Type": "application/json"}, b'{"value": ['),
    "html": Reply(200, {"Content-Type": "text/html"}, b"<html><body>Please sign in</body></html>"),
    "foreign": Reply(200, {"Content-Type": "application/json"}, b'{"status": "ok"}'),
}


def json_reply(status: int, body: Any, headers: dict[str, str] | None = None) -> Reply:
    """A reply in JSON."""
    return Reply(
        status, {"Content-Type": "application/json", **(headers or {})}, json.dumps(body).encode()
    )


class HttpServer:
    """A server that runs until it is closed; with `tls` it speaks HTTPS."""

    def __init__(self, handle: Handle, tls: ssl.SSLContext | None = None) -> None:
        self._server = _Server(("127.0.0.1", 0), _handler(handle))
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._server.server_port}"
        serve(self._server)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def _handler(handle: Handle) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            url = urlsplit(self.path)
            request = HttpRequest(
                self.command,
                url.path,
                dict(parse_qsl(url.query, keep_blank_values=True)),
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(length),
            )
            reply = handle(request)
            if isinstance(reply, str):
                self._break(reply)
            else:
                self._send(reply)

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def _break(self, kind: str) -> None:
            if kind in _BROKEN:
                self._send(_BROKEN[kind])
                return
            self.close_connection = True
            if kind == "silent":
                time.sleep(3)
                return
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Silent: a test's own output says what matters."""

    return Handler
