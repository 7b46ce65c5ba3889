"""APIs of API Management over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.services.api_management import SERVICE, apis
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("api_management", "workspaces")


def test_apis(server: AzureServer, open_account: OpenAccount) -> None:
    made: set[Call] = set()
    found: dict[str, Any] = by_name(apis(open_account(server, made=made)))
    assert made == set(SERVICE.calls)
    keys = {name: one.facts.get("authorization") for name, one in found.items()}
    # Open products take requests without a key, and what policies ask for is not read.
    assert keys == {"pay": "key", "demo": None, "hook": None, "ledger": "key"}
    assert "authorization" in found["demo"].unknown
    assert found["pay"].facts["tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert found["demo"].facts["tls"]["required"] is False
    assert found["ledger"].facts["tls"]["minimum"] == "1.0"
    assert (found["pay"].facts["public"], found["ledger"].facts["public"]) == (True, False)
    assert found["pay"].facts["logging"]["retention_days"] == 200
    assert found["pay"].tags == {"system": "core-bank"}


def test_products_that_are_denied_are_unknown(
    server: AzureServer, open_account: OpenAccount
) -> None:
    server.decide = lambda asked: (
        Fault(status=403, code="AuthorizationFailed")
        if asked.call.operation == "ApiProduct_ListByApis"
        else None
    )
    found = by_name(apis(open_account(server)))
    assert found["pay"].unknown == {
        "authorization": "AuthorizationFailed: Microsoft.ApiManagement/service/apis/products/read"
    }
