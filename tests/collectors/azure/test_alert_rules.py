"""Alert rules of Azure Monitor over HTTP: whom they tell, what they watch."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.alert_actions import tells, told_by
from collectors.azure.resource_alarms import LIST_METRIC_ALERTS, alarms_on
from collectors.azure.services.alert_rules import SERVICE, alert_rules
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.azure.conftest import OpenAccount, Serve, by_name
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION

WHOLE = f"/subscriptions/{SUBSCRIPTION}"
CORE = f"{WHOLE}/resourceGroups/rg-core/providers"
OPS = f"{CORE}/Microsoft.Insights/actionGroups/ops"
FOREIGN = OPS.replace(SUBSCRIPTION, "0f0f0f0f-0000-4000-8000-0000000000c1")
MACHINE = "Microsoft.Compute/virtualMachines"
WORLD = ("alarms", "activity_log", "account_configuration")


METRIC_ALERTS = LIST_METRIC_ALERTS.path.format(subscription=SUBSCRIPTION)


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve(*WORLD)


@pytest.fixture(scope="module")
def shared(serve: Serve) -> AzureServer:
    """For tests that say themselves what the rules are."""
    return serve(*WORLD)


def test_rules_are_documents(server: AzureServer, open_account: OpenAccount) -> None:
    made: set[Call] = set()
    found = by_name(alert_rules(open_account(server, made=made)))
    assert made == set(SERVICE.calls)
    seen = {name: tuple(one.facts.values()) for name, one in found.items()}
    assert seen["cpu"] == (True, [OPS], "instance", 1)
    # On all machines of a resource group.
    assert seen["all-vms"] == (True, [OPS], "instance", 1)
    # The machine of one is not there any more.
    assert seen["heartbeat"] == (True, [OPS], "instance", 0)
    assert seen["mute"] == (True, [], "instance", 1)
    # Two of this name: on a metric, and on the activity log.
    assert seen["off"] == (False, [OPS], "other", 1)
    assert (seen["delete"], seen["silent"]) == ((True, [OPS], "other", 1), (True, [], "other", 1))


@pytest.mark.parametrize(
    ("operation", "name", "facts"),
    [
        ("ActionGroups_ListBySubscriptionId", "cpu", {"actions"}),
        ("Resources_List", "cpu", {"targets"}),
        ("Resources_List", "delete", set()),
    ],
)
def test_what_is_denied_is_unknown(
    server: AzureServer, open_account: OpenAccount, operation: str, name: str, facts: set[str]
) -> None:
    server.decide = lambda asked: (
        Fault(status=403, code="AuthorizationFailed") if asked.call.operation == operation else None
    )
    assert set(by_name(alert_rules(open_account(server)))[name].unknown) == facts
    server.decide = lambda asked: None


def test_lists_that_are_denied_have_stand_ins(
    server: AzureServer, open_account: OpenAccount
) -> None:
    server.decide = lambda asked: (
        Fault(status=403, code="AuthorizationFailed") if "Alerts" in asked.call.operation else None
    )
    found = list(alert_rules(open_account(server)))
    server.decide = lambda asked: None
    assert [one.name for one in found if not one.unlisted] == ["heartbeat"]
    assert sum(bool(one.unlisted) for one in found) == 2


def rule(*scopes: str, to: str, **more: Any) -> dict[str, Any]:
    properties = {"enabled": True, "scopes": list(scopes), "actions": [{"actionGroupId": to}]}
    return {
        "id": f"{CORE}/Microsoft.Insights/metricAlerts/x",
        "name": "x",
        "properties": {**properties, **more},
    }


@pytest.mark.parametrize(
    ("found", "facts", "unknown"),
    [
        (rule(f"{CORE}/{MACHINE}/vm-web/extensions/a", to=OPS), {"targets": 1}, set()),
        (rule(WHOLE, to=OPS, targetResourceType="Microsoft.Sql/servers/databases"),
         {"targets": 1, "target_kind": "database"}, set()),
        (rule(WHOLE.replace("a1b2", "ffff"), to=OPS), {}, {"targets"}),
        (rule(WHOLE, to=FOREIGN), {}, {"actions"}),
        (rule(WHOLE, to=OPS, enabled="true"), {}, {"enabled"}),
        (rule(to=OPS, targetResourceTypes=[MACHINE, "Microsoft.Compute/disks"]),
         {"targets": 0, "target_kind": "other"}, set()),
    ],
)  # fmt: skip
def test_what_a_rule_watches(
    shared: AzureServer,
    open_account: OpenAccount,
    found: dict[str, Any],
    facts: dict[str, Any],
    unknown: set[str],
) -> None:
    hooked = {"actionGroupId": OPS, "webHookProperties": {"token": "s3cret"}}
    found["properties"]["actions"].append({**hooked, "actionGroupId": ""})
    shared.put(METRIC_ALERTS, {"value": [found]})
    document = by_name(alert_rules(open_account(shared)))["x"]
    assert document.facts | facts == document.facts
    assert set(document.unknown) == unknown
    assert "s3cret" not in str(document.native)


def test_a_foreign_group_may_tell_somebody(shared: AzureServer, open_account: OpenAccount) -> None:
    machine = f"{CORE}/{MACHINE}/vm-x"
    shared.put(METRIC_ALERTS, {"value": [rule(machine, to=FOREIGN)]})
    assert isinstance(alarms_on(open_account(shared), machine, MACHINE), Unknown)
    shared.put(METRIC_ALERTS, {"value": [rule(machine, to=FOREIGN), rule(machine, to=OPS)]})
    assert alarms_on(open_account(shared), machine, MACHINE) == 1


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ({"enabled": True, "emailReceivers": [{"status": "Enabled"}]}, True),
        # Who gets mails can unsubscribe.
        ({"enabled": True, "emailReceivers": [{"status": "Disabled"}]}, False),
        ({"enabled": True, "smsReceivers": [{"status": "Disabled"}], "voiceReceivers": [{}]}, True),
        ({"enabled": True, "emailReceivers": [], "webhookReceivers": []}, False),
        ({"enabled": False, "webhookReceivers": [{"serviceUri": "https://a"}]}, False),
        ({"webhookReceivers": [{"serviceUri": "https://a"}]}, False),
    ],
)
def test_a_group_tells_whoever_is_left(group: dict[str, Any], expected: bool) -> None:
    assert tells(group) is expected


def test_a_rule_without_actions_tells_nobody() -> None:
    assert told_by({}, set(), SUBSCRIPTION) == []
    assert told_by({"actions": {"actionGroups": [OPS]}}, {OPS.lower()}, SUBSCRIPTION) == [OPS]
