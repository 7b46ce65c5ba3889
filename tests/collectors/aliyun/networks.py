"""What the tests of network services share: collect a step, with calls denied by their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from collectors.aliyun.account import Account
from collectors.calls import Call
from collectors.document import Document
from tests.collectors.aliyun.conftest import OpenAccount, by_name
from tests.collectors.aliyun.server import AliyunServer, Fault
from tests.collectors.aliyun.world import Answers, load

Step = Callable[[Account], Iterable[Document]]

_NO_DIRECTORY = {"Code": "ResourceDirectoryNotInUse", "Message": "no directory"}
ALONE: Answers = {"GetResourceDirectory": [{"status": 404, "body": _NO_DIRECTORY}]}
"""What the Resource Directory says to an account that belongs to none."""


def alone(*services: str) -> dict[str, Answers]:
    """The world of some products for an account that belongs to no resource directory, so that
    nobody else protects it."""
    return {**load(*services), "resourcemanager": ALONE}


def member(*services: str) -> dict[str, Answers]:
    """The world of some products for a member of a resource directory without a firewall or WAF of
    its own."""
    found = load(*services, "resourcemanager")
    if "cloudfw" in found:
        found["cloudfw"] = {"DescribeUserBuyVersion": [{"body": {"UserStatus": False}}]}
    if "waf-openapi" in found:
        found["waf-openapi"] = {"DescribeInstance": [{"body": {}}]}
    return found


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
