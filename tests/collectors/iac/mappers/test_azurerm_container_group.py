"""Groups of Container Instances: their network, environment, rights and log."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
SUBNET = Reference("azurerm_subnet.s")


def group(*others: Block, **values: Any) -> Document:
    given = {"name": "g", "location": "chinaeast2", "container": [{"name": "web"}]}
    return the(block("azurerm_container_group.g", {**given, **values}), *others)


@pytest.mark.parametrize(
    ("values", "public", "kind"),
    [
        ({}, True, "public"),
        ({"ip_address_type": "public"}, True, "public"),
        ({"ip_address_type": "None"}, False, "public"),
        ({"ip_address_type": APPLY}, None, "public"),
        ({"ip_address_type": "Other"}, None, "public"),
        # In a network a group has no public address.
        ({"subnet_ids": [SUBNET]}, False, "vpc"),
        ({"network_profile_id": "/profiles/p"}, False, "vpc"),
        ({"subnet_ids": APPLY}, None, None),
    ],
)
def test_place(values: dict[str, Any], public: bool | None, kind: str | None) -> None:
    found = group(**values)
    assert found.facts.get("public_address") is public
    assert found.facts["exposure"].get("public") is public
    assert found.facts.get("network_kind") == kind


def test_a_group_in_a_network_stands_behind_the_groups_of_its_subnet() -> None:
    nsg = block("azurerm_network_security_group.n", {"name": "n"})
    link = {"subnet_id": SUBNET, "network_security_group_id": Reference(nsg.address)}
    network = {"virtual_network_name": Reference("azurerm_virtual_network.v", "name")}
    found = group(
        block("azurerm_subnet.s", network),
        block("azurerm_virtual_network.v", {"name": "v"}),
        nsg,
        block("azurerm_subnet_network_security_group_association.l", link),
        subnet_ids=[SUBNET],
    )
    assert found.facts["firewalls"] == ["main.tf#azurerm_network_security_group.n"]
    assert found.facts["vpc_id"] == "main.tf#azurerm_virtual_network.v"
    elsewhere = group(subnet_ids=["/subnets/s"])
    assert {"firewalls", "vpc_id"} <= set(elsewhere.unknown)


@pytest.mark.parametrize(
    ("container", "secret"),
    [
        ({}, False),
        ({"environment_variables": {"MODE": "fast"}}, False),
        ({"environment_variables": {"DB_PASSWORD": "hunter2hunter2"}}, True),
        ({"secure_environment_variables": {"DB_PASSWORD": "hunter2hunter2"}}, False),
        ({"environment_variables": {"MODE": APPLY}}, None),
        ({"environment_variables": {"MODE": Reference("random_string.r", "result")}}, None),
        ({"environment_variables": {"MODE": {"length": 10, "result": APPLY}}}, None),
        ({"environment_variables": APPLY}, None),
    ],
)
def test_secrets(container: dict[str, Any], secret: bool | None) -> None:
    for name in ("container", "init_container"):
        found = group(**{name: [{"name": "web", **container}]})
        assert found.facts.get("environment_secrets") is secret
        assert "hunter" not in repr(found)


def test_rights_and_identity() -> None:
    mighty = {"name": "root", "security": [{"privilege_enabled": True}]}
    found = group(container=[mighty, {"name": "web"}], identity=[{"identity_ids": ["/ids/one"]}])
    assert (found.facts["privileged_containers"], found.facts["role"]) == (["root"], "/ids/one")
    open_ = group(container=[{"name": "web", "security": APPLY}])
    assert "privileged_containers/0" in open_.unknown
    # ARM alone has capabilities.
    for capabilities, mighty_ones in (
        ([APPLY, "SYS_ADMIN"], ["web"]),
        (["CHOWN"], []),
        ([APPLY], None),
    ):
        added = group(container=[{"name": "web", "security": [{"capabilities": capabilities}]}])
        assert ("privileged_containers/0" in added.unknown) == (mighty_ones is None)
        assert mighty_ones is None or added.facts["privileged_containers"] == mighty_ones
    nothing = group(container=APPLY)
    assert {"privileged_containers", "environment_secrets"} <= set(nothing.unknown)


def test_log() -> None:
    assert group().facts["logging"]["enabled"] is False
    setting = {"workspace_id": Reference("azurerm_log_analytics_workspace.w", "workspace_id")}
    workspace = block(
        "azurerm_log_analytics_workspace.w", {"location": "chinaeast2", "retention_in_days": 180}
    )
    found = group(workspace, diagnostics=[{"log_analytics": [setting]}])
    log = found.facts["logging"]
    assert (log["enabled"], log["retention_days"], log["destination_region"]) == (
        True,
        180,
        "chinaeast2",
    )
    away = group(diagnostics=[{"log_analytics": [{"workspace_id": "x"}]}])
    assert "logging/retention_days" in away.unknown
