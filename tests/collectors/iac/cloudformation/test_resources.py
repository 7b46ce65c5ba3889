# ruff: noqa: E501 - templates are easier to read on long lines
"""Resources of CloudFormation: the facts that checks judge, with CloudFormation's own defaults."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read

ALL_OUT = {"protocol": "any", "destinations": ["0.0.0.0/0"]}


def test_a_group_without_rules_for_egress_sends_everywhere(stack: Read) -> None:
    found = stack(
        """
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 22, ToPort: '22', CidrIp: 0.0.0.0/0}
"""
    )["Web"]
    assert (found.type, found.native_type) == ("network.firewall", "AWS::EC2::SecurityGroup")
    ssh, out = found.facts["rules"]
    assert (ssh["from_port"], ssh["to_port"], ssh["sources"]) == (22, 22, ["0.0.0.0/0"])
    assert ALL_OUT.items() <= out.items()
    assert found.source
    assert (found.source.uri, found.source.start_line) == ("infra/stack.yaml", 4)
    assert found.source.end_line == 9


def test_rules_of_their_own_belong_to_the_group(stack: Read) -> None:
    found = stack(
        """
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: web, SecurityGroupEgress: [{IpProtocol: '-1', CidrIp: 10.0.0.0/8}]}
  Rdp:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: {GroupId: !GetAtt Web.GroupId, IpProtocol: tcp, FromPort: 3389, ToPort: 3389, CidrIpv6: '::/0'}
"""
    )
    assert set(found) == {"Web"}
    assert [rule["sources"] for rule in found["Web"].facts["rules"]] == [[], ["::/0"]]


def test_prefix_lists_are_read_where_a_rule_names_them(stack: Read) -> None:
    found = stack(
        """
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, SourcePrefixListId: !Ref Wide}
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, SourcePrefixListId: !GetAtt Narrow.PrefixListId}
        - {IpProtocol: tcp, FromPort: 22, ToPort: 22, SourcePrefixListId: pl-1}
  Wide:
    Type: AWS::EC2::PrefixList
    Properties: {PrefixListName: wide, AddressFamily: IPv4, Entries: [{Cidr: 0.0.0.0/0}]}
  Narrow:
    Type: AWS::EC2::PrefixList
    Properties: {PrefixListName: narrow, AddressFamily: IPv4, Entries: [{Cidr: 10.0.0.0/8}]}
"""
    )
    assert set(found) == {"Web"}
    wide, narrow, elsewhere, _ = found["Web"].facts["rules"]
    assert (wide["sources"], narrow["sources"]) == (["0.0.0.0/0"], ["10.0.0.0/8"])
    assert "sources" not in elsewhere


def test_a_rule_that_may_not_be_made_is_judged_alone(stack: Read) -> None:
    """And whether the group has it is open."""
    found = stack(
        """
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties: {GroupDescription: web}
  Rdp:
    Type: AWS::EC2::SecurityGroupIngress
    Condition: Remote
    Properties: {GroupId: !Ref Web, IpProtocol: tcp, FromPort: 3389, ToPort: 3389, CidrIp: 0.0.0.0/0}
""",
        head="Parameters: {Who: {Type: String}}\nConditions: {Remote: !Equals [!Ref Who, admin]}\n",
    )
    assert found["Rdp"].facts["rules"][0]["from_port"] == 3389
    assert "rules/1" in found["Web"].unknown


def test_conditions_decide_which_rules_there_are(stack: Read) -> None:
    template = """
  Web:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: web
      SecurityGroupIngress:
        - !If
          - Remote
          - {IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}
          - !Ref AWS::NoValue
"""
    head = "Parameters: {Who: {Type: String}}\nConditions: {Remote: !Equals [!Ref Who, admin]}\n"
    assert stack(template, head)["Web"].unknown["rules/0"] == "the parameter Who has no value here"
    assert len(stack(template, head, Who="admin")["Web"].facts["rules"]) == 2
    assert len(stack(template, head, Who="nobody")["Web"].facts["rules"]) == 1
    certain = "        - {IpProtocol: tcp, FromPort: 3389, ToPort: 3389, CidrIp: 0.0.0.0/0}\n"
    found = stack(template + certain, head)["Web"]
    assert (found.facts["rules"][0], found.facts["rules"][1]["from_port"]) == (None, 3389)


def test_a_bucket_with_every_setting(stack: Read) -> None:
    found = stack(
        """
  Key: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: true}}
  Logs: {Type: AWS::S3::Bucket, Properties: {LifecycleConfiguration: {Rules: [{Status: Enabled, ExpirationInDays: 200}]}}}
  Data:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: data-of-the-bank
      VersioningConfiguration: {Status: Enabled}
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault: {SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn}
      LoggingConfiguration: {DestinationBucketName: !Ref Logs, LogFilePrefix: data/}
      ObjectLockConfiguration: {ObjectLockEnabled: Enabled, Rule: {DefaultRetention: {Mode: COMPLIANCE, Days: 30}}}
      PublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: 'true', IgnorePublicAcls: true, RestrictPublicBuckets: true}
      Tags: [{Key: system, Value: core-bank}]
