"""Plans and contacts of Defender for Cloud over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from collectors.azure.continuous_export import LIST_AUTOMATIONS, keeps_all
from collectors.azure.services.defender_for_cloud import SERVICE, threat_detection
from collectors.calls import Call
from collectors.document import Document, Unknown
from tests.collectors.azure.conftest import OpenAccount, Serve
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION

Collected = Callable[..., Document]


@pytest.fixture
def server(serve: Serve) -> AzureServer:
    return serve("defender_for_cloud", "pricings", "workspaces")


@pytest.fixture(scope="module")
def shared(serve: Serve) -> AzureServer:
    """For tests that say themselves what the subscription has."""
    return serve("defender_for_cloud", "pricings", "workspaces")


@pytest.fixture
def collected(server: AzureServer, open_account: OpenAccount) -> Collected:
    """The document; calls of an operation that is named are denied."""

    def collect(*denied: str, made: set[Call] | None = None) -> Document:
        server.decide = lambda asked: (
            Fault(status=403, code="AuthorizationFailed")
            if asked.call.operation in denied
            else None
        )
        (document,) = threat_detection(open_account(server, made=made))
        return document

    return collect


def test_the_plan_of_servers_detects(collected: Collected) -> None:
    found = collected()
    (detector,) = found.facts["detectors"]
    assert (detector["enabled"], detector["edition"]) == (True, "standard")
    assert detector["features"] == ["Containers", "VirtualMachines"]
    assert {"detectors/0/malware_scan", "detectors/0/prevention"} <= set(found.unknown)
    assert found.facts["aggregated"] is True


@pytest.mark.parametrize("plans", [[], [("VirtualMachines", "Free"), ("Arm", "Standard")]])
def test_without_the_plan_of_servers_it_is_off(
    collected: Collected, server: AzureServer, plans: list[tuple[str, str]]
) -> None:
    server.put(
        f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Security/pricings",
        {"value": [{"name": name, "properties": {"pricingTier": tier}} for name, tier in plans]},
    )
    (detector,) = collected().facts["detectors"]
    assert (detector["enabled"], detector["edition"]) == (False, "free")
    assert detector["malware_scan"] is False


def test_contacts_of_either_shape(collected: Collected) -> None:
    found = collected()
    first, recorded, later = found.facts["notifications"]
    assert first == {"channel": "email", "minimum_severity": "high", "active": True}
    assert "active" not in recorded, "it does not say whether alerts are sent"
    assert "notifications/1/active" in found.unknown
    assert later == {"channel": "email", "minimum_severity": "medium", "active": False}


def test_what_is_denied_is_unknown(collected: Collected) -> None:
    found = collected("Pricings_List", "SecurityContacts_List", "Automations_List")
    lost = {"detectors/0/enabled", "detectors/0/features", "notifications", "aggregated"}
    assert lost <= set(found.unknown)
    assert "aggregated" in collected("Workspaces_List").unknown


WHOLE = f"/subscriptions/{SUBSCRIPTION}"
WORKSPACES = "/resourceGroups/rg-core/providers/Microsoft.OperationalInsights/workspaces"
HERE = {"actionType": "Workspace", "workspaceResourceId": f"{WHOLE}{WORKSPACES}/LOG-core"}
GONE = {**HERE, "workspaceResourceId": f"{WHOLE}{WORKSPACES}/gone"}
FOREIGN = f"/subscriptions/ffff{WORKSPACES}"
CENTRAL = {**HERE, "workspaceResourceId": f"{FOREIGN}/central"}
LOST = {**HERE, "workspaceResourceId": f"{FOREIGN}/lost"}
HIDDEN = {**HERE, "workspaceResourceId": f"{FOREIGN}/hidden"}
HUB, APP = {"actionType": "EventHub"}, {"actionType": "LogicApp"}


def export(action: Any, **more: Any) -> dict[str, Any]:
    properties = {
        "isEnabled": True,
        "scopes": [{"scopePath": WHOLE}],
        "sources": [{"eventSource": "Alerts"}],
        "actions": [action],
    }
    return {"id": f"{WHOLE}/automations/x", "properties": {**properties, **more}}


@pytest.mark.parametrize(
    ("automations", "aggregated"),
    [
        ([], False),
        ([export(HERE)], True),
        ([export(CENTRAL)], True),
        ([export(GONE)], Unknown),
        ([export(LOST)], Unknown),
        ([export(HIDDEN)], Unknown),
        ([export(GONE), export(HERE)], True),
        ([export(HUB)], Unknown),
        ([export(APP)], False),
        ([export(HERE, isEnabled=False)], False),
        ([export(HERE, scopes=[{"scopePath": f"{WHOLE}/resourceGroups/rg-core"}])], False),
        ([export(HERE, sources=[{"eventSource": "Assessments"}])], False),
    ],
)
def test_alerts_are_gathered_where_an_export_takes_them_all(
    shared: AzureServer, open_account: OpenAccount, automations: list[Any], aggregated: Any
) -> None:
    shared.put(LIST_AUTOMATIONS.path.format(subscription=SUBSCRIPTION), {"value": automations})
    shared.put(f"{FOREIGN}/central", {"id": f"{FOREIGN}/central", "properties": {}})
    for name, status, code in (
        ("lost", 404, "ResourceNotFound"),
        ("hidden", 403, "AuthorizationFailed"),
    ):
        shared.put(f"{FOREIGN}/{name}", {"$status": status, "error": {"code": code}})
    (found,) = threat_detection(open_account(shared))
    expected = None if aggregated is Unknown else aggregated
    assert found.facts.get("aggregated") is expected
    assert ("aggregated" in found.unknown) is (aggregated is Unknown)


def severities(*words: str, path: str = "Severity", operator: str = "Equals") -> dict[str, Any]:
    rules = [{"propertyJPath": path, "operator": operator, "expectedValue": one} for one in words]
    return {"ruleSets": [{"rules": [rule]} for rule in rules]}


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ({"ruleSets": []}, True),
        (severities("High", "medium", "Low"), True),
        (severities("High", "Medium", "Low", path="$.properties.severity"), True),
        (severities("High", "Medium"), False),
        (severities("a", operator="Contains"), Unknown),
        (severities("VM", path="AlertType"), Unknown),
        ({"ruleSets": [{"rules": severities("High")["ruleSets"][0]["rules"] * 2}]}, Unknown),
    ],
)
def test_a_source_keeps_all_alerts(source: dict[str, Any], kept: Any) -> None:
    found = keeps_all(source)
    assert isinstance(found, Unknown) if kept is Unknown else found is kept


def test_the_service_declares_what_it_asks(collected: Collected) -> None:
    made: set[Call] = set()
    collected(made=made)
    assert made == set(SERVICE.calls)
