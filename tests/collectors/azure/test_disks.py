"""Disks, snapshots, images and galleries over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.account import Service
from collectors.azure.services import disks, images, snapshots
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION

SERVICES = {"disks": disks.SERVICE, "snapshots": snapshots.SERVICE, "images": images.SERVICE}


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("disks", "images", "virtual_machines", "backup_items")


@pytest.fixture(scope="module")
def found(server: AzureServer, open_account: OpenAccount) -> dict[str, dict[str, Any]]:
    """What each service documents, by name; each makes the calls that it declares."""

    def collect(service: Service) -> dict[str, Any]:
        made: set[Call] = set()
        assert service.account
        documents = by_name(service.account(open_account(server, made=made)))
        assert made == set(service.calls)
        return documents

    return {name: collect(service) for name, service in SERVICES.items()}


def test_disks(found: dict[str, dict[str, Any]]) -> None:
    disk = found["disks"]
    managers = {n: one.facts["encryption"].get("key_manager") for n, one in disk.items()}
    assert managers == {
        "vm-web-os": "provider",
        "vm-web-data": "customer",
        "vm-db-os": "provider",
        "vm-oa-os": None,
        "disk-idle": "customer",
    }
    assert "encryption/enabled" in disk["vm-oa-os"].unknown
    assert [n for n, one in disk.items() if not one.facts["attached"]] == ["disk-idle"]
    # By the backup of the machine, and by one of its own.
    days = {n: one.facts["backup"]["retention_days"] for n, one in disk.items()}
    assert days == {
        "vm-web-os": 30,
        "vm-web-data": 30,
        "vm-db-os": 0,
        "vm-oa-os": 0,
        "disk-idle": 7,
    }
    assert disk["disk-idle"].facts["backup"]["copies"] == []
    assert disk["disk-idle"].facts["size_bytes"] == 137438953472


def test_snapshots(found: dict[str, dict[str, Any]]) -> None:
    sources = {n: one.facts["source_exists"] for n, one in found["snapshots"].items()}
    assert sources == {
        "snap-web": True,
        "snap-gone": False,
        "snap-upload": None,
        "snap-away": None,
        "snap-copy": True,
    }
    assert found["snapshots"]["snap-web"].facts["created"] == "2025-06-01T00:00:00.123Z"


def test_images(found: dict[str, dict[str, Any]]) -> None:
    image = found["images"]
    assert set(image) == {"img-old", "img-key", "base/1.0.0", "demo/1.0.0"}
    base, demo = image["base/1.0.0"].facts, image["demo/1.0.0"].facts
    assert base["shared_with"] == [
        "34a4ab42-0d72-47d9-bd1a-aed207386dac",
        "c24c76aa-8897-4027-9b03-8f7928b54ff6",
    ]
    assert demo["shared_with"] == ["all"]
    assert (base["copies"], demo["copies"]) == ([{"region": "chinaeast3"}], [])
    managers = [one.facts["encryption"]["key_manager"] for one in image.values()]
    assert managers == ["provider", "customer", "customer", "provider"]


def test_a_gallery_that_does_not_tell_is_unknown(
    server: AzureServer, open_account: OpenAccount
) -> None:
    account = open_account(server)
    server.decide = lambda asked: (
        Fault(status=403, code="AuthorizationFailed")
        if asked.call.operation == "Galleries_Get"
        else None
    )
    documents = by_name(images.images(account))
    server.decide = lambda asked: None
    reason = "AuthorizationFailed: Microsoft.Compute/galleries/read"
    assert documents["base/1.0.0"].unknown == {"shared_with": reason}
    assert documents["base/1.0.0"].account == SUBSCRIPTION


def test_machines_that_are_denied_leave_their_disks(
    server: AzureServer, open_account: OpenAccount
) -> None:
    account = open_account(server)
    server.decide = lambda asked: (
        Fault(status=403, code="AuthorizationFailed")
        if asked.call.operation in ("VirtualMachines_ListAll", "BackupInstances_List")
        else None
    )
    one = by_name(disks.disks(account))["vm-web-os"]
    server.decide = lambda asked: None
    assert {"delete_with_instance", "backup/enabled"} <= set(one.unknown)
