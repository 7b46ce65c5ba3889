"""Accounts of Azure AI services over HTTP."""

from __future__ import annotations

from collectors.azure.services.cognitive_accounts import SERVICE, accounts
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name


def test_accounts(serve: Serve, open_account: OpenAccount) -> None:
    made: set[Call] = set()
    server = serve("cognitive_accounts", "workspaces")
    found = by_name(accounts(open_account(server, made=made)))
    assert made == set(SERVICE.calls)
    assert {
        name: (one.facts["public"], one.facts["authorization"]) for name, one in found.items()
    } == {
        "ai-core": (False, "token"),
        "ai-open": (True, "key"),
        "ai-inside": (False, "key"),
        "ai-office": (True, "key"),
    }
    core = found["ai-core"].facts
    assert core["tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert (core["logging"]["enabled"], core["logging"]["retention_days"]) == (True, 200)
    assert found["ai-open"].facts["logging"]["enabled"] is False
