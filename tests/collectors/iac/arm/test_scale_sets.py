"""Scale sets of ARM templates."""

from __future__ import annotations

from typing import Any

from tests.collectors.iac.arm.test_balancers import BALANCER
from tests.collectors.iac.arm.test_balancers import KIND as BALANCERS
from tests.collectors.iac.conftest import Read

KIND = "Microsoft.Compute/virtualMachineScaleSets"
POOL = {"id": f"[resourceId('{BALANCERS}/backendAddressPools', 'lb', 'p')]"}
ADDRESS = {
    "type": "Microsoft.Network/publicIPAddresses",
    "name": "ip",
    "sku": {"name": "Basic"},
    "properties": {},
}
SET: dict[str, Any] = {
    "type": KIND,
    "name": "web",
    "zones": ["2"],
    "properties": {
        "virtualMachineProfile": {
            "osProfile": {"linuxConfiguration": {"disablePasswordAuthentication": True}},
            "storageProfile": {"imageReference": {"id": "/images/golden"}},
            "networkProfile": {
                "networkInterfaceConfigurations": [
                    {
                        "name": "nic",
                        "properties": {
                            "ipConfigurations": [
                                {"properties": {"loadBalancerBackendAddressPools": [POOL]}}
                            ]
                        },
                    }
                ]
            },
        }
    },
}


def test_a_set_behind_a_load_balancer(deployment: Read) -> None:
    properties = {
        **BALANCER["properties"],
        "frontendIPConfigurations": [
            {
                "name": "f",
                "properties": {
                    "publicIPAddress": {"id": f"[resourceId('{ADDRESS['type']}', 'ip')]"}
                },
            }
        ],
    }
    found = deployment([SET, ADDRESS, {**BALANCER, "properties": properties}])[f"{KIND}/web"]
    assert found.facts["exposure"] == {"public": True, "via": ["port-mapping+firewall"]}
    assert (found.facts["password_login"], found.facts["zone"]) == (False, "2")
    assert found.facts["image_id"] == "/images/golden"


def test_a_flexible_set_is_counted_and_not_judged(deployment: Read) -> None:
    flexible = {**SET, "properties": {**SET["properties"], "orchestrationMode": "Flexible"}}
    assert deployment([flexible]) == {}
