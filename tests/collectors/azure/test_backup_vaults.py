"""Vaults of Azure Backup and their policies over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from collectors.azure import backup_vaults as facts
from collectors.azure.services.backup_vaults import SERVICE, vaults
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION

Collected = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("backup_items")


@pytest.fixture
def collected(server: AzureServer, open_account: OpenAccount) -> Collected:
    def collect(*denied: str) -> dict[str, Any]:
        server.decide = lambda asked: (
            Fault(status=403, code="AuthorizationFailed")
            if asked.call.operation in denied
            else None
        )
        made: set[Call] = set()
        found = by_name(vaults(open_account(server, made=made)))
        assert denied or made == set(SERVICE.calls)
        return found

    return collect


def test_vaults(collected: Collected) -> None:
    found = collected()
    core, other = found["rsv-core"], found["bv-core"]
    assert (core.facts["redundancy"], other.facts["redundancy"]) == ("multi-region", "zone")
    assert core.facts["lock_days"] == 30, "locked: what its policy in use keeps"
    assert other.facts["lock_days"] is None
    assert core.facts["encryption"]["key_manager"] == "customer"
    assert "encryption/key_manager" in other.unknown
    assert core.facts["policy"] == []


def test_policies(collected: Collected) -> None:
    found = collected()
    daily, disks = found["rsv-core/daily30"].facts, found["bv-core/disk7"].facts
    assert (daily["resources"], daily["retention_days"], daily["schedule"]) == (2, 30, "Daily")
    (copy,) = daily["copies"]
    assert (copy["region"], copy["account"]) == ("chinaeast3", SUBSCRIPTION)
    assert (disks["resources"], disks["retention_days"]) == (1, 7)
    assert disks["copies"] == [], "snapshots of disks stay beside them"


def test_calls_that_are_denied(collected: Collected) -> None:
    locked = collected("BackupPolicies_List")
    assert "lock_days" in locked["rsv-core"].unknown, "how long it keeps is not known"
    assert any(one.unlisted and one.type == "backup.plan" for one in locked.values())
    assert "resources" in collected("BackupInstances_List")["bv-core/disk7"].unknown
    for operation in ("Vaults_ListBySubscriptionId", "BackupVaults_GetInSubscription"):
        types = {one.type for one in collected(operation).values() if one.unlisted}
        assert types == {"backup.vault", "backup.plan"}


@pytest.mark.parametrize(
    ("state", "kept", "days"),
    [
        ("Locked", [30, 7], 7),
        ("Locked", [], None),
        ("Locked", [30, Unknown("x")], None),
    ],
)
def test_a_locked_vault_is_never_said_to_be_open(state: str, kept: Any, days: int | None) -> None:
    settings = {"securitySettings": {"immutabilitySettings": {"state": state}}}
    found = facts.lock_days({"properties": settings}, kept)
    assert found == days if days else isinstance(found, Unknown)


@pytest.mark.parametrize("state", ["Unlocked", "Disabled", None])
def test_what_can_be_taken_back_locks_nothing(state: str | None) -> None:
    settings = {"securitySettings": {"immutabilitySettings": {"state": state}}}
    assert facts.lock_days({"properties": settings}, [30]) is None
