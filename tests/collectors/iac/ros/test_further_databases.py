# ruff: noqa: E501 - templates are easier to read on long lines
"""SelectDB, HBase and PolarDB-X of ROS, and where databases of ROS stand."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read


def test_databases(stack: Read) -> None:
    found = stack(
        """
  Net: {Type: ALIYUN::ECS::VPC, Properties: {VpcName: net}}
  Switch: {Type: ALIYUN::ECS::VSwitch, Properties: {VpcId: !Ref Net, ZoneId: cn-hangzhou-h}}
  Out: {Type: ALIYUN::ECS::Route, Properties: {RouteTableId: !GetAtt Net.RouteTableId, DestinationCidrBlock: 0.0.0.0/0, NextHopType: Ipv4Gateway, NextHopId: gw-1}}
  Select: {Type: ALIYUN::SELECTDB::DBInstance, Properties: {DBInstanceDescription: reports, EngineVersion: '3.0', VSwitchId: !Ref Switch, SecurityIPList: [10.0.0.1]}}
  Wide: {Type: ALIYUN::HBase::Cluster, Properties: {ClusterName: wide, EngineVersion: '2.0', VSwitchId: !Ref Switch, EncryptionKey: key-1, SecurityIPList: '10.0.0.1'}}
  Old: {Type: ALIYUN::DRDS::DrdsInstance, Properties: {Description: old, VswitchId: !Ref Switch, MySQLVersion: '8'}}
  X: {Type: ALIYUN::PolarDBX::DBInstance, Properties: {EngineVersion: '8.0', TopologyType: 3azones, VSwitchId: !Ref Switch}}
  Rds: {Type: ALIYUN::RDS::DBInstance, Properties: {Engine: MySQL, EngineVersion: '8.0', DBInstanceClass: rds.mysql.st.h43, VSwitchId: !Ref Switch}}
  Cpu: {Type: ALIYUN::CMS::ResourceMetricRule, Properties: {RuleName: cpu, Namespace: acs_rds_dashboard, Webhook: 'https://example.com', ContactGroups: ops, Resources: [{instanceId: !Ref Rds}]}}
"""
    )
    databases = [found[name].facts for name in ("Select", "Wide", "Old", "X", "Rds")]
    assert all(each["subnet_routes_to_internet"] is True for each in databases)
    assert all(each["private_endpoint"] is True for each in databases)
    select, wide, old, x, rds = databases
    assert (select["allow_list"], wide["allow_list"]) == (["10.0.0.1/32"], ["10.0.0.1/32"])
    assert (wide["encryption"]["key_id"], old["engine_version"]) == ("key-1", "8")
    assert "deletion_protection" in found["Wide"].unknown
    assert (x["multi_zone"], rds["tenancy"], rds["alarms"]) == (True, "dedicated", 1)
    assert "alarms" in found["X"].unknown


def test_a_vswitch_of_a_network_with_an_ipv6_gateway(stack: Read) -> None:
    found = stack(
        """
  Net: {Type: ALIYUN::ECS::VPC, Properties: {VpcName: net}}
  Gate: {Type: ALIYUN::VPC::Ipv6Gateway, Properties: {VpcId: !Ref Net}}
  Switch: {Type: ALIYUN::ECS::VSwitch, Properties: {VpcId: !Ref Net, ZoneId: cn-hangzhou-h}}
"""
    )
    assert "routes_to_internet" in found["Switch"].unknown


def test_backups_of_mongodb_in_another_region(stack: Read) -> None:
    found = stack(
        """
  Here: {Type: ALIYUN::MONGODB::Instance, Properties: {EngineVersion: '6.0', BackupPolicyOptions: {BackupRetentionPeriod: 30}}}
  Abroad: {Type: ALIYUN::MONGODB::Instance, Properties: {EngineVersion: '6.0', BackupPolicyOptions: {CrossBackupPeriod: Monday, DestRegion: ap-southeast-1}}}
"""
    )
    assert found["Here"].facts["backup"]["copies"] == []
    assert found["Abroad"].facts["backup"]["copies"][0]["region"] == "ap-southeast-1"


def test_clusters_of_a_global_database(stack: Read) -> None:
    found = stack(
        """
  Alone: {Type: ALIYUN::POLARDB::DBCluster, Properties: {DBType: MySQL, DBVersion: '8.0'}}
  First: {Type: ALIYUN::POLARDB::DBCluster, Properties: {DBType: MySQL, DBVersion: '8.0'}}
  Network: {Type: ALIYUN::POLARDB::GlobalDatabaseNetwork, Properties: {DBClusterId: !Ref First}}
  Second: {Type: ALIYUN::POLARDB::DBCluster, Properties: {DBType: MySQL, DBVersion: '8.0', GDNId: !Ref Network}}
  Elsewhere: {Type: ALIYUN::POLARDB::DBCluster, Properties: {DBType: MySQL, DBVersion: '8.0', GDNId: gdn-1}}
"""
    )
    assert found["Alone"].facts["replicas"] == []
    assert [len(found[name].facts["replicas"]) for name in ("First", "Second")] == [1, 1]
    assert "replicas" in found["Elsewhere"].unknown
