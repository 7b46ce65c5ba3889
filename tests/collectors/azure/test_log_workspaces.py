"""Log Analytics workspaces over HTTP."""

from __future__ import annotations

import pytest

from collectors.azure.services.log_workspaces import SERVICE, workspaces
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve
from tests.collectors.azure.server import AzureServer, Fault


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("workspaces")


def test_a_workspace_keeps_logs_for_days(server: AzureServer, open_account: OpenAccount) -> None:
    server.decide = lambda asked: None
    made: set[Call] = set()
    (found,) = workspaces(open_account(server, made=made))
    assert (found.name, found.region, found.facts["retention_days"]) == (
        "log-core",
        "chinanorth3",
        200,
    )
    assert "encryption/key_manager" in found.unknown
    assert made == set(SERVICE.calls)


def test_a_list_that_is_denied_has_a_stand_in(
    server: AzureServer, open_account: OpenAccount
) -> None:
    server.decide = lambda asked: Fault(status=403, code="AuthorizationFailed")
    (found,) = workspaces(open_account(server))
    assert found.unlisted
