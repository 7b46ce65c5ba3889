"""Log Service (SLS), through the vendor's SDK: a protocol and a signature of its own.

The SDK (aliyun-log-python-sdk) signs, names the project in the host, and decodes; which path an
operation has is what the vendor's metadata say (Sls, 2020-12-30).
"""

from __future__ import annotations

import json
import re
import threading
from typing import Any
from urllib.parse import quote

from aliyun.log import LogClient, LogException
from aliyun.log.auth import AUTH_VERSION_4
from msgspec import Struct

from collectors.aliyun.credentials import Keys
from collectors.aliyun.endpoints import Endpoint
from collectors.aliyun.errors import MALFORMED, CallError
from collectors.aliyun.pop import Params
from collectors.aliyun.reader import Link, Way
from collectors.calls import Call

SERVICE = "sls"

PAGE_SIZE = 100
_MOST_PAGES = 10_000


class Operation(Struct, frozen=True):
    """The path of an operation, and where a list stands in its answers."""

    path: str
    items: str = ""


OPERATIONS = {
    "ListProject": Operation("/", "projects"),
    "GetProjectPolicy": Operation("/policy"),
    "ListLogStores": Operation("/logstores", "logstores"),
    "GetLogStore": Operation("/logstores/{logstore}"),
    "ListAlerts": Operation("/alerts", "results"),
    "ListTagResources": Operation("/tags"),
    # Not in the metadata yet (SLS API reference, GetResourceRecord).
    "GetResourceRecord": Operation("/resources/{resourceName}/records/{recordId}"),
}
"""Lists with `items` are paged by `offset` and `size`. `project` is a part of the host."""

_PLACE = re.compile(r"\{(\w+)\}")


def way(link: Link) -> Way:
    """Makes requests of Log Service in the region that is asked."""
    clients = _Clients(link)

    def ask(call: Call, region: str, params: Params) -> Any:
        operation = OPERATIONS[call.operation]
        client = clients.of(region)
        if not operation.items:
            return client.get(operation.path, params)
        return {operation.items: _pages(client, operation, params)}

    return ask


WAY = way


class _Client(LogClient):  # type: ignore[misc]
    """The SDK's client without its own retries, which sleep, and for an endpoint of one's own."""

    def __init__(
        self, endpoint: Endpoint, region: str, keys: Keys, timeout: tuple[float, float]
    ) -> None:
        scheme = "https" if endpoint.secure else "http"
        super().__init__(
            f"{scheme}://{endpoint.address}",
            keys.key_id,
            keys.secret,
            keys.token or None,
            source="",
            auth_version=AUTH_VERSION_4,
            region=region,
        )
        self.set_user_agent("mlps-scanner")
        self._timeout = timeout
        self._logHost = endpoint.host
        if endpoint.address != endpoint.host:
            self._isRowIp = True

    def get(self, path: str, params: Params) -> Any:
        """The decoded answer, null for an empty one. Raises CallError."""
        left = {name: _text(value) for name, value in params.items()}
        project = left.pop("project", None)
        resource = _PLACE.sub(lambda place: quote(left.pop(place[1]), safe=""), path)
        try:
            body, _ = self._send("GET", project, None, resource, left, {})
        except LogException as error:  # of what the SDK refuses to send
            raise CallError(error.get_error_code(), error.get_error_message()) from error
        return body

    def _sendRequest(self, *args: Any, **kwargs: Any) -> Any:  # noqa: N802 - the SDK's own name
        """One request. What it raises is no LogException, so that the SDK does not try again."""
        try:
            return super()._sendRequest(*args, **kwargs)
        except LogException as error:
            raise _error(error) from error


class _Clients:
    """Clients, one for each region and set of keys. Thread-safe."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._lock = threading.Lock()
        self._clients: dict[tuple[str, Keys], _Client] = {}

    def of(self, region: str) -> _Client:
        keys = self._link.credentials.keys()
        options = self._link.options
        with self._lock:
            if (region, keys) not in self._clients:
                endpoint = self._link.endpoints.at(f"{region}.log.aliyuncs.com")
                timeout = (options.connect_seconds, options.read_seconds)
                self._clients[region, keys] = _Client(endpoint, region, keys, timeout)
            return self._clients[region, keys]


def _pages(client: _Client, operation: Operation, params: Params) -> list[Any]:
    """The whole list. Raises CallError for one that ends before what it says that it holds."""
    found: list[Any] = []
    for _ in range(_MOST_PAGES):
        asked = {**params, "offset": len(found), "size": PAGE_SIZE}
        answer = client.get(operation.path, asked)
        items = answer.get(operation.items) if isinstance(answer, dict) else None
        total = answer.get("total") if isinstance(answer, dict) else None
        if not isinstance(items, list) or not isinstance(total, int):
            raise CallError(MALFORMED, f"the answer has no {operation.items} and total")
        found += items
        if len(found) >= total:
            return found
        if not items:
            raise CallError(MALFORMED, f"the list ends after {len(found)} of {total}")
    raise CallError(MALFORMED, f"the list does not end after {_MOST_PAGES} pages")


def _text(value: Any) -> str:
    return json.dumps(value) if isinstance(value, list | dict) else str(value)


def _error(error: LogException) -> CallError:
    """An error of the SDK: of the API, of the network, or an answer that it cannot read."""
    code, message, status = error.get_error_code(), error.get_error_message(), error.resp_status
    if code == "BadResponse":
        return CallError(MALFORMED, "the answer is not JSON", status)
    if code == "LogRequestError":
        # The SDK's word for a network that fails, and for an error without a code.
        return CallError("SDK.HttpError", message, status if status != 200 else None)
    return CallError(code, message, status)
