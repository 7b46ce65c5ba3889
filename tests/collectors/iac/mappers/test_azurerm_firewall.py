"""azurerm_network_security_group: what its rules become, in order and with every port range."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.security_rules import NO_MACHINE
from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the, unknown

APPLY = Unknown("var.x is decided at apply")


def test_good_rules_from_inside_only() -> None:
    document = the(
        block("azurerm_resource_group.main", {"name": "rg", "location": "China North 3"}),
        block(
            "azurerm_network_security_group.web",
            {
                "name": "web",
                "location": Reference("azurerm_resource_group.main", "location"),
                "resource_group_name": Reference("azurerm_resource_group.main", "name"),
                "tags": {"system": "shop"},
                "security_rule": [
                    {
                        "name": "r",
                        "priority": 100,
                        "direction": "Inbound",
                        "access": "Allow",
                        "protocol": "Tcp",
                        "source_port_range": "*",
                        "source_address_prefix": "VirtualNetwork",
                        "destination_address_prefix": "*",
                        "destination_port_ranges": ["443", "8080-8081"],
                    }
                ],
            },
        ),
        block(
            "azurerm_subnet_network_security_group_association.web",
            {
                "subnet_id": Reference("azurerm_subnet.a"),
                "network_security_group_id": Reference("azurerm_network_security_group.web"),
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "chinanorth3",
        "CN",
        "web",
        {"system": "shop"},
    )
    assert document.facts == {
        "vpc_id": None,
        "rules": [
            {
                "direction": "ingress",
                "action": "allow",
                "priority": 100,
                "protocol": "tcp",
                "from_port": 443,
                "to_port": 443,
                "sources": ["prefix-list:VirtualNetwork"],
                "destinations": ["0.0.0.0/0", "::/0"],
                "description": "",
            },
            {
                "direction": "ingress",
                "action": "allow",
                "priority": 100,
                "protocol": "tcp",
                "from_port": 8080,
                "to_port": 8081,
                "sources": ["prefix-list:VirtualNetwork"],
                "destinations": ["0.0.0.0/0", "::/0"],
                "description": "",
            },
        ],
        "default_ingress": "deny",
        "default_egress": "allow",
        "is_default": False,
        "attached": 1,
    }
    assert unknown(document) == {}


def test_bad_open_to_the_internet_inline_and_separate_in_order_of_effect() -> None:
    document = the(
        block("azurerm_resource_group.main", {"name": "rg", "location": "China North 3"}),
        block(
            "azurerm_network_security_group.web",
            {
                "name": "web",
                "location": Reference("azurerm_resource_group.main", "location"),
                "resource_group_name": Reference("azurerm_resource_group.main", "name"),
                "tags": {"system": "shop"},
                "security_rule": [
                    {
                        "name": "r",
                        "priority": 300,
                        "direction": "Inbound",
                        "access": "Allow",
                        "protocol": "Tcp",
                        "source_port_range": "*",
                        "destination_port_range": "22",
                        "source_address_prefix": "*",
                        "destination_address_prefix": "*",
                        "description": "ssh",
                    }
                ],
            },
        ),
        block(
            "azurerm_network_security_rule.rdp",
            {
                "name": "r",
                "priority": "200",
                "direction": "Inbound",
                "access": "Allow",
                "protocol": "Tcp",
                "source_port_range": "*",
                "destination_port_range": "3389",
                "source_address_prefix": "Internet",
                "destination_address_prefix": "*",
                "network_security_group_name": Reference(
                    "azurerm_network_security_group.web", "name"
                ),
            },
        ),
        block(
            "azurerm_network_security_rule.deny",
            {
                "name": "r",
                "priority": 100,
                "direction": "Inbound",
                "access": "Deny",
                "protocol": "*",
                "source_port_range": "*",
                "destination_port_range": "*",
                "destination_address_prefix": "*",
                "source_address_prefixes": ["203.0.113.0/24", "2001:db8::/32"],
                "network_security_group_name": "web",
            },
        ),
        block(
            "azurerm_network_security_rule.out",
            {
                "name": "r",
                "priority": 150,
                "direction": "Outbound",
                "access": "Allow",
                "protocol": "Esp",
                "source_port_range": "*",
                "destination_port_range": "22",
                "destination_address_prefix": "AzureCloud",
                "source_application_security_group_ids": [
                    Reference("azurerm_application_security_group.app")
                ],
                "network_security_group_name": Reference(
                    "azurerm_network_security_group.web", "name"
                ),
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "chinanorth3",
        "CN",
        "web",
        {"system": "shop"},
    )
    assert document.facts == {
        "vpc_id": None,
        "rules": [
            {
                "direction": "ingress",
                "action": "deny",
                "priority": 100,
                "protocol": "any",
                "from_port": 0,
                "to_port": 65535,
                "sources": ["203.0.113.0/24", "2001:db8::/32"],
                "destinations": ["0.0.0.0/0", "::/0"],
                "description": "",
            },
            {
                "direction": "egress",
                "action": "allow",
                "priority": 150,
                "protocol": "50",
                "from_port": None,
                "to_port": None,
                "sources": ["group:azurerm_application_security_group.app"],
                "destinations": ["prefix-list:AzureCloud"],
                "description": "",
            },
            {
                "direction": "ingress",
                "action": "allow",
                "priority": 200,
                "protocol": "tcp",
                "from_port": 3389,
                "to_port": 3389,
                "sources": ["0.0.0.0/0", "::/0"],
                "destinations": ["0.0.0.0/0", "::/0"],
                "description": "Internet",
            },
            {
                "direction": "ingress",
                "action": "allow",
                "priority": 300,
                "protocol": "tcp",
                "from_port": 22,
                "to_port": 22,
                "sources": ["0.0.0.0/0", "::/0"],
                "destinations": ["0.0.0.0/0", "::/0"],
                "description": "*: ssh",
            },
        ],
        "default_ingress": "deny",
        "default_egress": "allow",
        "is_default": False,
    }
    assert unknown(document) == {"attached": "nothing in this template attaches the group"}


def test_unknown_until_apply() -> None:
    document = the(
        block(
            "azurerm_network_security_group.web",
            {
                "name": APPLY,
                "location": APPLY,
                "resource_group_name": Reference("azurerm_resource_group.main", "name"),
                "tags": APPLY,
                "security_rule": [
                    {
                        "name": "r",
                        "priority": APPLY,
                        "direction": "Inbound",
                        "access": "Allow",
                        "protocol": "Tcp",
                        "source_port_range": "*",
                        "destination_port_range": APPLY,
                        "source_address_prefix": APPLY,
                        "destination_address_prefix": "*",
                    }
                ],
            },
        ),
        block(
            "azurerm_network_security_rule.other",
            {
                "name": "r",
                "priority": 100,
                "direction": "Inbound",
                "access": "Allow",
                "protocol": "Tcp",
                "source_port_range": "*",
                "destination_port_range": "22",
                "source_address_prefix": "10.0.0.0/8",
                "destination_address_prefix": "*",
                "network_security_group_name": APPLY,
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == (
        "",
        None,
        "azurerm_network_security_group.web",
        {},
    )
    assert document.facts == {
        "vpc_id": None,
        "rules": [
            {
                "direction": "ingress",
                "action": "allow",
                "protocol": "tcp",
                "sources": [None],
                "destinations": ["0.0.0.0/0", "::/0"],
                "description": "",
            },
            None,
        ],
        "default_ingress": "deny",
        "default_egress": "allow",
        "is_default": False,
    }
    assert unknown(document) == {
        "region": "var.x is decided at apply",
        "country": "var.x is decided at apply",
        "tags": "var.x is decided at apply",
        "rules/0/priority": "var.x is decided at apply",
        "rules/0/from_port": "var.x is decided at apply",
        "rules/0/to_port": "var.x is decided at apply",
        "rules/0/sources/0": "var.x is decided at apply",
        "rules/1": "azurerm_network_security_rule.other.network_security_group_name: "
        "var.x is decided at apply",
        "attached": "nothing in this template attaches the group",
    }


def test_a_rule_of_a_group_elsewhere_is_judged_alone() -> None:
    document = the(
        block(
            "azurerm_network_security_rule.ssh",
            {
                "name": "r",
                "priority": 100,
                "direction": "Inbound",
                "access": "Allow",
                "protocol": "*",
                "source_port_range": "*",
                "destination_port_range": "22",
                "source_address_prefix": "Any",
                "destination_address_prefix": "*",
                "network_security_group_name": "made-by-others",
            },
        ),
    )
    assert (document.region, document.country, document.name, document.tags) == ("", None, "r", {})
    assert document.facts == {
        "vpc_id": None,
        "rules": [
            {
                "direction": "ingress",
                "action": "allow",
                "priority": 100,
                "protocol": "any",
                "from_port": 22,
                "to_port": 22,
                "sources": ["0.0.0.0/0", "::/0"],
                "destinations": ["0.0.0.0/0", "::/0"],
                "description": "Any",
            }
        ],
        "default_ingress": "deny",
        "default_egress": "allow",
        "is_default": False,
    }
    assert unknown(document) == {
        "region": "the rule's group is not part of this template",
        "country": "the rule's group is not part of this template",
        "attached": "nothing in this template attaches the group",
    }


def test_a_denial_of_some_source_ports_denies_nothing() -> None:
    """A client chooses its own source port: such a rule must not hide one that allows."""

    def rule(ports: str) -> dict[str, object]:
        return {
            "name": "r",
            "priority": 100,
            "direction": "Inbound",
            "access": "Deny",
            "protocol": "Tcp",
            "source_port_range": ports,
            "source_address_prefix": "*",
            "destination_address_prefix": "*",
            "destination_port_range": "22",
        }

    document = the(
        block(
            "azurerm_network_security_group.web",
            {
                "name": "web",
                "location": "chinanorth3",
                "security_rule": [rule("1-1024"), rule("*"), rule("0-65535")],
            },
        )
    )
    assert [each.get("action") for each in document.facts["rules"]] == [None, "deny", "deny"]
    assert unknown(document)["rules/0/action"] == "the rule denies some source ports only"


@pytest.mark.parametrize(
    ("values", "known"),
    [
        ({}, True),
        ({"destination_address_prefixes": APPLY}, False),
        ({"access": "Deny"}, False),
        ({"access": APPLY}, False),
        ({"direction": "Outbound"}, False),
    ],
)
def test_a_rule_without_a_destination_lets_in_to_any(values: dict[str, Any], known: bool) -> None:
    written = {
        "name": "r",
        "network_security_group_name": "elsewhere",
        "priority": 100,
        "direction": "Inbound",
        "access": "Allow",
        "protocol": "Tcp",
        "source_port_range": "*",
        "source_address_prefix": "203.0.113.0/24",
        "destination_port_range": "22",
    }
    found = the(block("azurerm_network_security_rule.r", written | values))
    rule = found.facts["rules"][0]
    assert (rule["destinations"] == ["0.0.0.0/0", "::/0"]) is known
    assert ("rules/0/destinations/0" in found.unknown) is not known


def test_what_is_neither_an_address_nor_a_tag_is_unknown() -> None:
    rule = {"name": "r", "network_security_group_name": "elsewhere", "source_address_prefix": "/0"}
    found = the(block("azurerm_network_security_rule.r", rule))
    assert found.unknown["rules/0/sources/0"] == "an address of the rule is not understood"


def test_an_address_that_is_no_machine_may_mean_everyone() -> None:
    rule = {"name": "r", "network_security_group_name": "elsewhere"}
    for values in (
        {"source_address_prefix": "0.0.0.0"},
        {"source_address_prefixes": ["10.0.0.0/8", "::"]},
    ):
        found = the(block("azurerm_network_security_rule.r", {**rule, **values}))
        reasons = [found.unknown.get(f"rules/0/sources/{number}") for number in (0, 1)]
        assert NO_MACHINE.reason in reasons
