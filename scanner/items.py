"""The catalogue as `mlps items` tells it: each item with its risks and the checks that feed it.

Its JSON is described by `policies/schemas/items.schema.json`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from collectors.document import UserError
from scanner.catalog import (
    Assessed,
    Catalogue,
    Item,
    LeftOut,
    Level,
    Numbering,
    Responsibility,
    Text,
)
from scanner.checks import CheckMetadata, Severity

SCHEMA_VERSION = 1


class ItemAtLevel(Struct, kw_only=True):
    """An item at one level that has it: its clause, how sure the number is, and the high-risk cases
    and major-risk triggers that a failure of it may be there."""

    level: Level
    clause: str
    numbering: Numbering
    high_risk: list[str]
    major_risk: list[str]


class ListedHighRisk(Struct, kw_only=True):
    """A case of the trial high-risk guideline. `first_level` is the level from which on the item
    has it, `stated_level` the one that the source gives, null where it gives none. `only` is a
    condition of the case, `lowered` what may lower the risk; where that is null, nothing does."""

    case: str
    first_level: Level
    stated_level: Level | None
    text: Text
    only: Text | None
    lowered: Text | None


class ListedMajorRisk(Struct, kw_only=True):
    """A major-risk trigger of the 2025 report template, from the level on where the item has it."""

    trigger: str
    first_level: Level
    text: Text


class ListedCheck(Struct, kw_only=True):
    """A check that feeds the item."""

    id: str
    title: Text
    severity: Severity


class ListedItem(Struct, kw_only=True):
    """Everything that the catalogue knows of an item, at every level that has it. `missing_checks`
    are designed but not written."""

    key: str
    part: Literal["extension", "general"]
    domain: str
    control_point: Text
    summary: Text
    levels: list[ItemAtLevel]
    responsibility: Responsibility
    assessed: Assessed
    absence: Literal["not_assessed", "not_applicable"]
    evidence: Text | None
    high_risk: list[ListedHighRisk]
    major_risk: list[ListedMajorRisk]
    checks: list[ListedCheck]
    missing_checks: list[str]


class ItemList(Struct, kw_only=True):
    """The file: items under a version, with what a reader must know of their texts and numbers.
    `left_out` are the general technical items of the levels that the catalogue does not have."""

    schema_version: int = SCHEMA_VERSION
    kind: str = "mlps.items"
    notice: str = (
        "Items in our own words, not the text of GB/T 22239-2019. Numbering says how sure a clause"
        " number is; check it against the standard before formal use."
    )
    items: list[ListedItem]
    left_out: list[LeftOut]


def part_of(item: Item) -> Literal["extension", "general"]:
    """The part of the standard that an item belongs to."""
    return "general" if item.key.startswith("g:") else "extension"


def at_levels(catalogue: Catalogue, levels: Sequence[Level]) -> list[Item]:
    """The items that any of the levels has, in the standard's order."""
    return [item for item in catalogue.items.values() if not item.clauses.keys().isdisjoint(levels)]


def left_out_at(catalogue: Catalogue, levels: Sequence[Level]) -> list[LeftOut]:
    """The general technical items of any of the levels that the catalogue does not have."""
    return [out for out in catalogue.left_out if not out.clauses.keys().isdisjoint(levels)]


def find(catalogue: Catalogue, wanted: str) -> list[Item]:
    """The item of a key, or the items of a clause ("8.2.3.1.a" or "8.2.3.1 a"). Raises UserError,
    with the keys that come near, where there is none."""
    if wanted in catalogue.items:
        return [catalogue.items[wanted]]
    clause = wanted.strip().replace(" ", ".")
    found = [item for item in catalogue.items.values() if clause in item.clauses.values()]
    if found:
        return found
    for out in catalogue.left_out:
        if clause in out.clauses.values():
            raise UserError(f"The catalogue leaves out {clause}. {out.reason.en}")
    near = _near(wanted, catalogue.items)
    hint = f"Did you mean: {', '.join(near)}?" if near else "List them with: mlps items"
    raise UserError(f"There is no item {wanted!r}.", hint)


def _near(wanted: str, keys: Iterable[str]) -> list[str]:
    """Keys that hold the word, then keys that are spelt alike. The mark of general items is easily
    forgotten, so it does not count."""
    by_name: dict[str, list[str]] = {}
    for key in keys:
        by_name.setdefault(key.removeprefix("g:"), []).append(key)
    name = wanted.lower().removeprefix("g:")
    holding = [found for found in by_name if name and name in found]
    alike = difflib.get_close_matches(name, by_name, n=5, cutoff=0.6)
    return [key for found in dict.fromkeys([*holding, *alike]) for key in by_name[found]][:6]


def listed(
    items: Iterable[Item], catalogue: Catalogue, checks: Sequence[CheckMetadata]
) -> list[ListedItem]:
    """Items with their risks, and with the checks that feed them."""
    written = {check.id for check in checks}
    return [_listed(item, catalogue, checks, written) for item in items]


def _listed(
    item: Item, catalogue: Catalogue, checks: Sequence[CheckMetadata], written: set[str]
) -> ListedItem:
    return ListedItem(
        key=item.key,
        part=part_of(item),
        domain=item.domain,
        control_point=item.control_point,
        summary=item.summary,
        levels=[
            ItemAtLevel(
                level=level,
                clause=clause,
                numbering=item.numbering[level],
                high_risk=item.high_risk_at(level),
                major_risk=item.major_risk_at(level),
            )
            for level, clause in item.clauses.items()
        ],
        responsibility=item.responsibility,
        assessed=item.assessed,
        absence=item.absence,
        evidence=item.evidence,
        high_risk=[_high_risk(case, item, catalogue) for case in item.high_risk],
        major_risk=[
            ListedMajorRisk(trigger=trigger, first_level=first, text=catalogue.major_risk[trigger])
            for trigger, first in item.major_risk.items()
        ],
        checks=[
            ListedCheck(
                id=check.id, title=Text(check.title, check.title_zh), severity=check.severity
            )
            for check in checks
            if item.key in check.items
        ],
        missing_checks=[
            name
            for name, keys in catalogue.designed.items()
            if item.key in keys and name not in written
        ],
    )


def _high_risk(case: str, item: Item, catalogue: Catalogue) -> ListedHighRisk:
    risk = catalogue.high_risk[case]
    return ListedHighRisk(
        case=case,
        first_level=item.high_risk[case],
        stated_level=risk.from_level,
        text=risk.text,
        only=risk.only,
        lowered=risk.lowered,
    )
