"""Reading: makes declared calls, follows pages, and remembers what failed."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

from azure.core.exceptions import ClientAuthenticationError

from collectors.answers import Answers
from collectors.azure.calls import AzureCall
from collectors.azure.credentials import one_line
from collectors.azure.errors import MALFORMED, UNREGISTERED, CallError
from collectors.azure.http import Apis
from collectors.calls import Call

Params = dict[str, Any]
OnCall = Callable[[Call], None]

_HOLE = re.compile(r"\{(\w+)\}")
_MOST_PAGES = 10_000
_NEXT = ("nextLink", "@odata.nextLink")


class Reader:
    """Makes each call at most once and gives its answer, None for absent, or Unknown.

    Thread-safe. `account` is the subscription that `{subscription}` in paths stands for, or the
    tenant that Microsoft Graph is asked about. None stands for "there is none": the API says so by
    an error of `AzureCall.absent`, or the subscription never used the resource provider.
    """

    def __init__(
        self,
        apis: Apis,
        *,
        account: str,
        on_call: OnCall | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        self._apis = apis
        self._account = account
        self._on_call = on_call
        self.answers = Answers("azure", account, stop)

    def read(self, call: AzureCall, resource: str = "", **params: Any) -> Any:
        """The answer of `call`: what stands under `call.result`, the whole answer without one.

        A list for a paged call, with every page or not at all. `params` fill the holes of the
        path; `id` is a whole ARM id. `resource` names what the call is about, in the report of a
        failure.
        """
        question = (call, self._account, repr(sorted(params.items())))
        return self.answers.once(question, lambda: self._read(call, resource, params))

    def _read(self, call: AzureCall, resource: str, params: Params) -> Any:
        try:
            return self.ask(call, params)
        except CallError as error:
            if error.is_one_of(call.absent) or error.is_one_of(UNREGISTERED):
                return None
            about = resource or str(params.get("id", ""))
            return self.answers.failed(call, "", about, error.code, error.message)
        except ClientAuthenticationError as error:
            return self.answers.failed(call, "", resource, "NoCredentials", one_line(error))

    def ask(self, call: AzureCall, params: Params) -> Any:
        """The answer, or the error as it is. Raises CallError, ClientAuthenticationError."""
        path = path_of(call, {"subscription": self._account, **params})
        if call.paged:
            return self._pages(call, path)
        return _picked(self.request(call, path), call)

    def request(self, call: AzureCall, path: str, body: Any = None) -> dict[str, Any]:
        """One request of a call. Raises CallError, ClientAuthenticationError."""
        if self._on_call:
            self._on_call(call)
        http = self._apis.graph if call.of_directory else self._apis.manager
        return http.ask(call.method, path, body)

    def _pages(self, call: AzureCall, path: str) -> list[Any]:
        found: list[Any] = []
        asked = {path}
        for _ in range(_MOST_PAGES):
            answer = self.request(call, path)
            items = _picked(answer, call)
            if not isinstance(items, list):
                raise CallError(MALFORMED, f"{call.result} is no list")
            found += items
            following = next((answer[name] for name in _NEXT if answer.get(name)), None)
            if following is None:
                return found
            if not isinstance(following, str) or following in asked:
                raise CallError(MALFORMED, "the link to the next page was followed before")
            asked.add(following)
            path = following
        raise CallError(MALFORMED, f"the list does not end after {_MOST_PAGES} pages")


def path_of(call: AzureCall, params: Params) -> str:
    """The path and query of a call. Raises KeyError for a hole that nothing fills."""
    filled = _HOLE.sub(lambda hole: _filled(hole[1], str(params[hole[1]])), call.path)
    query = {name: value.format_map(params) for name, value in call.query}
    if call.api_version:
        query["api-version"] = call.api_version
    return f"{filled}?{urlencode(query, quote_via=quote)}" if query else filled


def _filled(name: str, value: str) -> str:
    if name != "id":
        return quote(value, safe="")
    if not value.startswith("/") or ".." in value.split("/"):
        raise ValueError(f"{value!r} is no id of a resource")
    return quote(value.rstrip("/"), safe="/()!$&'*+,;=:@")


def _picked(answer: dict[str, Any], call: AzureCall) -> Any:
    """What stands under the call's result. Raises CallError where an answer lacks it."""
    value: Any = answer
    for name in filter(None, call.result.split(".")):
        if not isinstance(value, dict) or name not in value:
            if call.may_omit and isinstance(value, dict):
                return [] if call.paged else None
            raise CallError(MALFORMED, f"the answer has no {call.result}")
        value = value[name]
    if not call.result and call.proof and call.proof not in answer:
        raise CallError(MALFORMED, f"the answer has no {call.proof}")
    return value
