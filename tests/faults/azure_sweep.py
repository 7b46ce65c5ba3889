"""Azure, to be swept: the subscription of `tests/collectors/azure/world`, by the real azure-core.

Resource Graph is not asked: each type's own API is, whose denial must show. That Resource Graph
tells the same, and that nothing is lost where it fails, `tests/collectors/azure/test_lists.py` and
`test_azure.py` say.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from collectors.azure.account import Account, Service
from collectors.azure.collect import OPENING, declared_calls, graphed_types, load_services
from collectors.azure.http import connect
from collectors.azure.reader import Reader
from collectors.azure.rights import Rights
from collectors.azure.session import AzureOptions, Patience
from collectors.azure.subscriptions import granted
from collectors.calls import Call
from collectors.document import Document, Unknown
from collectors.steps import run, steps_of
from tests.collectors.azure.server import Asked, AzureServer, Fault, azure_server
from tests.collectors.azure.tokens import TestCredential
from tests.collectors.azure.world import SUBSCRIPTION, TENANT, load
from tests.faults.coverage import Measured, measure
from tests.faults.sweep import Memory, Ran, Sweep, in_time

DENIAL = Fault(status=403, code="AuthorizationFailed")


class AzureSwept:
    """The subscription behind a server that injects faults."""

    def __init__(self, server: AzureServer, workers: ThreadPoolExecutor) -> None:
        self.server = server
        self._workers = workers
        self._memory = Memory()
        self._rights: Rights | Unknown | None = None
        self.services = load_services()
        self.resource_graph = False
        self.lasting = 10_000
        """How many requests the fault lasts."""

    def run(self, services: list[Service], call: Call | None, fault: Fault | None) -> Ran:
        """Collect services, each request of `call` answered by `fault`."""
        silent = fault is not None and fault.kind == "silent"

        def within(limit: float) -> Ran:
            return self._run(services, call, fault, limit)

        return in_time(within, call, silent=silent, seconds=5)

    def _run(
        self, services: list[Service], call: Call | None, fault: Fault | None, seconds: float
    ) -> Ran:
        seen = 0

        def decide(asked: Asked) -> Fault | None:
            nonlocal seen
            if call is None or asked.name != call.name:
                return None
            seen += 1
            return fault if seen <= self.lasting else None

        made: set[Call] = set()
        options = AzureOptions(
            endpoint_url=self.server.url,
            # A burst is over after two requests; whatever lasts longer is not waited for.
            patience=Patience(attempts=3 if self.lasting < 3 else 1, first=0.001, longest=0.002),
            connect_seconds=1,
            read_seconds=seconds,
        )
        apis = connect(TestCredential(), options)
        readers = [
            Reader(apis, account=account, on_call=made.add) for account in (SUBSCRIPTION, TENANT)
        ]
        if self._rights is None:
            self.server.decide = lambda asked: None
            self._rights = granted(readers[0])
        self.server.decide = decide
        for reader in readers:
            if call:
                self._memory.give(reader.answers, call)
        account = Account(
            id=SUBSCRIPTION,
            name="Core bank",
            tenant=TENANT,
            reader=readers[0],
            directory=readers[1],
            workers=self._workers,
            rights=self._rights,
            types=graphed_types() if self.resource_graph else (),
        )
        documents: list[Document] = [
            document for found in run(account, steps_of(services, ()), None) for document in found
        ]
        if not call:
            for reader in readers:
                self._memory.learn(reader.answers)
        failed = [one for reader in readers for one in reader.answers.failed_calls]
        return Ran(documents, {one.name for one in made - set(OPENING)}, failed)


@contextmanager
def azure_swept() -> Iterator[AzureSwept]:
    """The subscription, with its server running."""
    with azure_server(load()) as server, ThreadPoolExecutor(8) as workers:
        yield AzureSwept(server, workers)


def told_by(sweep: Sweep[Fault]) -> Measured:
    """What each call tells."""
    return measure("Azure", "azure", sweep, declared_calls())


def measured() -> Measured:
    """What each call tells, of a subscription of its own."""
    with azure_swept() as cloud:
        return told_by(Sweep(cloud, DENIAL))
