"""Rules on events of operations: of EventBridge, and of CloudMonitor on states of instances."""

from __future__ import annotations

import json
from typing import Any

import pytest

from collectors.aliyun.event_pattern import matches, read
from collectors.aliyun.event_rules import rings_at, state_rule_rings_at, told_by
from collectors.aliyun.operations import KINDS, Operation
from collectors.document import Unknown

EVENT = {"source": "acs.actiontrail", "type": "x", "data": {"eventName": "RunInstances"}}
CREATE, (DELETE, _) = KINDS["vm-create"][0], KINDS["vm-delete"]
TRAIL = {"source": ["acs.actiontrail"]}


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ({}, True),
        ({"source": ["acs.actiontrail"]}, True),
        ({"source": ["acs.oss"]}, False),
        ({"source": [{"prefix": "acs."}]}, True),
        ({"source": [{"prefix": "acs.", "suffix": "oss"}]}, False),
        ({"source": [{"contains": "trail"}]}, True),
        ({"source": [{"anything-but": "acs.actiontrail"}]}, False),
        ({"source": [{"anything-but": {"prefix": "acs.o"}}]}, True),
        ({"source": [{"exists": False}]}, False),
        ({"source": [{"cidr": "10.0.0.0/8"}]}, None),
        ({"data": {"eventName": ["RunInstances", "DeleteInstances"]}}, True),
        ({"data": {"eventName": ["DeleteInstances"]}}, False),
        ({"data": {"acsRegion": ["cn-beijing"]}}, None),
        ({"data": {"acsRegion": ["cn-beijing"], "eventName": ["Stop"]}}, False),
        ({"source": "acs.actiontrail"}, None),
    ],
)
def test_patterns(pattern: Any, found: bool | None) -> None:
    assert matches(pattern, EVENT) is found


def test_a_text_that_is_no_pattern() -> None:
    assert (read(""), read("["), read("[]")) == ({}, None, None)


def rule(pattern: Any, *targets: str) -> dict[str, Any]:
    return {"FilterPattern": json.dumps(pattern), "Targets": [{"Type": one} for one in targets]}


@pytest.mark.parametrize(
    ("pattern", "operation", "found"),
    [
        ({**TRAIL, "data": {"eventName": ["RunInstances"]}}, CREATE, True),
        ({**TRAIL, "data": {"eventName": ["RunInstances"]}}, DELETE, False),
        # It rings at everything.
        (TRAIL, CREATE, False),
        ({"type": [{"suffix": ":ActionTrail:ApiCall"}]}, CREATE, False),
        ({**TRAIL, "type": ["actiontrail:ActionTrail:ConsoleOperation"]}, CREATE, False),
        ({"source": ["acs.ecs"], "type": ["ecs:Instance:StateChange"]}, DELETE, True),
        ({"source": ["acs.ecs"], "type": ["ecs:Instance:StateChange"],
          "data": {"state": ["Deleted"]}}, DELETE, None),
        ({"source": ["acs.ecs"], "data": {"eventName": ["RunInstances"]}}, CREATE, None),
        ({**TRAIL, "data": {"userIdentity": {"type": ["root-account"]}}},
         KINDS["root-use"][1], False),
    ],
)  # fmt: skip
def test_rules_of_event_bridge(pattern: Any, operation: Operation, found: bool | None) -> None:
    assert rings_at(rule(pattern), operation) is found


@pytest.mark.parametrize(
    ("targets", "told"),
    [
        (["acs.mail", "acs.fc.function"], ["acs.mail"]),
        ([], []),
        (["acs.fc.function"], Unknown(
            "whether an event target of the kind acs.fc.function reaches somebody is not known"
        )),
    ],
)  # fmt: skip
def test_targets(targets: list[str], told: Any) -> None:
    assert told_by(rule({}, *targets)) == told


STATES = {
    "EventType": "SYSTEM",
    "EventPattern": {
        "Product": "ECS",
        "NameList": {"NameList": ["Instance:StateChange"]},
        "LevelList": {"LevelList": ["INFO", "WARN"]},
        "EventTypeList": {"EventTypeList": ["*"]},
    },
}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, True),
        ({"LevelList": {"LevelList": ["CRITICAL"]}}, False),
        ({"NameList": {"NameList": ["Disk:Stalled:Executing"]}}, False),
        ({"Product": "RDS"}, False),
        ({"KeywordFilter": {"Keywords": {"Keyword": ["i-1"]}, "Relation": "OR"}}, None),
        ({"EventTypeList": {"EventTypeList": ["Exception"]}}, None),
    ],
)
def test_rules_on_states(change: dict[str, Any], found: bool | None) -> None:
    changed = {**STATES, "EventPattern": {**STATES["EventPattern"], **change}}  # type: ignore[dict-item]
    assert state_rule_rings_at(changed, DELETE) is found


def test_a_rule_of_a_group_sees_its_machines_alone() -> None:
    assert state_rule_rings_at({**STATES, "GroupId": "7"}, DELETE) is None


def test_a_rule_on_events_of_ones_own_sees_no_machines() -> None:
    assert state_rule_rings_at({**STATES, "EventType": "CUSTOM"}, DELETE) is False
    assert state_rule_rings_at({**STATES, "EventType": None}, DELETE) is None
    assert state_rule_rings_at({"EventPattern": STATES["EventPattern"]}, DELETE) is None


def test_states_tell_of_machines_alone() -> None:
    assert state_rule_rings_at(STATES, KINDS["key-deletion"][0]) is False
