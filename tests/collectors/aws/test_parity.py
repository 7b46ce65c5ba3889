"""A template and the account made from it get the same verdicts: the template is read as
CloudFormation, and its definitions are given to moto through boto3.

Where a template cannot know (the region, what else is in the account) it may say unknown; never may
it pass what the account fails, nor fail what the account passes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from collectors.aws.account import Account
from collectors.aws.services import (
    backup,
    cloudwatch,
    ec2_firewalls,
    iam_roles,
    kms,
    rds,
    s3,
    secrets_manager,
)
from collectors.document import Document
from collectors.iac.check import collect
from collectors.snapshot import Manifest, SnapshotWriter
from scanner.evaluate import read_verdicts
from scanner.pipeline import open_evaluator
from scanner.verdict import ResourceVerdicts
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.scanner.made import settings

REGION = "cn-north-1"
TEMPLATE = """
AWSTemplateFormatVersion: '2010-09-09'
Resources:
  OpenBucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: parity-open
      PublicAccessBlockConfiguration:
        {BlockPublicAcls: false, BlockPublicPolicy: false, IgnorePublicAcls: false,
         RestrictPublicBuckets: false}
      Tags: [{Key: parity, Value: OpenBucket}]
  OpenBucketPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: parity-open
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: "*", Action: "s3:GetObject",
             Resource: "arn:aws-cn:s3:::parity-open/*"}
  ClosedBucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: parity-closed
      PublicAccessBlockConfiguration:
        {BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true,
         RestrictPublicBuckets: true}
      VersioningConfiguration: {Status: Enabled}
      BucketEncryption:
        ServerSideEncryptionConfiguration:
          - ServerSideEncryptionByDefault: {SSEAlgorithm: AES256}
      Tags: [{Key: parity, Value: ClosedBucket}]
  ClosedBucketPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: parity-closed
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Deny
            Principal: "*"
            Action: "s3:*"
            Resource: ["arn:aws-cn:s3:::parity-closed", "arn:aws-cn:s3:::parity-closed/*"]
            Condition: {Bool: {"aws:SecureTransport": "false"}}
  LockedBucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: parity-locked
      ObjectLockEnabled: true
      PublicAccessBlockConfiguration:
        {BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true,
         RestrictPublicBuckets: true}
      Tags: [{Key: parity, Value: LockedBucket}]
  DeniedBucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: parity-denied
      PublicAccessBlockConfiguration:
        {BlockPublicAcls: false, BlockPublicPolicy: false, IgnorePublicAcls: false,
         RestrictPublicBuckets: false}
      Tags: [{Key: parity, Value: DeniedBucket}]
  DeniedBucketPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: parity-denied
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: "*", Action: "s3:GetObject",
             Resource: "arn:aws-cn:s3:::parity-denied/*"}
          - Effect: Deny
            Principal: "*"
            Action: "s3:*"
            Resource: "arn:aws-cn:s3:::parity-denied/*"
            Condition: {NotIpAddress: {"aws:SourceIp": 10.0.0.0/8}}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupName: parity
      GroupDescription: parity
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 10.0.0.0/8}
      Tags: [{Key: parity, Value: Group}]
  Rule:
    Type: AWS::EC2::SecurityGroupIngress
    Properties:
      GroupId: {"Fn::GetAtt": [Group, GroupId]}
      IpProtocol: tcp
      FromPort: 22
      ToPort: 22
      CidrIp: 0.0.0.0/0
  RotatedKey:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "arn:aws-cn:iam::123456789012:root"},
             Action: "kms:*", Resource: "*"}
      Tags: [{Key: parity, Value: RotatedKey}]
  OpenKey:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "*"}, Action: "kms:*", Resource: "*"}
      Tags: [{Key: parity, Value: OpenKey}]
  OpenRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: parity-open
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {AWS: "*"}, Action: "sts:AssumeRole"}
      Tags: [{Key: parity, Value: OpenRole}]
  ServiceRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: parity-service
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - {Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: "sts:AssumeRole"}
      Tags: [{Key: parity, Value: ServiceRole}]
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties:
      Name: parity
      Tags: [{Key: parity, Value: Secret}]
  Vault:
    Type: AWS::Backup::BackupVault
    Properties:
      BackupVaultName: parity
      LockConfiguration: {MinRetentionDays: 30}
      BackupVaultTags: {parity: Vault}
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: parity
      Namespace: parity
      MetricName: parity
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: []
      Tags: [{Key: parity, Value: Alarm}]
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      DBInstanceIdentifier: parity
      DBInstanceClass: db.t3.small
      DBSubnetGroupName: elsewhere
      Engine: postgres
      MasterUsername: parity
      MasterUserPassword: not-a-secret
      AllocatedStorage: "20"
      StorageEncrypted: false
      BackupRetentionPeriod: 0
      MultiAZ: false
      DeletionProtection: false
      Tags: [{Key: parity, Value: Database}]
