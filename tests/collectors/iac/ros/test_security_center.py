# ruff: noqa: E501 - templates are easier to read on long lines
"""Security Center in ROS."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read


def test_editions(stack: Read) -> None:
    found = stack(
        """
  Bought: {Type: ALIYUN::ThreatDetection::Instance, Properties: {PaymentType: Subscription, VersionCode: level7}}
  Used: {Type: ALIYUN::ThreatDetection::Instance, Properties: {PaymentType: PayAsYouGo, VersionCode: level2}}
"""
    )
    assert found["Bought"].facts["detectors"][0]["edition"] == "anti-virus"
    assert "detectors/0/edition" in found["Used"].unknown
