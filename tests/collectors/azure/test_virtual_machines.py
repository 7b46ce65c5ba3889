"""Virtual machines over HTTP: reachability, agents, patches, backups, disks, boot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from collectors.azure.services.virtual_machines import SERVICE, virtual_machines
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION

Collected = Callable[..., dict[str, Any]]
CORE = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-core/providers"
WORLD = (
    "virtual_machines", "disks", "networks", "network_security_groups", "load_balancers",
    "backup_items", "alarms", "locks", "machine_images",
    "data_collection",
)  # fmt: skip


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve(*WORLD)


@pytest.fixture
def collected(server: AzureServer, open_account: OpenAccount) -> Collected:
    def collect(*denied: str, made: set[Call] | None = None) -> dict[str, Any]:
        server.decide = lambda asked: (
            Fault(status=403, code="AuthorizationFailed")
            if asked.call.operation in denied
            else None
        )
        return by_name(virtual_machines(open_account(server, made=made)))

    return collect


@pytest.fixture(scope="module")
def found(serve: Serve, open_account: OpenAccount) -> dict[str, Any]:
    """The machines, nothing disturbed."""
    made: set[Call] = set()
    documents = by_name(virtual_machines(open_account(serve(*WORLD), made=made)))
    assert made == set(SERVICE.calls)
    return documents


def test_exposure_joins_addresses_with_the_groups_of_interface_and_subnet(
    found: dict[str, Any],
) -> None:
    seen = {name: (one.facts["exposure"], one.facts["public_ips"]) for name, one in found.items()}
    own, mapped = ["public-ip+firewall"], ["port-mapping+firewall"]
    assert seen == {
        "vm-web": ({"public": True, "via": own}, ["203.0.113.10"]),
        # Through a NAT rule of a load balancer: no address of its own.
        "vm-db": ({"public": True, "via": mapped}, []),
        "vm-oa": ({"public": True, "via": own}, ["203.0.113.11"]),
        # Its subnet's group has no rule.
        "vm-bare": ({"public": False, "via": []}, ["203.0.113.12"]),
    }
    assert found["vm-bare"].facts["firewalls"] == [
        f"{CORE}/Microsoft.Network/networkSecurityGroups/nsg-idle"
    ]
    assert found["vm-web"].facts["vpc_id"] == f"{CORE}/Microsoft.Network/virtualNetworks/vnet-core"


def test_the_inside_of_machines(found: dict[str, Any]) -> None:
    agents = {name: one.facts["agent"] for name, one in found.items()}
    assert agents == {
        "vm-web": {"installed": True, "online": True},
        "vm-db": {"installed": True, "online": False},
        "vm-oa": {"installed": False, "online": False},
        "vm-bare": {"installed": False, "online": False},
    }
    patches = {name: one.facts["patch"] for name, one in found.items()}
    assert patches == {
        "vm-web": {"managed": True, "critical_missing": 3},
        "vm-db": {"managed": False},
        "vm-oa": {"managed": False, "critical_missing": None},
        "vm-bare": {"critical_missing": None},
    }
    states = {name: one.facts["state"] for name, one in found.items()}
    assert states["vm-oa"] == "deallocated"
    assert [name for name, one in found.items() if one.facts["monitoring"]] == ["vm-web"]


def test_vulnerabilities_are_those_that_defender_finds(found: dict[str, Any]) -> None:
    seen = {name: one.facts["vulnerabilities"] for name, one in found.items()}
    none = {"assessed": False, "critical": None, "oldest_critical_days": None}
    assert seen == {
        "vm-web": {"assessed": True, "critical": 1},
        "vm-db": {"assessed": True, "critical": 0, "oldest_critical_days": None},
        "vm-oa": none,
        "vm-bare": none,
    }


def test_sign_in_boot_and_role(found: dict[str, Any]) -> None:
    facts = {name: one.facts for name, one in found.items()}
    assert [facts[name]["password_login"] for name in ("vm-web", "vm-db", "vm-oa", "vm-bare")] == [
        False,
        True,
        True,
        None,
    ]
    web, db = facts["vm-web"], facts["vm-db"]
    assert (web["key_pair"], web["secure_boot"], web["vtpm"]) == (True, True, True)
    assert (db["key_pair"], db["secure_boot"], db["tenancy"]) == (False, False, "dedicated-host")
    assert web["role"].endswith("/userAssignedIdentities/id-web")
    assert (db["role"], facts["vm-oa"]["role"]) == ("00000000-0000-0000-0000-0000000000d1", None)
    assert web["image_id"] == "canonical:ubuntu-24_04-lts:server:24.04.202604010"
    assert (web["image"]["owner"], db["image"]["owner"]) == ("canonical", SUBSCRIPTION)
    images = {name: one["image"].get("deprecated", "?") for name, one in facts.items()}
    assert images == {"vm-web": False, "vm-db": "?", "vm-oa": True, "vm-bare": "?"}
    assert (web["zone"], web["deletion_protection"], db["deletion_protection"]) == (
        "1",
        True,
        False,
    )
    # Custom data are not told, settings of extensions are.
    assert "user_data_secrets" in found["vm-web"].unknown
    assert facts["vm-oa"]["user_data_secrets"] is True
    assert "hunter2" not in str(found["vm-oa"].native)
    assert not [one for one in found.values() if "osProfile" in str(one.native)]


def test_disks_backups_and_alarms(found: dict[str, Any]) -> None:
    assert found["vm-web"].facts["disks_encrypted"] is True
    # One disk tells nothing, one is not there.
    assert {name for name, one in found.items() if "disks_encrypted" in one.unknown} == {
        "vm-oa",
        "vm-bare",
    }
    off = {"enabled": False, "retention_days": 0, "point_in_time": False, "copies": []}
    copy = {"region": "chinaeast3", "account": SUBSCRIPTION, "kind": "geo"}
    assert {name: one.facts["backup"] for name, one in found.items()} == {
        "vm-web": {
            "enabled": True,
            "retention_days": 30,
            "point_in_time": False,
            "copies": [copy],
        },
        "vm-db": off,
        "vm-oa": off,
        "vm-bare": {"retention_days": 30, "point_in_time": False, "copies": [copy]},
    }
    assert "ProtectionError" in found["vm-bare"].unknown["backup/enabled"]
    assert {name: one.facts["alarms"] for name, one in found.items()} == {
        "vm-web": 2,
        "vm-db": 2,
        "vm-oa": 1,
        "vm-bare": 1,
    }


@pytest.mark.parametrize(
    ("operation", "facts"),
    [
        ("NetworkSecurityGroups_ListAll", {"exposure/public", "exposure/via"}),
        ("Disks_List", {"disks_encrypted"}),
        ("VirtualMachines_InstanceView", {"state", "agent/online", "patch/critical_missing"}),
        ("BackupProtectedItems_List", {"backup/enabled", "backup/retention_days"}),
        ("ManagementLocks_ListAtSubscriptionLevel", {"deletion_protection"}),
        ("SubAssessments_ListAll", {"vulnerabilities"}),
        ("ScheduledQueryRules_ListBySubscription", {"alarms"}),
        ("DataCollectionRules_ListBySubscription", {"monitoring"}),
        ("DataCollectionRuleAssociations_ListByResource", {"monitoring"}),
    ],
)
def test_what_is_denied_is_unknown(
    collected: Collected, found: dict[str, Any], operation: str, facts: set[str]
) -> None:
    web = collected(operation)["vm-web"]
    assert facts <= set(web.unknown) - set(found["vm-web"].unknown)
