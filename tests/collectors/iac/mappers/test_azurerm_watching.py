"""Alert rules that watch machines and balancers."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
MACHINE = block("azurerm_linux_virtual_machine.m", {"name": "m"})
GROUP = Reference("azurerm_monitor_action_group.g")
LISTENER = block(GROUP.address, {"name": "g", "email_receiver": [{"email_address": "a@b.c"}]})
RULE = {
    "scopes": [Reference(MACHINE.address)],
    "action": [{"action_group_id": GROUP}],
}


@pytest.mark.parametrize(
    ("values", "number"),
    [
        ({}, 1),
        ({"enabled": False}, None),
        ({"enabled": APPLY}, None),
        ({"action": []}, None),
        ({"scopes": ["/elsewhere"]}, None),
        ({"scopes": APPLY}, None),
    ],
)
def test_rules_that_are_heard_count(values: dict[str, Any], number: int | None) -> None:
    rule = block("azurerm_monitor_metric_alert.r", RULE | values)
    found = the(MACHINE, rule, LISTENER)
    assert found.facts.get("alarms") == number
    assert ("alarms" in found.unknown) == (number is None)


def test_a_rule_that_may_silence_it() -> None:
    rule = block("azurerm_monitor_metric_alert.r", RULE)
    silence = block("azurerm_monitor_alert_processing_rule_suppression.s", {"scopes": []})
    assert "alarms" in the(MACHINE, rule, LISTENER, silence).unknown


def test_a_query_that_watches_a_balancer() -> None:
    balancer = block("azurerm_lb.l", {"name": "l"})
    given = RULE | {"scopes": None, "data_source_id": Reference(balancer.address)}
    given["action"] = [{"action_group": [GROUP]}]
    rule = block("azurerm_monitor_scheduled_query_rules_alert.q", given)
    assert the(balancer, rule, LISTENER).facts["alarms"] == 1
