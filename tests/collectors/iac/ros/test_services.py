# ruff: noqa: E501 - templates are easier to read on long lines
"""Instances, databases and load balancers of ROS: joined as in an account, with ROS's defaults."""

from __future__ import annotations

import pytest

from tests.collectors.iac.conftest import Read

OPEN = "Parameters: {Who: {Type: String}}\n"
WEB = "  Web: {Type: ALIYUN::ECS::SecurityGroup, Properties: {SecurityGroupIngress: [{IpProtocol: tcp, PortRange: 80/80, SourceCidrIp: 0.0.0.0/0}]}}\n"


def test_an_instance_with_what_belongs_to_it(stack: Read) -> None:
    found = stack(
        f"""
{WEB}
  Switch: {{Type: ALIYUN::ECS::VSwitch, Properties: {{VpcId: vpc-1, ZoneId: cn-hangzhou-h, CidrBlock: 10.0.0.0/24}}}}
  Policy: {{Type: ALIYUN::ECS::AutoSnapshotPolicy, Properties: {{RetentionDays: 30, RepeatWeekdays: ['1'], TimePoints: ['1'], EnableCrossRegionCopy: true, TargetCopyRegions: [cn-beijing]}}}}
  Server:
    Type: ALIYUN::ECS::InstanceGroup
    Properties:
      InstanceName: web-1
      MaxAmount: 2
      VSwitchId: !Ref Switch
      SecurityGroupId: !Ref Web
      AllocatePublicIP: true
      InternetMaxBandwidthOut: 10
      KeyPairName: ops
      HttpTokens: required
      SystemDiskEncrypted: true
      SecurityEnhancementStrategy: Deactive
      SystemDiskAutoSnapshotPolicyId: !Ref Policy
      DiskMappings: [{{Size: 40, Encrypted: true, AutoSnapshotPolicyId: !Ref Policy}}]
      Tags: [{{Key: system, Value: web}}]
"""
    )["Server"]
    facts = found.facts
    assert (found.name, found.region, found.tags) == ("web-1", "cn-hangzhou", {"system": "web"})
    assert facts["exposure"]["public"] is True
    assert facts["firewalls"] == ["infra/stack.yml#Web"]
    assert facts["agent"]["installed"] is False
    assert facts["disks_encrypted"] is True
    assert (facts["backup"]["enabled"], facts["backup"]["retention_days"]) == (True, 30)
    assert facts["backup"]["copies"][0]["region"] == "cn-beijing"
    assert (facts["metadata_token_required"], facts["password_login"]) == (True, False)
    assert (facts["network_kind"], facts["vpc_id"]) == ("vpc", "vpc-1")


def test_an_instance_with_little_written(stack: Read) -> None:
    found = stack("  S: {Type: ALIYUN::ECS::Instance, Properties: {VSwitchId: vsw-1}}\n")["S"]
    facts = found.facts
    assert "public_ips" in found.unknown
    assert (facts["metadata_token_required"], facts["disks_encrypted"]) == (False, False)
    assert facts["backup"]["enabled"] is False


@pytest.mark.parametrize("kind", ["ECS", "VPC"])
@pytest.mark.parametrize("inside", ["!GetAtt Server.PrivateIp", "10.0.0.5"])
def test_a_port_that_a_nat_gateway_leads_inside(stack: Read, kind: str, inside: str) -> None:
    found = stack(
        f"""
{WEB}
  Server: {{Type: ALIYUN::ECS::Instance, Properties: {{VSwitchId: v, SecurityGroupId: !Ref Web, PrivateIpAddress: 10.0.0.5}}}}
  Entry: {{Type: 'ALIYUN::{kind}::ForwardEntry', Properties: {{ForwardTableId: ftb-1, ExternalIp: 1.2.3.4, ExternalPort: 80, IpProtocol: TCP, InternalIp: {inside}, InternalPort: 80}}}}
"""
    )["Server"]
    assert found.facts["exposure"] == {"public": True, "via": ["port-mapping+firewall"]}


