"""Web ACLs in Terraform and CloudFormation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.conftest import Write, documents
from tests.collectors.iac.mappers.hand import block, the

DOUBT = Unknown("var.x has no value here")
CORE = "AWSManagedRulesCommonRuleSet"
MINE = Reference("aws_wafv2_web_acl.w", "arn")


def acl(*rules: Any, others: tuple[Block, ...] = (), **values: Any) -> Document:
    own = {"name": "w", "scope": "REGIONAL", "rule": list(rules)}
    return the(block("aws_wafv2_web_acl.w", own | values, {"region": "eu-west-1"}), *others)


def managed(override: str = "none", name: Any = CORE, **more: Any) -> dict[str, Any]:
    statement = {"vendor_name": "AWS", "name": name, **more}
    return {
        "priority": 5,
        "override_action": [{override: [{}]}],
        "statement": [{"managed_rule_group_statement": [statement]}],
    }


def allowing(statement: dict[str, Any], priority: int = 1) -> dict[str, Any]:
    return {"priority": priority, "action": [{"allow": [{}]}], "statement": [statement]}


GEO = {"geo_match_statement": [{"country_codes": ["CN"]}]}
RANGES = block("aws_wafv2_ip_set.i", {"addresses": ["203.0.113.0/24"]})
WIDE = block("aws_wafv2_ip_set.i", {"addresses": ["0.0.0.0/1", "128.0.0.0/1"]})
IPS = {"ip_set_reference_statement": [{"arn": Reference("aws_wafv2_ip_set.i", "arn")}]}


@pytest.mark.parametrize(
    ("rules", "mode"),
    [
        ([managed()], "block"),
        ([managed("count")], "count"),
        ([], "count"),
        ([managed(), managed("count", "AWSManagedRulesLinuxRuleSet")], "block"),
        ([managed(rule_action_override=[{"name": "X", "action_to_use": [{"count": [{}]}]}])], None),
        (
            [managed(rule_action_override=[{"name": "X", "action_to_use": [{"block": [{}]}]}])],
            "block",
        ),
        ([managed(scope_down_statement=[GEO])], None),
        ([managed(scope_down_statement=[{"not_statement": [{"statement": [IPS]}]}])], "block"),
        ([allowing(GEO), managed()], None),
        ([allowing(GEO, priority=9), managed()], "block"),
        ([allowing({"or_statement": [{"statement": [IPS, GEO]}]}), managed()], None),
        ([allowing(IPS), managed()], "block"),
        ([managed(name=DOUBT)], None),
        ([managed() | {"override_action": DOUBT}], None),
    ],
)
def test_the_mode(rules: list[Any], mode: str | None) -> None:
    assert acl(*rules, others=(RANGES,)).facts.get("mode") == mode


def path(text: Any, place: str = "STARTS_WITH") -> dict[str, Any]:
    match = {
        "search_string": text,
        "positional_constraint": place,
        "field_to_match": [{"uri_path": [{}]}],
        "text_transformation": [{"priority": 0, "type": "LOWERCASE"}],
    }
    return {"byte_match_statement": [match]}


@pytest.mark.parametrize(
    ("statement", "others", "mode"),
    [
        # The set is not part of the template, or holds every address.
        (IPS, (), None),
        (IPS, (WIDE,), "count"),
        (IPS, (block("aws_wafv2_ip_set.i", {"addresses": ["203.0.113.7/24"]}),), "block"),
        ({"and_statement": [{}]}, (), None),
        (IPS, (RANGES,), "block"),
        (path("/pay", "EXACTLY"), (), "block"),
        (path("/pay"), (), None),
        (path("/"), (), "count"),
        (path(DOUBT), (), None),
        ({"rule_group_reference_statement": [{"arn": "arn:group"}]}, (), None),
        ({"size_constraint_statement": [{"size": 1}]}, (), None),
    ],
)
def test_requests_that_an_earlier_rule_allows(
    statement: dict[str, Any], others: tuple[Block, ...], mode: str | None
) -> None:
    assert acl(allowing(statement), managed(), others=others).facts.get("mode") == mode


def test_rule_sets_and_rules_that_are_not_known() -> None:
    assert acl(managed(), allowing(IPS)).facts["rule_sets"] == [CORE]
    assert acl().facts["rule_sets"] == []
    for found in (acl(rule=DOUBT), acl(rule=[], rule_json=DOUBT), acl(rule=[], rule_json="x")):
        assert {"rule_sets", "mode"} <= set(found.unknown)


def apart(kind: str, **values: Any) -> Block:
    return block(f"{kind}.r", {"web_acl_arn": MINE, "priority": 3, **values})


GROUP = [{"vendor_name": "AWS", "name": CORE}]
FOREIGN = [{"arn": "arn:group"}]
LINK = "aws_wafv2_web_acl_rule_group_association"


@pytest.mark.parametrize(
    ("rule", "mode", "sets"),
    [
        (apart("aws_wafv2_web_acl_rule", **managed()), "block", [CORE]),
        (apart("aws_wafv2_web_acl_rule", **managed("count")), "count", [CORE]),
        (apart(LINK, managed_rule_group=GROUP), "block", [CORE]),
        (apart(LINK, managed_rule_group=GROUP, override_action="count"), "count", [CORE]),
        (apart(LINK, rule_group_reference=FOREIGN), "count", []),
        (apart(LINK, managed_rule_group=DOUBT), None, None),
        (block(f"{LINK}.r", {"web_acl_arn": DOUBT}), None, None),
    ],
)
def test_rules_that_stand_apart(rule: Block, mode: str | None, sets: list[str] | None) -> None:
    found = acl(others=(rule,)).facts
    assert (found.get("mode"), found.get("rule_sets")) == (mode, sets)


def test_rules_in_the_words_of_the_api() -> None:
    rule = {
        "Priority": 1,
        "OverrideAction": {"Count": {}},
        "Statement": {"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": CORE}},
    }
    facts = acl(rule=None, rule_json=json.dumps([rule])).facts
    assert (facts["mode"], facts["rule_sets"]) == ("count", [CORE])


def test_the_log_and_what_is_protected() -> None:
    group = block("aws_cloudwatch_log_group.g", {"retention_in_days": 30})
    log = {"resource_arn": MINE, "log_destination_configs": [Reference(group.address, "arn")]}
    link = {"web_acl_arn": MINE, "resource_arn": Reference("aws_lb.b", "arn")}
    others = (
        group,
        block("aws_wafv2_web_acl_logging_configuration.l", log),
        block("aws_wafv2_web_acl_association.a", link),
    )
    found = acl(managed(), others=others).facts
    assert (found["logging"]["enabled"], found["logging"]["retention_days"]) == (True, 30)
    assert found["protects"] == ["aws_lb.b"]
    alone = acl(managed())
    assert alone.facts["logging"]["enabled"] is False
    assert "protects" in alone.unknown
    opened = block("aws_wafv2_web_acl_logging_configuration.l", {"resource_arn": DOUBT})
    assert "logging/enabled" in acl(managed(), others=(opened,)).unknown


@pytest.mark.parametrize(
    ("scope", "region"), [("REGIONAL", "eu-west-1"), ("CLOUDFRONT", "global"), (DOUBT, "")]
)
def test_where_it_stands(scope: Any, region: str) -> None:
    assert acl(scope=scope).region == region


def test_terraform(project: Write) -> None:
    folder = project(
        """
