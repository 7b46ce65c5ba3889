"""Tables of Keyspaces and Timestream in Terraform and CloudFormation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the
from tests.collectors.iac.mappers.hand import documents as made

APPLY = Unknown("known after apply")
KEYSPACE = block("aws_keyspaces_keyspace.k", {"name": "core"})


def table(values: dict[str, Any], *others: Any) -> Document:
    of = {"keyspace_name": Reference("aws_keyspaces_keyspace.k", "name"), "table_name": "t"}
    return the(block("aws_keyspaces_table.t", of | values), *others)


def test_a_table_of_keyspaces() -> None:
    own = {"type": "CUSTOMER_MANAGED_KMS_KEY", "kms_key_identifier": "arn:aws:kms:r:1:key/1"}
    values = {"encryption_specification": [own], "point_in_time_recovery": [{"status": "ENABLED"}]}
    safe = table(values, KEYSPACE).facts
    assert safe["encryption"]["key_manager"] == "customer"
    assert (safe["backup"]["point_in_time"], safe["backup"]["retention_days"]) == (True, 35)
    assert (safe["tls"]["required"], safe["replicas"]) == (True, [])
    least = table({}, KEYSPACE).facts
    assert least["encryption"]["key_manager"] == "provider"
    assert least["backup"]["enabled"] is False
    # The type decides, whatever key is named.
    shared = own | {"type": "AWS_OWNED_KMS_KEY"}
    assert table({"encryption_specification": [shared]}).facts["encryption"]["key_id"] is None
    open_ = table(dict.fromkeys(values, APPLY))
    assert {"encryption/key_manager", "backup/enabled", "replicas"} <= set(open_.unknown)


def test_keyspaces_of_several_regions() -> None:
    regions = {"replication_strategy": "MULTI_REGION", "region_list": ["us-east-1", "eu-west-1"]}
    values = {"name": "core", "replication_specification": [regions]}
    found = table({"region": "us-east-1"}, block("aws_keyspaces_keyspace.k", values))
    assert [each["region"] for each in found.facts["replicas"]] == ["eu-west-1"]


def test_timestream() -> None:
    database = block(
        "aws_timestreamwrite_database.d", {"database_name": "m", "kms_key_id": "alias/k"}
    )
    rows = block("aws_timestreamwrite_table.t", {"database_name": "m", "table_name": "t"})
    (found,) = made(database, rows)
    assert (found.native_type, found.facts["encryption"]["key_manager"]) == (
        "aws_timestreamwrite_table",
        "customer",
    )
    # A plan of the account may keep it; it can be restored to no minute in any case.
    assert "backup/enabled" in found.unknown
    assert found.facts["backup"]["point_in_time"] is False
    (alone,) = made(block("aws_timestreamwrite_database.d", {"database_name": "m"}))
    assert alone.facts["encryption"]["key_manager"] == "provider"
    assert "backup/point_in_time" in alone.unknown
    assert "encryption/key_manager" in the(rows).unknown


def test_cloudformation(folder: Path) -> None:
    text = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Space: {Type: AWS::Cassandra::Keyspace, Properties: {KeyspaceName: core}}
  Rows:
    Type: AWS::Cassandra::Table
    Properties:
      KeyspaceName: {Ref: Space}
      TableName: rows
      PointInTimeRecoveryEnabled: true
      EncryptionSpecification:
        {EncryptionType: CUSTOMER_MANAGED_KMS_KEY, KmsKeyIdentifier: "arn:aws:kms:r:1:key/1"}
  Plain: {Type: AWS::Cassandra::Table, Properties: {KeyspaceName: {Ref: Space}}}
  Metrics: {Type: AWS::Timestream::Database, Properties: {KmsKeyId: alias/mine}}
  Points: {Type: AWS::Timestream::Table, Properties: {DatabaseName: {Ref: Metrics}}}
"""
    (folder / "stack.yaml").write_text(text, encoding="utf-8")
    found = documents(folder)[1]
    rows, plain = found["Rows"].facts, found["Plain"].facts
    assert rows["encryption"]["key_manager"] == "customer"
    assert (rows["backup"]["point_in_time"], plain["backup"]["enabled"]) == (True, False)
    assert (plain["encryption"]["key_manager"], plain["replicas"]) == ("provider", [])
    assert found["Points"].facts["encryption"]["key_manager"] == "customer"
    assert "Metrics" not in found
