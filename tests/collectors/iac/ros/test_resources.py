# ruff: noqa: E501 - templates are easier to read on long lines
"""Resources of ROS: the facts that checks judge, with ROS's own defaults."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read

WHO = "Parameters: {Who: {Type: String}}\nConditions: {Remote: !Equals [!Ref Who, admin]}\n"


def test_a_bucket_with_every_setting(stack: Read) -> None:
    found = stack(
        """
  Key: {Type: ALIYUN::KMS::Key, Properties: {EnableAutomaticRotation: true, RotationInterval: 90d, DeletionProtection: true}}
  Logs: {Type: ALIYUN::OSS::Bucket, Properties: {BucketName: logs}}
  Data:
    Type: ALIYUN::OSS::Bucket
    Properties:
      BucketName: data-of-the-bank
      AccessControl: private
      BlockPublicAccess: true
      RedundancyType: ZRS
      VersioningConfiguration: {Status: Enabled}
      ServerSideEncryptionConfiguration: {SSEAlgorithm: KMS, KMSMasterKeyID: !Ref Key}
      LoggingConfiguration: {TargetBucket: !Ref Logs, TargetPrefix: data/}
      RefererConfiguration: {AllowEmptyReferer: false, RefererList: ['http://bank.example']}
      LifecycleConfiguration: {Rule: [{Prefix: '', Status: Enabled, AbortMultipartUpload: {Days: 3}}]}
      Tags: {system: core-bank}
"""
    )
    data = found["Data"]
    assert (data.name, data.tags) == ("data-of-the-bank", {"system": "core-bank"})
    assert data.native_type == "ALIYUN::OSS::Bucket"
    facts = data.facts
    assert facts["versioning"] is True
    assert facts["encryption"]["key_id"] == "infra/stack.yml#Key"
    assert facts["encryption"]["key_manager"] == "customer"
    assert facts["logging"]["destination"] == "infra/stack.yml#Logs"
    assert facts["redundancy"] == "multi-zone"
    assert facts["referers"] == ["http://bank.example"]
    assert facts["lifecycle"]["abort_incomplete_days"] == 3
    assert facts["public_access_block"] is True
    assert data.source
    assert (data.source.uri, data.source.start_line) == ("infra/stack.yml", 6)
    assert found["Key"].facts["rotation_days"] == 90
    assert found["Key"].facts["deletion_protection"] is True


def test_a_bucket_with_nothing_written(stack: Read) -> None:
    found = stack("  Data: {Type: ALIYUN::OSS::Bucket, Properties: {BucketName: data}}\n")["Data"]
    assert found.facts["versioning"] is False
    assert found.facts["encryption"]["enabled"] is False
    assert found.facts["logging"]["enabled"] is False
    assert found.facts["exposure"]["public"] is False
    assert "public_access_block" in found.unknown


def test_settings_of_a_bucket_that_stand_alone(stack: Read) -> None:
    found = stack(
        """
  Data: {Type: ALIYUN::OSS::Bucket, Properties: {BucketName: data, AccessControl: public-read}}
  Block: {Type: ALIYUN::OSS::BucketPublicAccessBlock, Properties: {Bucket: data, BlockPublicAccess: true}}
  Log: {Type: ALIYUN::OSS::BucketLogging, Properties: {Bucket: !Ref Data, TargetBucket: elsewhere}}
  Copy: {Type: ALIYUN::OSS::BucketReplication, Properties: {BucketName: !Ref Data, ReplicationConfiguration: {Rule: {PrefixSet: [{Prefix: logs/}], Destination: {Bucket: copy, Location: oss-cn-beijing}}}}}
  Worm: {Type: ALIYUN::OSS::BucketWorm, Properties: {Bucket: !Ref Data, RetentionPeriodInDays: 180}}
