"""Clusters of EKS in Terraform and CloudFormation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the
from tests.collectors.iac.mappers.hand import documents as made

APPLY = Unknown("known after apply")
KEY = {"resources": ["secrets"], "provider": [{"key_arn": Reference("aws_kms_key.k", "arn")}]}
SAFE: dict[str, Any] = {
    "name": "core",
    "version": "1.33",
    "vpc_config": [{"endpoint_public_access": False}],
    "encryption_config": [KEY],
    "enabled_cluster_log_types": ["api", "audit"],
}


def cluster(values: dict[str, Any], *others: Any) -> Document:
    return the(block("aws_eks_cluster.c", values), *others)


def nodes(*zones: str, size: int = 2, **values: Any) -> list[Any]:
    subnets = [block(f"aws_subnet.s{zone}", {"availability_zone": zone}) for zone in zones]
    group = {
        "cluster_name": Reference("aws_eks_cluster.c", "name"),
        "subnet_ids": [Reference(each.address) for each in subnets],
        "scaling_config": [{"desired_size": size}],
    }
    return [block("aws_eks_node_group.n", group | values), *subnets]


def test_safe() -> None:
    key = block("aws_kms_key.k", {})
    group = block(
        "aws_cloudwatch_log_group.g", {"name": "/aws/eks/core/cluster", "retention_in_days": 365}
    )
    found = cluster(SAFE, key, group, *nodes("a", "b"))
    assert found.facts["endpoint_public"] is False
    assert found.facts["endpoint_ranges"] == []
    assert found.facts["secrets_encryption"]["key_manager"] == "customer"
    assert found.facts["audit_log"]["enabled"] is True
    assert found.facts["audit_log"]["retention_days"] == 365
    assert found.facts["node_zones"] == ["a", "b"]
    assert "version_supported" in found.unknown


def test_minimal() -> None:
    found = cluster({"name": "core"})
    assert found.facts["endpoint_public"] is True
    assert found.facts["endpoint_ranges"] == ["0.0.0.0/0"]
    assert found.facts["audit_log"]["enabled"] is False
    assert {"version", "version_supported", "secrets_encryption/enabled"} <= set(found.unknown)
    assert "node_zones" in found.unknown


def test_addresses_of_both_kinds() -> None:
    values = {"kubernetes_network_config": [{"ip_family": "ipv6"}]}
    assert cluster(values).facts["endpoint_ranges"] == ["0.0.0.0/0", "::/0"]


@pytest.mark.parametrize(
    ("version", "supported", "encrypted"),
    [("1.22", False, False), ("1.27", None, False), ("1.30", None, True)],
)
def test_versions(version: str, supported: bool | None, encrypted: bool) -> None:
    found = cluster({"version": version})
    assert found.facts.get("version_supported") is supported
    assert found.facts["secrets_encryption"]["enabled"] is encrypted


def test_unknown_arguments() -> None:
    found = cluster(
        {
            "version": "1.30",
            "vpc_config": [{"endpoint_public_access": True, "public_access_cidrs": APPLY}],
            "encryption_config": APPLY,
            "enabled_cluster_log_types": [APPLY],
            "name": APPLY,
        }
    )
    assert {
        "endpoint_ranges",
        "secrets_encryption/enabled",
        "audit_log/enabled",
    } <= set(found.unknown)
    one = cluster({"vpc_config": [{"public_access_cidrs": ["10.0.0.0/8", APPLY]}]})
    assert "endpoint_ranges/1" in one.unknown


@pytest.mark.parametrize(
    ("groups", "zones"),
    [
        (nodes("a", size=4), ["a"]),
        (nodes("a", "b", "c"), None),
        (nodes("a", "b", scaling_config=APPLY), None),
        (nodes("a", "b", subnet_ids=APPLY), None),
        (nodes("a", "b", cluster_name=APPLY), None),
    ],
)
def test_zones(groups: list[Any], zones: list[str] | None) -> None:
    assert cluster(SAFE, *groups).facts.get("node_zones") == zones


def test_auto_mode() -> None:
    found = cluster(SAFE | {"compute_config": [{"enabled": True}]}, *nodes("a"))
    assert found.unknown["node_zones"] == "EKS Auto Mode chooses the zones of the nodes"


@pytest.mark.parametrize(
    ("access", "sources"),
    [
        ([], "none"),
        ([{"ec2_ssh_key": "ops"}], ["0.0.0.0/0"]),
        ([{"ec2_ssh_key": "ops", "source_security_group_ids": ["sg-1"]}], "none"),
        ([{"source_security_group_ids": []}], "none"),
        ([{"ec2_ssh_key": APPLY}], None),
        (APPLY, None),
    ],
)
def test_ssh_to_nodes(access: Any, sources: Any) -> None:
    """EKS makes a security group that lets everybody in, unless groups are named, wherever the
    cluster stands."""
    group = nodes("a", remote_access=access)
    for others in ([block("aws_eks_cluster.c", SAFE)], []):
        found = [each for each in made(*others, *group) if each.type == "network.firewall"]
        rules = [each.facts["rules"][0].get("sources") for each in found]
        assert rules == ([] if sources == "none" else [sources])


def test_cloudformation(folder: Path) -> None:
    text = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Safe:
    Type: AWS::EKS::Cluster
    Properties:
      Name: core
      Version: "1.30"
      ResourcesVpcConfig:
        {EndpointPublicAccess: true, PublicAccessCidrs: [198.51.100.0/24], SubnetIds: [a]}
      EncryptionConfig: [{Resources: [secrets], Provider: {KeyArn: alias/mine}}]
      Logging: {ClusterLogging: {EnabledTypes: [{Type: audit}]}}
      Tags: [{Key: system, Value: core}]
  Nodes:
    Type: AWS::EKS::Nodegroup
    Properties:
      ClusterName: {Ref: Safe}
      Subnets: [{Ref: Subnet}]
      ScalingConfig: {DesiredSize: 2, MinSize: 1}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {AvailabilityZone: cn-north-1a}}
  Open:
    Type: AWS::EKS::Cluster
    Properties: {ResourcesVpcConfig: {SubnetIds: [a]}, Version: "1.27"}
"""
    (folder / "stack.yaml").write_text(text, encoding="utf-8")
    found = documents(folder)[1]
    safe, unsafe = found["Safe"], found["Open"]
    assert safe.facts["endpoint_ranges"] == ["198.51.100.0/24"]
    assert safe.facts["secrets_encryption"]["key_manager"] == "customer"
    assert safe.facts["audit_log"]["enabled"] is True
    assert safe.facts["node_zones"] == ["cn-north-1a"]
    assert safe.tags == {"system": "core"}
    assert unsafe.facts["endpoint_ranges"] == ["0.0.0.0/0"]
    assert unsafe.facts["secrets_encryption"]["enabled"] is False
    assert unsafe.facts["audit_log"]["enabled"] is False
