"""The verdict of a check on a document: design.md §4's order, and that unknown is never good."""

from __future__ import annotations

import functools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import inspect

from collectors.document import Document, Unknown, document, unlisted
from collectors.facts import fact_types
from collectors.facts.network import Firewall
from scanner.decide import ENVELOPE, absent, decide
from scanner.engine import Answer, Failure
from scanner.verdict import Finding, Status, Verdict
from tests.collectors.fact_values import facts_of, unknown_paths
from tests.scanner.made import check

DENIED = "AccessDenied: ec2:DescribeSecurityGroups"


def firewall(
    facts: dict[str, Any] | None = None, unknown: dict[str, str] | None = None, **changes: Any
) -> Document:
    values: dict[str, Any] = {
        "id": "sg-1",
        "type": "network.firewall",
        "provider": "aws",
        "account": "1",
        "region": "cn-north-1",
        "country": "CN",
        "name": "web",
        "facts": {"rules": [{"protocol": "tcp"}], "is_default": False} if facts is None else facts,
        "unknown": unknown or {},
    }
    return Document(**(values | changes))


def found(*places: str, applies: bool = True) -> Answer:
    return Answer(tuple(Finding(at=place) for place in places), applies)


def judged(answer: Answer | Failure, document: Document, *facts: str) -> Verdict:
    return decide(check(facts=list(facts or ["rules"])), document, answer)


KNOWN = firewall()
RULE_UNKNOWN = firewall(
    {"rules": [{"protocol": "tcp"}, {"protocol": "udp"}], "is_default": False},
    {"rules/1/sources": DENIED},
)
NO_RULES = firewall({"is_default": False}, {"rules": DENIED})
SILENT = firewall({"is_default": False})
NULL = firewall({"rules": None, "is_default": False})
STAND_IN = unlisted(
    Firewall, Unknown(DENIED), provider="aws", account="1", region="cn-north-1", country="CN"
)

# answer, document, facts that the check reads, status
ORDER: dict[str, tuple[Answer | Failure, Document, list[str], Status]] = {
    "nothing is wrong": (found(), KNOWN, ["rules"], "pass"),
    "something is wrong": (found("rules/0"), KNOWN, ["rules"], "fail"),
    "it does not apply": (found(applies=False), KNOWN, ["rules"], "not_applicable"),
    "wrong, though it does not apply": (found("rules/0", applies=False), KNOWN, ["rules"], "fail"),
    "wrong, beside something unknown": (found("rules/0"), RULE_UNKNOWN, ["rules"], "fail"),
    "nothing found, and a part unknown": (found(), RULE_UNKNOWN, ["rules"], "unknown"),
    "nothing found, and the part read unknown": (
        found(),
        RULE_UNKNOWN,
        ["rules.sources"],
        "unknown",
    ),
    "an unknown part that is not read": (found(), RULE_UNKNOWN, ["rules.protocol"], "pass"),
    "an unknown fact that is not read": (found(), NO_RULES, ["is_default"], "pass"),
    "unknown comes before not applicable": (
        found(applies=False),
        RULE_UNKNOWN,
        ["rules"],
        "unknown",
    ),
    "wrong at the unknown place": (found("rules/1/sources"), RULE_UNKNOWN, ["rules"], "unknown"),
    "wrong below the unknown place": (
        found("rules/1/sources/0"),
        RULE_UNKNOWN,
        ["rules"],
        "unknown",
    ),
    "wrong above the unknown place": (found("rules/1"), RULE_UNKNOWN, ["rules"], "unknown"),
    "wrong above an unknown place that is not read": (
        found("rules/1"),
        RULE_UNKNOWN,
        ["rules.protocol"],
        "fail",
    ),
    "wrong at an unknown place that is not listed": (
        found("rules/1/sources"),
        RULE_UNKNOWN,
        ["is_default"],
        "unknown",
    ),
    "wrong at an unknown element, whose place a null keeps, that is not listed": (
        found("rules/0"),
        firewall({"rules": [None], "is_default": False}, {"rules/0": DENIED}),
        ["is_default"],
        "unknown",
    ),
    "wrong at an unknown part of the envelope that is not listed": (
        found("country"),
        firewall(country=None, unknown={"country": "not known"}),
        ["is_default"],
        "unknown",
    ),
    "the fact is unknown": (found(), NO_RULES, ["rules"], "unknown"),
    "wrong at the unknown fact": (found("rules"), NO_RULES, ["rules"], "unknown"),
    "the fact is not there, without a reason": (found(), SILENT, ["rules"], "unknown"),
    "a part is not there, without a reason": (found(), KNOWN, ["rules.sources"], "unknown"),
    "wrong where nothing is": (found("rules/7"), KNOWN, ["rules"], "unknown"),
    "wrong at no place at all": (found(""), KNOWN, ["rules"], "unknown"),
    "wrong at a place with odd digits": (found("rules/²"), KNOWN, ["rules"], "unknown"),
    "wrong at a place below a value": (found("is_default/x"), KNOWN, ["rules"], "unknown"),
    "one finding stands, another does not": (found("nowhere", "rules/0"), KNOWN, ["rules"], "fail"),
    "null is known to be none": (found(), NULL, ["rules"], "pass"),
    "null is known to be none, deeper too": (found(), NULL, ["rules.sources"], "pass"),
    "null can be wrong": (found("rules"), NULL, ["rules"], "fail"),
    "an empty list is known": (found(), firewall({"rules": []}), ["rules.sources"], "pass"),
    "the engine failed": (Failure("no memory"), KNOWN, ["rules"], "error"),
    "the engine failed on what is unknown": (Failure("no memory"), NO_RULES, ["rules"], "error"),
    "the engine failed on a stand-in": (Failure("no memory"), STAND_IN, ["rules"], "error"),
    "not listed": (found(), STAND_IN, ["rules"], "unknown"),
    "not listed, and it does not apply": (found(applies=False), STAND_IN, ["rules"], "unknown"),
    "not listed, and something is wrong": (found("rules/0"), STAND_IN, ["rules"], "unknown"),
    "not listed, and the region is wrong": (found("region"), STAND_IN, ["region"], "unknown"),
    "not listed, and nothing is read": (found(), STAND_IN, [], "unknown"),
    "an envelope's part is wrong": (found("region"), KNOWN, ["region"], "fail"),
    "an envelope's part is unknown": (
        found(),
        firewall(unknown={"region": "known after apply"}),
        ["region"],
        "unknown",
    ),
    "wrong at an envelope's unknown part": (
        found("country"),
        firewall(country=None, unknown={"country": "not known"}),
        ["country"],
        "unknown",
    ),
    "global has no country": (
        found(),
        firewall(region="global", country=None),
        ["country"],
        "pass",
    ),
    "a tag that is not there is no gap": (found(), KNOWN, ["tags.system"], "pass"),
    "a tag of unknown tags is": (
        found(),
        firewall(unknown={"tags": DENIED}),
        ["tags.system"],
        "unknown",
    ),
    "a fact that no target has is misspelt": (found(), KNOWN, ["rules", "rulez"], "unknown"),
    "a misspelt fact beside a failure": (found("rules/0"), KNOWN, ["rulez"], "fail"),
    "a type that nobody knows may have any fact": (
        found(),
        firewall(type="network.teleport"),
        ["rules", "versioning"],
        "unknown",
    ),
}


