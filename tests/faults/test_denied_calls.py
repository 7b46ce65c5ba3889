"""Every declared call is denied in turn, between the real SDK and moto: what failed or was unknown
before must not pass then, and nothing may vanish: each resource is judged again or stood in for.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from collectors.aws.collect import declared_calls
from collectors.calls import Call
from examples.company import fill
from examples.moto_server import running_moto
from scanner.pipeline import Evaluator
from tests.faults.proxy import FaultProxy, fault_proxy
from tests.faults.scans import Judged, denied, deny, no_silent_pass, scan, undisturbed

NEVER_MADE = {
    "events:ListTargetsByRule",
    "ec2:GetManagedPrefixListEntries",
    "guardduty:ListCoverage",
    "iam:ListVirtualMFADevices",
    "inspector2:ListCoverage",
    "inspector2:ListFindings",
    "organizations:DescribePolicy",
    "organizations:ListParents",
    "organizations:ListPoliciesForTarget",
    "rds:DescribeDBClusterParameters",
    "rds:DescribeDBClusterSnapshotAttributes",
    "rds:DescribeGlobalClusters",
    "securityhub:GetFindingAggregator",
    "securityhub:ListEnabledProductsForImport",
    "securityhub:ListFindingAggregators",
    "sns:ListSubscriptionsByTopic",
    "ssm:DescribeInstancePatchStates",
}
"""Calls that the example company gives no cause for; the tests of their services deny them."""


@pytest.fixture(scope="module")
def company() -> Iterator[FaultProxy]:
    """The example company behind a proxy."""
    with running_moto() as endpoint:
        fill(endpoint)
        with fault_proxy(endpoint) as proxy:
            yield proxy


@pytest.fixture(scope="module")
def company_before(
    company: FaultProxy, evaluator: Evaluator, tmp_path_factory: pytest.TempPathFactory
) -> Judged:
    return undisturbed(company, evaluator, tmp_path_factory)


@pytest.mark.parametrize("call", declared_calls(), ids=lambda call: call.name)
def test_a_denied_call_never_passes(
    call: Call, company: FaultProxy, company_before: Judged, evaluator: Evaluator, tmp_path: Path
) -> None:
    if call.name in NEVER_MADE:
        # Denying what is not asked changes nothing: the scan is the undisturbed one.
        assert call.name not in company_before.made
        return
    deny(company, call)
    judged = scan(company, evaluator, tmp_path / "denied")

    assert no_silent_pass(company_before, judged) > 0
    assert denied(judged) == {call.name}
