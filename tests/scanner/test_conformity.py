"""The rate of conforming items and its three results, with what is open stated as a range."""

from __future__ import annotations

from typing import get_args

import pytest

from scanner.conformity import OUTCOMES, Outcome, conformity
from scanner.judge import ITEM_STATUSES, ItemStatus


def totals(**changes: int) -> dict[ItemStatus, int]:
    found: dict[ItemStatus, int] = dict.fromkeys(ITEM_STATUSES, 0)
    for status in ITEM_STATUSES:
        found[status] = changes.pop(status, 0)
    assert not changes
    return found


RESULTS: dict[str, tuple[dict[str, int], bool, float, float, Outcome]] = {
    "all conform": ({"met": 10}, False, 100, 100, "conforming"),
    "just above 90 %": ({"met": 91, "not_met": 9}, False, 91, 91, "conforming"),
    "above 90 % with a major risk": (
        {"met": 95, "not_met": 5},
        True,
        95,
        95,
        "basically_conforming",
    ),
    "90 % is not above": ({"met": 9, "not_met": 1}, False, 90, 90, "basically_conforming"),
    "between": ({"met": 7, "partly_met": 3}, False, 70, 70, "basically_conforming"),
    "60 % is not above": ({"met": 6, "not_met": 4}, False, 60, 60, "not_conforming"),
    "below": ({"met": 1, "not_met": 2}, False, 33.3, 33.3, "not_conforming"),
    "partly conforming counts as nothing": (
        {"partly_met": 9, "met": 1},
        False,
        10,
        10,
        "not_conforming",
    ),
    "what does not apply is not counted": (
        {"met": 10, "not_applicable": 90},
        False,
        100,
        100,
        "conforming",
    ),
    "open items that cannot change the result": (
        {"met": 1, "not_met": 8, "not_assessed": 1},
        False,
        10,
        20,
        "not_conforming",
    ),
    "open items that can": (
        {"met": 5, "not_met": 1, "not_assessed": 4},
        False,
        50,
        90,
        "undecided",
    ),
    "an open item may be a major risk": (
        {"met": 99, "not_assessed": 1},
        False,
        99,
        100,
        "undecided",
    ),
    "nothing is assessed": ({"not_assessed": 5}, False, 0, 100, "undecided"),
    "nothing applies": ({"not_applicable": 5}, False, 0, 0, "undecided"),
    "nothing at all": ({}, False, 0, 0, "undecided"),
}


@pytest.mark.parametrize(
    ("counts", "major", "lowest", "highest", "outcome"), RESULTS.values(), ids=RESULTS
)
def test_the_result(
    counts: dict[str, int], major: bool, lowest: float, highest: float, outcome: Outcome
) -> None:
    found = conformity(totals(**counts), major_risks=major)
    assert (found.lowest, found.highest, found.outcome) == (lowest, highest, outcome)
    assert found.counted == sum(counts.values()) - counts.get("not_applicable", 0)


def test_every_outcome_has_words() -> None:
    assert set(OUTCOMES) == set(get_args(Outcome))
