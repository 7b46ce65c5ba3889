"""Parity with Alibaba Cloud Config: each rule of its MLPS pre-check packs has a check here that
gives a live account a verdict. Where ours is stricter or laxer, its description says so."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from scanner.policies import bundled, load

ROOT = Path(__file__).parents[2]
PACKS: dict[str, list[str]] = json.loads(
    (ROOT / "tests/golden/catalog/alibaba_config_packs.json").read_text(encoding="utf-8")
)
RULES = sorted({rule for rules in PACKS.values() for rule in rules})
CHECKS = load(bundled()).checks


def equals(rule: str) -> list[str]:
    """The checks that name a rule among their references."""
    name = f"Alibaba Cloud Config: {rule}"
    return [check.id for check in CHECKS if name in check.references]


def test_the_packs_are_whole() -> None:
    assert {level: len(rules) for level, rules in PACKS.items()} == {"2": 40, "3": 86}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_an_equal_check(rule: str) -> None:
    assert equals(rule)


def test_live_accounts_get_a_verdict_for_each_rule() -> None:
    page = (ROOT / "docs/coverage/aliyun.md").read_text(encoding="utf-8")
    _, _, table = page.partition("## Checks that cannot be answered")
    unanswered = set(re.findall(r"^\| ([a-z0-9-]+) \|", table, re.MULTILINE))
    assert {rule: equals(rule) for rule in RULES if set(equals(rule)) <= unanswered} == {}