@pytest.mark.parametrize(
    ("kind", "written", "public"),
    [
        ("Instance", "AllocatePublicIP: true, InternetMaxBandwidthOut: 5", True),
        ("Instance", "InternetMaxBandwidthOut: 5", True),
        ("Instance", "AllocatePublicIP: false, InternetMaxBandwidthOut: 5", False),
        ("Instance", "AllocatePublicIP: true, InternetMaxBandwidthOut: 0", False),
        ("Instance", "AllocatePublicIP: true", True),
        ("Instance", "AllocatePublicIP: !Ref Who, InternetMaxBandwidthOut: 5", None),
        ("InstanceGroup", "AllocatePublicIP: false, InternetMaxBandwidthOut: 5", None),
        ("InstanceGroup", "AllocatePublicIP: false", False),
        ("InstanceGroup", "InstanceType: ecs.g7.large", None),
        ("Instance", "InstanceType: ecs.g7.large", None),
        ("Instance", "InternetMaxBandwidthOut: 0", False),
    ],
)
def test_what_brings_a_public_address(
    stack: Read, kind: str, written: str, public: bool | None
) -> None:
    text = f"  S: {{Type: ALIYUN::ECS::{kind}, Properties: {{VSwitchId: v, {written}}}}}\n"
    found = stack(text, OPEN)["S"]
    if public is None:
        assert "public_ips" in found.unknown
    else:
        assert bool(found.facts["public_ips"]) is public


def test_an_instance_that_joins_a_group_or_gets_an_address(stack: Read) -> None:
    found = stack(
        f"""
{WEB}
  S: {{Type: ALIYUN::ECS::Instance, Properties: {{VSwitchId: vsw-1, SecurityGroupId: sg-elsewhere}}}}
  Join: {{Type: ALIYUN::ECS::JoinSecurityGroup, Properties: {{SecurityGroupId: !Ref Web, InstanceId: !Ref S}}}}
  Eip: {{Type: ALIYUN::VPC::EIP}}
  Bind: {{Type: ALIYUN::VPC::EIPAssociation, Properties: {{AllocationId: !Ref Eip, InstanceId: !Ref S}}}}
"""
    )
    assert set(found) == {"Web", "S", "S.system_disk", "Eip"}
    assert found["S"].facts["firewalls"] == ["sg-elsewhere", "infra/stack.yml#Web"]
    assert found["S"].facts["exposure"]["public"] is True


def test_disks(stack: Read) -> None:
    found = stack(
        """
  Plain: {Type: ALIYUN::ECS::Disk, Properties: {ZoneId: cn-beijing-a, Size: 20}}
  Sealed: {Type: ALIYUN::ECS::Disk, Properties: {ZoneId: cn-beijing-a, Size: 20, Encrypted: true, KMSKeyId: key-1, AutoSnapshotPolicyId: sp-1}}
  Snaps: {Type: ALIYUN::ECS::AutoSnapshotPolicy, Properties: {RetentionDays: -1, RepeatWeekdays: ['1'], TimePoints: ['1'], DiskIds: [!Ref Plain]}}
  Attach: {Type: ALIYUN::ECS::DiskAttachment, Properties: {DiskId: !Ref Sealed, InstanceId: i-1}}
"""
    )
    plain, sealed = found["Plain"].facts, found["Sealed"].facts
    assert plain["encryption"]["enabled"] is False
    assert plain["backup"]["retention_days"] == 65536
    assert sealed["encryption"]["key_id"] == "key-1"
    assert (sealed["attached"], sealed["backup"]["enabled"]) == (True, True)


