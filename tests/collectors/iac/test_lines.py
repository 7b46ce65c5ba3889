"""Facts tell where the arguments stand that decide them, whatever language a template is in."""

from __future__ import annotations

from pathlib import Path

from collectors.document import Document, Place
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