"""
    )
    assert set(found) == {"Data"}
    facts = found["Data"].facts
    assert facts["public_access_block"] is True
    assert facts["exposure"]["public"] is False
    assert facts["logging"]["destination"] == "elsewhere"
    assert facts["replication"] == [{"region": "cn-beijing", "account": "template", "whole": False}]
    # A policy that nobody locks lapses after a day.
    assert facts["object_lock_days"] is None


def test_a_setting_that_is_open_is_not_its_default(stack: Read) -> None:
    found = stack(
        """
  Data:
    Type: ALIYUN::OSS::Bucket
    Properties:
      BucketName: data
      AccessControl: !Ref Who
      LoggingConfiguration: !If [Remote, {TargetBucket: x}, !Ref ALIYUN::NoValue]
      ServerSideEncryptionConfiguration: !If [Remote, {SSEAlgorithm: AES256}, !Ref ALIYUN::NoValue]
      VersioningConfiguration: !If [Remote, {Status: Enabled}, !Ref ALIYUN::NoValue]
""",
        WHO,
    )["Data"]
    assert {"versioning", "logging/enabled", "encryption/enabled", "exposure/public"} <= set(
        found.unknown
    )


def test_policies_with_the_own_account_and_with_others(stack: Read) -> None:
    found = stack(
        """
  Open:
    Type: ALIYUN::OSS::Bucket
    Properties:
      BucketName: open
      Policy: {Version: '1', Statement: [{Effect: Allow, Principal: ['*'], Action: ['oss:GetObject'], Resource: [!Sub 'acs:oss:*:${ALIYUN::TenantId}:open/*']}]}
  Own:
    Type: ALIYUN::OSS::Bucket
    Properties:
      BucketName: own
      Policy:
        Statement:
          - {Effect: Allow, Principal: [!Ref ALIYUN::TenantId], Action: ['oss:*'], Resource: ['acs:oss:*:*:own/*']}
          - {Effect: Allow, Principal: !Sub 'acs:ram::${ALIYUN::TenantId}:role/x', Action: ['oss:*'], Resource: ['acs:oss:*:*:own/*']}
          - {Effect: Deny, Principal: ['*'], Action: ['oss:*'], Resource: ['acs:oss:*:*:own/*'], Condition: {Bool: {'acs:SecureTransport': ['false']}}}
  Doubtful:
    Type: ALIYUN::OSS::Bucket
    Properties:
      BucketName: doubtful
      Policy: {Statement: [{Effect: Allow, Principal: [!Ref Who], Action: ['oss:*'], Resource: ['*']}]}
""",
        WHO,
    )
    assert found["Open"].facts["exposure"] == {"public": True, "via": ["policy"]}
    own = found["Own"].facts
    assert own["exposure"]["public"] is False
    assert [each["account"] for each in own["policy"]] == ["template", "template"]
    assert own["tls"]["required"] is True
    assert "exposure/public" in found["Doubtful"].unknown
    assert "policy" in found["Doubtful"].unknown


def test_a_group_with_rules_inside_and_outside(stack: Read) -> None:
    found = stack(
        """
  Web:
    Type: ALIYUN::ECS::SecurityGroup
    Properties:
      SecurityGroupName: web
      VpcId: vpc-1
      SecurityGroupType: enterprise
      SecurityGroupIngress:
        - {IpProtocol: tcp, PortRange: 22/22, SourceCidrIp: 0.0.0.0/0, Priority: 1}
        - {IpProtocol: tcp, PortRange: 3306/3306, SourceGroupId: !Ref Web}
      SecurityGroupEgress:
        - {IpProtocol: all, PortRange: -1/-1, DestCidrIp: 10.0.0.0/8, Priority: 2}
  Rdp: {Type: ALIYUN::ECS::SecurityGroupIngress, Properties: {SecurityGroupId: !Ref Web, IpProtocol: tcp, PortRange: 3389/3389, Ipv6SourceCidrIp: '::/0', Policy: drop, Priority: 3}}
  More: {Type: ALIYUN::ECS::SecurityGroupIngresses, Properties: {SecurityGroupId: !Ref Web, Permissions: [{IpProtocol: udp, PortRange: 53/53, SourceCidrIp: 10.0.0.0/8, Priority: 4}, {IpProtocol: icmp, PortRange: -1/-1, SourceCidrIp: 10.0.0.0/8, Priority: 5}]}}
