"""Certificates of ACM in Terraform and CloudFormation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the

DOUBT = Unknown("var.x has no value here")
MINE = Reference("aws_acm_certificate.c", "arn")
VALIDATED = Reference("aws_acm_certificate_validation.v", "certificate_arn")


def certificate(**values: Any) -> Block:
    return block("aws_acm_certificate.c", {"domain_name": "www.example.org", **values})


def test_what_holds_where_nothing_uses_it() -> None:
    found = the(certificate())
    assert (found.facts["algorithm"], found.facts["key_bits"]) == ("RSA", 2048)
    assert found.name == "www.example.org"
    assert set(found.unknown) >= {"expires", "in_use", "auto_renew"}


@pytest.mark.parametrize("reference", [MINE, VALIDATED])
@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("aws_lb_listener", ("certificate_arn",)),
        ("aws_api_gateway_domain_name", ("regional_certificate_arn",)),
        ("aws_elb", ("listener", "ssl_certificate_id")),
        ("aws_cloudfront_distribution", ("viewer_certificate", "acm_certificate_arn")),
        ("aws_apigatewayv2_domain_name", ("domain_name_configuration", "certificate_arn")),
    ],
)
def test_what_uses_it(kind: str, path: tuple[str, ...], reference: Reference) -> None:
    value: Any = {path[-1]: reference}
    user = block(f"{kind}.u", {path[0]: [value]} if len(path) > 1 else value)
    validation = block("aws_acm_certificate_validation.v", {"certificate_arn": MINE})
    found = the(certificate(), user, validation).facts
    assert (found["in_use"], found["auto_renew"]) == (True, True)


def test_an_imported_certificate_is_never_renewed() -> None:
    found = the(certificate(certificate_body="-----BEGIN", private_key="x"))
    assert found.facts["auto_renew"] is False
    assert {"expires", "algorithm", "key_bits"} <= set(found.unknown)
    opened = the(certificate(certificate_body=DOUBT, private_key=DOUBT))
    assert {"auto_renew", "key_bits"} <= set(opened.unknown)


@pytest.mark.parametrize(
    ("name", "key"), [("EC_prime256v1", ("EC", 256)), ("DSA_1", None), (DOUBT, None)]
)
def test_keys(name: Any, key: tuple[str, int] | None) -> None:
    found = the(certificate(key_algorithm=name)).facts
    assert (found.get("algorithm"), found.get("key_bits")) == (key or (None, None))


def test_cloudformation(folder: Path) -> None:
    text = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  C:
    Type: AWS::CertificateManager::Certificate
    Properties: {DomainName: www.example.org, KeyAlgorithm: EC_secp384r1}
  D:
    Type: AWS::ApiGateway::DomainName
    Properties: {DomainName: www.example.org, RegionalCertificateArn: !Ref C}
  Further: {Type: AWS::CertificateManager::Certificate, Properties: {DomainName: a.example.org}}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::ListenerCertificate
    Properties: {ListenerArn: 'arn:l', Certificates: [{CertificateArn: !Ref Further}]}
  Unused: {Type: AWS::CertificateManager::Certificate, Properties: {DomainName: b.example.org}}
"""
    (folder / "stack.yaml").write_text(text, encoding="utf-8")
    found = documents(folder)[1]
    assert (found["C"].facts["in_use"], found["C"].facts["key_bits"]) == (True, 384)
    assert found["Further"].facts["in_use"] is True
    assert "in_use" in found["Unused"].unknown
