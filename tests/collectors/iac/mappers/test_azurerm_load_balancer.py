"""azurerm_lb: its rules, the machines behind them, and who reaches those."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents

APPLY = Unknown("var.x is decided at apply")
LB = Reference("azurerm_lb.l")
POOL = Reference("azurerm_lb_backend_address_pool.p")
NIC = Reference("azurerm_network_interface.n")
BALANCER = {
    "name": "lb",
    "location": "chinanorth3",
    "sku": "Standard",
    "frontend_ip_configuration": [
        {"name": "f", "public_ip_address_id": Reference("azurerm_public_ip.a")}
    ],
}
RULE = {
    "loadbalancer_id": LB,
    "protocol": "Tcp",
    "frontend_port": 443,
    "backend_port": 8443,
    "frontend_ip_configuration_name": "f",
    "backend_address_pool_ids": [POOL],
}
ADDRESS = block("azurerm_public_ip.a", {"name": "a", "zones": ["1", "2", "3"]})
BEHIND = (
    block("azurerm_lb_backend_address_pool.p", {"loadbalancer_id": LB, "name": "p"}),
    block(
        "azurerm_network_interface_backend_address_pool_association.a",
        {"backend_address_pool_id": POOL, "network_interface_id": NIC},
    ),
    block(
        "azurerm_network_interface.n",
        {"name": "n", "ip_configuration": [{"subnet_id": Reference("azurerm_subnet.s")}]},
    ),
    block("azurerm_subnet.s", {"name": "s"}),
    block(
        "azurerm_linux_virtual_machine.m",
        {"name": "m", "network_interface_ids": [NIC], "zone": "2"},
    ),
)


def _group(source: Any) -> tuple[Block, Block]:
    rule = {
        "direction": "Inbound",
        "access": "Allow",
        "priority": 100,
        "protocol": "Tcp",
        "source_address_prefix": source,
        "destination_address_prefix": "*",
        "destination_port_range": "8443",
        "source_port_range": "*",
    }
    group = block("azurerm_network_security_group.g", {"name": "g", "security_rule": [rule]})
    link = {"subnet_id": Reference("azurerm_subnet.s")}
    link |= {"network_security_group_id": Reference(group.address)}
    return group, block("azurerm_subnet_network_security_group_association.g", link)


def _balancer(*others: Block, **values: Any) -> Document:
    found = documents(block("azurerm_lb.l", BALANCER | values), *others)
    return next(each for each in found if each.type == "network.load_balancer")


def _rule(**values: Any) -> Block:
    return block("azurerm_lb_rule.r", RULE | values)


def test_a_public_balancer() -> None:
    found = _balancer(_rule(), ADDRESS, *BEHIND, *_group("198.51.100.0/24"))
    (listener,) = found.facts["listeners"]
    assert "198.51.100.0/24" in listener.pop("source_ranges")
    assert listener == {
        "port": 443,
        "protocol": "tcp",
        "redirect_to_https": False,
        "tls": None,
        "certificate_id": None,
    }
    assert found.facts["scheme"] == "public"
    assert found.facts["zones"] == ["1", "2", "3"]
    assert found.facts["backend_zones"] == ["2"]
    assert found.facts["access_log"]["enabled"] is False
    older = {"name": "m", "network_interface_ids": [NIC], "zones": ["3"]}
    behind = (*BEHIND[:-1], block("azurerm_virtual_machine.m", older))
    assert _balancer(_rule(), ADDRESS, *behind).facts["backend_zones"] == ["3"]


def test_who_reaches_the_machines() -> None:
    everybody = ["0.0.0.0/0", "::/0"]
    opened = _balancer(_rule(), *BEHIND, *_group("*"))
    assert opened.facts["listeners"][0]["source_ranges"] == everybody
    bare = _balancer(_rule(), *BEHIND)
    assert bare.facts["listeners"][0]["source_ranges"] == everybody
    for doubt in (
        _balancer(_rule()),
        _balancer(_rule(), *BEHIND, *_group(APPLY)),
        _balancer(_rule(backend_address_pool_ids=APPLY), *BEHIND),
        _balancer(_rule(backend_port=APPLY), *BEHIND),
    ):
        assert "listeners/0/source_ranges" in doubt.unknown


def test_a_rule_for_an_application_security_group_may_be_for_the_machine() -> None:
    group, link = _group("*")
    (rule,) = group.values["security_rule"]
    told = {key: it for key, it in rule.items() if key != "destination_address_prefix"}
    told["destination_application_security_group_ids"] = ["/asg"]
    given = block(group.address, {"name": "g", "security_rule": [told]})
    found = _balancer(_rule(), *BEHIND, given, link)
    assert "listeners/0/source_ranges" in found.unknown


def test_a_nat_rule_leads_to_one_machine() -> None:
    rule = {key: it for key, it in RULE.items() if key != "backend_address_pool_ids"}
    nat = block("azurerm_lb_nat_rule.n", rule | {"frontend_port": 2222, "backend_port": 8443})
    link = {"nat_rule_id": Reference(nat.address), "network_interface_id": NIC}
    bound = block("azurerm_network_interface_nat_rule_association.x", link)
    found = _balancer(nat, bound, *BEHIND[2:], *_group("*"))
    (listener,) = found.facts["listeners"]
    assert (listener["port"], listener["source_ranges"]) == (2222, ["0.0.0.0/0", "::/0"])


def test_an_internal_balancer() -> None:
    front = [{"name": "f", "subnet_id": Reference("azurerm_subnet.s"), "zones": ["1"]}]
    found = _balancer(_rule(), *BEHIND, frontend_ip_configuration=front)
    assert found.facts["scheme"] == "private"
    assert found.facts["listeners"][0]["source_ranges"] == ["prefix-list:VirtualNetwork"]
    assert found.facts["zones"] == ["1"]


@pytest.mark.parametrize(
    ("values", "unknown"),
    [
        ({"frontend_ip_configuration": APPLY}, {"scheme", "zones", "backend_zones"}),
        ({"frontend_ip_configuration": [{"public_ip_address_id": APPLY}]}, {"scheme"}),
        ({}, {"zones", "backend_zones"}),
        ({"sku": APPLY}, {"zones"}),
    ],
)
def test_what_is_not_known(values: dict[str, Any], unknown: set[str]) -> None:
    assert unknown <= set(_balancer(**values).unknown)


def test_a_basic_balancer_stands_in_no_zone() -> None:
    assert _balancer(sku="Basic").facts["zones"] == []


def test_a_rule_that_may_be_of_the_balancer() -> None:
    found = _balancer(_rule(loadbalancer_id=APPLY), *BEHIND)
    assert "listeners/0" in found.unknown
