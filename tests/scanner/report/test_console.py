"""The console report: what a person reads first, in both languages, from clouds that may say
anything."""

from __future__ import annotations

import re
from datetime import date

import pytest
from rich.cells import cell_len

from collectors.document import Place, Source
from scanner.assess import assess
from scanner.assessment import Assessment
from scanner.checks import SEVERITIES, NotOffered
from scanner.config import Config, Waiver
from scanner.judge import ITEM_STATUSES
from scanner.report import Language, Options, load_format, text_of
from scanner.report.console import (
    NARROWEST,
    SHOWN_CALLS,
    SHOWN_FAILURES,
    SHOWN_REASONS,
    SHOWN_TYPES,
)
from scanner.verdict import DEFAULT_SYSTEM, DeclaredSystem, Finding, OutsideResource
from tests.scanner.made import (
    DENIED,
    assessed,
    attestation,
    catalogue,
    check,
    header,
    line,
    platform,
    ref,
    verdict,
)

WIDTHS = (80, 120)
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def shown(
    assessment: Assessment, language: Language = "en", width: int = 120, *, colour: bool = False
) -> str:
    options = Options(language=language, width=width, colour=colour)
    return text_of(load_format("console").render(assessment, catalogue(), options))


def example(**changes: object) -> Assessment:
    """Two levels, with one of everything."""
    checks = [
        check("boundary-admin-ports", severity="critical"),
        check("audit-trail", severity="low"),
    ]
    lines = [
        line(ref("web"), verdict("fail"), verdict("pass", "audit-trail"), level=level)
        for level in (2, 3)
    ]
    lines += [
        line(
            ref("核心系统", region="global"),
            verdict("unknown"),
            verdict("fail", "audit-trail"),
            level=level,
        )
        for level in (2, 3)
    ]
    lines.append(line(ref("third"), verdict("error"), verdict("not_applicable", "audit-trail")))
    waiver = Waiver(
        check="audit-trail",
        resource="核心系统",
        reason="整改中",
        approver="wang.fang",
        expires=date(2026, 12, 31),
    )
    values: dict[str, object] = {"levels": [2, 3], "failed_calls": [DENIED]}
    return assessed(lines, checks, [waiver], **(values | changes))


ENGLISH = """\
MLPS 2.0 self-check  live account
aws · 111122223333 · cn-north-1 · 2026-06-15T08:30:00Z
3 resources · 2 checks · engine embedded

Level 2
Domain                      met  partly met  not met  not applicable  not assessed
Physical environment          0           0        0               0             1
Communication network         0           0        0               0             6
Area boundary                 0           1        0               0            16
Computing environment         0           0        0               0            36
Security management centre    0           0        0               0             4
Construction management       0           0        0               0             6
Operation management          0           0        0               0             1
All items                     0           1        0               0            70
Verdicts: 1 pass · 1 fail (1 critical) · 1 waived · 1 unknown
Conforming items: 0–98.6 % of 71 items that apply, self-check: undecided

Clause     Control point   Result      Failed verdicts  Risk for assessors
7.2.3.1.a  Access control  partly met  2 of 4           high (7.3.1.1)

Severity  Check                 Resource          What is wrong
critical  boundary-admin-ports  web (cn-north-1)  port 22 is open to 0.0.0.0/0
low       audit-trail           核心系统          port 22 is open to 0.0.0.0/0
                                                  waived until 2026-12-31: 整改中 (wang.fang)

Level 3
"""

