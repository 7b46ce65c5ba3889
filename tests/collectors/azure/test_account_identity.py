"""Whom Defender for Cloud writes to, over HTTP."""

from __future__ import annotations

from collectors.azure.services.account_identity import SERVICE, identity
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve
from tests.collectors.azure.server import Fault
from tests.collectors.azure.world import filled


def test_security_contacts(serve: Serve, open_account: OpenAccount) -> None:
    server = serve("defender_for_cloud")
    made: set[Call] = set()
    (found,) = identity(open_account(server, made=made))
    assert found.facts["security_contacts"] == ["billing@example.com", "sec@example.com"]
    assert "root_mfa" in found.unknown
    assert made == set(SERVICE.calls)
    contacts = "/subscriptions/$SUB/providers/Microsoft.Security/securityContacts"
    off = {"id": f"{contacts}/off", "properties": {"emails": "a@example.com", "isEnabled": False}}
    for path, body in filled({contacts: {"value": [off]}}).items():
        server.put(path, body)
    (found,) = identity(open_account(server))
    assert found.facts["security_contacts"] == []
    server.decide = lambda asked: Fault(status=403, code="AuthorizationFailed")
    (found,) = identity(open_account(server))
    assert found.facts == {}
