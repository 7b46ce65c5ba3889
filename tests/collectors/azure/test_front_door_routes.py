"""What security policies of Front Door protect."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.front_door_routes import waf_before

ENDPOINT = {"id": "/profiles/fd/afdEndpoints/shop"}
WAF = "/policies/waf"


def policy(*paths: str, **domain: Any) -> dict[str, Any]:
    association = {"domains": [{"id": ENDPOINT["id"], **domain}], "patternsToMatch": list(paths)}
    return {"properties": {"parameters": {"wafPolicy": {"id": WAF}, "associations": [association]}}}


@pytest.mark.parametrize(
    ("policies", "waf"),
    [
        ([policy("/*", isActive=True)], WAF),
        ([policy("/*")], WAF),
        # Of a domain that is not active the policy protects nothing.
        ([policy("/*", isActive=False)], None),
        ([policy("/admin/*", isActive=True)], None),
        ([], None),
    ],
)
def test_a_policy_protects_active_domains_on_all_paths(policies: list[Any], waf: Any) -> None:
    assert waf_before(ENDPOINT, [], policies) == waf
