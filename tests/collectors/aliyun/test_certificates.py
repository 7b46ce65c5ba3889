"""Certificates over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from collectors.aliyun.services.certificates import SERVICE, certificates
from collectors.calls import Call
from tests.collectors.aliyun.conftest import OpenAccount, Serve, by_name
from tests.collectors.aliyun.server import AliyunServer, Fault

Collected = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve("cas")


@pytest.fixture
def collected(server: AliyunServer, open_account: OpenAccount) -> Collected:
    """The certificates by name; calls of an operation that is named are denied."""

    def collect(*denied: str, made: set[Call] | None = None) -> dict[str, Any]:
        server.decide = lambda asked: (
            Fault(status=403, code="NoPermission") if asked.operation in denied else None
        )
        return by_name(certificates(open_account(server, made=made)))

    return collect


def test_certificates(collected: Collected) -> None:
    found = collected()
    facts = {name: one.facts for name, one in found.items()}
    assert facts == {
        "www": {"expires": "2027-12-01T00:00:00Z", "in_use": True},
        "spare": {"expires": "2027-06-01T00:00:00Z", "in_use": False, "auto_renew": False},
        "old": {"expires": "2025-06-01T00:00:00Z", "in_use": True, "auto_renew": False},
    }
    assert set(found["www"].unknown) == {"algorithm", "key_bits", "auto_renew"}


def test_without_the_resources_their_use_is_unknown(collected: Collected) -> None:
    found = collected("ListCloudResources")["spare"]
    assert found.unknown["in_use"] == "NoPermission: yundun-cert:ListCloudResources"


def test_certificates_that_cannot_be_listed_have_a_stand_in(collected: Collected) -> None:
    (found,) = collected("ListUserCertificateOrder").values()
    assert found.unlisted


def test_the_service_declares_what_it_asks(collected: Collected) -> None:
    made: set[Call] = set()
    collected(made=made)
    assert made == set(SERVICE.calls)


def test_an_account_without_certificates(serve: Serve, open_account: OpenAccount) -> None:
    body = {"CurrentPage": 1, "ShowSize": 50, "TotalCount": 0, "CertificateOrderList": []}
    world = {"cas": {"ListUserCertificateOrder": [{"body": body}]}}
    assert list(certificates(open_account(serve(world=world)))) == []
