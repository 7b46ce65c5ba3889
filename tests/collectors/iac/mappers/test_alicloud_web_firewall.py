"""WAF 3.0: templates and rules of protection."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
INSTANCE, TEMPLATE = "alicloud_wafv3_instance.w", "alicloud_wafv3_defense_template.t"
MADE = {"defense_scene": "waf_base", "status": "1", "template_type": "user_default"}


def _waf(template: dict[str, Any], action: Any, status: Any = 1, **rule: Any) -> Document:
    to = {"instance_id": Reference(INSTANCE)}
    written = {
        "template_id": Reference(TEMPLATE, "defense_template_id"),
        "defense_scene": "waf_base",
        "rule_status": status,
        "config": [{"rule_action": action}],
    }
    return the(
        block(INSTANCE, {}),
        block(TEMPLATE, to | MADE | template),
        block("alicloud_wafv3_defense_rule.r", to | written | rule),
    )


def test_core_rules_that_only_watch() -> None:
    facts = _waf({}, "monitor").facts
    assert (facts["mode"], facts["rule_sets"][0]) == ("count", "waf_base")


@pytest.mark.parametrize(
    ("template", "action", "status"),
    [
        ({}, "block", 1),
        ({}, APPLY, 1),
        ({}, None, 1),
        ({}, "monitor", 0),
        ({}, "monitor", APPLY),
        ({}, "monitor", None),
        ({"status": "0"}, "monitor", 1),
        ({"status": APPLY}, "monitor", 1),
        ({"defense_scene": "custom_acl"}, "monitor", 1),
        ({"defense_scene": APPLY}, "monitor", 1),
        ({"instance_id": APPLY}, "monitor", 1),
    ],
)
def test_what_else_the_instance_has_decides(
    template: dict[str, Any], action: Any, status: Any
) -> None:
    """The service's own templates may watch or block: nothing passes for what a template says."""
    unknown = _waf(template, action, status).unknown
    assert {"mode", "logging/enabled", "protects"} <= set(unknown)


def test_an_instance_alone() -> None:
    found = the(block(INSTANCE, {}))
    assert {"mode", "rule_sets"} <= set(found.unknown)
    assert "mode" in _waf({}, "monitor", template_id="12").unknown


def test_domains_are_among_what_it_protects() -> None:
    to = {"instance_id": Reference(INSTANCE), "domain": "bank.example"}
    found = the(block(INSTANCE, {}), block("alicloud_wafv3_domain.d", to))
    assert found.facts["protects"] == ["bank.example", None]
    assert {"protects/1", "mode"} <= set(found.unknown)
