"""WAF 2.0: instances with their domains and protection."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
TO = {"instance_id": Reference("alicloud_waf_instance.w")}
LOGGED = {"waf_log": "true", "log_time": "180"}


def _instance(**values: Any) -> Block:
    return block("alicloud_waf_instance.w", values)


def _module(**values: Any) -> Block:
    written = {"domain": "a.example", "defense_type": "waf", "mode": 0, "status": 1}
    return block("alicloud_waf_protection_module.m", TO | written | values)


@pytest.mark.parametrize("module", [{"mode": 1}, {"status": 0}, {"mode": "1", "status": None}])
def test_rules_that_only_warn(module: dict[str, Any]) -> None:
    assert the(_instance(**LOGGED), _module(**module)).facts["mode"] == "count"


@pytest.mark.parametrize(
    "module",
    [
        {},
        {"mode": APPLY},
        {"defense_type": "normalized", "mode": 1},
        {"defense_type": APPLY, "mode": 1},
    ],
)
def test_other_domains_decide_whether_all_are_blocked(module: dict[str, Any]) -> None:
    assert {"mode", "rule_sets"} <= set(the(_instance(**LOGGED), _module(**module)).unknown)


def test_domains() -> None:
    domains = (
        block("alicloud_waf_domain.a", TO | {"domain_name": "a.example"}),
        block("alicloud_waf_domain.b", TO | {"domain": "b.example"}),
    )
    found = the(_instance(**LOGGED), *domains)
    assert found.facts["protects"][:2] == ["a.example", "b.example"]


def test_the_log() -> None:
    """Bought, it is switched on for each domain."""
    assert the(_instance(waf_log="false", log_time="180")).facts["logging"]["enabled"] is False
    found = the(_instance(**LOGGED))
    assert found.facts["logging"] == {"retention_days": 180}
    assert "logging/enabled" in found.unknown
    assert "logging/enabled" in the(_instance(waf_log=APPLY)).unknown