@pytest.mark.parametrize(("answer", "document", "facts", "status"), ORDER.values(), ids=ORDER)
def test_the_order(
    answer: Answer | Failure, document: Document, facts: list[str], status: Status
) -> None:
    assert decide(check(facts=facts), document, answer).status == status


@pytest.mark.parametrize("targets", [["network.firewall", "storage.bucket"], ["*"]])
def test_a_fact_of_another_target_is_no_gap(targets: list[str]) -> None:
    made = check(facts=["rules", "versioning"], targets=targets)
    assert decide(made, KNOWN, found()).status == "pass"
    misspelt = check(facts=["rules", "versionning"], targets=targets)
    assert decide(misspelt, KNOWN, found()) == Verdict(
        check="boundary-admin-ports",
        status="unknown",
        reasons=["versionning: no type that the check is for has such a fact"],
    )


def test_a_failure_keeps_only_the_findings_that_stand() -> None:
    verdict = judged(found("nowhere", "rules/0", "rules/1/sources"), RULE_UNKNOWN)
    assert verdict == Verdict(
        check="boundary-admin-ports", status="fail", findings=[Finding(at="rules/0")], partial=True
    )


def test_reasons_name_path_and_cause_in_order() -> None:
    verdict = judged(
        found("elsewhere"),
        firewall({"rules": [None, {}]}, {"rules/1/sources": "B: b", "rules/0": "A: a", "x": "no"}),
    )
    assert verdict.reasons == [
        "elsewhere: the document does not have it",
        "rules/0: A: a",
        "rules/1/sources: B: b",
    ]


def test_the_reason_of_a_part_is_that_of_a_finding_above_it() -> None:
    verdict = judged(found("rules"), firewall({"rules": [{}]}, {"rules/0/sources": "B: b"}))
    assert verdict.reasons == ["rules/0/sources: B: b"]


def test_a_stand_in_says_why_it_could_not_be_listed() -> None:
    assert judged(found(), STAND_IN).reasons == [f"network.firewall: {DENIED}"]
    bare = firewall({}, unlisted=True)
    assert judged(found(), bare).reasons == ["network.firewall: the document does not have it"]


def test_an_engine_failure_is_told_as_it_is() -> None:
    verdict = judged(Failure("eval_conflict: two values"), KNOWN)
    assert verdict.reasons == ["eval_conflict: two values"]
    assert verdict.findings == []


