"""Facts tell where the arguments stand that decide them, whatever language a template is in."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from collectors.document import Document, Place
from collectors.iac.check import collect
from collectors.snapshot import open_snapshot
from tests.collectors.iac.conftest import Write, documents

Told = dict[str, tuple[int, str]]


def told(document: Document) -> Told:
    """Line and argument by path, of what stands in the resource's own file."""
    assert document.source is not None
    lines = document.source.lines.items()
    return {path: (place.line, place.argument) for path, place in lines if not place.uri}


BUCKET = """
resource "aws_s3_bucket" "b" {
  bucket = "b"
  tags = {
    system = "core"
  }
}
"""
PARTS = """
resource "aws_s3_bucket_public_access_block" "b" {
  bucket                  = aws_s3_bucket.b.id
  block_public_acls       = true
  block_public_policy     = false
  ignore_public_acls      = true
  restrict_public_buckets = true
}
resource "aws_s3_bucket_versioning" "b" {
  bucket = aws_s3_bucket.b.id
  versioning_configuration {
    status = "Suspended"
  }
}
resource "aws_s3_bucket_server_side_encryption_configuration" "b" {
  bucket = aws_s3_bucket.b.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = "alias/aws/s3"
    }
  }
}
"""


def test_a_part_in_another_file(project: Write) -> None:
    root = project(BUCKET, **{"parts.tf": PARTS})
    lines = documents(root)[1]["aws_s3_bucket.b"].source.lines  # type: ignore[union-attr]
    uri = "infra/parts.tf"
    assert lines["public_access_block"] == Place(line=5, argument="block_public_policy", uri=uri)
    assert lines["versioning"] == Place(
        line=12, argument="versioning_configuration.status", uri=uri
    )
    key = "rule.apply_server_side_encryption_by_default.kms_master_key_id"
    assert lines["encryption/key_manager"] == Place(line=20, argument=key, uri=uri)
    assert lines["tags"] == Place(line=4, argument="tags")
    # Nothing that is written decides them: the resource itself is pointed to.
    assert not {"encryption/enabled", "logging/enabled", "tls/required"} & set(lines)


def test_parts_that_stand_alone(project: Write) -> None:
    """Listeners of one load balancer that is elsewhere share a document, which tells of each where
    it is."""
    listener = """resource "alicloud_slb_listener" "{}" {{
  load_balancer_id = "lb-1"
  frontend_port    = 80
  protocol         = "{}"
}}
"""
    text = listener.format("a", "tcp") + listener.format("b", "http")
    lines = told(documents(project(text))[1]["alicloud_slb_listener.a"])
    assert lines["listeners/0/protocol"] == (4, "protocol")
    assert lines["listeners/1/protocol"] == (9, "protocol")


RULES = """
resource "aws_security_group" "g" {
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8", "192.168.0.0/16"]
  }
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_security_group_rule" "r" {
  type              = "ingress"
  security_group_id = aws_security_group.g.id
  from_port         = 3389
  to_port           = 3389
  protocol          = "tcp"
  cidr_blocks       = ["0.0.0.0/0"]
}
"""


def test_each_rule_has_its_own_line(project: Write) -> None:
    found = told(documents(project(RULES))[1]["aws_security_group.g"])
    sources = {n: found[f"rules/{n}/sources"] for n in range(4)}
    assert sources == {
        0: (7, "ingress[0].cidr_blocks"),
        1: (7, "ingress[0].cidr_blocks"),
        2: (13, "ingress[1].cidr_blocks"),
        3: (22, "cidr_blocks"),
    }
    assert found["rules/2/from_port"] == (10, "ingress[1].from_port")
    assert found["rules/3/protocol"] == (21, "protocol")


def test_a_route_stands_in_its_table(project: Write) -> None:
    text = """resource "aws_vpc_peering_connection" "p" {
  vpc_id      = aws_vpc.v.id
  peer_vpc_id = "vpc-1"
}
resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
resource "aws_route_table" "t" {
  vpc_id = aws_vpc.v.id
  route {
    cidr_block                = "172.16.0.0/12"
    vpc_peering_connection_id = aws_vpc_peering_connection.p.id
  }
  route {
    cidr_block                = "0.0.0.0/0"
    vpc_peering_connection_id = aws_vpc_peering_connection.p.id
  }
}
"""
    found = documents(project(text))[1]["aws_vpc_peering_connection.p"]
    assert found.facts["peers"][0]["cidrs"] == ["172.16.0.0/12", "0.0.0.0/0"]
    lines = told(found)
    assert lines["peers/0/cidrs/0"] == (9, "route[0].cidr_block")
    assert lines["peers/0/cidrs/1"] == (13, "route[1].cidr_block")


