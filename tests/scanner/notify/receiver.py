"""A chat on loopback: it checks what a robot of its kind checks, and keeps what it got."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from tests.serving import serve

SECRET = "SEC-0123"


class Got(NamedTuple):
    """A request: its path, query, headers and body."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Receiver:
    """Answers each path as the chat of that name does."""

    def __init__(self) -> None:
        self.got: list[Got] = []
        self.busy = 0
        """How many requests are answered with 503 first."""
        self.answers: dict[str, Callable[[Got], tuple[int, bytes]]] = {
            "/dingtalk": _dingtalk,
            "/feishu": _feishu,
            "/wecom": _wecom,
            "/slack": lambda got: (200, b"ok" if got.json["text"] else b"no_text"),
            "/generic": _generic,
            "/moved": lambda _: (302, b""),
            "/page": lambda _: (200, b"<html>"),
        }

    def answer(self, got: Got) -> tuple[int, bytes]:
        self.got.append(got)
        if self.busy:
            self.busy -= 1
            return 503, b""
        return self.answers[got.path](got)


def _dingtalk(got: Got) -> tuple[int, bytes]:
    at = got.query.get("timestamp", "0")
    digest = hmac.new(SECRET.encode(), f"{at}\n{SECRET}".encode(), hashlib.sha256).digest()
    right = got.query.get("sign") == base64.b64encode(digest).decode()
    if not right or abs(time.time() * 1000 - int(at)) > 3_600_000:
        return 200, b'{"errcode":310000,"errmsg":"sign not match"}'
    if got.query.get("access_token") != "key" or len(got.body) > 20_000:
        return 200, b'{"errcode":300001,"errmsg":"token is not exist"}'
    return 200, b'{"errcode":0,"errmsg":"ok"}'


def _feishu(got: Got) -> tuple[int, bytes]:
    at = got.json.get("timestamp", "0")
    digest = hmac.new(f"{at}\n{SECRET}".encode(), b"", hashlib.sha256).digest()
    right = got.json.get("sign") == base64.b64encode(digest).decode()
    if not right or abs(time.time() - int(at)) > 3600 or len(got.body) > 20_000:
        return 200, b'{"code":19021,"msg":"sign match fail or timestamp is not within one hour"}'
    return 200, b'{"code":0,"msg":"success","StatusCode":0}'


def _wecom(got: Got) -> tuple[int, bytes]:
    if len(got.json["markdown"]["content"].encode()) > 4096:
        return 200, b'{"errcode":40058,"errmsg":"markdown.content exceed max length 4096"}'
    return 200, b'{"errcode":0,"errmsg":"ok"}'


def _generic(got: Got) -> tuple[int, bytes]:
    signed = got.headers["X-Mlps-Timestamp"].encode() + b"." + got.body
    digest = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
    return (204 if got.headers["X-Mlps-Signature"] == f"sha256={digest}" else 401), b""


@contextmanager
def receiver() -> Iterator[tuple[str, Receiver]]:
    """Its address, and the chat."""
    chat = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            """Quiet."""

        def do_POST(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, said = chat.answer(Got(parts.path, query, dict(self.headers), body))
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            if status == 302:
                self.send_header("Location", "/slack")
            self.end_headers()
            self.wfile.write(said)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serve(server)
    try:
        yield f"http://127.0.0.1:{server.server_port}", chat
    finally:
        server.shutdown()
        server.server_close()
