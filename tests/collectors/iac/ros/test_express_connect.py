"""Border routers of ROS."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read


def test_border_routers(stack: Read) -> None:
    found = stack(
        """
  Whole:
    Type: ALIYUN::VPC::VirtualBorderRouter
    Properties: {PhysicalConnectionId: pc-1, VlanId: 20, Name: edge, Bandwidth: 50}
  Minimal: {Type: ALIYUN::VPC::VirtualBorderRouter, Properties: {PhysicalConnectionId: pc-1}}
  Asked:
    Type: ALIYUN::VPC::VirtualBorderRouter
    Properties: {PhysicalConnectionId: pc-1, Bandwidth: !Ref Width}
""",
        head="Parameters: {Width: {Type: Number}}\n",
    )
    assert (found["Whole"].name, found["Whole"].facts["bandwidth_mbps"]) == ("edge", 50)
    assert all(each.facts["kind"] == "express" for each in found.values())
    assert all("bandwidth_mbps" in found[name].unknown for name in ("Minimal", "Asked"))
    assert all("peers/0/cidrs" in each.unknown for each in found.values())
