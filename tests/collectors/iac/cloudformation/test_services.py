# ruff: noqa: E501 - templates are easier to read on long lines
"""Services of CloudFormation beyond storage: joined as in an account, with their own defaults."""

from __future__ import annotations

import pytest

from tests.collectors.iac.conftest import Read

NETWORK = """
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attached: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  Out: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}}
  Front: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: cn-north-1a}}
  FrontTable: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Front, RouteTableId: !Ref Table}}
  Web: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: web, VpcId: !Ref Vpc, SecurityGroupIngress: [{IpProtocol: '-1', CidrIp: 0.0.0.0/0}]}}
"""


def test_a_network(stack: Read) -> None:
    found = stack(
        NETWORK
        + """
  Group: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: 200}}
  Log: {Type: AWS::EC2::FlowLog, Properties: {ResourceId: !Ref Vpc, ResourceType: VPC, TrafficType: ALL, LogGroupName: !Ref Group}}
  Acl: {Type: AWS::EC2::NetworkAcl, Properties: {VpcId: !Ref Vpc}}
  AclRule: {Type: AWS::EC2::NetworkAclEntry, Properties: {NetworkAclId: !Ref Acl, RuleNumber: 100, Protocol: 6, RuleAction: allow, Egress: false, CidrBlock: 0.0.0.0/0, PortRange: {From: 443, To: 443}}}
  AclFront: {Type: AWS::EC2::SubnetNetworkAclAssociation, Properties: {NetworkAclId: !Ref Acl, SubnetId: !Ref Front}}
"""
    )
    default = "Vpc.aws_default_security_group"
    assert set(found) == {"Vpc", default, "Front", "Gateway", "Web", "Group", "Acl"}
    vpc, front, acl = found["Vpc"].facts, found["Front"].facts, found["Acl"].facts
    assert (vpc["cidrs"], vpc["internet_gateway"]) == (["10.0.0.0/16"], True)
    assert (vpc["flow_logs"][0]["traffic"], vpc["flow_logs"][0]["retention_days"]) == ("all", 200)
    assert (front["routes_to_internet"], front["auto_public_ip"]) == (True, False)
    assert acl["rules"][0]["from_port"] == 443
    assert acl["subnets"] == 1


def test_an_instance_with_a_public_address(stack: Read) -> None:
    found = stack(
        NETWORK
        + """
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-1
      NetworkInterfaces: [{DeviceIndex: '0', AssociatePublicIpAddress: true, SubnetId: !Ref Front, GroupSet: [!Ref Web]}]
      MetadataOptions: {HttpTokens: required}
      BlockDeviceMappings: [{DeviceName: /dev/xvdb, Ebs: {Encrypted: false, VolumeSize: 8}}]
      UserData: !Base64 'export PASSWORD=hunter2hunter2'
      Tags: [{Key: Name, Value: web-1}]
"""
    )["Server"]
    assert found.name == "web-1"
    assert found.facts["exposure"]["public"] is True
    assert found.facts["firewalls"] == ["infra/stack.yaml#Web"]
    assert found.facts["metadata_token_required"] is True
    assert found.facts["disks_encrypted"] is False
    assert found.facts["user_data_secrets"] is True
    assert found.facts["zone"] == "cn-north-1a"


def test_the_root_disk_is_not_known_by_its_name(stack: Read) -> None:
    found = stack(
        """
  Server: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-1, BlockDeviceMappings: [{DeviceName: /dev/xvda, Ebs: {Encrypted: true}}]}}
"""
    )["Server"]
    assert "disks_encrypted" in found.unknown


@pytest.mark.parametrize(("written", "expected"), [("True", True), ("FALSE", False), ("yes", None)])
def test_booleans_as_texts(stack: Read, written: str, expected: bool | None) -> None:
    found = stack(
        f"  V: {{Type: AWS::EC2::Volume, Properties: {{Encrypted: '{written}', Size: 1}}}}\n"
    )
    assert found["V"].facts["encryption"].get("enabled") is expected


