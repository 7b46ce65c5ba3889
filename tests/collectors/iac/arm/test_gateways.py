"""Gateways and firewalls of ARM templates."""

from __future__ import annotations

from typing import Any

from tests.collectors.iac.conftest import Read

NET = "Microsoft.Network"


def _id(kind: str, name: str) -> dict[str, str]:
    return {"id": f"[resourceId('{NET}/{kind}', '{name}')]"}


def test_a_vpn_gateway_with_its_connection(deployment: Read) -> None:
    gateway: dict[str, Any] = {
        "type": f"{NET}/virtualNetworkGateways",
        "name": "gw",
        "location": "chinanorth3",
        "properties": {"gatewayType": "Vpn", "sku": {"name": "VpnGw1"}},
    }
    site = {
        "type": f"{NET}/localNetworkGateways",
        "name": "site",
        "properties": {"localNetworkAddressSpace": {"addressPrefixes": ["192.168.0.0/16"]}},
    }
    suites = {
        "ikeEncryption": "DES3",
        "ikeIntegrity": "SHA1",
        "ipsecEncryption": "AES256",
        "ipsecIntegrity": "SHA256",
    }
    connection = {
        "type": f"{NET}/connections",
        "name": "c",
        "properties": {
            "connectionType": "IPsec",
            "virtualNetworkGateway1": _id("virtualNetworkGateways", "gw"),
            "localNetworkGateway2": _id("localNetworkGateways", "site"),
            "ipsecPolicies": [suites],
        },
    }
    (found,) = deployment([gateway, site, connection]).values()
    assert found.native_type == f"{NET}/virtualNetworkGateways"
    (tunnel,) = found.facts["tunnels"]
    assert tunnel == {"encryption": ["3des", "aes256"], "integrity": ["sha1", "sha256"]}
    assert found.facts["peers"][0]["cidrs"] == ["192.168.0.0/16"]
    assert found.facts["zones"] == []


def test_a_peering_within_its_network(deployment: Read) -> None:
    def network(name: str, **properties: Any) -> dict[str, Any]:
        return {
            "type": f"{NET}/virtualNetworks",
            "name": name,
            "location": "chinanorth3",
            "properties": {"addressSpace": {"addressPrefixes": ["10.1.0.0/16"]}, **properties},
        }

    far = {"name": "to-b", "properties": {"remoteVirtualNetwork": _id("virtualNetworks", "b")}}
    found = deployment([network("a", virtualNetworkPeerings=[far]), network("b")])
    peering = found[f"{NET}/virtualNetworks/a/virtualNetworkPeerings/to-b"]
    assert peering.facts["kind"] == "peering"
    (peer,) = peering.facts["peers"]
    assert peer["vpc_id"] == found[f"{NET}/virtualNetworks/b"].id
    assert (peer["account"], peer["cidrs"]) == ("template", ["10.1.0.0/16"])


def test_a_firewall_with_its_policy(deployment: Read) -> None:
    firewall = {
        "type": f"{NET}/azureFirewalls",
        "name": "fw",
        "zones": ["1"],
        "properties": {"firewallPolicy": _id("firewallPolicies", "p")},
    }
    policy = {
        "type": f"{NET}/firewallPolicies",
        "name": "p",
        "properties": {"intrusionDetection": {"mode": "Alert"}},
    }
    rule = {
        "ipProtocols": ["TCP"],
        "sourceAddresses": ["198.51.100.0/24"],
        "destinationPorts": ["443"],
        "translatedPort": "8443",
    }
    group = {
        "type": f"{NET}/firewallPolicies/ruleCollectionGroups",
        "name": "p/g",
        "properties": {
            "ruleCollections": [
                {"ruleCollectionType": "FirewallPolicyFilterRuleCollection", "rules": [{}]},
                {"ruleCollectionType": "FirewallPolicyNatRuleCollection", "rules": [rule]},
            ]
        },
    }
    (found,) = deployment([firewall, policy, group]).values()
    assert (found.facts["ips_mode"], found.facts["zones"]) == ("alert", ["1"])
    (forward,) = found.facts["forwards"]
    assert (forward["target_port"], forward["source_ranges"]) == (8443, ["198.51.100.0/24"])
    every = {
        name: ["*"] for name in ("sourceAddresses", "destinationAddresses", "destinationPorts")
    }
    everything = {"protocol": "ANY", **every}
    bypass = {"bypassTrafficSettings": [everything]}
    policy["properties"] = {"intrusionDetection": {"mode": "Deny", "configuration": bypass}}
    (found,) = deployment([firewall, policy]).values()
    assert found.facts["ips_mode"] == "off"
    bypass = {
        "bypassTrafficSettings": [
            everything | {"sourceAddresses": [], "sourceIpGroups": [_id("ipGroups", "every")["id"]]}
        ]
    }
    policy["properties"] = {"intrusionDetection": {"mode": "Deny", "configuration": bypass}}
    (found,) = deployment([firewall, policy]).values()
    assert "ips_mode" in found.unknown
    for addresses, mode in ((["0.0.0.0/0"], "off"), (["10.0.0.0/8"], "block")):
        every_one = {
            "type": f"{NET}/ipGroups", "name": "every", "properties": {"ipAddresses": addresses},
        }  # fmt: skip
        (found,) = deployment([firewall, policy, every_one]).values()
        assert found.facts["ips_mode"] == mode
