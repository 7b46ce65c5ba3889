"""Clusters of DocumentDB and Neptune in Terraform and CloudFormation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the
from tests.collectors.iac.mappers.hand import documents as made

APPLY = Unknown("known after apply")
SAFE: dict[str, Any] = {
    "cluster_identifier": "core",
    "storage_encrypted": True,
    "kms_key_id": "alias/mine",
    "backup_retention_period": 30,
    "deletion_protection": True,
    "db_cluster_parameter_group_name": Reference("aws_docdb_cluster_parameter_group.p", "name"),
    "enabled_cloudwatch_logs_exports": ["audit"],
}
PARAMETERS = [
    {"name": "tls", "value": "tls1.2+"},
    {"name": "audit_logs", "value": "all"},
]
GROUP = block("aws_docdb_cluster_parameter_group.p", {"parameter": PARAMETERS})


def member(kind: str, name: str = "m", **values: Any) -> Any:
    of = {"cluster_identifier": Reference(f"aws_{kind}_cluster.c", "id")}
    return block(f"aws_{kind}_cluster_instance.{name}", of | values)


def test_a_safe_document_database() -> None:
    log = block(
        "aws_cloudwatch_log_group.g", {"name": "/aws/docdb/core/audit", "retention_in_days": 365}
    )
    zones = [member("docdb", name, availability_zone=name) for name in ("a", "b")]
    first, second, *_ = made(block("aws_docdb_cluster.c", SAFE), *zones, GROUP, log)
    assert {first.native_type, second.native_type} == {"aws_docdb_cluster_instance"}
    facts = first.facts
    assert facts["engine"] == "mongodb"
    assert facts["exposure"] == {"public": False, "via": []}
    assert facts["authentication"] is True
    assert facts["tls"] == {"minimum": "1.2", "required": True, "policy": None}
    assert facts["encryption"]["key_manager"] == "customer"
    assert facts["audit_log"]["enabled"] is True
    assert facts["audit_log"]["retention_days"] == 365
    assert facts["backup"]["retention_days"] == 30
    assert facts["multi_zone"] is True
    assert facts["deletion_protection"] is True
    assert facts["replicas"] == []


@pytest.mark.parametrize("kind", ["docdb", "neptune"])
def test_minimal(kind: str) -> None:
    found = the(block(f"aws_{kind}_cluster.c", {}), member(kind)).facts
    assert found["encryption"]["enabled"] is False
    assert found["audit_log"]["enabled"] is False
    assert found["backup"]["retention_days"] == 1
    assert found["deletion_protection"] is False
    assert found["exposure"]["public"] is False
    assert found["multi_zone"] is False
    assert found["authentication"] is (kind == "docdb")
    assert found["auto_minor_upgrade"] is (kind == "neptune")
    assert found["tls"].get("required") is (True if kind == "docdb" else None)


def test_a_cluster_without_instances() -> None:
    found = the(block("aws_docdb_cluster.c", SAFE), GROUP)
    assert found.native_type == "aws_docdb_cluster"
    assert found.facts["exposure"]["public"] is False
    assert found.facts["encryption"]["enabled"] is True
    assert found.facts["subnet_routes_to_internet"] is None


def test_an_instance_without_its_cluster() -> None:
    found = the(member("neptune", publicly_accessible=True))
    assert found.facts["engine"] == "neptune"
    assert {"exposure", "encryption", "backup"} <= set(found.unknown)
    assert the(member("docdb")).facts["exposure"]["public"] is False


@pytest.mark.parametrize("kind", ["docdb", "neptune"])
def test_unknown_arguments(kind: str) -> None:
    names = {
        "storage_encrypted",
        "backup_retention_period",
        "deletion_protection",
        "db_cluster_parameter_group_name",
        "neptune_cluster_parameter_group_name",
        "enabled_cloudwatch_logs_exports",
        "enable_cloudwatch_logs_exports",
        "iam_database_authentication_enabled",
    }
    found = the(block(f"aws_{kind}_cluster.c", dict.fromkeys(names, APPLY)), member(kind))
    assert {
        "encryption/enabled",
        "backup/retention_days",
        "deletion_protection",
        "tls/required",
        "audit_log/enabled",
    } <= set(found.unknown)


def test_a_public_graph() -> None:
    rule = {"protocol": "tcp", "from_port": 8182, "to_port": 8182, "cidr_blocks": ["0.0.0.0/0"]}
    others = [
        block("aws_security_group.g", {"ingress": [rule]}),
        block(
            "aws_neptune_subnet_group.n", {"name": "n", "subnet_ids": [Reference("aws_subnet.s")]}
        ),
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
    cluster = {
        "engine_version": "1.3.2.1",
        "neptune_subnet_group_name": "n",
        "vpc_security_group_ids": [Reference("aws_security_group.g")],
        "iam_database_authentication_enabled": True,
    }
    whole = block("aws_neptune_cluster.c", cluster)
    found = the(member("neptune", publicly_accessible=True), whole, *others).facts
    assert found["exposure"]["public"] is True
    assert found["authentication"] is True
    assert found["tls"]["required"] is True
    assert found["subnet_routes_to_internet"] is True
    closed = the(member("neptune"), whole, *others).facts
    assert closed["exposure"]["public"] is False


def test_keys_and_logs_of_graphs() -> None:
    values = {
        "storage_encrypted": True,
        "kms_key_arn": "alias/mine",
        "enable_cloudwatch_logs_exports": ["audit"],
    }
    found = the(block("aws_neptune_cluster.c", values)).facts
    assert found["encryption"]["key_manager"] == "customer"
    # Nothing is audited until the parameter says so.
    assert found["audit_log"]["enabled"] is False
    on = [{"name": "neptune_enable_audit_log", "value": "1"}]
    group = block("aws_neptune_cluster_parameter_group.p", {"name": "p", "parameter": on})
    named = values | {"neptune_cluster_parameter_group_name": "p"}
    assert the(block("aws_neptune_cluster.c", named), group).facts["audit_log"]["enabled"] is True


def test_global_clusters() -> None:
    of = {"global_cluster_identifier": Reference("aws_docdb_global_cluster.g", "id")}
    one = block("aws_docdb_cluster.c", of | {"region": "cn-north-1"})
    other = block("aws_docdb_cluster.d", of | {"region": "cn-northwest-1"})
    found = the(one, other)
    assert [each["region"] for each in found.facts["replicas"]] == ["cn-northwest-1"]
    assert "encryption/enabled" in found.unknown
    assert "replicas/0" in the(one).unknown
    joined = block("aws_rds_cluster.c", {"global_cluster_identifier": "everywhere"})
    assert "replicas/0" in the(joined).unknown


@pytest.mark.parametrize("kind", ["docdb", "neptune"])
@pytest.mark.parametrize("literal", [True, False])
def test_a_global_cluster_that_is_made_from_a_cluster(kind: str, literal: bool) -> None:
    """The first cluster does not name the global one: that names it."""
    arn = "arn:aws-cn:rds:cn-north-1:123456789012:cluster:core"
    source = arn if literal else Reference(f"aws_{kind}_cluster.c", "arn")
    group = {"global_cluster_identifier": "all", "source_db_cluster_identifier": source}
    own = block(f"aws_{kind}_cluster.c", {"cluster_identifier": "core", "region": "cn-north-1"})
    around = block(f"aws_{kind}_global_cluster.g", group)
    assert "replicas/0" in the(own, around).unknown
    other = block(
        f"aws_{kind}_cluster.o", {"global_cluster_identifier": "all", "region": "eu-west-1"}
    )
    assert [each["region"] for each in the(own, around, other).facts["replicas"]] == ["eu-west-1"]
    perhaps = block(f"aws_{kind}_cluster.o", {"global_cluster_identifier": APPLY})
    assert "replicas/0" in the(own, around, perhaps).unknown
    assert the(own, other).facts["replicas"] == []


def test_snapshots() -> None:
    values = {"db_cluster_identifier": Reference("aws_docdb_cluster.c", "id")}
    snapshot = block("aws_docdb_cluster_snapshot.s", values)
    found = the(snapshot, block("aws_docdb_cluster.c", SAFE))
    assert found.type == "database.snapshot"
    assert found.facts["encryption"]["key_manager"] == "customer"
    assert "encryption/enabled" in the(snapshot).unknown


def test_cloudformation(folder: Path) -> None:
    text = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Documents:
    Type: AWS::DocDB::DBCluster
    Properties:
      StorageEncrypted: true
      KmsKeyId: alias/mine
      BackupRetentionPeriod: 30
      DBClusterParameterGroupName: {Ref: Parameters}
      EnableCloudwatchLogsExports: [audit]
  Instance:
    Type: AWS::DocDB::DBInstance
    Properties: {DBClusterIdentifier: {Ref: Documents}, DBInstanceClass: db.r6g.large}
  Parameters:
    Type: AWS::DocDB::DBClusterParameterGroup
    Properties: {Family: docdb5.0, Parameters: {tls: enabled, audit_logs: enabled}}
  Graph:
    Type: AWS::Neptune::DBCluster
    Properties: {IamAuthEnabled: false, DeletionProtection: true}
  Told: {Type: AWS::Neptune::DBCluster, Properties: {}}
  Everywhere:
    Type: AWS::Neptune::GlobalCluster
    Properties: {SourceDBClusterIdentifier: !GetAtt Graph.DBClusterArn}
  Node: {Type: AWS::Neptune::DBInstance, Properties: {DBClusterIdentifier: {Ref: Told}}}
"""
    (folder / "stack.yaml").write_text(text, encoding="utf-8")
    found = documents(folder)[1]
    safe, graph = found["Instance"], found["Graph"].facts
    assert safe.facts["encryption"]["key_manager"] == "customer"
    assert safe.facts["tls"]["required"] is True
    assert safe.facts["audit_log"]["enabled"] is True
    assert "deletion_protection" in safe.unknown
    assert graph["authentication"] is False
    assert "replicas/0" in found["Graph"].unknown
    assert graph["encryption"]["enabled"] is False
    assert graph["deletion_protection"] is True
    assert "exposure/public" in found["Node"].unknown
    assert safe.facts["exposure"]["public"] is False
    assert "Documents" not in found
