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
NAT = {
    "type": f"{KIND}/inboundNatRules",
    "name": "lb/rdp",
    "properties": {"protocol": "Tcp", "frontendPort": 3389, "backendPort": 3389},
}
APART = [
    {
        **BALANCER,
        "properties": {**BALANCER["properties"], "backendAddressPools": []},
    },
    {"type": f"{KIND}/backendAddressPools", "name": "lb/p", "properties": {}},
    NAT,
]
"""One whose pool and NAT rule are resources of their own."""
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


OTHER: dict[str, Any] = {
    "type": "Microsoft.Network/networkInterfaces",
    "name": "other",
    "properties": {
        "ipConfigurations": [
            {
                "properties": {
                    "loadBalancerBackendAddressPools": [
                        {"id": f"[resourceId('{KIND}/backendAddressPools', 'lb', 'p')]"}
                    ],
                    "loadBalancerInboundNatRules": [
                        {"id": f"[resourceId('{KIND}/inboundNatRules', 'lb', 'rdp')]"}
                    ],
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
    (apart,) = deployment([*APART, OTHER]).values()
    listener, mapped = apart.facts["listeners"]
    assert (listener["port"], listener["source_ranges"]) == (22, ["0.0.0.0/0", "::/0"])
    assert (mapped["port"], mapped["source_ranges"]) == (3389, ["0.0.0.0/0", "::/0"])
    (alone,) = deployment([BALANCER]).values()
    assert "listeners/0/source_ranges" in alone.unknown
