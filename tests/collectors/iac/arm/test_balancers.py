"""Load balancers of ARM templates."""

from __future__ import annotations

from typing import Any

from tests.collectors.iac.conftest import Read

KIND = "Microsoft.Network/loadBalancers"
BALANCER: dict[str, Any] = {
    "type": KIND,
    "name": "lb",
    "location": "chinanorth3",
    "sku": {"name": "Standard"},
    "properties": {
        "frontendIPConfigurations": [
            {"name": "f", "properties": {"publicIPAddress": {"id": "/address"}}}
        ],
        "backendAddressPools": [{"name": "p"}],
        "loadBalancingRules": [
            {
                "name": "r",
                "properties": {
                    "protocol": "Tcp",
                    "frontendPort": 22,
                    "backendPort": 22,
                    "backendAddressPool": {
                        "id": f"[resourceId('{KIND}/backendAddressPools', 'lb', 'p')]"
                    },
                },
            }
        ],
    },
}
INTERFACE = {
    "type": "Microsoft.Network/networkInterfaces",
    "name": "nic",
    "properties": {
        "ipConfigurations": [
            {
                "properties": {
                    "loadBalancerBackendAddressPools": [
                        {"id": f"[resourceId('{KIND}/backendAddressPools', 'lb', 'p')]"}
                    ]
                }
            }
        ]
    },
}


def test_a_balancer_with_what_stands_behind_it(deployment: Read) -> None:
    (found,) = deployment([BALANCER, INTERFACE]).values()
    (listener,) = found.facts["listeners"]
    assert found.native_type == KIND
    assert found.facts["scheme"] == "public"
    assert (listener["port"], listener["source_ranges"]) == (22, ["0.0.0.0/0", "::/0"])
    (alone,) = deployment([BALANCER]).values()
    assert "listeners/0/source_ranges" in alone.unknown
