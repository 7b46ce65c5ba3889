"""azurerm_public_ip: what it is bound to, and what protects it."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents

APPLY = Unknown("var.x is decided at apply")
IP = Reference("azurerm_public_ip.a")
SUBNET = Reference("azurerm_subnet.s")
USED = {"public_ip_address_id": IP, "subnet_id": SUBNET}
NETWORK = block(
    "azurerm_virtual_network.n",
    {"name": "n", "ddos_protection_plan": [{"id": "/plan", "enable": True}]},
)
PLACE = block(
    "azurerm_subnet.s",
    {"name": "s", "virtual_network_name": Reference("azurerm_virtual_network.n", "name")},
)
NIC = block("azurerm_network_interface.i", {"name": "i", "ip_configuration": [USED]})
MACHINE = block(
    "azurerm_linux_virtual_machine.m",
    {"name": "m", "network_interface_ids": [Reference("azurerm_network_interface.i")]},
)


def _address(*others: Block, **values: Any) -> Document:
    given = {"name": "a", "location": "chinanorth3", "zones": ["1"]} | values
    found = documents(block("azurerm_public_ip.a", given), *others)
    return next(each for each in found if each.facts.get("kind") == "public-ip")


def test_an_address_of_a_machine() -> None:
    found = _address(NIC, MACHINE, PLACE, NETWORK)
    assert found.facts == {
        "kind": "public-ip",
        "peers": [],
        "tunnels": None,
        "zones": ["1"],
        "bandwidth_mbps": None,
        "snat": [],
        "protected_by": ["ddos"],
        "attached_to": "instance",
        "ips_mode": None,
        "forwards": [],
    }


@pytest.mark.parametrize(
    ("mode", "guards"),
    [("Enabled", ["ddos"]), ("Disabled", []), (APPLY, None), ("VirtualNetworkInherited", [])],
)
def test_its_own_protection(mode: Any, guards: list[str] | None) -> None:
    plain = block("azurerm_virtual_network.n", {"name": "n"})
    found = _address(NIC, MACHINE, PLACE, plain, ddos_protection_mode=mode)
    assert found.facts.get("protected_by") == guards


def test_a_network_elsewhere_leaves_it_open() -> None:
    assert "protected_by" in _address(NIC, MACHINE).unknown
    assert "protected_by" in _address(NIC, MACHINE, PLACE).unknown


@pytest.mark.parametrize(
    ("kind", "argument", "attached"),
    [
        ("azurerm_network_interface", "ip_configuration", "other"),
        ("azurerm_bastion_host", "ip_configuration", "bastion"),
        ("azurerm_virtual_network_gateway", "ip_configuration", "gateway"),
    ],
)
def test_what_it_is_bound_to(kind: str, argument: str, attached: str) -> None:
    owner = block(f"{kind}.x", {"name": "x", argument: [USED]})
    assert _address(owner, PLACE, NETWORK).facts["attached_to"] == attached


def test_a_nat_gateway() -> None:
    link = {"public_ip_address_id": IP, "nat_gateway_id": "/nat"}
    found = _address(block("azurerm_nat_gateway_public_ip_association.x", link))
    assert (found.facts["attached_to"], found.facts["protected_by"]) == ("gateway", [])


def test_an_address_that_nothing_uses_here() -> None:
    assert {"attached_to", "protected_by", "ips_mode"} <= set(_address().unknown)
    maybe = block("azurerm_bastion_host.x", {"ip_configuration": APPLY})
    found = _address(maybe)
    assert found.unknown["attached_to"] == APPLY.reason


def test_a_firewall() -> None:
    firewall = block("azurerm_firewall.f", {"name": "f", "ip_configuration": [USED]})
    found = _address(firewall, PLACE, NETWORK)
    assert found.facts["attached_to"] == "firewall"
    assert found.facts["protected_by"] == ["firewall", "ddos"]
    assert found.facts["ips_mode"] == "off"


def test_an_application_gateway() -> None:
    gateway = block(
        "azurerm_application_gateway.g",
        {
            "name": "g",
            "frontend_ip_configuration": [{"name": "f", "public_ip_address_id": IP}],
            "gateway_ip_configuration": [{"subnet_id": SUBNET}],
            "waf_configuration": [{"enabled": True}],
        },
    )
    assert _address(gateway, PLACE, NETWORK).facts["protected_by"] == ["waf", "ddos"]


def test_a_load_balancer_is_protected_by_the_network_behind_it() -> None:
    balancer = block(
        "azurerm_lb.l", {"name": "l", "frontend_ip_configuration": [{"public_ip_address_id": IP}]}
    )
    pool = block(
        "azurerm_lb_backend_address_pool.p", {"loadbalancer_id": Reference(balancer.address)}
    )
    inner = block("azurerm_network_interface.j", {"ip_configuration": [{"subnet_id": SUBNET}]})
    link = block(
        "azurerm_network_interface_backend_address_pool_association.l",
        {
            "backend_address_pool_id": Reference(pool.address),
            "network_interface_id": Reference(inner.address),
        },
    )
    found = _address(balancer, pool, inner, link, PLACE, NETWORK)
    assert found.facts["attached_to"] == "load_balancer"
    assert found.facts["protected_by"] == ["ddos"]
    assert "protected_by" in _address(balancer).unknown