def test_volumes_and_what_attaches_them(stack: Read) -> None:
    found = stack(
        """
  Data: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: cn-north-1a, Size: 10, Encrypted: true}}
  Server: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-1, Volumes: [{Device: /dev/sdf, VolumeId: !Ref Data}]}}
"""
    )
    assert found["Data"].facts["attached"] is True
    assert found["Data"].facts["encryption"]["enabled"] is True


def test_a_database_with_the_defaults_of_rds(stack: Read) -> None:
    facts = (found := stack(
        """
  Db: {Type: AWS::RDS::DBInstance, Properties: {DBInstanceClass: db.t3.small, Engine: mysql, DBParameterGroupName: !Ref Parameters}}
  Parameters: {Type: AWS::RDS::DBParameterGroup, Properties: {Family: mysql8.0, Description: d, Parameters: {require_secure_transport: '1'}}}
"""
    )["Db"]).facts  # fmt: skip
    assert facts["backup"]["retention_days"] == 1
    assert facts["encryption"]["enabled"] is False
    assert (facts["multi_zone"], facts["deletion_protection"]) == (False, False)
    assert facts["tls"]["required"] is True
    assert "exposure/public" in found.unknown


def test_copies_of_backups_and_databases_made_of_them(stack: Read) -> None:
    found = stack(
        """
  Copied: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, BackupRetentionPeriod: 30, AutomaticBackupReplicationRegion: us-east-1}}
  Restored: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, SourceDBInstanceAutomatedBackupsArn: 'arn:aws-cn:rds:cn-north-1:111122223333:auto-backup:ab-1'}}
  Cluster: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, SourceDbClusterResourceId: cluster-1}}
"""
    )
    (copy,) = found["Copied"].facts["backup"]["copies"]
    assert copy["region"] == "us-east-1"
    for name in ("Restored", "Cluster"):
        assert "enabled" not in found[name].facts["encryption"], name


def test_an_address_of_an_interface_is_one_of_its_instance(stack: Read) -> None:
    found = stack(
        NETWORK
        + """
  Interface: {Type: AWS::EC2::NetworkInterface, Properties: {SubnetId: !Ref Front, Ipv6AddressCount: 1}}
  Server: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-1, NetworkInterfaces: [{DeviceIndex: '0', NetworkInterfaceId: !Ref Interface}]}}
"""
    )["Server"]
    assert "IPv6" in found.unknown["public_ips"]


@pytest.mark.parametrize("on", [True, False])
def test_scans_for_malware_as_they_were_written_before(stack: Read, on: bool) -> None:
    written = (
        f"{{MalwareProtection: {{ScanEc2InstanceWithFindings: {{EbsVolumes: {str(on).lower()}}}}}}}"
    )
    found = stack(
        f"  D: {{Type: AWS::GuardDuty::Detector, Properties: {{Enable: true, DataSources: {written}}}}}\n"
    )
    assert found["D"].facts["detectors"][0]["malware_scan"] is on


def test_a_cluster_decides_for_its_instances(stack: Read) -> None:
    found = stack(
        """
  Cluster: {Type: AWS::RDS::DBCluster, Properties: {Engine: aurora-mysql, StorageEncrypted: true, BackupRetentionPeriod: 7}}
  One: {Type: AWS::RDS::DBInstance, Properties: {DBInstanceClass: db.r6g.large, Engine: aurora-mysql, DBClusterIdentifier: !Ref Cluster, PubliclyAccessible: false}}
"""
    )
    assert set(found) == {"One"}
    assert found["One"].facts["encryption"]["enabled"] is True
    assert found["One"].facts["backup"]["retention_days"] == 7
    assert found["One"].facts["exposure"]["public"] is False


