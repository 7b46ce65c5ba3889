"""CloudMonitor over HTTP: which rules are on, reach somebody, and watch what."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.aliyun.resource_alarms import alarms_on
from collectors.aliyun.services.cloudmonitor import SERVICE, alarms
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.aliyun.conftest import OpenAccount, Serve, by_name
from tests.collectors.aliyun.server import AliyunServer, Fault


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve("cms")


@pytest.fixture(autouse=True)
def _nothing_fails(server: AliyunServer) -> None:
    server.decide = lambda asked: None


def deny(server: AliyunServer, operation: str) -> None:
    server.decide = lambda asked: (
        Fault(status=403, code="NoPermission") if asked.operation == operation else None
    )


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("web CPU", (True, ["on-call"], "instance", 1)),
        ("all RDS disks", (True, ["on-call"], "database", 1)),
        ("core group", (True, ["webhook"], "load_balancer", 2)),
        ("tells nobody", (True, [], "database", 1)),
        ("switched off", (False, ["on-call"], "database", 1)),
    ],
)
def test_rules(server: AliyunServer, open_account: OpenAccount, name: str, facts: Any) -> None:
    found = by_name(alarms(open_account(server)))[name]
    assert tuple(found.facts.values()) == facts
    assert found.unknown == {}
    assert "secret" not in str(found.native), "a webhook's address may hold one"


@pytest.mark.parametrize(
    ("namespace", "identity", "count"),
    [
        ("acs_ecs_dashboard", "i-web1", 2),
        ("acs_rds_dashboard", "rm-any", 1),
        ("acs_slb_dashboard", "lb-web", 1),
        ("acs_kvstore", "r-open", 0),
        ("acs_polardb", "pc-core", 0),
        ("acs_ecs_dashboard", "i-other", 0),
    ],
)
def test_what_is_watched(
    server: AliyunServer, open_account: OpenAccount, namespace: str, identity: str, count: int
) -> None:
    assert alarms_on(open_account(server), namespace, identity) == count


@pytest.mark.parametrize(
    ("operation", "identity", "count"),
    [
        ("DescribeMetricRuleList", "i-web1", None),
        ("DescribeContactGroupList", "r-open", None),
        ("DescribeContactList", "r-open", None),
        ("DescribeMonitorGroupInstances", "i-other", None),
        ("DescribeMonitorGroupInstances", "i-web1", 1),
        ("DescribeContactList", "lb-web", 1),
    ],
)
def test_what_cannot_be_read_is_unknown_where_it_decides(
    server: AliyunServer,
    open_account: OpenAccount,
    operation: str,
    identity: str,
    count: int | None,
) -> None:
    deny(server, operation)
    found = alarms_on(open_account(server), "acs_any", identity)
    assert found == (Unknown(f"NoPermission: cms:{operation}") if count is None else count)


@pytest.mark.parametrize(
    ("operation", "fact"),
    [
        ("DescribeContactGroupList", "actions"),
        ("DescribeContactList", "actions"),
        ("DescribeMonitorGroupInstances", "targets"),
    ],
)
def test_a_denial_leaves_its_fact_unknown(
    server: AliyunServer, open_account: OpenAccount, operation: str, fact: str
) -> None:
    deny(server, operation)
    unknown = [one.unknown for one in alarms(open_account(server)) if one.unknown]
    assert {fact: f"NoPermission: cms:{operation}"} in unknown


def test_rules_that_cannot_be_listed_have_a_stand_in(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    deny(server, "DescribeMetricRuleList")
    (found,) = alarms(open_account(server))
    assert found.unlisted


def test_the_service_declares_what_it_asks(server: AliyunServer, open_account: OpenAccount) -> None:
    made: set[Call] = set()
    list(alarms(open_account(server, made=made)))
    assert made == set(SERVICE.calls)
