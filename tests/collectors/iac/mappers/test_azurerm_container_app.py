"""Apps and jobs of Container Apps: who reaches them, their environment and log."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
ENVIRONMENT = Reference("azurerm_container_app_environment.e")
SUBNET = Reference("azurerm_subnet.s")
EXTERNAL = {"external_enabled": True, "target_port": 8080}
DENIES = {"action": "Deny", "ip_address_range": "203.0.113.0/24"}
ALLOWS = {"action": "Allow", "ip_address_range": "203.0.113.0/24"}


def environment(**values: Any) -> Block:
    given = {"name": "e", "location": "chinaeast2", **values}
    return block("azurerm_container_app_environment.e", given)


def app(*others: Block, **values: Any) -> Document:
    given = {"name": "a", "container_app_environment_id": ENVIRONMENT, **values}
    return the(block("azurerm_container_app.a", given), *others)


@pytest.mark.parametrize(
    ("ingress", "around", "public"),
    [
        (None, {}, False),
        ({"target_port": 8080}, {}, False),
        (EXTERNAL, {}, True),
        (EXTERNAL, {"internal_load_balancer_enabled": True}, False),
        (EXTERNAL, {"public_network_access": "Disabled"}, False),
        (EXTERNAL | {"ip_security_restriction": [ALLOWS]}, {}, False),
        (EXTERNAL | {"ip_security_restriction": [DENIES]}, {}, True),
        (EXTERNAL | {"client_certificate_mode": "require"}, {}, None),
        (EXTERNAL | {"ip_security_restriction": APPLY}, {}, None),
        ({"external_enabled": APPLY, "target_port": 1}, {}, None),
        (EXTERNAL, {"internal_load_balancer_enabled": APPLY}, None),
        (APPLY, {}, None),
    ],
)
def test_who_reaches_an_app(ingress: Any, around: dict[str, Any], public: bool | None) -> None:
    written = ingress if ingress is None or isinstance(ingress, Unknown) else [ingress]
    found = app(environment(**around), ingress=written)
    assert found.facts["exposure"].get("public") is public
    assert ("exposure/public" in found.unknown) == (public is None)


def test_an_environment_that_stands_elsewhere() -> None:
    assert "exposure/public" in app(ingress=[EXTERNAL]).unknown
    quiet = app()
    assert quiet.facts["exposure"]["public"] is False
    assert {"network_kind", "firewalls", "logging/enabled", "region"} <= set(quiet.unknown)


def test_a_subnet_and_its_group() -> None:
    nsg = block("azurerm_network_security_group.n", {"name": "n"})
    link = {"subnet_id": SUBNET, "network_security_group_id": Reference(nsg.address)}
    others = (
        environment(infrastructure_subnet_id=SUBNET),
        block("azurerm_subnet.s", {"name": "s"}),
        nsg,
        block("azurerm_subnet_network_security_group_association.l", link),
    )
    found = app(*others, ingress=[EXTERNAL])
    # The group lets nobody in from the internet.
    assert (found.facts["exposure"]["public"], found.facts["network_kind"]) == (False, "vpc")
    assert found.facts["firewalls"] == ["main.tf#azurerm_network_security_group.n"]
    outside = app(environment())
    assert (outside.facts["network_kind"], outside.facts["firewalls"]) == ("public", None)


@pytest.mark.parametrize(
    ("env", "mode", "secret"),
    [
        ([], "Single", False),
        ([{"name": "DB_PASSWORD", "value": "hunter2hunter2"}], "Single", True),
        ([{"name": "DB_PASSWORD", "secret_name": "db"}], "Single", False),
        ([{"name": "MODE", "value": APPLY}], "Single", None),
        ([], "Multiple", None),
        ([], APPLY, None),
        (APPLY, "Single", None),
    ],
)
def test_secrets(env: Any, mode: Any, secret: bool | None) -> None:
    template = [{"container": [{"name": "web", "env": env}]}]
    found = app(environment(), template=template, revision_mode=mode)
    assert found.facts.get("environment_secrets") is secret
    assert "hunter" not in repr(found)


def test_log() -> None:
    workspace = block(
        "azurerm_log_analytics_workspace.w", {"location": "chinaeast2", "retention_in_days": 180}
    )
    own = environment(log_analytics_workspace_id=Reference(workspace.address))
    log = app(own, workspace).facts["logging"]
    assert (log["enabled"], log["retention_days"]) == (True, 180)
    assert app(environment()).facts["logging"]["enabled"] is False
    monitored = app(environment(logs_destination="azure-monitor"))
    assert monitored.facts["logging"]["enabled"] is False
    assert "logging/enabled" in app(environment(log_analytics_workspace_id=APPLY)).unknown
