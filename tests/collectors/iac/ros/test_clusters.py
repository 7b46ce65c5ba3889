# ruff: noqa: E501 - templates are easier to read on long lines
"""Clusters of ROS with the pools that they are made with."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read


def test_clusters_and_their_pools(stack: Read) -> None:
    found = stack(
        """
  Switch: {Type: ALIYUN::ECS::VSwitch, Properties: {ZoneId: cn-beijing-a, VpcId: v, CidrBlock: 10.0.0.0/24}}
  Plain: {Type: ALIYUN::CS::ManagedKubernetesCluster, Properties: {Name: plain, VSwitchIds: [!Ref Switch], Addons: [{Name: flannel}]}}
  Open:
    Type: ALIYUN::CS::ManagedKubernetesCluster
    Properties:
      Name: open
      EndpointPublicAccess: true
      EncryptionProviderKey: key-1
      NodePools: [{ScalingGroup: {VSwitchIds: [!Ref Switch], SocEnabled: true}}]
  More: {Type: ALIYUN::CS::ClusterNodePool, Properties: {ClusterId: !Ref Open, ScalingGroup: {VSwitchIds: [!Ref Switch]}}}
  Serverless: {Type: ALIYUN::CS::ASKCluster, Properties: {Name: ask}}
"""
    )
    assert set(found) == {"Switch", "Plain", "Open", "Serverless"}
    plain, other = found["Plain"].facts, found["Open"].facts
    assert (plain["endpoint_public"], plain["network_policy"]) == (False, False)
    assert (plain["node_zones"], plain["nodes_hardened"]) == (["cn-beijing-a"], False)
    assert plain["secrets_encryption"]["enabled"] is False
    assert (other["endpoint_public"], other["nodes_hardened"]) == (True, False)
    assert "secrets_encryption/enabled" in found["Open"].unknown
    assert found["Serverless"].facts["nodes_hardened"] is None


def test_who_reaches_clusters_that_do_not_say_it(stack: Read) -> None:
    found = stack(
        """
  Managed: {Type: ALIYUN::CS::ManagedKubernetesCluster, Properties: {Name: managed, VSwitchIds: [v]}}
  Serverless: {Type: ALIYUN::CS::ASKCluster, Properties: {Name: ask}}
  Closed: {Type: ALIYUN::CS::ASKCluster, Properties: {Name: ask, EndpointPublicAccess: false}}
  Edge: {Type: ALIYUN::CS::ManagedEdgeKubernetesCluster, Properties: {Name: edge}}
  Dedicated: {Type: ALIYUN::CS::KubernetesCluster, Properties: {Name: own, WorkerVSwitchIds: [v]}}
  Pods: {Type: ALIYUN::ACS::Cluster, Properties: {Name: acs, VSwitchIds: [v]}}
"""
    )
    public = {name: each.facts.get("endpoint_public") for name, each in found.items()}
    assert public == {
        "Managed": False,
        "Serverless": True,
        "Closed": False,
        "Edge": True,
        "Dedicated": None,
        "Pods": False,
    }
    assert found["Dedicated"].facts["nodes_hardened"] is False
    assert found["Pods"].facts["nodes_hardened"] is None
