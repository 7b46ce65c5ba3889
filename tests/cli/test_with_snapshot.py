"""`mlps check --with-snapshot`: the account's settings are judged, and do not fail a template."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cli.conftest import Mlps
from tests.collectors.iac.test_account_context import PUBLIC, account_snapshot

OPEN = "infra/main.tf#aws_s3_bucket.b"


def test_the_account_answers(
    mlps_here: Mlps, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = tmp_path / "work"
    monkeypatch.chdir(work)
    account_snapshot("111122223333")
    (work / "infra").mkdir()
    (work / "infra" / "main.tf").write_text(PUBLIC)
    alone = mlps_here("check", "infra", "-f", "json")
    done = mlps_here(
        *("check", "infra", "--with-snapshot", "account", "-f", "json"),
        *("--save", "console=out.txt", "--save", "junit=out.xml", "--fail-on", "critical"),
        SOURCE_DATE_EPOCH="1782000000",
    )
    before, found = (json.loads(each.stdout)["assessment"] for each in (alone, done))
    assert "data-bucket-public" in _failed(before, OPEN)
    assert "data-bucket-public" not in _failed(found, OPEN)
    # The root user has no second factor, which is critical and no fault of the template.
    assert "identity-root-mfa" in _failed(found, "aws:111122223333:account.identity")
    assert done.returncode == 0
    said = " ".join((work / "out.txt").read_text().split())
    assert "taken 2026-06-01T00:00:00Z (20 days before)" in said
    assert "of the account, not of a template" in said
    cases = ET.fromstring((work / "out.xml").read_text()).iter("testcase")
    (case,) = [one for one in cases if one.get("classname", "").endswith(".identity-root-mfa")]
    assert case.find("skipped") is not None


def _failed(assessment: dict[str, list[dict[str, dict[str, str]]]], resource: str) -> set[str]:
    return {
        str(one["check"])
        for one in assessment["results"]
        if one["resource"]["id"] == resource and str(one["status"]) == "fail"
    }
