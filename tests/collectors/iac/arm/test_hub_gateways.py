"""VPN gateways of virtual hubs in ARM templates."""

from __future__ import annotations

from typing import Any

from tests.collectors.iac.conftest import Read

KIND = "Microsoft.Network/vpnGateways"
POLICY = {
    "ikeEncryption": "AES256",
    "ikeIntegrity": "SHA256",
    "ipsecEncryption": "DES3",
    "ipsecIntegrity": "SHA256",
}
SITE = {
    "type": "Microsoft.Network/vpnSites",
    "name": "s",
    "properties": {"addressSpace": {"addressPrefixes": ["192.168.0.0/16"]}},
}
FAR = {"remoteVpnSite": {"id": f"[resourceId('{SITE['type']}', 's')]"}}


def _gateway(**properties: Any) -> dict[str, Any]:
    return {"type": KIND, "name": "g", "location": "chinanorth3", "properties": properties}


def test_a_connection_within_its_gateway(deployment: Read) -> None:
    link = {"properties": {"ipsecPolicies": [POLICY], "vpnConnectionProtocolType": "IKEv2"}}
    own = {"name": "c", "properties": {**FAR, "vpnLinkConnections": [link]}}
    facts = deployment([_gateway(connections=[own]), SITE])[f"{KIND}/g"].facts
    assert facts["tunnels"] == [
        {"encryption": ["3des", "aes256"], "integrity": ["sha256"], "ike": ["ikev2"]}
    ]
    assert facts["peers"][0]["cidrs"] == ["192.168.0.0/16"]


def test_a_connection_beside_its_gateway(deployment: Read) -> None:
    beside = {"type": f"{KIND}/vpnConnections", "name": "g/c", "properties": FAR}
    found = deployment([_gateway(), beside, SITE])[f"{KIND}/g"]
    assert {"tunnels/0/encryption", "tunnels/0/ike", "zones"} <= set(found.unknown)
    assert deployment([_gateway()])[f"{KIND}/g"].facts["tunnels"] == []


def test_gateways_for_express_route(deployment: Read) -> None:
    kind = "Microsoft.Network/expressRouteGateways"
    own: dict[str, Any] = {"expressRouteConnections": [{"name": "c", "properties": {}}]}
    gateway = {"type": kind, "name": "g", "location": "chinanorth3", "properties": own}
    beside = {"type": f"{kind}/expressRouteConnections", "name": "g/d", "properties": {}}
    found = deployment([gateway, beside])[f"{kind}/g"]
    assert (found.facts["kind"], len(found.facts["peers"])) == ("express", 2)
