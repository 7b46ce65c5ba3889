"""Who reaches the listeners of load balancers: own pools, scale sets, floating addresses."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.services.load_balancers import load_balancers
from tests.collectors.azure.conftest import OpenAccount, Serve
from tests.collectors.azure.server import AzureServer
from tests.collectors.azure.world import SUBSCRIPTION

WHOLE = f"/subscriptions/{SUBSCRIPTION}"
CORE = f"{WHOLE}/resourceGroups/rg-core/providers"
BALANCER = f"{CORE}/Microsoft.Network/loadBalancers/lb"
FRONT = f"{BALANCER}/frontendIPConfigurations/fe"
# Its group opens 22 and 443 to everybody; the other's nothing.
SET = f"{CORE}/Microsoft.Compute/virtualMachineScaleSets/vmss-app/virtualMachines"
INSTANCES = [f"{SET}/{n}/networkInterfaces/nic/ipConfigurations/ip" for n in (0, 7)]
BARE = f"{CORE}/Microsoft.Network/networkInterfaces/nic-bare/ipConfigurations/ipconfig1"
EVERYWHERE = ["0.0.0.0/0", "::/0"]
INSIDE = ["prefix-list:VirtualNetwork"]


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve(
        "networks", "network_security_groups", "virtual_machines", "scale_sets", "alarms", "locks",
        "load_balancers",
    )  # fmt: skip


def balancer(public: bool, pool: str, **rule: Any) -> dict[str, Any]:
    members = {"open": INSTANCES, "closed": [BARE]}
    leads = {
        "frontendIPConfiguration": {"id": FRONT},
        "backendAddressPool": {"id": f"{BALANCER}/backendAddressPools/{pool}"},
        "protocol": "Tcp",
        "frontendPort": 443,
        "backendPort": 443,
    }
    address = {"id": f"{CORE}/Microsoft.Network/publicIPAddresses/pip-lb"}
    front = {"publicIPAddress": address} if public else {"privateIPAddress": "10.1.1.9"}
    pools = [
        {
            "id": f"{BALANCER}/backendAddressPools/{name}",
            "properties": {"backendIPConfigurations": [{"id": id_} for id_ in ids]},
        }
        for name, ids in members.items()
    ]
    properties = {
        "frontendIPConfigurations": [{"id": FRONT, "properties": front}],
        "backendAddressPools": pools,
        "loadBalancingRules": [{"id": f"{BALANCER}/x", "properties": {**leads, **rule}}],
    }
    return {"id": BALANCER, "name": "lb", "sku": {"name": "Standard"}, "properties": properties}


@pytest.mark.parametrize(
    ("one", "sources"),
    [
        (balancer(True, "open"), EVERYWHERE),
        (balancer(True, "open", backendPort=8443), INSIDE),
        (balancer(True, "closed"), INSIDE),
        # A rule that names no pool of the balancer may lead to any.
        (balancer(True, "elsewhere"), EVERYWHERE),
        (balancer(False, "open"), INSIDE),
        (balancer(False, "closed"), INSIDE),
        (balancer(True, "open", enableFloatingIP=True), EVERYWHERE),
    ],
)
def test_sources_are_those_of_the_rules_own_pool(
    server: AzureServer, open_account: OpenAccount, one: dict[str, Any], sources: list[str]
) -> None:
    server.put(f"{WHOLE}/providers/Microsoft.Network/loadBalancers", {"value": [one]})
    (found,) = load_balancers(open_account(server))
    assert found.facts["listeners"][0]["source_ranges"] == sources


@pytest.mark.parametrize(("arrives", "sources"), [(True, EVERYWHERE), (False, INSIDE)])
def test_a_group_sees_a_floating_address(
    serve: Serve, open_account: OpenAccount, arrives: bool, sources: list[str]
) -> None:
    rule = {
        "direction": "Inbound", "access": "Allow", "priority": 100, "protocol": "Tcp",
        "sourceAddressPrefix": "Internet", "destinationAddressPrefix": "203.0.113.13",
        "destinationPortRange": "443", "sourcePortRange": "*",
    }  # fmt: skip
    server = serve(
        "networks", "virtual_machines", "scale_sets", "alarms", "locks",
        world={
            f"{WHOLE}/providers/Microsoft.Network/loadBalancers": {
                "value": [balancer(True, "closed", enableFloatingIP=arrives)]
            },
            f"{WHOLE}/providers/Microsoft.Network/networkSecurityGroups": {
                "value": [
                    {
                        "id": f"{CORE}/Microsoft.Network/networkSecurityGroups/nsg-idle",
                        "properties": {"securityRules": [{"properties": rule}]},
                    }
                ]
            },
        },
    )  # fmt: skip
    (found,) = load_balancers(open_account(server))
    assert found.facts["listeners"][0]["source_ranges"] == sources


def test_a_floating_address_that_nobody_sees_closes_nothing(
    server: AzureServer, open_account: OpenAccount
) -> None:
    """The frontend's address is in another subscription: what groups let in there is not known."""
    one = balancer(True, "closed", enableFloatingIP=True)
    front = one["properties"]["frontendIPConfigurations"][0]["properties"]
    front["publicIPAddress"]["id"] = "/subscriptions/elsewhere/publicIPAddresses/pip"
    server.put(f"{WHOLE}/providers/Microsoft.Network/loadBalancers", {"value": [one]})
    (found,) = load_balancers(open_account(server))
    assert "source_ranges" not in found.facts["listeners"][0]
    assert found.unknown["listeners/0/source_ranges"].startswith("the public address of the front")
