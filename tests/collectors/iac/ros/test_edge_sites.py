# ruff: noqa: E501 - templates are easier to read on long lines
"""Sites of ESA in ROS, whose words YAML reads as truth values."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read


def test_a_site_and_its_settings(stack: Read) -> None:
    found = stack(
        "  S: {Type: ALIYUN::ESA::Site, Properties: {SiteName: bank.example, InstanceId: i, Coverage: domestic}}\n"
        "  B: {Type: ALIYUN::ESA::HttpsBasicConfiguration, Properties: {SiteId: !Ref S, Https: on, Tls10: off, Tls11: off, Tls12: on}}\n"
        "  A: {Type: ALIYUN::ESA::HttpsApplicationConfiguration, Properties: {SiteId: !GetAtt S.SiteId, Rule: true, RuleEnable: on, HttpsForce: 'on'}}\n"
        "  O: {Type: ALIYUN::ESA::OriginRule, Properties: {SiteId: !Ref S, OriginScheme: http}}\n"
    )
    assert set(found) == {"S"}
    facts = found["S"].facts
    assert (found["S"].name, facts["scope"]) == ("bank.example", "mainland")
    assert facts["viewer_tls"]["minimum"] == "1.2"
    assert facts["viewer_tls"]["required"] is True
    assert facts["origin_https"] is False
