"""The catalogue: the requirement items of GB/T 22239-2019, read from `policies/catalog/`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from msgspec import Struct

from collectors.document import UserError
from scanner.checks import CheckMetadata

T = TypeVar("T")

Level = int
"""A protection level, 1 to 4."""

LEVELS: tuple[Level, ...] = (1, 2, 3, 4)

Party = Literal["provider", "customer", "shared"]
"""Who answers for an item: the provider, the customer, or each for its part."""

Numbering = Literal["stated", "derived", "memory"]
"""How sure a clause number is: seen in a stored source, following from the order of control points,
or seen nowhere. The text of the standard itself was not available."""

Assessed = Literal["automated", "partial", "inherited", "attested"]
"""How an item is assessed: configuration shows it, or a part of it, or the provider's certificate
does, or a person states it."""


class Text(Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages."""

    en: str
    zh: str

    def in_language(self, language: str) -> str:
        """The text in "en" or "zh"."""
        return self.zh if language == "zh" else self.en


class Responsibility(Struct, frozen=True, forbid_unknown_fields=True):
    """Who answers for an item in each service model."""

    iaas: Party
    paas: Party
    saas: Party


class Item(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One requirement item. `clauses` gives its clause number at each level that has it, and
    `numbering` how sure that is. `evidence` says what a person provides where configuration does
    not show the whole item. `high_risk` holds cases of the trial high-risk guideline, `major_risk`
    triggers of the 2025 report template, each with the level from which on it applies."""

    key: str
    clauses: dict[Level, str]
    numbering: dict[Level, Numbering]
    domain: str
    control_point: Text
    responsibility: Responsibility
    assessed: Assessed
    summary: Text
    absence: Literal["not_assessed", "not_applicable"] = "not_assessed"
    evidence: Text | None = None
    high_risk: dict[str, Level] = {}
    major_risk: dict[str, Level] = {}

    def high_risk_at(self, level: Level) -> list[str]:
        """The high-risk cases that a failure of the item may be at a level."""
        return [case for case, first in self.high_risk.items() if level >= first]

    def major_risk_at(self, level: Level) -> list[str]:
        """The major-risk triggers that a failure of the item may be at a level."""
        return [trigger for trigger, first in self.major_risk.items() if level >= first]


class HighRisk(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A case of the trial high-risk guideline, in our own words. `from_level` is null where the
    source gives none, `only` is a condition of the case, `lowered` what may lower the risk: without
    it, nothing does."""

    from_level: Level | None
    text: Text
    only: Text | None = None
    lowered: Text | None = None


class LeftOut(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A technical item of the standard that the catalogue does not have, and why."""

    clauses: dict[Level, str]
    subject: Text
    reason: Text


class Catalogue(Struct, frozen=True):
    """Every item by key in the standard's order, the domains, and the checks that are designed
    (id to the keys of the items that they feed), written or not. `dropped` are designed checks that
    will not be written, with the reason; `high_risk` and `major_risk` what the items' cases and
    triggers say; `left_out` the general technical items that are not here."""

    items: dict[str, Item]
    domains: dict[str, Text]
    designed: dict[str, list[str]]
    dropped: dict[str, str] = {}
    high_risk: dict[str, HighRisk] = {}
    major_risk: dict[str, Text] = {}
    left_out: list[LeftOut] = []

    def at_level(self, level: Level) -> list[Item]:
        """The items that a level has."""
        return [item for item in self.items.values() if level in item.clauses]

    def applies_at(self, check: CheckMetadata, level: Level) -> bool:
        """Whether any item that the check feeds exists at the level."""
        return any(level in self.items[key].clauses for key in check.items if key in self.items)


class _Items(Struct, forbid_unknown_fields=True):
    items: list[Item]
    left_out: list[LeftOut] = []


class _Domains(Struct):
    domains: dict[str, Text]


class _Designed(Struct, forbid_unknown_fields=True):
    designed: dict[str, list[str]]
    dropped: dict[str, str] = {}


class _Risks(Struct, forbid_unknown_fields=True):
    high_risk: dict[str, HighRisk]
    major_risk: dict[str, Text]


def load_catalogue(policies: Path) -> Catalogue:
    """Read the catalogue of a policy folder. Raises UserError when a file of it is damaged."""
    folder = policies / "catalog"
    risks = _read(folder / "risks.yaml", _Risks)
    items: dict[str, Item] = {}
    left_out: list[LeftOut] = []
    for path in (folder / "extension.yaml", folder / "general.yaml"):
        part = _read(path, _Items)
        for item in part.items:
            if item.key in items:
                raise UserError(f"The catalogue file {path} has the item {item.key} again.")
            _refuse_gaps(item, risks, path)
            items[item.key] = item
        left_out += part.left_out
    checks = _read(folder / "designed_checks.yaml", _Designed)
    return Catalogue(
        items=items,
        domains=_read(folder / "domains.yaml", _Domains).domains,
        designed=checks.designed,
        dropped=checks.dropped,
        high_risk=risks.high_risk,
        major_risk=risks.major_risk,
        left_out=left_out,
    )


def _read(path: Path, kind: type[T]) -> T:
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError) as error:
        raise UserError(f"The catalogue file {path} cannot be used: {error}.") from error


def _refuse_gaps(item: Item, risks: _Risks, path: Path) -> None:
    """What the types cannot say: whoever reads the catalogue may look these up without asking."""
    if set(item.numbering) != set(item.clauses):
        raise UserError(
            f"The catalogue file {path} cannot be used: the item {item.key} does not say of each"
            " of its clauses how sure the number is."
        )
    for risk in [*item.high_risk, *item.major_risk]:
        if risk not in risks.high_risk and risk not in risks.major_risk:
            raise UserError(
                f"The catalogue file {path} cannot be used: risks.yaml does not have {risk}, which"
                f" the item {item.key} refers to."
            )


def refuse_unknown_items(checks: list[CheckMetadata], catalogue: Catalogue) -> None:
    """Raises UserError for a check that feeds an item that the catalogue does not have."""
    for check in checks:
        for key in check.items:
            if key not in catalogue.items:
                raise UserError(
                    f"{check.file}: the check {check.id} feeds the item {key!r}, which the"
                    " catalogue does not have.",
                    "List the items with: mlps items",
                )
