"""A server that answers as Alibaba Cloud does, to the real SDK over HTTP.

It checks each request as the vendor's specification says: signature, product, version, action,
parameters, paging; what is wrong is refused and listed in `problems`. Answers come from `world`.
`decide` injects faults. Products that speak neither RPC nor ROA bring a `Dialect`.
"""

from __future__ import annotations

import copy
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, NamedTuple, Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

from collectors.aliyun.api import Action, Product, product
from collectors.aliyun.collect import declared_calls
from collectors.aliyun.members import FOR_MEMBERS
from collectors.calls import Call
from tests.collectors.aliyun.signatures import roa_signature, rpc_signature
from tests.collectors.aliyun.world import Answers
from tests.serving import serve

KEY_ID, SECRET = "LTAI5tTestKeyId", "test-secret"
ACCOUNT_ID = "1234567890123456"
REGION = "cn-hangzhou"

_COMMON = {
    "Action", "Version", "Format", "Timestamp", "SignatureMethod", "SignatureType",
    "SignatureVersion", "SignatureNonce", "AccessKeyId", "Signature", "SecurityToken", "RegionId",
}  # fmt: skip


class Asked(NamedTuple):
    """A request that was understood."""

    service: str
    operation: str
    region: str
    params: dict[str, Any]

    @property
    def name(self) -> str:
        """As calls are named: `ecs:DescribeInstances`."""
        return f"{self.service}:{self.operation}"


class Fault(NamedTuple):
    """What goes wrong with an answer. `status` and `code` are of an error; the other kinds: no
    connection (reset), no answer (silent), a body that is not of the API (garbage, html), a list
    that ends too early (truncated)."""

    kind: Literal["error", "reset", "silent", "garbage", "html", "truncated"] = "error"
    status: int = 400
    code: str = ""


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


class Dialect(Protocol):
    """A protocol of its own: recognises its requests, and writes answers and errors in its way."""

    def asked(self, request: HttpRequest, server: AliyunServer) -> Asked | None:
        """What is asked; None for a request of another protocol. Raises Wrong."""
        ...

    def answer(
        self, asked: Asked, request: HttpRequest, server: AliyunServer, *, truncated: bool = False
    ) -> Reply:
        """The answer; `truncated`: a list in it lost its end on the way."""
        ...

    def error(self, asked: Asked, fault: Fault) -> Reply:
        """An error with the fault's status and code."""
        ...


class WrongError(Exception):
    """A request that the specification does not allow."""


Decide = Callable[[Asked], Fault | None]


