"""Reading: makes declared calls, pages, paces, tries again, and remembers what failed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from msgspec import Struct

from collectors.aliyun.api import Paging, Product, action, product
from collectors.aliyun.credentials import Credentials
from collectors.aliyun.endpoints import LOCATE, Endpoint, Endpoints
from collectors.aliyun.errors import MALFORMED, CallError, NotOfferedError
from collectors.aliyun.pace import Pace, Patience
from collectors.aliyun.pop import Params, Pop
from collectors.aliyun.session import AliyunOptions
from collectors.answers import Answers
from collectors.calls import Call
from collectors.document import UserError

PAGE_SIZE = 50
_MOST_PAGES = 10_000
_TOTALS = ("TotalCount", "TotalRecordCount", "Total", "TotalNum", "TotalItems", "totalCount",
           "TotalRecords", "totalSize", "X-Total-Count", "TotalAclEntry",
           "total_count")  # fmt: skip
_TOTALS_UNDER = ("PageInfo", "page_info", "page", "Pagination", "PagingInfo", "Data", "data",
                 "Content", "Headers")  # fmt: skip

Way = Callable[[Call, str, Params], Any]
"""Makes one request of a call in a region: the decoded answer. Raises CallError, NotOfferedError.
Products that do not speak RPC or ROA (OSS, Log Service) bring their own."""


class Link(Struct, frozen=True):
    """What a way to an API needs: whom it speaks for, where, and how patiently."""

    options: AliyunOptions
    credentials: Credentials
    endpoints: Endpoints


class Reader:
    """Makes each call at most once and gives its answer, None for absent, or Unknown.

    Thread-safe. At most `concurrency` requests are under way at once. None stands for "there is
    none": the API says so by an error of `Call.absent`, or the product is not offered in the
    region.
    """

    def __init__(
        self,
        credentials: Credentials,
        options: AliyunOptions,
        *,
        account: str,
        ways: dict[str, Callable[[Link], Way]] | None = None,
        on_call: Callable[[Call], None] | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        self._credentials = credentials
        self._patience: Patience = options.patience
        self._slots = threading.BoundedSemaphore(options.concurrency)
        self._pace = Pace(options.patience)
        self._on_call = on_call
        self._pop = Pop(
            concurrency=options.concurrency,
            connect_seconds=options.connect_seconds,
            read_seconds=options.read_seconds,
        )
        self._endpoints = Endpoints(options.endpoint_url, self._locate)
        link = Link(options, credentials, self._endpoints)
        self._ways = {service: make(link) for service, make in (ways or {}).items()}
        self.answers = Answers("aliyun", account, stop)

    def read(self, call: Call, region: str, resource: str = "", **params: Any) -> Any:
        """The answer of `call` in `region`: what stands under `call.result`, a path with dots.

        A list for a paged call, with every page or not at all. `resource` names what the call is
        about, in the report of a failure.
        """
        question = (call, region, repr(sorted(params.items())))
        return self.answers.once(question, lambda: self._read(call, region, resource, params))

    def _read(self, call: Call, region: str, resource: str, params: Params) -> Any:
        if self._on_call:
            self._on_call(call)
        try:
            return self.ask(call, region, params)
        except NotOfferedError:
            return None
        except CallError as error:
            if error.is_one_of(call.absent):
                return None
            return self.answers.failed(call, region, resource, error.code, error.message)
        except UserError as error:
            return self.answers.failed(call, region, resource, "NoCredentials", error.message)

    def ask(self, call: Call, region: str, params: Params) -> Any:
        """The answer, or the error as it is. Raises CallError, NotOfferedError, UserError."""
        way = self._ways.get(call.service)
        if way:
            return _pick(self._patiently(call, region, lambda: way(call, region, params)), call)
        paging = action(call).paging if call.paged else Paging()
        if paging.style == "none":
            answer = self._patiently(call, region, lambda: self._one(call, region, params))
            return _pick(answer, call)
        pages = self._pages(call, region, params, paging)
        return [item for page in pages for item in page]

    def _pages(
        self, call: Call, region: str, params: Params, paging: Paging
    ) -> Iterator[list[Any]]:
        """Every page. Raises CallError for a list that ends before what it says that it holds."""
        size = int(params.get(paging.size, PAGE_SIZE))
        place: dict[str, Any] = {paging.position: 1} if paging.style == "number" else {}
        taken = 0
        before: list[Any] = []
        for _ in range(_MOST_PAGES):
            asked = {**params, paging.size: size, **place} if paging.size else {**params, **place}
            answer = self._patiently(call, region, partial(self._one, call, region, asked))
            items = _pick(answer, call)
            items = [] if items is None and call.may_omit else items
            if not isinstance(items, list):
                raise CallError(MALFORMED, f"{call.result} is no list")
            if paging.style == "number" and items and items == before:
                # One that does not count pages has told everything already.
                if _total(answer) is None:
                    return
                raise CallError(MALFORMED, "the next page is that before it")
            taken += len(items)
            yield items
            if paging.style == "number":
                if _is_last(answer, len(items), taken):
                    return
                before = items
                place = {paging.position: place[paging.position] + 1}
            else:
                following, truncated = _told(answer, paging.following), _told(answer, "IsTruncated")
                if not following and truncated is True:
                    raise CallError(MALFORMED, f"the list ends after {taken}, and is truncated")
                if not following or truncated is False:
                    return
                if place.get(paging.position) == following:
                    raise CallError(MALFORMED, "the token of the next page is that of this one")
                place = {paging.position: following}
        raise CallError(MALFORMED, f"the list does not end after {_MOST_PAGES} pages")

    def _patiently(self, call: Call, region: str, request: Callable[[], Any]) -> Any:
        """The answer, asked for again while that may help."""
        key = (call.name, region)
        for failures in range(1, self._patience.attempts):
            try:
                return self._paced(key, request)
            except CallError as error:
                again = error.passing or error.code in call.pending
                if not again or error.is_one_of(call.absent):
                    raise
                if error.throttled:
                    self._pace.throttled(key)
            time.sleep(self._patience.pause(failures))
        return self._paced(key, request)

    def _paced(self, key: tuple[str, str], request: Callable[[], Any]) -> Any:
        self._pace.wait(key)
        with self._slots:
            answer = request()
        self._pace.answered(key)
        return answer

    def _one(self, call: Call, region: str, params: Params) -> Any:
        about = product(call.service)
        return self._sent(call, about, self._endpoints.of(about, region), region, params)

    def _sent(
        self, call: Call, about: Product, endpoint: Endpoint, region: str, params: Params
    ) -> Any:
        metadata = action(call)
        if "RegionId" in metadata.parameters:
            params = {"RegionId": region, **params}
        return self._pop.ask(
            about,
            call.operation,
            metadata,
            region=region,
            endpoint=endpoint,
            keys=self._credentials.keys(),
            params=params,
        )

    def _locate(self, code: str, region: str) -> list[dict[str, str]]:
        about = product(LOCATE.service)
        params = {"Id": region, "ServiceCode": code, "Type": "openAPI"}
        endpoint = self._endpoints.of(about, region)
        ask = partial(self._sent, LOCATE, about, endpoint, region, params)
        found = _pick(self._patiently(LOCATE, region, ask), LOCATE)
        return list(found or [])


def _pick(answer: Any, call: Call) -> Any:
    """What stands under the call's result. Raises CallError where an answer lacks it."""
    value = answer
    for name in filter(None, call.result.split(".")):
        if not isinstance(value, dict) or name not in value:
            if call.may_omit and (value is None or isinstance(value, dict)):
                return [] if call.paged else None
            raise CallError(MALFORMED, f"the answer has no {call.result}")
        value = value[name]
    if call.paged and value is None and call.may_omit:
        return []
    return value


def _told(answer: Any, name: str) -> Any:
    """What an answer says about its pages, where some products write it with the list."""
    for place in [answer, *(answer.get(one) for one in _TOTALS_UNDER)]:
        if isinstance(place, dict) and place.get(name) is not None:
            return place[name]
    return None


def _total(answer: Any) -> int | None:
    for place in [answer, *(answer.get(name) for name in _TOTALS_UNDER)]:
        for name in _TOTALS:
            found = place.get(name) if isinstance(place, dict) else None
            if isinstance(found, int | str) and str(found).isdecimal():
                return int(found)
    return None


def _is_last(answer: Any, items: int, taken: int) -> bool:
    """Whether a numbered page was the last: the list has as many items as it says. Where it does
    not say, or less than it has, only a page without items ends it: a short one may be all that
    the product gives at once. Raises CallError where the list ends too early."""
    total = _total(answer)
    if total == taken:
        return True
    if not items and total is not None and taken < total:
        raise CallError(MALFORMED, f"the list ends after {taken} of {total}")
    return not items