def test_what_is_named_unknown_is_not_named_twice() -> None:
    assert dict(absent(check(facts=["rules", "rules.sources"]), NO_RULES)) == {"rules": DENIED}
    assert [p for p, _ in absent(check(facts=["rules.sources"]), NO_RULES)] == ["rules"]


# --- for every document and every answer -----------------------------------------------------


@functools.cache
def _dotted(type_: str) -> list[str]:
    """Every fact of a type as a check lists it: "rules", "rules.sources", …"""

    def below(kind: inspect.Type, path: str) -> list[str]:
        match kind:
            case inspect.StructType(fields=fields):
                paths = []
                for field in fields:
                    at = f"{path}.{field.encode_name}" if path else field.encode_name
                    paths += [at, *below(field.type, at)]
                return paths
            case inspect.ListType(item_type=item):
                return below(item, path)
            case inspect.UnionType(types=types):
                return [deeper for one in types for deeper in below(one, path)]
        return []

    return sorted(set(below(inspect.type_info(fact_types()[type_]), "")))


def _places(value: Any, path: str = "") -> list[str]:
    """Every place of a document's facts."""
    pairs: Any = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    found: list[str] = []
    for step, item in pairs:
        at = f"{path}/{step}" if path else str(step)
        found += [at, *_places(item, at)]
    return found


def _without_positions(path: str) -> list[str]:
    return [step for step in path.split("/") if not step.isdecimal()]


def _touches(fact: str, path: str) -> bool:
    """Whether an unknown place is what a check reads, above it or below it."""
    one, other = fact.split("."), _without_positions(path)
    return one[: len(other)] == other[: len(one)]


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[str], Document, dict[str, str | None], Answer]:
    """What a check reads, a document, its unknown places as the collector left them, an answer."""
    type_ = draw(st.sampled_from(sorted(fact_types())))
    facts = draw(facts_of(fact_types()[type_], known=draw(st.booleans())))
    denied = Unknown("AccessDenied: tag:GetResources")
    tags: dict[str, str] | Unknown = denied if draw(st.booleans()) else {"system": "bank"}
    made = document(
        id="x",
        facts=facts,
        provider="aws",
        account="1",
        region="cn-north-1",
        country="CN",
        name="x",
        tags=tags,
        unlisted=draw(st.booleans()) and draw(st.booleans()),
    )
    named = unknown_paths(facts)
    if isinstance(tags, Unknown):
        named["tags"] = tags.reason
    listed = draw(st.lists(st.sampled_from([*_dotted(type_), *ENVELOPE]), min_size=1, max_size=4))
    anywhere = st.sampled_from([*_places(made.facts), *named, *ENVELOPE, "nowhere"])
    at = anywhere | st.text(max_size=4) | anywhere.map(lambda path: f"{path}/0")
    places = draw(st.lists(at, max_size=2)) if draw(st.booleans()) else []
    return listed, made, named, found(*places, applies=draw(st.booleans()))


@settings(max_examples=300, deadline=None)
@given(case=cases())
def test_a_pass_has_read_everything_and_found_nothing(
    case: tuple[list[str], Document, dict[str, str | None], Answer],
) -> None:
    listed, made, named, answer = case
    verdict = decide(check(facts=listed), made, answer)
    gaps = [path for path in named for fact in listed if _touches(fact, path)]

    if verdict.status in {"pass", "not_applicable"}:
        assert gaps == []
        assert not made.unlisted
        assert answer.deny == ()
        assert answer.applies == (verdict.status == "pass")
        assert verdict.reasons == []
    if made.unlisted or (gaps and not answer.deny):
        assert verdict.status == "unknown"
    if verdict.status == "unknown":
        assert verdict.reasons
        assert gaps or made.unlisted or answer.deny


@settings(max_examples=300, deadline=None)
@given(case=cases())
def test_a_failure_points_to_what_is_known(
    case: tuple[list[str], Document, dict[str, str | None], Answer],
) -> None:
    listed, made, named, answer = case
    verdict = decide(check(facts=listed), made, answer)
    there = {*_places(made.facts), *ENVELOPE, "tags/system"}
    if verdict.status == "fail":
        assert verdict.findings
        for finding in verdict.findings:
            assert finding in answer.deny
            assert finding.at in there
            assert not made.unlisted
            above = ["/".join(finding.at.split("/")[:n]) for n in range(1, len(finding.at) + 1)]
            assert not set(above) & set(named)
    else:
        assert verdict.findings == []


@settings(deadline=None)
@given(case=cases(), reason=st.text(min_size=1))
def test_an_engine_failure_is_never_an_answer(
    case: tuple[list[str], Document, dict[str, str | None], Answer], reason: str
) -> None:
    listed, made, _, _ = case
    assert decide(check(facts=listed), made, Failure(reason)) == Verdict(
        check="boundary-admin-ports", status="error", reasons=[reason]
    )
