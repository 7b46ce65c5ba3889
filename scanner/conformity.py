"""The rate of conforming items and the three results of the 2025 report template, as a self-check.

Facts (公网安〔2025〕1846号, questions 17 to 22, as secondary sources give them): the rate is the
number of conforming items (符合) over all items but those that do not apply; partly conforming ones
count as nothing. Above 90 % without a major risk: 符合. Above 60 % and below 90 %: 基本符合. Below
60 %: 不符合.

Open points, and how they are read here: above 90 % with a major risk is read as 基本符合; exactly
90 % as 基本符合 and exactly 60 % as 不符合, the less favourable of the two. Whether a trigger of
Annex G is a major risk is for a person to decide (relevance, severity, frequency): here a failing
item that one names counts as a major risk. Items that are not
assessed make the rate a range. Only items of the catalogue are counted: an official assessment
covers the management requirements too, and is made by an assessor.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from scanner.catalog import Text
from scanner.judge import ItemStatus

Outcome = Literal["conforming", "basically_conforming", "not_conforming", "undecided"]

OUTCOMES: dict[Outcome, Text] = {
    "conforming": Text("conforming", "符合"),
    "basically_conforming": Text("basically conforming", "基本符合"),
    "not_conforming": Text("not conforming", "不符合"),
    "undecided": Text("undecided", "尚不能判定"),
}


class Conformity(Struct, kw_only=True):
    """The rate in percent: `lowest` if nothing that is not assessed conforms, `highest` if all of
    it does. `counted` are the items that apply, or may. A self-check, never an official result."""

    counted: int
    lowest: float
    highest: float
    outcome: Outcome


def conformity(totals: Mapping[ItemStatus, int], *, major_risks: bool) -> Conformity:
    """The rate and the result from the items of each status. `major_risks` says whether a failing
    item is one that the template's triggers of major risks name."""
    counted = sum(totals.values()) - totals["not_applicable"]
    met, open_ = totals["met"], totals["not_assessed"]
    lowest = _percent(met, counted)
    highest = _percent(met + open_, counted)
    low, high = _outcome(met, counted, major_risks), _outcome(met + open_, counted, major_risks)
    # What is not assessed may hold a major risk as well.
    sure = counted > 0 and low == high and not (low == "conforming" and open_)
    return Conformity(
        counted=counted, lowest=lowest, highest=highest, outcome=low if sure else "undecided"
    )


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _outcome(met: int, counted: int, major_risks: bool) -> Outcome:
    if met * 10 > counted * 9:
        return "basically_conforming" if major_risks else "conforming"
    return "basically_conforming" if met * 10 > counted * 6 else "not_conforming"
