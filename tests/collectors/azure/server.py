"""A server that answers as Azure does (Resource Manager, Resource Graph, Microsoft Graph, and the
token endpoint of Entra ID), to the real azure-core and azure-identity over HTTP.

It checks each request against the declared calls: token and audience, method, path in its spelling,
API version, query. What is wrong is refused and listed in `problems`. Answers come from `world`.
`decide` injects faults.
"""

from __future__ import annotations

import copy
import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple
from urllib.parse import unquote, urlencode

from collectors.azure.calls import AzureCall, type_of_path
from collectors.azure.cloud import CLOUDS, CloudName
from collectors.azure.collect import declared_calls
from collectors.azure.resource_graph import QUERY_RESOURCES
from collectors.azure.subscriptions import FOR_MANAGEMENT_GROUP
from tests.collectors.azure.http_server import HttpRequest, HttpServer, Reply, json_reply
from tests.collectors.azure.tokens import audience_of
from tests.collectors.azure.world import SUBSCRIPTION

_HOLE = re.compile(r"\\\{(\w+)\\\}")
_TYPES = re.compile(r"type in~ \(([^)]*)\)")


class Asked(NamedTuple):
    """A request that was understood."""

    call: AzureCall
    path: str
    query: dict[str, str]
    params: dict[str, str]
    body: Any

    @property
    def name(self) -> str:
        """As calls are named: `Microsoft.Network:PublicIPAddresses_ListAll`."""
        return self.call.name


class Fault(NamedTuple):
    """What goes wrong with an answer. `status`, `code` and `retry_after` are of an error; the other
    kinds: no connection (reset), no answer (silent), a body that is not of the API (garbage, html,
    foreign: JSON of somebody else), a list whose next page is not to be had (truncated), a link to
    the page itself (repeating) or to another host (elsewhere)."""

    kind: Literal[
        "error", "reset", "silent", "garbage", "html", "foreign", "truncated", "repeating",
        "elsewhere",
    ] = "error"  # fmt: skip
    status: int = 400
    code: str = ""
    message: str = "injected by the test"
    retry_after: int | None = None


class WrongError(Exception):
    """A request that the specification does not allow."""


Decide = Callable[[Asked], Fault | None]


