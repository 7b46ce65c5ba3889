"""Alarms on operations over HTTP: which are on, see everything, and tell somebody."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from collectors.aliyun.operation_alarms import alarms_on
from collectors.document import Unknown
from collectors.facts.account import OperationAlarm
from collectors.logic import Known
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.server import AliyunServer, Fault
from tests.collectors.aliyun.world import load

PRODUCTS = ("sls", "cms", "eventbridge", "ecs", "vpc", "slb", "rds", "polardb", "r-kvstore", "dds",
            "oss", "cs", "fc", "nas", "kms")  # fmt: skip
WORLD = load(*PRODUCTS)
ARRIVES: dict[tuple[str, str], Known] = {("audit", "actiontrail_core"): True}
BY_LOG = {"key-deletion": ["ops"], "trail-change": ["ops"]}
BY_STATE = {kind: ["on-call"] for kind in ("vm-create", "vm-delete", "vm-reboot")}
BY_EVENT = {"firewall-change": ["acs.mail"]}
MAIL = 'fire(type="email", users=["alex"])'


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve(world=WORLD)


@pytest.fixture(autouse=True)
def _same_world(server: AliyunServer) -> None:
    server.world = copy.deepcopy(WORLD)
    server.decide = lambda asked: None


def found(
    server: AliyunServer,
    open_account: OpenAccount,
    *regions: str,
    stores: dict[tuple[str, str], Known] | None = None,
) -> tuple[dict[str, list[str]], list[str]]:
    """Whom the alarms tell, by kind, and the reasons for what is not known."""
    account = open_account(server, *regions)
    listed = alarms_on(account, ARRIVES if stores is None else stores, [])
    alarms = [one for one in listed if isinstance(one, OperationAlarm)]
    assert all(one.active is True for one in alarms)
    told: Any = {one.on: one.notifies for one in alarms}
    return told, [one.reason for one in listed if isinstance(one, Unknown)]


def record(server: AliyunServer, identity: str, **change: Any) -> None:
    """Change a record of Log Service."""
    for entry in server.world["sls"]["GetResourceRecord"]:
        if entry["body"].get("id") == identity:
            value = json.loads(entry["body"]["value"]) | change
            entry["body"]["value"] = json.dumps(value)


def test_what_has_an_alarm(server: AliyunServer, open_account: OpenAccount) -> None:
    assert found(server, open_account) == (BY_LOG | BY_STATE | BY_EVENT, [])


def test_records_that_do_not_arrive_ring_no_bell(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    stopped: dict[tuple[str, str], Known] = {("audit", "actiontrail_core"): False}
    assert found(server, open_account, stores=stopped) == (BY_STATE | BY_EVENT, [])
    unread: dict[tuple[str, str], Known] = {("audit", "actiontrail_core"): Unknown("not read")}
    assert found(server, open_account, stores=unread) == (BY_STATE | BY_EVENT, ["not read"])


@pytest.mark.parametrize(
    ("identity", "change", "doubts"),
    [
        ("alex", {"enabled": False}, []),
        ("alex", {"email": []}, []),
        ("devops", {"enabled": False}, []),
        ("devops", {"members": []}, []),
        ("ops", {"primary_policy_script": ""}, []),
        ("ops", {"primary_policy_script": f'if alert.severity >= 8:\n  {MAIL}'},
         ["the action policy ops tells somebody of some alerts alone"]),
        ("ops", {"primary_policy_script": 'fire(type="email", users=["alex"], period="worktime")'},
         ["an action policy tells somebody at some times alone"]),
        ("ops", {"primary_policy_script": 'fire(type="fc", function="f")'},
         ["whether an action of the kind fc reaches somebody is not known"]),
        ("ops", {"primary_policy_script": 'fire(type="sms", oncall_groups=["night"])'},
         ["who is on duty is not read"]),
        ("ops", {"primary_policy_script": 'fire(type="email", users=["alex"], period=nights)'},
         ["the script of an alert policy or action policy is not understood"]),
        ("ops", {"primary_policy_script": "for x in y: fire()"},
         ["the script of an alert policy or action policy is not understood"]),
    ],
)  # fmt: skip
def test_whom_the_policies_do_not_tell(
    server: AliyunServer,
    open_account: OpenAccount,
    identity: str,
    change: dict[str, Any],
    doubts: list[str],
) -> None:
    record(server, identity, **change)
    assert found(server, open_account) == (BY_STATE | BY_EVENT, doubts)


@pytest.mark.parametrize(
    "script",
    [
        f'fire(type="voice", users=["alex"], groups=["devops"])\n{MAIL}',
        f'if alert.severity >= 8:\n  {MAIL}\n  stop()\nfire(type="email", groups=["devops"])',
        f'if alert.severity >= 8:\n  {MAIL}\nelse:\n  fire(type="email", groups=["devops"])',
    ],
)
def test_every_way_through_a_policy_tells(
    server: AliyunServer, open_account: OpenAccount, script: str
) -> None:
    record(server, "ops", primary_policy_script=script)
    assert found(server, open_account) == (BY_LOG | BY_STATE | BY_EVENT, [])


def test_an_alert_policy_that_may_hold_back(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    record(server, "routed", silence_script="silence(alert.severity < 8)")
    told, doubts = found(server, open_account)
    assert told == {"trail-change": ["ops"]} | BY_STATE | BY_EVENT
    assert doubts == ["the alert policy routed may hold alerts back"]


def test_an_alert_that_is_muted(server: AliyunServer, open_account: OpenAccount) -> None:
    alerts = server.world["sls"]["ListAlerts"][0]["body"]["results"]
    for alert in alerts:
        alert["configuration"]["muteUntil"] = 4102444800
    assert found(server, open_account) == (BY_STATE | BY_EVENT, [])


def test_two_rules_share_a_kind(server: AliyunServer, open_account: OpenAccount) -> None:
    alerts = server.world["sls"]["ListAlerts"][0]["body"]["results"]
    for name in ("ram_auth_change", "ram_policy_change"):
        alerts.append(copy.deepcopy(alerts[0]))
        template = alerts[-1]["configuration"]["templateConfiguration"]
        template["id"] = f"sls.app.actiontrail.cis.at.{name}"
        if name == "ram_auth_change":
            half, _ = found(server, open_account)
            assert "policy-change" not in half
    told, _ = found(server, open_account)
    assert told["policy-change"] == ["ops"]


def test_a_rule_that_is_not_understood_may_ring(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    alerts = server.world["sls"]["ListAlerts"][0]["body"]["results"]
    alerts[1]["configuration"]["queryList"][0]["query"] = "event.eventName = ScheduleKeyDeletion"
    told, doubts = found(server, open_account)
    assert "key-deletion" not in told
    assert doubts == ["an alarm rule may watch the operation, but is not wholly understood"]


def test_event_rules_are_needed_in_every_region_in_use(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    rules = server.world["eventbridge"]["ListRules"]
    rules[0]["when"] = {"region": "cn-hangzhou"}
    rules.append({"body": {"Data": {"Total": 0, "Rules": []}}})
    told, doubts = found(server, open_account, "cn-hangzhou", "cn-beijing")
    assert "firewall-change" not in told
    assert doubts == ["an event rule watches the operation in some of the regions alone"]


def test_event_bridge_is_asked_where_it_exists(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    server.seen.clear()
    found(server, open_account, "cn-hangzhou", "cn-shenzhen-finance-1")
    asked = {one.region for one in server.seen if one.operation == "ListRules"}
    assert asked == {"cn-hangzhou"}


def test_event_bridge_that_is_not_activated(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    code = {"Code": "ServiceAccessDenied", "Message": "not enabled EventBridge Service"}
    server.world["eventbridge"]["ListRules"] = [{"status": 403, "body": code}]
    assert found(server, open_account) == (BY_LOG | BY_STATE, [])


def test_rules_that_are_off(server: AliyunServer, open_account: OpenAccount) -> None:
    for rule in server.world["eventbridge"]["ListRules"][0]["body"]["Data"]["Rules"]:
        rule["Status"] = "DISABLE"
    for rule in server.world["cms"]["DescribeEventRuleList"][0]["body"]["EventRules"]["EventRule"]:
        rule["State"] = "DISABLED"
    assert found(server, open_account) == (BY_LOG, [])


def test_a_rule_whose_contacts_cannot_be_reached(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    body = server.world["cms"]["DescribeEventRuleTargetList"][0]["body"]
    body["ContactParameters"]["ContactParameter"][0]["ContactGroupName"] = "empty"
    assert found(server, open_account) == (BY_LOG | BY_EVENT, [])


@pytest.mark.parametrize(
    ("operation", "lost", "permission"),
    [
        ("ListAlerts", BY_LOG, "log:ListAlerts"),
        ("GetResourceRecord", BY_LOG, "log:GetResourceRecord"),
        ("ListRules", BY_EVENT, "eventbridge:ListRules"),
        ("DescribeEventRuleList", BY_STATE, "cms:DescribeEventRuleList"),
        ("DescribeEventRuleTargetList", BY_STATE, "cms:DescribeEventRuleTargetList"),
        ("DescribeContactList", BY_STATE, "cms:DescribeContactList"),
    ],
)
def test_a_denial_makes_no_alarm_and_no_absence(
    server: AliyunServer,
    open_account: OpenAccount,
    operation: str,
    lost: dict[str, list[str]],
    permission: str,
) -> None:
    server.decide = lambda asked: (
        Fault(status=403, code="NoPermission") if asked.operation == operation else None
    )
    told, doubts = found(server, open_account)
    whole = BY_LOG | BY_STATE | BY_EVENT
    assert told == {kind: names for kind, names in whole.items() if kind not in lost}
    assert doubts == [f"NoPermission: {permission}"]


def test_rules_of_event_bridge_have_pages(server: AliyunServer, open_account: OpenAccount) -> None:
    rules = server.world["eventbridge"]["ListRules"][0]["body"]["Data"]["Rules"]
    rules.reverse()
    server.page = 1
    told, _ = found(server, open_account)
    server.page = 1000
    assert told["firewall-change"] == ["acs.mail"]
