"""What the tests of the AWS collectors share: an account read through real boto3, and clients."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

import boto3
import pytest
import requests
from botocore.config import Config

from collectors.aws.account import Account
from collectors.aws.endpoint import keep_host
from collectors.aws.reader import Reader
from collectors.document import Document
from examples.company.account import MAIN_REGION
from tests.collectors.aws.scripted import share_clients
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

ACCOUNT_ID = "123456789012"

Client = Callable[..., Any]


class OpenAccount(Protocol):
    """Opens an account at an endpoint, as `collect` does; its home region tells the partition."""

    def __call__(self, endpoint: str, home_region: str = "us-east-1") -> Account: ...


@pytest.fixture(scope="session")
def session() -> boto3.Session:
    """One session for all tests: botocore reads its large models of services once a session."""
    return boto3.Session("testing", "testing", region_name="us-east-1")


@pytest.fixture
def open_account(session: boto3.Session) -> Iterator[OpenAccount]:
    """Accounts whose calls go to a given endpoint, through real boto3."""
    workers = ThreadPoolExecutor(4)

    def opened(endpoint: str, home_region: str = "us-east-1") -> Account:
        reader = Reader(
            session,
            account=ACCOUNT_ID,
            config=Config(retries={"total_max_attempts": 1}),
            endpoint_url=endpoint,
            concurrency=4,
        )
        share_clients(reader, endpoint, 1)
        return Account(
            id=ACCOUNT_ID,
            partition="aws-cn" if home_region.startswith("cn-") else "aws",
            home_region=home_region,
            regions=(home_region,),
            reader=reader,
            workers=workers,
        )

    yield opened
    workers.shutdown()


@pytest.fixture(scope="module")
def fresh_moto(moto_endpoint: str) -> str:
    """The moto server, without resources when a module starts. A reset takes moto a second or two,
    so that the tests of a module share it and look at what they made themselves."""
    requests.post(f"{moto_endpoint}/moto-api/reset", timeout=30).raise_for_status()
    return moto_endpoint


@pytest.fixture(scope="module")
def client(fresh_moto: str, session: boto3.Session) -> Client:
    """`client("ec2", "cn-north-1")`: a boto3 client of an empty moto, to fill it with."""

    def made(service: str, region: str = "us-east-1") -> Any:
        opened = session.client(service, region_name=region, endpoint_url=fresh_moto)  # type: ignore[call-overload]
        keep_host(opened, fresh_moto)
        return opened

    return made


@pytest.fixture(scope="module")
def company_proxy(company_endpoint: str) -> Iterator[FaultProxy]:
    """The example company, with faults that the test wants."""
    with fault_proxy(company_endpoint) as running:
        yield running


@pytest.fixture
def collected(company_proxy: FaultProxy, open_account: OpenAccount) -> Any:
    """The documents of a collector of the company by name, after the denials that the test
    wants. Modules that fill their own moto have their own."""

    def collect(collector: Any, *denied: str) -> dict[str, Document]:
        company_proxy.decide = lambda request: DENIED if request.operation in denied else None
        account = open_account(company_proxy.url, MAIN_REGION)
        return {item.name: item for item in collector(account, MAIN_REGION)}

    return collect