class AliyunServer:
    """A running server: `seen` is what was asked, `problems` what was wrong with it."""

    def __init__(self, world: Mapping[str, Answers], dialects: tuple[Dialect, ...] = ()) -> None:
        self.world = dict(world)
        self.dialects = dialects
        self.keys = {KEY_ID: SECRET}
        self.tokens: dict[str, str] = {}
        self.page = 1000
        """The most items that a page has, however many are asked for."""
        self.decide: Decide = lambda asked: None
        self.seen: list[Asked] = []
        self.problems: list[str] = []
        self.injected = 0
        self._calls = {call.name: call for call in (*declared_calls(), *FOR_MEMBERS)}
        self._nonces: set[str] = set()
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        serve(self._server)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def declare(self, *calls: Call) -> None:
        """Calls that no service module declares, for tests of the reader itself."""
        self._calls |= {call.name: call for call in calls}

    def services(self) -> set[str]:
        """The products that calls are declared of."""
        return {call.service for call in self._calls.values()}

    def secret_of(self, key_id: str, token: str) -> str:
        """The secret of an access key. Raises WrongError."""
        if key_id not in self.keys or self.tokens.get(key_id, "") != token:
            raise WrongError(f"the access key {key_id} is not known with this token")
        return self.keys[key_id]

    def handle(self, request: HttpRequest) -> Reply | Fault:
        """The reply to a request, or the fault that takes its place."""
        for dialect in self.dialects:
            asked = dialect.asked(request, self)
            if asked is not None:
                fault = self._note(asked)
                if fault is None:
                    return dialect.answer(asked, request, self)
                if fault.kind == "truncated":
                    return dialect.answer(asked, request, self, truncated=True)
                return dialect.error(asked, fault) if fault.kind == "error" else fault
        asked = self._asked(request)
        fault = self._note(asked)
        if fault is not None and fault.kind == "error":
            return _json(fault.status, _error(fault.code, "injected by the test"))
        if fault is not None and fault.kind != "truncated":
            return fault
        return self._answer(asked, truncated=fault is not None)

    def entry(self, asked: Asked) -> dict[str, Any] | None:
        """What the world says to a question."""
        known = {"region": asked.region, "RegionId": asked.region}
        params = known | {name: str(value) for name, value in asked.params.items()}
        for entry in self.world.get(asked.service, {}).get(asked.operation, []):
            when = entry.get("when", {})
            if all(params.get(name) == str(value) for name, value in when.items()):
                return entry
        return None

    def call_of(self, asked: Asked) -> Call:
        """The declaration of what was asked. Raises WrongError."""
        if asked.name not in self._calls:
            raise WrongError(f"{asked.name} is not declared")
        return self._calls[asked.name]

    def wrong(self, problem: str) -> Reply:
        """Refuse a request and remember why."""
        with self._lock:
            self.problems.append(problem)
        return _json(400, _error("WrongRequest", problem))

    def _note(self, asked: Asked) -> Fault | None:
        with self._lock:
            self.seen.append(asked)
            fault = self.decide(asked)
            self.injected += fault is not None
            return fault

    def _asked(self, request: HttpRequest) -> Asked:
        if "Action" in request.query:
            return self._asked_rpc(request)
        return self._asked_roa(request)

    def _asked_rpc(self, request: HttpRequest) -> Asked:
        query = dict(request.query)
        host, operation = request.headers.get("host", ""), query["Action"]
        secret = self.secret_of(query.get("AccessKeyId", ""), query.get("SecurityToken", ""))
        if query.get("Signature") != rpc_signature(request.method, query, secret):
            raise WrongError(f"{operation}: the signature is wrong")
        with self._lock:
            if query.get("SignatureNonce", "") in self._nonces or "Timestamp" not in query:
                raise WrongError(f"{operation}: the request has no time, or is a repeated one")
            self._nonces.add(query["SignatureNonce"])
        service, about, region = self._product(host, operation, query.get("Version", ""))
        action = about.actions[operation]
        if request.method not in {"GET", "POST"} or action.path:
            raise WrongError(f"{operation}: {request.method} of the RPC style is not its own")
        given = {name.split(".")[0] for name in query}
        unknown = given - action.parameters.keys() - _COMMON
        missing = set(action.required) - given
        if unknown or missing:
            raise WrongError(f"{service}:{operation}: unknown {unknown}, missing {missing}")
        params = {name: value for name, value in query.items() if name in action.parameters}
        return Asked(service, operation, query.get("RegionId") or region, params)

    def _product(self, host: str, operation: str, version: str) -> tuple[str, Product, str]:
        """The product that a host and an action belong to. Raises WrongError."""
        for service in sorted(self.services()):
            try:
                about = product(service)
            except KeyError:
                continue
            region = region_of(about, host)
            if region is not None and operation in about.actions and about.version == version:
                return service, about, region
        raise WrongError(f"{host} has no {operation} of version {version}")

    def _asked_roa(self, request: HttpRequest) -> Asked:
        scheme, _, rest = request.headers.get("authorization", "").partition(" ")
        key_id, _, signature = rest.partition(":")
        if scheme != "acs":
            raise WrongError(f"{request.method} {request.path}: no signature")
        secret = self.secret_of(key_id, request.headers.get("x-acs-security-token", ""))
        right = roa_signature(request.method, request.path, request.query, request.headers, secret)
        if signature != right:
            raise WrongError(f"{request.method} {request.path}: the signature is wrong")
        host, version = request.headers.get("host", ""), request.headers.get("x-acs-version", "")
        for service in sorted(self.services()):
            try:
                about = product(service)
            except KeyError:
                continue
            region = region_of(about, host)
            if region is None or about.version != version:
                continue
            for operation, action in sorted(about.actions.items()):
                params = _matched(action, request.path) if action.method == request.method else None
                if params is None:
                    continue
                # The SDK names its region in every request.
                unknown = request.query.keys() - action.parameters.keys() - {"RegionId"}
                missing = set(action.required) - request.query.keys() - params.keys()
                if unknown or missing - _body(request).keys():
                    raise WrongError(f"{operation}: unknown {unknown}, missing {missing}")
                return Asked(
                    service, operation, region, {**params, **request.query, **_body(request)}
                )
        raise WrongError(f"{host} has no {request.method} {request.path} of version {version}")

    def _answer(self, asked: Asked, *, truncated: bool) -> Reply:
        entry = self.entry(asked)
        if entry is None:
            raise WrongError(f"the world has no answer to {asked.name} {asked.params}")
        status = int(entry.get("status", 200))
        body = copy.deepcopy(entry["body"])
        if status >= 400:
            return _json(status, body)
        call = self.call_of(asked)
        action = product(asked.service).actions[asked.operation]
        if isinstance(body, dict):
            body.setdefault("RequestId", "5F2C4A1E-0000-4000-8000-000000000000")
        if call.paged:
            body = self._page(body, call, action, asked, truncated=truncated)
        return _json(status, body)

    def _page(self, body: Any, call: Call, action: Action, asked: Asked, *, truncated: bool) -> Any:
        paging = action.paging
        holder, name = body, ""
        names = [part for part in call.result.split(".") if part]
        for part in names[:-1]:
            holder = holder[part] if isinstance(holder, dict) and part in holder else None
        name = names[-1] if names else ""
        if not isinstance(holder, dict) or name not in holder:
            return body
        items = holder[name] or []
        size = min(int(asked.params.get(paging.size, 1000)), self.page)
        if paging.style == "none":
            start, size = 0, len(items)
        elif paging.style == "number":
            start = (int(asked.params.get(paging.position, 1)) - 1) * size
        else:
            token = asked.params.get(paging.position, "")
            if token and not str(token).startswith("from-"):
                raise WrongError(f"{asked.name}: a token that nobody gave: {token}")
            start = int(str(token).removeprefix("from-") or 0)
        holder[name] = items[start : start + size]
        if paging.style in {"token", "marker"}:
            more = start + size < len(items)
            # Where an answer is wrapped into Data, so is the token.
            told = holder if names[0] == "Data" else body
            told.pop(paging.following, None)
            if more:
                told[paging.following] = f"from-{start + size}"
            if paging.style == "marker" or "IsTruncated" in body:
                body["IsTruncated"] = more
        if truncated:
            return _cut(body, holder, name, paging.following)
        return body