CHINESE = """\
等级保护 2.0 自查  云上账户
aws · 111122223333 · cn-north-1 · 2026-06-15T08:30:00Z
3 个资源 · 2 个检查项 · 引擎 embedded

第二级
安全层面      符合  部分符合  不符合  不适用  未评估
安全物理环境     0         0       0       0       1
安全通信网络     0         0       0       0       6
安全区域边界     0         1       0       0      16
安全计算环境     0         0       0       0      36
安全管理中心     0         0       0       0       4
安全建设管理     0         0       0       0       6
安全运维管理     0         0       0       0       1
合计             0         1       0       0      70
判定：通过 1 · 不符合 1 (1 严重) · 已豁免 1 · 未知 1
自查符合率：0–98.6 %（适用项 71），自查结果：尚不能判定

条款       控制点    结果      不符合的判定  测评风险
7.2.3.1.a  访问控制  部分符合  2/4           高风险（7.3.1.1）

严重程度  检查项                资源              问题
严重      boundary-admin-ports  web (cn-north-1)  端口 22 对 0.0.0.0/0 开放
低        audit-trail           核心系统          端口 22 对 0.0.0.0/0 开放
                                                  已豁免至 2026-12-31：整改中（wang.fang）

第三级
"""

ENGLISH_END = """\
Unknown, and so not counted as a pass: 3 verdicts
     2  AccessDenied: ec2:DescribeSecurityGroups
     1  the engine stopped: no memory

1 call failed:
  s3:GetBucketPolicy cn-north-1 private — AccessDenied: Access Denied

The scan is incomplete. \
A self-check of configuration; not the result of an official MLPS assessment.
"""

CHINESE_END = """\
3 项判定未知，均不计为通过：
     2  无权限：需要 ec2:DescribeSecurityGroups（AccessDenied）
     1  the engine stopped: no memory

1 次读取失败：
  s3:GetBucketPolicy cn-north-1 private — 无权限：需要 s3:GetBucketPolicy（AccessDenied）；\
原文：Access Denied

本次扫描不完整。本结果为配置自查，不是等级测评机构出具的测评结论。
"""


@pytest.mark.parametrize(
    ("language", "start", "end"), [("en", ENGLISH, ENGLISH_END), ("zh", CHINESE, CHINESE_END)]
)
def test_the_whole_report(language: Language, start: str, end: str) -> None:
    text = shown(example(), language)
    assert text.startswith(start)
    assert text.endswith("\n\n" + end)


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_say_the_same_numbers(language: Language) -> None:
    """Of the result of each level, domain and status."""
    found = example()
    text = shown(found, language)
    for level in found.levels:
        for domain in level.domains:
            name = catalogue().domains[domain.domain].in_language(language)
            numbers = [str(domain.items[status]) for status in ITEM_STATUSES]
            assert re.search(rf"^{name} +" + " +".join(numbers) + "$", text, re.MULTILINE)
        totals = [str(level.totals[status]) for status in ITEM_STATUSES]
        title = "合计" if language == "zh" else "All items"
        assert re.search(rf"^{title} +" + " +".join(totals) + "$", text, re.MULTILINE)


def test_origin_and_place_of_templates() -> None:
    places = {"rules": Place(line=5, argument="ingress")}
    source = Source(
        uri="网络/main.tf",
        start_line=3,
        end_line=9,
        address="x.web",
        lines=places,
    )
    found = assessed([line(ref(source=source), verdict("fail"))], origin="template")
    english, chinese = shown(found), shown(found, "zh")
    assert "MLPS 2.0 self-check  templates" in english
    assert "等级保护 2.0 自查  部署模板" in chinese
    for text in (english, chinese):
        assert re.search(r"x\.web +\S", text)
        assert "网络/main.tf:5 ingress" in text


# --- what is unknown is never shown as good --------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_scan_of_nothing_but_unknown_does_not_look_good(language: Language) -> None:
    found = assessed([line(ref(), verdict("unknown"))])
    text = shown(found, language)
    words = {
        "en": (
            *("0 pass", "1 unknown", "not counted as a pass", "The scan is incomplete."),
            "AccessDenied: ec2:DescribeSecurityGroups",
        ),
        "zh": (
            *("通过 0", "未知 1", "均不计为通过", "本次扫描不完整。"),
            "无权限：需要 ec2:DescribeSecurityGroups（AccessDenied）",
        ),
    }
    for word in words[language]:
        assert word in text


