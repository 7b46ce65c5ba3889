"""The workbook for assessors, read back with another library than the one that writes it."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from scanner.assess import assess
from scanner.assessment import Assessment
from scanner.config import Config
from scanner.report import Language, _sheet
from scanner.verdict import DeclaredSystem, Finding
from tests.scanner.made import assessed, attestation, catalogue, check, header, line, ref, verdict
from tests.scanner.report.hostile import NAMES, complete, everything, hostile, rendered


def made(assessment: Assessment, language: Language = "en") -> bytes:
    data = rendered("xlsx", assessment, language)
    assert isinstance(data, bytes)
    return data


def read(assessment: Assessment, language: Language = "en") -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(made(assessment, language)))


def table(sheet: Worksheet) -> list[dict[str, str]]:
    heading, *found = sheet.iter_rows(values_only=True)
    names = [str(name) for name in heading]
    return [
        {name: "" if cell is None else str(cell) for name, cell in zip(names, row, strict=True)}
        for row in found
    ]


def test_it_has_the_sheets_of_a_self_check() -> None:
    assert read(everything()).sheetnames == [
        *("Cover", "Level 3 核心系统", "Level 2 oa", "Findings", "Unknown", "Checks"),
    ]
    assert read(everything(), "zh").sheetnames == [
        *("封面", "第三级 核心系统", "第二级 oa", "不符合项", "未知与未检查", "检查项与整改建议"),
    ]


def test_the_sheet_of_a_system_is_the_record_of_its_items() -> None:
    found = everything()
    sheet = read(found, "zh")["第三级 核心系统"]
    items = table(sheet)
    assert list(items[0]) == [
        *("序号", "安全层面", "控制点", "条款", "要求项", "测评结果记录", "符合情况"),
        *("测评风险", "佐证材料", "整改建议", "责任方", "备注"),
    ]
    assert [row["条款"] for row in items] == [item.clause for item in found.levels[0].items]
    row = next(row for row in items if row["条款"] == "8.2.3.1.a")
    assert row["符合情况"] == "部分符合"
    assert (
        "boundary-admin-ports 的标题：符合 1，不符合 2，已豁免 1，未知 1，出错 1"
        in row["测评结果记录"]
    )
    assert row["整改建议"] == "关闭端口。"
    assert row["责任方"].endswith("\n支付组")
    assert row["备注"] == ""
    assert {row["符合情况"] for row in items} <= {"符合", "部分符合", "不符合", "不适用", "未评估"}


def test_sheets_are_ready_to_read_and_to_print() -> None:
    book = read(everything())
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.column_dimensions["E"].width > 8
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToHeight == 0
        assert "not the result of an official" in str(sheet.oddFooter)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_no_pass_is_told(language: Language) -> None:
    book = read(everything(), language)
    cover, findings, unknown = (book.worksheets[index] for index in (0, 3, 4))
    texts = [cell for row in cover.iter_rows(values_only=True) for cell in row if cell]
    notice = "不是等级测评机构" if language == "zh" else "not the result of an official"
    alarm = "本次扫描不完整" if language == "zh" else "The scan is incomplete"
    assert any(notice in str(text) for text in texts)
    assert any(alarm in str(text) for text in texts)
    verdicts = [row[0] for row in findings.iter_rows(min_row=2, values_only=True)]
    waived = "已豁免" if language == "zh" else "waived"
    assert sorted(map(str, verdicts)) == sorted(["不符合"] * 2 + [waived]) or waived in verdicts
    kinds = [str(row[0]) for row in unknown.iter_rows(min_row=2, values_only=True)]
    assert len(kinds) == 2 + 3
    assert ("未知" if language == "zh" else "unknown") in kinds
    assert ("读取失败" if language == "zh" else "call failed") in kinds


def test_a_complete_scan_says_so_and_one_that_judged_nothing_too() -> None:
    def cover(assessment: Assessment) -> str:
        return str([row[0] for row in read(assessment)["Cover"].iter_rows(values_only=True)])

    assert "Everything that was to be read was read." in cover(complete())
    assert "Not one verdict was reached." in cover(assessed([]))


def test_no_cell_is_a_formula_and_every_name_is_there() -> None:
    book = read(hostile())
    texts = set()
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n", "inlineStr"}
                assert cell.hyperlink is None
                if isinstance(cell.value, str):
                    texts.add(cell.value)
                    # Excel keeps a text that was marked as one when somebody edits it.
                    if cell.value[:1] in set("=+-@＝＋－＠"):
                        assert cell.quotePrefix
    assert {name for name in NAMES if name.isprintable()} <= texts


def test_what_looks_like_an_escape_stays_as_it_is() -> None:
    sheet = read(assessed([line(ref("_x0041_"), verdict("fail"))]))["Findings"]
    # As it is in the file: openpyxl leaves escapes in inline texts alone, Excel reads them.
    assert table(sheet)[0]["Resource"] == "_x005F_x0041_"


def test_names_of_systems_become_names_of_sheets() -> None:
    names = ["a/b:c*?[d]\\", "A/B:C*?[D]\\", "'", "x" * 60, "x" * 61, "📦" * 40, "History"]
    systems = [DeclaredSystem(name=name, level=3) for name in names]
    book = read(assessed([line(ref(), verdict("fail"), system=names[0])], systems=systems))
    sheets = book.sheetnames
    assert len(sheets) == len(names) + 4
    assert len({name.lower() for name in sheets}) == len(sheets)
    for name in sheets:
        assert len(name.encode("utf-16-le")) <= 62
        assert not set(name) & set("[]:*?/\\")


def test_rows_beyond_a_sheet_go_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_sheet, "MAX_ROWS", 200)
    lines = [line(ref(str(number)), verdict("fail")) for number in range(450)]
    book = read(assessed(lines))
    sheets = [name for name in book.sheetnames if name.startswith("Findings")]
    assert sheets == ["Findings", "Findings (2)", "Findings (3)"]
    found = [row["Resource"] for name in sheets for row in table(book[name])]
    assert sorted(map(int, found)) == list(range(450))
    assert book["Findings (2)"].freeze_panes == "A2"
    assert book["Findings (3)"].auto_filter.ref == book["Findings (3)"].dimensions


def test_a_text_beyond_a_cell_goes_on_below() -> None:
    text = "".join(chr(0x4E00 + number % 5000) for number in range(40_000)) + "📦" * 20_000
    finding = Finding(at="rules/0", args={"port": text, "source": "x"})
    sheet = read(assessed([line(ref(), verdict("fail", findings=[finding]))]))["Findings"]
    cells = [row["What is wrong"] for row in table(sheet)]
    assert len(cells) == 4
    assert "".join(cells) == f"port {text} is open to x"
    assert max(len(cell.encode("utf-16-le")) // 2 for cell in cells) <= 32_767


def test_evidence_stands_beside_its_item() -> None:
    stated = attestation(item="physical.location", evidence="=cmd", by="王芳")
    found = assess(header([check()]), [], catalogue(), Config(attestations=[stated]))
    rows = table(read(found, "zh")["第三级"])
    evidence = [row["佐证材料"] for row in rows if "王芳" in row["佐证材料"]]
    assert len(evidence) == 1
    assert "=cmd" in evidence[0]
    assert any(row["佐证材料"].startswith("需提供：") for row in rows)


def test_the_same_assessment_gives_the_same_bytes() -> None:
    before = made(everything())
    again = made(everything())
    assert before == again
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
    properties = openpyxl.load_workbook(io.BytesIO(again)).properties
    assert properties.created == datetime(2026, 6, 15, 8, 30)
