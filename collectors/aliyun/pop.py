"""One request through Alibaba Cloud's SDK core: `CommonRequest`, RPC or ROA."""

from __future__ import annotations

import json
import logging
import threading
from typing import Any
from urllib.parse import quote

from aliyunsdkcore.acs_exception.exceptions import ClientException, ServerException
from aliyunsdkcore.auth.credentials import AccessKeyCredential, StsTokenCredential
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.http import protocol_type
from aliyunsdkcore.request import CommonRequest

from collectors.aliyun.api import Action, Product
from collectors.aliyun.credentials import Keys
from collectors.aliyun.endpoints import Endpoint
from collectors.aliyun.errors import MALFORMED, CallError

Params = dict[str, Any]

# The SDK writes every refused request, with its body, to standard error; failed calls are told in
# the manifest.
logging.getLogger("aliyunsdkcore").setLevel(logging.CRITICAL)
for _name in ("aliyunsdkcore.client", "aliyunsdkcore.http.http_response"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


class Pop:
    """The SDK's clients, one for each region and set of keys. Thread-safe."""

    def __init__(self, *, concurrency: int, connect_seconds: float, read_seconds: float) -> None:
        self._concurrency = concurrency
        self._connect_seconds = connect_seconds
        self._read_seconds = read_seconds
        self._lock = threading.Lock()
        self._clients: dict[tuple[str, Keys], AcsClient] = {}

    def ask(
        self,
        product: Product,
        operation: str,
        action: Action,
        *,
        region: str,
        endpoint: Endpoint,
        keys: Keys,
        params: Params,
    ) -> Any:
        """The decoded JSON answer. Raises CallError."""
        request = _request(product, operation, action, endpoint, params)
        try:
            body = self._client(region, keys).do_action_with_exception(request)
        except ServerException as error:
            status = int(error.get_http_status() or 0)
            raise CallError(
                str(error.get_error_code()), str(error.get_error_msg()), status
            ) from error
        except ClientException as error:
            raise CallError(str(error.error_code), str(error.message)) from error
        except OSError as error:
            raise CallError("SDK.HttpError", str(error)) from error
        return _decoded(body, rpc=not action.path)

    def _client(self, region: str, keys: Keys) -> AcsClient:
        with self._lock:
            key = (region, keys)
            if key not in self._clients:
                self._clients[key] = AcsClient(
                    region_id=region,
                    credential=StsTokenCredential(keys.key_id, keys.secret, keys.token)
                    if keys.token
                    else AccessKeyCredential(keys.key_id, keys.secret),
                    auto_retry=False,
                    user_agent="mlps-scanner",
                    port=80,  # left out of URLs by the SDK, for https too
                    connect_timeout=self._connect_seconds,
                    timeout=self._read_seconds,
                    pool_size=self._concurrency,
                )
            return self._clients[key]


def _request(
    product: Product, operation: str, action: Action, endpoint: Endpoint, params: Params
) -> CommonRequest:
    address, _, port = endpoint.address.partition(":")
    request = CommonRequest(
        domain=f"{address}:{port}" if port else address,
        version=product.version,
        action_name=operation,
        product=product.code,
    )
    request.set_method(action.method)
    request.set_protocol_type(protocol_type.HTTPS if endpoint.secure else protocol_type.HTTP)
    if endpoint.address != endpoint.host:
        request.add_header("Host", endpoint.host)
    if action.path:
        request.set_uri_pattern(_path(action, params))
    body = {}
    for name, value in params.items():
        text = _text(value)
        match action.parameters.get(name):
            case "Path":
                continue
            case "Body" if action.path:
                body[name] = value
            case "Header":
                request.add_header(name, text)
            case _:
                request.add_query_param(name, text)
    if body:
        request.add_header("Content-Type", "application/json")
        request.set_content(json.dumps(body).encode())
    return request


def _path(action: Action, params: Params) -> str:
    path = action.path
    for name, place in action.parameters.items():
        if place == "Path":
            path = path.replace(f"[{name}]", quote(str(params[name]), safe=""))
    return path


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value) if isinstance(value, list | dict) else str(value)


def _decoded(body: bytes, *, rpc: bool) -> Any:
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise CallError(MALFORMED, "the answer is not JSON") from error
    if not isinstance(answer, dict | list):
        raise CallError(MALFORMED, "the answer is not an object")
    # Every answer of an RPC product has an id; a page of a proxy in between has none.
    if rpc and not (isinstance(answer, dict) and answer.keys() & {"RequestId", "requestId"}):
        raise CallError(MALFORMED, "the answer has no request id")
    return answer
