"""Networks, subnets, routes and flow logs of ARM templates."""

from __future__ import annotations

from typing import Any

from tests.collectors.iac.conftest import Read

KIND = "Microsoft.Network/virtualNetworks"
NETWORK: dict[str, Any] = {
    "type": KIND,
    "name": "net",
    "location": "chinanorth3",
    "properties": {
        "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
        "subnets": [
            {
                "name": "front",
                "properties": {
                    "addressPrefix": "10.0.1.0/24",
                    "routeTable": {"id": "[resourceId('Microsoft.Network/routeTables', 'out')]"},
                },
            }
        ],
    },
}
TABLE = {
    "type": "Microsoft.Network/routeTables",
    "name": "out",
    "properties": {
        "routes": [
            {
                "name": "all",
                "properties": {"addressPrefix": "0.0.0.0/0", "nextHopType": "Internet"},
            }
        ]
    },
}
INTERFACE = {
    "type": "Microsoft.Network/networkInterfaces",
    "name": "nic",
    "properties": {
        "ipConfigurations": [
            {"properties": {"subnet": {"id": f"[resourceId('{KIND}/subnets', 'net', 'front')]"}}}
        ]
    },
}
LOG = {
    "type": "Microsoft.Network/networkWatchers/flowLogs",
    "name": "watcher/log",
    "location": "chinanorth3",
    "properties": {
        "targetResourceId": f"[resourceId('{KIND}', 'net')]",
        "storageId": "/store",
        "enabled": True,
        "retentionPolicy": {"enabled": False, "days": 0},
    },
}


def test_a_network_with_everything(deployment: Read) -> None:
    found = deployment([NETWORK, TABLE, INTERFACE, LOG])
    network, subnet = found[f"{KIND}/net"], found[f"{KIND}/net/subnets/front"]
    assert network.facts["cidrs"] == ["10.0.0.0/16"]
    assert network.facts["workloads"] == 1
    (log,) = network.facts["flow_logs"]
    assert (log["active"], log["retention_days"]) == (True, None)
    assert subnet.facts["cidrs"] == ["10.0.1.0/24"]
    assert subnet.facts["routes_to_internet"] is True
    assert subnet.facts["workload_kinds"] == ["other"]
    assert subnet.facts["vpc_id"] == network.id
    assert subnet.region == "chinanorth3"


def test_a_subnet_of_its_own(deployment: Read) -> None:
    subnet = {
        "type": f"{KIND}/subnets",
        "name": "net/back",
        "properties": {"addressPrefixes": ["10.0.2.0/24"]},
    }
    found = deployment([NETWORK, subnet])[f"{KIND}/subnets/net/back"]
    assert found.facts["routes_to_internet"] is False
    assert found.facts["cidrs"] == ["10.0.2.0/24"]
    (alone,) = deployment([subnet]).values()
    assert "vpc_id" in alone.unknown


def test_a_network_that_is_decided_at_deployment(deployment: Read) -> None:
    (found,) = deployment([{**NETWORK, "properties": "[reference('x').properties]"}]).values()
    assert "cidrs" in found.unknown