def test_a_database_that_the_internet_reaches(stack: Read) -> None:
    found = stack(
        """
  Db:
    Type: ALIYUN::RDS::DBInstance
    Properties: {Engine: MySQL, EngineVersion: '8.0', VSwitchId: 'vsw-a,vsw-b', ZoneId: cn-hangzhou-a, SlaveZoneIds: [cn-hangzhou-b], SecurityIPList: 10.0.0.0/8, AllocatePublicConnection: true, SSLSetting: EnabledForPublicConnection, SQLCollectorStatus: Enable, BackupRetentionPeriod: 30, EncryptionKey: key-1, DeletionProtection: true}
  More: {Type: ALIYUN::RDS::DBInstanceSecurityIps, Properties: {DBInstanceId: !Ref Db, DBInstanceIPArrayAttribute: '172.16.0.1,0.0.0.0/0'}}
"""
    )
    assert set(found) == {"Db"}
    db = found["Db"]
    assert db.facts["allow_list"] == ["10.0.0.0/8", "172.16.0.1/32", "0.0.0.0/0"]
    assert db.facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert db.facts["multi_zone"] is True
    assert (db.facts["backup"]["retention_days"], db.facts["deletion_protection"]) == (30, True)
    assert "backup/point_in_time" in db.unknown
    assert db.facts["encryption"]["key_id"] == "key-1"
    assert db.facts["audit_log"]["enabled"] is True
    assert db.facts["auto_minor_upgrade"] is True
    # The public address has TLS, the private one has not: as a live scan, it tells no version.
    assert db.facts["tls"] == {"required": False, "policy": None}


def test_tls_at_the_private_address_is_offered_beside_plaintext(stack: Read) -> None:
    written = "Engine: MySQL, EngineVersion: '8.0', SSLSetting: EnabledForInnerConnection"
    db = stack(f"  Db: {{Type: ALIYUN::RDS::DBInstance, Properties: {{{written}}}}}\n")["Db"]
    assert db.facts["tls"] == {"required": False, "policy": None}


@pytest.mark.parametrize(
    ("written", "public"),
    [
        ("DBInstanceNetType: Internet", True),
        ("ConnectionStringType: Public", True),
        ("AllocatePublicConnection: false", False),
        ("AllocatePublicConnection: !Ref Who", None),
    ],
)
def test_what_makes_a_database_public(stack: Read, written: str, public: bool | None) -> None:
    found = stack(
        f"  Db: {{Type: ALIYUN::RDS::DBInstance, Properties: {{Engine: MySQL, EngineVersion: '8.0', SecurityIPList: 0.0.0.0/0, {written}}}}}\n",
        OPEN,
    )["Db"]
    if public is None:
        assert "exposure/public" in found.unknown
    else:
        assert found.facts["exposure"]["public"] is public
    assert found.facts["tls"]["minimum"] == "none"
    assert found.facts["encryption"]["enabled"] is False
    assert "backup/retention_days" in found.unknown
    assert "multi_zone" in found.unknown


@pytest.mark.parametrize(
    ("written", "private"),
    [
        ("DBInstanceNetType: Internet", None),
        ("DBInstanceNetType: !Ref Who", None),
        ("DBInstanceNetType: Intranet", True),
        ("AllocatePublicConnection: true", True),
    ],
)
def test_a_public_address_in_place_of_the_private_one(
    stack: Read, written: str, private: bool | None
) -> None:
    found = stack(
        f"  Db: {{Type: ALIYUN::RDS::DBInstance, Properties: {{Engine: MySQL, EngineVersion: '8.0', VSwitchId: vsw-1, {written}}}}}\n",
        OPEN,
    )["Db"]
    assert found.facts.get("private_endpoint") is private


def test_a_list_for_a_database_that_is_not_known_leaves_all_in_doubt(stack: Read) -> None:
    found = stack(
        """
  Db: {Type: ALIYUN::RDS::DBInstance, Properties: {Engine: MySQL, EngineVersion: '8.0', SecurityIPList: 10.0.0.1, AllocatePublicConnection: true}}
  More: {Type: ALIYUN::RDS::DBInstanceSecurityIps, Properties: {DBInstanceId: !Ref Who, DBInstanceIPArrayAttribute: 0.0.0.0/0}}
""",
        OPEN,
    )["Db"]
    assert "exposure/public" in found.unknown