"""

BOTH_FAIL = {
    ("OpenBucket", "data-bucket-block"),
    ("OpenBucket", "data-bucket-outside"),
    ("OpenBucket", "data-bucket-tls"),
    ("Group", "boundary-admin-ports"),
    ("OpenBucket", "data-bucket-public"),
    ("Vault", "backup-vault-lock"),
    ("Alarm", "management-alarm-actions"),
    ("Database", "data-database-encryption"),
    ("Database", "backup-database"),
}
BOTH_PASS = {
    ("ClosedBucket", "data-bucket-block"),
    ("ClosedBucket", "data-bucket-outside"),
    ("ClosedBucket", "data-bucket-tls"),
    ("ClosedBucket", "data-bucket-versioning"),
    ("LockedBucket", "data-bucket-versioning"),
    ("DeniedBucket", "data-bucket-public"),
    ("Alarm", "management-monitoring"),
}

Verdicts = dict[tuple[str, str], str]


def _deploy(client: Client, resources: dict[str, Any]) -> None:
    ids: dict[str, str] = {}
    for name, declared in resources.items():
        own = dict(declared["Properties"])
        match declared["Type"].rpartition("::")[2]:
            case "Bucket":
                _bucket(client("s3", REGION), own)
            case "BucketPolicy":
                policy = json.dumps(own["PolicyDocument"])
                client("s3", REGION).put_bucket_policy(Bucket=own["Bucket"], Policy=policy)
            case "SecurityGroup":
                ids[name] = _group(client("ec2", REGION), own)
            case "SecurityGroupIngress":
                group = ids[own.pop("GroupId")["Fn::GetAtt"][0]]
                client("ec2", REGION).authorize_security_group_ingress(GroupId=group, **own)
            case "Key":
                _key(client("kms", REGION), own)
            case "Role":
                trust = json.dumps(own.pop("AssumeRolePolicyDocument"))
                client("iam", REGION).create_role(AssumeRolePolicyDocument=trust, **own)
            case "Secret":
                client("secretsmanager", REGION).create_secret(SecretString="x", **own)
            case "BackupVault":
                _vault(client("backup", REGION), own)
            case "Alarm":
                client("cloudwatch", REGION).put_metric_alarm(**own)
            case "DBInstance":
                # Real RDS takes the default VPC where none is named; moto takes none.
                _subnets(client, own["DBSubnetGroupName"])
                size = int(own.pop("AllocatedStorage"))
                client("rds", REGION).create_db_instance(AllocatedStorage=size, **own)
            case other:
                raise AssertionError(other)


def _bucket(client: Any, own: dict[str, Any]) -> None:
    name = {"Bucket": own["BucketName"]}
    client.create_bucket(
        **name,
        CreateBucketConfiguration={"LocationConstraint": REGION},
        ObjectLockEnabledForBucket=own.get("ObjectLockEnabled", False),
    )
    block = own["PublicAccessBlockConfiguration"]
    client.put_public_access_block(**name, PublicAccessBlockConfiguration=block)
    client.put_bucket_tagging(**name, Tagging={"TagSet": own["Tags"]})
    if "VersioningConfiguration" in own:
        versioning = own["VersioningConfiguration"]
        client.put_bucket_versioning(**name, VersioningConfiguration=versioning)
    if "BucketEncryption" in own:
        rules = [
            {"ApplyServerSideEncryptionByDefault": each["ServerSideEncryptionByDefault"]}
            for each in own["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        ]
        client.put_bucket_encryption(**name, ServerSideEncryptionConfiguration={"Rules": rules})


def _group(client: Any, own: dict[str, Any]) -> str:
    tags = [{"ResourceType": "security-group", "Tags": own["Tags"]}]
    made = client.create_security_group(
        GroupName=own["GroupName"], Description=own["GroupDescription"], TagSpecifications=tags
    )
    for rule in own["SecurityGroupIngress"]:
        client.authorize_security_group_ingress(GroupId=made["GroupId"], **rule)
    return str(made["GroupId"])


def _key(client: Any, own: dict[str, Any]) -> None:
    tags = [{"TagKey": each["Key"], "TagValue": each["Value"]} for each in own["Tags"]]
    made = client.create_key(Policy=json.dumps(own["KeyPolicy"]), Tags=tags)
    if own.get("EnableKeyRotation"):
        client.enable_key_rotation(KeyId=made["KeyMetadata"]["KeyId"])


def _vault(client: Any, own: dict[str, Any]) -> None:
    name = {"BackupVaultName": own["BackupVaultName"]}
    client.create_backup_vault(**name, BackupVaultTags=own["BackupVaultTags"])
    client.put_backup_vault_lock_configuration(**name, **own["LockConfiguration"])


def _subnets(client: Client, name: str) -> None:
    found = client("ec2", REGION).describe_subnets()["Subnets"]
    ids = [each["SubnetId"] for each in found]
    client("rds", REGION).create_db_subnet_group(
        DBSubnetGroupName=name, DBSubnetGroupDescription="parity", SubnetIds=ids
    )


def _snapshot(path: Path, documents: Iterable[Document]) -> Path:
    with SnapshotWriter(path) as writer:
        for document in documents:
            writer.write(document)
        writer.finish(
            Manifest(
                tool_version="test",
                started="2026-01-01T00:00:00Z",
                finished="2026-01-01T00:00:01Z",
                providers=["aws"],
                accounts=[ACCOUNT_ID],
                regions=[REGION],
                origin="live",
                counts={},
                files=[],
                failed_calls=[],
            )
        )
    return path


def _judged(snapshot: Path, out: Path) -> Iterator[tuple[str, str, str]]:
    with open_evaluator(settings()) as evaluator:
        evaluator.evaluate(snapshot, (3,), out)
    for line in read_verdicts(out):
        if isinstance(line, ResourceVerdicts) and "parity" in line.resource.tags:
            for verdict in line.verdicts:
                yield line.resource.tags["parity"], verdict.check, verdict.status


def _both(client: Client, account: Account, folder: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """The verdict of the account and that of the template, by resource and check."""
    _deploy(client, yaml.safe_load(TEMPLATE)["Resources"])
    live = [
        *s3.SERVICE.account(account),  # type: ignore[misc]
        *iam_roles.SERVICE.account(account),  # type: ignore[misc]
        *(
            each
            for service in (ec2_firewalls, kms, rds, secrets_manager, backup, cloudwatch)
            for each in service.SERVICE.region(account, REGION)
        ),
    ]
    (folder / "template.yaml").write_text(TEMPLATE, encoding="utf-8")
    collect([folder / "template.yaml"], folder / "planned", tool_version="test")
    _snapshot(folder / "live", live)
    found: dict[str, Verdicts] = {}
    for name in ("live", "planned"):
        judged = _judged(folder / name, folder / f"{name}.ndjson")
        found[name] = {(resource, check): status for resource, check, status in judged}
    assert found["live"].keys() == found["planned"].keys()
    return {key: (status, found["planned"][key]) for key, status in found["live"].items()}


def test_a_template_is_judged_like_the_account_made_from_it(
    client: Client, open_account: OpenAccount, fresh_moto: str, tmp_path: Path
) -> None:
    both = _both(client, open_account(fresh_moto, REGION), tmp_path)
    differing = {key: pair for key, pair in both.items() if pair[0] != pair[1]}
    assert {key: pair for key, pair in differing.items() if "unknown" not in pair} == {}
    assert {key: both[key] for key in BOTH_FAIL} == dict.fromkeys(BOTH_FAIL, ("fail", "fail"))
    assert {key: both[key] for key in BOTH_PASS} == dict.fromkeys(BOTH_PASS, ("pass", "pass"))
    assert len(differing) < len(both) / 2
