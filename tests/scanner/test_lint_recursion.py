"""Lint: rules that depend on themselves: OPA refuses them, the embedded engine would not end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scanner.lint_bundle import CHECK, edited, line_of, problems_of

RULES = "applies if"
DIRECT = "_deep(x) := _deep(x) if x.more\n\n"
THROUGH = "_one if _two\n\n_two if _one\n\n"


@pytest.mark.parametrize(
    ("rules", "names"),
    [(DIRECT, {"_deep": "_deep("}), (THROUGH, {"_one": "_one if", "_two": "_two if"})],
    ids=["itself", "each other"],
)
def test_recursion_is_named_at_its_line(tmp_path: Path, rules: str, names: dict[str, str]) -> None:
    check = edited(CHECK, (RULES, rules + RULES))
    found = [one for one in problems_of(tmp_path, check) if one.rule == "recursion"]
    assert [(one.message, one.line) for one in found] == [
        (f"{name} depends on itself: OPA refuses that.", line_of(check, head))
        for name, head in names.items()
    ]


def test_a_rule_that_others_use_twice_is_no_recursion(tmp_path: Path) -> None:
    rules = "_a if _c\n\n_b if _c\n\n_c if _d\n\n_d if input.level > 1\n\n"
    check = edited(CHECK, (RULES, rules + RULES))
    assert not [one for one in problems_of(tmp_path, check) if one.rule == "recursion"]


def test_recursion_through_a_library(tmp_path: Path) -> None:
    check = edited(
        CHECK,
        ("import data.mlps.lib.location", "import data.mlps.lib.location\nimport data.mlps.own"),
        (RULES, "_here if own.there\n\n" + RULES),
    )
    library = (
        "package mlps.own\n\nimport data.mlps.checks.own.versions\n\nthere if versions._here\n"
    )
    found = [one for one in problems_of(tmp_path, check, own=library) if one.rule == "recursion"]
    assert {one.file for one in found} == {"own.rego", "versions.rego"}
