"""The assessment: a result for each item and level. Nothing is met from nothing, and nothing that
was not looked at is met at all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.assess import assess
from scanner.catalog import Item, Text
from scanner.checks import SEVERITIES
from scanner.config import Config
from scanner.judge import ITEM_STATUSES, Counts, ItemStatus, judge
from scanner.verdict import DeclaredSystem, ResourceVerdicts, Status
from tests.scanner.items import feeds, item, one_item, small
from tests.scanner.made import assessed, attestation, catalogue, header, line, ref, verdict

_NINE: list[Status] = ["pass"] * 9

# verdicts on resources of their own, what the item is, its designed checks, result
ITEMS: dict[str, tuple[list[Status], dict[str, Any], list[str], ItemStatus]] = {
    "everything passes": (["pass", "pass"], {}, ["a"], "met"),
    "passes beside what does not apply": (["pass", "not_applicable"], {}, ["a"], "met"),
    "everything fails": (["fail", "fail"], {}, ["a"], "not_met"),
    "some fail": (["pass", "fail"], {}, ["a"], "partly_met"),
    "a failure beside what is unknown": (["fail", "unknown"], {}, ["a"], "not_met"),
    "a failure beside what is unknown and a pass": (
        ["fail", "unknown", "pass"],
        {},
        ["a"],
        "partly_met",
    ),
    "a failure in what else needs evidence": (["fail"], {"assessed": "partial"}, ["a"], "not_met"),
    "a failure in what the provider answers": (
        ["fail"],
        {"assessed": "inherited"},
        ["a"],
        "not_met",
    ),
    "all unknown": (["unknown"], {}, ["a"], "not_assessed"),
    "one unknown of many": ([*_NINE, "unknown"], {}, ["a"], "not_assessed"),
    "one error of many": ([*_NINE, "error"], {}, ["a"], "not_assessed"),
    "unknown, where absence says that none apply": (
        ["unknown"],
        {"absence": "not_applicable"},
        ["a"],
        "not_assessed",
    ),
    "no resource": ([], {}, ["a"], "not_assessed"),
    "no resource, where absence says that none apply": (
        [],
        {"absence": "not_applicable"},
        ["a"],
        "not_applicable",
    ),
    "nothing applies": (["not_applicable"], {}, ["a"], "not_assessed"),
    "nothing applies, where absence says that none apply": (
        ["not_applicable"],
        {"absence": "not_applicable"},
        ["a"],
        "not_applicable",
    ),
    "no resource, and a check is not written": (
        [],
        {"absence": "not_applicable"},
        ["a", "unwritten"],
        "not_assessed",
    ),
    "passes, and a check is not written": (["pass"], {}, ["a", "unwritten"], "not_assessed"),
    "passes, and the rest needs evidence": (["pass"], {"assessed": "partial"}, [], "not_assessed"),
    "passes what the provider answers": (["pass"], {"assessed": "inherited"}, [], "not_assessed"),
    "passes what a person states": (["pass"], {"assessed": "attested"}, [], "not_assessed"),
}


@pytest.mark.parametrize(("statuses", "kind", "designed", "status"), ITEMS.values(), ids=ITEMS)
def test_the_result_of_an_item(
    statuses: list[Status], kind: dict[str, Any], designed: list[str], status: ItemStatus
) -> None:
    lines = [line(ref(f"r{i}"), verdict(s, "a")) for i, s in enumerate(statuses)]
    lines.append(line(ref("of another kind", type="log.store")))
    result = one_item(
        lines,
        [feeds()],
        item(**kind),
        designed={name: ["network.x"] for name in designed},
    )
    assert result.status == status
    assert [one.check for one in result.checks] == ["a"]
    assert result.missing_checks == [name for name in designed if name != "a"]
    assert result.reason.en.endswith(".")
    assert result.reason.zh.endswith("。")


def test_an_item_without_a_check_is_not_assessed() -> None:
    for kind in ("automated", "partial", "inherited", "attested"):
        for absence in ("not_assessed", "not_applicable"):
            result = one_item([], [], item(assessed=kind, absence=absence))
            assert result.status == "not_assessed", (kind, absence)


def test_only_the_verdicts_of_its_own_checks_count() -> None:
    other = feeds("b", items=["network.other"])
    lines = [line(ref(), verdict("fail", "a"), verdict("pass", "b"))]
    result = one_item(lines, [feeds(), other], item())
    assert result.status == "not_met"
    assert result.counts == Counts(failed=1)


def test_one_check_that_passes_does_not_outweigh_another_that_could_not_look() -> None:
    lines = [line(ref(), verdict("pass", "a"), verdict("unknown", "b"))]
    assert one_item(lines, [feeds(), feeds("b")], item()).status == "not_assessed"


def test_the_reasons_count() -> None:
    statuses: list[Status] = ["fail", "pass", "unknown", "error", "not_applicable"]
    lines = [line(ref(f"r{i}"), verdict(status, "a")) for i, status in enumerate(statuses)]
    result = one_item(lines, [feeds()], item())
    assert result.reason == Text("1 of 4 verdicts fail.", "4 项判定中有 1 项不符合。")
    assert result.counts == Counts(passed=1, failed=1, unknown=1, error=1, not_applicable=1)
    result = one_item(lines[2:], [feeds()], item())
    assert result.reason.en.startswith("2 verdicts are unknown")
    assert result.reason.zh.startswith("2 项判定未知")


def test_settings_of_the_account_that_nobody_looked_at_are_not_met() -> None:
    """A log group in a template passes; whether the account has an audit trail it cannot show."""
    retention = feeds(targets=["account.audit", "log.store"])
    logs = line(ref(type="log.store"), verdict("pass", "a"))
    result = one_item([logs], [retention], item(), origin="template")
    assert result.status == "not_assessed"
    assert "account" in result.reason.en
    assert "账户" in result.reason.zh

    trail = line(ref("trail", type="account.audit"), verdict("pass", "a"))
    assert one_item([logs, trail], [retention], item()).status == "met"


def test_another_check_on_the_account_counts_as_much() -> None:
    checks = [feeds(), feeds("b", targets=["account.identity"])]
    lines = [line(ref(), verdict("pass", "a"))]
    assert one_item(lines, checks, item()).status == "not_assessed"


def test_templates_do_not_show_that_there_is_no_such_resource() -> None:
    nothing = item(absence="not_applicable")
    other = [line(ref("of another kind", type="log.store"))]
    assert one_item(other, [feeds()], nothing, origin="template").status == "not_assessed"
    assert one_item(other, [feeds()], nothing, origin="live").status == "not_applicable"
    assert one_item([], [feeds()], nothing, origin="live").status == "not_assessed"
    lines = [line(ref(), verdict("pass", "a"))]
    assert one_item(lines, [feeds()], nothing, origin="template").status == "met"


@settings(max_examples=300, deadline=None)
@given(
    counts=st.builds(
        Counts,
        **{name: st.integers(0, 2) for name in Counts.__struct_fields__},
    ),
    written=st.integers(0, 2),
    missing=st.integers(0, 2),
    kind=st.sampled_from(["automated", "partial", "inherited", "attested"]),
    absence=st.sampled_from(["not_assessed", "not_applicable"]),
    unseen=st.none() | st.just(Text("not seen", "未检查")),
)
def test_met_needs_passes_and_nothing_else(
    counts: Counts, written: int, missing: int, kind: Any, absence: Any, unseen: Text | None
) -> None:
    status, reason = judge(
        item(assessed=kind, absence=absence),
        counts,
        written=written,
        missing=missing,
        unseen=unseen,
    )
    wrong, unsure = counts.failed + counts.waived, counts.unknown + counts.error
    if status == "met":
        assert counts.passed
        assert not (wrong or unsure or missing or unseen)
        assert written
        assert kind == "automated"
    if status == "not_applicable":
        assert absence == "not_applicable"
        assert not (wrong or unsure or missing or unseen or counts.passed)
    assert (status in {"not_met", "partly_met"}) == bool(wrong)
    assert reason.en.strip()
    assert reason.zh.strip()


def test_a_pass_of_a_resource_that_may_be_anothers_is_no_evidence() -> None:
    maybe = line(ref(), verdict("pass", "a"), uncertain=True)
    result = one_item([maybe], [feeds()], item())
    assert result.status == "not_assessed"
    assert result.counts == Counts(unknown=1)
    failing = line(ref(), verdict("fail", "a"), uncertain=True)
    assert one_item([failing], [feeds()], item()).status == "not_met"


def evidenced(
    lines: list[ResourceVerdicts], only: Item, origin: str = "live", **changes: Any
) -> ItemStatus:
    """The status of an item that a person attests."""
    config = Config(attestations=[attestation(**changes)])
    found = assess(header([feeds()], origin=origin), lines, small(only), config)
    assert found.levels[0].items[0].evidence is not None
    return found.levels[0].items[0].status


def test_evidence_never_outweighs_what_was_seen_or_could_not_be() -> None:
    good, bad = line(ref(), verdict("pass", "a")), line(ref("b"), verdict("fail", "a"))
    unread = line(ref("c"), verdict("unknown", "a"))
    for how in ("automated", "partial", "inherited", "attested"):
        one = item(assessed=how)
        assert evidenced([good], one) == "met"
        assert evidenced([bad], one) == "not_met"
        assert evidenced([good, bad], one) == "partly_met"
        assert evidenced([good, unread], one) == "not_assessed"
        assert evidenced([good], one, result="not_met") == "partly_met"
        assert evidenced([good], one, result="not_applicable") == "not_assessed"


def test_evidence_does_not_stand_in_for_settings_that_nobody_looked_at() -> None:
    account = feeds(targets=["account.audit", "network.firewall"])
    config = Config(attestations=[attestation()])
    lines = [line(ref(), verdict("pass", "a"))]
    for how, status in (("automated", "not_assessed"), ("attested", "met")):
        only = small(item(assessed=how))
        found = assess(header([account], origin="template"), lines, only, config)
        assert found.levels[0].items[0].status == status


def test_an_undecided_system_or_an_empty_one_is_incomplete() -> None:
    lines = [line(ref(), verdict("pass", "a"), system="x")]
    systems = [DeclaredSystem(name="x", level=3), DeclaredSystem(name="y", level=3)]
    found = assess(header([feeds()], systems=systems), lines, small(item()), Config())
    assert (found.incomplete, found.empty_systems) == (True, ["y"])
    one = assess(header([feeds()], systems=systems[:1]), lines, small(item()), Config())
    assert (one.incomplete, one.empty_systems) == (False, [])
    of_templates = header([feeds()], systems=systems, origin="template")
    assert not assess(of_templates, lines, small(item()), Config()).empty_systems
    maybe = [line(ref(), verdict("fail", "a"), uncertain=True)]
    assert assess(header([feeds()]), maybe, small(item()), Config()).incomplete


def test_failures_that_assessors_treat_as_risks_are_marked() -> None:
    risky = item(high_risk={"7.3.1.1": 4, "7.1.1.1": 2}, major_risk={"A-04": 3})
    failing = one_item([line(ref(), verdict("fail", "a"))], [feeds()], risky)
    assert (failing.high_risk, failing.major_risk) == (["7.1.1.1"], ["A-04"])
    passing = one_item([line(ref(), verdict("pass", "a"))], [feeds()], risky)
    assert (passing.high_risk, passing.major_risk) == ([], [])


def test_levels_are_assessed_beside_each_other() -> None:
    lines = [
        line(ref(), verdict("fail", "a"), level=4),
        line(ref(), verdict("pass", "a"), level=3),
        line(ref("b"), verdict("pass", "a"), level=4),
        line(ref("b"), verdict("pass", "a"), level=3),
    ]
    only_at_four = item("network.y", clauses={4: "9.2.2.1.b"})
    found = assess(
        header([feeds(items=["network.x", "network.y"])], levels=[4, 3]),
        lines,
        small(item(), only_at_four),
        Config(),
    )
    assert [
        (level.level, [(i.key, i.clause, i.status) for i in level.items]) for level in found.levels
    ] == [
        (3, [("network.x", "8.2.2.1.a", "met")]),
        (4, [("network.x", "9.2.2.1.a", "partly_met"), ("network.y", "9.2.2.1.b", "partly_met")]),
    ]
    assert [level.counts for level in found.levels] == [
        Counts(passed=2),
        Counts(passed=1, failed=1),
    ]
    assert found.resources == 2, "a resource at two levels is one resource"


def test_domains_and_totals_count_items() -> None:
    items = [
        item("network.x"),
        item("network.y"),
        item("compute.x", domain="compute"),
    ]
    found = assess(
        header([feeds(), feeds("b", items=["compute.x"])]),
        [line(ref(), verdict("fail", "a"), verdict("pass", "b"))],
        small(*items),
        Config(),
    )
    zero: dict[ItemStatus, int] = dict.fromkeys(ITEM_STATUSES, 0)
    level = found.levels[0]
    assert {domain.domain: domain.items for domain in level.domains} == {
        "network": zero | {"not_met": 1, "not_assessed": 1},
        "compute": zero | {"met": 1},
    }
    assert level.totals == zero | {"not_met": 1, "not_assessed": 1, "met": 1}


def test_the_real_catalogue_without_any_verdict_meets_nothing() -> None:
    found = assessed([], [], levels=[1, 2, 3, 4])
    for level in found.levels:
        assert level.totals["met"] == level.totals["partly_met"] == 0
        assert level.totals["not_applicable"] == 0
        assert sum(level.totals.values()) == len(catalogue().at_level(level.level))
        assert sum(sum(domain.items.values()) for domain in level.domains) == len(level.items)


def test_failures_are_counted_by_severity() -> None:
    checks = [feeds(severity, severity=severity) for severity in SEVERITIES]
    lines = [
        line(ref("one"), *(verdict("fail", severity) for severity in SEVERITIES)),
        line(ref("two"), verdict("fail", "medium"), verdict("unknown", "critical")),
    ]
    found = assess(header(checks), lines, small(item()), Config())
    assert found.levels[0].failed_by_severity == {
        "low": 1,
        "medium": 2,
        "high": 1,
        "critical": 1,
    }


@pytest.mark.parametrize("severity", SEVERITIES)
def test_a_threshold_is_exceeded_by_what_is_at_least_as_severe(severity: Any) -> None:
    lines = [line(ref(), verdict("fail", "a"))]
    found = assess(header([feeds(severity=severity)]), lines, small(item()), Config())
    assert [found.exceeds(threshold) for threshold in SEVERITIES] == [
        SEVERITIES.index(threshold) <= SEVERITIES.index(severity) for threshold in SEVERITIES
    ]
