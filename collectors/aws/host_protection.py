"""What protects the instances of a region: the agent of GuardDuty, the patches of Systems Manager
and the assessment of Inspector, joined by instance id.

Sources: guardduty ListDetectors, GetDetector, ListCoverage; ssm DescribeInstanceInformation,
DescribeInstancePatchStates; inspector2 BatchGetAccountStatus, ListCoverage, ListFindings. Another
maker's agent, patch management or assessment is not known to AWS and does not count.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec import Struct

from collectors.aws.account import Account
from collectors.aws.logic import Known, told
from collectors.aws.services.guardduty import GET_DETECTOR, LIST_DETECTORS
from collectors.calls import Call, Scope
from collectors.document import Unknown, then
from collectors.facts.compute import Agent, Patch, Vulnerabilities


def _call(
    service: str, operation: str, result: str, *, paged: bool = True, scope: Scope = "region"
) -> Call:
    return Call(
        provider="aws",
        service=service,
        operation=operation,
        permission=f"{service}:{operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


LIST_AGENT_COVERAGE = _call("guardduty", "ListCoverage", "Resources", scope="resource")
DESCRIBE_NODES = _call("ssm", "DescribeInstanceInformation", "InstanceInformationList")
DESCRIBE_PATCH_STATES = _call("ssm", "DescribeInstancePatchStates", "InstancePatchStates")
GET_ACCOUNT_STATUS = _call("inspector2", "BatchGetAccountStatus", "", paged=False)
LIST_SCAN_COVERAGE = _call("inspector2", "ListCoverage", "coveredResources")
LIST_FINDINGS = _call("inspector2", "ListFindings", "findings")

HOST_PROTECTION_CALLS = (
    LIST_DETECTORS,
    GET_DETECTOR,
    LIST_AGENT_COVERAGE,
    DESCRIBE_NODES,
    DESCRIBE_PATCH_STATES,
    GET_ACCOUNT_STATUS,
    LIST_SCAN_COVERAGE,
    LIST_FINDINGS,
)

# ssm:DescribeInstancePatchStates takes at most 50 ids (Systems Manager API reference).
_NODES_AT_ONCE = 50
_RUNTIME_FEATURE = "RUNTIME_MONITORING"
_EC2_INSTANCE = "AWS_EC2_INSTANCE"
# The tags by which EC2 instances of an EKS cluster are known (EKS user guide).
_EKS_TAGS = ("kubernetes.io/cluster/", "eks:cluster-name", "aws:eks:cluster-name")


class Agents(Struct, frozen=True, kw_only=True):
    """GuardDuty's agents. `covered` has what guardduty:ListCoverage tells of an instance, by id; it
    is empty where Runtime Monitoring is not on."""

    offered: bool
    on: Known
    covered: dict[str, dict[str, Any]] | Unknown


class Nodes(Struct, frozen=True, kw_only=True):
    """Managed nodes of Systems Manager and what its Patch Manager found on them, by id."""

    known: dict[str, dict[str, Any]] | Unknown
    states: dict[str, dict[str, Any]] | Unknown


class Assessment(Struct, frozen=True, kw_only=True):
    """Inspector's scans of instances, and when each critical finding was first seen, by instance
    id; both are empty where it is not on."""

    on: Known
    scans: dict[str, list[dict[str, Any]]] | Unknown
    critical: dict[str, list[str]] | Unknown


class Hosts(Struct, frozen=True, kw_only=True):
    """What the three services tell of the instances of a region."""

    agents: Agents
    nodes: Nodes
    assessment: Assessment


_NOTHING = Hosts(
    agents=Agents(offered=False, on=False, covered={}),
    nodes=Nodes(known={}, states={}),
    assessment=Assessment(on=False, scans={}, critical={}),
)


def read_hosts(account: Account, region: str, ids: Iterable[str]) -> Hosts:
    """What is told of the instances of those ids. Where there are none, nothing is asked."""
    wanted = set(ids)
    if not wanted:
        return _NOTHING
    return Hosts(
        agents=_agents(account, region),
        nodes=_nodes(account, region, wanted),
        assessment=_assessment(account, region),
    )


def _agents(account: Account, region: str) -> Agents:
    if account.partition == "aws-cn":
        # "Runtime Monitoring is not supported in the China Regions" (user guide of AWS in China).
        return _NOTHING.agents
    names = account.read(LIST_DETECTORS, region)
    if isinstance(names, Unknown) or not names:
        return Agents(offered=True, on=then(names, bool), covered={})
    detector_id = names[0]
    on = then(account.read(GET_DETECTOR, region, detector_id, DetectorId=detector_id), runtime_on)
    if on is not True:
        return Agents(offered=True, on=on, covered={})
    resources = account.read(
        LIST_AGENT_COVERAGE,
        region,
        detector_id,
        DetectorId=detector_id,
        FilterCriteria={
            "FilterCriterion": [
                {"CriterionKey": "RESOURCE_TYPE", "FilterCondition": {"Equals": ["EC2"]}},
                {"CriterionKey": "ACCOUNT_ID", "FilterCondition": {"Equals": [account.id]}},
            ]
        },
    )
    return Agents(offered=True, on=True, covered=then(resources, _by_covered_instance))


def _by_covered_instance(resources: list[dict[str, Any]]) -> dict[str, dict[str, Any]] | Unknown:
    covered = {_details(one).get("InstanceId", ""): one for one in resources}
    if "" in covered:
        return Unknown(
            f"{LIST_AGENT_COVERAGE.permission} does not tell of which instance it speaks"
        )
    return covered


def _details(resource: dict[str, Any]) -> dict[str, Any]:
    details: dict[str, Any] = resource.get("ResourceDetails", {}).get("Ec2InstanceDetails", {})
    return details


def _nodes(account: Account, region: str, ids: set[str]) -> Nodes:
    found = account.read(DESCRIBE_NODES, region)
    if isinstance(found, Unknown):
        return Nodes(known=found, states=found)
    known = {node["InstanceId"]: node for node in found if node["InstanceId"] in ids}
    return Nodes(known=known, states=_patch_states(account, region, sorted(known)))


def _patch_states(
    account: Account, region: str, ids: list[str]
) -> dict[str, dict[str, Any]] | Unknown:
    states: dict[str, dict[str, Any]] = {}
    for start in range(0, len(ids), _NODES_AT_ONCE):
        some = ids[start : start + _NODES_AT_ONCE]
        found = account.read(DESCRIBE_PATCH_STATES, region, InstanceIds=some)
        if isinstance(found, Unknown):
            return found
        states.update({state["InstanceId"]: state for state in found})
    return states


def _assessment(account: Account, region: str) -> Assessment:
    status = account.read(GET_ACCOUNT_STATUS, region, accountIds=[account.id])
    on = then(status, lambda answer: scanning_on(answer, account.id))
    if on is not True:
        return Assessment(on=on, scans={}, critical={})
    scans = account.read(
        LIST_SCAN_COVERAGE,
        region,
        filterCriteria={
            "resourceType": [_equals(_EC2_INSTANCE)],
            "accountId": [_equals(account.id)],
        },
    )
    findings = account.read(
        LIST_FINDINGS,
        region,
        filterCriteria={
            "resourceType": [_equals(_EC2_INSTANCE)],
            "awsAccountId": [_equals(account.id)],
            "findingType": [_equals("PACKAGE_VULNERABILITY")],
            "severity": [_equals("CRITICAL")],
            # A suppressed finding is hidden, not fixed (Inspector user guide).
            "findingStatus": [_equals("ACTIVE"), _equals("SUPPRESSED")],
        },
    )
    return Assessment(on=True, scans=then(scans, _by_instance), critical=then(findings, _seen))


def _equals(value: str) -> dict[str, str]:
    return {"comparison": "EQUALS", "value": value}


def _by_instance(resources: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for one in resources:
        found.setdefault(one["resourceId"], []).append(one)
    return found


def _seen(findings: list[dict[str, Any]]) -> dict[str, list[str]]:
    seen: dict[str, list[str]] = {}
    for finding in findings:
        for resource in finding["resources"]:
            # Resources of other types have ids of another form.
            seen.setdefault(resource["id"], []).append(finding["firstObservedAt"])
    return seen


def runtime_on(detector: dict[str, Any]) -> Known:
    """Whether the detector that guardduty:GetDetector tells of watches what runs on instances.
    EKS_RUNTIME_MONITORING, the older feature, watches nodes of clusters only."""
    if detector["Status"] != "ENABLED":
        return False
    features = told(detector, "Features")
    return then(
        features,
        lambda found: any(
            one["Name"] == _RUNTIME_FEATURE and one["Status"] == "ENABLED" for one in found
        ),
    )


def scanning_on(answer: dict[str, Any], account_id: str) -> Known:
    """Whether Inspector scans EC2 instances, by inspector2:BatchGetAccountStatus. Errors of one
    account stand in the answer."""
    for one in answer["accounts"]:
        if one["accountId"] == account_id:
            return bool(one["resourceState"]["ec2"]["status"] == "ENABLED")
    for failed in answer.get("failedAccounts", []):
        if failed["accountId"] == account_id:
            return Unknown(f"{failed['errorCode']}: {GET_ACCOUNT_STATUS.permission}")
    return Unknown(f"{GET_ACCOUNT_STATUS.permission} does not tell of account {account_id}")


def protection(
    item: dict[str, Any], hosts: Hosts, now: datetime
) -> tuple[Agent | Unknown | None, Patch | Unknown, Vulnerabilities | Unknown]:
    """The agent, patch management and vulnerabilities of an instance of ec2:DescribeInstances."""
    return (
        agent(item, hosts.agents),
        patch(item, hosts.nodes),
        vulnerabilities(item["InstanceId"], hosts.assessment, now),
    )


def agent(item: dict[str, Any], agents: Agents) -> Agent | Unknown | None:
    """GuardDuty's agent on an instance; null where GuardDuty has none to offer."""
    if not agents.offered:
        return None
    if agents.on is False:
        return Agent(installed=False, online=False)
    if isinstance(agents.on, Unknown):
        return agents.on
    return then(agents.covered, lambda covered: _covered(item, covered.get(item["InstanceId"])))