"""
    )
    assert set(found) == {"Web"}
    facts = found["Web"].facts
    assert (facts["default_ingress"], facts["default_egress"]) == ("deny", "deny")
    ssh, mysql, out, rdp, dns, ping = facts["rules"]
    assert (ssh["from_port"], ssh["sources"]) == (22, ["0.0.0.0/0"])
    assert mysql["sources"] == ["group:infra/stack.yml#Web"]
    assert (out["direction"], out["destinations"]) == ("egress", ["10.0.0.0/8"])
    assert (rdp["action"], rdp["sources"]) == ("deny", ["::/0"])
    assert (dns["protocol"], ping["protocol"]) == ("udp", "icmp")


def test_rules_that_are_open_are_not_absent(stack: Read) -> None:
    template = """
  Web:
    Type: ALIYUN::ECS::SecurityGroup
    Properties:
      SecurityGroupIngress: !If [Remote, [{IpProtocol: tcp, PortRange: 22/22, SourceCidrIp: 0.0.0.0/0}], !Ref ALIYUN::NoValue]
"""
    assert "rules/0/sources/0" in stack(template, WHO)["Web"].unknown
    assert len(stack(template, WHO, Who="admin")["Web"].facts["rules"]) == 1
    assert stack(template, WHO, Who="nobody")["Web"].facts["rules"] == []


def test_counts_and_conditions_decide_what_is_made(stack: Read) -> None:
    found = stack(
        """
  None: {Type: ALIYUN::OSS::Bucket, Count: 0, Properties: {BucketName: a}}
  Two: {Type: ALIYUN::OSS::Bucket, Count: 2, Properties: {BucketName: !Sub 'b-${ALIYUN::Index}'}}
  Perhaps: {Type: ALIYUN::OSS::Bucket, Count: !Ref Who, Properties: {BucketName: c}}
  Not: {Type: ALIYUN::OSS::Bucket, Condition: Never, Properties: {BucketName: d}}
""",
        "Parameters: {Who: {Type: Number}}\nConditions: {Never: !Equals [a, b]}\n",
    )
    assert set(found) == {"Two", "Perhaps"}


def test_a_network(stack: Read) -> None:
    found = stack(
        """
  Vpc: {Type: ALIYUN::ECS::VPC, Properties: {VpcName: main, CidrBlock: 10.0.0.0/16}}
  Default: {Type: ALIYUN::ECS::VPC}
  More: {Type: ALIYUN::VPC::VpcCidrBlockAssociation, Properties: {VpcId: !Ref Vpc, SecondaryCidrBlock: 192.168.0.0/16}}
  Store: {Type: ALIYUN::SLS::Logstore, Properties: {ProjectName: p, LogstoreName: flows, TTL: 200, EncryptConf: {Enable: true, EncryptType: m4, UserCmkInfo: {CmkKeyId: key-1, Arn: a, RegionId: r}}}}
  Kept: {Type: ALIYUN::SLS::Logstore, Properties: {ProjectName: p, LogstoreName: kept, PreserveStorage: true, EnableTracking: true}}
  Log: {Type: ALIYUN::VPC::FlowLog, Properties: {ResourceId: !Ref Vpc, ResourceType: VPC, TrafficType: All, ProjectName: p, LogStoreName: flows}}