def test_redis(stack: Read) -> None:
    found = stack(
        """
  Cache:
    Type: ALIYUN::REDIS::Instance
    Properties: {InstanceName: cache, VSwitchId: v, ZoneId: cn-beijing-a, SecondaryZoneId: cn-beijing-b, VpcPasswordFree: true, SSLEnabled: Enable, DeletionProtection: true, BackupPolicy: {EnableBackupLog: 1, PreferredBackupPeriod: Monday, PreferredBackupTime: x}, Connections: {PublicConnection: {ConnectionPort: 6379}}}
  Ips: {Type: ALIYUN::REDIS::Whitelist, Properties: {InstanceId: !Ref Cache, SecurityIps: 0.0.0.0/0}}
  Quiet: {Type: ALIYUN::REDIS::Instance, Properties: {InstanceName: quiet, VSwitchId: v}}
  Direct: {Type: ALIYUN::REDIS::Connection, Properties: {InstanceId: !Ref Quiet, ConnectionType: Direct, ConnectionStringPrefix: x, Port: 6379}}
  Audit: {Type: ALIYUN::REDIS::AuditLogConfig, Properties: {InstanceId: !Ref Quiet, Retention: 200}}
"""
    )
    assert set(found) == {"Cache", "Quiet"}
    cache, quiet = found["Cache"].facts, found["Quiet"]
    assert cache["exposure"]["public"] is True
    assert (cache["authentication"], cache["multi_zone"]) == (False, True)
    assert (cache["deletion_protection"], cache["backup"]["point_in_time"]) == (True, True)
    assert quiet.facts["exposure"]["public"] is False
    assert (quiet.facts["authentication"], quiet.facts["tls"]["minimum"]) == (True, "none")
    assert quiet.facts["allow_list"] == ["127.0.0.1/32"]
    assert "audit_log/enabled" in quiet.unknown


def test_mongodb(stack: Read) -> None:
    found = stack(
        """
  Set:
    Type: ALIYUN::MONGODB::Instance
    Properties: {EngineVersion: '6.0', VSwitchId: v, ZoneId: cn-beijing-a, SecondaryZoneId: cn-beijing-b, HiddenZoneId: cn-beijing-c, SecurityIPArray: '10.0.0.1,10.0.0.2', Encrypted: true, EncryptionKey: key-1, SSLOptions: {SSLAction: Open, ForceEncryption: 1}, BackupPolicyOptions: {BackupRetentionPeriod: 30, EnableBackupLog: 1}, AuditPolicyOptions: {AuditStatus: enable}, DBInstanceReleaseProtection: true}
  Shards: {Type: ALIYUN::MONGODB::ShardingInstance, Properties: {EngineVersion: '6.0', VSwitchId: v, SecurityIPArray: 0.0.0.0/0, TDEStatus: true}}
  Public: {Type: ALIYUN::MONGODB::ShardingNetworkPublicAddress, Properties: {DBInstanceId: !Ref Shards, NodeId: s-1}}
  Free: {Type: ALIYUN::MONGODB::Instance, Properties: {VSwitchId: v, VpcPasswordFree: true}}
"""
    )
    one, shards = found["Set"].facts, found["Shards"].facts
    assert one["allow_list"] == ["10.0.0.1/32", "10.0.0.2/32"]
    assert (one["tls"]["required"], one["encryption"]["key_id"]) == (True, "key-1")
    assert (one["backup"]["retention_days"], one["backup"]["point_in_time"]) == (30, True)
    assert (one["audit_log"]["enabled"], one["audit_log"]["retention_days"]) == (True, 30)
    assert (one["multi_zone"], one["authentication"]) == (True, True)
    assert shards["exposure"]["public"] is True
    assert shards["encryption"]["enabled"] is True
    assert found["Free"].facts["authentication"] is False


