"""What the tests of the Alibaba Cloud collectors share: a server, and accounts read from it through
the real SDK."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any, Protocol

import pytest

from collectors.aliyun.account import Account
from collectors.aliyun.collect import load_ways
from collectors.aliyun.credentials import Keys
from collectors.aliyun.pace import Patience
from collectors.aliyun.reader import Reader
from collectors.aliyun.session import AliyunOptions
from collectors.calls import Call
from tests.collectors.aliyun.dialects import load_dialects
from tests.collectors.aliyun.server import ACCOUNT_ID, KEY_ID, REGION, SECRET, AliyunServer
from tests.collectors.aliyun.server import aliyun_server as running
from tests.collectors.aliyun.world import Answers, load

Serve = Callable[..., AliyunServer]


class TestKeys:
    """The test account's access key."""

    __test__ = False

    def keys(self) -> Keys:
        """The keys, which never expire."""
        return Keys(KEY_ID, SECRET)


class OpenAccount(Protocol):
    """Opens the test account at a server, as `collect` does. `made` gathers the calls."""

    def __call__(
        self,
        server: AliyunServer,
        *regions: str,
        made: set[Call] | None = None,
        attempts: int = 1,
    ) -> Account: ...


@pytest.fixture(scope="module")
def serve() -> Iterator[Serve]:
    """Starts servers: `serve("ecs", "vpc")` has what `world` says of these products, `serve()` all
    of it, `serve(world={…})` what the test itself says. No request of a test may be wrong."""
    with ExitStack() as stack:
        servers: list[AliyunServer] = []

        def start(*services: str, world: dict[str, Answers] | None = None) -> AliyunServer:
            answers = load(*services) if world is None else world
            server = stack.enter_context(running(answers, load_dialects()))
            servers.append(server)
            return server

        yield start
        problems = [problem for server in servers for problem in server.problems]
        assert problems == []


@pytest.fixture(scope="module")
def open_account() -> Iterator[OpenAccount]:
    """Accounts whose calls go to a server, through the real SDK."""
    workers = ThreadPoolExecutor(4)

    def opened(
        server: AliyunServer,
        *regions: str,
        made: set[Call] | None = None,
        attempts: int = 1,
    ) -> Account:
        options = AliyunOptions(
            endpoint_url=server.url,
            patience=Patience(attempts=attempts, first=0.01, longest=0.05),
            connect_seconds=2,
            read_seconds=2,
        )
        reader = Reader(
            TestKeys(),
            options,
            account=ACCOUNT_ID,
            ways=load_ways(),
            on_call=made.add if made is not None else None,
        )
        return Account(id=ACCOUNT_ID, regions=regions or (REGION,), reader=reader, workers=workers)

    yield opened
    workers.shutdown()


def by_name(documents: Any) -> dict[str, Any]:
    """Documents by their names, for tests that look at one of several."""
    return {document.name: document for document in documents}
