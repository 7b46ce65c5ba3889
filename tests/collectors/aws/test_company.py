"""Every service over the example company: which calls it makes, and whether it collects what the
bundled checks read."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest
from botocore.config import Config
from msgspec import Struct

from collectors.aws.account import Account, Service
from collectors.aws.collect import load_services
from collectors.aws.reader import Reader
from collectors.calls import Call
from collectors.document import NOT_COLLECTED, Document
from examples.company.account import MAIN_REGION
from scanner.policies import bundled, load
from tests.collectors.aws.conftest import ACCOUNT_ID

CHECKS = load(bundled()).checks
SERVICES = load_services()
each_service = pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)


class Collected(Struct, frozen=True):
    """What a service gave, and what it asked."""

    documents: list[Document]
    made: set[Call]


@pytest.fixture(scope="module")
def company(company_endpoint: str, session: boto3.Session) -> Iterator[dict[str, Collected]]:
    """Every service alone, each with a reader of its own, by name."""
    with ThreadPoolExecutor(4) as workers:
        yield {one.name: _collect(one, company_endpoint, session, workers) for one in SERVICES}


def _collect(
    service: Service, endpoint: str, session: boto3.Session, workers: ThreadPoolExecutor
) -> Collected:
    made: set[Call] = set()
    account = Account(
        id=ACCOUNT_ID,
        partition="aws-cn",
        home_region=MAIN_REGION,
        regions=(MAIN_REGION,),
        reader=Reader(
            session,
            account=ACCOUNT_ID,
            config=Config(retries={"total_max_attempts": 1}),
            endpoint_url=endpoint,
            concurrency=4,
            on_call=made.add,
        ),
        workers=workers,
    )
    documents = list(service.account(account)) if service.account else []
    documents += list(service.region(account, MAIN_REGION)) if service.region else []
    return Collected(documents, made)


@each_service
def test_a_service_makes_no_call_that_it_does_not_declare(
    service: Service, company: dict[str, Collected]
) -> None:
    assert company[service.name].made - set(service.calls) == set()


@each_service
def test_a_service_makes_documents_of_the_types_that_it_declares(
    service: Service, company: dict[str, Collected]
) -> None:
    found = {(one.type, one.native_type) for one in company[service.name].documents}
    assert found
    assert found <= {(facts.TYPE, native_type) for facts, native_type in service.types}


@each_service
def test_every_fact_that_a_check_reads_is_collected(
    service: Service, company: dict[str, Collected]
) -> None:
    """A fact may be unknown of one resource; a fact that no code collects leaves its checks
    without an answer."""
    missing = {
        (document.type, path)
        for document in company[service.name].documents
        for path, reason in document.unknown.items()
        if reason == NOT_COLLECTED
        for check in CHECKS
        if document.type in check.targets
        for fact in check.facts
        if _overlap(_without_places(path), fact)
    }
    assert missing == set()


def _without_places(path: str) -> str:
    return ".".join(part for part in path.split("/") if not part.isdigit())


def _overlap(one: str, other: str) -> bool:
    return f"{one}.".startswith(f"{other}.") or f"{other}.".startswith(f"{one}.")
