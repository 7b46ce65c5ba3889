# ruff: noqa: E501 - templates are easier to read on long lines
"""Gateways and network ACLs of ROS."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read


def test_ways_in_and_out(stack: Read) -> None:
    found = stack(
        """
  Switch: {Type: ALIYUN::ECS::VSwitch, Properties: {ZoneId: cn-beijing-a, VpcId: v, CidrBlock: 10.0.0.0/24}}
  Vpn: {Type: ALIYUN::VPC::VpnGateway, Properties: {VpcId: v, VSwitchId: !Ref Switch, Bandwidth: 10}}
  Site: {Type: ALIYUN::VPC::VpnConnection, Properties: {VpnGatewayId: !Ref Vpn, IkeConfig: {IkeEncAlg: des, IkeAuthAlg: md5}, IpsecConfig: {IpsecEncAlg: aes256, IpsecAuthAlg: sha256}}}
  Nat: {Type: ALIYUN::VPC::NatGateway, Properties: {VpcId: v, VSwitchId: !Ref Switch}}
  Out: {Type: ALIYUN::VPC::EIP, Properties: {Bandwidth: 20}}
  Bind: {Type: ALIYUN::VPC::EIPAssociation, Properties: {AllocationId: !Ref Out, InstanceId: !Ref Nat}}
  Hide: {Type: ALIYUN::VPC::SnatEntry, Properties: {SnatTableId: !GetAtt Nat.SNatTableId, SnatIp: !GetAtt Out.EipAddress}}
  Open: {Type: ALIYUN::VPC::ForwardEntry, Properties: {ForwardTableId: !GetAtt Nat.ForwardTableId, ExternalIp: 1.2.3.4, ExternalPort: 22, IpProtocol: TCP, InternalIp: 10.0.0.5, InternalPort: 22}}
  Acl: {Type: ALIYUN::VPC::NetworkAcl, Properties: {VpcId: v, IngressAclEntries: [{Protocol: tcp, Port: 22/22, Policy: accept, SourceCidrIp: 0.0.0.0/0}]}}
  Use: {Type: ALIYUN::VPC::NetworkAclAssociation, Properties: {NetworkAclId: !Ref Acl, Resources: [{ResourceId: !Ref Switch, ResourceType: VSwitch}]}}
"""
    )
    assert set(found) == {"Switch", "Vpn", "Nat", "Out", "Acl"}
    (tunnel,) = found["Vpn"].facts["tunnels"]
    assert (tunnel["encryption"], tunnel["integrity"]) == (["des", "aes256"], ["md5", "sha256"])
    assert found["Nat"].facts["snat"] == [{"bandwidths_mbps": [20]}]
    assert found["Nat"].facts["forwards"][0]["from_port"] == 22
    assert found["Out"].facts["attached_to"] == "gateway"
    assert found["Acl"].facts["rules"][0]["sources"] == ["0.0.0.0/0"]
    assert found["Acl"].facts["subnets"] == 1
    assert found["Switch"].facts["workload_kinds"] == ["gateway"]


def test_a_shared_bandwidth_package(stack: Read) -> None:
    found = stack(
        """
  Package: {Type: ALIYUN::VPC::CommonBandwidthPackage, Properties: {Bandwidth: 20}}
  A: {Type: ALIYUN::VPC::EIP, Properties: {Bandwidth: 5}}
  B: {Type: ALIYUN::VPC::EIP, Properties: {Bandwidth: 5}}
  In: {Type: ALIYUN::VPC::CommonBandwidthPackageIp, Properties: {BandwidthPackageId: !Ref Package, Eips: [{AllocationId: !Ref A}, {AllocationId: !Ref B, Bandwidth: 8}]}}
  Alb: {Type: ALIYUN::ALB::LoadBalancer, Properties: {AddressType: Internet, BandwidthPackageId: !Ref Package}}
  Nlb: {Type: ALIYUN::NLB::LoadBalancer, Properties: {AddressType: Internet}}
"""
    )
    widths = {name: found[name].facts["bandwidth_mbps"] for name in ("A", "B", "Alb", "Nlb")}
    assert widths == {"A": 20, "B": 8, "Alb": 20, "Nlb": None}