def test_a_block_that_lacks_the_argument(project: Write) -> None:
    main = """
resource "aws_s3_bucket" "b" {
}
resource "aws_s3_bucket_public_access_block" "b" {
  bucket            = aws_s3_bucket.b.id
  block_public_acls = true
}
"""
    found = documents(project(main))[1]
    # Which of those that are missing is not told.
    assert told(found["aws_s3_bucket.b"])["public_access_block"] == (4, "")


def test_modules_overrides_and_loops(project: Write) -> None:
    root = project(
        """
provider "aws" {
  region = "cn-north-1"
}
module "m" {
  source = "./m"
  on     = false
}
resource "aws_db_instance" "d" {
  storage_encrypted = true
  kms_key_id        = "alias/mine"
}
resource "aws_security_group" "g" {
  dynamic "ingress" {
    for_each = ["10.0.0.0/8", "0.0.0.0/0"]
    content {
      from_port   = 22
      to_port     = 22
      protocol    = "tcp"
      cidr_blocks = [ingress.value]
    }
  }
}
""",
        **{
            "m/main.tf": """
variable "on" {}
resource "aws_kms_key" "k" {
  enable_key_rotation = var.on
}
""",
            "main_override.tf": """
resource "aws_db_instance" "d" {
  storage_encrypted = false
}
""",
        },
    )
    found = documents(root)[1]
    key = found["module.m.aws_kms_key.k"]
    assert key.source is not None
    assert key.source.uri == "infra/m/main.tf"
    assert told(key)["rotation_days"] == (4, "enable_key_rotation")
    assert key.source.lines["region"] == Place(
        line=3, argument="provider.aws.region", uri="infra/main.tf"
    )
    database = found["aws_db_instance.d"].source
    assert database is not None
    assert database.lines["encryption"] == Place(
        line=3, argument="storage_encrypted", uri="infra/main_override.tf"
    )
    group = told(found["aws_security_group.g"])
    assert group["rules/1/sources"] == (20, "ingress[1].cidr_blocks")


def test_what_is_asked_leaves_no_trace(project: Write) -> None:
    """Asking takes arguments for unknown: no document, and no other resource, may show it."""
    root = project(BUCKET + RULES, **{"parts.tf": PARTS})
    manifest, found = documents(root)
    assert "\0" not in Path("snapshot").joinpath("manifest.json").read_text(encoding="utf-8")
    assert all("\0" not in why for each in found.values() for why in each.unknown.values())
    assert set(found) == {"aws_s3_bucket.b", "aws_security_group.g"}
    assert manifest.unmapped == {}


STACK = """AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Port: {Type: Number, Default: 22}
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: g
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 443
          ToPort: 443
          CidrIp: 10.0.0.0/8
        - IpProtocol: tcp
          FromPort: !Ref Port
          ToPort: !Ref Port
          CidrIp: 0.0.0.0/0
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      PublicAccessBlockConfiguration:
        BlockPublicAcls: true
        BlockPublicPolicy: false
        IgnorePublicAcls: true
        RestrictPublicBuckets: true
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: s3:GetObject
            Resource: !Sub "${Bucket.Arn}/*"
"""


def test_properties_of_cloudformation(folder: Path) -> None:
    (folder / "stack.yaml").write_text(STACK, encoding="utf-8")
    found = documents(folder)[1]
    group, bucket = told(found["Group"]), told(found["Bucket"])
    assert group["rules/0/sources"] == (13, "SecurityGroupIngress[0].CidrIp")
    assert group["rules/1/sources"] == (17, "SecurityGroupIngress[1].CidrIp")
    assert group["rules/1/from_port"] == (15, "SecurityGroupIngress[1].FromPort")
    block = "PublicAccessBlockConfiguration.BlockPublicPolicy"
    assert bucket["public_access_block"] == (23, block)
    assert bucket["policy/0/principal"] == (33, "PolicyDocument.Statement.Principal")
    assert "encryption/enabled" not in bucket


ARM = """{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "resources": [
    {
      "type": "Microsoft.Storage/storageAccounts",
      "apiVersion": "2023-01-01",
      "name": "st",
      "location": "chinanorth3",
      "sku": {
        "name": "Standard_LRS"
      },
      "properties": {
        "minimumTlsVersion": "TLS1_0",
        "supportsHttpsTrafficOnly": false
      }
    },
    {
      "type": "Microsoft.Storage/storageAccounts/blobServices",
      "apiVersion": "2023-01-01",
      "name": "st/default",
      "properties": {
        "isVersioningEnabled": false
      }
    },
    {
      "type": "Microsoft.Network/networkSecurityGroups",
      "apiVersion": "2023-04-01",
      "name": "nsg",
      "properties": {
        "securityRules": [
          {
            "name": "ssh",
            "properties": {
              "access": "Allow", "direction": "Inbound", "priority": 100, "protocol": "Tcp",
              "sourceAddressPrefix": "*", "sourcePortRange": "*",
              "destinationAddressPrefix": "*",
              "destinationPortRange": "22"
            }
          }
        ]
      }
    }
  ]
}
"""


