"""What the tests of the Azure collectors share: a server, and subscriptions read from it through
the real azure-core."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any, Protocol

import pytest

from collectors.azure.account import Account
from collectors.azure.collect import OPENING, graphed_types
from collectors.azure.diagnostic_settings import GET_WORKSPACE, LIST_WORKSPACES
from collectors.azure.http import connect
from collectors.azure.reader import Reader
from collectors.azure.session import AzureOptions, Patience
from collectors.azure.subscriptions import granted
from collectors.calls import Call
from tests.collectors.azure.server import AzureServer
from tests.collectors.azure.server import azure_server as running
from tests.collectors.azure.tokens import TestCredential
from tests.collectors.azure.world import SUBSCRIPTION, TENANT, World, filled, load

Serve = Callable[..., AzureServer]


class OpenAccount(Protocol):
    """Opens the test's subscription at a server, as `collect` does. `made` gathers the calls."""

    def __call__(
        self,
        server: AzureServer,
        *,
        made: set[Call] | None = None,
        attempts: int = 1,
        graph: bool = False,
    ) -> Account: ...


@pytest.fixture(scope="module")
def serve() -> Iterator[Serve]:
    """Starts servers: `serve("network")` has what `world` says in `network.json`, `serve()` all of
    it, `serve(world={…})` what the test itself says. No request of a test may be wrong."""
    with ExitStack() as stack:
        servers: list[AzureServer] = []

        def start(*names: str, world: World | None = None) -> AzureServer:
            answers = load(*names, "opening") if names or world is None else load("opening")
            if not names and world is None:
                answers = load()
            server = stack.enter_context(running({**answers, **filled(world or {})}))
            servers.append(server)
            return server

        yield start
        problems = [problem for server in servers for problem in server.problems]
        assert problems == []


@pytest.fixture(scope="module")
def open_account() -> Iterator[OpenAccount]:
    """Subscriptions whose calls go to a server, through the real azure-core. Resource Graph is
    asked with `graph=True` alone, so that a test sees its service's own calls."""
    workers = ThreadPoolExecutor(4)

    def opened(
        server: AzureServer,
        *,
        made: set[Call] | None = None,
        attempts: int = 1,
        graph: bool = False,
    ) -> Account:
        options = AzureOptions(
            endpoint_url=server.url,
            patience=Patience(attempts=attempts, first=0.01, longest=0.05),
            connect_seconds=2,
            read_seconds=2,
        )

        def note(call: Call) -> None:
            if made is not None and call not in OPENING:
                made.add(call)
                # One asks for its workspace by itself where that is another subscription's.
                made.update({GET_WORKSPACE} if call == LIST_WORKSPACES else ())

        apis = connect(TestCredential(), options)
        reader = Reader(apis, account=SUBSCRIPTION, on_call=note)
        return Account(
            id=SUBSCRIPTION,
            name="Core bank",
            tenant=TENANT,
            reader=reader,
            directory=Reader(apis, account=TENANT, on_call=note),
            workers=workers,
            rights=granted(reader),
            types=graphed_types() if graph else (),
        )

    yield opened
    workers.shutdown()


def by_name(documents: Any) -> dict[str, Any]:
    """Documents by their names, for tests that look at one of several."""
    return {document.name: document for document in documents}
