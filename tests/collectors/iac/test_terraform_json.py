"""Terraform's JSON syntax is read as HCL is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.hcl_json import declared
from collectors.iac.loaded import BrokenProjectError
from collectors.iac.terraform import load
from tests.collectors.iac.conftest import Write, documents

HCL = """
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}
variable "unset" {}
variable "ports" { default = [22, 443] }
locals { open = "0.0.0.0/0" }
provider "aws" { region = "cn-north-1" }
provider "aws" {
  alias  = "west"
  region = "cn-northwest-1"
}
data "aws_vpc" "main" { default = true }
resource "aws_security_group" "g" {
  name     = "x-${var.ports[0]}-\\"q\\""
  vpc_id   = data.aws_vpc.main.id
  ingress = [{
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = [local.open]
  }]
}
resource "aws_s3_bucket" "b" { bucket = "logs" }
resource "aws_s3_bucket_versioning" "v" {
  bucket = aws_s3_bucket.b.id
  versioning_configuration = { status = "Enabled" }
}
resource "aws_ebs_volume" "many" {
  for_each  = toset(["a", "b"])
  encrypted = each.key == "a"
}
resource "aws_ebs_volume" "some" {
  count     = var.unset
  encrypted = var.unset
}
"""
JSON: dict[str, Any] = {
    "//": "a comment",
    "terraform": {
        "required_providers": {"azurerm": {"source": "hashicorp/azurerm", "version": "~> 4.0"}}
    },
    "variable": {"unset": {}, "ports": {"default": [22, 443]}},
    "locals": {"open": "0.0.0.0/0"},
    "provider": {"aws": [{"region": "cn-north-1"}, {"alias": "west", "region": "cn-northwest-1"}]},
    "data": {"aws_vpc": {"main": {"default": True}}},
    "resource": [
        {
            "aws_security_group": {
                "g": {
                    "//": "another",
                    "name": 'x-${var.ports[0]}-"q"',
                    "vpc_id": "${data.aws_vpc.main.id}",
                    "ingress": [
                        {
                            "from_port": 22,
                            "to_port": 22,
                            "protocol": "tcp",
                            "cidr_blocks": ["${local.open}"],
                        }
                    ],
                }
            }
        },
        {
            "aws_s3_bucket": {"b": {"bucket": "logs"}},
            "aws_s3_bucket_versioning": {
                "v": {
                    "bucket": "${aws_s3_bucket.b.id}",
                    "versioning_configuration": {"status": "Enabled"},
                }
            },
            "aws_ebs_volume": {
                "many": {
                    "for_each": '${toset(["a", "b"])}',
                    "encrypted": '${each.key == "a"}',
                },
                "some": {"count": "${var.unset}", "encrypted": "${var.unset}"},
            },
        },
    ],
}


def told(blocks: list[Block]) -> dict[str, Any]:
    """What each block says, without where; of unknowns only that they are."""
    return {
        each.address: (
            {name: "?" if isinstance(v, Unknown) else v for name, v in each.values.items()},
            dict(each.provider_values),
        )
        for each in blocks
    }


def test_both_syntaxes_say_the_same(project: Write, tmp_path: Path) -> None:
    (tmp_path / "main.tf.json").write_text(json.dumps(JSON, indent=2), encoding="utf-8")
    loaded, plain = load(tmp_path), load(project(HCL))
    assert loaded.unread == plain.unread == []
    assert told(loaded.blocks) == told(plain.blocks)
    found = {each.address: each for each in loaded.blocks}
    assert isinstance(found["aws_ebs_volume.some[0]"].values["encrypted"], Unknown)


def test_a_provider_that_is_named(tmp_path: Path) -> None:
    """The parser tells nothing of such a resource: what the source says alone is told."""
    providers = [{"region": "cn-north-1"}, {"alias": "west", "region": "cn-northwest-1"}]
    volume = {"provider": "aws.west", "encrypted": False, "size": "${var.size}"}
    whole = {
        "provider": {"aws": providers},
        "variable": {"size": {"default": 1}},
        "resource": {"aws_ebs_volume": {"v": volume}},
    }
    (tmp_path / "main.tf.json").write_text(json.dumps(whole), encoding="utf-8")
    (only,) = load(tmp_path).blocks
    assert only.provider_values["region"] == "cn-northwest-1"
    assert only.values["encrypted"] is False
    assert isinstance(only.values["size"], Unknown)


def test_where_findings_point(project: Write) -> None:
    text = '{\n"resource": {"aws_ebs_volume": {"v":\n{\n"size": 1,\n"encrypted": false\n}}}\n}\n'
    found = documents(project("", **{"main.tf.json": text}))[1]["aws_ebs_volume.v"]
    assert found.source
    assert (found.source.uri, found.source.start_line) == ("infra/main.tf.json", 3)
    assert found.source.lines["encryption"].line == 5


def test_modules_and_overrides(project: Write) -> None:
    root = project(
        "",
        **{
            "call.tf.json": json.dumps({"module": {"m": {"source": "./m", "on": True}}}),
            "m/main.tf.json": json.dumps(
                {
                    "variable": {"on": {"type": "bool"}},
                    "resource": {"aws_ebs_volume": {"v": {"encrypted": "${var.on}", "size": 1}}},
                }
            ),
            "m/x_override.tf.json": json.dumps(
                {"resource": {"aws_ebs_volume": {"v": {"size": 2}}}}
            ),
        },
    )
    (only,) = load(root).blocks
    assert (only.address, dict(only.values)) == (
        "module.m.aws_ebs_volume.v",
        {"encrypted": True, "size": 2},
    )


DEEP = '{"locals": {"a": ' + "[" * 200 + "]" * 200 + "}}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{\n"resource": ', "infra/bad.tf.json:2: Expecting"),
        ("{'resource': {}}", "infra/bad.tf.json:1: "),
        ('{"resource": {"aws_kms_key": {"k": 1}}}', "infra/bad.tf.json:1: "),
        (DEEP, "infra/bad.tf.json:1: it is nested deeper than 100 levels"),
    ],
)
def test_what_is_not_valid_is_said(project: Write, text: str, message: str) -> None:
    with pytest.raises(BrokenProjectError) as broken:
        load(project("", **{"bad.tf.json": text}))
    assert broken.value.unread[0].message.startswith(message)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", '"plain"'),
        ("${var.a}", "var.a"),
        ("${var.a}-${var.b}", '"${var.a}-${var.b}"'),
        ('a "b" ${lookup(var.m, "k")}', '"a \\"b\\" ${lookup(var.m, "k")}"'),
        ("$${no}", '"$${no}"'),
        ('${"}"}${var.a}', '"${"}"}${var.a}"'),
        ({"a": [1, None, True]}, '{ "a": [1, null, true] }'),
    ],
)
def test_expressions(value: Any, text: str) -> None:
    whole = json.dumps({"locals": {"x": value}}).encode()
    (block,) = declared(Path("a.tf.json"), whole)
    assert block.body.attributes["x"].text == text
