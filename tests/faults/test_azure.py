"""Every call of Azure fails in turn, over HTTP, in each way in which calls fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec
import pytest

from collectors.azure.collect import OPENING, declared_calls
from collectors.azure.resource_graph import QUERY_RESOURCES
from collectors.calls import Call
from scanner.pipeline import Evaluator
from tests.collectors.azure.server import Fault
from tests.faults.azure_sweep import DENIAL, AzureSwept, azure_swept, told_by
from tests.faults.coverage import ROOT, never_collected, page
from tests.faults.sweep import Sweep, Verdicts, in_every_way, refused

OTHERS = {
    "throttling": Fault(status=429, code="TooManyRequests"),
    "unavailable": Fault(status=503, code="ServiceUnavailable"),
    "not found": Fault(status=404, code="SubscriptionNotFound"),
    "an unknown version": Fault(status=400, code="NoRegisteredProviderFound"),
    "expired token": Fault(status=401, code="ExpiredAuthenticationToken"),
    "no answer": Fault(kind="silent"),
    "reset": Fault(kind="reset"),
    "garbage": Fault(kind="garbage"),
    "another's page": Fault(kind="html"),
    "another's JSON": Fault(kind="foreign"),
}
BURST = OTHERS["throttling"]

CALLS = [call for call in declared_calls() if call not in OPENING]
"""Those of services; tests of the lists, of subscriptions and of the command line have the rest."""

Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def cloud() -> Iterator[AzureSwept]:
    with azure_swept() as swept:
        yield swept
        assert swept.server.problems == []


@pytest.fixture(scope="module")
def sweep(cloud: AzureSwept) -> Sweep[Fault]:
    return Sweep(cloud, DENIAL)


@pytest.fixture(scope="module")
def verdicts(sweep: Sweep[Fault], evaluator: Evaluator) -> Verdicts:
    return Verdicts(sweep, evaluator)


@pytest.fixture(autouse=True)
def _undo(cloud: AzureSwept) -> Iterator[None]:
    yield
    cloud.lasting, cloud.resource_graph = 10_000, False


def test_the_subscription_gives_cause_for_every_call(sweep: Sweep[Fault]) -> None:
    failed = {
        f"{one.service}:{one.operation}" for ran in sweep.before.values() for one in ran.failed
    }
    assert failed == set(), "undisturbed, nothing fails"
    assert {call.name for call in CALLS} - sweep.made == set()


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_a_call_that_fails_never_makes_a_pass(
    call: Call, cloud: AzureSwept, sweep: Sweep[Fault], verdicts: Verdicts, record_property: Record
) -> None:
    before = cloud.server.injected
    denied, compared = in_every_way(sweep, verdicts, call, DENIAL.code, OTHERS)
    reasons = {reason for one in denied.documents for reason in one.unknown.values()}
    assert f"{DENIAL.code}: {call.permission}" in reasons
    record_property("faults injected", cloud.server.injected - before)
    record_property("verdicts compared", compared)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_a_burst_of_throttling_changes_nothing(
    call: Call, cloud: AzureSwept, sweep: Sweep[Fault], record_property: Record
) -> None:
    cloud.lasting = 2
    before = cloud.server.injected
    undisturbed, ran = sweep.failing(call, BURST)
    assert ran.failed == []
    assert sorted(map(msgspec.json.encode, ran.documents)) == sorted(
        map(msgspec.json.encode, undisturbed)
    )
    record_property("faults injected", cloud.server.injected - before)


PAGED = [call for call in CALLS if call.paged]


@pytest.mark.parametrize("call", PAGED, ids=lambda call: call.name)
def test_a_list_that_loses_its_end_is_unknown(
    call: Call, cloud: AzureSwept, sweep: Sweep[Fault], verdicts: Verdicts, record_property: Record
) -> None:
    before = cloud.server.injected
    undisturbed, ran = sweep.failing(call, Fault(kind="truncated"))
    assert refused(ran, call) == {"MalformedResponse"}
    record_property("verdicts compared", verdicts.compare(undisturbed, ran.documents))
    record_property("faults injected", cloud.server.injected - before)


def test_resource_graph_tells_what_the_types_own_apis_tell(
    cloud: AzureSwept, sweep: Sweep[Fault]
) -> None:
    everything = [one for ran in sweep.before.values() for one in ran.documents]
    cloud.resource_graph = True
    for call, fault in ((None, None), (QUERY_RESOURCES, DENIAL)):
        ran = cloud.run(cloud.services, call, fault)
        assert ran.failed == []
        told = {(one.id, one.type): (one.facts, one.unknown, one.tags) for one in ran.documents}
        assert told == {
            (one.id, one.type): (one.facts, one.unknown, one.tags) for one in everything
        }


def test_the_coverage_page_is_current(sweep: Sweep[Fault]) -> None:
    found = told_by(sweep)
    assert never_collected(found) == set()
    current = (ROOT / "docs" / "coverage" / "azure.md").read_text(encoding="utf-8")
    assert current == page(found), "make coverage"
