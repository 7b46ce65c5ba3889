"""Bastions of ROS."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read


def test_bastions(stack: Read) -> None:
    found = stack(
        """
  Switch:
    Type: ALIYUN::ECS::VSwitch
    Properties: {ZoneId: cn-beijing-a, VpcId: v, CidrBlock: 10.0.0.0/24}
  Single:
    Type: ALIYUN::BastionHost::Instance
    Properties: {Version: Basic, StartInstanceParam: {VswitchId: !Ref Switch}}
  Double:
    Type: ALIYUN::BastionHost::Instance
    Properties: {Version: Enterprise, StartInstanceParam: {VswitchId: !Ref Switch}}
  Bare: {Type: ALIYUN::BastionHost::Instance, Properties: {Version: Basic}}
  Asked:
    Type: ALIYUN::BastionHost::Instance
    Properties: {Version: Basic, StartInstanceParam: !Ref Place}
""",
        head="Parameters: {Place: {Type: Json}}\n",
    )
    assert found["Single"].facts["zones"] == ["cn-beijing-a"]
    assert all("zones" in found[name].unknown for name in ("Double", "Bare", "Asked"))
    assert found["Switch"].facts["workload_kinds"] == ["bastion"]
    assert found["Single"].native_type == "ALIYUN::BastionHost::Instance"
