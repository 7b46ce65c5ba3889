"""Alarms on critical operations: alert rules on the activity log. Pure.

A rule counts for a kind of operation where its conditions surely hold for each of the kind's events
that succeed. Conditions on anything else, such as the caller or one resource, narrow the rule: it
is passed over.
"""

from __future__ import annotations

from typing import Any

from collectors.azure.alert_processing import Listeners
from collectors.azure.calls import listing
from collectors.azure.ids import key
from collectors.document import Unknown
from collectors.facts.account import OperationAlarm

ACTIVITY_ALERT = "Microsoft.Insights/activityLogAlerts"
LIST_ACTIVITY_ALERTS = listing(ACTIVITY_ALERT, "ActivityLogAlerts_ListBySubscriptionId")

Item = dict[str, Any]

_OPERATIONS = {
    "vm-create": "Microsoft.Compute/virtualMachines/write",
    "vm-delete": "Microsoft.Compute/virtualMachines/delete",
    "vm-reboot": "Microsoft.Compute/virtualMachines/restart/action",
    "policy-change": "Microsoft.Authorization/roleAssignments/write",
    "trail-change": "Microsoft.Insights/diagnosticSettings/delete",
    "key-deletion": "Microsoft.KeyVault/vaults/delete",
    "firewall-change": "Microsoft.Network/networkSecurityGroups/securityRules/write",
}
"""The kinds of operation of the facts, and what the activity log calls each. Deleting a key of a
vault is an operation on data, which the activity log does not have: the vault's deletion is."""


def operation_alarms(rules: list[Item], listeners: Listeners) -> list[OperationAlarm]:
    """An alarm for each kind of operation that a rule on the whole subscription watches."""
    whole = key(f"/subscriptions/{listeners.subscription}")
    found = []
    for rule in rules:
        properties = rule["properties"]
        scopes = [key("/" + str(one).lstrip("/")) for one in properties.get("scopes") or ()]
        if whole not in scopes:
            continue
        for kind, operation in _OPERATIONS.items():
            if _holds(properties.get("condition"), operation):
                found.append(
                    OperationAlarm(
                        on=kind,
                        active=properties.get("enabled", _UNTOLD),
                        notifies=listeners.hear(rule, (whole,)),
                    )
                )
    return found


_UNTOLD = Unknown("the alert rule does not tell whether it is on")


def _holds(condition: Item | None, operation: str) -> bool:
    conditions = (condition or {}).get("allOf") or []
    return bool(conditions) and all(_is_met(one, operation) for one in conditions)


def _is_met(condition: Item, operation: str) -> bool:
    if condition.get("anyOf"):
        return any(_is_met(one, operation) for one in condition["anyOf"])
    event = {
        "category": "administrative",
        "operationname": operation.lower(),
        "resourcetype": operation.rpartition("/")[0].removesuffix("/restart").lower(),
        "level": "informational",
        "status": "succeeded",
    }
    value = event.get(str(condition.get("field")).lower())
    wanted = [condition.get("equals"), *(condition.get("containsAny") or ())]
    return value is not None and value in [str(one).lower() for one in wanted if one]