def test_an_english_name_of_what_could_not_be_listed_is_told_in_chinese() -> None:
    unlisted = ref(
        "AWS::EC2::VPC (could not be listed)", native_type="AWS::EC2::VPC", unlisted=True
    )
    found = assessed([OutsideResource(resource=unlisted)])
    assert ": AWS::EC2::VPC (could not be listed)\n" in shown(found)
    assert "：AWS::EC2::VPC（未能列出）\n" in shown(found, "zh")


def test_a_failed_call_alone_makes_it_incomplete() -> None:
    found = assessed([line(ref(), verdict("pass"))], failed_calls=[DENIED])
    assert "The scan is incomplete." in shown(found)


def test_a_complete_scan_does_not_say_incomplete() -> None:
    text = shown(assessed([line(ref(), verdict("pass"))]))
    assert "incomplete" not in text
    assert "unknown" not in text
    assert "Verdicts: 1 pass · 0 fail\n" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_report_says_that_it_is_no_official_result(language: Language) -> None:
    text = shown(assessed([], []), language)
    notice = {"en": "not the result of an official MLPS assessment", "zh": "不是等级测评机构出具"}
    assert notice[language] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_left_out_is_counted(language: Language) -> None:
    more = 3
    lines = [line(ref(f"r{i:03}"), verdict("fail")) for i in range(SHOWN_FAILURES + more)]
    lines += [
        line(ref(f"u{i}"), verdict("unknown", reasons=[f"rules: cause {i}"]))
        for i in range(SHOWN_REASONS + more)
    ]
    calls = [DENIED] * (SHOWN_CALLS + more)
    text = shown(assessed(lines, failed_calls=calls), language)
    said = {"en": f"and {more} more", "zh": f"另有 {more} 项"}
    assert text.count(said[language]) == 3
    assert len(re.findall(r"^\S+ +boundary-admin-ports ", text, re.MULTILINE)) == SHOWN_FAILURES


def test_the_worst_failures_come_first() -> None:
    lines = [line(ref(), *(verdict("fail", severity) for severity in SEVERITIES))]
    text = shown(assessed(lines, [check(s, severity=s) for s in SEVERITIES]))
    order = [text.index(f"\n{severity} ") for severity in reversed(SEVERITIES)]
    assert order == sorted(order)


def test_types_that_nothing_reads_are_named() -> None:
    types = {f"aws_type_{i:02}": 1 for i in range(SHOWN_TYPES + 2)}
    found = assessed([], unmapped=types)
    assert "12 resources of types that this version does not read were not looked at:" in shown(
        found
    )
    assert "12 个资源的类型本版本尚不支持，未纳入检查：aws_type_00" in shown(found, "zh")
    assert "aws_type_10" not in shown(found)
    assert "and 2 more" in shown(found)
    one = assessed([], unmapped={"aws_sqs_queue": 1})
    assert "\n1 resource of types that this version does not read" in shown(one)


def test_systems_are_named_with_their_level_and_owner() -> None:
    everything = assessed([line(ref(), verdict("pass"))])
    assert "\nLevel 3\n" in shown(everything)
    assert "\n第三级\n" in shown(everything, "zh")
    lines = [
        line(ref("a"), verdict("pass"), system="mall", level=2),
        line(ref("b"), verdict("fail"), system="核心"),
        line(ref("c"), verdict("pass"), system="核心"),
    ]
    found = assessed(
        lines,
        systems=[
            DeclaredSystem(name="核心", level=3, owner="王芳"),
            DeclaredSystem(name="mall", level=2),
        ],
    )
    assert "\nLevel 3  核心 (王芳)  2 resources\n" in shown(found)
    assert "\n第二级  mall  1 个资源\n" in shown(found, "zh")
    assert shown(found).index("核心") < shown(found).index("mall"), "in the order of the file"


