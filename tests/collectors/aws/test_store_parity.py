"""Clusters and data stores in a template have the facts of the account made from it: the template
is read as CloudFormation, and its definitions are given to moto through boto3.

What both know must be equal. What only the account knows is unknown in the template.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from collectors.aws.account import Account
from collectors.aws.services import dax, dms, dynamodb, eks, kafka, memorydb, opensearch, redshift
from collectors.document import Document
from tests.collectors.aws.conftest import Client, OpenAccount
from tests.collectors.iac.conftest import documents

REGION = "cn-north-1"
KEY = "arn:aws-cn:kms:cn-north-1:999999999999:key/1"
TEMPLATE = f"""
AWSTemplateFormatVersion: '2010-09-09'
Resources:
  SafeCluster:
    Type: AWS::EKS::Cluster
    Properties:
      Name: safe
      Version: "1.30"
      RoleArn: arn:aws-cn:iam::123456789012:role/eks
      ResourcesVpcConfig: {{SubnetIds: [subnet-1], EndpointPublicAccess: false}}
      EncryptionConfig: [{{Resources: [secrets], Provider: {{KeyArn: {KEY}}}}}]
  OpenCluster:
    Type: AWS::EKS::Cluster
    Properties:
      Name: open
      Version: "1.27"
      RoleArn: arn:aws-cn:iam::123456789012:role/eks
      ResourcesVpcConfig:
        {{SubnetIds: [subnet-1], EndpointPublicAccess: true, PublicAccessCidrs: [0.0.0.0/0]}}
  SafeTable:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: safe
      BillingMode: PAY_PER_REQUEST
      KeySchema: [{{AttributeName: id, KeyType: HASH}}]
      AttributeDefinitions: [{{AttributeName: id, AttributeType: S}}]
      SSESpecification: {{SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: {KEY}}}
      DeletionProtectionEnabled: true
      PointInTimeRecoverySpecification: {{PointInTimeRecoveryEnabled: true}}
  OpenTable:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: open
      BillingMode: PAY_PER_REQUEST
      KeySchema: [{{AttributeName: id, KeyType: HASH}}]
      AttributeDefinitions: [{{AttributeName: id, AttributeType: S}}]
  SafeDomain:
    Type: AWS::OpenSearchService::Domain
    Properties:
      DomainName: safe
      EngineVersion: OpenSearch_2.17
      AccessPolicies:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: "es:*"
            Resource: "*"
            Condition: {{IpAddress: {{"aws:SourceIp": [198.51.100.0/24]}}}}
      ClusterConfig: {{ZoneAwarenessEnabled: true}}
      EncryptionAtRestOptions: {{Enabled: true, KmsKeyId: {KEY}}}
      DomainEndpointOptions:
        {{EnforceHTTPS: true, TLSSecurityPolicy: Policy-Min-TLS-1-2-PFS-2023-10}}
      AdvancedSecurityOptions: {{Enabled: true}}
  OpenDomain:
    Type: AWS::OpenSearchService::Domain
    Properties:
      DomainName: open
      EngineVersion: Elasticsearch_7.10
      ClusterConfig: {{ZoneAwarenessEnabled: false}}
      EncryptionAtRestOptions: {{Enabled: false}}
      DomainEndpointOptions:
        {{EnforceHTTPS: false, TLSSecurityPolicy: Policy-Min-TLS-1-0-2019-07}}
      AccessPolicies:
        Version: "2012-10-17"
        Statement: [{{Effect: Allow, Principal: "*", Action: "es:*", Resource: "*"}}]
  Stream:
    Type: AWS::MSK::Cluster
    Properties:
      ClusterName: stream
      NumberOfBrokerNodes: 2
      KafkaVersion: 3.6.0
      BrokerNodeGroupInfo:
        ClientSubnets: [subnet-1]
        InstanceType: kafka.m5.large
        SecurityGroups: [sg-1]
        ConnectivityInfo: {{PublicAccess: {{Type: DISABLED}}}}
      EncryptionInfo:
        EncryptionAtRest: {{DataVolumeKMSKeyId: {KEY}}}
        EncryptionInTransit: {{ClientBroker: TLS_PLAINTEXT}}
  Warehouse:
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterIdentifier: warehouse
      ClusterSubnetGroupName: elsewhere
      NodeType: ra3.large
      DBName: core
      MasterUsername: parity
      MasterUserPassword: Not-a-secret-1
      PubliclyAccessible: false
      Encrypted: true
      KmsKeyId: {KEY}
      AutomatedSnapshotRetentionPeriod: 7
  Memory:
    Type: AWS::MemoryDB::Cluster
    Properties:
      ClusterName: memory
      NodeType: db.t4g.small
      ACLName: open-access
      TLSEnabled: false
      KmsKeyId: {KEY}
      SnapshotRetentionLimit: 30
      AutoMinorVersionUpgrade: true
  Front:
    Type: AWS::DAX::Cluster
    Properties:
      ClusterName: front
      NodeType: dax.r4.large
      IAMRoleARN: arn:aws-cn:iam::123456789012:role/dax
      ReplicationFactor: 3
      SSESpecification: {{SSEEnabled: true}}
      ClusterEndpointEncryptionType: TLS
  Copies:
    Type: AWS::DMS::ReplicationInstance
    Properties:
      ReplicationInstanceIdentifier: copies
      ReplicationInstanceClass: dms.t3.micro
      PubliclyAccessible: false
      MultiAZ: true
      AutoMinorVersionUpgrade: true
      KmsKeyId: {KEY}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the template, below the working one."""
    monkeypatch.chdir(tmp_path)
    found = Path("infra")
    found.mkdir()
    return found


ELSEWHERE = {"key_id", "destination", "destination_account", "destination_region"}
"""What is named by ids that only the account has."""


BOTH_KNOW = {
    ("AWS::EKS::Cluster open", "endpoint_public"),
    ("AWS::EKS::Cluster open", "endpoint_ranges"),
    ("AWS::EKS::Cluster open", "secrets_encryption/enabled"),
    ("AWS::EKS::Cluster safe", "secrets_encryption/enabled"),
    ("AWS::EKS::Cluster safe", "audit_log/enabled"),
    ("AWS::DynamoDB::Table open", "encryption/key_manager"),
    ("AWS::DynamoDB::Table safe", "backup/retention_days"),
    ("AWS::DynamoDB::Table open", "exposure/public"),
    ("AWS::OpenSearchService::Domain safe", "exposure/public"),
    ("AWS::OpenSearchService::Domain safe", "allow_list"),
    ("AWS::OpenSearchService::Domain open", "authentication"),
    ("AWS::OpenSearchService::Domain open", "tls/minimum"),
    ("AWS::OpenSearchService::Domain open", "encryption/enabled"),
    ("AWS::MSK::Cluster stream", "exposure/public"),
    ("AWS::Redshift::Cluster warehouse", "encryption/enabled"),
    ("AWS::Redshift::Cluster warehouse", "backup/retention_days"),
    ("AWS::Redshift::Cluster warehouse", "exposure/public"),
    ("AWS::MemoryDB::Cluster memory", "authentication"),
    ("AWS::MemoryDB::Cluster memory", "tls/required"),
    ("AWS::MemoryDB::Cluster memory", "backup/retention_days"),
    ("AWS::MemoryDB::Cluster memory", "encryption/enabled"),
    ("AWS::DAX::Cluster front", "encryption/key_manager"),
    ("AWS::DAX::Cluster front", "tls/required"),
    ("AWS::DMS::ReplicationInstance copies", "exposure/public"),
    ("AWS::DMS::ReplicationInstance copies", "multi_zone"),
    ("AWS::DMS::ReplicationInstance copies", "tls"),
}


def _deploy(client: Client, resources: dict[str, Any]) -> None:
    for declared in resources.values():
        own = dict(declared["Properties"])
        match declared["Type"]:
            case "AWS::EKS::Cluster":
                client("eks", REGION).create_cluster(**_camel(own))
            case "AWS::DynamoDB::Table":
                _table(client("dynamodb", REGION), own)
            case "AWS::OpenSearchService::Domain":
                own["AccessPolicies"] = json.dumps(own.get("AccessPolicies", {"Statement": []}))
                client("opensearch", REGION).create_domain(**own)
            case "AWS::MSK::Cluster":
                client("kafka", REGION).create_cluster_v2(
                    ClusterName=own.pop("ClusterName"), Provisioned=own
                )
            case "AWS::Redshift::Cluster":
                # Real Redshift takes the default VPC where none is named; moto takes none.
                _subnets(client, own["ClusterSubnetGroupName"])
                client("redshift", REGION).create_cluster(**own)
            case "AWS::MemoryDB::Cluster":
                client("memorydb", REGION).create_cluster(**own)
            case "AWS::DAX::Cluster":
                own["SSESpecification"] = {"Enabled": own["SSESpecification"]["SSEEnabled"]}
                client("dax", REGION).create_cluster(IamRoleArn=own.pop("IAMRoleARN"), **own)
            case "AWS::DMS::ReplicationInstance":
                client("dms", REGION).create_replication_instance(**own)
            case other:
                raise AssertionError(other)


def _subnets(client: Client, name: str) -> None:
    found = client("ec2", REGION).describe_subnets()["Subnets"]
    client("redshift", REGION).create_cluster_subnet_group(
        ClusterSubnetGroupName=name,
        Description="parity",
        SubnetIds=[each["SubnetId"] for each in found],
    )


def _camel(value: Any) -> Any:
    if isinstance(value, dict):
        return {f"{key[0].lower()}{key[1:]}": _camel(one) for key, one in value.items()}
    return [_camel(one) for one in value] if isinstance(value, list) else value


def _table(client: Any, own: dict[str, Any]) -> None:
    recovery = own.pop("PointInTimeRecoverySpecification", None)
    if "SSESpecification" in own:
        encryption = own["SSESpecification"]
        encryption["Enabled"] = encryption.pop("SSEEnabled")
    client.create_table(**own)
    if recovery:
        client.update_continuous_backups(
            TableName=own["TableName"], PointInTimeRecoverySpecification=recovery
        )


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for key, one in value.items():
            yield from _leaves(one, f"{path}/{key}")
    else:
        yield path.strip("/"), value


def _pairs(client: Client, account: Account, folder: Path) -> dict[str, tuple[Document, Document]]:
    """The documents of the account and of the template, by native type and name."""
    _deploy(client, yaml.safe_load(TEMPLATE)["Resources"])
    services = (eks, dynamodb, opensearch, kafka, redshift, memorydb, dax, dms)
    live = {
        f"{each.native_type} {each.name}": each
        for service in services
        for each in service.SERVICE.region(account, REGION)
    }
    (folder / "stack.yaml").write_text(TEMPLATE, encoding="utf-8")
    planned = documents(folder)[1].values()
    found = {f"{each.native_type} {each.name}": each for each in planned}
    assert found.keys() == live.keys()
    return {name: (live[name], found[name]) for name in live}


def test_what_both_know_is_equal(
    client: Client, open_account: OpenAccount, fresh_moto: str, folder: Path
) -> None:
    pairs = _pairs(client, open_account(fresh_moto, REGION), folder)
    differing, equal = {}, set()
    for name, (live, planned) in pairs.items():
        known = dict(_leaves(live.facts))
        for path, value in _leaves(planned.facts):
            if path in known and path.split("/")[-1] not in ELSEWHERE:
                equal.add((name, path))
                if known[path] != value:
                    differing[name, path] = (known[path], value)
    assert differing == {}
    assert equal >= BOTH_KNOW
