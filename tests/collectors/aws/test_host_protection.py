"""The agent, patch management and vulnerabilities of an instance, from what the services tell."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from collectors.aws.host_protection import (
    Agents,
    Assessment,
    Nodes,
    agent,
    patch,
    runtime_on,
    scanning_on,
    vulnerabilities,
)
from collectors.document import Unknown
from collectors.facts.compute import Agent, Patch, Vulnerabilities

NOW = datetime(2026, 9, 30, 12, tzinfo=UTC)
DENIED = Unknown("AccessDenied: told by the test")
ID = "i-1"
NO_AGENT = Agent(installed=False, online=False)
UNMANAGED = Patch(managed=False, critical_missing=None)
NOT_ASSESSED = Vulnerabilities(assessed=False, critical=None, oldest_critical_days=None)


def instance(state: str = "running", *tags: str) -> dict[str, Any]:
    return {
        "InstanceId": ID,
        "State": {"Name": state},
        "Tags": [{"Key": key, "Value": "x"} for key in tags],
    }


def covered(status: str | None = "HEALTHY", version: str = "1.7.0") -> dict[str, Any]:
    details = {"InstanceId": ID} | ({"AgentDetails": {"Version": version}} if version else {})
    resource: dict[str, Any] = {"ResourceDetails": {"Ec2InstanceDetails": details}}
    return resource | ({"CoverageStatus": status} if status else {})


def agents(*resources: dict[str, Any], on: bool = True) -> Agents:
    return Agents(offered=True, on=on, covered=dict.fromkeys([ID], *resources) if resources else {})


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (agents(covered("HEALTHY")), Agent(installed=True, online=True)),
        (agents(covered("HEALTHY", "")), Agent(installed=True, online=True)),
        (agents(covered("UNHEALTHY")), Agent(installed=True, online=False)),
        (agents(covered("UNHEALTHY", "")), NO_AGENT),
        (agents(), NO_AGENT),
        (agents(on=False), NO_AGENT),
        (Agents(offered=True, on=DENIED, covered={}), DENIED),
        (Agents(offered=True, on=True, covered=DENIED), DENIED),
        (Agents(offered=False, on=False, covered={}), None),
    ],
)
def test_the_agent_of_a_running_instance(told: Agents, expected: object) -> None:
    assert agent(instance(), told) == expected


def test_an_agent_whose_status_is_not_told_may_be_online() -> None:
    reason = Unknown("the API does not tell CoverageStatus of this resource")
    found = agent(instance(), agents(covered(None)))
    assert found == Agent(installed=True, online=reason)
    found = agent(instance(), agents(covered(None, "")))
    assert found == Agent(installed=reason, online=reason)


@pytest.mark.parametrize("state", ["stopped", "stopping", "pending"])
def test_an_instance_at_rest_that_is_not_listed_may_have_an_agent(state: str) -> None:
    found = agent(instance(state), agents())
    assert found == Unknown("GuardDuty does not tell of this instance, which is not running")
    assert agent(instance(state), agents(on=False)) == NO_AGENT
    assert agent(instance(state), agents(covered("UNHEALTHY"))) == Agent(
        installed=True, online=False
    )


@pytest.mark.parametrize("tag", ["kubernetes.io/cluster/shop", "eks:cluster-name"])
def test_a_node_of_a_cluster_that_is_not_listed_may_have_an_agent(tag: str) -> None:
    found = agent(instance("running", tag), agents())
    assert found == Unknown(
        "GuardDuty tells of the agents of an EKS cluster, not of one of its nodes"
    )
    assert agent(instance("running", "cluster"), agents()) == NO_AGENT


@pytest.mark.parametrize(
    ("detector", "expected"),
    [
        ({"Status": "ENABLED", "Features": [("RUNTIME_MONITORING", "ENABLED")]}, True),
        ({"Status": "ENABLED", "Features": [("RUNTIME_MONITORING", "DISABLED")]}, False),
        ({"Status": "DISABLED", "Features": [("RUNTIME_MONITORING", "ENABLED")]}, False),
        ({"Status": "ENABLED", "Features": [("EKS_RUNTIME_MONITORING", "ENABLED")]}, False),
        ({"Status": "ENABLED", "Features": []}, False),
        ({"Status": "DISABLED"}, False),
        ({"Status": "ENABLED"}, Unknown("the API does not tell Features of this resource")),
    ],
)
def test_whether_runtime_monitoring_is_on(detector: dict[str, Any], expected: object) -> None:
    if "Features" in detector:
        named = [{"Name": name, "Status": status} for name, status in detector["Features"]]
        detector = detector | {"Features": named}
    assert runtime_on(detector) == expected


def node(status: str | None = "Online") -> dict[str, Any]:
    return {"InstanceId": ID} | ({"PingStatus": status} if status else {})


def nodes(ping: str | None, state: dict[str, Any] | None) -> Nodes:
    return Nodes(known={ID: node(ping)}, states={} if state is None else {ID: state})


@pytest.mark.parametrize(
    ("state", "told", "expected"),
    [
        (
            "running",
            nodes("Online", {"CriticalNonCompliantCount": 0}),
            Patch(managed=True, critical_missing=0),
        ),
        (
            "running",
            nodes("Online", {"CriticalNonCompliantCount": 3}),
            Patch(managed=True, critical_missing=3),
        ),
        (
            "running",
            nodes("Online", {}),
            Patch(
                managed=True,
                critical_missing=Unknown(
                    "the API does not tell CriticalNonCompliantCount of this resource"
                ),
            ),
        ),
        # Patch Manager was never there.
        ("running", nodes("Online", None), UNMANAGED),
        ("running", nodes("ConnectionLost", {"CriticalNonCompliantCount": 0}), UNMANAGED),
        (
            "stopped",
            nodes("ConnectionLost", {"CriticalNonCompliantCount": 1}),
            Patch(managed=True, critical_missing=1),
        ),
        (
            "running",
            nodes(None, {"CriticalNonCompliantCount": 1}),
            Patch(
                managed=Unknown("the API does not tell PingStatus of this resource"),
                critical_missing=1,
            ),
        ),
        ("running", Nodes(known={}, states={}), UNMANAGED),
        ("stopped", Nodes(known={}, states={}), UNMANAGED),
        ("running", Nodes(known=DENIED, states=DENIED), DENIED),
        ("running", Nodes(known={ID: node()}, states=DENIED), DENIED),
        # Nobody needs its patch state.
        ("running", Nodes(known={}, states=DENIED), UNMANAGED),
        ("running", Nodes(known={ID: node("ConnectionLost")}, states=DENIED), UNMANAGED),
    ],
)
def test_patch_management(state: str, told: Nodes, expected: object) -> None:
    assert patch(instance(state), told) == expected


def scan(
    reason: str = "SUCCESSFUL", code: str = "ACTIVE", kind: str = "PACKAGE", at: str = ""
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "resourceId": ID,
        "scanType": kind,
        "scanStatus": {"statusCode": code, "reason": reason},
    }
    return found | ({"lastScannedAt": at} if at else {})


def assessed(critical: Any, days: Any) -> Vulnerabilities:
    return Vulnerabilities(assessed=True, critical=critical, oldest_critical_days=days)


def assessment(*scans: dict[str, Any], critical: Any = None) -> Assessment:
    return Assessment(on=True, scans={ID: list(scans)}, critical=critical or {})


YESTERDAY, LONG_AGO = "2026-09-29T11:00:00Z", "2026-07-01T00:00:00Z"
PENDING = Unknown("Inspector has not scanned this instance yet")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (assessment(scan()), assessed(0, None)),
        (assessment(scan(), critical={"i-2": [LONG_AGO]}), assessed(0, None)),
        (assessment(scan(), critical={ID: [YESTERDAY]}), assessed(1, 1)),
        (assessment(scan(), critical={ID: [YESTERDAY, LONG_AGO]}), assessed(2, 91)),
        # A clock that goes before this one.
        (assessment(scan(), critical={ID: ["2026-09-30T12:00:05Z"]}), assessed(1, 0)),
        (assessment(scan(), critical=DENIED), assessed(DENIED, DENIED)),
        (
            assessment(scan(kind="NETWORK"), scan("UNMANAGED_EC2_INSTANCE", "INACTIVE")),
            NOT_ASSESSED,
        ),
        (assessment(scan(kind="NETWORK")), NOT_ASSESSED),
        (assessment(scan("EXCLUDED_BY_TAG", "INACTIVE")), NOT_ASSESSED),
        (assessment(scan("STALE_INVENTORY", "INACTIVE", at=LONG_AGO)), NOT_ASSESSED),
        (assessment(), NOT_ASSESSED),
        # By one way and not by the other.
        (assessment(scan("NO_INVENTORY", "INACTIVE"), scan()), assessed(0, None)),
        (assessment(scan("PENDING_INITIAL_SCAN")), assessed(PENDING, PENDING)),
        (assessment(scan("PENDING_INITIAL_SCAN", at=YESTERDAY)), assessed(0, None)),
        (
            assessment(
                scan("EC2_INSTANCE_STOPPED", "INACTIVE", at=LONG_AGO), critical={ID: [LONG_AGO]}
            ),
            assessed(1, 91),
        ),
        (assessment(scan("EC2_INSTANCE_STOPPED", "INACTIVE")), assessed(PENDING, PENDING)),
        (Assessment(on=False, scans={}, critical={}), NOT_ASSESSED),
        (Assessment(on=True, scans={}, critical={}), NOT_ASSESSED),
        (Assessment(on=DENIED, scans={}, critical={}), DENIED),
        (Assessment(on=True, scans=DENIED, critical={}), DENIED),
        (
            assessment({"resourceId": ID, "scanType": "PACKAGE"}),
            Unknown("inspector2:ListCoverage does not tell the status of a scan"),
        ),
    ],
)
def test_vulnerabilities(told: Assessment, expected: object) -> None:
    assert vulnerabilities(ID, told, NOW) == expected


def status(account: str, ec2: str) -> dict[str, Any]:
    return {"accountId": account, "resourceState": {"ec2": {"status": ec2}}}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"accounts": [status("2", "DISABLED"), status("1", "ENABLED")]}, True),
        ({"accounts": [status("1", "ENABLING")]}, False),
        ({"accounts": [status("1", "SUSPENDED")]}, False),
        ({"accounts": [status("1", "DISABLED")], "failedAccounts": []}, False),
        (
            {"accounts": [], "failedAccounts": [{"accountId": "1", "errorCode": "ACCESS_DENIED"}]},
            Unknown("ACCESS_DENIED: inspector2:BatchGetAccountStatus"),
        ),
        (
            {"accounts": [status("2", "ENABLED")]},
            Unknown("inspector2:BatchGetAccountStatus does not tell of account 1"),
        ),
    ],
)
def test_whether_inspector_scans(answer: dict[str, Any], expected: object) -> None:
    assert scanning_on(answer, "1") == expected
