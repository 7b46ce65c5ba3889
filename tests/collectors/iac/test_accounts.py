"""Accounts that templates name, and their own one where they tell it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document
from collectors.iac.accounts import NOT_TOLD
from collectors.iac.check import collect
from collectors.snapshot import open_snapshot
from tests.collectors.iac.conftest import Write

OWN, OTHER = "111122223333", "999988887777"
TRUST = """
resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = ["arn:aws-cn:iam::111122223333:root", "999988887777"] }
    }]
  })
}
"""
ROLE = "arn:aws-cn:iam::111122223333:role/deploy"


def _read(path: Path) -> list[Document]:
    collect([path], Path("snapshot"), tool_version="test")
    return [each.document for each in open_snapshot(Path("snapshot"))]


def _trust(found: list[Document]) -> tuple[str, list[str | None]]:
    (role,) = found
    return role.account, [grant.get("account") for grant in role.facts["trust"]]


def test_no_account_that_is_named_is_known_to_be_another(project: Write) -> None:
    (role,) = _read(project(TRUST))
    assert _trust([role]) == ("template", [None, None])
    assert role.unknown["trust/0/account"] == NOT_TOLD.reason
    assert [grant["kind"] for grant in role.facts["trust"]] == ["account", "account"]
    assert role.facts["trust"][1]["principal"] == OTHER


def test_an_identity_provider_stands_in_the_account_of_the_role(project: Write) -> None:
    """Whose it is leaves nothing open: that anybody with its tokens comes in is a finding."""
    federated = TRUST.replace("sts:AssumeRole", "sts:AssumeRoleWithWebIdentity").replace(
        'AWS = ["arn:aws-cn:iam::111122223333:root", "999988887777"]',
        f'Federated = "arn:aws-cn:iam::{OWN}:oidc-provider/token.actions.githubusercontent.com"',
    )
    (role,) = _read(project(federated))
    assert not [path for path in role.unknown if path.startswith("trust")]
    assert role.facts["trust"][0]["narrows"] is False


def test_anyone_is_still_anyone(project: Write) -> None:
    (role,) = _read(project(TRUST.replace(f'"{OTHER}"', '"*"')))
    grant = role.facts["trust"][1]
    assert (grant["kind"], grant["account"], grant["narrows"]) == ("anyone", None, False)


@pytest.mark.parametrize(
    "provider",
    [
        f'allowed_account_ids = ["{OWN}"]',
        f'assume_role {{\n role_arn = "{ROLE}"\n }}',
    ],
)
def test_a_provider_that_tells_the_account(project: Write, provider: str) -> None:
    found = _read(project(f'provider "aws" {{\n {provider}\n }}\n{TRUST}'))
    assert _trust(found) == (OWN, [OWN, OTHER])


@pytest.mark.parametrize(
    "provider",
    [
        f'allowed_account_ids = ["{OWN}", "{OTHER}"]',
        "allowed_account_ids = [var.unset]",
        "assume_role {\n role_arn = var.unset\n }",
        f'alias = "other"\n allowed_account_ids = ["{OWN}"]',
    ],
)
def test_a_provider_that_does_not(project: Write, provider: str) -> None:
    text = f'variable "unset" {{}}\nprovider "aws" {{\n {provider}\n }}\n{TRUST}'
    assert _trust(_read(project(text))) == ("template", [None, None])


def test_resources_of_two_accounts_leave_it_open(project: Write) -> None:
    text = f"""
provider "aws" {{ allowed_account_ids = ["{OWN}"] }}
provider "aws" {{
  alias               = "b"
  allowed_account_ids = ["{OTHER}"]
}}
resource "aws_iam_group" "g" {{ provider = aws.b }}
"""
    found = _read(project(text + TRUST))
    assert {each.account for each in found} == {"template"}


def test_one_cloud_s_account_is_not_another_s(project: Write) -> None:
    text = f'provider "aws" {{ allowed_account_ids = ["{OWN}"] }}\n{TRUST}'
    found = _read(project(text + 'resource "alicloud_vpc" "v" {}\n'))
    assert {each.provider: each.account for each in found} == {"aws": OWN, "aliyun": "template"}


KEY_POLICY = """
resource "alicloud_kms_key" "k" {
  policy = jsonencode({
    Version = "1"
    Statement = [{
      Effect    = "Allow"
      Action    = ["kms:*"]
      Resource  = ["*"]
      Principal = { RAM = ["acs:ram::1234567890123456:*"] }
    }]
  })
}
"""


@pytest.mark.parametrize(
    ("provider", "account"),
    [
        ("", None),
        ('account_id = "1234567890123456"', "1234567890123456"),
        (
            'assume_role {\n role_arn = "acs:ram::1234567890123456:role/deploy"\n }',
            "1234567890123456",
        ),
    ],
)
def test_ram_policies(project: Write, provider: str, account: str | None) -> None:
    (key,) = _read(project(f'provider "alicloud" {{\n {provider}\n }}\n{KEY_POLICY}'))
    assert key.facts["policy"][0].get("account") == account
    assert key.account == (account or "template")


def test_a_copy_to_an_account_that_is_named(project: Write) -> None:
    text = """
resource "aws_s3_bucket" "b" {}
resource "aws_s3_bucket_replication_configuration" "r" {
  bucket = aws_s3_bucket.b.id
  rule {
    status = "Enabled"
    destination {
      bucket  = "arn:aws-cn:s3:::copy"
      account = "999988887777"
    }
  }
}
"""
    (bucket,) = _read(project(text))
    assert bucket.unknown["replication/0/account"] == NOT_TOLD.reason
    assert bucket.facts["replication"][0]["whole"] is True
    some = text.replace("destination {", 'filter {\n prefix = "logs/"\n }\n destination {')
    (bucket,) = _read(project(some))
    assert bucket.facts["replication"][0]["whole"] is False


def _plan(**more: Any) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": OWN}}
    role = {
        "address": "aws_iam_role.r",
        "mode": "managed",
        "type": "aws_iam_role",
        "name": "r",
        "values": {"assume_role_policy": json.dumps({"Statement": [statement]})},
    }
    declared = {"address": "aws_iam_role.r", "provider_config_key": "aws", "expressions": {}}
    caller = {"address": "data.aws_caller_identity.c", "provider_config_key": "aws"}
    root = {"resources": [declared | {"expressions": {"assume_role_policy": {}}}, caller]}
    return {
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": [role]}},
        "configuration": {"root_module": root},
    } | more


_PROVIDER = {"role_arn": {"constant_value": ROLE}}
_CALLER = {
    "address": "data.aws_caller_identity.c",
    "mode": "data",
    "type": "aws_caller_identity",
    "name": "c",
    "values": {"account_id": OWN},
}


@pytest.mark.parametrize(
    ("part", "account"),
    [
        (None, "template"),
        ("prior", OWN),
        ("provider", OWN),
    ],
)
def test_plans(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str | None, account: str
) -> None:
    monkeypatch.chdir(tmp_path)
    plan = _plan()
    if part == "prior":
        plan["prior_state"] = {"values": {"root_module": {"resources": [_CALLER]}}}
    if part == "provider":
        config = {"name": "aws", "expressions": {"assume_role": [_PROVIDER]}}
        plan["configuration"]["provider_config"] = {"aws": config}
    Path("plan.json").write_text(json.dumps(plan), encoding="utf-8")
    grant = None if account == "template" else OWN
    assert _trust(_read(Path("plan.json"))) == (account, [grant])
