"""AWS, to be swept: the example company in moto, by real boto3, behind a proxy that injects."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import boto3
from botocore.config import Config

from collectors.aws.account import Account, Service
from collectors.aws.collect import declared_calls, load_services
from collectors.aws.reader import Reader
from collectors.calls import Call
from collectors.steps import run, steps_of
from examples.company import MAIN_REGION, fill
from examples.moto_server import running_moto
from tests.faults.coverage import Measured, measure
from tests.faults.operations import Fault
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy
from tests.faults.sweep import Memory, Ran, Sweep, in_time

ACCOUNT_ID = "123456789012"
DENIAL = DENIED


class AwsSwept:
    """The account behind the proxy."""

    def __init__(self, proxy: FaultProxy, workers: ThreadPoolExecutor) -> None:
        self.proxy = proxy
        self.services = load_services()
        self._workers = workers
        self._memory = Memory()
        self._session = boto3.Session("testing", "testing", region_name=MAIN_REGION)
        # Making a client costs more than its calls; runs with the same time limit share them.
        self._clients: dict[float, OrderedDict[tuple[str, str], Any]] = {}

    def run(self, services: list[Service], call: Call | None, fault: Fault | None) -> Ran:
        """Collect services, each request of `call` answered by `fault`."""
        silent = fault is not None and fault.kind == "silent"

        def within(limit: float) -> Ran:
            return self._run(services, call, fault, limit)

        return in_time(within, call, silent=silent, seconds=30)

    def _run(
        self, services: list[Service], call: Call | None, fault: Fault | None, patience: float
    ) -> Ran:
        asked = (call.service, call.operation) if call else None
        self.proxy.decide = lambda request: fault if request[:2] == asked else None
        made: set[Call] = set()
        reader = Reader(
            self._session,
            account=ACCOUNT_ID,
            config=Config(
                retries={"total_max_attempts": 1},
                read_timeout=patience,
                max_pool_connections=16,
            ),
            endpoint_url=self.proxy.url,
            concurrency=16,
            on_call=made.add,
        )
        reader._clients = self._clients.setdefault(patience, OrderedDict())
        if call:
            self._memory.give(reader.answers, call)
        account = Account(
            id=ACCOUNT_ID,
            partition="aws-cn",
            home_region=MAIN_REGION,
            regions=(MAIN_REGION,),
            reader=reader,
            workers=self._workers,
        )
        documents = [
            document
            for found in run(account, steps_of(services, (MAIN_REGION,)), None)
            for document in found
        ]
        if not call:
            self._memory.learn(reader.answers)
        return Ran(documents, {one.name for one in made}, reader.answers.failed_calls)


@contextmanager
def aws_swept(endpoint: str) -> Iterator[AwsSwept]:
    """The company in a moto; what moto answers is remembered."""
    with ThreadPoolExecutor(8) as workers, fault_proxy(endpoint) as proxy:
        swept = AwsSwept(proxy, workers)
        for service in swept.services:
            swept.run([service], None, None)
        proxy.learning = False
        yield swept


def told_by(sweep: Sweep[Fault]) -> Measured:
    """What each call tells."""
    return measure("AWS", "aws", sweep, declared_calls())


def measured() -> Measured:
    """What each call tells, of an account of its own."""
    with running_moto() as endpoint:
        fill(endpoint)
        with aws_swept(endpoint) as cloud:
            return told_by(Sweep(cloud, DENIAL))
