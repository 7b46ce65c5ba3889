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


class Text(Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages."""

    en: str
    zh: str

    def in_language(self, language: str) -> str:
        """The text in "en" or "zh"."""
        return self.zh if language == "zh" else self.en


class Item(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One requirement item. `clauses` gives its clause number at each level that has it."""

    key: str
    clauses: dict[int, str]
    domain: str
    control_point: Text
    answered_by: Literal["provider", "customer", "shared"]
    assessed: Literal["automated", "partial", "inherited", "attested"]
    summary: Text
    absence: Literal["not_assessed", "not_applicable"] = "not_assessed"


class Catalogue(Struct, frozen=True):
    """Every item by key in the standard's order, the domains, and the checks that are designed
    (id to the keys of the items that they feed), written or not."""

    items: dict[str, Item]
    domains: dict[str, Text]
    designed: dict[str, list[str]]

    def at_level(self, level: Level) -> list[Item]:
        """The items that a level has."""
        return [item for item in self.items.values() if level in item.clauses]

    def applies_at(self, check: CheckMetadata, level: Level) -> bool:
        """Whether any item that the check feeds exists at the level."""
        return any(level in self.items[key].clauses for key in check.items if key in self.items)


class _Items(Struct):
    items: list[Item]


class _Domains(Struct):
    domains: dict[str, Text]


class _Designed(Struct):
    designed: dict[str, list[str]]


def load_catalogue(policies: Path) -> Catalogue:
    """Read the catalogue of a policy folder. Raises UserError when a file of it is damaged."""
    folder = policies / "catalog"
    items: dict[str, Item] = {}
    for path in (folder / "extension.yaml", folder / "general.yaml"):
        for item in _read(path, _Items).items:
            if item.key in items:
                raise UserError(f"The catalogue file {path} has the item {item.key} again.")
            items[item.key] = item
    return Catalogue(
        items=items,
        domains=_read(folder / "domains.yaml", _Domains).domains,
        designed=_read(folder / "designed_checks.yaml", _Designed).designed,
    )


def _read(path: Path, kind: type[T]) -> T:
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError) as error:
        raise UserError(f"The catalogue file {path} cannot be used: {error}.") from error


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
