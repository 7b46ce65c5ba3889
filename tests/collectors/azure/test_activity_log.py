"""The export of the activity log, alarms on it, and Customer Lockbox, over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from collectors.azure.services.activity_log import SERVICE, audit
from collectors.calls import Call
from collectors.document import Document
from tests.collectors.azure.conftest import OpenAccount, Serve
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION

Collected = Callable[..., Document]
WORKSPACE = (
    f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-core/providers"
    "/Microsoft.OperationalInsights/workspaces/log-core"
)


@pytest.fixture
def server(serve: Serve) -> AzureServer:
    return serve("activity_log", "workspaces", "alarms")


@pytest.fixture
def collected(server: AzureServer, open_account: OpenAccount) -> Collected:
    """The document; calls of an operation that is named are denied."""

    def collect(*denied: str, made: set[Call] | None = None) -> Document:
        server.decide = lambda asked: (
            Fault(status=403, code="AuthorizationFailed")
            if asked.call.operation in denied
            else None
        )
        (document,) = audit(open_account(server, made=made))
        return document

    return collect


def test_a_workspace_tells_how_long_it_keeps_the_log(collected: Collected) -> None:
    found = collected()
    workspace, storage = found.facts["trails"]
    assert (workspace["logging"], workspace["management_writes"]) == (True, True)
    # Its table keeps it longer than the workspace keeps others.
    assert (workspace["retention_days"], workspace["delivery_error"]) == (365, None)
    assert workspace["destination"]["region"] == "chinanorth3"
    assert (storage["logging"], storage["management_writes"]) == (True, False)
    assert "retention_days" not in storage
    assert found.unknown["trails/1/delivery_error"].startswith("the store of the activity log")
    assert found.facts["provider_operations_visible"] is True
    assert "central" in found.unknown


def test_alarms_of_rules_that_surely_watch_the_subscription(collected: Collected) -> None:
    alarms = collected().facts["alarms"]
    assert {one["on"]: (one["active"], len(one["notifies"])) for one in alarms} == {
        "vm-delete": (True, 1),
        "vm-create": (True, 0),
        "key-deletion": (True, 0),
        "policy-change": (False, 1),
    }


def test_no_export_is_no_trail_and_not_central(collected: Collected, server: AzureServer) -> None:
    server.put(
        f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Insights/diagnosticSettings",
        {"value": []},
    )
    found = collected()
    assert (found.facts["trails"], found.facts["central"]) == ([], False)


def test_a_table_that_is_not_told_is_kept_for_nobody_knows_how_long(
    collected: Collected, server: AzureServer
) -> None:
    assert "trails/0/retention_days" in collected("Tables_Get").unknown
    table = f"{WORKSPACE}/tables/AzureActivity"
    server.put(table, {"id": table, "properties": {"totalRetentionInDays": -1}})
    assert "trails/0/retention_days" in collected().unknown


def test_what_is_denied_is_unknown(collected: Collected) -> None:
    found = collected("DiagnosticSettings_List", "ActivityLogAlerts_ListBySubscriptionId")
    assert set(found.facts) == {"provider_operations_visible"}
    found = collected("ActionGroups_ListBySubscriptionId", "Get_TenantOptedIn")
    assert {"alarms/0/notifies", "provider_operations_visible"} <= set(found.unknown)


def test_the_service_declares_what_it_asks(collected: Collected) -> None:
    made: set[Call] = set()
    collected(made=made)
    assert made == set(SERVICE.calls)
