"""What Azure Backup protects, where that is in doubt."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from collectors.azure.backup_items import backup_of, copies_of, read_backup_items
from collectors.document import Unknown
from tests.collectors.azure.conftest import OpenAccount, Serve
from tests.collectors.azure.server import AzureServer
from tests.collectors.azure.world import SUBSCRIPTION, load

CORE = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-core/providers"
ITEMS = f"{CORE}/Microsoft.RecoveryServices/vaults/rsv-core/backupProtectedItems"
WEB = f"{CORE}/Microsoft.Compute/virtualMachines/vm-web"


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("backup_items")


@pytest.mark.parametrize(
    ("changed", "enabled"),
    [
        ({}, True),
        ({"lastBackupStatus": "Failed"}, Unknown),
        ({"lastBackupStatus": "Failed", "protectionState": "ProtectionStopped"}, False),
        ({"protectionState": "ofSomeNewKind"}, Unknown),
    ],
)
def test_a_backup_that_failed_is_none_that_is_sure(
    server: AzureServer, open_account: OpenAccount, changed: dict[str, Any], enabled: Any
) -> None:
    body = copy.deepcopy(load("backup_items")[ITEMS])
    for item in body["value"]:
        item["properties"] |= changed
    server.put(ITEMS, body)
    found = backup_of(WEB, read_backup_items(open_account(server))).enabled
    assert isinstance(found, Unknown) if enabled is Unknown else found is enabled


@pytest.mark.parametrize(
    ("redundancy", "copies"),
    [
        ("GeoRedundant", 1),
        ("ReadAccessGeoZoneRedundant", 1),
        ("ZoneRedundant", 0),
        ("LocallyRedundant", 0),
    ],
)
def test_vaults_that_are_redundant_over_regions_have_a_copy(redundancy: str, copies: int) -> None:
    found = copies_of(redundancy, {"id": "/subscriptions/s/x", "location": "chinanorth3"})
    assert isinstance(found, list)
    assert len(found) == copies
