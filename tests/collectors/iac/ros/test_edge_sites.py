"""Sites of ESA in ROS, whose words YAML reads as truth values."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read

SITE = """
  S:
    Type: ALIYUN::ESA::Site
    Properties: {SiteName: bank.example, InstanceId: i, Coverage: domestic}
"""


def test_a_site_and_its_settings(stack: Read) -> None:
    found = stack(
        f"""{SITE}
  B:
    Type: ALIYUN::ESA::HttpsBasicConfiguration
    Properties: {{SiteId: !Ref S, Https: on, Tls10: off, Tls11: off, Tls12: on}}
  A:
    Type: ALIYUN::ESA::HttpsApplicationConfiguration
    Properties: {{SiteId: !GetAtt S.SiteId, Rule: true, RuleEnable: on, HttpsForce: 'on'}}
  O: {{Type: ALIYUN::ESA::OriginRule, Properties: {{SiteId: !Ref S, OriginScheme: http}}}}
"""
    )
    assert set(found) == {"S"}
    facts = found["S"].facts
    assert (found["S"].name, facts["scope"]) == ("bank.example", "mainland")
    assert facts["viewer_tls"]["minimum"] == "1.2"
    assert facts["viewer_tls"]["required"] is True
    assert facts["origin_https"] is False
    assert facts["logging"]["enabled"] is False


def test_the_log_of_a_site(stack: Read) -> None:
    """ROS does not say whether a task that it makes runs."""
    found = stack(
        f"""{SITE}
  T:
    Type: ALIYUN::ESA::SiteDeliveryTask
    Properties:
      SiteId: !Ref S
      TaskName: t
      BusinessType: dcdn_log_access_l1
      DataCenter: cn
      DeliveryType: sls
      FieldName: ClientIP
      SlsDelivery: {{SLSProject: logs, SLSRegion: cn-hangzhou, SLSLogStore: edge}}
"""
    )
    assert set(found) == {"S"}
    assert "logging/enabled" in found["S"].unknown
