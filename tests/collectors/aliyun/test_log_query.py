"""Search statements of Log Service: what they surely find, and what nobody can say."""

from __future__ import annotations

import pytest

from collectors.aliyun.log_query import finds, split

LOG = {
    "__topic__": "actiontrail_audit_event",
    "event.serviceName": "Ecs",
    "event.eventName": "DeleteInstances",
    "event.errorCode": None,
}


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("*", True),
        ("event.eventName: DeleteInstances", True),
        ("event.eventName:DeleteInstances", True),
        ('"event.eventName": "DeleteInstances"', True),
        ("event.eventName: DeleteInstance", False),
        ("event.eventName: Delete*", True),
        ("event.eventName: DeleteInstance?", True),
        ("event.eventName: Run*", False),
        # Whether case matters is a setting of the index.
        ("event.eventName: deleteinstances", None),
        ("event.serviceName: Ecs and event.eventName: DeleteInstances", True),
        ("event.serviceName: Ecs event.eventName: DeleteInstances", True),
        ("event.serviceName: Rds AND event.eventName: DeleteInstances", False),
        ("event.eventName: RunInstances OR event.eventName: DeleteInstances", True),
        # "and" binds closer than "or".
        ("event.eventName: Run* and event.serviceName: Rds or event.serviceName: Ecs", True),
        ("event.eventName: Run* and (event.serviceName: Rds or event.serviceName: Ecs)", False),
        ("event.serviceName: Ecs not event.eventName: RunInstances", True),
        ("event.serviceName: Ecs and not event.eventName: DeleteInstances", False),
        ("event.errorCode: *", False),
        ("not event.errorCode: *", True),
        ("event.sourceIpAddress: 10.0.0.1", None),
        ("event.serviceName: Ecs and event.sourceIpAddress: 10.0.0.1", None),
        ("event.serviceName: Rds and event.sourceIpAddress: 10.0.0.1", False),
        ("DeleteInstances", None),
        ("event.errorCode != ''", None),
        ("event.serviceName: Ecs and", None),
        ("event.serviceName: (Ecs or Rds)", None),
        ("(event.serviceName: Ecs", None),
        ("", None),
    ],
)  # fmt: skip
def test_what_a_search_finds(search: str, found: bool | None) -> None:
    assert finds(search, LOG) is found


@pytest.mark.parametrize(
    ("statement", "parts"),
    [
        ("a: b", ("a: b", "")),
        ("a: b | select 1", ("a: b", "select 1")),
        ('a: "b|c" | select 1 | x', ('a: "b|c"', "select 1 | x")),
    ],
)
def test_the_analysis_stands_behind_the_first_bar(statement: str, parts: tuple[str, str]) -> None:
    assert split(statement) == parts
