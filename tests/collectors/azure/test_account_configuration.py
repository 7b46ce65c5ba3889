"""Policies that limit locations, and regions in use, over HTTP."""

from __future__ import annotations

import pytest

from collectors.azure.services.account_configuration import SERVICE, configuration
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve
from tests.collectors.azure.server import AzureServer, Fault


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("account_configuration")


def test_locations_and_regions(server: AzureServer, open_account: OpenAccount) -> None:
    server.decide = lambda asked: None
    made: set[Call] = set()
    (found,) = configuration(open_account(server, made=made))
    assert found.facts["regions_in_use"] == ["chinaeast2", "chinanorth3"]
    first, narrow, other = found.facts["guardrails"]
    assert first["only_regions"] == ["chinaeast2", "chinanorth3"]
    assert "only_regions" not in narrow
    assert other is None
    assert {"guardrails/1/only_regions", "guardrails/2"} == set(found.unknown)
    assert made == set(SERVICE.calls)


def test_what_is_denied_is_unknown(server: AzureServer, open_account: OpenAccount) -> None:
    server.decide = lambda asked: Fault(status=403, code="AuthorizationFailed")
    account = open_account(server)
    (found,) = configuration(account)
    assert {"guardrails", "regions_in_use"} <= set(found.unknown)
