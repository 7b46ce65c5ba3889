"""Answers of a cloud, each asked for once, and the record of the calls that failed."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from collectors.calls import Call
from collectors.document import Provider, Unknown
from collectors.snapshot import FailedCall


class Stopped(Exception):  # noqa: N818 - nothing is wrong: it was given up
    """Nothing more is asked: the collection was interrupted, or failed as a whole elsewhere."""


class Answers:
    """What was asked, once for each question, and what failed. Thread-safe."""

    def __init__(
        self, provider: Provider, account: str, stop: threading.Event | None = None
    ) -> None:
        self._provider = provider
        self._account = account
        self._lock = threading.Lock()
        self._answers: dict[Hashable, Future[Any]] = {}
        self._stop = stop or threading.Event()
        self.failed_calls: list[FailedCall] = []

    def once(self, question: Hashable, ask: Callable[[], Any]) -> Any:
        """The answer to a question: `ask` is called the first time only, others wait for it. Raises
        Stopped once the collection is given up."""
        if self._stop.is_set():
            raise Stopped
        with self._lock:
            future = self._answers.get(question)
            mine = future is None
            if future is None:
                future = self._answers[question] = Future()
        if mine:
            try:
                future.set_result(ask())
            except BaseException as error:
                future.set_exception(error)
                raise
        return future.result()

    def failed(self, call: Call, region: str, resource: str, code: str, message: str) -> Unknown:
        """Record a call that failed; what stands in place of its answer."""
        self._record(
            FailedCall(
                provider=self._provider,
                account=self._account,
                region=region,
                service=call.service,
                operation=call.operation,
                resource=resource,
                permission=call.permission,
                code=code,
                message=message[:500],
            )
        )
        return Unknown(f"{code}: {call.permission}")

    def failed_step(self, service: str, region: str, error: Exception) -> Unknown:
        """Record that the answers of a service had a shape that its module does not expect."""
        trace = traceback.extract_tb(error.__traceback__)
        where = f"{Path(trace[-1].filename).name}:{trace[-1].lineno}" if trace else ""
        self._record(
            FailedCall(
                provider=self._provider,
                account=self._account,
                region=region,
                service=service,
                operation="*",
                code="UnexpectedAnswer",
                message=f"{type(error).__name__}: {error} ({where})"[:500],
            )
        )
        return Unknown(f"UnexpectedAnswer: {service}")

    def take(self, failed: list[FailedCall]) -> None:
        """Record calls that failed in an earlier run, whose documents are kept."""
        with self._lock:
            self.failed_calls.extend(failed)

    def _record(self, failed: FailedCall) -> None:
        with self._lock:
            self.failed_calls.append(failed)
