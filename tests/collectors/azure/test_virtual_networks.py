"""Virtual networks over HTTP: flow logs that record a whole network, routes, what stands where."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.services.virtual_network_peerings import SERVICE as PEERINGS
from collectors.azure.services.virtual_network_peerings import peerings
from collectors.azure.services.virtual_networks import SERVICE, virtual_networks
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION

NETWORK = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg-core/providers/Microsoft.Network"


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("networks", "storage_accounts")


def collect(
    server: AzureServer, open_account: OpenAccount, *denied: str, made: set[Call] | None = None
) -> dict[str, Any]:
    server.decide = lambda asked: (
        Fault(status=403, code="AuthorizationFailed") if asked.call.operation in denied else None
    )
    return by_name(virtual_networks(open_account(server, made=made)))


def test_a_flow_log_of_the_network_records_it(
    server: AzureServer, open_account: OpenAccount
) -> None:
    made: set[Call] = set()
    found = collect(server, open_account, made=made)
    assert made == set(SERVICE.calls)
    core = found["vnet-core"].facts
    (log,) = core["flow_logs"]
    assert (log["traffic"], log["active"], log["retention_days"]) == ("all", True, 180)
    assert (log["destination_region"], core["workloads"]) == ("chinanorth3", 12)


def test_logs_of_security_groups_record_a_network_where_no_subnet_is_without(
    server: AzureServer, open_account: OpenAccount
) -> None:
    """Both networks have a logged group; in one of them a subnet with an endpoint has none."""
    found = collect(server, open_account)
    (log,) = found["vnet-oa"].facts["flow_logs"]
    assert (log["active"], log["retention_days"]) == (True, None)
    assert found["vnet-bare"].facts["flow_logs"] == []


CENTRAL = (
    "/subscriptions/0f0f0f0f-0000-4000-8000-0000000000c1/resourceGroups/rg-logs/providers"
    "/Microsoft.Storage/storageAccounts/stcentral"
)


def deleting(days: int, *prefixes: str) -> dict[str, Any]:
    """A lifecycle policy that deletes blobs after some days."""
    delete = {"baseBlob": {"delete": {"daysAfterModificationGreaterThan": days}}}
    filters = {"blobTypes": ["blockBlob"], "prefixMatch": list(prefixes)}
    rule = {"enabled": True, "definition": {"actions": delete, "filters": filters}}
    return {"id": "x", "properties": {"policy": {"rules": [rule]}}}


def test_the_storage_account_may_delete_flow_logs(serve: Serve, open_account: OpenAccount) -> None:
    server = serve("networks", "storage_accounts")

    def kept(*denied: str) -> Any:
        (document,) = collect(server, open_account, *denied)["vnet-core"].facts["flow_logs"]
        return document.get("active", "?"), document.get("retention_days", "?")

    server.put(f"{CENTRAL}/managementPolicies/default", deleting(30, "insights-logs-flowlog"))
    assert kept() == (True, 30)
    other = deleting(30, "insights-logs-networksecuritygroupflowevent")
    server.put(f"{CENTRAL}/managementPolicies/default", other)
    assert kept() == (True, 180), "another kind of flow log has its own container"
    server.put(f"{CENTRAL}/managementPolicies/default", deleting(400))
    assert kept() == (True, 180)
    assert kept("ManagementPolicies_Get") == (True, "?")
    assert kept("StorageAccounts_GetProperties") == (True, "?")
    server.put(CENTRAL, {"$status": 404, "error": {"code": "ResourceNotFound"}})
    assert kept() == ("?", "?"), "a log that goes nowhere"


def test_subnets(server: AzureServer, open_account: OpenAccount) -> None:
    found = collect(server, open_account)
    routes = {name: one.facts.get("routes_to_internet") for name, one in found.items()}
    # A service tag's route to the internet, beside a default route to a firewall, is none.
    assert [name for name, out in routes.items() if out] == ["snet-web"]
    kinds = {name: one.facts.get("workload_kinds") for name, one in found.items()}
    assert kinds["snet-web"] == ["instance", "load_balancer", "other"]
    assert kinds["snet-db"] == ["endpoint", "instance"]
    assert kinds["snet-agw"] == ["load_balancer"]
    assert kinds["snet-app"] == ["function"]
    assert kinds["GatewaySubnet"] == kinds["AzureFirewallSubnet"] == ["gateway"]
    assert (kinds["AzureBastionSubnet"], kinds["snet-empty"]) == (["bastion"], [])
    assert found["snet-empty"].facts["cidrs"] == ["10.3.1.0/24", "fd00:db8::/64"]
    assert (found["snet-empty"].region, found["snet-empty"].tags) == (
        "chinanorth3",
        {"system": "oa"},
    )


def test_what_is_denied_is_unknown(server: AzureServer, open_account: OpenAccount) -> None:
    found = collect(server, open_account, "FlowLogs_List", "RouteTables_ListAll")
    assert found["vnet-core"].unknown == {
        "flow_logs": "AuthorizationFailed: Microsoft.Network/networkWatchers/flowLogs/read"
    }
    assert "routes_to_internet" in found["snet-db"].unknown
    # Without a table there are the system's routes alone.
    assert found["snet-oa"].facts["routes_to_internet"] is False


def test_peerings(server: AzureServer, open_account: OpenAccount) -> None:
    server.decide = lambda asked: None
    made: set[Call] = set()
    found = by_name(peerings(open_account(server, made=made)))
    assert made == set(PEERINGS.calls)
    near, far = found["to-oa"], found["to-partner"]
    assert near.facts["peers"] == [
        {
            "account": SUBSCRIPTION,
            "region": "chinanorth3",
            "vpc_id": f"{NETWORK}/virtualNetworks/vnet-oa",
            "cidrs": ["10.2.0.0/16", "10.3.0.0/16"],
        }
    ]
    # A route of the network leads to an appliance; the other network has none.
    assert set(near.unknown) == {"protected_by"}
    assert (far.facts["protected_by"], set(far.unknown)) == ([], {"peers/0/region"})
    assert far.facts["peers"][0]["account"] == "0b1f6471-1bf0-4dda-aec3-cb9272f09590"
