# ruff: noqa: E501 - templates are easier to read on long lines
"""Alarm rules and Elasticsearch of ROS."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read


def test_alarms_and_search(stack: Read) -> None:
    found = stack(
        """
  Ops: {Type: ALIYUN::CMS::ContactGroup, Properties: {ContactGroupName: ops, ContactNames: [li.si]}}
  Cpu: {Type: ALIYUN::CMS::ResourceMetricRule, Properties: {RuleName: cpu, Namespace: acs_rds_dashboard, MetricName: CpuUsage, ContactGroups: ops, Resources: [{instanceId: rm-1}, {instanceId: rm-2}]}}
  Search: {Type: ALIYUN::ElasticSearch::Instance, Properties: {Version: '7.10', VSwitchId: v, EnablePublic: true, PublicWhitelist: [0.0.0.0/0], ZoneCount: 1, DataNode: {Amount: 2, Spec: s, DiskEncryption: true}}}
"""
    )
    assert set(found) == {"Cpu", "Search"}
    cpu, search = found["Cpu"].facts, found["Search"].facts
    assert cpu == {"enabled": True, "actions": [None], "target_kind": "database", "targets": 2}
    assert search["exposure"]["public"] is True
    assert (search["encryption"]["enabled"], search["multi_zone"]) == (True, False)


def test_warehouses(stack: Read) -> None:
    found = stack(
        """
  Adb: {Type: ALIYUN::ADB::DBCluster, Properties: {DBClusterVersion: '3.0', VSwitchId: v, DiskEncryption: true, KmsId: key-1, EnableSSL: true}}
  House: {Type: ALIYUN::ClickHouse::DBCluster, Properties: {DBClusterVersion: '20.8', VSwitchId: v}}
"""
    )
    assert found["Adb"].facts["encryption"]["key_id"] == "key-1"
    assert "tls/minimum" in found["Adb"].unknown
    assert found["House"].facts["encryption"]["enabled"] is False


def test_table_stores(stack: Read) -> None:
    found = stack(
        """
  Any: {Type: ALIYUN::OTS::Instance, Properties: {InstanceName: any}}
  Inside: {Type: ALIYUN::OTS::Instance, Properties: {InstanceName: inside, Network: VPC}}
  New: {Type: ALIYUN::OTS::InstanceV2, Properties: {InstanceName: new, ClusterType: SSD, NetworkTypeACL: [VPC]}}
"""
    )
    public = {name: each.facts["exposure"]["public"] for name, each in found.items()}
    assert public == {"Any": True, "Inside": False, "New": False}
