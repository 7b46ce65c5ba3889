"""WAF 3.0 in ROS, which sets no rules."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read


def test_an_instance(stack: Read) -> None:
    found = stack("  Waf: {Type: ALIYUN::WAF3::Instance, Properties: {}}\n")
    assert "mode" in found["Waf"].unknown
