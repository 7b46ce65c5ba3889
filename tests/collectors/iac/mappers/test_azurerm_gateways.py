"""Gateways of azurerm: NAT, bastion, ExpressRoute, VPN, peerings, Azure Firewall."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents, the

APPLY = Unknown("var.x is decided at apply")
BYPASS = {
    "protocol": "ANY",
    "source_addresses": ["*"],
    "destination_addresses": ["*"],
    "destination_ports": ["*"],
}
"""A rule by which nothing is inspected."""
PLACE = {"name": "x", "location": "chinanorth3"}


def _of(kind: str, *blocks: Block) -> Document:
    return next(each for each in documents(*blocks) if each.facts.get("kind") == kind)


def test_simple_gateways() -> None:
    nat = the(block("azurerm_nat_gateway.n", PLACE | {"zones": ["1"]}))
    assert (nat.facts["kind"], nat.facts["zones"], nat.region) == ("nat", ["1"], "chinanorth3")
    bastion = the(block("azurerm_bastion_host.b", PLACE))
    assert (bastion.facts["kind"], bastion.facts["zones"]) == ("bastion", [])
    assert "zones" in the(block("azurerm_nat_gateway.n", {"zones": APPLY})).unknown


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"bandwidth_in_mbps": 50}, 50),
        ({"bandwidth_in_gbps": 1.5}, 1500),
        ({}, None),
        ({"bandwidth_in_mbps": APPLY}, None),
    ],
)
def test_circuits(values: dict[str, Any], expected: int | None) -> None:
    found = the(block("azurerm_express_route_circuit.c", PLACE | values))
    assert found.facts["kind"] == "express"
    assert found.facts.get("bandwidth_mbps") == expected


GATEWAY = block(
    "azurerm_virtual_network_gateway.g",
    PLACE
    | {
        "type": "Vpn",
        "sku": "VpnGw2AZ",
        "ip_configuration": [{"public_ip_address_id": Reference("azurerm_public_ip.p")}],
    },
)
ADDRESS = block("azurerm_public_ip.p", PLACE | {"zones": ["1", "2"]})
SITE = block("azurerm_local_network_gateway.s", PLACE | {"address_space": ["192.168.0.0/16"]})


def _connection(**values: Any) -> Block:
    given = {
        "type": "IPsec",
        "virtual_network_gateway_id": Reference(GATEWAY.address),
        "local_network_gateway_id": Reference(SITE.address),
    }
    return block("azurerm_virtual_network_gateway_connection.c", given | values)


SUITES = {
    "ike_encryption": "AES256",
    "ike_integrity": "SHA256",
    "ipsec_encryption": "GCMAES256",
    "ipsec_integrity": "GCMAES256",
}


def test_a_vpn_gateway() -> None:
    found = _of("vpn", GATEWAY, ADDRESS, SITE, _connection(ipsec_policy=[SUITES]))
    assert found.facts["zones"] == ["1", "2"]
    assert found.facts["tunnels"] == [
        {"encryption": ["aes256", "aes256-gcm"], "integrity": ["sha256"], "ike": ["ikev2"]}
    ]
    assert found.facts["peers"] == [
        {"account": None, "region": None, "vpc_id": None, "cidrs": ["192.168.0.0/16"]}
    ]
    assert "tunnels/0/up" in found.unknown


def test_a_connection_without_a_policy_takes_the_suites_of_azure() -> None:
    (tunnel,) = _of("vpn", GATEWAY, SITE, _connection()).facts["tunnels"]
    assert "3des" in tunnel["encryption"]
    assert "sha1" in tunnel["integrity"]
    weak = _connection(connection_protocol="IKEv1")
    assert _of("vpn", GATEWAY, SITE, weak).facts["tunnels"][0]["ike"] == ["ikev1"]


@pytest.mark.parametrize(
    "values",
    [
        {"ipsec_policy": APPLY},
        {"ipsec_policy": [SUITES | {"ike_encryption": APPLY}]},
        {"ipsec_policy": [{}]},
        {"type": APPLY},
    ],
)
def test_suites_that_are_not_known(values: dict[str, Any]) -> None:
    found = _of("vpn", GATEWAY, SITE, _connection(**values))
    assert {"tunnels/0/encryption", "tunnels/0/integrity"} <= set(found.unknown)


def test_a_connection_that_may_be_of_the_gateway() -> None:
    found = _of("vpn", GATEWAY, _connection(virtual_network_gateway_id=APPLY))
    assert {"tunnels/0", "peers/0"} <= set(found.unknown)
    other = block(GATEWAY.address, GATEWAY.values | {"sku": "VpnGw2"})
    assert _of("vpn", other).facts["zones"] == []
    assert "kind" in the(block(GATEWAY.address, PLACE)).unknown


NETWORK = block("azurerm_virtual_network.a", PLACE | {"name": "a", "tags": {"t": "1"}})
FAR = block(
    "azurerm_virtual_network.b",
    {"name": "b", "location": "chinaeast3", "address_space": ["10.9.0.0/16"]},
)
PEERING = block(
    "azurerm_virtual_network_peering.p",
    {
        "name": "p",
        "virtual_network_name": Reference(NETWORK.address, "name"),
        "remote_virtual_network_id": Reference(FAR.address),
    },
)


def test_a_peering() -> None:
    found = _of("peering", NETWORK, FAR, PEERING)
    assert (found.region, found.tags) == ("chinanorth3", {"t": "1"})
    assert found.facts["peers"] == [
        {
            "account": "template",
            "region": "chinaeast3",
            "vpc_id": "main.tf#azurerm_virtual_network.b",
            "cidrs": ["10.9.0.0/16"],
        }
    ]
    assert found.facts["protected_by"] == []


def test_a_peering_with_a_network_elsewhere() -> None:
    network = "/subscriptions/0f0f/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/x"
    values = PEERING.values | {"remote_virtual_network_id": network}
    found = _of("peering", NETWORK, block(PEERING.address, values))
    assert found.facts["peers"] == [{"account": "0f0f", "vpc_id": network}]
    values = PEERING.values | {"remote_virtual_network_id": APPLY}
    found = _of("peering", block(PEERING.address, values))
    assert {"peers/0/account", "peers/0/vpc_id", "protected_by"} <= set(found.unknown)


def test_a_route_to_an_appliance_leaves_the_guards_open() -> None:
    subnet = block(
        "azurerm_subnet.s",
        {"name": "s", "virtual_network_name": Reference(NETWORK.address, "name")},
    )
    link = block(
        "azurerm_subnet_route_table_association.l",
        {
            "subnet_id": Reference(subnet.address),
            "route_table_id": Reference("azurerm_route_table.t"),
        },
    )
    route = {"address_prefix": "10.9.0.0/16", "next_hop_type": "VirtualAppliance"}
    table = block("azurerm_route_table.t", {"name": "t", "route": [route]})
    found = _of("peering", NETWORK, FAR, PEERING, subnet, link, table)
    assert "protected_by" in found.unknown


FIREWALL = block(
    "azurerm_firewall.f",
    PLACE | {"firewall_policy_id": Reference("azurerm_firewall_policy.p"), "zones": ["1", "2"]},
)


def _policy(**values: Any) -> Block:
    return block("azurerm_firewall_policy.p", PLACE | values)


def _bypassing(**rule: Any) -> dict[str, Any]:
    return {"intrusion_detection": [{"mode": "Deny", "traffic_bypass": [BYPASS | rule]}]}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"intrusion_detection": [{"mode": "Deny"}]}, "block"),
        ({"intrusion_detection": [{"mode": "Alert"}]}, "alert"),
        ({"intrusion_detection": [{"mode": "Deny", "traffic_bypass": [BYPASS]}]}, "off"),
        (
            {
                "intrusion_detection": [
                    {"mode": "Deny", "traffic_bypass": [BYPASS | {"destination_ports": ["443"]}]}
                ]
            },
            "block",
        ),
        (
            {
                "intrusion_detection": [
                    {"mode": "Deny", "traffic_bypass": [BYPASS | {"destination_ports": APPLY}]}
                ]
            },
            None,
        ),
        (_bypassing(destination_ports=["443", APPLY]), None),
        (_bypassing(destination_ports=["*", APPLY]), "off"),
        (_bypassing(protocol="TCP"), "off"),
        (_bypassing(protocol="ICMP"), "block"),
        # Groups may hold every address.
        (_bypassing(source_addresses=[], source_ip_groups=["/g"]), None),
        (
            _bypassing(source_addresses=[], source_ip_groups=["/g"], destination_ports=["443"]),
            "block",
        ),
        ({}, "off"),
        ({"intrusion_detection": [{"mode": APPLY}]}, None),
        ({"intrusion_detection": APPLY}, None),
        ({"base_policy_id": "/elsewhere"}, None),
    ],
)
def test_intrusion_prevention(values: dict[str, Any], expected: str | None) -> None:
    found = _of("firewall", FIREWALL, _policy(**values))
    assert found.facts.get("ips_mode") == expected
    assert found.facts["protected_by"] == ["firewall"]


@pytest.mark.parametrize(
    ("inside", "beside", "mode"),
    [
        (["10.0.0.0/8"], "10.9.0.0/16", "block"),
        (["0.0.0.0/0"], "10.9.0.0/16", "off"),
        ([], "0.0.0.0/0", "off"),
        (APPLY, "10.9.0.0/16", None),
        (["10.0.0.0/8"], APPLY, None),
    ],
)
def test_addresses_of_an_ip_group(inside: Any, beside: Any, mode: str | None) -> None:
    own: Any = Reference("azurerm_ip_group.g")
    group = block("azurerm_ip_group.g", {"name": "g", "cidrs": inside})
    more = block("azurerm_ip_group_cidr.c", {"ip_group_id": own, "cidr": beside})
    rule = {
        "protocols": ["TCP"],
        "source_ip_groups": [own],
        "destination_ports": ["443"],
        "translated_port": "8443",
    }
    mapped = block(
        "azurerm_firewall_policy_rule_collection_group.r",
        {
            "firewall_policy_id": Reference("azurerm_firewall_policy.p"),
            "nat_rule_collection": [{"rule": [rule]}],
        },
    )
    policy = _policy(**_bypassing(source_addresses=[], source_ip_groups=[own]))
    found = _of("firewall", FIREWALL, policy, group, more, mapped)
    assert found.facts.get("ips_mode") == mode
    sources = found.facts["forwards"][0]["source_ranges"]
    listed = inside if isinstance(inside, list) else [inside]
    assert sources == [None if each is APPLY else each for each in (*listed, beside)]


def test_a_firewall_without_a_policy_has_none() -> None:
    assert the(block("azurerm_firewall.f", PLACE)).facts["ips_mode"] == "off"
    assert "ips_mode" in _of("firewall", FIREWALL).unknown


RULE = {
    "protocols": ["TCP"],
    "source_addresses": ["*"],
    "destination_ports": ["2222"],
    "translated_port": 22,
}
MAPPED = {
    "protocol": "tcp",
    "from_port": 2222,
    "to_port": 2222,
    "target_port": 22,
    "source_ranges": ["0.0.0.0/0", "::/0"],
}


def test_port_mappings() -> None:
    group = block(
        "azurerm_firewall_policy_rule_collection_group.g",
        {
            "firewall_policy_id": Reference("azurerm_firewall_policy.p"),
            "nat_rule_collection": [{"rule": [RULE, RULE | {"source_addresses": APPLY}]}],
        },
    )
    found = _of("firewall", FIREWALL, _policy(), group)
    assert found.facts["forwards"] == [MAPPED, None]
    assert "forwards/1" in found.unknown
    old = block(
        "azurerm_firewall_nat_rule_collection.n",
        {"azure_firewall_name": Reference(FIREWALL.address, "name"), "rule": [RULE]},
    )
    assert _of("firewall", FIREWALL, _policy(), old).facts["forwards"] == [MAPPED]


def test_a_policy_whose_firewall_stands_elsewhere() -> None:
    policy = block(
        "azurerm_firewall_policy.p",
        {"name": "p", "location": "chinaeast2", "intrusion_detection": [{"mode": "Deny"}]},
    )
    child = block(
        "azurerm_firewall_policy.c",
        {"name": "c", "base_policy_id": Reference("azurerm_firewall_policy.p")},
    )
    firewall = block(
        "azurerm_firewall.f", {"firewall_policy_id": Reference("azurerm_firewall_policy.p")}
    )
    (found,) = documents(policy)
    assert (found.region, found.facts["kind"], found.facts["ips_mode"]) == (
        "chinaeast2",
        "firewall",
        "block",
    )
    assert found.unknown["zones"] == "the firewall of the policy is not part of this template"
    # What inherits from it, and the firewall that names it, are judged with it.
    assert [(one.name, one.facts["ips_mode"]) for one in documents(policy, child)] == [
        ("c", "block")
    ]
    assert [one.native_type for one in documents(policy, firewall)] == ["azurerm_firewall"]
    (off,) = documents(block("azurerm_firewall_policy.p", {"name": "p"}))
    assert off.facts["ips_mode"] == "off"
