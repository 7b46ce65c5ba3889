"""Alert processing rules: who still hears an alert."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from collectors.azure.alert_processing import LIST_PROCESSING_RULES, Listeners, listeners
from collectors.azure.alert_schedules import in_force
from collectors.azure.operation_alerts import operation_alarms
from collectors.azure.resource_alarms import LIST_METRIC_ALERTS, alarms_on
from collectors.document import Unknown
from tests.collectors.azure.conftest import OpenAccount, Serve
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION

WHOLE = f"/subscriptions/{SUBSCRIPTION}"
CORE = f"{WHOLE}/resourceGroups/rg-core"
OPS = f"{CORE}/providers/Microsoft.Insights/actionGroups/ops"
NIGHT = OPS.replace("ops", "night")
MACHINE = "Microsoft.Compute/virtualMachines"
WEB = f"{CORE}/providers/{MACHINE}/vm-web"
RULE: dict[str, Any] = {
    "id": f"{CORE}/providers/Microsoft.Insights/metricAlerts/cpu",
    "name": "cpu",
    "properties": {
        "enabled": True,
        "severity": 2,
        "description": "Load of the core",
        "scopes": [WEB],
        "actions": [{"actionGroupId": OPS}],
    },
}
NOW = datetime(2026, 6, 10, 12)


def processing(*groups: str, scope: str = WHOLE, **more: Any) -> dict[str, Any]:
    """A processing rule that adds groups, or without any takes all away."""
    action = {"actionType": "AddActionGroups", "actionGroupIds": list(groups)}
    actions = [action] if groups else [{"actionType": "RemoveAllActionGroups"}]
    return {"scopes": [scope], "actions": actions, **more}


def where(field: str, operator: str, *values: str) -> dict[str, Any]:
    """A condition of a processing rule, without a schedule."""
    return {"conditions": [{"field": field, "operator": operator, "values": list(values)}]}


def heard(rule: dict[str, Any], *rules: dict[str, Any], at: tuple[str, ...] = (WEB,)) -> Any:
    who = Listeners(
        subscription=SUBSCRIPTION,
        groups={OPS.lower(), NIGHT.lower()},
        processing=list(rules),
    )
    found = who.hear(rule, at)
    return "?" if isinstance(found, Unknown) else found


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (processing(), []),
        (processing(scope=CORE.upper()), []),
        (processing(scope=f"{WHOLE}/resourceGroups/rg"), [OPS]),
        (processing(scope=WEB), []),
        (processing(schedule={"recurrences": [{"recurrenceType": "Daily",
         "startTime": "22:00:00", "endTime": "04:00:00"}]}), "?"),
        (processing(schedule={"effectiveFrom": "2999-01-01T00:00:00"}), [OPS]),
        (processing(schedule={"effectiveUntil": "2999-01-01T00:00:00"}), "?"),
        (processing(schedule={"recurrences": [{"recurrenceType": "Yearly"}]}), "?"),
        (processing(**where("Severity", "Equals", "Sev0", "Sev2")), []),
        (processing(**where("Severity", "NotEquals", "Sev2")), [OPS]),
        (processing(**where("AlertRuleId", "Equals", RULE["id"].upper())), []),
        (processing(**where("AlertRuleName", "Contains", "mem", "CP")), []),
        (processing(**where("AlertRuleName", "DoesNotContain", "mem", "CP")), [OPS]),
        (processing(**where("Description", "Contains", "of the core")), []),
        (processing(**where("MonitorCondition", "Equals", "Resolved")), [OPS]),
        (processing(**where("TargetResource", "NotEquals", WEB)), [OPS]),
        (processing(**where("TargetResourceType", "Equals", MACHINE.upper())), []),
        (processing(**where("MonitorService", "Equals", "Platform")), "?"),
        (processing(**where("AlertRuleName", "Like", "cpu")), "?"),
        (processing(**where("AlertContext", "Contains", "x"), scope=f"{WHOLE}/resourceGroups/r"),
         [OPS]),
        (processing(NIGHT), [OPS, NIGHT]),
        (processing(NIGHT, scope=f"{WHOLE}/resourceGroups/rg"), [OPS]),
    ],
)  # fmt: skip
def test_which_alerts_are_silenced(rule: dict[str, Any], expected: Any) -> None:
    assert heard(RULE, rule) == expected


def test_what_silences_wins() -> None:
    assert heard(RULE, processing(NIGHT), processing()) == []


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (processing(NIGHT), [NIGHT]),
        (processing(OPS.replace("ops", "nobody")), []),
        (processing(NIGHT, schedule={"effectiveUntil": "2001-01-01T00:00:00"}), []),
        (processing(NIGHT, schedule={"effectiveFrom": "2999-01-01T00:00:00"}), "?"),
        (processing(NIGHT, **where("MonitorService", "Equals", "Platform")), "?"),
        (processing(NIGHT.replace(SUBSCRIPTION, "another")), "?"),
    ],
)
def test_groups_may_be_added_to_a_rule_without_any(rule: dict[str, Any], expected: Any) -> None:
    silent = {**RULE, "properties": {**RULE["properties"], "actions": []}}
    assert heard(silent, rule) == expected


def test_a_rule_on_many_resources_is_silenced_for_some() -> None:
    other = WEB.replace("vm-web", "vm-db")
    assert heard(RULE, processing(scope=WEB), at=(WEB, other)) == "?"
    assert heard(RULE, processing(scope=WEB), at=(CORE,)) == "?"
    assert heard(RULE, processing(), at=(WEB, other)) == []
    assert heard(RULE, processing(scope=WEB), at=(other,)) == [OPS]
    query = {"criteria": {"allOf": [{"resourceIdColumn": "_ResourceId"}]}}
    rule = {**RULE, "properties": {**RULE["properties"], **query}}
    assert heard(rule, processing(scope=WEB), at=(other,)) == "?", "it may be about any resource"


def test_service_health_is_not_processed() -> None:
    condition = {"allOf": [{"field": "category", "equals": "ServiceHealth"}]}
    rule = {**RULE, "properties": {**RULE["properties"], "condition": condition}}
    assert heard(rule, processing()) == [OPS]


def recurring(*hours: tuple[str, str], **more: Any) -> dict[str, Any]:
    """A schedule with hours of every day, or of what `more` says."""
    kind = {"recurrenceType": "Daily", **more}
    return {"recurrences": [{**kind, "startTime": one, "endTime": end} for one, end in hours]}


WORKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (None, "always"),
        ({"effectiveFrom": "2026-06-01T08:00:00"}, "always"),
        ({"effectiveUntil": "2026-06-01T08:00:00"}, "never"),
        ({"effectiveUntil": "2026-06-10T11:00:00"}, "?"),
        ({"effectiveUntil": "2026-07-01T08:00:00.000"}, "?"),
        ({"effectiveUntil": "soon"}, "?"),
        ({"effectiveFrom": "2026-07-01T08:00:00"}, "later"),
        (recurring(("06:00:00", "14:00:00")), "sometimes"),
        (recurring(("06:00:00", "14:00:00"), ("14:00:00", "06:00:00")), "always"),
        (recurring(("00:00:00", "23:59:59")), "always"),
        (recurring(("00:00:00", "00:00:00")), "always"),
        ({"recurrences": [{"recurrenceType": "Weekly", "daysOfWeek": WORKDAYS}]}, "sometimes"),
        # Outside business hours, and then within them too.
        ({"recurrences": [{"recurrenceType": "Daily", "startTime": "17:00:00",
                           "endTime": "09:00:00"},
                          {"recurrenceType": "Weekly", "daysOfWeek": ["Saturday", "Sunday"]}]},
         "sometimes"),
        ({"recurrences": [{"recurrenceType": "Daily", "startTime": "17:00:00",
                           "endTime": "09:00:00"},
                          {"recurrenceType": "Weekly", "daysOfWeek": ["Saturday", "Sunday"]},
                          {"recurrenceType": "Weekly", "daysOfWeek": WORKDAYS,
                           "startTime": "08:00:00", "endTime": "17:00:00"}]}, "always"),
        (recurring(("00:00:00", "00:00:00"), recurrenceType="Monthly", daysOfMonth=[1, 15]),
         "sometimes"),
        (recurring(("00:00:00", "00:00:00"), recurrenceType="Monthly",
                   daysOfMonth=list(range(1, 32))), "always"),
        (recurring(("6am", "7am")), "?"),
    ],
)  # fmt: skip
def test_when_a_rule_is_in_force(schedule: Any, expected: str) -> None:
    found = in_force(schedule, NOW)
    assert ("?" if isinstance(found, Unknown) else found) == expected


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("alarms", "activity_log")


def test_alarms_that_nobody_hears(server: AzureServer, open_account: OpenAccount) -> None:
    path = LIST_PROCESSING_RULES.path.format(subscription=SUBSCRIPTION)
    server.put(LIST_METRIC_ALERTS.path.format(subscription=SUBSCRIPTION), {"value": [RULE]})
    alert = {
        "id": f"{CORE}/providers/Microsoft.Insights/activityLogAlerts/delete",
        "name": "delete",
        "properties": {
            "enabled": True,
            "scopes": [WHOLE],
            "condition": {
                "allOf": [
                    {"field": "category", "equals": "Administrative"},
                    {"field": "operationName", "equals": f"{MACHINE}/delete"},
                ]
            },
            "actions": {"actionGroups": [{"actionGroupId": OPS}]},
        },
    }

    def told() -> tuple[Any, Any]:
        account = open_account(server)
        (alarm,) = operation_alarms([alert], listeners(account))
        return alarms_on(account, WEB, MACHINE), alarm.notifies

    assert told() == (1, [OPS]), "weekends of other alarms and what is over take nothing away"
    weekends = {"recurrences": [{"recurrenceType": "Weekly", "daysOfWeek": ["Saturday"]}]}
    rule = {"id": "x", "name": "x", "properties": processing(schedule=weekends)}
    server.put(path, {"value": [rule]})
    assert [type(one) for one in told()] == [Unknown, Unknown], "of a Saturday nobody hears"
    rule = {"id": "x", "name": "x", "properties": processing(scope=CORE, enabled=True)}
    server.put(path, {"value": [rule]})
    alarms, notifies = told()
    assert alarms == 0
    assert isinstance(notifies, Unknown), "operations in one resource group are silenced"
    server.put(path, {"value": [{**rule, "properties": processing()}]})
    assert told() == (0, []), "a rule is on where it does not say otherwise"
    server.decide = lambda asked: (
        Fault(status=403, code="AuthorizationFailed")
        if asked.call == LIST_PROCESSING_RULES
        else None
    )
    assert [type(one) for one in told()] == [Unknown, Unknown]
    server.decide = lambda asked: (
        Fault(status=404, code="InvalidResourceNamespace")
        if asked.call == LIST_PROCESSING_RULES
        else None
    )
    assert [type(one) for one in told()] == [Unknown, Unknown], "a refusal proves nothing"
