"""Reading: makes declared calls through boto3, pages, retries, and remembers what failed."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from xml.etree.ElementTree import ParseError

import boto3
import botocore.exceptions as errors
from botocore.config import Config
from botocore.parsers import ResponseParserError

from collectors.answers import Answers
from collectors.aws.endpoint import keep_host
from collectors.calls import Call

Params = dict[str, Any]

PENDING_PAUSES = (0.5, 0.5, 1, 1, 2, 2, 3, 5, 5, 5)
"""Seconds between questions to an API that is not ready yet: 25 in all, then it has failed."""

MOST_CLIENTS = 96
"""Clients that are kept, one for a service in a region, each of which takes half a MiB. Regions are
read one after another, so that those of regions before are not asked any more."""

_REQUEST_IDS = {"x-amzn-requestid", "x-amz-request-id"}
_MALFORMED = (KeyError, TypeError, ValueError, AttributeError, ParseError, ResponseParserError)


class Reader:
    """Makes each call at most once and gives its answer, None for absent, or Unknown.

    Thread-safe. Two collectors that ask the same question share the answer. At most `concurrency`
    requests are under way at once.
    """

    def __init__(
        self,
        session: boto3.Session,
        *,
        account: str,
        config: Config,
        endpoint_url: str | None,
        concurrency: int,
        on_call: Callable[[Call], None] | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        self._session = session
        self._config = config
        self._endpoint_url = endpoint_url
        self._slots = threading.BoundedSemaphore(concurrency)
        self._on_call = on_call
        self._lock = threading.Lock()
        self._clients: OrderedDict[tuple[str, str], Any] = OrderedDict()
        self.answers = Answers("aws", account, stop)

    def read(self, call: Call, region: str, resource: str = "", **params: Any) -> Any:
        """The answer of `call` in `region`: what stands under `call.result`.

        A list for a paged call, with every page or not at all: a page that fails makes the whole
        answer Unknown. `resource` names what the call is about, in the report of a failure.
        """
        question = (call, region, repr(sorted(params.items())))
        return self.answers.once(question, lambda: self._call(call, region, resource, params))

    def _call(self, call: Call, region: str, resource: str, params: Params) -> Any:
        if self._on_call:
            self._on_call(call)
        try:
            client = self._client(call.service, region)
            return plain(self._ask_until_ready(client, call, params))
        except errors.ClientError as error:
            code = str(error.response.get("Error", {}).get("Code", "Unknown"))
            if code in call.absent:
                return None
            message = str(error.response.get("Error", {}).get("Message", ""))
            return self.answers.failed(call, region, resource, code, message)
        except errors.EndpointConnectionError as error:
            if call.not_everywhere and not self._is_offered(call.service, region):
                return None
            return self.answers.failed(call, region, resource, type(error).__name__, str(error))
        except errors.BotoCoreError as error:
            return self.answers.failed(call, region, resource, type(error).__name__, str(error))
        except RuntimeError as error:
            # botocore: a role's credentials that were renewed and have expired all the same.
            return self.answers.failed(call, region, resource, "NoCredentials", str(error))
        except _MALFORMED as error:
            # A body that is not of the API's shape: botocore's parsers and our `result` key.
            what = f"the answer has an unexpected shape ({type(error).__name__}: {error})"
            return self.answers.failed(call, region, resource, "MalformedResponse", what)

    def _ask_until_ready(self, client: Any, call: Call, params: Params) -> Any:
        """The answer, asked for again while the API says that it is not ready yet."""
        for pause in PENDING_PAUSES if call.pending else ():
            try:
                with self._slots:
                    return _ask(client, call, params)
            except errors.ClientError as error:
                if error.response.get("Error", {}).get("Code") not in call.pending:
                    raise
            time.sleep(pause)
        with self._slots:
            return _ask(client, call, params)

    def _is_offered(self, service: str, region: str) -> bool:
        """Whether the SDK knows of a service in a region. One that it knows of nowhere is one of
        which it keeps no list."""
        with self._lock:
            partition = self._session.get_partition_for_region(region)
            here = self._session.get_available_regions(service, partition)
            return region in here or not self._session.get_available_regions(service)

    def _client(self, service: str, region: str) -> Any:
        # Creating clients from one session is not thread-safe; using them is.
        with self._lock:
            key = (service, region)
            if key not in self._clients:
                client = self._session.client(  # type: ignore[call-overload]
                    service,
                    region_name=region,
                    endpoint_url=self._endpoint_url,
                    config=self._config,
                )
                if self._endpoint_url:
                    keep_host(client, self._endpoint_url)
                self._clients[key] = client
                if len(self._clients) > MOST_CLIENTS:
                    # Whoever still uses it has it; its connections close when nobody does.
                    self._clients.popitem(last=False)
            self._clients.move_to_end(key)
            return self._clients[key]

    def close(self) -> None:
        """Close the connections, and forget the clients: nothing is asked any more."""
        with self._lock:
            while self._clients:
                self._clients.popitem()[1].close()


def _ask(client: Any, call: Call, params: Params) -> Any:
    method = _snake_case(client, call.operation)
    if not call.paged:
        answer = getattr(client, method)(**params)
        _refuse_foreign(answer.pop("ResponseMetadata", {}))
        return _result(answer, call) if call.result else answer
    items: list[Any] = []
    for page in client.get_paginator(method).paginate(**params):
        _refuse_foreign(page.get("ResponseMetadata", {}))
        items.extend(_result(page, call) or [])
    return items


def _refuse_foreign(about: dict[str, Any]) -> None:
    """Every answer of AWS carries an id, in its body or headers. A page of a proxy in between has
    none, and botocore reads it as an answer in which everything is left out."""
    headers = about.get("HTTPHeaders", {})
    if not about.get("RequestId") and not _REQUEST_IDS & headers.keys():
        raise KeyError("the answer has no request id")


def _result(answer: dict[str, Any], call: Call) -> Any:
    *outer, last = call.result.split(".")
    for key in outer:
        answer = answer[key]
    return answer.get(last) if call.may_omit else answer[last]


def _snake_case(client: Any, operation: str) -> str:
    methods: dict[str, str] = client.meta.method_to_api_mapping
    for method, name in methods.items():
        if name == operation:
            return method
    raise KeyError(f"{operation} is not an operation of {client.meta.service_model.service_name}")


def plain(value: Any) -> Any:
    """JSON values only: times become RFC 3339 in UTC, bytes text."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        # botocore gives the times of JSON services in the zone of this machine.
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value.read(), "utf-8") if hasattr(value, "read") else str(value)