resource "aws_wafv2_web_acl" "w" {
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "core"
    priority = 1
    override_action {
      count {}
    }
    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesCommonRuleSet"
        vendor_name = "AWS"
      }
    }
  }
}
"""
    )
    found = documents(folder)[1]["aws_wafv2_web_acl.w"]
    assert (found.facts["mode"], found.facts["rule_sets"]) == ("count", [CORE])
    assert found.source is not None
    assert found.source.lines["mode"].argument == "rule.override_action.count"


STACK = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  W:
    Type: AWS::WAFv2::WebACL
    Properties:
      Scope: CLOUDFRONT
      DefaultAction: {Allow: {}}
      Rules:
        - Name: office
          Priority: 0
          Action: {Allow: {}}
          Statement: {IPSetReferenceStatement: {Arn: !GetAtt Office.Arn}}
        - Name: core
          Priority: 1
          OverrideAction: {None: {}}
          Statement:
            ManagedRuleGroupStatement:
              VendorName: AWS
              Name: AWSManagedRulesCommonRuleSet
              ExcludedRules: %s
  Office:
    Type: AWS::WAFv2::IPSet
    Properties: {Scope: CLOUDFRONT, IPAddressVersion: IPV4, Addresses: [203.0.113.0/24]}
  Log:
    Type: AWS::WAFv2::LoggingConfiguration
    Properties: {ResourceArn: !GetAtt W.Arn, LogDestinationConfigs: [!GetAtt Group.Arn]}
  Group:
    Type: AWS::Logs::LogGroup
    Properties: {RetentionInDays: 365}
"""


@pytest.mark.parametrize(("excluded", "mode"), [("[]", "block"), ("[{Name: X}]", None)])
def test_cloudformation(folder: Path, excluded: str, mode: str | None) -> None:
    (folder / "stack.yaml").write_text(STACK % excluded, encoding="utf-8")
    found = documents(folder)[1]["W"]
    assert (found.facts.get("mode"), found.facts["rule_sets"]) == (mode, [CORE])
    assert found.facts["logging"]["retention_days"] == 365