def _covered(item: dict[str, Any], resource: dict[str, Any] | None) -> Agent | Unknown:
    """ListCoverage has every running instance of the account, apart from nodes of EKS clusters,
    which it counts by cluster."""
    if resource is not None:
        healthy = then(told(resource, "CoverageStatus"), lambda status: bool(status == "HEALTHY"))
        # An agent has a version once it was there.
        installed = True if _details(resource).get("AgentDetails", {}).get("Version") else healthy
        return Agent(installed=installed, online=healthy)
    if any(tag["Key"].startswith(_EKS_TAGS) for tag in item.get("Tags", [])):
        return Unknown("GuardDuty tells of the agents of an EKS cluster, not of one of its nodes")
    if item["State"]["Name"] != "running":
        return Unknown("GuardDuty does not tell of this instance, which is not running")
    return Agent(installed=False, online=False)


def patch(item: dict[str, Any], nodes: Nodes) -> Patch | Unknown:
    """Patch management of an instance: Systems Manager reaches it, while it runs, and its Patch
    Manager has scanned or patched it."""
    if isinstance(nodes.known, Unknown):
        return nodes.known
    node = nodes.known.get(item["InstanceId"])
    reached = False if node is None else _reached(item, node)
    if reached is False:
        return Patch(managed=False, critical_missing=None)
    if isinstance(nodes.states, Unknown):
        return nodes.states
    state = nodes.states.get(item["InstanceId"])
    if state is None:
        return Patch(managed=False, critical_missing=None)
    return Patch(managed=reached, critical_missing=told(state, "CriticalNonCompliantCount"))