def test_polardb(stack: Read) -> None:
    found = stack(
        """
  Pg: {Type: ALIYUN::POLARDB::DBCluster, Properties: {DBType: PostgreSQL, DBVersion: '14', VSwitchId: v, TDEStatus: true, SSLEnabled: Enable, SecurityIPList: 10.0.0.0/8, DeletionProtection: true, HotStandbyCluster: STANDBY}}
  My: {Type: ALIYUN::POLARDB::DBCluster, Properties: {DBType: MySQL, DBVersion: '8.0', VSwitchId: v, TDEStatus: true}}
  Ips: {Type: ALIYUN::POLARDB::DBClusterAccessWhiteList, Properties: {DBClusterId: !Ref My, SecurityIps: 0.0.0.0/0}}
  Address: {Type: ALIYUN::POLARDB::DBClusterEndpointAddress, Properties: {DBClusterId: !Ref My, DBEndpointId: pe-1}}
  Private: {Type: ALIYUN::POLARDB::DBClusterEndpointAddress, Properties: {DBClusterId: !Ref Pg, DBEndpointId: pe-2, NetType: Private}}
"""
    )
    assert set(found) == {"Pg", "My"}
    pg, my = found["Pg"].facts, found["My"]
    assert (pg["encryption"]["enabled"], pg["deletion_protection"]) == (True, True)
    assert (pg["exposure"]["public"], pg["multi_zone"]) == (False, True)
    assert my.facts["exposure"]["public"] is True
    # The property works for other engines alone.
    assert "encryption/enabled" in my.unknown


def test_a_word_that_ros_does_not_have_is_no_tls(stack: Read) -> None:
    found = stack(
        "  D: {Type: ALIYUN::RDS::DBInstance,"
        " Properties: {Engine: MySQL, EngineVersion: '8.0', VSwitchId: v, SSLSetting: disabled}}\n"
    )
    assert "SSLSetting" in found["D"].unknown["tls/required"]


def test_the_engine_decides_whether_polardb_encrypts(stack: Read) -> None:
    found = stack(
        "  C: {Type: ALIYUN::POLARDB::DBCluster,"
        " Properties: {DBType: !Ref Who, VSwitchId: v, TDEStatus: true}}\n",
        before=OPEN,
    )
    assert "encryption/enabled" in found["C"].unknown