def test_what_belongs_to_no_system_is_named() -> None:
    outside = [OutsideResource(resource=ref(f"lost-{i:02}")) for i in range(SHOWN_TYPES + 1)]
    found = assessed([*outside, line(ref("u"), verdict("pass"), uncertain=True)])
    assert "\n11 resources in no declared system, not judged: lost-00, lost-01" in shown(found)
    assert "lost-10" not in shown(found)
    assert "\n11 个资源不属于任何已声明的定级对象，未作判定：lost-00" in shown(found, "zh")
    assert "\n1 resource could not be assigned for certain" in shown(found)
    assert "\n1 个资源无法确定所属定级对象" in shown(found, "zh")


def test_what_a_cloud_does_not_offer_is_told_with_its_alternative() -> None:
    absent = NotOffered(
        cloud="aws-cn", en="There is no Shield; attest it.", zh="未提供 Shield，需佐证。"
    )
    found = assessed(
        [line(ref(), verdict("not_applicable", not_offered="aws-cn"))],
        [check(not_offered=[absent])],
    )
    assert "Title of boundary-admin-ports (aws-cn): There is no Shield; attest it." in shown(found)
    assert "boundary-admin-ports 的标题 (aws-cn): 未提供 Shield，需佐证。" in shown(found, "zh")


def test_evidence_that_no_longer_counts_is_named() -> None:
    config = Config(
        attestations=[
            attestation(expires=date(2026, 6, 14)),
            attestation(item="network.nowhere"),
            attestation(item="construction.provider"),
        ],
        platforms=[platform(expires=date(2026, 6, 14))],
    )
    text = shown(assess(header([check()]), [], catalogue(), config))
    assert "The attestation of network.x by wang.fang expired on 2026-06-14" in text
    assert "The attestation of network.nowhere by wang.fang is about no item" in text
    assert "construction.provider by" not in text
    assert "The certificate 110000-26001 of the platform aws expired on 2026-06-14." in text
    chinese = shown(assess(header([check()]), [], catalogue(), config), "zh")
    assert "云平台 aws 的证明 110000-26001 已于 2026-06-14 到期。" in chinese


def test_waivers_that_do_not_count_are_named() -> None:
    old = Waiver(check="a", resource="x", reason="r", approver="p", expires=date(2026, 6, 14))
    idle = Waiver(check="b", resource="y", reason="r", approver="p", expires=date(2027, 1, 1))
    found = assessed([], waivers=[old, idle])
    assert "The waiver of a on x expired on 2026-06-14 and no longer counts." in shown(found)
    assert "The waiver of b on y matched no failure." in shown(found)
    assert "检查项 a 对 x 的豁免已于 2026-06-14 到期，不再生效。" in shown(found, "zh")
    assert "检查项 b 对 y 的豁免未匹配到任何不符合项。" in shown(found, "zh")


def test_many_findings_of_a_resource_are_cut_with_their_number() -> None:
    findings = [Finding(at=f"rules/{i}", args={"port": i, "source": "::/0"}) for i in range(5)]
    text = shown(assessed([line(ref(), verdict("fail", findings=findings))]))
    assert "port 2 is open to ::/0" in text
    assert "port 3 is open" not in text
    assert "… +2" in text


# --- the terminal ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_terminal(width: int, language: Language) -> None:
    long = ref("很长的资源名称" * 20, region="cn-northwest-1")
    found = assessed([line(long, verdict("fail")), line(ref("y" * 300), verdict("fail"))])
    for row in shown(found, language, width).splitlines():
        assert cell_len(row) <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_chinese_columns_stand_under_each_other(width: int) -> None:
    """A Chinese character takes two cells; the numbers of a column end in the same cell."""
    rows = shown(example(), "zh", width).splitlines()
    start = rows.index("第二级") + 1
    table = rows[start : start + 9]
    ends = [
        [cell_len(row[: match.end()]) for match in re.finditer(r"\S+", row)][1:] for row in table
    ]
    assert len(ends[0]) == len(ITEM_STATUSES)
    assert all(row == ends[0] for row in ends)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [0, 1, 40])