"""
    )
    data = found["Data"]
    assert (data.name, data.tags) == ("data-of-the-bank", {"system": "core-bank"})
    assert data.facts["versioning"] is True
    assert data.facts["encryption"]["key_manager"] == "customer"
    assert data.facts["logging"]["destination"] == "infra/stack.yaml#Logs"
    assert data.facts["logging"]["retention_days"] == 200
    assert data.facts["object_lock_days"] == 30
    assert data.facts["public_access_block"] is True
    assert data.facts["exposure"]["public"] is False
    assert found["Key"].facts["rotation_days"] == 365


def test_a_bucket_policy_that_lets_anyone_in(stack: Read) -> None:
    found = stack(
        """
  Site: {Type: AWS::S3::Bucket}
  Anyone:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Site
      PolicyDocument:
        Version: 2012-10-17
        Statement: [{Effect: Allow, Principal: '*', Action: s3:GetObject, Resource: !Sub 'arn:aws:s3:::${Site}/*'}]
"""
    )
    assert set(found) == {"Site"}
    assert found["Site"].facts["exposure"]["public"] is True


def test_an_own_principal_is_of_the_account_that_is_deployed_to(stack: Read) -> None:
    found = stack(
        """
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Statement:
          - {Effect: Allow, Principal: {AWS: !Sub 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}
          - {Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::${Partner}:root'}, Action: 'kms:Decrypt', Resource: '*'}
""",
        head="Parameters: {Partner: {Type: String, Default: '210987654321'}}\n",
    )["Key"]
    own, other = found.facts["policy"]
    assert own["account"] == "template"
    assert other["principal"] == "arn:aws:iam::210987654321:root"


def test_an_unknown_setting_is_not_its_default(stack: Read) -> None:
    found = stack(
        """
  Data:
    Type: AWS::S3::Bucket
    Properties: {PublicAccessBlockConfiguration: !If [Open, !Ref AWS::NoValue, {BlockPublicAcls: true}], AccessControl: !Ref Acl}
""",
        head="Parameters: {Acl: {Type: String}}\nConditions: {Open: !Equals [!Ref Acl, PublicRead]}\n",
    )["Data"]
    assert "public_access_block" in found.unknown
    assert "public" not in found.facts.get("exposure", {})


def test_a_rule_of_a_wrong_shape_leaves_the_group_open(stack: Read) -> None:
    found = stack(
        """
  Web: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: web, SecurityGroupIngress: [ssh]}}
"""
    )
    assert "rules/0" in found["Web"].unknown


def test_properties_that_a_macro_adds_to_are_not_the_defaults(stack: Read) -> None:
    found = stack(
        """
  Whole: {Type: AWS::EC2::Volume, Properties: {Fn::Transform: {Name: Rewrite}}}
  Part: {Type: AWS::EC2::Volume, Properties: {Encrypted: true, Fn::Transform: {Name: Rewrite}}}
  Within: {Type: AWS::S3::Bucket, Properties: {PublicAccessBlockConfiguration: {BlockPublicAcls: true, Fn::Transform: {Name: Rewrite}}}}
"""
    )
    assert "encryption/enabled" in found["Whole"].unknown
    assert found["Part"].facts["encryption"]["enabled"] is True
    assert "public_access_block" in found["Within"].unknown


def test_replication_of_some_objects(stack: Read) -> None:
    found = stack(
        """
  Some:
    Type: AWS::S3::Bucket
    Properties:
      ReplicationConfiguration:
        Role: arn:aws-cn:iam::111122223333:role/copy
        Rules: [{Status: Enabled, Filter: {And: {Prefix: logs/, TagFilters: [{Key: a, Value: b}]}}, Destination: {Bucket: 'arn:aws-cn:s3:::copy'}}]
  All:
    Type: AWS::S3::Bucket
    Properties:
      ReplicationConfiguration:
        Role: arn:aws-cn:iam::111122223333:role/copy
        Rules: [{Status: Enabled, Filter: {Prefix: ''}, Destination: {Bucket: 'arn:aws-cn:s3:::copy'}}]
"""
    )
    assert found["Some"].facts["replication"][0]["whole"] is False
    assert found["All"].facts["replication"][0]["whole"] is True


def test_what_others_name_is_known_for_what_it_is(stack: Read) -> None:
    found = stack(
        """
  Reader: {Type: AWS::CloudFront::CloudFrontOriginAccessIdentity}
  Store:
    Type: AWS::S3::Bucket
    Properties: {PublicAccessBlockConfiguration: {BlockPublicPolicy: false, RestrictPublicBuckets: false}}
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Store
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {CanonicalUser: !GetAtt Reader.S3CanonicalUserId}, Action: 's3:GetObject', Resource: '*'}
  Function: {Type: AWS::Lambda::Function, Properties: {Runtime: python3.13, Role: r}}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Function, FunctionVersion: '1', Name: live}}
  Anyone:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Live, Action: 'lambda:InvokeFunction', Principal: '*'}
  Scaling: {Type: AWS::AutoScaling::ScalingPolicy, Properties: {AutoScalingGroupName: g}}
  People: {Type: AWS::SSMIncidents::ResponsePlan, Properties: {Name: p}}
  Watch:
    Type: AWS::CloudWatch::Alarm
    Properties: {MetricName: CPUUtilization, Namespace: AWS/EC2, AlarmActions: [!Ref Scaling, !Ref People]}
  Grow:
    Type: AWS::CloudWatch::Alarm
    Properties: {MetricName: CPUUtilization, Namespace: AWS/EC2, AlarmActions: [!Ref Scaling]}
"""
    )
    # What only scales is no alarm.
    assert set(found) == {"Store", "Function", "Watch"}
    assert found["Store"].facts["exposure"]["public"] is False
    assert found["Function"].facts["exposure"] == {"public": True, "via": ["policy"]}
    assert found["Watch"].facts["actions"] == ["infra/stack.yaml#People"]
