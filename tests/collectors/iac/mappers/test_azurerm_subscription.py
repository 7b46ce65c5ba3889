"""What a template sets of a subscription: the export of its activity log, Defender for Cloud."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, documents, the, unknown

APPLY = Unknown("var.x is decided at apply")
WORKSPACE = Reference("azurerm_log_analytics_workspace.w")
ACCOUNT = Reference("azurerm_storage_account.s")
ADMINISTRATIVE = [{"category": "Administrative"}]


def export(**values: Any) -> Block:
    given = {
        "target_resource_id": Reference("data.azurerm_subscription.current"),
        "enabled_log": ADMINISTRATIVE,
    }
    return block("azurerm_monitor_diagnostic_setting.d", {**given, **values})


def workspace(**values: Any) -> Block:
    return block("azurerm_log_analytics_workspace.w", {"location": "chinaeast2", **values})


def table(**values: Any) -> Block:
    given = {"workspace_id": WORKSPACE, "name": "AzureActivity", **values}
    return block("azurerm_log_analytics_workspace_table.t", given)


def trail(*blocks: Block) -> Any:
    """The trail of the first document."""
    (found,) = the(*blocks).facts["trails"]
    return found


def test_an_export_to_a_workspace() -> None:
    found = the(export(log_analytics_workspace_id=WORKSPACE), workspace(retention_in_days=200))
    assert (found.type, found.region) == ("account.audit", "global")
    (only,) = found.facts["trails"]
    assert only == {
        "id": "main.tf#azurerm_monitor_diagnostic_setting.d",
        "all_regions": True,
        "management_writes": True,
        "management_reads": False,
        "data_events": [],
        "logging": True,
        "integrity_validation": None,
        "encryption": {"enabled": True, "algorithm": "AES-256"},
        "destination": {
            "store": "main.tf#azurerm_log_analytics_workspace.w",
            "account": "template",
            "region": "chinaeast2",
        },
        "retention_days": 200,
        "store_exposure": {"public": False, "via": []},
        "store_versioning": None,
        "store_lock_days": None,
        "delivery_error": None,
    }
    assert {"alarms", "central", "provider_operations_visible"} <= set(unknown(found))


def test_how_long_a_workspace_keeps_the_activity_log() -> None:
    sent = export(log_analytics_workspace_id=WORKSPACE)
    assert trail(sent, workspace())["retention_days"] == 90
    assert trail(sent, workspace(), table(total_retention_in_days=365))["retention_days"] == 365
    assert trail(sent, workspace(), table(retention_in_days=120))["retention_days"] == 120
    for doubtful in (table(name=APPLY), table(workspace_id=APPLY), table(retention_in_days=APPLY)):
        found = the(sent, workspace(retention_in_days=200), doubtful)
        assert "trails/0/retention_days" in unknown(found)


def test_an_export_to_a_storage_account() -> None:
    policy = [{"state": "Locked", "period_since_creation_in_days": 180}]
    account = block("azurerm_storage_account.s", {"location": "x", "immutability_policy": policy})
    sent = export(storage_account_id=ACCOUNT)
    found = trail(sent, account)
    assert (found["retention_days"], found["store_lock_days"]) == (None, 180)
    assert found["store_exposure"] == {"public": False, "via": []}
    rules = block("azurerm_storage_management_policy.p", {"storage_account_id": ACCOUNT})
    assert "trails/0/retention_days" in unknown(the(sent, account, rules))
    unlocked = [{"state": "Unlocked", "period_since_creation_in_days": 180}]
    account = block("azurerm_storage_account.s", {"immutability_policy": unlocked})
    assert trail(sent, account)["store_lock_days"] == 0


def test_an_export_that_sends_little_or_nobody_knows_where() -> None:
    found = trail(export(enabled_log=[{"category": "Policy"}], storage_account_id="/a"))
    assert (found["management_writes"], found["logging"]) == (False, True)
    found = trail(export(enabled_log=[], storage_account_id="/a"))
    assert (found["management_writes"], found["logging"]) == (False, False)
    lost = unknown(the(export(enabled_log=APPLY, log_analytics_workspace_id=APPLY)))
    for name in ("management_writes", "logging", "retention_days", "destination/store"):
        assert f"trails/0/{name}" in lost
    assert "trails/0/logging" in unknown(the(export()))


@pytest.mark.parametrize(
    ("target", "count"),
    [
        ("/subscriptions/11111111-2222-3333-4444-555555555555", 1),
        (Reference("module.a.data.azurerm_subscription.s"), 1),
        ("/subscriptions/S/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v", 0),
        (Reference("azurerm_key_vault.v"), 0),
        (APPLY, 0),
    ],
)
def test_which_settings_are_of_a_subscription(target: Any, count: int) -> None:
    assert len(documents(export(target_resource_id=target))) == count


def plan(name: str = "p", **values: Any) -> Block:
    return block(f"azurerm_security_center_subscription_pricing.{name}", values)


def test_the_plan_of_servers() -> None:
    found = the(plan(tier="Standard"), plan("q", tier="Standard", resource_type="KeyVaults"))
    (detector,) = found.facts["detectors"]
    assert (detector["enabled"], detector["edition"]) == (True, "standard")
    assert detector["features"] == ["KeyVaults", "VirtualMachines"]
    assert {"notifications", "aggregated"} <= set(unknown(found))
    assert the(plan(tier="Free")).facts["detectors"][0]["enabled"] is False


def test_plans_that_do_not_tell_of_servers() -> None:
    assert documents(plan(tier="Standard", resource_type="KeyVaults")) == []
    for values in ({"tier": APPLY}, {"tier": "Standard", "resource_type": APPLY}):
        assert "detectors/0/enabled" in unknown(the(plan(**values)))


def contact(**values: Any) -> Block:
    given = {"email": "a@example.com", "alerts_to_admins": False, "alert_notifications": True}
    return block("azurerm_security_center_contact.c", {**given, **values})


def test_a_contact() -> None:
    found = the(contact())
    assert found.facts["notifications"] == [{"channel": "email", "active": True}]
    assert {"detectors", "notifications/0/minimum_severity"} <= set(unknown(found))
    assert the(contact(alert_notifications=False)).facts["notifications"][0]["active"] is False
    assert "notifications/0/active" in unknown(the(contact(alert_notifications=APPLY)))
    # One document for what the template sets.
    assert [one.type for one in documents(contact(), plan(tier="Free"))] == [
        "account.threat_detection"
    ]


def test_what_is_of_several_subscriptions() -> None:
    """Exports that name another subscription, or go there by their provider; plans likewise."""
    kind = "azurerm_monitor_diagnostic_setting"
    current = {"target_resource_id": Reference("data.azurerm_subscription.current")}
    other = {"subscription_id": "other"}
    exports = [
        block(f"{kind}.a", current),
        block(f"{kind}.b", {"target_resource_id": "/subscriptions/Other/"}),
        block(f"{kind}.c", {"target_resource_id": Reference("data.azurerm_subscription.other")}),
        block(f"{kind}.d", current, other),
        block(f"{kind}.e", current),
        block(f"{kind}.f", {"target_resource_id": Reference("azurerm_subscription.made")}),
    ]
    data = [
        block("data.azurerm_subscription.current", {}),
        block("data.azurerm_subscription.other", {"subscription_id": "other"}),
        block("azurerm_subscription.made", {"subscription_name": "made"}),
    ]
    found = [each.facts["trails"] for each in documents(*exports, *data)]
    assert [[trail["id"][-1] for trail in each] for each in found] == [
        ["a", "e"],
        ["b", "c"],
        ["d"],
        ["f"],
    ]
    plan = "azurerm_security_center_subscription_pricing"
    plans = documents(
        block(f"{plan}.a", {"tier": "Standard", "resource_type": "VirtualMachines"}),
        block(f"{plan}.b", {"tier": "Free", "resource_type": "VirtualMachines"}, other),
    )
    assert [each.facts["detectors"][0]["enabled"] for each in plans] == [True, False]
