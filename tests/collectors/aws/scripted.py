"""A real HTTP server that answers AWS requests by a script, for what moto cannot be made to say."""

from __future__ import annotations

import functools
import socket
import struct
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import boto3
from botocore.config import Config

from collectors.aws.reader import Reader
from tests.serving import serve

JSON = "application/x-amz-json-1.1"
XML = "text/xml"


class Reply(NamedTuple):
    """An answer. Without `id` it carries no request id, which AWS's all do; with `cut`, the
    connection is closed after the body, which is said to be longer; with `reset`, it is reset
    before any answer."""

    status: int = 200
    body: str = ""
    kind: str = JSON
    id: bool = True
    cut: bool = False
    reset: bool = False


class Asked(NamedTuple):
    """A request: its operation, the body, and what it was signed with."""

    operation: str
    body: str
    authorization: str


def error(code: str, status: int = 400, message: str = "told by the test") -> Reply:
    """An error of a service that speaks JSON."""
    return Reply(status, f'{{"__type": "{code}", "message": "{message}"}}')


def query_error(code: str, status: int = 400, message: str = "told by the test") -> Reply:
    """An error of a service that speaks XML to queries (IAM, STS, RDS)."""
    inner = f"<Type>Sender</Type><Code>{code}</Code><Message>{message}</Message>"
    return Reply(status, f"<ErrorResponse><Error>{inner}</Error></ErrorResponse>", XML)


def s3_error(code: str, status: int = 400, message: str = "told by the test") -> Reply:
    """An error of S3."""
    return Reply(status, f"<Error><Code>{code}</Code><Message>{message}</Message></Error>", XML)


RESET = Reply(reset=True)


class Scripted:
    """A running server. `replies` has the answers to each operation in turn, the last for ever;
    an operation without any is answered by the replies of "*". `named` names the operation of a
    path of REST, which by itself is "/"."""

    def __init__(self, named: Callable[[str], str] = lambda path: "/") -> None:
        self.replies: dict[str, list[Reply]] = {}
        self.asked: list[Asked] = []
        self.hold = 0.0
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        self._named = named
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        serve(self._server)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def says(self, operation: str, *replies: Reply) -> None:
        """Answer the operation like that from now on, forgetting what was asked."""
        self.replies = {operation: list(replies)}
        self.asked = []

    def _next(self, asked: Asked) -> Reply:
        with self._lock:
            self.asked.append(asked)
            known = self.replies.get(asked.operation) or self.replies["*"]
            return known.pop(0) if len(known) > 1 else known[0]

    def _count(self, change: int) -> None:
        with self._lock:
            self._at_once += change
            self.most_at_once = max(self.most_at_once, self._at_once)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        scripted = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Head and body are sent in one piece each: nothing waits for the acknowledgement.
            disable_nagle_algorithm = True

            def _serve(self) -> None:
                scripted._count(1)
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                operation = _operation(self.path, self.headers.get("X-Amz-Target", ""), body)
                operation = scripted._named(self.path) if operation == "/" else operation
                authorization = self.headers.get("Authorization", "")
                if scripted.hold:
                    threading.Event().wait(scripted.hold)
                reply = scripted._next(Asked(operation, body, authorization))
                # Counted down before the answer, which may free a place for the next request.
                scripted._count(-1)
                if reply.reset:
                    self._reset()
                else:
                    self._answer(reply)

            def _answer(self, reply: Reply) -> None:
                content = reply.body.encode()
                self.send_response(reply.status)
                self.send_header("Content-Type", reply.kind)
                if reply.id:
                    self.send_header("x-amzn-RequestId", "1")
                self.send_header("Content-Length", str(len(content) + (100 if reply.cut else 0)))
                self.end_headers()
                self.wfile.write(content)
                self.close_connection = reply.cut

            def _reset(self) -> None:
                # No lingering: the system sends RST instead of FIN.
                linger = struct.pack("ii", 1, 0)
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                self.connection.close()
                self.close_connection = True

            do_GET = do_POST = do_PUT = do_HEAD = _serve  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Silent: a test's own output says what matters."""

            def finish(self) -> None:
                # A connection that was reset cannot be flushed.
                if not self.wfile.closed:
                    super().finish()

        return Handler


def _operation(path: str, target: str, body: str) -> str:
    """The operation; for REST the names of the query ("policy"), "/" where there are none."""
    if target:
        return target.rsplit(".", 1)[-1]
    if "Action=" in body:
        return parse_qs(body)["Action"][0]
    return " ".join(parse_qs(urlsplit(path).query, keep_blank_values=True)) or "/"


def reader_at(session: boto3.Session, url: str, attempts: int = 1, **changes: Any) -> Reader:
    """A reader of a server at `url`, with other arguments of its own in `changes`."""
    values: dict[str, Any] = {
        "account": "123456789012",
        "config": Config(retries={"total_max_attempts": attempts, "mode": "standard"}),
        "endpoint_url": url,
        "concurrency": 4,
    }
    reader = Reader(session, **(values | changes))
    if not changes:
        share_clients(reader, url, attempts)
    return reader


def share_clients(reader: Reader, url: str, attempts: int) -> None:
    """Give a reader the clients that others of the same server made: making one costs more than all
    that a test asks of it."""
    reader._clients = _clients_of(url, attempts)


@functools.lru_cache(maxsize=4)
def _clients_of(url: str, attempts: int) -> OrderedDict[tuple[str, str], Any]:
    return OrderedDict()


@contextmanager
def scripted(named: Callable[[str], str] = lambda path: "/") -> Iterator[Scripted]:
    """A running server, closed at the end."""
    server = Scripted(named)
    try:
        yield server
    finally:
        server.close()
