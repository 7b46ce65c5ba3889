"""Small catalogues, and the assessment of verdicts against one."""

from __future__ import annotations

from datetime import date
from typing import Any

from scanner.assess import assess
from scanner.assessment import ItemResult
from scanner.catalog import Catalogue, Item, Responsibility, Text
from scanner.checks import CheckMetadata
from scanner.config import Config, Waiver
from scanner.verdict import ResourceVerdicts
from tests.scanner.made import check, header


def item(key: str = "network.x", **changes: Any) -> Item:
    values: dict[str, Any] = {
        "key": key,
        "clauses": {3: "8.2.2.1.a", 4: "9.2.2.1.a"},
        "domain": "network",
        "control_point": Text("Point", "控制点"),
        "numbering": {3: "derived", 4: "derived"},
        "responsibility": Responsibility("customer", "shared", "provider"),
        "assessed": "automated",
        "summary": Text("It is so.", "如此。"),
    }
    return Item(**(values | changes))


def small(*items: Item, designed: dict[str, list[str]] | None = None) -> Catalogue:
    """A catalogue of these items, in two domains."""
    return Catalogue(
        items={one.key: one for one in items},
        domains={"network": Text("Network", "网络"), "compute": Text("Compute", "计算")},
        designed=designed or {},
    )


def one_item(
    lines: list[ResourceVerdicts],
    checks: list[CheckMetadata],
    only: Item,
    *,
    designed: dict[str, list[str]] | None = None,
    waivers: list[Waiver] | None = None,
    **changes: Any,
) -> ItemResult:
    """The result of the only item of a catalogue, at level 3."""
    found = assess(
        header(checks, **changes),
        lines,
        small(only, designed=designed),
        Config(waivers=waivers or []),
    )
    (result,) = found.levels[0].items
    return result


def feeds(id_: str = "a", **changes: Any) -> CheckMetadata:
    return check(id_, **({"items": ["network.x"]} | changes))


def waiver(**changes: Any) -> Waiver:
    values: dict[str, Any] = {
        "check": "a",
        "resource": "web",
        "reason": "until the VPN is there",
        "approver": "wang.fang",
        "expires": date(2026, 12, 31),
    }
    return Waiver(**(values | changes))
