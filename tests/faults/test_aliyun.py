"""Every call of Alibaba Cloud fails in turn, over HTTP, in each way in which calls fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
import pytest

from collectors.aliyun.api import action
from collectors.aliyun.collect import declared_calls
from collectors.calls import Call
from scanner.pipeline import Evaluator
from tests.collectors.aliyun.server import Fault
from tests.faults.aliyun_sweep import DENIAL, AliyunSwept, aliyun_swept, told_by
from tests.faults.coverage import ROOT, never_collected, page
from tests.faults.sweep import Sweep, Verdicts, in_every_way, refused

OTHERS = {
    "throttling": Fault(status=400, code="Throttling.User"),
    "unavailable": Fault(status=503, code="ServiceUnavailable"),
    "expired token": Fault(status=403, code="InvalidSecurityToken.Expired"),
    "no answer": Fault(kind="silent"),
    "reset": Fault(kind="reset"),
    "garbage": Fault(kind="garbage"),
    "another's page": Fault(kind="html"),
}
BURST = OTHERS["throttling"]

OPENING = {"sts:GetCallerIdentity", "ecs:DescribeRegions", "location:DescribeEndpoints"}
"""Calls that no service makes: tests of the reader and of the command line have them."""
CALLS = [call for call in declared_calls() if call.name not in OPENING]

Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def cloud() -> Iterator[AliyunSwept]:
    with aliyun_swept() as swept:
        yield swept
        assert swept.server.problems == []


@pytest.fixture(scope="module")
def sweep(cloud: AliyunSwept) -> Sweep[Fault]:
    return Sweep(cloud, DENIAL)


@pytest.fixture(scope="module")
def verdicts(sweep: Sweep[Fault], evaluator: Evaluator) -> Verdicts:
    return Verdicts(sweep, evaluator)


@pytest.fixture(autouse=True)
def _undo(cloud: AliyunSwept) -> Iterator[None]:
    yield
    cloud.after, cloud.lasting = 0, 10_000


def test_the_account_gives_cause_for_every_call(sweep: Sweep[Fault]) -> None:
    failed = {
        f"{one.service}:{one.operation}" for ran in sweep.before.values() for one in ran.failed
    }
    assert failed == set(), "undisturbed, nothing fails"
    assert {call.name for call in CALLS} - sweep.made == set()


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_a_call_that_fails_never_makes_a_pass(
    call: Call, cloud: AliyunSwept, sweep: Sweep[Fault], verdicts: Verdicts, record_property: Record
) -> None:
    before = cloud.server.injected
    denied, compared = in_every_way(sweep, verdicts, call, DENIAL.code, OTHERS)
    reasons = {reason for one in denied.documents for reason in one.unknown.values()}
    assert f"{DENIAL.code}: {call.permission}" in reasons
    record_property("faults injected", cloud.server.injected - before)
    record_property("verdicts compared", compared)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_a_burst_of_throttling_changes_nothing(
    call: Call, cloud: AliyunSwept, sweep: Sweep[Fault], verdicts: Verdicts, record_property: Record
) -> None:
    cloud.lasting = 2
    before = cloud.server.injected
    undisturbed, ran = sweep.failing(call, BURST)
    assert ran.failed == []
    # Services of the whole account come first, and some that make the call may be of regions.
    assert sorted(map(msgspec.json.encode, ran.documents)) == sorted(
        map(msgspec.json.encode, undisturbed)
    )
    record_property("faults injected", cloud.server.injected - before)


NUMBERED = [
    call
    for call in CALLS
    if call.paged and call.service not in {"oss", "sls"} and action(call).paging.style == "number"
]


@pytest.mark.parametrize("call", NUMBERED, ids=lambda call: call.name)
def test_a_list_that_loses_its_end_is_unknown(
    call: Call, cloud: AliyunSwept, sweep: Sweep[Fault], verdicts: Verdicts, record_property: Record
) -> None:
    """Where the answer says how long the list is; where it does not, nobody can tell."""
    before = cloud.server.injected
    undisturbed, ran = sweep.failing(call, Fault(kind="truncated"))
    if ran.failed:
        assert refused(ran, call) == {"MalformedResponse"}
        record_property("verdicts compared", verdicts.compare(undisturbed, ran.documents))
    record_property("faults injected", cloud.server.injected - before)


def test_the_coverage_page_is_current(sweep: Sweep[Fault]) -> None:
    found = told_by(sweep)
    assert never_collected(found) == set()
    current = (ROOT / "docs" / "coverage" / "aliyun.md").read_text(encoding="utf-8")
    assert current == page(found), "make coverage"