class AzureServer:
    """A running server: `seen` is what was asked, `problems` what was wrong with it."""

    def __init__(self, world: Mapping[str, Any], cloud: CloudName = "global") -> None:
        self._world = {path.lower(): body for path, body in world.items()}
        self.page = 1000
        """The most items that a page has."""
        self.decide: Decide = lambda asked: None
        self.seen: list[Asked] = []
        self.problems: list[str] = []
        self.injected = 0
        self._cloud = CLOUDS[cloud]
        self._calls: dict[str, tuple[re.Pattern[str], AzureCall]] = {}
        self._lock = threading.Lock()
        self.declare(*FOR_MANAGEMENT_GROUP)
        self.declare(*(call for call in declared_calls() if isinstance(call, AzureCall)))
        self._http = HttpServer(self.handle)
        self.url = self._http.url

    def close(self) -> None:
        self._http.close()

    def declare(self, *calls: AzureCall) -> None:
        """Calls that no service module declares, for tests of the reader itself."""
        self._calls |= {call.name: (_pattern(call), call) for call in calls}

    def put(self, path: str, body: Any) -> None:
        """What the world says of a path from now on."""
        self._world[path.lower()] = body

    def handle(self, request: HttpRequest) -> Reply | str:
        """The reply to a request, or the name of what happens in its place."""
        try:
            asked = self._asked(request)
            fault = self._note(asked)
            if fault and fault.kind == "error":
                headers = (
                    {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
                )
                body = {"error": {"code": fault.code, "message": fault.message}}
                return json_reply(fault.status, body, headers)
            if fault and fault.kind not in {"truncated", "repeating", "elsewhere"}:
                return fault.kind
            return self._answer(asked, request, fault.kind if fault else "")
        except WrongError as error:
            problem = str(error)
        except Exception as error:  # noqa: BLE001 - a defect of the test's own data
            problem = f"{request.method} {request.path}: {type(error).__name__}: {error}"
        with self._lock:
            self.problems.append(problem)
        return json_reply(400, {"error": {"code": "WrongRequest", "message": problem}})

    def _note(self, asked: Asked) -> Fault | None:
        with self._lock:
            self.seen.append(asked)
            fault = self.decide(asked)
            self.injected += fault is not None
            return fault

    def _asked(self, request: HttpRequest) -> Asked:
        path = unquote(request.path)
        query = dict(request.query)
        self._check_token(request, path)
        kind = type_of_path(path).lower()
        # Children of several types have one path: those of the path's own type come first.
        for pattern, call in sorted(
            self._calls.values(), key=lambda one: one[1].native_type.lower() != kind
        ):
            found = pattern.fullmatch(path)
            if call.method != request.method or not found:
                continue
            if call.path == "{id}" and (kind != call.native_type.lower() or not _is_one(path)):
                continue
            params = {"subscription": SUBSCRIPTION, **found.groupdict(), **_in_query(call, query)}
            wanted = {name: text.format_map(params) for name, text in call.query}
            if call.api_version:
                wanted["api-version"] = call.api_version
            given = {name: text for name, text in query.items() if name != "$skiptoken"}
            if given == wanted:
                body = json.loads(request.body) if request.body else None
                return Asked(call, path, query, params, body)
        raise WrongError(f"no call is declared of {request.method} {path} {query}")

    def _check_token(self, request: HttpRequest, path: str) -> None:
        cloud = self._cloud
        scope = cloud.graph_scope if path.startswith("/v1.0/") else cloud.manager_scope
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if audience_of(token) != scope:
            raise WrongError(f"{path}: a token for {audience_of(token)!r}, and not for {scope}")

    def _answer(self, asked: Asked, request: HttpRequest, fault: str) -> Reply:
        if asked.call == QUERY_RESOURCES:
            return json_reply(200, self._resource_graph(asked.body, fault))
        body = copy.deepcopy(self._entry(asked))
        status = int(body.pop("$status", 200)) if isinstance(body, dict) else 200
        if status == 200 and asked.call.paged:
            self._page(body, asked, request, fault)
        return json_reply(status, body)

    def _entry(self, asked: Asked) -> Any:
        """What the world says: a path with a query before the path alone, in any case."""
        fixed = [f"{name}={text}" for name, text in asked.query.items() if name[:1] == "$"]
        for path in (f"{asked.path}?{'&'.join(fixed)}", asked.path):
            if path.lower() in self._world:
                return self._world[path.lower()]
        raise WrongError(f"the world has no answer to {asked.name}: {asked.path} {asked.query}")

    def _page(self, body: Any, asked: Asked, request: HttpRequest, fault: str) -> None:
        if "value" not in body:
            return
        start = int(asked.query.get("$skiptoken", "0"))
        items, end = body["value"], start + self.page
        body["value"] = items[start:end]
        name = "@odata.nextLink" if asked.call.of_directory else "nextLink"
        body.pop(name, None)
        query = {text: value for text, value in asked.query.items() if text != "$skiptoken"}
        link = f"{self.url}{request.path}?{urlencode({**query, '$skiptoken': end})}"
        if end < len(items):
            body[name] = link
        if fault == "truncated":
            # The connection between two parts of the service broke: half an answer, well-formed.
            del body["value"]
        elif fault == "repeating":
            body[name] = f"{self.url}{request.path}?{urlencode({**query, '$skiptoken': 0})}"
        elif fault == "elsewhere":
            body[name] = link.replace("127.0.0.1", "localhost")

    def _resource_graph(self, body: Any, fault: str) -> Any:
        if body["subscriptions"] != [SUBSCRIPTION] or body["options"]["resultFormat"] != (
            "objectArray"
        ):
            raise WrongError(f"Resource Graph: {body}")
        found = _TYPES.search(body["query"])
        if not found:
            raise WrongError(f"Resource Graph: {body['query']}")
        types = [text.strip(" '") for text in found[1].split(",")]
        items = [item for one in types for item in self._all_of(one)]
        start, size = int(body["options"].get("$skipToken", 0)), self.page
        page = items[start : start + size]
        more = start + size < len(items)
        answer: dict[str, Any] = {
            "totalRecords": len(items),
            "count": len(page),
            "data": page,
            "facets": [],
            # Microsoft's word for pages that follow is false as long as a token leads to them.
            "resultTruncated": "false",
        }
        if more:
            answer["$skipToken"] = str(start + size)
        if fault == "truncated":
            answer.pop("$skipToken", None)
            answer["resultTruncated"] = "true"
        return answer

    def _all_of(self, native_type: str) -> list[Any]:
        path = f"/subscriptions/{SUBSCRIPTION}/providers/{native_type}".lower()
        items = self._world.get(path, {}).get("value", [])
        extra = {"type": native_type, "subscriptionId": SUBSCRIPTION}
        return [{"managedBy": "", **item, **extra} for item in items]


def _in_query(call: AzureCall, query: dict[str, str]) -> dict[str, str]:
    """What fills the holes in a call's own query parameters."""
    found: dict[str, str] = {}
    for name, text in call.query:
        pattern = _HOLE.sub(lambda hole: f"(?P<{hole[1]}>[^']+)", re.escape(text))
        filled = re.fullmatch(pattern, query.get(name, ""))
        found |= filled.groupdict() if filled else {}
    return found


def _is_one(path: str) -> bool:
    """Whether a path is of one resource: it ends with a name, and not with a type."""
    return len(path.rpartition("/providers/")[2].split("/")) % 2 == 1


def _pattern(call: AzureCall) -> re.Pattern[str]:
    """A call's path with its holes: whole ids, or names. Its own words keep their spelling."""
    text = _HOLE.sub(
        lambda hole: f"(?P<{hole[1]}>/.+)" if hole[1] == "id" else f"(?P<{hole[1]}>[^/]+)",
        re.escape(call.path),
    )
    return re.compile(text)


@contextmanager
def azure_server(world: Mapping[str, Any], cloud: CloudName = "global") -> Iterator[AzureServer]:
    """A server, closed at the end."""
    server = AzureServer(world, cloud)
    try:
        yield server
    finally:
        server.close()
