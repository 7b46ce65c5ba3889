"""Settings of a subscription in ARM templates."""

from __future__ import annotations

from typing import Any

from tests.collectors.iac.conftest import Read

WORKSPACE = {
    "type": "Microsoft.OperationalInsights/workspaces",
    "name": "ws",
    "properties": {"retentionInDays": 200},
}


def test_an_export_of_the_activity_log(deployment: Read) -> None:
    setting = {
        "type": "Microsoft.Insights/diagnosticSettings",
        "name": "d",
        "properties": {
            "workspaceId": "[resourceId('Microsoft.OperationalInsights/workspaces', 'ws')]",
            "logs": [{"category": "Administrative", "enabled": True}],
        },
    }
    table = {
        "type": "Microsoft.OperationalInsights/workspaces/tables",
        "name": "ws/AzureActivity",
        "properties": {"totalRetentionInDays": 365},
    }
    found = deployment([setting, WORKSPACE, table])["Microsoft.Insights/diagnosticSettings/d"]
    (trail,) = found.facts["trails"]
    assert (trail["management_writes"], trail["logging"], trail["retention_days"]) == (
        True,
        True,
        365,
    )


def test_defender_for_cloud(deployment: Read) -> None:
    def contact(properties: dict[str, Any]) -> Any:
        one = {
            "type": "Microsoft.Security/securityContacts",
            "name": "default",
            "properties": {"emails": "a@example.com", **properties},
        }
        (found,) = deployment([one]).values()
        return found.facts["notifications"]

    plan = {
        "type": "Microsoft.Security/pricings",
        "name": "VirtualMachines",
        "properties": {"pricingTier": "Standard"},
    }
    (found,) = deployment([plan]).values()
    assert found.facts["detectors"][0]["enabled"] is True
    high = {"state": "On", "minimalSeverity": "High"}
    active = [{"channel": "email", "minimum_severity": "high", "active": True}]
    assert contact({"alertNotifications": high}) == active
    later = {"sourceType": "Alert", "minimalSeverity": "High"}
    assert contact({"notificationsSources": [later], "isEnabled": True}) == active
    assert contact({"notificationsSources": []})[0]["active"] is False
    assert contact({"alertNotifications": {"state": "Off"}})[0]["active"] is False


def test_alert_rules_and_whom_they_tell(deployment: Read) -> None:
    group = {
        "type": "Microsoft.Insights/actionGroups",
        "name": "ops",
        "properties": {"enabled": True, "emailReceivers": [{"name": "a"}]},
    }
    group_id = "[resourceId('Microsoft.Insights/actionGroups', 'ops')]"
    scopes = ["[subscription().id]"]
    rules: list[tuple[str, dict[str, Any]]] = [
        ("activityLogAlerts", {"actions": {"actionGroups": [{"actionGroupId": group_id}]}}),
        ("metricAlerts", {"actions": [{"actionGroupId": group_id}], "enabled": True}),
        ("scheduledQueryRules", {"actions": {"actionGroups": [group_id]}, "enabled": True}),
    ]
    resources: list[Any] = [
        {
            "type": f"Microsoft.Insights/{kind}",
            "name": kind,
            "location": "chinaeast2",
            "properties": {"scopes": scopes, **properties},
        }
        for kind, properties in rules
    ]
    found = deployment([*resources, group])
    assert len(found) == 3
    for each in found.values():
        assert each.facts["enabled"] is True
        assert len(each.facts["actions"]) == 1
    empty = {**group, "properties": {"enabled": True, "emailReceivers": []}}
    assert all(each.facts["actions"] == [] for each in deployment([*resources, empty]).values())
    for silent, properties in (
        (True, {"actions": [{"actionType": "RemoveAllActionGroups"}]}),
        (True, {"type": "Suppression", "status": "Enabled"}),
        (False, {"type": "Suppression", "status": "Disabled"}),
        (False, {"actions": [{"actionType": "AddActionGroups", "actionGroupIds": []}]}),
    ):
        kind = "Microsoft.AlertsManagement/actionRules"
        processing = {"type": kind, "name": "p", "properties": properties}
        known = [
            "actions" in each.facts for each in deployment([*resources, group, processing]).values()
        ]
        assert known == [not silent] * 3


def test_roles_and_who_holds_them(deployment: Read) -> None:
    kind = "Microsoft.Authorization/roleDefinitions"
    role = {
        "type": kind,
        "name": "r",
        "properties": {
            "roleName": "mine",
            "assignableScopes": ["[subscription().id]"],
            "permissions": [{"actions": ["*"], "notActions": []}],
        },
    }
    assignment = {
        "type": "Microsoft.Authorization/roleAssignments",
        "name": "a",
        "properties": {
            "roleDefinitionId": "[resourceId('Microsoft.Authorization/roleDefinitions', 'r')]",
            "principalId": "one",
            "principalType": "Group",
        },
    }
    found = deployment([role, assignment])
    policy = found[f"{kind}/r"]
    assert (policy.facts["full_admin"], policy.facts["attached"]) == (True, 1)
    held = found["Microsoft.Authorization/roleAssignments/a"]
    assert (held.facts["privileged"], held.facts["trust"][0]["account"]) == (True, "template")
