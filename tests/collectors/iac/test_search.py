"""Domains of OpenSearch and Elasticsearch in Terraform and CloudFormation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("known after apply")
GROUP = Reference("aws_cloudwatch_log_group.g", "arn")
SAFE: dict[str, Any] = {
    "domain_name": "core",
    "engine_version": "OpenSearch_2.17",
    "vpc_options": [{"subnet_ids": ["subnet-1"], "security_group_ids": ["sg-1"]}],
    "encrypt_at_rest": [{"enabled": True, "kms_key_id": Reference("aws_kms_key.k", "arn")}],
    "advanced_security_options": [{"enabled": True}],
    "domain_endpoint_options": [
        {"enforce_https": True, "tls_security_policy": "Policy-Min-TLS-1-2-PFS-2023-10"}
    ],
    "log_publishing_options": [
        {"log_type": "INDEX_SLOW_LOGS", "cloudwatch_log_group_arn": "x"},
        {"log_type": "AUDIT_LOGS", "cloudwatch_log_group_arn": GROUP},
    ],
    "cluster_config": [{"zone_awareness_enabled": True}],
}


def domain(values: dict[str, Any], *others: Any) -> Document:
    return the(block("aws_opensearch_domain.d", values), *others)


def policy(principal: Any, **more: Any) -> str:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "es:*", "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement | more]})


FROM = {"Condition": {"IpAddress": {"aws:SourceIp": ["198.51.100.0/24"]}}}


@pytest.mark.parametrize("options", [{"security_group_ids": ["sg-1"]}, {"subnet_ids": []}])
def test_options_of_a_vpc_without_a_subnet_put_it_nowhere(options: dict[str, Any]) -> None:
    found = domain(SAFE | {"vpc_options": [options]})
    assert {"network_kind", "private_endpoint", "exposure/public"} <= set(found.unknown)


def test_safe() -> None:
    group = block("aws_cloudwatch_log_group.g", {"retention_in_days": 365})
    found = domain(SAFE, block("aws_kms_key.k", {}), group)
    facts = found.facts
    assert (facts["engine"], facts["engine_version"]) == ("opensearch", "2.17")
    assert facts["network_kind"] == "vpc"
    assert facts["exposure"] == {"public": False, "via": []}
    assert facts["authentication"] is True
    assert facts["tls"]["minimum"] == "1.2"
    assert facts["tls"]["required"] is True
    assert facts["encryption"]["key_manager"] == "customer"
    assert facts["audit_log"]["enabled"] is True
    assert facts["audit_log"]["retention_days"] == 365
    assert facts["multi_zone"] is True
    assert facts["backup"]["retention_days"] == 14


def test_minimal() -> None:
    found = domain({"domain_name": "core"})
    facts = found.facts
    assert facts["engine"] == "opensearch"
    assert facts["network_kind"] == "public"
    assert facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert facts["encryption"]["enabled"] is False
    assert facts["audit_log"]["enabled"] is False
    assert facts["multi_zone"] is False
    assert {"tls/minimum", "tls/required", "engine_version"} <= set(found.unknown)


def test_old_domains() -> None:
    found = the(block("aws_elasticsearch_domain.d", {"domain_endpoint_options": [{}]}))
    assert (found.facts["engine"], found.facts["engine_version"]) == ("elasticsearch", "1.5")
    assert found.facts["tls"]["required"] is True
    assert "tls/minimum" in found.unknown


@pytest.mark.parametrize(
    ("text", "asks", "public", "ranges"),
    [
        (policy("*"), False, True, []),
        (policy("*", **FROM), False, False, ["198.51.100.0/24"]),
        (policy({"AWS": "111122223333"}), True, True, []),
        (APPLY, None, None, None),
    ],
)
def test_policies(text: Any, asks: bool | None, public: bool | None, ranges: Any) -> None:
    apart = {"domain_name": Reference("aws_opensearch_domain.d"), "access_policies": text}
    by_name = apart | {"domain_name": "core"}
    for found in (
        domain({"domain_name": "core", "access_policies": text}),
        domain({"domain_name": "core"}, block("aws_opensearch_domain_policy.p", apart)),
        domain({"domain_name": "core"}, block("aws_opensearch_domain_policy.p", by_name)),
    ):
        assert found.facts.get("authentication") is asks
        assert found.facts.get("exposure", {}).get("public") is public
        assert found.facts.get("allow_list") == ranges


def test_unknown_arguments() -> None:
    options = dict.fromkeys(set(SAFE) - {"domain_name", "engine_version"}, APPLY)
    found = domain(options)
    assert {
        "network_kind",
        "exposure/public",
        "authentication",
        "tls/required",
        "encryption/enabled",
        "audit_log/enabled",
        "multi_zone",
    } <= set(found.unknown)
    log = {"log_type": APPLY, "cloudwatch_log_group_arn": "x"}
    assert "audit_log/enabled" in domain(SAFE | {"log_publishing_options": [log]}).unknown


def test_anonymous() -> None:
    options = [{"enabled": True, "anonymous_auth_enabled": True}]
    assert domain({"advanced_security_options": options}).facts["authentication"] is False


def test_both_address_kinds() -> None:
    found = domain(SAFE | {"ip_address_type": "dualstack"})
    assert "exposure/public" in found.unknown


def test_cloudformation(folder: Path) -> None:
    text = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Safe:
    Type: AWS::OpenSearchService::Domain
    Properties:
      EngineVersion: OpenSearch_2.17
      VPCOptions: {SubnetIds: [subnet-1]}
      EncryptionAtRestOptions: {Enabled: true, KmsKeyId: alias/mine}
      AdvancedSecurityOptions: {Enabled: true}
      DomainEndpointOptions:
        {EnforceHTTPS: true, TLSSecurityPolicy: Policy-Min-TLS-1-2-2019-07}
      LogPublishingOptions: {AUDIT_LOGS: {Enabled: true, CloudWatchLogsLogGroupArn: arn}}
      ClusterConfig: {ZoneAwarenessEnabled: true}
  Open:
    Type: AWS::Elasticsearch::Domain
    Properties:
      AccessPolicies:
        Statement: [{Effect: Allow, Principal: "*", Action: "es:*", Resource: "*"}]
      DomainEndpointOptions: {TLSSecurityPolicy: Policy-Min-TLS-1-0-2019-07}
"""
    (folder / "stack.yaml").write_text(text, encoding="utf-8")
    found = documents(folder)[1]
    safe, open_ = found["Safe"].facts, found["Open"].facts
    assert safe["encryption"]["key_manager"] == "customer"
    assert (safe["tls"]["minimum"], safe["tls"]["required"]) == ("1.2", True)
    assert safe["audit_log"]["enabled"] is True
    assert safe["multi_zone"] is True
    assert open_["authentication"] is False
    assert open_["exposure"]["public"] is True
    assert open_["tls"]["minimum"] == "1.0"
    assert "tls/required" in found["Open"].unknown
    assert open_["encryption"]["enabled"] is False