def test_a_terminal_without_a_size_loses_nothing(width: int, language: Language) -> None:
    text = shown(example(), language, width)
    assert text == shown(example(), language, NARROWEST)
    found = example().levels[0].totals["not_assessed"]
    assert re.search(rf"(All items|合计) .* {found}$", text, re.MULTILINE)


def test_there_is_no_colour_unless_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE"):
        monkeypatch.setenv(name, "1")
    assert "\x1b" not in shown(example())


def test_colour_adds_colour_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = shown(example(), colour=True)
    assert "\x1b[" in coloured
    plain = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [row.rstrip() for row in plain.splitlines()] == shown(example()).splitlines()


HOSTILE = {
    "clear the screen": ("\x1b[2J\x1b[H all good", r"\x1b[2J\x1b[H all good"),
    "a title": ("\x1b]0;owned\x07", r"\x1b]0;owned\x07"),
    "another escape": ("\x9b31m", r"\x9b31m"),
    "lines of our own": ("web\nAll items 95", r"web\x0aAll items 95"),
    "back to the start": ("web\rok", r"web\x0dok"),
    "a backspace": ("web\b\b\b", r"web\x08\x08\x08"),
    "a separator of lines": ("web\u2028ok\u0085ok", r"web\u2028ok\x85ok"),
    "right to left": ("web\u202egpj", r"web\u202egpj"),
    "isolates": ("web\u2066x\u2069", r"web\u2066x\u2069"),
    "an invisible one": ("we\u200bb", r"we\u200bb"),
    "markup": ("[bold red]web[/]", "[bold red]web[/]"),
    "a link": ("[link=https://evil]web[/link]", "[link=https://evil]web[/link]"),
    "emoji names": (":warning: web", ":warning: web"),
    "a place of messages": ("{port} {0}", "{port} {0}"),
}


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize(("name", "written"), HOSTILE.values(), ids=HOSTILE)
def test_a_name_is_shown_and_not_obeyed(
    name: str, written: str, colour: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever a cloud, a template or a configuration may put it."""
    monkeypatch.setenv("TERM", "xterm-256color")
    source = Source(uri=name, start_line=1, end_line=1, address=name)
    waiver = Waiver(check="*", resource="*", reason=name, approver=name, expires=date(2027, 1, 1))
    old = Waiver(check=name, resource=name, reason="r", approver="a", expires=date(2020, 1, 1))
    findings = [Finding(at="rules/0", args={"port": name, "source": name})]
    call = dict.fromkeys(("service", "operation", "resource", "code", "message"), name)
    failed = type(DENIED)(**({f: getattr(DENIED, f) for f in DENIED.__struct_fields__} | call))
    found = assessed(
        [
            line(ref(name, region=name), verdict("fail", findings=findings), system=name),
            line(ref("t", source=source), verdict("fail", findings=findings)),
            line(ref("u"), verdict("unknown", reasons=[f"rules: {name}"])),
        ],
        waivers=[waiver, old],
        failed_calls=[failed],
        accounts=[name],
        regions=[name],
        systems=[
            DeclaredSystem(name=name, level=3, owner=name),
            DeclaredSystem(name=DEFAULT_SYSTEM, level=3),
        ],
    )
    text = shown(found, width=400, colour=colour)
    if colour:
        text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert all(character.isprintable() or character == "\n" for character in text)
    # account, region, system and owner, name and region, 2 of messages, address and uri, 2 of
    # messages, 2 + 2 of the waiver, reason, 5 of the call, 2 of the old waiver
    assert text.count(written) == 2 + 2 + 2 + 2 + 2 + 2 + 4 + 1 + 5 + 2
