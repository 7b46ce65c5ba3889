"""Snippets of another project, good and bad ones: where our verdicts differ, `verdicts.yaml` says
why."""

from __future__ import annotations

from tests.collectors.iac.golden import unclear
from tests.collectors.iac.golden_snippets import cases, files, wrong


def test_verdicts_of_snippets() -> None:
    assert wrong() == {}


def test_each_file_has_its_check_or_the_reason_why_none_asks() -> None:
    found = cases()
    assert sorted(found) == files()
    assert unclear(found) == []
