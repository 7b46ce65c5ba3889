"""APIs of the cloud-native API Gateway over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aliyun.native_gateway_facts import domain_tls
from collectors.aliyun.services import cloud_native_gateway as gateway
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.networks import Collected, collector
from tests.collectors.aliyun.server import REGION, AliyunServer

NEVER = {
    "tags",
    "logging/enabled",
    "logging/destination",
    "logging/destination_account",
    "logging/destination_region",
    "logging/retention_days",
}
TLS = {"tls/minimum", "tls/required"}
JWT = {"enableAuth": True, "authConfig": {"authType": "Jwt"}}


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve("apig")


@pytest.fixture(scope="module")
def collected(server: AliyunServer, open_account: OpenAccount) -> Collected:
    def step(account: Any) -> Any:
        assert gateway.SERVICE.region
        return gateway.SERVICE.region(account, REGION)

    return collector(server, open_account, step)


def test_an_api_that_complies(collected: Collected) -> None:
    found = collected()["pay"]
    assert found.id == "acs:apig:cn-hangzhou:1234567890123456:httpapi/api-pay"
    assert found.facts == {
        "authorization": "token",
        "public": False,
        "tls": {"minimum": "1.2", "required": True, "policy": None},
        "logging": {},
    }
    assert set(found.unknown) == NEVER


def test_an_api_with_a_domain_in_plaintext(collected: Collected) -> None:
    found = collected()["shop"]
    assert found.facts["public"] is True
    assert found.facts["tls"] == {"minimum": "none", "required": False, "policy": None}
    # Its method asks for nothing itself; a plug-in may.
    assert "plug-ins" in found.unknown["authorization"]


def test_what_is_not_visible_is_unknown(collected: Collected) -> None:
    found = collected()
    # A draft is on no gateway.
    assert set(found) == {"pay", "shop", "web", "model"}
    assert set(found["web"].unknown) == NEVER | TLS | {"public", "authorization"}


def test_an_api_of_a_model_has_one_authentication(collected: Collected) -> None:
    found = collected()["model"]
    assert (found.facts["authorization"], found.facts["public"]) == ("key", True)
    assert found.facts["tls"] == {"minimum": "1.1", "policy": None}
    assert "not certain" in found.unknown["tls/required"]


@pytest.mark.parametrize(
    ("methods", "asked"),
    [
        ([{"method": "GET", **JWT}], "token"),
        ([{"method": "GET", **JWT}, {"method": "OPTIONS", "enableAuth": False}], "token"),
        ([{"method": "GET", **JWT}, {"method": "PUT", "enableAuth": False}], None),
        ([{"method": "GET", **JWT}, {"method": "PUT"}], None),
        ([], None),
        ([{"method": "GET", "enableAuth": True, "authConfig": {"authType": "Runes"}}], None),
    ],
)
def test_what_methods_ask_for(methods: list[dict[str, Any]], asked: str | None) -> None:
    found = gateway.of_methods(methods)
    assert isinstance(found, Unknown) if asked is None else found == asked


@pytest.mark.parametrize(
    ("states", "on"),
    [
        ([], True),
        (["Deployed"], True),
        (["DeployedWithChanges", "NotDeployed"], True),
        (["NotDeployed", "Undeployed"], False),
        ([None], True),
    ],
)
def test_published(states: list[str | None], on: bool) -> None:
    environments = [{"deployStatus": state} for state in states]
    assert gateway.published({"environments": environments}) is on


def test_a_gateway_that_tells_no_address_may_be_public() -> None:
    assert isinstance(gateway.is_public({"loadBalancers": []}), Unknown)
    assert isinstance(gateway.is_public({"loadBalancers": [{"addressType": None}]}), Unknown)
    assert gateway.is_public({"loadBalancers": [{"addressType": "Intranet"}]}) is False


@pytest.mark.parametrize(
    ("word", "minimum"), [("TLS 1.2", "1.2"), ("TLSv1.3", "1.3"), ("1.0", "1.0"), ("", None)]
)
def test_the_lowest_version_of_a_domain(word: str, minimum: str | None) -> None:
    found = domain_tls({"protocol": "HTTPS", "forceHttps": True, "tlsMin": word})
    assert found.required is True
    assert isinstance(found.minimum, Unknown) if minimum is None else found.minimum == minimum


@pytest.mark.parametrize(
    ("operation", "name", "unknown"),
    [
        ("ListGateways", "pay", {"public"}),
        ("ListDomains", "pay", TLS),
        # Its domain in plaintext is told with the API.
        ("ListDomains", "shop", set()),
        ("ListHttpApiOperations", "pay", {"authorization"}),
    ],
)
def test_a_denial_leaves_facts_unknown(
    collected: Collected, operation: str, name: str, unknown: set[str]
) -> None:
    found = collected(f"apig:{operation}")[name].unknown
    denied = {path for path, why in found.items() if why == f"Forbidden.RAM: apig:{operation}"}
    assert denied == unknown


def test_a_list_that_is_denied_stands_in(collected: Collected) -> None:
    (found,) = collected("apig:ListHttpApis").values()
    assert (found.type, found.unlisted) == ("network.api", True)


def test_the_service_declares_what_it_asks(collected: Collected) -> None:
    made: set[Call] = set()
    collected(made=made)
    assert made == set(gateway.SERVICE.calls)


def test_every_page_is_read(server: AliyunServer, collected: Collected) -> None:
    server.page = 1
    try:
        assert set(collected()) == {"pay", "shop", "web", "model"}
    finally:
        server.page = 1000
