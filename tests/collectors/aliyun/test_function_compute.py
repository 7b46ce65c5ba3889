"""Functions over HTTP: triggers, custom domains, secrets, runtimes, and denials."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aliyun.function_facts import runtime_supported
from collectors.aliyun.services.function_compute import SERVICE
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.database_tests import EXPOSURE, Collect, collector, empty
from tests.collectors.aliyun.world import load

PRODUCTS = ("fc", "sls")


@pytest.fixture(scope="module")
def collect(serve: Serve, open_account: OpenAccount) -> Collect:
    return collector(serve(*PRODUCTS), open_account, SERVICE)


def test_a_function_that_complies(collect: Collect) -> None:
    found = collect()["core"]
    facts = found.facts
    assert found.id == "acs:fc:cn-hangzhou:1234567890123456:functions/core"
    assert found.tags == {"system": "core-bank"}
    assert (facts["runtime"], facts["runtime_supported"]) == ("python3.12", True)
    assert (facts["vpc_id"], facts["network_kind"]) == ("vpc-core", "vpc")
    assert facts["exposure"] == {"public": False, "via": []}
    assert facts["environment_secrets"] is False
    assert facts["environment_encryption"]["enabled"] is True
    assert facts["role"] == "acs:ram::1234567890123456:role/core-role"
    assert facts["logging"]["destination"].endswith("project/core-logs/logstore/fc")


def test_a_function_that_does_not_comply(collect: Collect) -> None:
    found = collect()["open"]
    facts = found.facts
    assert facts["runtime_supported"] is False
    assert (facts["vpc_id"], facts["network_kind"]) == (None, "public")
    assert facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert (facts["environment_secrets"], facts["role"]) == (True, None)
    assert facts["logging"]["enabled"] is False
    assert "hunter2" not in str(found.native)


def test_a_container_that_a_custom_domain_leads_to(collect: Collect) -> None:
    """Its own address in the internet is off; the domain asks for nothing."""
    facts = collect()["shop"].facts
    assert (facts["runtime"], facts["runtime_supported"]) == (None, None)
    assert facts["exposure"]["public"] is True


@pytest.mark.parametrize(
    "domain",
    [
        {"authConfig": {"authType": "jwt"}},
        {"routeConfig": {"routes": [{"path": "/*", "functionName": "core"}]}},
    ],
)
def test_a_domain_that_signs_in_or_leads_elsewhere_opens_nothing(
    serve: Serve, open_account: OpenAccount, domain: dict[str, Any]
) -> None:
    world = load(*PRODUCTS)
    world["fc"]["ListCustomDomains"][0]["body"]["customDomains"][0].update(domain)
    found = collector(serve(world=world), open_account, SERVICE)()["shop"]
    assert found.facts["exposure"]["public"] is False


def test_a_trigger_that_is_not_understood_is_unknown(
    serve: Serve, open_account: OpenAccount
) -> None:
    world = load(*PRODUCTS)
    trigger = {"triggerType": "http", "triggerConfig": "{}"}
    world["fc"]["ListTriggers"] = [{"body": {"triggers": [trigger]}}]
    found = collector(serve(world=world), open_account, SERVICE)()["core"]
    assert set(found.unknown) >= EXPOSURE


@pytest.mark.parametrize(
    ("name", "operation", "unknown"),
    [
        ("core", "ListTriggers", EXPOSURE | {"tls"}),
        ("shop", "ListCustomDomains", EXPOSURE),
        ("shop", "GetFunction", {"environment_secrets"}),
    ],
)
def test_a_denial_leaves_its_facts_unknown(
    collect: Collect, name: str, operation: str, unknown: set[str]
) -> None:
    before, found = collect()[name], collect(operation)[name]
    assert set(found.unknown) - set(before.unknown) == unknown
    assert {found.unknown[path] for path in unknown} == {f"Forbidden.RAM: fc:{operation}"}


@pytest.mark.parametrize("operation", ["DescribeRegions", "ListFunctions"])
def test_functions_that_cannot_be_listed_have_a_stand_in(collect: Collect, operation: str) -> None:
    (found,) = collect(operation).values()
    assert found.unlisted
    assert set(found.unknown.values()) == {f"Forbidden.RAM: fc:{operation}"}


REFUSED = "the caller is not authorized to perform 'fc:ListFunctions'"
NOT_ENABLED = "FC service is not enabled for current user."


@pytest.mark.parametrize(
    ("operation", "answer", "documents"),
    [
        ("ListFunctions", {"body": {"functions": []}}, 0),
        ("DescribeRegions", {"body": {"Regions": {"Region": [{"RegionId": "cn-beijing"}]}}}, 0),
        ("DescribeRegions", {"body": {"Regions": {"Region": []}}}, 3),
        ("ListFunctions", {"status": 403, "body": {"Code": "AccessDenied", "Message": ""}}, 0),
        ("ListFunctions", {"status": 403, "body": {"Code": "AccessDenied", "Message": ""}}, 1),
    ],
    ids=["empty", "not offered", "no region named", "not activated", "refused"],
)
def test_where_there_is_nothing(
    serve: Serve,
    open_account: OpenAccount,
    operation: str,
    answer: dict[str, Any],
    documents: int,
) -> None:
    world = load(*PRODUCTS)
    body = dict(answer["body"])
    if "Message" in body:
        body["Message"] = REFUSED if documents else NOT_ENABLED
    world["fc"][operation] = [{**answer, "body": body}]
    assert len(list(empty(SERVICE, open_account(serve(world=world))))) == documents


def test_the_service_declares_what_it_asks(collect: Collect) -> None:
    made: set[Call] = set()
    collect(made=made)
    assert made == set(SERVICE.calls)


def test_runtimes() -> None:
    assert runtime_supported("custom.debian12") is True
    assert runtime_supported("python2.7") is False
    assert isinstance(runtime_supported("cobol"), Unknown)
