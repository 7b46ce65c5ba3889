"""Alert rules of Azure Monitor: whether they are on, whom they tell, what they watch."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the, unknown

APPLY = Unknown("var.x is decided at apply")
GROUP = Reference("azurerm_monitor_action_group.g")
MACHINE = Reference("azurerm_linux_virtual_machine.m")


def alert(**values: Any) -> Block:
    given = {"name": "a", "scopes": [MACHINE], "action": [{"action_group_id": GROUP}]}
    return block("azurerm_monitor_metric_alert.a", {**given, **values})


def group(**values: Any) -> Block:
    return block("azurerm_monitor_action_group.g", values)


BUCKET = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a"
TELLING = group(email_receiver=[{"name": "ops", "email_address": "ops@example.com"}])
RUNNING = block("azurerm_linux_virtual_machine.m", {})


def test_a_rule_that_tells_somebody() -> None:
    found = the(alert(), TELLING, RUNNING)
    assert (found.type, found.region) == ("monitor.alarm", "global")
    assert found.facts == {
        "enabled": True,
        "actions": ["main.tf#azurerm_monitor_action_group.g"],
        "target_kind": "instance",
        "targets": 1,
    }
    assert unknown(found) == {}


@pytest.mark.parametrize("kind", ["alert_processing_rule", "action_rule"])
def test_a_rule_that_may_be_silenced(kind: str) -> None:
    silence = block(f"azurerm_monitor_{kind}_suppression.s", {"scopes": []})
    assert "silence" in unknown(the(alert(), TELLING, RUNNING, silence))["actions"]
    assert the(alert(action=[]), TELLING, RUNNING, silence).facts["actions"] == []
    off = block(f"azurerm_monitor_{kind}_suppression.s", {"enabled": False})
    assert unknown(the(alert(), TELLING, RUNNING, off)) == {}


def test_a_rule_that_tells_nobody() -> None:
    assert the(alert(enabled=False, action=[]), TELLING, RUNNING).facts["enabled"] is False
    for nobody in (group(), group(email_receiver=[]), group(enabled=False, sms_receiver=[{}])):
        assert the(alert(), nobody, RUNNING).facts["actions"] == []
    assert the(alert(action=[]), TELLING, RUNNING).facts["actions"] == []


@pytest.mark.parametrize(
    ("values", "others"),
    [
        ({"action": APPLY}, [TELLING]),
        ({"action": [{"action_group_id": APPLY}]}, [TELLING]),
        ({}, []),
        ({}, [group(enabled=APPLY, sms_receiver=[{}])]),
        ({}, [group(sms_receiver=APPLY)]),
    ],
)
def test_whom_a_rule_tells_may_be_open(values: dict[str, Any], others: list[Block]) -> None:
    assert "actions" in unknown(the(alert(**values), *others, RUNNING))


def test_one_group_that_tells_is_enough() -> None:
    actions = [{"action_group_id": APPLY}, {"action_group_id": GROUP}]
    found = the(alert(action=actions), TELLING, RUNNING)
    assert found.facts["actions"] == ["main.tf#azurerm_monitor_action_group.g"]


@pytest.mark.parametrize(
    ("values", "kind", "targets"),
    [
        ({"scopes": ["/subscriptions/s"], "target_resource_type": "Microsoft.Sql/servers"},
         "database", 1),
        ({"scopes": [Reference("data.azurerm_lb.l")]}, "load_balancer", 1),
        ({"scopes": [Reference("azurerm_resource_group.g")]}, "other", None),
        ({"scopes": [BUCKET]}, "bucket", None),
        ({"scopes": []}, "other", 0),
        ({"scopes": [APPLY]}, None, None),
        ({"scopes": APPLY}, None, None),
    ],
)  # fmt: skip
def test_what_a_rule_watches(values: dict[str, Any], kind: str | None, targets: int | None) -> None:
    found = the(alert(**values), TELLING)
    assert found.facts.get("target_kind") == kind
    assert found.facts.get("targets") == targets


def test_rules_of_other_kinds() -> None:
    values = {"scopes": ["/subscriptions/s"], "action": [{"action_group_id": GROUP}]}
    found = the(block("azurerm_monitor_activity_log_alert.a", values), TELLING)
    assert (found.facts["target_kind"], found.facts["targets"]) == ("other", 1)
    values = {"location": "chinaeast2", "scopes": [MACHINE], "action": [{"action_groups": [GROUP]}]}
    query = block("azurerm_monitor_scheduled_query_rules_alert_v2.q", values)
    found = the(query, TELLING, RUNNING)
    assert (found.region, len(found.facts["actions"])) == ("chinaeast2", 1)
    values = {"data_source_id": MACHINE, "action": [{"action_group": [GROUP]}]}
    found = the(block("azurerm_monitor_scheduled_query_rules_alert.q", values), TELLING, RUNNING)
    assert (found.facts["targets"], len(found.facts["actions"])) == (1, 1)
