"""What the tests of network services share: collect a step, with calls denied by their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from collectors.aliyun.account import Account
from collectors.calls import Call
from collectors.document import Document
from tests.collectors.aliyun.conftest import OpenAccount, by_name
from tests.collectors.aliyun.server import AliyunServer, Fault

Step = Callable[[Account], Iterable[Document]]


class Collected(Protocol):
    """Documents by name; the calls that are named ("vpc:DescribeVpcs") are denied."""

    def __call__(self, *denied: str, made: set[Call] | None = None) -> dict[str, Any]: ...


def collector(server: AliyunServer, open_account: OpenAccount, step: Step) -> Collected:
    """Collects a step of a service from a server."""

    def collect(*denied: str, made: set[Call] | None = None) -> dict[str, Any]:
        server.decide = lambda asked: (
            Fault(status=403, code="Forbidden.RAM") if asked.name in denied else None
        )
        return by_name(step(open_account(server, made=made)))

    return collect
