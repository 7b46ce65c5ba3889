"""A fault-injecting HTTP proxy between the real SDK and moto.

It stands as the endpoint URL, forwards every request byte for byte, and answers some of them
itself: with a denial or a throttling error in the protocol of the service that was asked. What moto
answered to a read is remembered, and given again to every scan after the undisturbed one: moto's
account does not change between them.
"""

from __future__ import annotations

import http.client
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.faults.operations import Fault, Operations, Request, error_answer
from tests.serving import serve

DENIED = Fault(403, "AccessDenied")
THROTTLED = Fault(400, "Throttling")
SLOW_DOWN = Fault(503, "SlowDown")

SILENT_SECONDS = 1.0
"""How long a silent fault says nothing; clients wait less."""

READING = ("Get", "BatchGet", "List", "Describe", "Head")

Decide = Callable[[Request], Fault | None]


class Question(NamedTuple):
    """What decides moto's answer: the request without its time and signature."""

    method: str
    path: str
    body: bytes
    target: str
    scope: tuple[str, str]
    """Region and service that it is signed for."""


class Answer(NamedTuple):
    """What moto answered."""

    status: int
    headers: dict[str, str]
    content: bytes


class FaultProxy:
    """A running proxy: set `decide` to inject; `seen` and `injected` count what passed.

    While `learning`, every request reaches moto, and the last answer to each read is remembered:
    of a call that is repeated until it is ready, the one that was waited for. Afterwards only what
    was never asked before does.
    """

    def __init__(self, upstream: str) -> None:
        self._upstream = urlsplit(upstream)
        self._operations = Operations()
        self.decide: Decide = lambda request: None
        self.seen: list[Request] = []
        self.injected = 0
        self.learning = True
        self._answers: dict[Question, Answer] = {}
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        serve(self._server)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _note(self, request: Request) -> Fault | None:
        with self._lock:
            self.seen.append(request)
            fault = self.decide(request)
            self.injected += fault is not None
            return fault

    def _answer(self, question: Question, request: Request, headers: dict[str, str]) -> Answer:
        known = None if self.learning else self._answers.get(question)
        if known:
            return known
        answer = self._forward(question, headers)
        if request.operation.startswith(READING):
            self._answers[question] = answer
        return answer

    def _forward(self, question: Question, headers: dict[str, str]) -> Answer:
        host, port = self._upstream.hostname or "", self._upstream.port
        upstream = http.client.HTTPConnection(host, port, timeout=60)
        upstream.request(question.method, question.path, question.body, headers)
        answer = upstream.getresponse()
        content = answer.read()
        upstream.close()
        return Answer(answer.status, dict(answer.getheaders()), content)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Head and body are sent in one piece each: nothing waits for the acknowledgement.
            disable_nagle_algorithm = True

            def _serve(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                headers = dict(self.headers)
                request = proxy._operations.recognise(self.command, self.path, headers, body)
                fault = proxy._note(request)
                if fault and fault.kind == "error":
                    self._send(Answer(fault.status, *error_answer(request, fault)))
                    return
                if fault:
                    self._break(fault)
                    return
                target = headers.get("X-Amz-Target", "")
                scope = (request.region, request.service)
                question = Question(self.command, self.path, body, target, scope)
                self._send(proxy._answer(question, request, headers))

            def _break(self, fault: Fault) -> None:
                match fault.kind:
                    case "garbage":
                        self._send(Answer(200, {"Content-Type": "text/xml"}, b"<Half><"))
                    case "html":
                        page = b"<html><body>Please sign in</body></html>"
                        self._send(Answer(200, {"Content-Type": "text/html"}, page))
                    case "silent":
                        time.sleep(SILENT_SECONDS)
                        self.close_connection = True
                    case _:
                        linger = struct.pack("ii", 1, 0)
                        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                        self.close_connection = True

            def _send(self, answer: Answer) -> None:
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    if name.lower() not in {"content-length", "connection", "transfer-encoding"}:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(answer.content)

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