def _cut(body: Any, holder: dict[str, Any], name: str, following: str) -> Any:
    """A list that lost its end on the way: what the answer says of its length stays."""
    if holder[name]:
        holder[name] = holder[name][:-1]
    else:
        del holder[name]
    if following:
        body.pop(following, None)
        if "IsTruncated" in body:
            body["IsTruncated"] = True
    return body


def region_of(about: Product, host: str) -> str | None:
    """The region that a product's host serves; None for a host that is not its own."""
    for region, own in about.regional.items():
        if own == host:
            return region
    if host == about.central:
        return REGION
    name, _, rest = host.partition(".")
    region = rest.removesuffix(".aliyuncs.com")
    owned = name in {about.code.lower(), about.location.lower()} and rest != region
    return region if owned else None


def _matched(action: Action, path: str) -> dict[str, str] | None:
    """The path parameters of a request; None where the path is another."""
    pattern, parts = action.path.strip("/").split("/"), path.strip("/").split("/")
    if not action.path or len(pattern) != len(parts):
        return None
    params = {}
    for wanted, found in zip(pattern, parts, strict=True):
        if wanted.startswith("["):
            params[wanted.strip("[]")] = unquote(found)
        elif wanted != found:
            return None
    return params


def _body(request: HttpRequest) -> dict[str, Any]:
    try:
        found = json.loads(request.body or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _error(code: str, message: str) -> dict[str, str]:
    return {"Code": code, "Message": message, "RequestId": "E0000000", "HostId": "aliyuncs.com"}


def _json(status: int, body: Any) -> Reply:
    return Reply(status, {"Content-Type": "application/json"}, json.dumps(body).encode())


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def _handler(server: AliyunServer) -> type[BaseHTTPRequestHandler]:
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
            try:
                reply = server.handle(request)
            except WrongError as error:
                reply = server.wrong(str(error))
            except Exception as error:  # noqa: BLE001 - a defect of the test's own data
                reply = server.wrong(f"{request.path}: {type(error).__name__}: {error}")
            if isinstance(reply, Fault):
                self._break(reply)
                return
            self._send(reply)

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(reply.body)

        def _break(self, fault: Fault) -> None:
            match fault.kind:
                case "garbage":
                    self._send(Reply(200, {"Content-Type": "application/json"}, b'{"Half": ['))
                case "html":
                    page = b"<html><body>Please sign in</body></html>"
                    self._send(Reply(200, {"Content-Type": "text/html"}, page))
                case "silent":
                    time.sleep(3)
                    self.close_connection = True
                case _:
                    linger = struct.pack("ii", 1, 0)
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    self.close_connection = True

        do_GET = do_POST = do_HEAD = do_PUT = _serve  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Silent: a test's own output says what matters."""

    return Handler


@contextmanager
def aliyun_server(
    world: Mapping[str, Answers], dialects: tuple[Dialect, ...] = ()
) -> Iterator[AliyunServer]:
    """A server, closed at the end."""
    server = AliyunServer(world, dialects)
    try:
        yield server
    finally:
        server.close()
