"""Clusters and serverless warehouses of Redshift in Terraform and CloudFormation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("known after apply")
SAFE: dict[str, Any] = {
    "cluster_identifier": "core",
    "publicly_accessible": False,
    "encrypted": True,
    "kms_key_id": Reference("aws_kms_key.k", "arn"),
    "cluster_parameter_group_name": Reference("aws_redshift_parameter_group.p", "name"),
    "automated_snapshot_retention_period": 35,
    "multi_az": True,
}
PARAMETERS = [
    {"name": "require_ssl", "value": "true"},
    {"name": "enable_user_activity_logging", "value": "true"},
]
ENDS = [
    block("aws_kms_key.k", {}),
    block("aws_redshift_parameter_group.p", {"name": "p", "parameter": PARAMETERS}),
]


def cluster(values: dict[str, Any], *others: Any) -> Document:
    return the(block("aws_redshift_cluster.c", values), *others)


def logging(**values: Any) -> Any:
    of = {"cluster_identifier": Reference("aws_redshift_cluster.c", "id")}
    return block("aws_redshift_logging.l", of | values)


def test_safe() -> None:
    where = {"log_destination_type": "cloudwatch", "log_exports": ["useractivitylog"]}
    name = "/aws/redshift/cluster/core/useractivitylog"
    group = block("aws_cloudwatch_log_group.g", {"name": name, "retention_in_days": 365})
    copy = block(
        "aws_redshift_snapshot_copy.s",
        {"cluster_identifier": "core", "destination_region": "cn-northwest-1"},
    )
    found = cluster(SAFE, *ENDS, logging(**where), group, copy).facts
    assert found["exposure"] == {"public": False, "via": []}
    assert found["encryption"]["key_manager"] == "customer"
    assert found["tls"]["required"] is True
    assert found["audit_log"]["enabled"] is True
    assert found["audit_log"]["retention_days"] == 365
    assert found["backup"]["retention_days"] == 35
    assert [each["region"] for each in found["backup"]["copies"]] == ["cn-northwest-1"]
    assert found["multi_zone"] is True


def test_minimal() -> None:
    found = cluster({"cluster_identifier": "core"})
    assert found.facts["audit_log"]["enabled"] is False
    assert found.facts["backup"]["retention_days"] == 1
    assert found.facts["multi_zone"] is False
    assert {"exposure/public", "encryption/enabled", "tls/required"} <= set(found.unknown)
    assert cluster({"encrypted": False}).facts["encryption"]["enabled"] is False


def test_public() -> None:
    rule = {"protocol": "tcp", "from_port": 5439, "to_port": 5439, "cidr_blocks": ["0.0.0.0/0"]}
    others = [
        block("aws_security_group.g", {"ingress": [rule]}),
        block("aws_redshift_subnet_group.n", {"subnet_ids": [Reference("aws_subnet.s")]}),
        block("aws_subnet.s", {}),
        block(
            "aws_route_table_association.a",
            {
                "subnet_id": Reference("aws_subnet.s"),
                "route_table_id": Reference("aws_route_table.t"),
            },
        ),
        block("aws_route_table.t", {"route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}]}),
    ]
    values = {
        "publicly_accessible": True,
        "cluster_subnet_group_name": Reference("aws_redshift_subnet_group.n", "name"),
        "vpc_security_group_ids": [Reference("aws_security_group.g")],
    }
    assert cluster(values, *others).facts["exposure"]["public"] is True
    assert cluster(values | {"port": 8192}, *others).facts["exposure"]["public"] is False
    assert cluster(values, *others).facts["subnet_routes_to_internet"] is True


@pytest.mark.parametrize(("family", "required"), [("redshift-1.0", False), ("redshift-2.0", None)])
def test_parameters_that_are_not_written(family: str, required: bool | None) -> None:
    group = block("aws_redshift_parameter_group.p", {"family": family})
    assert cluster(SAFE, group).facts["tls"].get("required") is required


@pytest.mark.parametrize(
    ("log", "enabled"),
    [
        (logging(bucket_name="logs"), True),
        (logging(log_destination_type="cloudwatch", log_exports=["userlog"]), False),
        (logging(log_destination_type="cloudwatch", log_exports=APPLY), None),
        (logging(log_destination_type=APPLY), None),
    ],
)
def test_logs(log: Any, enabled: bool | None) -> None:
    found = cluster(SAFE, *ENDS, log)
    assert found.facts["audit_log"].get("enabled") is enabled
    # Without the parameter no statement is logged.
    quiet = {"cluster_identifier": "core"}
    assert cluster(quiet, logging(bucket_name="logs")).facts["audit_log"]["enabled"] is False


def test_unknown_arguments() -> None:
    found = cluster(dict.fromkeys(SAFE, APPLY) | {"logging": APPLY})
    assert {
        "exposure/public",
        "encryption/enabled",
        "tls/required",
        "audit_log/enabled",
        "backup/retention_days",
        "multi_zone",
    } <= set(found.unknown)


def test_workgroups() -> None:
    pairs = [{"parameter_key": each["name"], "parameter_value": "true"} for each in PARAMETERS]
    values = {
        "workgroup_name": "core",
        "namespace_name": Reference("aws_redshiftserverless_namespace.n", "namespace_name"),
        "publicly_accessible": False,
        "config_parameter": pairs,
    }
    namespace = block(
        "aws_redshiftserverless_namespace.n",
        {"namespace_name": "n", "kms_key_id": "alias/mine", "log_exports": ["useractivitylog"]},
    )
    found = the(block("aws_redshiftserverless_workgroup.w", values), namespace)
    assert found.facts["exposure"]["public"] is False
    assert found.facts["encryption"]["key_manager"] == "customer"
    assert found.facts["tls"]["required"] is True
    assert found.facts["audit_log"]["enabled"] is True
    assert found.facts["backup"]["retention_days"] == 1
    bare = the(block("aws_redshiftserverless_workgroup.w", {}))
    assert {"exposure/public", "encryption/key_manager", "tls/required"} <= set(bare.unknown)
    alone = the(block("aws_redshiftserverless_namespace.n", {"namespace_name": "n"}))
    assert alone.facts["encryption"]["key_manager"] == "provider"
    assert alone.facts["exposure"]["public"] is False


def test_snapshots() -> None:
    of = {"cluster_identifier": Reference("aws_redshift_cluster.c", "id")}
    snapshot = block("aws_redshift_cluster_snapshot.s", of)
    source = block("aws_redshift_cluster.c", {"encrypted": True, "kms_key_id": "alias/mine"})
    assert the(snapshot, source).facts["encryption"]["key_manager"] == "customer"
    plain = block("aws_redshift_cluster.c", {"encrypted": False})
    assert the(snapshot, plain).facts["encryption"]["enabled"] is False
    assert {"encryption/enabled", "shared_with"} <= set(the(snapshot).unknown)
    values = {"namespace_name": "n"}
    serverless = block("aws_redshiftserverless_snapshot.s", values)
    namespace = block("aws_redshiftserverless_namespace.n", values)
    assert the(serverless, namespace).facts["encryption"]["key_manager"] == "provider"
    assert "encryption/key_manager" in the(serverless).unknown


def test_cloudformation(folder: Path) -> None:
    text = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Safe:
    Type: AWS::Redshift::Cluster
    Properties:
      PubliclyAccessible: false
      Encrypted: true
      KmsKeyId: alias/mine
      ClusterParameterGroupName: {Ref: Parameters}
      LoggingProperties: {BucketName: {Ref: Logs}, S3KeyPrefix: redshift/}
      DestinationRegion: cn-northwest-1
      MultiAZ: true
  Parameters:
    Type: AWS::Redshift::ClusterParameterGroup
    Properties:
      ParameterGroupFamily: redshift-1.0
      Parameters:
        - {ParameterName: require_ssl, ParameterValue: "true"}
        - {ParameterName: enable_user_activity_logging, ParameterValue: "true"}
  Logs:
    Type: AWS::S3::Bucket
    Properties:
      LifecycleConfiguration:
        Rules: [{Status: Enabled, Prefix: redshift/, ExpirationInDays: 7}]
  Open: {Type: AWS::Redshift::Cluster, Properties: {Encrypted: false}}
  Group:
    Type: AWS::RedshiftServerless::Workgroup
    Properties:
      NamespaceName: {Ref: Space}
      PubliclyAccessible: false
      ConfigParameters: [{ParameterKey: require_ssl, ParameterValue: "true"}]
  Space:
    Type: AWS::RedshiftServerless::Namespace
    Properties: {NamespaceName: n, KmsKeyId: alias/mine}
"""
    (folder / "stack.yaml").write_text(text, encoding="utf-8")
    found = documents(folder)[1]
    safe, open_, group = (found[name].facts for name in ("Safe", "Open", "Group"))
    assert safe["encryption"]["key_manager"] == "customer"
    assert safe["tls"]["required"] is True
    assert safe["audit_log"]["enabled"] is True
    assert safe["audit_log"]["retention_days"] == 7
    assert [each["region"] for each in safe["backup"]["copies"]] == ["cn-northwest-1"]
    assert open_["encryption"]["enabled"] is False
    assert open_["audit_log"]["enabled"] is False
    assert group["encryption"]["key_manager"] == "customer"
    assert group["tls"]["required"] is True
    assert "Space" not in found
