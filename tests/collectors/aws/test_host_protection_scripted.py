"""GuardDuty, Systems Manager and Inspector by a script of answers: what is asked, paging, denials,
and what becomes of the instances' facts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from collectors.aws.host_protection import HOST_PROTECTION_CALLS, Hosts, protection, read_hosts
from collectors.document import Unknown
from collectors.facts.compute import Agent, Patch, Vulnerabilities
from tests.collectors.aws.conftest import ACCOUNT_ID, OpenAccount
from tests.collectors.aws.scripted import Reply, Scripted, error, scripted

REGION = "us-east-1"
NOW = datetime(2026, 9, 30, tzinfo=UTC)
PATHS = {
    "/detector": "guardduty:ListDetectors",
    "/detector/d1": "guardduty:GetDetector",
    "/detector/d1/coverage": "guardduty:ListCoverage",
    "/status/batch/get": "inspector2:BatchGetAccountStatus",
    "/coverage/list": "inspector2:ListCoverage",
    "/findings/list": "inspector2:ListFindings",
}
NODES, STATES = "DescribeInstanceInformation", "DescribeInstancePatchStates"
WELL, LOST, BARE = "i-00000000000000001", "i-00000000000000002", "i-00000000000000003"
NOT_ASSESSED = Vulnerabilities(assessed=False, critical=None, oldest_critical_days=None)


def says(answer: Any) -> Reply:
    return Reply(body=json.dumps(answer))


def covered(instance: str, status: str) -> dict[str, Any]:
    details = {"instanceId": instance, "agentDetails": {"version": "1.7.0"}}
    kind = {"resourceType": "EC2", "ec2InstanceDetails": details}
    return {"resourceId": instance, "coverageStatus": status, "resourceDetails": kind}


def node(instance: str, status: str) -> dict[str, str]:
    return {"InstanceId": instance, "PingStatus": status}


def state(instance: str, critical: int) -> dict[str, Any]:
    return {
        "InstanceId": instance,
        "PatchGroup": "",
        "BaselineId": "pb-1",
        "Operation": "Scan",
        "OperationStartTime": 1790000000,
        "OperationEndTime": 1790000000,
        "CriticalNonCompliantCount": critical,
    }


def scan(instance: str, code: str, reason: str) -> dict[str, Any]:
    return {
        "resourceId": instance,
        "resourceType": "AWS_EC2_INSTANCE",
        "accountId": ACCOUNT_ID,
        "scanType": "PACKAGE",
        "scanStatus": {"statusCode": code, "reason": reason},
    }


def finding(instance: str, day: str) -> dict[str, Any]:
    seen = datetime.fromisoformat(f"{day}T00:00:00+00:00").timestamp()
    resource = {"type": "AWS_EC2_INSTANCE", "id": instance}
    return {"resources": [resource], "firstObservedAt": seen, "severity": "CRITICAL"}


def a_protected_region() -> dict[str, list[Reply]]:
    """One instance is well, one has lost its agents, one has nothing; lists come in pages."""
    return {
        "guardduty:ListDetectors": [says({"detectorIds": ["d1"]})],
        "guardduty:GetDetector": [
            says(
                {
                    "status": "ENABLED",
                    "features": [{"name": "RUNTIME_MONITORING", "status": "ENABLED"}],
                }
            )
        ],
        "guardduty:ListCoverage": [
            says({"resources": [covered(WELL, "HEALTHY")], "nextToken": "more"}),
            says({"resources": [covered(LOST, "UNHEALTHY")]}),
        ],
        NODES: [
            says({"InstanceInformationList": [node("mi-1", "Online")], "NextToken": "more"}),
            says({"InstanceInformationList": [node(WELL, "Online"), node(LOST, "ConnectionLost")]}),
        ],
        STATES: [says({"InstancePatchStates": [state(WELL, 2), state(LOST, 0)]})],
        "inspector2:BatchGetAccountStatus": [
            says(
                {
                    "accounts": [
                        {
                            "accountId": ACCOUNT_ID,
                            "state": {"status": "ENABLED"},
                            "resourceState": {"ec2": {"status": "ENABLED"}},
                        }
                    ]
                }
            )
        ],
        "inspector2:ListCoverage": [
            says({"coveredResources": [scan(WELL, "ACTIVE", "SUCCESSFUL")], "nextToken": "more"}),
            says({"coveredResources": [scan(LOST, "INACTIVE", "STALE_INVENTORY")]}),
        ],
        "inspector2:ListFindings": [
            says({"findings": [finding(WELL, "2026-09-20")], "nextToken": "more"}),
            says({"findings": [finding(WELL, "2026-08-31")]}),
        ],
    }


@pytest.fixture
def server() -> Iterator[Scripted]:
    with scripted(lambda path: PATHS[path]) as running:
        running.replies = a_protected_region()
        yield running


def asked(server: Scripted, operation: str) -> list[Any]:
    return [json.loads(one.body) for one in server.asked if one.operation == operation]


def of(instance: str, hosts: Hosts) -> tuple[Any, ...]:
    return protection({"InstanceId": instance, "State": {"Name": "running"}}, hosts, NOW)


def test_what_protects_each_instance(server: Scripted, open_account: OpenAccount) -> None:
    hosts = read_hosts(open_account(server.url, REGION), REGION, [WELL, LOST, BARE])
    assert of(WELL, hosts) == (
        Agent(installed=True, online=True),
        Patch(managed=True, critical_missing=2),
        Vulnerabilities(assessed=True, critical=2, oldest_critical_days=30),
    )
    assert of(LOST, hosts) == (
        Agent(installed=True, online=False),
        Patch(managed=False, critical_missing=None),
        NOT_ASSESSED,
    )
    assert of(BARE, hosts) == (
        Agent(installed=False, online=False),
        Patch(managed=False, critical_missing=None),
        NOT_ASSESSED,
    )


def test_what_is_asked(server: Scripted, open_account: OpenAccount) -> None:
    read_hosts(open_account(server.url, REGION), REGION, [WELL, LOST, BARE])
    first, second = asked(server, "guardduty:ListCoverage")
    assert first == {
        "filterCriteria": {
            "filterCriterion": [
                {"criterionKey": "RESOURCE_TYPE", "filterCondition": {"equals": ["EC2"]}},
                {"criterionKey": "ACCOUNT_ID", "filterCondition": {"equals": [ACCOUNT_ID]}},
            ]
        }
    }
    assert second == {**first, "nextToken": "more"}
    # Neither machines outside EC2 nor instances that Systems Manager does not know.
    assert asked(server, STATES) == [{"InstanceIds": [WELL, LOST]}]
    assert asked(server, "inspector2:BatchGetAccountStatus") == [{"accountIds": [ACCOUNT_ID]}]
    instances = {"comparison": "EQUALS", "value": "AWS_EC2_INSTANCE"}
    own = {"comparison": "EQUALS", "value": ACCOUNT_ID}
    assert asked(server, "inspector2:ListCoverage")[0] == {
        "filterCriteria": {"resourceType": [instances], "accountId": [own]}
    }
    assert asked(server, "inspector2:ListFindings")[0] == {
        "filterCriteria": {
            "resourceType": [instances],
            "awsAccountId": [own],
            "findingType": [{"comparison": "EQUALS", "value": "PACKAGE_VULNERABILITY"}],
            "severity": [{"comparison": "EQUALS", "value": "CRITICAL"}],
            "findingStatus": [
                {"comparison": "EQUALS", "value": "ACTIVE"},
                {"comparison": "EQUALS", "value": "SUPPRESSED"},
            ],
        }
    }
    made = {
        f"ssm:{one.operation}" if ":" not in one.operation else one.operation
        for one in server.asked
    }
    assert made == {call.name for call in HOST_PROTECTION_CALLS}


@pytest.mark.parametrize(
    ("operation", "permission", "unread"),
    [
        ("guardduty:ListDetectors", "guardduty:ListDetectors", {"agent"}),
        ("guardduty:GetDetector", "guardduty:GetDetector", {"agent"}),
        ("guardduty:ListCoverage", "guardduty:ListCoverage", {"agent"}),
        (NODES, "ssm:DescribeInstanceInformation", {"patch"}),
        (STATES, "ssm:DescribeInstancePatchStates", {"patch"}),
        (
            "inspector2:BatchGetAccountStatus",
            "inspector2:BatchGetAccountStatus",
            {"vulnerabilities"},
        ),
        ("inspector2:ListCoverage", "inspector2:ListCoverage", {"vulnerabilities"}),
    ],
)
def test_a_denial_leaves_exactly_its_fact_unknown(
    operation: str,
    permission: str,
    unread: set[str],
    server: Scripted,
    open_account: OpenAccount,
) -> None:
    server.replies[operation] = [error("AccessDeniedException", 403)]
    hosts = read_hosts(open_account(server.url, REGION), REGION, [WELL])
    facts = dict(zip(("agent", "patch", "vulnerabilities"), of(WELL, hosts), strict=True))
    reason = Unknown(f"AccessDeniedException: {permission}")
    assert {name for name, fact in facts.items() if fact == reason} == unread
    assert not any(isinstance(facts[name], Unknown) for name in facts.keys() - unread)


def test_findings_that_are_denied_do_not_hide_that_there_is_an_assessment(
    server: Scripted, open_account: OpenAccount
) -> None:
    server.replies["inspector2:ListFindings"].insert(1, error("AccessDeniedException", 403))
    hosts = read_hosts(open_account(server.url, REGION), REGION, [WELL, LOST])
    reason = Unknown("AccessDeniedException: inspector2:ListFindings")
    assert of(WELL, hosts)[2] == Vulnerabilities(
        assessed=True, critical=reason, oldest_critical_days=reason
    ), "the page that was read is not all"
    assert of(LOST, hosts)[2] == NOT_ASSESSED


def test_what_is_off_is_not_asked_further(server: Scripted, open_account: OpenAccount) -> None:
    server.replies["guardduty:ListDetectors"] = [says({"detectorIds": []})]
    server.replies[NODES] = [says({"InstanceInformationList": []})]
    off = {"accountId": ACCOUNT_ID, "resourceState": {"ec2": {"status": "DISABLED"}}}
    server.replies["inspector2:BatchGetAccountStatus"] = [says({"accounts": [off]})]
    hosts = read_hosts(open_account(server.url, REGION), REGION, [WELL])
    assert of(WELL, hosts) == (
        Agent(installed=False, online=False),
        Patch(managed=False, critical_missing=None),
        NOT_ASSESSED,
    )
    assert [one.operation for one in server.asked] == [
        "guardduty:ListDetectors",
        NODES,
        "inspector2:BatchGetAccountStatus",
    ]


def test_no_agent_is_offered_in_mainland_china(server: Scripted, open_account: OpenAccount) -> None:
    hosts = read_hosts(open_account(server.url, "cn-north-1"), "cn-north-1", [WELL])
    found = of(WELL, hosts)
    assert found[0] is None
    assert found[1:] == (
        Patch(managed=True, critical_missing=2),
        Vulnerabilities(assessed=True, critical=2, oldest_critical_days=30),
    )
    assert not any(one.operation.startswith("guardduty:") for one in server.asked)


def test_without_instances_nothing_is_asked(server: Scripted, open_account: OpenAccount) -> None:
    read_hosts(open_account(server.url, REGION), REGION, [])
    assert server.asked == []


def test_patch_states_are_asked_for_fifty_at_a_time(
    server: Scripted, open_account: OpenAccount
) -> None:
    ids = [f"i-{number:017d}" for number in range(101)]
    nodes = [node(one, "Online") for one in ids]
    server.replies[NODES] = [says({"InstanceInformationList": nodes})]
    server.replies[STATES] = [
        says({"InstancePatchStates": [state(one, 1) for one in ids[start : start + 50]]})
        for start in (0, 50, 100)
    ]
    hosts = read_hosts(open_account(server.url, REGION), REGION, ids)
    assert [one["InstanceIds"] for one in asked(server, STATES)] == [
        ids[:50],
        ids[50:100],
        ids[100:],
    ]
    assert {of(one, hosts)[1].critical_missing for one in ids} == {1}


def test_an_agent_of_nobody_leaves_all_unknown(server: Scripted, open_account: OpenAccount) -> None:
    server.replies["guardduty:ListCoverage"] = [
        says({"resources": [covered(WELL, "HEALTHY"), {"coverageStatus": "HEALTHY"}]})
    ]
    hosts = read_hosts(open_account(server.url, REGION), REGION, [WELL])
    assert of(WELL, hosts)[0] == Unknown(
        "guardduty:ListCoverage does not tell of which instance it speaks"
    )


@pytest.mark.parametrize(
    ("operation", "fact"),
    [
        ("guardduty:ListCoverage", 0),
        (NODES, 1),
        (STATES, 1),
        ("inspector2:ListCoverage", 2),
    ],
)
def test_an_answer_without_its_list_is_no_empty_list(
    operation: str, fact: int, server: Scripted, open_account: OpenAccount
) -> None:
    server.replies[operation] = [says({})]
    hosts = read_hosts(open_account(server.url, REGION), REGION, [WELL])
    found = of(WELL, hosts)[fact]
    assert isinstance(found, Unknown)
    assert found.reason.startswith("MalformedResponse: ")