def test_a_trail_and_its_bucket(stack: Read) -> None:
    found = stack(
        """
  Logs: {Type: AWS::S3::Bucket, Properties: {LifecycleConfiguration: {Rules: [{Status: Enabled, ExpirationInDays: 200}]}}}
  Trail:
    Type: AWS::CloudTrail::Trail
    Properties:
      S3BucketName: !Ref Logs
      IsLogging: true
      EventSelectors: [{ReadWriteType: WriteOnly, DataResources: [{Type: AWS::S3::Object, Values: ['arn:aws:s3']}]}]
"""
    )
    (trail,) = found["Trail"].facts["trails"]
    assert (trail["all_regions"], trail["integrity_validation"], trail["logging"]) == (
        False,
        False,
        True,
    )
    assert (trail["management_writes"], trail["management_reads"]) == (True, False)
    assert trail["retention_days"] == 200


def test_roles_users_and_policies(stack: Read) -> None:
    found = stack(
        """
  Admin:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: 'arn:aws:iam::210987654321:root'}, Action: sts:AssumeRole}]}
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess']
  Person: {Type: AWS::IAM::User, Properties: {LoginProfile: {Password: x}, Groups: [!Ref Team]}}
  Team: {Type: AWS::IAM::Group}
  Rights: {Type: AWS::IAM::Policy, Properties: {PolicyName: all, PolicyDocument: {Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}, Groups: [!Ref Team], Roles: [!Ref Reader]}}
  Reader: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: sts:AssumeRole}]}}}
  Key: {Type: AWS::IAM::AccessKey, Properties: {UserName: !Ref Person}}
  Managed: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: 's3:*', Resource: '*'}]}, Users: [!Ref Person]}}
"""
    )
    assert found["Admin"].facts["privileged"] is True
    assert found["Admin"].facts["trust"][0]["principal"] == "arn:aws:iam::210987654321:root"
    person = found["Person"].facts
    assert (person["console"], person["groups"]) == (True, ["infra/stack.yaml#Team"])
    assert [key["active"] for key in person["keys"]] == [True]
    assert person["direct_policies"] == ["infra/stack.yaml#Managed"]
    assert found["Reader"].facts["privileged"] is True
    assert found["Rights"].facts["full_admin"] is True
    assert found["Managed"].facts["attached"] == 1


def test_a_policy_is_judged_though_it_names_no_holder(stack: Read) -> None:
    found = stack(
        """
  Rights: {Type: AWS::IAM::Policy, Properties: {PolicyName: all, PolicyDocument: {Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}}}
"""
    )
    assert found["Rights"].facts["full_admin"] is True


def test_a_load_balancer_faces_the_internet_by_default(stack: Read) -> None:
    found = stack(
        """
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      LoadBalancerAttributes: [{Key: access_logs.s3.enabled, Value: 'true'}, {Key: access_logs.s3.bucket, Value: logs}]
  Plain: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP, Certificates: [], DefaultActions: [{Type: redirect, RedirectConfig: {Protocol: HTTPS, StatusCode: HTTP_301}}]}}
  Secure: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 443, Protocol: HTTPS, SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06, Certificates: [{CertificateArn: 'arn:aws:acm:x'}], DefaultActions: [{Type: forward}]}}
"""
    )["Balancer"]
    assert found.facts["scheme"] == "public"
    assert found.facts["access_log"]["enabled"] is True
    assert found.facts["deletion_protection"] is False
    plain, secure = found.facts["listeners"]
    assert (plain["redirect_to_https"], secure["tls"]["minimum"]) == (True, "1.2")
    assert [each["certificate_id"] for each in (plain, secure)] == [None, "arn:aws:acm:x"]


def test_a_recorder_with_a_group_records_what_it_names(stack: Read) -> None:
    found = stack(
        """
  Recorder: {Type: AWS::Config::ConfigurationRecorder, Properties: {RoleARN: x, RecordingGroup: {ResourceTypes: ['AWS::EC2::Volume']}}}
"""
    )["Recorder"]
    assert found.facts["recorders"][0]["all_types"] is False
    assert found.facts["recorders"][0]["enabled"] is True
    stopped = stack(
        "  R: {Type: AWS::Config::ConfigurationRecorder, Properties: {StartedOnCreate: false}}\n"
    )
    assert stopped["R"].facts["recorders"][0]["enabled"] is False
