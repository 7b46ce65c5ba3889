# ruff: noqa: E501 - templates are easier to read on long lines
"""Verdicts on a template of Alibaba Cloud: what is open fails, what is closed passes, and what a
template does not decide is unknown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from collectors.iac.check import collect
from scanner.evaluate import read_verdicts
from scanner.pipeline import open_evaluator
from scanner.verdict import ResourceVerdicts
from tests.scanner.made import settings

HCL = """
provider "alicloud" { region = "cn-hangzhou" }

resource "alicloud_ram_role" "open" {
  role_name = "open"
  assume_role_policy_document = jsonencode({ Version = "1", Statement = [
    { Effect = "Allow", Action = "sts:AssumeRole", Principal = { RAM = ["*"] } }] })
}
resource "alicloud_ram_role" "ecs" {
  role_name = "ecs"
  assume_role_policy_document = jsonencode({ Version = "1", Statement = [
    { Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["ecs.aliyuncs.com"] } }] })
}
resource "alicloud_ram_policy" "all" {
  policy_name     = "all"
  policy_document = <<EOF
{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
EOF
}
resource "alicloud_actiontrail_trail" "off" {
  trail_name      = "everything"
  oss_bucket_name = alicloud_oss_bucket.logs.bucket
  status          = "Disable"
}
resource "alicloud_oss_bucket" "logs" { bucket = "logs" }
resource "alicloud_oss_bucket_acl" "logs" {
  bucket = alicloud_oss_bucket.logs.bucket
  acl    = "public-read"
}
resource "alicloud_fcv3_function" "api" {
  function_name = "api"
  runtime       = "python3.10"
  handler       = "x"
}
resource "alicloud_fcv3_trigger" "http" {
  function_name  = alicloud_fcv3_function.api.function_name
  qualifier      = "LATEST"
  trigger_type   = "http"
  trigger_config = jsonencode({ authType = "anonymous", methods = ["GET"] })
}
resource "alicloud_cs_managed_kubernetes" "c" {
  name                    = "c"
  encryption_provider_key = alicloud_kms_key.k.id
}
resource "alicloud_kms_key" "k" {}
resource "alicloud_vpn_gateway" "v" {
  vpc_id    = "vpc-1"
  bandwidth = 10
}
resource "alicloud_vpn_connection" "v" {
  vpn_gateway_id = alicloud_vpn_gateway.v.id
  ike_config { ike_enc_alg = "des" }
}
"""


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[tuple[str, str], str]]:
    """Statuses at level 3, by the address of the resource and the check."""
    folder = tmp_path_factory.mktemp("alicloud")
    infra, snapshot, verdicts = folder / "infra", folder / "snapshot", folder / "verdicts.ndjson"
    infra.mkdir()
    (infra / "main.tf").write_text(HCL)
    manifest = collect([Path(infra)], snapshot, tool_version="test")
    assert (manifest.failed_calls, manifest.unmapped) == ([], {})
    found: dict[tuple[str, str], str] = {}
    with open_evaluator(settings()) as evaluator:
        evaluator.evaluate(snapshot, (3,), verdicts)
    for line in read_verdicts(verdicts):
        if isinstance(line, ResourceVerdicts) and line.resource.source:
            address = line.resource.source.address.removeprefix("alicloud_")
            found |= {(address, one.check): str(one.status) for one in line.verdicts}
    yield found


@pytest.mark.parametrize(
    ("resource", "check", "status"),
    [
        ("ram_role.open", "identity-external-trust", "fail"),
        ("ram_role.ecs", "identity-external-trust", "pass"),
        ("ram_policy.all", "identity-admin-policy", "fail"),
        ("actiontrail_trail.off", "audit-trail", "fail"),
        ("actiontrail_trail.off", "audit-store-private", "fail"),
        ("actiontrail_trail.off", "management-central-audit", "unknown"),
        ("fcv3_function.api", "boundary-function-url", "fail"),
        ("fcv3_function.api", "compute-serverless-runtime", "pass"),
        ("cs_managed_kubernetes.c", "compute-cluster-secrets", "pass"),
        ("cs_managed_kubernetes.c", "boundary-cluster-endpoint", "unknown"),
        ("vpn_gateway.v", "network-vpn-crypto", "fail"),
    ],
)
def test_a_verdict(
    judged: dict[tuple[str, str], str], resource: str, check: str, status: str
) -> None:
    assert judged[resource, check] == status