def test_load_balancers(stack: Read) -> None:
    found = stack(
        """
  Clb: {Type: ALIYUN::SLB::LoadBalancer, Properties: {LoadBalancerName: front, DeletionProtection: true, MasterZoneId: cn-beijing-a}}
  Http: {Type: ALIYUN::SLB::Listener, Properties: {LoadBalancerId: !Ref Clb, ListenerPort: 80, Protocol: http, HttpConfig: {ListenerForward: on}}}
  Https: {Type: ALIYUN::SLB::Listener, Properties: {LoadBalancerId: !Ref Clb, ListenerPort: 443, Protocol: https, ServerCertificateId: c-1}}
  Inner: {Type: ALIYUN::SLB::LoadBalancer, Properties: {VSwitchId: v}}
  Alb: {Type: ALIYUN::ALB::LoadBalancer, Properties: {AddressType: Internet, VpcId: v, ZoneMappings: [{ZoneId: cn-beijing-a, VSwitchId: a}, {ZoneId: cn-beijing-b, VSwitchId: b}], DeletionProtectionEnabled: true, AccessLogConfig: {LogProject: p, LogStore: s}}}
  Weak: {Type: ALIYUN::ALB::Listener, Properties: {LoadBalancerId: !Ref Alb, ListenerPort: 443, ListenerProtocol: HTTPS, Certificates: [{CertificateId: c-2}], DefaultActions: [{Type: ForwardGroup}]}}
  Tls: {Type: ALIYUN::ALB::SecurityPolicy, Properties: {SecurityPolicyName: tls, TLSVersions: [TLSv1.2, TLSv1.3], Ciphers: [x]}}
  Strong: {Type: ALIYUN::ALB::Listener, Properties: {LoadBalancerId: !Ref Alb, ListenerPort: 8443, ListenerProtocol: HTTPS, SecurityPolicyId: !Ref Tls, DefaultActions: [{Type: ForwardGroup}]}}
  Silent: {Type: ALIYUN::ALB::LoadBalancer, Properties: {AddressType: Intranet, VpcId: v, ZoneMappings: [], AccessLogConfig: {LogProject: p, LogStore: s, Enable: false}}}
  Logged: {Type: ALIYUN::ALB::LoadBalancer, Properties: {AddressType: Intranet, VpcId: v, ZoneMappings: []}}
  Log: {Type: ALIYUN::ALB::AccessLogEnable, Properties: {LoadBalancerId: !Ref Logged, LogProject: p, LogStore: s}}
"""
    )
    clb, alb = found["Clb"].facts, found["Alb"].facts
    assert (clb["scheme"], clb["deletion_protection"]) == ("public", True)
    assert found["Inner"].facts["scheme"] == "private"
    http, https = clb["listeners"]
    assert (http["redirect_to_https"], https["tls"]["minimum"]) == (True, "1.0")
    assert (alb["scheme"], alb["zones"]) == ("public", ["cn-beijing-a", "cn-beijing-b"])
    assert (alb["access_log"]["enabled"], alb["access_log"]["destination"]) == (True, "s")
    assert [each["tls"]["minimum"] for each in alb["listeners"]] == ["1.0", "1.2"]
    assert found["Silent"].facts["access_log"]["enabled"] is False
    assert found["Logged"].facts["access_log"]["enabled"] is True


def test_what_instances_are_made_from(stack: Read) -> None:
    found = stack(
        """
  T: {Type: ALIYUN::ECS::LaunchTemplate, Properties: {LaunchTemplateName: web, InternetMaxBandwidthOut: 5, DiskMappings: [{Size: 40, Encrypted: false}], UserData: 'export DB_PASSWORD=Example-Only-2019!'}}
  C: {Type: ALIYUN::ESS::ScalingConfiguration, Properties: {ScalingGroupId: g, SystemDiskEncrypted: true, DiskMappings: [{Size: '40', Encrypted: 'true'}]}}
  D: {Type: ALIYUN::ESS::ScalingConfiguration, Properties: {ScalingGroupId: g, InstanceId: i-1}}
"""
    )
    template, configuration = found["T"].facts, found["C"].facts
    assert (template["public_address"], template["disks_encrypted"]) == (True, False)
    assert template["user_data_secrets"] is True
    assert (configuration["public_address"], configuration["disks_encrypted"]) == (False, True)
    assert found["D"].facts == {}, "the instance decides"


