"""What an assessment tells its reader: failures and who accepted them, what is unknown and why."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from collectors.document import Place, Source
from scanner.assess import assess
from scanner.assessment import Assessment, UnknownReason
from scanner.catalog import Text
from scanner.checks import SEVERITIES
from scanner.config import Config
from scanner.judge import Counts
from scanner.message import fill
from scanner.verdict import STATUSES, Finding, Status
from tests.scanner.items import feeds, item, small, waiver
from tests.scanner.made import DENIED, NOW, check, header, line, ref, verdict

FAILED = [line(ref(), verdict("fail", "a"))]


def test_a_waived_failure_is_accepted_and_not_met() -> None:
    accepted = waiver()
    found = assess(header([feeds()]), FAILED, small(item()), Config(waivers=[accepted]))
    level = found.levels[0]
    assert level.counts == Counts(waived=1)
    assert level.items[0].status == "not_met"
    assert level.failed_by_severity == dict.fromkeys(SEVERITIES, 0)
    assert [result.waiver for result in found.results] == [accepted]
    assert not found.exceeds("low")
    assert (found.expired_waivers, found.unused_waivers) == ([], [])


def test_a_waiver_holds_through_its_last_day() -> None:
    for expires, counted in ((date(2026, 6, 15), "waived"), (date(2026, 6, 14), "failed")):
        accepted = waiver(expires=expires)
        found = assess(header([feeds()]), FAILED, small(item()), Config(waivers=[accepted]))
        assert found.levels[0].counts == Counts(**{counted: 1})
        assert found.expired_waivers == ([accepted] if counted == "failed" else [])
        assert found.exceeds("high") == (counted == "failed")


def test_an_expired_waiver_is_reported_even_when_nothing_fails() -> None:
    old = waiver(expires=date(2020, 1, 1), resource="elsewhere")
    found = assess(header([feeds()]), [], small(item()), Config(waivers=[old]))
    assert found.expired_waivers == [old]
    assert found.unused_waivers == []


def test_an_expired_waiver_does_not_hide_a_valid_one() -> None:
    old, valid = waiver(expires=date(2020, 1, 1)), waiver()
    found = assess(header([feeds()]), FAILED, small(item()), Config(waivers=[old, valid]))
    assert [result.waiver for result in found.results] == [valid]


def test_a_waiver_that_matches_no_failure_is_named() -> None:
    misspelt = waiver(check="aa")
    lines = [*FAILED, line(ref("passing"), verdict("pass", "a"))]
    idle = waiver(resource="passing")
    found = assess(header([feeds()]), lines, small(item()), Config(waivers=[misspelt, idle]))
    assert found.unused_waivers == [misspelt, idle]
    assert found.levels[0].counts == Counts(passed=1, failed=1)


def test_two_waivers_of_one_failure_both_matched() -> None:
    by_name, by_glob = waiver(), waiver(resource="arn:aws-cn:*")
    found = assess(header([feeds()]), FAILED, small(item()), Config(waivers=[by_name, by_glob]))
    assert found.unused_waivers == []
    assert [result.waiver for result in found.results] == [by_name]
    assert found.levels[0].counts == Counts(waived=1)


@pytest.mark.parametrize("status", [s for s in STATUSES if s != "fail"])
def test_only_a_failure_can_be_waived(status: Status) -> None:
    """A waiver of everything must not turn what is unknown into something accepted."""
    everything = waiver(check="*", resource="*")
    lines = [line(ref(), verdict(status, "a"))]
    found = assess(header([feeds()]), lines, small(item()), Config(waivers=[everything]))
    assert found.levels[0].counts.waived == 0
    assert found.unused_waivers == [everything]
    assert found.incomplete == (status in {"unknown", "error"})


def test_results_are_failures_then_errors_then_unknown_the_worst_first() -> None:
    checks = [feeds("low", severity="low"), feeds("top", severity="critical"), feeds("a")]
    lines = [
        line(ref("2"), verdict("unknown", "top"), verdict("fail", "low"), verdict("pass", "a")),
        line(ref("1"), verdict("error", "low"), verdict("fail", "top"), verdict("fail", "a")),
        line(ref("3"), verdict("not_applicable", "top"), verdict("fail", "low")),
    ]
    found = assess(header(checks), lines, small(item()), Config())
    assert [(r.status, r.check, r.resource.name) for r in found.results] == [
        ("fail", "top", "1"),
        ("fail", "a", "1"),
        ("fail", "low", "2"),
        ("fail", "low", "3"),
        ("error", "low", "1"),
        ("unknown", "top", "2"),
    ]


def test_a_finding_is_told_in_both_languages() -> None:
    (result,) = assess(header([feeds()]), FAILED, small(item()), Config()).results
    (finding,) = result.findings
    assert finding.message == Text("port 22 is open to 0.0.0.0/0", "端口 22 对 0.0.0.0/0 开放")
    assert (finding.at, finding.line) == ("rules/0", None)


def test_a_finding_has_the_line_of_what_decides_it() -> None:
    lines = {
        "rules": Place(line=14, argument="ingress"),
        "rules/1": Place(line=20, argument="ingress[1]"),
        "rules/1/sources": Place(line=4, argument="cidr_blocks", uri="rules.tf"),
        "attached": Place(line=13, argument="uses"),
    }
    source = Source(uri="main.tf", start_line=12, end_line=30, address="x.web", lines=lines)
    places = {
        "rules/1/sources/0": (4, "rules.tf", "cidr_blocks"),
        "rules/1": (20, "", "ingress[1]"),
        # Nothing that is written decides it, though it decides what stands beside it.
        "rules/1/protocol": (None, "", ""),
        "rules/0": (None, "", ""),
        "attached/0": (13, "", "uses"),
        "tags": (None, "", ""),
    }
    findings = [Finding(at=at) for at in places]
    failed = line(ref(source=source), verdict("fail", "a", findings=findings))
    (result,) = assess(header([feeds()]), [failed], small(item()), Config()).results
    found = {each.at: (each.line, each.file, each.argument) for each in result.findings}
    assert found == places


FILLED = {
    "all": ("{a} and {b}", {"a": 1, "b": "x"}, "1 and x"),
    "twice": ("{a} {a}", {"a": 1}, "1 1"),
    "none is given": ("{a} and {b}", {"a": 1}, "1 and {b}"),
    "more than asked": ("{a}", {"a": 1, "b": 2}, "1"),
    "a value like a place": ("{a} {b}", {"a": "{b}", "b": "x"}, "{b} x"),
    "truth": ("{a}", {"a": True}, "true"),
}


@pytest.mark.parametrize(("template", "args", "text"), FILLED.values(), ids=FILLED)
def test_messages_are_filled(template: str, args: dict[str, object], text: str) -> None:
    assert fill(template, args) == text


def test_truth_is_told_in_the_language_of_the_message() -> None:
    made = check("a", message="backup: {on}", message_zh="备份：{on}")
    lines = [line(ref(), verdict("fail", "a", findings=[Finding(at="rules", args={"on": False})]))]
    (result,) = assess(header([made]), lines, small(item()), Config()).results
    (finding,) = result.findings
    assert (finding.message.en, finding.message.zh) == ("backup: false", "备份：否")


WORDS = {
    "a word": ({"down": "已中断"}, "down", "已中断"),
    "a word among others": ({"port": "端口"}, "port 80", "端口 80"),
    "a list": ({"level": "等级", "owner": "责任人"}, "level, owner, b", "等级, 责任人, b"),
    "several words": ({"log": "日志", "flow log": "流日志"}, "flow log", "流日志"),
    "part of a name": ({"log": "日志"}, "my-log log-1 a/log log.x b:log", None),
    "no words of letters": (
        {"-": "无", "all (everyone)": "所有人"},
        "- all (everyone)",
        "无 所有人",
    ),
    "no text": ({"1": "一"}, 1, None),
    "no words": ({}, "log", None),
}


@pytest.mark.parametrize(("words", "value", "text"), WORDS.values(), ids=WORDS)
def test_values_are_told_in_chinese_words(
    words: dict[str, str], value: object, text: str | None
) -> None:
    words_zh = {"a": words, "not given": words}
    made = check("a", message="{a} {b}", message_zh="{a} {b}。", words_zh=words_zh)
    args = {"a": value, "b": value}
    lines = [line(ref(), verdict("fail", "a", findings=[Finding(at="rules", args=args)]))]
    (result,) = assess(header([made]), lines, small(item()), Config()).results
    (finding,) = result.findings
    assert finding.message.en == f"{value} {value}"
    assert finding.message.zh == f"{text or value} {value}。"
    assert finding.args == args


def test_causes_are_counted_without_the_paths() -> None:
    denied = "AccessDenied: s3:GetBucketPolicy"
    lines = [
        line(ref("1"), verdict("unknown", "a", reasons=[f"policy/0: {denied}", "z: Other"])),
        line(ref("2"), verdict("unknown", "a", reasons=[f"exposure: {denied}"])),
        line(ref("3"), verdict("unknown", "a", reasons=["tls: known after apply"])),
        line(ref("4"), verdict("error", "a", reasons=["eval_conflict: two values"])),
        line(ref("5"), verdict("error", "a", reasons=[])),
    ]
    found = assess(header([feeds()]), lines, small(item()), Config())
    assert found.unknown_reasons == [
        UnknownReason(
            reason=denied,
            reason_zh="无权限：需要 s3:GetBucketPolicy（AccessDenied）",
            verdicts=2,
        ),
        UnknownReason(
            reason="eval_conflict: two values", reason_zh="eval_conflict: two values", verdicts=1
        ),
        UnknownReason(reason="known after apply", reason_zh="部署后才能确定", verdicts=1),
        UnknownReason(reason="no reason was given", reason_zh="未说明原因", verdicts=1),
    ]
    counts = found.levels[0].counts
    assert sum(reason.verdicts for reason in found.unknown_reasons) == counts.unknown + counts.error


INCOMPLETE: dict[str, tuple[list[Status], bool, bool]] = {
    "all is known": (["pass", "fail", "not_applicable"], False, False),
    "a verdict is unknown": (["pass", "unknown"], False, True),
    "an engine failed": (["pass", "error"], False, True),
    "a call failed": (["pass"], True, True),
    "a call failed and nothing else is there": ([], True, True),
}


@pytest.mark.parametrize(("statuses", "call", "incomplete"), INCOMPLETE.values(), ids=INCOMPLETE)
def test_incomplete_is_said(statuses: list[Status], call: bool, incomplete: bool) -> None:
    lines = [line(ref(f"{i}"), verdict(s, "a")) for i, s in enumerate(statuses)]
    head = header([feeds()], failed_calls=[DENIED] if call else [])
    found = assess(head, lines, small(item()), Config())
    assert found.incomplete is incomplete
    assert found.failed_calls == head.failed_calls


def test_unknown_at_one_level_makes_the_whole_incomplete() -> None:
    lines = [
        line(ref(), verdict("pass", "a"), level=3),
        line(ref(), verdict("unknown", "a"), level=4),
    ]
    assert assess(header([feeds()], levels=[3, 4]), lines, small(item()), Config()).incomplete


def test_a_stand_in_is_unknown_and_no_resource() -> None:
    stand_in = line(ref("firewalls (could not be listed)", unlisted=True), verdict("unknown", "a"))
    found = assess(header([feeds()]), [stand_in], small(item()), Config())
    assert found.resources == 0
    assert [result.resource.unlisted for result in found.results] == [True]
    assert found.levels[0].items[0].status == "not_assessed"


def test_the_scan_is_described_as_the_verdicts_describe_it() -> None:
    head = header([feeds()], origin="template", providers=["aws", "aliyun"], regions=[])
    found = assess(head, [], small(item()), Config())
    for name in ("tool_version", "origin", "snapshot", "engine", "providers", "accounts"):
        assert getattr(found, name) == getattr(head, name)
    assert (found.now, found.regions, found.checks) == (NOW, [], head.checks)


def test_an_assessment_reads_back_as_it_was_written() -> None:
    found = assess(
        header([feeds()], failed_calls=[DENIED]), FAILED, small(item()), Config(waivers=[waiver()])
    )
    assert msgspec.json.decode(msgspec.json.encode(found), type=Assessment) == found


def test_verdicts_are_read_once_as_they_come() -> None:
    found = assess(header([feeds()]), iter(FAILED), small(item()), Config())
    assert found.resources == 1
