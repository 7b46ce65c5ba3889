"""Every call of AWS fails in turn, over HTTP, in each way in which calls fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from collectors.aws.collect import declared_calls
from collectors.aws.collection import DESCRIBE_REGIONS
from collectors.calls import Call
from scanner.pipeline import Evaluator
from tests.faults.aws_sweep import DENIAL, AwsSwept, aws_swept, told_by
from tests.faults.coverage import ROOT, page
from tests.faults.operations import Fault
from tests.faults.proxy import SLOW_DOWN, THROTTLED
from tests.faults.sweep import Sweep, Verdicts, in_every_way

OTHERS = {
    "throttling": THROTTLED,
    "unavailable": SLOW_DOWN,
    "expired token": Fault(403, "ExpiredToken"),
    "no answer": Fault(kind="silent"),
    "reset": Fault(kind="reset"),
    "garbage": Fault(kind="garbage"),
    "another's page": Fault(kind="html"),
}
CALLS = [call for call in declared_calls() if call != DESCRIBE_REGIONS]

NEVER_MADE = {
    "directconnect:DescribeDirectConnectGatewayAssociations",
    "dlm:GetLifecyclePolicy",
    "ec2:GetManagedPrefixListEntries",
    "ecr-public:DescribeRepositories",
    "ecr-public:ListTagsForResource",
    "ec2:DescribeTransitGatewayPeeringAttachments",
    "elasticache:DescribeGlobalReplicationGroups",
    "guardduty:ListCoverage",
    "iam:ListVirtualMFADevices",
    "inspector2:ListCoverage",
    "inspector2:ListFindings",
    "memorydb:DescribeMultiRegionClusters",
    "network-firewall:DescribeFirewall",
    "network-firewall:DescribeFirewallPolicy",
    "network-firewall:DescribeRuleGroup",
    "organizations:DescribePolicy",
    "organizations:ListParents",
    "organizations:ListPoliciesForTarget",
    "rds:DescribeDBClusterParameters",
    "rds:DescribeDBClusterSnapshotAttributes",
    "rds:DescribeGlobalClusters",
    "redshift-serverless:ListSnapshotCopyConfigurations",
    "redshift-serverless:ListTagsForResource",
    "securityhub:GetFindingAggregator",
    "securityhub:ListEnabledProductsForImport",
    "securityhub:ListFindingAggregators",
    "shield:DescribeSubscription",
    "shield:ListProtections",
    "ssm:DescribeInstancePatchStates",
    "ssm:GetResourcePolicies",
    "wafv2:DescribeManagedRuleGroup",
    "wafv2:GetIPSet",
    "wafv2:GetRuleGroup",
}
"""Calls that the example company gives no cause for; the tests of their services deny them."""

Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def cloud(company_endpoint: str) -> Iterator[AwsSwept]:
    with aws_swept(company_endpoint) as swept:
        yield swept


@pytest.fixture(scope="module")
def sweep(cloud: AwsSwept) -> Sweep[Fault]:
    return Sweep(cloud, DENIAL)


@pytest.fixture(scope="module")
def verdicts(sweep: Sweep[Fault], evaluator: Evaluator) -> Verdicts:
    return Verdicts(sweep, evaluator)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_a_call_that_fails_never_makes_a_pass(
    call: Call, cloud: AwsSwept, sweep: Sweep[Fault], verdicts: Verdicts, record_property: Record
) -> None:
    if call.name in NEVER_MADE:
        assert call.name not in sweep.made
        return
    before = cloud.proxy.injected
    _, compared = in_every_way(sweep, verdicts, call, DENIAL.code, OTHERS)
    record_property("faults injected", cloud.proxy.injected - before)
    record_property("verdicts compared", compared)


def test_the_coverage_page_is_current(sweep: Sweep[Fault]) -> None:
    found = told_by(sweep)
    current = (ROOT / "docs" / "coverage" / "aws.md").read_text(encoding="utf-8")
    assert current == page(found), "make coverage"
