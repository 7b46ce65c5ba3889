"""Scale sets of azurerm, and machines behind load balancers: who reaches them."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents

APPLY = Unknown("var.x is decided at apply")
POOL = Reference("azurerm_lb_backend_address_pool.p")
SUBNET = Reference("azurerm_subnet.s")
PLACE = (
    block("azurerm_virtual_network.n", {"name": "n"}),
    block(
        "azurerm_subnet.s",
        {"name": "s", "virtual_network_name": Reference("azurerm_virtual_network.n", "name")},
    ),
)
GOOD: dict[str, Any] = {
    "name": "web",
    "location": "chinanorth3",
    "zones": ["1", "2"],
    "admin_ssh_key": [{"username": "a", "public_key": "k"}],
    "secure_boot_enabled": True,
    "vtpm_enabled": True,
    "identity": [{"type": "SystemAssigned"}],
    "automatic_os_upgrade_policy": [{"automatic_os_upgrade_enabled": True}],
    "source_image_id": "/images/golden",
    "network_interface": [{"name": "n", "ip_configuration": [{"subnet_id": SUBNET}]}],
}


def _set(*others: Block, kind: str = "linux", **values: Any) -> Document:
    own = {key: it for key, it in (GOOD | values).items() if it is not None}
    found = documents(block(f"azurerm_{kind}_virtual_machine_scale_set.s", own), *PLACE, *others)
    return next(each for each in found if each.type == "compute.instance")


def _interface(**configuration: Any) -> dict[str, Any]:
    given = {"subnet_id": SUBNET} | configuration
    return {"network_interface": [{"name": "n", "ip_configuration": [given]}]}


def test_good() -> None:
    document = _set()
    assert document.facts == {
        "vpc_id": "main.tf#azurerm_virtual_network.n",
        "network_kind": "vpc",
        "public_ips": [],
        "exposure": {"public": False, "via": []},
        "firewalls": [],
        "image_id": "/images/golden",
        "image": {"approved": None},
        "key_pair": True,
        "password_login": False,
        "metadata_token_required": None,
        "role": "SystemAssigned",
        "disks_encrypted": True,
        "patch": {"managed": True, "critical_missing": None},
        "backup": {"enabled": False, "retention_days": 0, "point_in_time": False, "copies": []},
        "tenancy": "shared",
        "secure_boot": True,
        "vtpm": True,
        "deletion_protection": False,
        "user_data_secrets": False,
        "zone": "1",
    }


def test_windows_and_defaults() -> None:
    off: dict[str, Any] = dict.fromkeys(("automatic_os_upgrade_policy", "identity", "zones"))
    found = _set(kind="windows", secure_boot_enabled=None, **off)
    assert found.facts["password_login"] is True
    assert found.facts["patch"]["managed"] is True
    assert found.facts["secure_boot"] is False
    assert found.facts["role"] is None
    assert "zone" in found.unknown
    assert _set(**off).facts["patch"]["managed"] is False


GROUP = "azurerm_network_security_group.g"


def _open_group(source: Any = "*", port: str = "22") -> tuple[Block, Block]:
    rule = {
        "direction": "Inbound",
        "access": "Allow",
        "priority": 100,
        "protocol": "Tcp",
        "source_address_prefix": source,
        "destination_address_prefix": "*",
        "destination_port_range": port,
        "source_port_range": "*",
    }
    link = {"subnet_id": SUBNET, "network_security_group_id": Reference(GROUP)}
    return (
        block(GROUP, {"name": "g", "security_rule": [rule]}),
        block("azurerm_subnet_network_security_group_association.g", link),
    )


OWN = _interface(public_ip_address=[{"name": "p"}])


@pytest.mark.parametrize(
    ("source", "public"), [("*", True), ("198.51.100.0/24", False), (APPLY, None)]
)
def test_addresses_of_the_instances(source: Any, public: bool | None) -> None:
    found = _set(*_open_group(source), **OWN)
    assert found.facts["exposure"].get("public") is public
    (address,) = found.facts["public_ips"]
    assert address.endswith(".public_ip_address")
    assert found.facts["firewalls"] == [f"main.tf#{GROUP}"]


def test_an_address_without_any_group_is_open_to_question() -> None:
    assert "exposure/public" in _set(**OWN).unknown


BALANCER = (
    block(
        "azurerm_lb.l",
        {
            "name": "l",
            "frontend_ip_configuration": [
                {"name": "f", "public_ip_address_id": Reference("azurerm_public_ip.a")}
            ],
        },
    ),
    block("azurerm_public_ip.a", {"name": "a", "sku": "Standard"}),
    block("azurerm_lb_backend_address_pool.p", {"loadbalancer_id": Reference("azurerm_lb.l")}),
)


def _rule(**values: Any) -> Block:
    given = {
        "loadbalancer_id": Reference("azurerm_lb.l"),
        "protocol": "Tcp",
        "frontend_port": 80,
        "backend_port": 8080,
        "frontend_ip_configuration_name": "f",
        "backend_address_pool_ids": [POOL],
    }
    return block("azurerm_lb_rule.r", given | values)


BALANCED = _interface(load_balancer_backend_address_pool_ids=[POOL])


@pytest.mark.parametrize(
    ("port", "inside", "exposure"),
    [
        ("8080", 8080, {"public": True, "via": ["load-balancer+firewall"]}),
        ("22", 22, {"public": True, "via": ["port-mapping+firewall"]}),
        ("22", 8080, {"public": False, "via": []}),
        ("22", APPLY, {}),
    ],
)
def test_a_load_balancer_leads_to_the_instances(port: str, inside: Any, exposure: Any) -> None:
    found = _set(*BALANCER, _rule(backend_port=inside), *_open_group(port=port), **BALANCED)
    assert found.facts.get("exposure", {}) == exposure


def test_a_load_balancer_lets_nothing_in_without_a_group() -> None:
    assert _set(*BALANCER, _rule(), **BALANCED).facts["exposure"]["public"] is False
    basic = block("azurerm_public_ip.a", {"name": "a", "sku": "Basic"})
    found = _set(BALANCER[0], basic, BALANCER[2], _rule(), **BALANCED)
    assert found.facts["exposure"]["public"] is True


def test_an_internal_load_balancer_leads_nobody_in() -> None:
    inner = {"name": "f", "subnet_id": SUBNET}
    balancer = block("azurerm_lb.l", {"name": "l", "frontend_ip_configuration": [inner]})
    found = _set(balancer, BALANCER[2], _rule(), *_open_group(port="8080"), **BALANCED)
    assert found.facts["exposure"] == {"public": False, "via": []}


def test_a_load_balancer_elsewhere_is_unknown() -> None:
    there = _interface(load_balancer_backend_address_pool_ids=["/elsewhere"])
    assert "exposure/public" in _set(**there).unknown
    assert "exposure/public" in _set(network_interface=APPLY).unknown


def test_a_machine_behind_a_load_balancer() -> None:
    nic = {"name": "n", "ip_configuration": [{"subnet_id": SUBNET}]}
    reference = Reference("azurerm_network_interface.n")
    link = {"network_interface_id": reference, "backend_address_pool_id": POOL}
    blocks = (
        block("azurerm_linux_virtual_machine.m", {"network_interface_ids": [reference]}),
        block("azurerm_network_interface.n", nic),
        block("azurerm_network_interface_backend_address_pool_association.n", link),
        *PLACE,
        *BALANCER,
        _rule(),
    )
    opened = documents(*blocks, *_open_group(port="8080"))[0]
    assert opened.facts["exposure"] == {"public": True, "via": ["load-balancer+firewall"]}
    closed = documents(*blocks, *_open_group(port="22"))[0]
    assert closed.facts["exposure"] == {"public": False, "via": []}


def test_a_set_without_machines_has_none_that_run() -> None:
    assert _set(instances=0).facts["state"] == "deallocated"
    for number in (2, None, APPLY):
        assert "state" in _set(instances=number).unknown