def test_properties_of_arm(folder: Path) -> None:
    (folder / "main.json").write_text(ARM, encoding="utf-8")
    found = documents(folder)[1]
    account = told(found["Microsoft.Storage/storageAccounts/st"])
    assert account["tls/minimum"] == (14, "minimumTlsVersion")
    assert account["tls/required"] == (15, "supportsHttpsTrafficOnly")
    assert account["redundancy"] == (11, "sku.name")
    assert account["versioning"] == (23, "isVersioningEnabled")
    group = told(found["Microsoft.Network/networkSecurityGroups/nsg"])
    assert group["rules/0/sources"] == (36, "securityRules.properties.sourceAddressPrefix")
    assert group["rules/0/from_port"] == (38, "securityRules.properties.destinationPortRange")


ROS = """ROSTemplateFormatVersion: '2015-09-01'
Resources:
  Group:
    Type: ALIYUN::ECS::SecurityGroup
    Properties:
      VpcId: vpc-1
      SecurityGroupIngress:
        - IpProtocol: tcp
          PortRange: 22/22
          SourceCidrIp: 0.0.0.0/0
  Rule:
    Type: ALIYUN::ECS::SecurityGroupIngress
    Properties:
      SecurityGroupId: !Ref Group
      IpProtocol: tcp
      PortRange: 3389/3389
      SourceCidrIp: 0.0.0.0/0
  Bucket:
    Type: ALIYUN::OSS::Bucket
    Properties:
      BucketName: b
      AccessControl: public-read
"""


def test_properties_of_ros(folder: Path) -> None:
    (folder / "stack.yaml").write_text(ROS, encoding="utf-8")
    found = documents(folder)[1]
    group = told(found["Group"])
    assert group["rules/0/sources"] == (10, "SecurityGroupIngress.SourceCidrIp")
    assert group["rules/1/sources"] == (17, "SourceCidrIp")
    assert told(found["Bucket"])["acl"] == (22, "AccessControl")


def test_plans_whose_source_is_there(project: Write) -> None:
    """A plan sorts nested blocks: they are told apart by what is written in them."""
    root = project(RULES)
    group = "aws_security_group.g"

    def rule(port: int, *sources: str) -> dict[str, Any]:
        return {
            "from_port": port, "to_port": port, "protocol": "tcp", "cidr_blocks": [*sources],
            "self": False, "description": "",
        }  # fmt: skip

    ingress = [rule(22, "0.0.0.0/0"), rule(443, "10.0.0.0/8", "192.168.0.0/16")]
    planned = {
        "address": group, "mode": "managed", "type": "aws_security_group", "name": "g",
        "values": {"ingress": ingress, "name": "g"},
    }  # fmt: skip
    plan = {
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": [planned]}},
        "configuration": {"root_module": {"resources": [{"address": group, "expressions": {}}]}},
    }
    (root / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    shutil.rmtree("snapshot", ignore_errors=True)
    collect([root / "plan.json"], Path("snapshot"), tool_version="test")
    (document,) = (each.document for each in open_snapshot(Path("snapshot")))
    found = told(document)
    assert document.source is not None
    assert document.source.uri == "infra/main.tf"
    assert found["rules/0/sources"] == (13, "ingress[1].cidr_blocks")
    assert found["rules/1/sources"] == (7, "ingress[0].cidr_blocks")


def test_what_is_not_written_is_blamed_on_nothing_else(folder: Path) -> None:
    """The default rule to everywhere stands behind rules that are written; which logs a database
    exports is decided by an argument that is missing, not by its engine."""
    database = """  Db:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      StorageEncrypted: false
"""
    (folder / "stack.yaml").write_text(STACK + database, encoding="utf-8")
    found = documents(folder)[1]
    assert found["Group"].facts["rules"][2]["direction"] == "egress"
    assert not any(path.startswith("rules/2") for path in told(found["Group"]))
    lines = told(found["Db"])
    assert lines["engine"][1] == "Engine"
    assert lines["encryption"][1] == "StorageEncrypted"
    assert not any(path.startswith("audit_log") for path in lines)
