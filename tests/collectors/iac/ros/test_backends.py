"""The machines behind load balancers of ROS."""

from __future__ import annotations

import pytest

from tests.collectors.iac.conftest import Read

MACHINES = """
  A: {Type: ALIYUN::ECS::Instance, Properties: {ZoneId: cn-hangzhou-h}}
  B: {Type: ALIYUN::ECS::InstanceGroup, Properties: {ZoneId: cn-hangzhou-i}}
  Clb: {Type: ALIYUN::SLB::LoadBalancer, Properties: {AddressType: internet}}
  Alb: {Type: ALIYUN::ALB::LoadBalancer, Properties: {AddressType: Internet}}
  Nlb: {Type: ALIYUN::NLB::LoadBalancer, Properties: {AddressType: Internet}}
"""
BOTH = ["cn-hangzhou-h", "cn-hangzhou-i"]


@pytest.mark.parametrize(
    ("kind", "properties", "zones"),
    [
        ("BackendServerAttachment", "BackendServers: [{ServerId: !Ref A}]", BOTH[:1]),
        ("BackendServerAttachment", "BackendServerList: [!Ref A]", BOTH[:1]),
        ("BackendServerAttachment", "BackendServerList: !GetAtt B.InstanceIds", BOTH[1:]),
        ("VServerGroup", "BackendServers: [{ServerId: !Ref A}]", BOTH[:1]),
        ("MasterSlaveServerGroup", "MasterSlaveBackendServers: [{ServerId: !Ref A}]", BOTH[:1]),
        ("VServerGroup", "BackendServers: [{ServerId: i-1}]", None),
    ],
)
def test_behind_a_classic_one(
    stack: Read, kind: str, properties: str, zones: list[str] | None
) -> None:
    own = f"Properties: {{LoadBalancerId: !Ref Clb, {properties}}}"
    found = stack(f"{MACHINES}  Own: {{Type: ALIYUN::SLB::{kind}, {own}}}\n")
    assert found["Clb"].facts.get("backend_zones") == zones


def test_what_is_added_to_a_group(stack: Read) -> None:
    text = f"""{MACHINES}
  C: {{Type: ALIYUN::ECS::Instance, Properties: {{ZoneId: cn-hangzhou-i}}}}
  Group:
    Type: ALIYUN::SLB::VServerGroup
    Properties: {{LoadBalancerId: !Ref Clb, BackendServers: [{{ServerId: !Ref A}}]}}
  More:
    Type: ALIYUN::SLB::BackendServerToVServerGroupAddition
    Properties:
      VServerGroupId: !Ref Group
      BackendServers: [{{ServerId: !Ref C}}, {{ServerId: !Ref A}}]
"""
    found = stack(text)["Clb"]
    assert found.facts["backend_zones"] == BOTH


def test_behind_others(stack: Read) -> None:
    text = f"""{MACHINES}
  AlbGroup: {{Type: ALIYUN::ALB::ServerGroup, Properties: {{ServerGroupName: a}}}}
  NlbGroup: {{Type: ALIYUN::NLB::ServerGroup, Properties: {{ServerGroupName: n}}}}
  InAlb:
    Type: ALIYUN::ALB::BackendServerAttachment
    Properties: {{ServerGroupId: !Ref AlbGroup, Servers: [{{ServerId: !Ref A, ServerType: Ecs}}]}}
  InNlb:
    Type: ALIYUN::NLB::BackendServerAttachment
    Properties: {{ServerGroupId: !Ref NlbGroup, Servers: [{{ServerId: !Ref A, ServerType: Ecs}}]}}
  OfAlb:
    Type: ALIYUN::ALB::Listener
    Properties:
      LoadBalancerId: !Ref Alb
      ListenerPort: 80
      ListenerProtocol: HTTP
      DefaultActions:
        - Type: ForwardGroup
          ForwardGroupConfig: {{ServerGroupTuples: [{{ServerGroupId: !Ref AlbGroup}}]}}
  OfNlb:
    Type: ALIYUN::NLB::Listener
    Properties:
      LoadBalancerId: !Ref Nlb
      ListenerPort: 80
      ListenerProtocol: TCP
      ServerGroupId: !Ref NlbGroup
"""
    found = stack(text)
    assert found["Alb"].facts["backend_zones"] == BOTH[:1]
    assert found["Nlb"].facts["backend_zones"] == BOTH[:1]
