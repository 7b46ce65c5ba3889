"""Public addresses of ARM templates."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read

KIND = "Microsoft.Network/publicIPAddresses"


def test_an_address_of_a_nat_gateway(deployment: Read) -> None:
    address = {
        "type": KIND,
        "name": "ip",
        "zones": ["1", "2"],
        "properties": {"ddosSettings": {"protectionMode": "Enabled"}},
    }
    gateway = {
        "type": "Microsoft.Network/natGateways",
        "name": "nat",
        "properties": {"publicIpAddresses": [{"id": f"[resourceId('{KIND}', 'ip')]"}]},
    }
    found = deployment([address, gateway])
    facts = found[f"{KIND}/ip"].facts
    assert (facts["attached_to"], facts["protected_by"]) == ("gateway", ["ddos"])
    assert facts["zones"] == ["1", "2"]
    assert found["Microsoft.Network/natGateways/nat"].facts["kind"] == "nat"
