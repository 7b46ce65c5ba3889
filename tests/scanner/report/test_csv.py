"""CSV that spreadsheets and programs read alike."""

from __future__ import annotations

import csv
import io
from collections import Counter

import pytest

from scanner.assessment import Assessment
from scanner.report import Language, text_of
from scanner.report.csv import COLUMNS, FORMULA
from tests.scanner.made import assessed
from tests.scanner.report.hostile import NAMES, complete, everything, hostile, rendered


def read(assessment: Assessment, language: Language = "en") -> list[dict[str, str]]:
    text = text_of(rendered("csv", assessment, language)).encode().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_it_begins_with_a_mark_and_ends_lines_as_the_rfc_says() -> None:
    data = text_of(rendered("csv", everything())).encode()
    assert data.startswith(b"\xef\xbb\xbfstatus,")
    assert data.count(b"\n") == data.count(b"\r\n") == 1 + 5 + 3
    assert data.endswith(b"\r\n")


def test_a_row_says_all_of_a_finding() -> None:
    (row,) = [row for row in read(everything()) if row["resource"] == "t"]
    assert list(row) == list(COLUMNS)
    assert len(row.pop("fingerprint")) == 64
    assert row == {
        "status": "fail",
        "severity": "high",
        "system": "核心系统",
        "level": "3",
        "check": "boundary-admin-ports",
        "title": "Title of boundary-admin-ports",
        "clauses": "8.2.3.1.a",
        "resource": "t",
        "resource_id": "arn:aws-cn:ec2:cn-north-1:111122223333:security-group/t",
        "type": "network.firewall",
        "provider": "aws",
        "account": "111122223333",
        "region": "cn-north-1",
        "file": "网络/main.tf",
        "line": "4",
        "message": "port 22 is open to 0.0.0.0/0",
        "waiver": "",
        "scanned": "2026-06-15T08:30:00Z",
        "first_seen": "",
    }


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_no_pass_is_told(language: Language) -> None:
    found = read(everything(), language)
    counted = Counter(row["status"] for row in found)
    assert counted == {"fail": 2, "waived": 1, "unknown": 1, "error": 1, "not_assessed": 3}
    by_status = {row["status"]: row for row in found}
    assert "wang.fang" in by_status["waived"]["waiver"]
    denied = next(row for row in found if row["resource"].startswith("s3:GetBucketPolicy"))
    if language == "en":
        assert denied["message"] == "AccessDenied: Access Denied"
        assert by_status["unknown"]["message"] == "rules: AccessDenied: ec2:DescribeSecurityGroups"
    else:
        assert denied["message"].startswith("无权限")
        assert by_status["unknown"]["message"].startswith("rules：无权限")


def test_nothing_wrong_is_a_file_without_rows_and_nothing_judged_is_not() -> None:
    assert read(complete()) == []
    (row,) = read(assessed([]))
    assert row["status"] == "not_assessed"
    assert "Not one verdict was reached" in row["message"]


def test_no_cell_is_a_formula_and_every_name_is_there() -> None:
    found = read(hostile())
    cells = [cell for row in found for cell in row.values()]
    assert not [cell for cell in cells if cell and cell[0] in FORMULA]
    names = {row["resource"].removeprefix("'") for row in found}
    assert {name for name in NAMES if name.isprintable()} <= names
    assert not [cell for cell in cells if not cell.isprintable() and "\ufffe" not in cell]


def test_fingerprints_are_one_for_each_row() -> None:
    prints = [row["fingerprint"] for row in read(everything()) if row["fingerprint"]]
    assert len(prints) == len(set(prints)) == 5
