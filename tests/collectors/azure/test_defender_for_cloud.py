"""Plans and contacts of Defender for Cloud over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from collectors.azure.services.defender_for_cloud import SERVICE, threat_detection
from collectors.calls import Call
from collectors.document import Document
from tests.collectors.azure.conftest import OpenAccount, Serve
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION

Collected = Callable[..., Document]


@pytest.fixture
def server(serve: Serve) -> AzureServer:
    return serve("defender_for_cloud", "pricings")


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
    found = collected("Pricings_List", "SecurityContacts_List")
    assert {"detectors/0/enabled", "detectors/0/features", "notifications"} <= set(found.unknown)


def test_the_service_declares_what_it_asks(collected: Collected) -> None:
    made: set[Call] = set()
    collected(made=made)
    assert made == set(SERVICE.calls)
