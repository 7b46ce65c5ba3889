"""Log Analytics workspaces over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.account import Account
from collectors.azure.diagnostic_settings import logging_of
from collectors.azure.services.log_workspaces import SERVICE, workspaces
from collectors.azure.workspace_tables import kept_days
from collectors.calls import Call
from collectors.document import Unknown
from collectors.facts.shared import Logging
from tests.collectors.azure.conftest import OpenAccount, Serve
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION


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
    assert made >= set(SERVICE.calls)


def test_a_list_that_is_denied_has_a_stand_in(
    server: AzureServer, open_account: OpenAccount
) -> None:
    server.decide = lambda asked: Fault(status=403, code="AuthorizationFailed")
    (found,) = workspaces(open_account(server))
    assert found.unlisted


THING = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-core/providers/Microsoft.Web/sites/app"
SETTINGS = f"{THING}/providers/Microsoft.Insights/diagnosticSettings"
WORKSPACES = "/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces"
CENTRAL = f"/subscriptions/0f0f0f0f-0000-4000-8000-0000000000c1{WORKSPACES}/central"
GONE = f"/subscriptions/{SUBSCRIPTION}{WORKSPACES}/gone"


def logging(account: Account, *destinations: dict[str, str], server: AzureServer) -> Logging:
    """The log of a resource with a setting for each destination."""
    logs = [{"category": "AuditLog", "enabled": True}]
    settings = [{"properties": {**one, "logs": logs}} for one in destinations]
    server.put(SETTINGS, {"value": settings})
    return logging_of(account, THING, ("AuditLog",))


def test_a_workspace_of_another_subscription(serve: Serve, open_account: OpenAccount) -> None:
    server = serve("workspaces")
    workspace = {"id": CENTRAL, "location": "China East 3", "properties": {"retentionInDays": 400}}
    server.put(CENTRAL, workspace)
    server.put(f"{CENTRAL}/tables", {"value": []})
    found = logging(open_account(server), {"workspaceId": CENTRAL}, server=server)
    assert (found.enabled, found.retention_days) == (True, 400)
    assert found.destination_region == "chinaeast3"
    server.put(CENTRAL, {"$status": 403, "error": {"code": "AuthorizationFailed"}})
    found = logging(open_account(server), {"workspaceId": CENTRAL}, server=server)
    assert (found.enabled, type(found.retention_days)) == (True, Unknown)
    server.put(CENTRAL, {"$status": 404, "error": {"code": "ResourceNotFound"}})
    found = logging(open_account(server), {"workspaceId": CENTRAL}, server=server)
    assert isinstance(found.enabled, Unknown)


@pytest.mark.parametrize(
    ("tables", "names", "days"),
    [
        ({}, (), 400),
        ({"AzureDiagnostics": 400, "AzureActivity": 730}, (), 400),
        ({"AzureDiagnostics": 30}, (), Unknown),
        ({"StorageBlobLogs": 399}, (), Unknown),
        # Nothing that a diagnostic setting sends is kept in these.
        ({"Perf": 30, "ContainerLogV2": 30, "Debug_CL": 4, "old_RST": 4}, (), 400),
        ({"AzureDiagnostics": -1}, (), 400),
        ({"Apps_CL": 30, "AzureDiagnostics": 8}, ("apps_cl",), 30),
        ({"Apps_CL": 730}, ("Apps_CL",), 730),
        # A table is made when the first row comes.
        ({"AzureDiagnostics": 8}, ("Apps_CL",), 400),
    ],
)
def test_tables_may_have_a_time_of_their_own(
    serve: Serve, open_account: OpenAccount, tables: dict[str, int], names: Any, days: Any
) -> None:
    server = serve("workspaces")
    listed = [
        {"id": name, "name": name, "properties": {"totalRetentionInDays": total}}
        for name, total in tables.items()
    ]
    server.put(f"{CENTRAL}/tables", {"value": listed})
    workspace = {"id": CENTRAL, "properties": {"retentionInDays": 400}}
    found = kept_days(open_account(server), workspace, names)
    assert isinstance(found, Unknown) if days is Unknown else found == days
    server.decide = lambda asked: Fault(status=403, code="AuthorizationFailed")
    assert isinstance(kept_days(open_account(server), workspace, names), Unknown)


def test_logs_that_go_to_a_deleted_workspace(serve: Serve, open_account: OpenAccount) -> None:
    server = serve("workspaces")
    gone = {"workspaceId": GONE}
    assert isinstance(logging(open_account(server), gone, server=server).enabled, Unknown)
    archive = {"storageAccountId": GONE.replace("OperationalInsights/workspaces", "Storage/x")}
    found = logging(open_account(server), gone, archive, server=server)
    assert (found.enabled, found.destination) == (True, archive["storageAccountId"])
