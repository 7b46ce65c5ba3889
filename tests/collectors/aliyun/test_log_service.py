"""Logstores over HTTP, by the vendor's SDK: retention, encryption, exposure, paging, errors."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from collectors.aliyun.log_calls import GET_LOGSTORE
from collectors.aliyun.log_store import retention
from collectors.aliyun.services.log_service import SERVICE, log_stores
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.aliyun.conftest import OpenAccount, Serve, by_name
from tests.collectors.aliyun.server import REGION, AliyunServer, Fault

Collected = Callable[..., dict[str, Any]]

ENCRYPTION = {f"encryption/{part}" for part in ("enabled", "key_manager", "key_id", "algorithm")}


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve("sls", "kms")


@pytest.fixture
def collected(server: AliyunServer, open_account: OpenAccount) -> Collected:
    """Logstores by name; calls of an operation that is named are denied."""

    def collect(*denied: str, made: set[Call] | None = None) -> dict[str, Any]:
        server.decide = lambda asked: (
            Fault(status=403, code="Unauthorized") if asked.operation in denied else None
        )
        return by_name(log_stores(open_account(server, made=made), REGION))

    return collect


def test_a_store_that_is_closed_and_encrypted_with_a_key_of_ones_own(collected: Collected) -> None:
    found = collected()["audit/actiontrail_central"]
    assert found.unknown == {}
    assert found.id == (
        "acs:log:cn-hangzhou:1234567890123456:project/audit/logstore/actiontrail_central"
    )
    assert found.tags == {"system": "core-bank"}
    assert found.facts == {
        "retention_days": 365,
        "encryption": {
            "enabled": True,
            "key_manager": "customer",
            "key_id": "key-log",
            "algorithm": "AES-256",
        },
        "exposure": {"public": False, "via": []},
    }


def test_records_kept_for_ever_with_a_key_of_the_service(collected: Collected) -> None:
    facts = collected()["audit/innertrail_central"].facts
    assert facts["retention_days"] is None
    assert (facts["encryption"]["key_manager"], facts["encryption"]["algorithm"]) == (
        "provider",
        "SM4",
    )


def test_a_store_that_is_open_and_not_encrypted(collected: Collected) -> None:
    facts = collected()["scratch/debug"].facts
    assert facts["encryption"]["enabled"] is False
    assert facts["exposure"] == {"public": True, "via": ["policy", "web-tracking"]}
    assert facts["retention_days"] == 30


@pytest.mark.parametrize(
    ("operation", "unknown"),
    [
        ("GetLogStore", {"retention_days", *ENCRYPTION, "exposure/public", "exposure/via"}),
        ("GetProjectPolicy", {"exposure/public", "exposure/via"}),
        ("ListTagResources", {"tags"}),
    ],
)
def test_a_denial_leaves_its_facts_unknown(
    collected: Collected, operation: str, unknown: set[str]
) -> None:
    found = collected(operation)["audit/actiontrail_central"].unknown
    # An encryption that is unknown as a whole is one path.
    assert {path for path in unknown if not path.startswith("encryption")} <= set(found)
    assert set(found.values()) == {f"Unauthorized: log:{operation}"}


def test_whose_the_key_is_kms_tells(collected: Collected, server: AliyunServer) -> None:
    denied = collected("DescribeKey")["audit/actiontrail_central"]
    assert denied.unknown == {"encryption/key_manager": "Unauthorized: kms:DescribeKey"}

    before, server.world = server.world, copy.deepcopy(server.world)
    try:
        for answer in server.world["kms"]["DescribeKey"]:
            if answer["when"]["KeyId"] == "key-log":
                answer["body"]["KeyMetadata"]["Creator"] = "Log"
        found = collected()["audit/actiontrail_central"].facts["encryption"]
    finally:
        server.world = before
    assert (found["key_manager"], found["key_id"]) == ("provider", "key-log")


@pytest.mark.parametrize("operation", ["ListProject", "ListLogStores"])
def test_stores_that_cannot_be_listed_have_a_stand_in(collected: Collected, operation: str) -> None:
    (found,) = collected(operation).values()
    assert found.unlisted
    assert set(found.unknown.values()) == {f"Unauthorized: log:{operation}"}


def test_lists_are_read_to_their_end(server: AliyunServer, open_account: OpenAccount) -> None:
    server.page, server.decide = 1, lambda asked: None
    try:
        assert len(list(log_stores(open_account(server), REGION))) == 3
    finally:
        server.page = 1000


def test_the_retention_of_a_store_of_another_service(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    server.decide = lambda asked: None
    account = open_account(server)
    assert retention(account, REGION, "audit", "actiontrail_central") == 365
    assert retention(account, REGION, "audit", "innertrail_central") is None
    gone = retention(account, REGION, "audit", "gone")
    assert isinstance(gone, Unknown)
    assert gone.reason == "LogStoreNotExist: log:GetLogStore"


@pytest.mark.parametrize("kind", ["reset", "garbage", "html", "error"])
def test_an_answer_that_is_none_is_unknown(
    server: AliyunServer, open_account: OpenAccount, kind: Any
) -> None:
    server.decide = lambda asked: Fault(kind=kind, status=500, code="InternalServerError")
    assert isinstance(retention(open_account(server), REGION, "audit", "gone"), Unknown)


def test_what_passes_is_tried_again(server: AliyunServer, open_account: OpenAccount) -> None:
    faults = [Fault(status=500, code="InternalServerError"), Fault(kind="reset")]
    server.decide = lambda asked: faults.pop() if faults else None
    account = open_account(server, attempts=4)
    assert account.read(GET_LOGSTORE, REGION, project="scratch", logstore="debug")["ttl"] == 30


def test_the_service_declares_what_it_asks(collected: Collected) -> None:
    made: set[Call] = set()
    collected(made=made)
    assert made == set(SERVICE.calls)
