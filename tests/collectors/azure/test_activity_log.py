"""The export of the activity log, alarms on it, and Customer Lockbox, over HTTP."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from collectors.azure.activity_log_stores import in_storage
from collectors.azure.services.activity_log import SERVICE, audit
from collectors.azure.storage_retention import days_of
from collectors.calls import Call
from collectors.document import Document, Unknown
from tests.collectors.azure.conftest import OpenAccount, Serve
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION, load

Collected = Callable[..., Document]
ACCOUNTS = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Storage/storageAccounts"
WORKSPACE = (
    f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-core/providers"
    "/Microsoft.OperationalInsights/workspaces/log-core"
)


WORLD = ("activity_log", "workspaces", "alarms", "storage_accounts")


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve(*WORLD)


@pytest.fixture(scope="module")
def changed(serve: Serve) -> AzureServer:
    """For tests that say themselves how the storage account is."""
    return serve(*WORLD)


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
    workspace, storage = found.facts["trails"][:2]
    assert (workspace["logging"], workspace["management_writes"]) == (True, True)
    # Its table keeps it longer than the workspace keeps others.
    assert (workspace["retention_days"], workspace["delivery_error"]) == (365, None)
    assert workspace["destination"]["region"] == "chinanorth3"
    assert (storage["logging"], storage["management_writes"]) == (True, False)
    # Its lifecycle rules are about other blobs.
    assert (storage["retention_days"], storage["delivery_error"]) == (None, None)
    assert (storage["store_versioning"], storage["store_lock_days"]) == (True, 200)
    assert storage["encryption"]["key_manager"] == "customer"
    assert storage["store_exposure"] == {"public": False, "via": []}
    assert storage["destination"]["region"] == "chinanorth3"
    assert found.facts["provider_operations_visible"] is True


CENTRAL = "/subscriptions/0f0f0f0f-0000-4000-8000-0000000000c1/resourceGroups/rg-logs/providers"


def test_stores_of_another_subscription(collected: Collected) -> None:
    found = collected()
    workspace, storage = found.facts["trails"][2:]
    assert (workspace["retention_days"], workspace["delivery_error"]) == (730, None)
    assert workspace["destination"]["region"] == "chinaeast3"
    assert (storage["retention_days"], storage["store_lock_days"]) == (None, 0)
    assert storage["encryption"]["key_manager"] == "provider"
    assert found.facts["central"] is True
    denied = collected("Workspaces_Get", "StorageAccounts_GetProperties")
    assert {"trails/2/delivery_error", "trails/3/retention_days"} <= set(denied.unknown)


def test_a_store_that_was_deleted_gets_nothing(serve: Serve, open_account: OpenAccount) -> None:
    server = serve(*WORLD)
    gone = {"$status": 404, "error": {"code": "ResourceNotFound", "message": "The Resource …"}}
    server.put(f"{CENTRAL}/Microsoft.OperationalInsights/workspaces/log-central", gone)
    server.put(f"{CENTRAL}/Microsoft.Storage/storageAccounts/stcentral", gone)
    (found,) = audit(open_account(server))
    trails = found.facts["trails"]
    assert [one["delivery_error"] for one in trails] == [None, None, *["ResourceNotFound"] * 2]
    assert "central" in found.unknown, "what is left is this subscription's own"
    server.put(ACCOUNTS, {"value": []})
    (found,) = audit(open_account(server))
    assert found.facts["trails"][1]["delivery_error"] == "ResourceNotFound"


def test_alarms_of_rules_that_surely_watch_the_subscription(collected: Collected) -> None:
    alarms = collected().facts["alarms"]
    assert {one["on"]: (one["active"], len(one["notifies"])) for one in alarms} == {
        "vm-delete": (True, 1),
        "vm-create": (True, 0),
        "key-deletion": (True, 0),
        "policy-change": (False, 1),
    }


def test_no_export_is_no_trail_and_not_central(serve: Serve, open_account: OpenAccount) -> None:
    server = serve(*WORLD)
    server.put(
        f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Insights/diagnosticSettings",
        {"value": []},
    )
    (found,) = audit(open_account(server))
    assert (found.facts["trails"], found.facts["central"]) == ([], False)


def test_a_table_that_is_not_told_is_kept_for_nobody_knows_how_long(
    collected: Collected, changed: AzureServer, open_account: OpenAccount
) -> None:
    assert "trails/0/retention_days" in collected("Tables_Get").unknown
    table = f"{WORKSPACE}/tables/AzureActivity"
    changed.put(table, {"id": table, "properties": {"totalRetentionInDays": -1}})
    (found,) = audit(open_account(changed))
    assert "trails/0/retention_days" in found.unknown


@pytest.mark.parametrize(
    ("operation", "facts"),
    [
        ("StorageAccounts_List", {"store_exposure/public", "retention_days", "store_lock_days"}),
        ("BlobContainers_List", {"store_lock_days"}),
        ("BlobContainers_Get", {"store_lock_days"}),
        ("BlobServices_GetServiceProperties", {"store_versioning"}),
        ("ManagementPolicies_Get", {"retention_days"}),
    ],
)
def test_a_storage_account_that_is_denied_is_unknown(
    collected: Collected, operation: str, facts: set[str]
) -> None:
    unknown = set(collected(operation).unknown) - set(collected().unknown)
    assert {f"trails/1/{one}" for one in facts} <= unknown


def rule(days: Any, **filters: Any) -> dict[str, Any]:
    delete = {"daysAfterModificationGreaterThan": days} if days else {"daysAfterLastAccess": 9}
    return {"definition": {"actions": {"baseBlob": {"delete": delete}}, "filters": filters}}


@pytest.mark.parametrize(
    ("rules", "kept"),
    [
        ([], None),
        ([rule(30)], 30),
        ([rule(365), rule(90, prefixMatch=["a/b", "insights-"])], 90),
        ([rule(90, prefixMatch=["insights-activity-logs/resourceId="])], 90),
        ([rule(90, prefixMatch=["insights-logs-x"])], None),
        ([rule(90, blobTypes=["blockBlob"])], None),
        ([rule(90, blobTypes=["appendBlob", "blockBlob"])], 90),
        ([{**rule(90), "enabled": False}], None),
        ([rule(None)], Unknown),
    ],
)
def test_lifecycle_rules_that_delete_the_log(rules: list[Any], kept: Any) -> None:
    policy = {"properties": {"policy": {"rules": rules}}}
    found = days_of(policy, "insights-activity-logs", "appendBlob")
    assert isinstance(found, Unknown) if kept is Unknown else found == kept
    assert days_of(None, "insights-activity-logs", "appendBlob") is None


@pytest.mark.parametrize(
    ("state", "own", "days"),
    [
        ("Locked", None, 30),
        ("Unlocked", None, 0),
        ("Disabled", None, 0),
        ("Unlocked", "Locked", 90),
        ("Locked", "Unlocked", 30),
        (None, "Locked", 90),
        (None, "Unlocked", 0),
        (None, None, 0),
    ],
)
def test_locks_that_nobody_can_take_back(
    changed: AzureServer, open_account: OpenAccount, state: str | None, own: str | None, days: int
) -> None:
    account = copy.deepcopy(load("storage_accounts")[ACCOUNTS]["value"][0])
    policy = {"immutabilityPeriodSinceCreationInDays": 30, "state": state}
    account["properties"]["immutableStorageWithVersioning"] = (
        {"enabled": True, "immutabilityPolicy": policy} if state else None
    )
    changed.put(ACCOUNTS, {"value": [account]})
    container = {
        "name": "insights-activity-logs",
        "properties": {"publicAccess": "None", "hasImmutabilityPolicy": own is not None},
    }
    containers = f"{account['id']}/blobServices/default/containers"
    changed.put(containers, {"value": [container]})
    held = {"properties": {"immutabilityPeriodSinceCreationInDays": 90, "state": own}}
    changed.put(
        f"{containers}/insights-activity-logs",
        {"id": "x", "properties": {"immutabilityPolicy": held}},
    )
    assert in_storage(open_account(changed), account["id"]).lock_days == days


def test_what_is_denied_is_unknown(collected: Collected) -> None:
    found = collected("DiagnosticSettings_List", "ActivityLogAlerts_ListBySubscriptionId")
    assert set(found.facts) == {"provider_operations_visible"}
    found = collected("ActionGroups_ListBySubscriptionId", "Get_TenantOptedIn")
    assert {"alarms/0/notifies", "provider_operations_visible"} <= set(found.unknown)


def test_the_service_declares_what_it_asks(collected: Collected) -> None:
    made: set[Call] = set()
    collected(made=made)
    assert made == set(SERVICE.calls)
