# ruff: noqa: E501 - templates are easier to read on long lines
"""Cloud Firewall in ROS, which does not set its intrusion prevention."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read


def test_firewalls(stack: Read) -> None:
    found = stack(
        """
  Border: {Type: ALIYUN::CLOUDFW::Instance, Properties: {PaymentType: PayAsYouGo}}
  Pair: {Type: ALIYUN::CLOUDFW::VpcFirewallConfigure, Properties: {FirewallSwitch: open, VpcFirewallName: pair, LocalVpcRegion: cn-beijing}}
  Cen: {Type: ALIYUN::CLOUDFW::VpcFirewallCen, Properties: {FirewallSwitch: open, CenId: cen-1, VpcRegion: cn-beijing}}
  Closed: {Type: ALIYUN::CLOUDFW::VpcFirewallCen, Properties: {FirewallSwitch: close, CenId: cen-1}}
"""
    )
    assert {name: each.region for name, each in found.items()} == {
        "Border": "global",
        "Pair": "cn-beijing",
        "Cen": "cn-beijing",
    }
    assert found["Pair"].name == "pair"
    assert all("ips_mode" in each.unknown for each in found.values())
