"""azurerm_virtual_network and azurerm_subnet: flow logs, routes, and what stands in them."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents

APPLY = Unknown("var.x is decided at apply")
NET = Reference("azurerm_virtual_network.n")
APP = Reference("azurerm_subnet.app")
NETWORK = block(
    "azurerm_virtual_network.n",
    {"name": "n", "location": "chinanorth3", "address_space": ["10.0.0.0/16"], "tags": {"a": "b"}},
)
SUBNET = block(
    "azurerm_subnet.app",
    {
        "name": "app",
        "virtual_network_name": Reference("azurerm_virtual_network.n", "name"),
        "address_prefixes": ["10.0.1.0/24"],
    },
)
NIC = block("azurerm_network_interface.i", {"name": "i", "ip_configuration": [{"subnet_id": APP}]})
MACHINE = block(
    "azurerm_linux_virtual_machine.m",
    {"name": "m", "network_interface_ids": [Reference("azurerm_network_interface.i")]},
)


def _log(target: Any, **values: Any) -> Block:
    given = {
        "target_resource_id": target,
        "storage_account_id": "/store",
        "enabled": True,
        "retention_policy": [{"enabled": True, "days": 200}],
    }
    return block("azurerm_network_watcher_flow_log.l", given | values)


def _by_type(*blocks: Block) -> dict[str, Document]:
    return {each.type: each for each in documents(*blocks)}


def test_a_network_with_its_flow_log() -> None:
    found = _by_type(NETWORK, SUBNET, NIC, MACHINE, _log(NET))["network.vpc"]
    assert found.facts == {
        "cidrs": ["10.0.0.0/16"],
        "is_default": False,
        "workloads": 1,
        "flow_logs": [
            {
                "traffic": "all",
                "active": True,
                "destination": "/store",
                "destination_region": "chinanorth3",
                "retention_days": 200,
            }
        ],
        "internet_gateway": False,
    }


def test_a_network_alone() -> None:
    found = _by_type(NETWORK)["network.vpc"]
    assert found.facts["flow_logs"] == []
    assert "workloads" in found.unknown


OTHER = block("azurerm_subnet.two", SUBNET.values | {"name": "two"})
OTHER_NIC = block(
    "azurerm_network_interface.j",
    {"name": "j", "ip_configuration": [{"subnet_id": Reference("azurerm_subnet.two")}]},
)


def test_flow_logs_of_subnets_count_where_all_have_one() -> None:
    one = (NETWORK, SUBNET, NIC, _log(APP))
    assert len(_by_type(*one)["network.vpc"].facts["flow_logs"]) == 1
    assert _by_type(*one, OTHER, OTHER_NIC)["network.vpc"].facts["flow_logs"] == []
    off = (NETWORK, SUBNET, NIC, _log(APP, enabled=False))
    assert _by_type(*off)["network.vpc"].facts["flow_logs"] == []


def test_an_empty_subnet_without_a_flow_log_leaves_it_open() -> None:
    found = _by_type(NETWORK, SUBNET, NIC, _log(APP), OTHER)["network.vpc"]
    assert "flow_logs/0" in found.unknown
    network = block(NETWORK.address, NETWORK.values | {"subnet": [{"name": "in"}]})
    found = _by_type(network, SUBNET, NIC, _log(APP))["network.vpc"]
    assert "flow_logs/0" in found.unknown
    whole = _by_type(network, SUBNET, NIC, _log(NET))["network.vpc"]
    assert [each["active"] for each in whole.facts["flow_logs"]] == [True]


@pytest.mark.parametrize("values", [{"enabled": APPLY}, {"target_resource_id": APPLY}])
def test_a_flow_log_in_doubt_records_nothing_for_sure(values: dict[str, Any]) -> None:
    found = _by_type(NETWORK, SUBNET, NIC, _log(APP, **values))["network.vpc"]
    assert "flow_logs/0" in found.unknown
    assert not any(isinstance(each, dict) for each in found.facts.get("flow_logs", []))


def test_a_lifecycle_policy_may_delete_a_flow_log_sooner() -> None:
    store = Reference("azurerm_storage_account.s")
    account = block("azurerm_storage_account.s", {"name": "s"})
    policy = block("azurerm_storage_management_policy.p", {"storage_account_id": store})
    log = _log(NET, storage_account_id=store)
    (kept,) = _by_type(NETWORK, account, log)["network.vpc"].facts["flow_logs"]
    assert kept["retention_days"] == 200
    found = _by_type(NETWORK, account, log, policy)["network.vpc"]
    assert found.unknown["flow_logs/0/retention_days"] == (
        "what the lifecycle policy deletes of the log is not read"
    )


def test_flow_logs_of_security_groups() -> None:
    group = block("azurerm_network_security_group.g", {"name": "g"})
    link = block(
        "azurerm_subnet_network_security_group_association.a",
        {"subnet_id": APP, "network_security_group_id": Reference(group.address)},
    )
    log = _log(None, network_security_group_id=Reference(group.address))
    found = _by_type(NETWORK, SUBNET, NIC, group, link, log)["network.vpc"]
    assert [each["active"] for each in found.facts["flow_logs"]] == [True]


def test_a_subnet() -> None:
    found = _by_type(NETWORK, SUBNET, NIC, MACHINE)["network.subnet"]
    assert (found.region, found.tags) == ("chinanorth3", {"a": "b"})
    assert found.facts == {
        "vpc_id": "main.tf#azurerm_virtual_network.n",
        "cidrs": ["10.0.1.0/24"],
        "routes_to_internet": False,
        "auto_public_ip": False,
        "zone": None,
        "workload_kinds": ["instance"],
    }


def test_a_bastion_beside_a_machine() -> None:
    bastion = block(
        "azurerm_bastion_host.b", {"name": "b", "ip_configuration": [{"subnet_id": APP}]}
    )
    found = _by_type(SUBNET, NIC, MACHINE, bastion)["network.subnet"]
    assert found.facts["workload_kinds"] == ["bastion", "instance"]
    assert "vpc_id" in found.unknown


TABLE = block("azurerm_route_table.t", {"name": "t"})
LINK = block(
    "azurerm_subnet_route_table_association.a",
    {"subnet_id": APP, "route_table_id": Reference("azurerm_route_table.t")},
)
OUT = {"address_prefix": "0.0.0.0/0", "next_hop_type": "Internet"}


@pytest.mark.parametrize(
    ("route", "expected"),
    [
        (OUT, True),
        (OUT | {"next_hop_type": "VirtualAppliance"}, False),
        (OUT | {"next_hop_type": APPLY}, None),
        (OUT | {"address_prefix": "10.0.0.0/8", "next_hop_type": APPLY}, False),
    ],
)
def test_routes(route: dict[str, Any], expected: bool | None) -> None:
    inline = block(TABLE.address, {"name": "t", "route": [route]})
    separate = block(
        "azurerm_route.r", route | {"route_table_name": Reference(TABLE.address, "name")}
    )
    for blocks in ((inline, LINK), (TABLE, LINK, separate)):
        found = _by_type(NETWORK, SUBNET, *blocks)["network.subnet"]
        assert found.facts.get("routes_to_internet") is expected


def test_a_route_table_elsewhere_is_unknown() -> None:
    link = block(LINK.address, LINK.values | {"route_table_id": "/elsewhere"})
    assert "routes_to_internet" in _by_type(SUBNET, link)["network.subnet"].unknown
    link = block(LINK.address, LINK.values | {"subnet_id": APPLY})
    assert "routes_to_internet" in _by_type(SUBNET, link)["network.subnet"].unknown


def test_subnets_within_a_network() -> None:
    inner = {
        "name": "in",
        "address_prefixes": ["10.0.2.0/24"],
        "route_table_id": Reference(TABLE.address),
    }
    network = block(NETWORK.address, NETWORK.values | {"subnet": [inner]})
    table = block(TABLE.address, {"name": "t", "route": [OUT]})
    _, found = documents(network, table)
    assert found.type == "network.subnet"
    assert (found.id, found.name) == ("main.tf#azurerm_virtual_network.n/in", "in")
    assert found.facts["routes_to_internet"] is True
    assert found.facts["vpc_id"] == "main.tf#azurerm_virtual_network.n"
