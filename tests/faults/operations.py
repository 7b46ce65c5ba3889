"""Which operation of AWS an HTTP request is, and how its service writes an error: from botocore's
own service models, so that no call can be missed because a test did not know its path."""

from __future__ import annotations

import functools
import json
import re
from typing import Literal, NamedTuple
from urllib.parse import parse_qs, urlsplit

import botocore.session
from botocore.loaders import Loader
from botocore.model import ServiceModel

from collectors.aws.collect import declared_calls

_SCOPE = re.compile(r"Credential=[^/]+/\d+/([^/]+)/([^/]+)/aws4_request")


class Fault(NamedTuple):
    """What goes wrong with an answer. `status` and `code` are of an error; the other kinds: no
    connection (reset), no answer (silent), a body that is not of the API (garbage, html)."""

    status: int = 200
    code: str = ""
    kind: Literal["error", "reset", "silent", "garbage", "html"] = "error"


class Request(NamedTuple):
    """A request as the proxy sees it. `service` is botocore's name, "" for one that it does not
    know; `operation` is "" where none fits."""

    service: str
    operation: str
    protocol: str
    region: str


class _Route(NamedTuple):
    service: str
    operation: str
    method: str
    path: re.Pattern[str]
    query: frozenset[str]


class Operations:
    """The operations of every service that the collectors declare calls of, and of STS."""

    def __init__(self) -> None:
        self._models = _models()
        # S3 and S3 Control sign with one name.
        self._by_signing: dict[str, list[ServiceModel]] = {}
        for model in self._models.values():
            self._by_signing.setdefault(model.signing_name, []).append(model)
        self._routes = {
            name: _routes(model)
            for name, model in self._models.items()
            if model.resolved_protocol.startswith("rest")
        }

    def recognise(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Request:
        """The service and operation of a request."""
        scope = _SCOPE.search(headers.get("Authorization", ""))
        region, signing = scope.groups() if scope else ("", "")
        models = self._by_signing.get(signing, [])
        target = headers.get("X-Amz-Target", "")
        if not models:
            return Request("", "", "", region)
        if not models[0].resolved_protocol.startswith("rest"):
            asked = {} if target else parse_qs(body.decode())
            operation = target.rsplit(".", 1)[-1] or asked.get("Action", [""])[0]
            # The two generations of load balancers sign with one name, and differ in version.
            version = asked.get("Version", [""])[0]
            model = next((one for one in models if one.api_version == version), models[0])
            return Request(model.service_name, operation, model.resolved_protocol, region)
        routes = [route for model in models for route in self._routes[model.service_name]]
        found = _best(routes, method, path)
        name = found.service if found else models[0].service_name
        operation = found.operation if found else ""
        return Request(name, operation, self._models[name].resolved_protocol, region)


@functools.cache
def _models() -> dict[str, ServiceModel]:
    """Models as botocore ships them: clients change those that their session holds."""
    session = botocore.session.get_session()
    session.register_component("data_loader", Loader())
    names = sorted({call.service for call in declared_calls()} | {"sts"})
    return {name: session.get_service_model(name) for name in names}


def _routes(model: ServiceModel) -> list[_Route]:
    routes = []
    for name in model.operation_names:
        operation = model.operation_model(name)
        if operation.deprecated:
            continue
        http = operation.http
        path, _, query = str(http["requestUri"]).partition("?")
        pattern = re.sub(r"\\\{[^{}]+\\\+\\\}", ".+", re.escape(path))
        pattern = re.sub(r"\\\{[^{}]+\\\}", "[^/]+", pattern)
        fixed = frozenset(part.split("=")[0] for part in query.split("&") if part)
        routes.append(_Route(model.service_name, name, http["method"], re.compile(pattern), fixed))
    return routes


def _best(routes: list[_Route], method: str, path: str) -> _Route | None:
    """The route that says most about the request: fixed query parameters first, then path."""
    url = urlsplit(path)
    asked = set(parse_qs(url.query, keep_blank_values=True))
    fitting = [
        route
        for route in routes
        if route.method == method and route.query <= asked and route.path.fullmatch(url.path)
    ]
    return max(fitting, key=_precision, default=None)


def _precision(route: _Route) -> tuple[int, int, int]:
    return len(route.query), route.path.pattern.count("/"), -route.path.pattern.count("[")


def error_answer(request: Request, fault: Fault) -> tuple[dict[str, str], bytes]:
    """Headers and body of an error in the protocol of the service."""
    inner = f"<Code>{fault.code}</Code><Message>injected by the test</Message>"
    match request.protocol:
        case "rest-xml":
            body = f"<Error>{inner}</Error>"
        case "ec2":
            body = f"<Response><Errors><Error>{inner}</Error></Errors></Response>"
        case "query":
            body = f"<ErrorResponse><Error><Type>Sender</Type>{inner}</Error></ErrorResponse>"
        case _:
            headers = {"Content-Type": "application/json", "x-amzn-ErrorType": fault.code}
            answer = {"__type": fault.code, "message": "injected by the test"}
            return headers, json.dumps(answer).encode()
    return {"Content-Type": "text/xml"}, body.encode()
