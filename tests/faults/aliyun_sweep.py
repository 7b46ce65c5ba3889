"""Alibaba Cloud, to be swept: the account of `tests/collectors/aliyun/world`, by the real SDK."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from collectors.aliyun.account import Account, Service
from collectors.aliyun.collect import declared_calls, load_services, load_ways
from collectors.aliyun.credentials import Keys
from collectors.aliyun.pace import Patience
from collectors.aliyun.reader import Reader
from collectors.aliyun.session import AliyunOptions
from collectors.calls import Call
from collectors.steps import run, steps_of
from tests.collectors.aliyun.dialects import load_dialects
from tests.collectors.aliyun.server import (
    ACCOUNT_ID,
    KEY_ID,
    REGION,
    SECRET,
    AliyunServer,
    Fault,
    aliyun_server,
)
from tests.collectors.aliyun.world import load
from tests.faults.coverage import Measured, measure
from tests.faults.sweep import Memory, Ran, Sweep, in_time

DENIAL = Fault(status=403, code="Forbidden.RAM")


class _TestKeys:
    """The account's access key."""

    def keys(self) -> Keys:
        """The keys, which never expire."""
        return Keys(KEY_ID, SECRET)


class AliyunSwept:
    """The account behind a server that injects faults."""

    def __init__(self, server: AliyunServer, workers: ThreadPoolExecutor) -> None:
        self.server = server
        self._workers = workers
        self._memory = Memory()
        self.services = load_services()
        self.after = 0
        """How many requests of a call succeed before its fault begins."""
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

        def decide(asked: object) -> Fault | None:
            nonlocal seen
            if call is None or getattr(asked, "name", "") != call.name:
                return None
            seen += 1
            return fault if self.after < seen <= self.after + self.lasting else None

        self.server.decide = decide
        made: set[Call] = set()
        reader = Reader(
            _TestKeys(),
            AliyunOptions(
                endpoint_url=self.server.url,
                # A burst is over after two requests; whatever lasts longer is not waited for.
                patience=Patience(
                    attempts=3 if self.lasting < 3 else 1, first=0.001, longest=0.002
                ),
                connect_seconds=1,
                read_seconds=seconds,
            ),
            account=ACCOUNT_ID,
            ways=load_ways(),
            on_call=made.add,
        )
        if call:
            self._memory.give(reader.answers, call)
        account = Account(id=ACCOUNT_ID, regions=(REGION,), reader=reader, workers=self._workers)
        documents = [
            document
            for found in run(account, steps_of(services, (REGION,)), None)
            for document in found
        ]
        if not call:
            self._memory.learn(reader.answers)
        return Ran(documents, {one.name for one in made}, reader.answers.failed_calls)


@contextmanager
def aliyun_swept() -> Iterator[AliyunSwept]:
    """The account, with its server running."""
    with (
        aliyun_server(load(), load_dialects()) as server,
        ThreadPoolExecutor(8) as workers,
    ):
        yield AliyunSwept(server, workers)


def told_by(sweep: Sweep[Fault]) -> Measured:
    """What each call tells."""
    return measure("Alibaba Cloud", "aliyun", sweep, declared_calls())


def measured() -> Measured:
    """What each call tells, of an account of its own."""
    with aliyun_swept() as cloud:
        return told_by(Sweep(cloud, DENIAL))
