"""The self-check as a document, read back."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import docx
import pytest

from scanner.assessment import Assessment
from scanner.report import Language
from scanner.report.docx import SHOWN, SHOWN_GAPS
from tests.scanner.made import assessed, line, ref, verdict
from tests.scanner.report.hostile import NAMES, complete, everything, hostile, rendered


def made(assessment: Assessment, language: Language = "en") -> bytes:
    data = rendered("docx", assessment, language)
    assert isinstance(data, bytes)
    return data


def read(assessment: Assessment, language: Language = "en") -> Any:
    return docx.Document(io.BytesIO(made(assessment, language)))


def texts(document: Any) -> str:
    """Every text of paragraphs and tables."""
    nodes = document.element.body.iter("{*}t", "{*}br", "{*}p")
    return "".join(node.text or "" if node.tag.endswith("}t") else "\n" for node in nodes)


def headings(document: Any) -> list[tuple[str, str]]:
    return [
        (paragraph.style.name, paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.style.name.startswith("Heading")
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_system_has_a_chapter_for_each_domain(language: Language) -> None:
    found = headings(read(everything(), language))
    first = [text for style, text in found if style == "Heading 1"]
    domains = [text for style, text in found if style == "Heading 2"]
    if language == "zh":
        assert first == ["概述", "核心系统 (第三级)", "oa (第二级)", "未知与未检查"]
        assert {"安全通信网络", "安全区域边界", "安全计算环境", "安全管理中心"} <= set(domains)
    else:
        assert first == [
            "Summary",
            "核心系统 (Level 3)",
            "oa (Level 2)",
            "Unknown and not looked at",
        ]
    assert max(domains.count(name) for name in domains) == 2


def test_items_are_there_with_their_results() -> None:
    found = everything()
    document = read(found, "zh")
    rows = [tuple(cell.text for cell in row.cells) for t in document.tables for row in t.rows]
    clauses = [row[0] for row in rows if len(row) == 6]
    assert {item.clause for level in found.levels for item in level.items} <= set(clauses)
    (row,) = [row for row in rows if row[0] == "8.2.3.1.a"]
    assert row[4] == "部分符合"
    whole = texts(document)
    assert "[高] web: 端口 22 对 0.0.0.0/0 开放" in whole
    assert "整改建议：关闭端口。" in whole
    assert "已豁免: VPN 未建成（wang.fang，有效期至 2027-01-31）" in whole


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("The scan is incomplete", "unknown", "error", "call failed", "not the result of")),
        ("zh", ("本次扫描不完整", "未知", "出错", "读取失败", "不是等级测评机构")),
    ],
)
def test_what_is_no_pass_is_told(language: Language, words: tuple[str, ...]) -> None:
    document = read(everything(), language)
    whole = texts(document)
    for word in words:
        assert word in whole
    assert words[-1] in document.sections[0].footer.paragraphs[0].text


def test_a_complete_scan_says_so_and_one_that_judged_nothing_too() -> None:
    assert texts(read(complete())).count("Everything that was to be read was read.") == 2
    assert "Not one verdict was reached." in texts(read(assessed([])))


def test_chinese_has_fonts_of_its_own() -> None:
    for style in read(everything(), "zh").styles:
        if style.name in {"Normal", "Title", "Heading 1", "Heading 2", "Heading 3"}:
            (fonts,) = style.element.rPr.findall("{*}rFonts")
            names = {key.rsplit("}", 1)[-1]: value for key, value in fonts.attrib.items()}
            assert names["eastAsia"] in {"SimSun", "SimHei"}
            assert "eastAsiaTheme" not in names


def test_names_are_text() -> None:
    whole = texts(read(hostile()))
    for name in NAMES:
        if name.isprintable():
            assert name in whole, name


def test_what_is_not_named_is_counted() -> None:
    lines = [line(ref(str(n)), verdict("fail")) for n in range(SHOWN + 7)]
    lines += [line(ref(f"u{n}"), verdict("unknown")) for n in range(SHOWN_GAPS + 5)]
    whole = texts(read(assessed(lines)))
    assert "… and 7 more" in whole
    assert "… and 5 more" in whole


def test_the_same_assessment_gives_the_same_bytes() -> None:
    data = made(everything())
    assert data == made(everything())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = read(everything()).core_properties
    assert properties.created.replace(tzinfo=None) == datetime(2026, 6, 15, 8, 30)
    assert properties.author.startswith("mlps ")
