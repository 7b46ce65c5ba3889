"""Databases of SQL managed instances over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from collectors.azure.services.sql_instances import SERVICE, databases
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault

Collected = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve(
        "sql_instances", "networks", "network_security_groups", "load_balancers", "alarms", "locks"
    )


@pytest.fixture
def collected(server: AzureServer, open_account: OpenAccount) -> Collected:
    def collect(*denied: str) -> dict[str, Any]:
        server.decide = lambda asked: (
            Fault(status=403, code="AuthorizationFailed")
            if asked.call.operation in denied
            else None
        )
        made: set[Call] = set()
        found = by_name(databases(open_account(server, made=made)))
        assert denied or made == set(SERVICE.calls)
        return found

    return collect


def test_databases(collected: Collected) -> None:
    found = collected()
    core, opened = found["mi-core/ledger"], found["mi-open/ledger"].facts
    assert (core.facts["network_kind"], core.facts["private_endpoint"]) == ("vpc", True)
    assert (core.facts["tls"]["minimum"], opened["tls"]["minimum"]) == ("1.2", "1.0")
    managers = [one["encryption"]["key_manager"] for one in (core.facts, opened)]
    assert managers == ["customer", "provider"]
    assert core.facts["backup"]["retention_days"] == 14
    assert core.facts["backup"]["copies"][0]["region"] == "chinaeast3"
    assert (opened["backup"]["copies"], opened["multi_zone"]) == ([], False)
    assert core.facts["subnet_routes_to_internet"] is False
    assert {"audit_log/enabled", "replicas"} <= set(core.unknown)


def test_a_public_endpoint_is_open_as_far_as_the_groups_of_the_subnet_let_in(
    collected: Collected,
) -> None:
    found = collected()
    exposed = {name: one.facts["exposure"]["public"] for name, one in found.items()}
    assert exposed == {"mi-core/ledger": False, "mi-open/ledger": True, "mi-bare/ledger": False}
    unsure = collected("NetworkSecurityGroups_ListAll")["mi-bare/ledger"]
    assert unsure.unknown["exposure/public"].startswith("AuthorizationFailed: ")


def test_calls_that_are_denied(collected: Collected) -> None:
    found = collected(
        "ManagedInstanceEncryptionProtectors_Get", "ManagedBackupShortTermRetentionPolicies_Get"
    )["mi-core/ledger"]
    assert {"encryption/key_manager", "backup/retention_days"} <= set(found.unknown)
    for operation in ("ManagedInstances_List", "ManagedDatabases_ListByInstance"):
        assert {one.unlisted for one in collected(operation).values()} == {True}