def test_who_reaches_listeners_and_what_rules_redirect(stack: Read) -> None:
    found = stack(
        """
  Office: {Type: ALIYUN::SLB::AccessControl, Properties: {AclName: office, AclEntries: [{Entry: 192.0.2.0/24, Comment: office}]}}
  Clb: {Type: ALIYUN::SLB::LoadBalancer, Properties: {AddressType: internet}}
  Ssh: {Type: ALIYUN::SLB::Listener, Properties: {LoadBalancerId: !Ref Clb, ListenerPort: 22, Protocol: tcp, AclStatus: on, AclType: white, AclId: !Ref Office}}
  Alb: {Type: ALIYUN::ALB::LoadBalancer, Properties: {AddressType: Intranet, Ipv6AddressType: Internet, LoadBalancerEdition: StandardWithWaf, VpcId: v, ZoneMappings: []}}
  Plain: {Type: ALIYUN::ALB::Listener, Properties: {LoadBalancerId: !Ref Alb, ListenerPort: 80, ListenerProtocol: HTTP, DefaultActions: [{Type: ForwardGroup}]}}
  Away: {Type: ALIYUN::ALB::Rule, Properties: {ListenerId: !Ref Plain, Priority: 1, RuleName: away, RuleConditions: [{Type: Path, PathConfig: {Values: ['/*']}}], RuleActions: [{Type: Redirect, Order: 1, RedirectConfig: {Protocol: HTTPS, Port: '443'}}]}}
  Few: {Type: ALIYUN::ALB::Acl, Properties: {AclName: few, AclEntries: [{Entry: 192.0.2.1/32}]}}
  Only: {Type: ALIYUN::ALB::AclAssociation, Properties: {ListenerId: !Ref Plain, AclType: White, AclIds: [!Ref Few]}}
  Nlb: {Type: ALIYUN::NLB::LoadBalancer, Properties: {AddressType: Intranet, Ipv6AddressType: Internet, VpcId: v, ZoneMappings: [], SecurityGroupIds: [sg-1]}}
  Tcp: {Type: ALIYUN::NLB::Listener, Properties: {LoadBalancerId: !Ref Nlb, ListenerPort: 22, ListenerProtocol: TCP}}
"""
    )
    assert found["Clb"].facts["listeners"][0]["source_ranges"] == ["192.0.2.0/24"]
    alb = found["Alb"].facts
    assert (alb["scheme"], alb["waf"]) == ("public", "StandardWithWaf")
    (plain,) = alb["listeners"]
    assert (plain["redirect_to_https"], plain["source_ranges"]) == (True, ["192.0.2.1/32"])
    assert found["Nlb"].facts["scheme"] == "public"
    assert "listeners/0/source_ranges" in found["Nlb"].unknown, "its security groups decide"


def test_containers_kafka_and_lakes(stack: Read) -> None:
    found = stack(
        f"""
{WEB}
  Pod:
    Type: ALIYUN::ECI::ContainerGroup
    Properties:
      ContainerGroupName: shop
      SecurityGroupId: !Ref Web
      EipInstanceId: eip-1
      RamRoleName: shop
      Container:
        - {{Name: app, Image: nginx, EnvironmentVar: [{{Key: DB_PASSWORD, Value: Example-Only-2019}}], SecurityContextCapability: {{Add: [SYS_ADMIN]}}}}
  Inner: {{Type: ALIYUN::ECI::ContainerGroup, Properties: {{ContainerGroupName: inner, Container: [{{Name: app, Image: nginx}}]}}}}
  Kafka: {{Type: ALIYUN::KAFKA::Instance, Properties: {{DeployType: 5, DiskType: '1', DeployOption: {{KMSKeyId: key-1}}}}}}
  Open: {{Type: ALIYUN::KAFKA::Instance, Properties: {{DeployType: 4, DiskType: '1'}}}}
  Lake: {{Type: ALIYUN::ADBLake::DBCluster, Properties: {{DBClusterVersion: '5.0', VSwitchId: v, ZoneId: cn-hangzhou-h, DiskEncryption: true, KmsId: key-1}}}}
"""
    )
    pod, inner = found["Pod"].facts, found["Inner"].facts
    assert (pod["public_address"], pod["exposure"]["public"]) == (True, True)
    assert pod["firewalls"] == ["infra/stack.yml#Web"]
    assert (pod["environment_secrets"], pod["privileged_containers"]) == (True, ["app"])
    assert (pod["role"], pod["network_kind"]) == ("shop", "vpc")
    assert (inner["public_address"], inner["environment_secrets"]) == (False, False)
    assert "firewalls" in found["Inner"].unknown
    kafka = found["Kafka"].facts
    assert (kafka["encryption"]["key_id"], kafka["exposure"]["public"]) == ("key-1", False)
    assert found["Open"].facts["encryption"]["enabled"] is False
    assert "exposure/public" in found["Open"].unknown
    assert found["Lake"].facts["encryption"]["key_id"] == "key-1"
    assert "exposure/public" in found["Lake"].unknown