"""
    )
    vpc = found["Vpc"]
    assert vpc.name == "main"
    assert vpc.facts["cidrs"] == ["10.0.0.0/16", "192.168.0.0/16"]
    (log,) = vpc.facts["flow_logs"]
    assert (log["traffic"], log["active"], log["retention_days"]) == ("all", True, 200)
    assert found["Default"].facts["cidrs"] == ["172.16.0.0/12"]
    store, kept = found["Store"].facts, found["Kept"].facts
    assert (store["encryption"]["key_id"], store["encryption"]["algorithm"]) == ("key-1", "SM4")
    assert (kept["retention_days"], kept["exposure"]["public"]) == (None, True)
    assert kept["encryption"]["enabled"] is False


def test_keys(stack: Read) -> None:
    found = stack(
        """
  Plain: {Type: ALIYUN::KMS::Key, Properties: {}}
  Off: {Type: ALIYUN::KMS::Key, Properties: {Enable: false, KeySpec: Aliyun_SM4, DKMSInstanceId: kst-1}}
  Alias: {Type: ALIYUN::KMS::Alias, Properties: {AliasName: alias/off, KeyId: !GetAtt Off.KeyId}}
"""
    )
    plain, off = found["Plain"].facts, found["Off"].facts
    assert (plain["rotation_days"], plain["state"]) == (None, "enabled")
    assert (off["state"], off["algorithm"], found["Off"].name) == (
        "disabled",
        "Aliyun_SM4",
        "alias/off",
    )
    assert "origin" in found["Off"].unknown


def test_a_deny_of_what_is_not_known_proves_nothing(stack: Read) -> None:
    found = stack(
        """
  Data:
    Type: ALIYUN::OSS::Bucket
    Properties:
      BucketName: data
      Policy: {Statement: [{Effect: Deny, Principal: ['*'], Action: ['oss:*'], Resource: [!Ref Who], Condition: {Bool: {'acs:SecureTransport': ['false']}}}]}
""",
        WHO,
    )["Data"]
    assert "tls/required" in found.unknown


def test_an_elastic_address_of_an_interface_makes_its_instance_public(stack: Read) -> None:
    found = stack(
        """
  Open: {Type: ALIYUN::ECS::SecurityGroup, Properties: {VpcId: vpc-1, SecurityGroupIngress: [{IpProtocol: tcp, PortRange: 22/22, SourceCidrIp: 0.0.0.0/0}]}}
  Web: {Type: ALIYUN::ECS::Instance, Properties: {ImageId: x, VSwitchId: vsw-1, SecurityGroupId: !Ref Open, AllocatePublicIP: false}}
  Card: {Type: ALIYUN::ECS::NetworkInterface, Properties: {VSwitchId: vsw-1, SecurityGroupId: !Ref Open}}
  Link: {Type: ALIYUN::ECS::NetworkInterfaceAttachment, Properties: {InstanceId: !Ref Web, NetworkInterfaceId: !Ref Card}}
  Bind: {Type: ALIYUN::VPC::EIPAssociation, Properties: {AllocationId: eip-1, InstanceId: !Ref Card}}
"""
    )
    assert found["Web"].facts["exposure"]["public"] is True


def test_a_drop_of_a_part_hides_no_rule_that_allows(stack: Read) -> None:
    rules = """
  Group:
    Type: ALIYUN::ECS::SecurityGroup
    Properties:
      VpcId: vpc-1
      SecurityGroupIngress:
        - {IpProtocol: all, PortRange: -1/-1, SourceCidrIp: 0.0.0.0/0, Policy: drop, Priority: 1%s}
        - {IpProtocol: tcp, PortRange: 22/22, SourceCidrIp: 0.0.0.0/0, Priority: 2}
  Web: {Type: ALIYUN::ECS::Instance, Properties: {ImageId: x, VSwitchId: vsw-1, SecurityGroupId: !Ref Group, AllocatePublicIP: true, InternetMaxBandwidthOut: 5}}
"""
    assert stack(rules % "")["Web"].facts["exposure"]["public"] is False
    for part in (", DestCidrIp: 10.0.1.9/32", ", SourcePortRange: 1/1023"):
        found = stack(rules % part)
        assert found["Web"].facts["exposure"]["public"] is True
        assert "rules/0/action" in found["Group"].unknown
