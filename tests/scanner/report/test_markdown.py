"""Markdown: bounded, honest about the rest, and nothing that a name does."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from scanner.assessment import Assessment
from scanner.report import Language, text_of
from scanner.report.markdown import LIMIT
from scanner.verdict import DeclaredSystem
from tests.scanner.made import DENIED, assessed, check, line, ref, verdict
from tests.scanner.report.hostile import NAMES, complete, everything, hostile, rendered


def read(assessment: Assessment, language: Language = "en") -> str:
    return text_of(rendered("markdown", assessment, language))


def tokens(text: str) -> list[Token]:
    """Every token, those inside of paragraphs too, as GitHub's dialect has them."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    found = []
    for token in parser.parse(text):
        found += [token, *(token.children or [])]
    return found


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            (
                *("The scan is incomplete", "Failures (2)", "unknown", "waived", "in error"),
                *("call failed", "not the result of an official MLPS assessment"),
            ),
        ),
        (
            "zh",
            (
                "本次扫描不完整",
                "不符合项 (2)",
                "未知",
                "已豁免",
                "出错",
                "读取失败",
                "不是等级测评",
            ),
        ),
    ],
)
def test_everything_that_is_no_pass_is_there(language: Language, words: tuple[str, ...]) -> None:
    text = read(everything(), language)
    for word in words:
        assert word in text, word
    for name in ("web", "bastion", "t", "u", "e", "s3:GetBucketPolicy private", "核心系统", "oa"):
        assert f"`{name}`" in text, name
    assert "网络/main.tf:4" in text


def test_a_complete_scan_says_so() -> None:
    text = read(complete())
    assert "ℹ️ Everything that was to be read was read." in text
    assert "###" not in text.replace("### Items", "")


def test_a_scan_that_judged_nothing_warns() -> None:
    text = read(assessed([]))
    assert "⚠️" in text
    assert "**Not one verdict was reached.**" in text


def test_tables_have_the_columns_of_their_headings() -> None:
    for one in (everything(), hostile()):
        columns = 0
        rows = 0
        for token in tokens(read(one)):
            if token.type == "thead_open":
                columns = 0
            elif token.type == "th_open":
                columns += 1
            elif token.type == "tr_open":
                cells = 0
            elif token.type == "td_open":
                cells += 1
            elif token.type == "tr_close" and cells:
                assert cells == columns
                rows += 1
        assert rows > 5


def test_names_do_nothing_and_are_read_as_they_are() -> None:
    found = tokens(read(hostile()))
    kinds = {token.type for token in found}
    assert kinds <= {
        *("heading_open", "heading_close", "inline", "text", "paragraph_open", "paragraph_close"),
        *("table_open", "table_close", "thead_open", "thead_close", "tbody_open", "tbody_close"),
        *("tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close", "code_inline"),
        *("em_open", "em_close", "text_special"),
    }
    shown = {token.content for token in found if token.type == "code_inline"}
    assert {name for name in NAMES if name.isprintable()} <= shown
    outside = "".join(token.content for token in found if token.type == "text")
    assert "@" not in outside
    assert "evil" not in outside


def test_titles_of_checks_do_nothing() -> None:
    title = "**x** @everyone [a](http://b) | <b>"
    made = check(title=title)
    found = tokens(read(assessed([line(ref(), verdict("fail"))], [made])))
    assert "link_open" not in {token.type for token in found}
    assert "strong_open" not in {token.type for token in found}
    assert "html_inline" not in {token.type for token in found}
    assert not any("@everyone" in token.content for token in found if token.type == "text")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_bounded_and_says_what_is_left_out(language: Language) -> None:
    long = "`" * 90 + "|" * 90
    systems = [DeclaredSystem(name=f"s{number}" + long, level=3) for number in range(60)]
    lines = [
        line(ref(f"{number}-{long}", id=str(number)), verdict(status), system=systems[0].name)
        for number in range(400)
        for status in ("fail", "unknown")
    ]
    one = assessed(lines, systems=systems, failed_calls=[DENIED] * 600)
    text = read(one, language)
    assert 0.5 * LIMIT < len(text) <= LIMIT
    said = re.findall(r"and (\d+) more|另有 (\d+) 项", text)
    assert len(said) >= 4
    sections = dict(re.findall(r"### (.+) \((\d+)\)", text))
    assert set(map(int, sections.values())) >= {400}
    shown = len(re.findall(r"^\| (?:high|高) \|", text, re.MULTILINE))
    left = [int(a or b) for a, b in said]
    assert 400 - shown in left