def _reached(item: dict[str, Any], node: dict[str, Any]) -> Known:
    if item["State"]["Name"] != "running":
        return True
    return then(told(node, "PingStatus"), lambda status: bool(status == "Online"))


def vulnerabilities(
    instance_id: str, assessment: Assessment, now: datetime
) -> Vulnerabilities | Unknown:
    """What Inspector knows of the packages of an instance. A critical vulnerability counts from the
    day on which Inspector first saw it there, suppressed or not."""
    if isinstance(assessment.on, Unknown):
        return assessment.on
    if isinstance(assessment.scans, Unknown):
        return assessment.scans
    found = [one for one in assessment.scans.get(instance_id, []) if one["scanType"] == "PACKAGE"]
    if any("scanStatus" not in one for one in found):
        return Unknown(f"{LIST_SCAN_COVERAGE.permission} does not tell the status of a scan")
    scans = [one for one in found if _covers(one)]
    if not scans:
        return Vulnerabilities(assessed=False, critical=None, oldest_critical_days=None)
    if not any(_has_scanned(one) for one in scans):
        pending = Unknown("Inspector has not scanned this instance yet")
        return Vulnerabilities(assessed=True, critical=pending, oldest_critical_days=pending)
    seen = then(assessment.critical, lambda critical: critical.get(instance_id, []))
    return Vulnerabilities(
        assessed=True,
        critical=then(seen, len),
        oldest_critical_days=then(seen, lambda times: _days_since(min(times, default=None), now)),
    )


def _covers(scan: dict[str, Any]) -> bool:
    """Whether a scan is on. That of an instance that is stopped pauses, and its findings stay."""
    status = scan["scanStatus"]
    return bool(status["statusCode"] == "ACTIVE" or status["reason"] == "EC2_INSTANCE_STOPPED")


def _has_scanned(scan: dict[str, Any]) -> bool:
    return "lastScannedAt" in scan or scan["scanStatus"]["reason"] == "SUCCESSFUL"


def _days_since(time: str | None, now: datetime) -> int | None:
    return None if time is None else max(0, (now - datetime.fromisoformat(time)).days)
