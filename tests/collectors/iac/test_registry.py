"""ECR repositories in Terraform and CloudFormation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the

PULL = {"Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage"}
POLICY = json.dumps({"Version": "2012-10-17", "Statement": [PULL]})
CLOSED = json.dumps({"Statement": []})


def repository(**values: Any) -> Any:
    return block("aws_ecr_repository.r", {"name": "r", **values})


def test_what_holds_where_nothing_is_written() -> None:
    facts = the(repository()).facts
    assert (facts["scan_on_push"], facts["immutable_tags"]) == (False, False)
    assert facts["encryption"]["key_manager"] == "provider"
    assert facts["exposure"] == {"public": False, "via": []}


@pytest.mark.parametrize(
    ("word", "locked"),
    [("IMMUTABLE", True), ("MUTABLE", False), ("IMMUTABLE_WITH_EXCLUSION", None)],
)
def test_tags(word: str, locked: bool | None) -> None:
    found = the(repository(image_tag_mutability=word))
    assert found.facts.get("immutable_tags") is locked


def test_rules_of_the_registry_take_the_place_of_its_own_switch() -> None:
    rules = block("aws_ecr_registry_scanning_configuration.s", {})
    on = repository(image_scanning_configuration=[{"scan_on_push": True}])
    assert the(on).facts["scan_on_push"] is True
    for each in (repository(), on):
        assert "scan_on_push" in the(each, rules).unknown


@pytest.mark.parametrize(
    ("frequency", "which", "scanned"),
    [
        ("SCAN_ON_PUSH", "*", True),
        ("CONTINUOUS_SCAN", "*", True),
        ("MANUAL", "*", None),
        ("SCAN_ON_PUSH", "prod*", None),
    ],
)
def test_rules_that_take_every_repository(frequency: str, which: str, scanned: bool | None) -> None:
    rule = {"scan_frequency": frequency, "repository_filter": [{"filter": which}]}
    rules = block("aws_ecr_registry_scanning_configuration.s", {"rule": [rule]})
    assert the(repository(), rules).facts.get("scan_on_push") is scanned
    far = block(rules.address, rules.values, {"region": "eu-west-1"})
    assert "scan_on_push" in the(repository(), far).unknown


def test_the_policy_of_the_registry_may_let_everybody_in() -> None:
    policy = block("aws_ecr_registry_policy.p", {"policy": POLICY})
    assert "exposure/public" in the(repository(), policy).unknown
    own = block("aws_ecr_repository_policy.o", {"repository": "r", "policy": POLICY})
    assert the(repository(), policy, own).facts["exposure"]["public"] is True


def test_encryption() -> None:
    own = [{"encryption_type": "KMS", "kms_key": "alias/mine"}]
    aws = [{"encryption_type": "KMS"}]
    found = [
        the(repository(encryption_configuration=each)).facts["encryption"] for each in (own, aws)
    ]
    assert [each["key_manager"] for each in found] == ["customer", "provider"]


@pytest.mark.parametrize("to", ["r", Reference("aws_ecr_repository.r", "name")])
def test_a_policy_that_lets_everybody_pull(to: Any) -> None:
    policy = block("aws_ecr_repository_policy.p", {"repository": to, "policy": POLICY})
    assert the(repository(), policy).facts["exposure"] == {"public": True, "via": ["policy"]}
    # Of two of them the last one that is applied holds.
    other = block("aws_ecr_repository_policy.a", {"repository": to, "policy": CLOSED})
    assert "exposure/public" in the(repository(), other, policy).unknown


STACK = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  R:
    Type: AWS::ECR::Repository
    Properties:
      ImageTagMutability: IMMUTABLE
      ImageScanningConfiguration: {ScanOnPush: true}
      EncryptionConfiguration: {EncryptionType: KMS, KmsKey: alias/mine}
      RepositoryPolicyText:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Principal: "*", Action: "ecr:*"}]
"""
OF_EVERYBODY = """  Shown:
    Type: AWS::ECR::PublicRepository
    Properties: {RepositoryName: shown}
"""


def test_cloudformation(folder: Path) -> None:
    (folder / "stack.yaml").write_text(STACK + OF_EVERYBODY, encoding="utf-8")
    read = documents(folder)[1]
    found, shown = read["R"], read["Shown"]
    assert (shown.name, shown.region) == ("shown", "global")
    assert shown.facts == the(block("aws_ecrpublic_repository.r", {})).facts
    assert shown.facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert shown.facts["scan_on_push"] is shown.facts["immutable_tags"] is False
    assert (found.facts["scan_on_push"], found.facts["immutable_tags"]) == (True, True)
    assert found.facts["encryption"]["key_manager"] == "customer"
    assert found.facts["exposure"]["public"] is True


OF_REGISTRY = """  S:
    Type: AWS::ECR::RegistryScanningConfiguration
    Properties:
      ScanType: BASIC
      Rules:
        - ScanFrequency: SCAN_ON_PUSH
          RepositoryFilters: [{Filter: '%s', FilterType: WILDCARD}]
  P:
    Type: AWS::ECR::RegistryPolicy
    Properties: {PolicyText: {Version: "2012-10-17", Statement: []}}
  Q:
    Type: AWS::ECR::Repository
"""


@pytest.mark.parametrize(("which", "scanned"), [("*", True), ("prod*", None)])
def test_the_registry_in_cloudformation(folder: Path, which: str, scanned: bool | None) -> None:
    (folder / "stack.yaml").write_text(STACK + OF_REGISTRY % which, encoding="utf-8")
    found = documents(folder)[1]
    assert found["Q"].facts.get("scan_on_push") is scanned
    assert "exposure/public" in found["Q"].unknown
