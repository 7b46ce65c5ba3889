"""Alert rules of Log Service: at which operations they surely ring."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aliyun.log_alerts import action_policy_of, rings_at, watched_store
from collectors.aliyun.operations import KINDS, Operation

EVERY_15_MINUTES = {"type": "FixedRate", "interval": "15m"}
DELETE = KINDS["vm-delete"][0]
SIGN_IN, ROOT_KEY = KINDS["root-use"]
(FAILURE,) = KINDS["sign-in-failure"]
SEARCH = "event.serviceName: Ecs and event.eventName: DeleteInstance*"
FAILURES = (
    "event.eventName: ConsoleSignin and event.errorMessage: * and not event.errorMessage: success"
)
BY_ROOT = "event.userIdentity.type: root-account"
GROUPED = 'select "event.userIdentity.principalId" as who, count(1) as cnt group by who'
# As in ActionTrail's own rules.
ABOUT_MACHINES = (
    "select account_id, instance_id from (select split(\"event.resourceName\", ';') as names, "
    "array_position(split(\"event.resourceType\", ';'), 'ACS::ECS::Instance') as num from log) "
    "where num > 0 group by account_id, instance_id limit 10000"
)


def rule(query: str, condition: str = "", **other: Any) -> dict[str, Any]:
    start = other.pop("start", "-30m")
    return {
        "version": "2.0",
        "type": "default",
        "threshold": 1,
        "queryList": [{"project": "p", "store": "s", "query": query, "start": start, "end": "now"}],
        "severityConfigurations": [{"evalCondition": {"condition": condition}}],
        **other,
    }


@pytest.mark.parametrize(
    ("configuration", "rings"),
    [
        (rule(SEARCH), True),
        (rule(f"{SEARCH} | {GROUPED}"), True),
        (rule(f"{SEARCH} | {GROUPED}", "cnt > 0"), True),
        (rule(f"{SEARCH} | {GROUPED}", "cnt >= 1"), True),
        (rule(f"{SEARCH} | {ABOUT_MACHINES}"), True),
        (rule(f"{SEARCH} | select count(1) as cnt", "cnt > 0"), True),
        # Rings at a sixth one only.
        (rule(f"{SEARCH} | {GROUPED}", "cnt > 5"), None),
        (rule(f"{SEARCH} | {GROUPED}", "who > 0"), None),
        # A count has a row even where nothing was found: it always rings.
        (rule(f"{SEARCH} | select count(1) as cnt"), None),
        (rule(f"{SEARCH} | {GROUPED} having cnt > 9"), None),
        (rule(f"{SEARCH} | {ABOUT_MACHINES.replace('num > 0', 'num > 0 and x = 1')}"), None),
        (rule(f"{SEARCH} | {ABOUT_MACHINES.replace('ECS::Instance', 'ECS::Disk')}"), None),
        (rule(f"{SEARCH} | extend x = 1"), None),
        (rule(SEARCH, threshold=3), None),
        (rule(SEARCH, version="1.0"), None),
        (rule(SEARCH, severityConfigurations=[]), None),
        (rule(SEARCH, conditionConfiguration={"countCondition": "__count__ > 5"}), None),
        # What happens between two looks goes unseen.
        (rule(SEARCH, start="-5m"), None),
        (rule("event.eventName: RunInstances"), False),
        (rule("*"), False),
        (rule("event.serviceName: Ecs"), False),
        ({**rule(SEARCH), "queryList": []}, None),
    ],
)  # fmt: skip
def test_rules(configuration: dict[str, Any], rings: bool | None) -> None:
    assert rings_at(configuration, EVERY_15_MINUTES, DELETE) is rings


@pytest.mark.parametrize(
    ("schedule", "rings"),
    [
        ({"type": "Hourly"}, None),
        ({"type": "Cron", "cronExpression": "0 0 * * *"}, None),
        ({"type": "FixedRate", "interval": "30m"}, True),
    ],
)
def test_schedules(schedule: dict[str, Any], rings: bool | None) -> None:
    assert rings_at(rule(SEARCH), schedule, DELETE) is rings


@pytest.mark.parametrize(
    ("search", "operation", "rings"),
    [
        (BY_ROOT, SIGN_IN, True),
        (BY_ROOT, ROOT_KEY, True),
        (f"{BY_ROOT} and event.eventName: ConsoleSignin", SIGN_IN, True),
        (f"{BY_ROOT} and event.eventName: ConsoleSignin", ROOT_KEY, None),
        ("event.userIdentity.type: ram-user", SIGN_IN, False),
        (FAILURES, FAILURE, True),
        ("event.eventName: ConsoleSignin and event.errorMessage: *", FAILURE, False),
        ("event.eventName: ConsoleSignin and not event.errorMessage: success", FAILURE, False),
        ("event.eventName: ConsoleSignin", FAILURE, False),
    ],
)  # fmt: skip
def test_the_account_itself_and_sign_ins(
    search: str, operation: Operation, rings: bool | None
) -> None:
    assert rings_at(rule(search), EVERY_15_MINUTES, operation) is rings


def test_many_failures_are_what_an_alarm_on_failures_waits_for() -> None:
    configuration = rule(f"{FAILURES} | {GROUPED}", "cnt > 5")
    assert rings_at(configuration, EVERY_15_MINUTES, FAILURE) is True


def template(name: str) -> dict[str, Any]:
    tokens = {"default.project": "p", "default.logstore": "s", "default.action_policy": "ops"}
    return {"type": "tpl", "templateConfiguration": {"id": name, "tokens": tokens}}


@pytest.mark.parametrize(
    ("name", "kind", "rings"),
    [
        ("esc_release", "vm-delete", True),
        ("esc_release", "vm-create", False),
        ("trail_off", "trail-change", True),
        ("securitygroup_change", "firewall-change", True),
        ("ak_conf_change", "key-deletion", True),
        ("abnormal_login", "sign-in-failure", True),
        # Each of the two is half of a policy change.
        ("ram_auth_change", "policy-change", False),
        ("ram_policy_change", "policy-change", False),
        # Forced reboots alone, and many sign-ins of the account alone.
        ("ecs_force_reboot", "vm-reboot", False),
        ("root_login", "root-use", False),
    ],
)
def test_rules_that_action_trail_brings_along(name: str, kind: str, rings: bool) -> None:
    rule_of = template(f"sls.app.actiontrail.cis.at.{name}")
    assert all(rings_at(rule_of, {}, one) for one in KINDS[kind]) is rings


def test_what_a_template_is_about_and_whom_it_tells() -> None:
    found = template("sls.app.actiontrail.cis.at.trail_off")
    assert watched_store(found) == ("p", "s")
    assert action_policy_of(found) == ("sls.builtin.dynamic", "ops")


def test_templates_of_others_ring_at_none() -> None:
    assert rings_at(template("sls.app.ack.ip.not_enough"), {}, DELETE) is False
