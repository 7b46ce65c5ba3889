"""Web ACLs: what their managed sets do, what they log and protect."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.allowed_requests import Sources, reach
from collectors.aws.services.waf import of_cloudfront, regional, web_acls
from collectors.aws.web_acl import managed_sets, mode
from collectors.document import Document, Unknown
from tests.collectors.aws.conftest import ACCOUNT_ID, OpenAccount
from tests.collectors.aws.scripted import Reply, Scripted, error, scripted
from tests.collectors.aws.test_recorded import recorded

REGION = "us-east-1"
CORE = "AWSManagedRulesCommonRuleSet"
ARN = f"arn:aws:wafv2:{REGION}:{ACCOUNT_ID}:regional/webacl/shop/1"
DENIED = Unknown("AccessDenied: wafv2:DescribeManagedRuleGroup")
GEO = {"GeoMatchStatement": {"CountryCodes": ["CN"]}}
URI = {
    "ByteMatchStatement": {
        "SearchString": "/pay",
        "FieldToMatch": {"UriPath": {}},
        "PositionalConstraint": "EXACTLY",
        "TextTransformations": [{"Priority": 0, "Type": "LOWERCASE"}],
    }
}
NOT_URI = {"NotStatement": {"Statement": URI}}


def rule(name: str, override: str = "None", **changes: Any) -> dict[str, Any]:
    statement = {"VendorName": "AWS", "Name": name, **changes}
    return {
        "Name": name,
        "Priority": 0,
        "Statement": {"ManagedRuleGroupStatement": statement},
        "OverrideAction": {override: {}},
    }


def lax(action: str, *names: str) -> list[dict[str, Any]]:
    return [{"Name": name, "ActionToUse": {action: {}}} for name in names]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([], "count"),
        ([rule(CORE)], "block"),
        ([rule(CORE, "Count")], "count"),
        ([rule(CORE), rule("AWSManagedRulesBotControlRuleSet", "Count")], "block"),
        ([rule(CORE, "Count"), rule("AWSManagedRulesSQLiRuleSet")], "count"),
        ([rule("AWSManagedRulesSQLiRuleSet")], "block"),
        ([rule("AWSManagedRulesSQLiRuleSet"), rule("Other", "Count")], "count"),
        ([rule(CORE, RuleActionOverrides=lax("Count", "A"))], "block"),
        # A few rules are exceptions, most of them are not.
        ([rule(CORE, RuleActionOverrides=lax("Count", "A", "B"))], "count"),
        ([rule(CORE, RuleActionOverrides=lax("Count", "A", "C"))], "block"),
        (
            [rule(CORE, RuleActionOverrides=lax("Allow", "A"), ExcludedRules=[{"Name": "B"}])],
            "count",
        ),
        (
            [rule(CORE, ScopeDownStatement={"NotStatement": {"Statement": GEO}})],
            Unknown(f"the rule set {CORE} looks at some requests only"),
        ),
        ([rule(CORE, RuleActionOverrides=lax("Challenge", "A", "B"))], "block"),
        (
            [rule(CORE, RuleActionOverrides=lax("Allow", "A"))],
            Unknown(f"requests that an earlier rule allows pass by the rule set {CORE}"),
        ),
        ([rule(CORE, ScopeDownStatement=NOT_URI)], "block"),
        (
            [rule(CORE, ScopeDownStatement={"NotStatement": {"Statement": NOT_URI}})],
            Unknown(f"the rule set {CORE} looks at some requests only"),
        ),
        (
            [rule(CORE, ScopeDownStatement=URI)],
            Unknown(f"the rule set {CORE} looks at some requests only"),
        ),
        (
            [{"Name": "own", "Statement": {"GeoMatchStatement": {}}, "Action": {"Block": {}}}],
            "count",
        ),
    ],
)
def test_the_mode_of_managed_sets(rules: list[dict[str, Any]], expected: Any) -> None:
    assert mode(managed_sets({"Rules": rules}), {CORE: ["A", "B", "D"]}) == expected


ALLOWED = Unknown(f"requests that an earlier rule allows pass by the rule set {CORE}")


def allow(statement: dict[str, Any], priority: int = 0) -> dict[str, Any]:
    return {"Name": "own", "Priority": priority, "Statement": statement, "Action": {"Allow": {}}}


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (allow(GEO), ALLOWED),
        (allow({"NotStatement": {"Statement": GEO}}), ALLOWED),
        (allow({"OrStatement": {"Statements": [URI, GEO]}}), ALLOWED),
        (allow(NOT_URI), ALLOWED),
        # After the set, of some requests from the countries, or only counted.
        (allow(GEO, priority=9), "block"),
        (allow({"AndStatement": {"Statements": [URI, GEO]}}), "block"),
        (allow(URI), "block"),
        ({**allow(GEO), "Action": {"Count": {}}}, "block"),
        # A rule of another managed set that allows what it finds.
        (rule("Bots", RuleActionOverrides=lax("Allow", "A")), ALLOWED),
        (rule("Bots", "Count", RuleActionOverrides=lax("Allow", "A")), "block"),
        (rule("Bots", RuleActionOverrides=lax("Count", "A")), "block"),
    ],
)
def test_requests_that_an_earlier_rule_allows_are_not_inspected(
    own: dict[str, Any], expected: Any
) -> None:
    core = {**rule(CORE), "Priority": 5}
    assert mode(managed_sets({"Rules": [core, own]}), {}) == expected


IPS = "arn:aws:wafv2:us-east-1:123456789012:regional/ipset/office/7"
GROUP = "arn:aws:wafv2:us-east-1:123456789012:regional/rulegroup/own/8"
OFFICE = {"IPSetReferenceStatement": {"ARN": IPS}}
HALVES = ["0.0.0.0/1", "128.0.0.0/1"]


def match(field: str, text: str, place: str = "CONTAINS", **about: Any) -> dict[str, Any]:
    part = {
        "SearchString": text,
        "FieldToMatch": {field: about},
        "PositionalConstraint": place,
        "TextTransformations": [{"Priority": 0, "Type": "NONE"}],
    }
    return {"ByteMatchStatement": part}


BOTS = "awswaf:managed:aws:bot-control:"


def label(key: str) -> dict[str, Any]:
    return {"LabelMatchStatement": {"Scope": "LABEL", "Key": key}}


def regex(text: str, field: str = "UriPath") -> dict[str, Any]:
    return {"RegexMatchStatement": {"RegexString": text, "FieldToMatch": {field: {}}}}


@pytest.mark.parametrize(
    ("statement", "sources", "expected"),
    [
        # Every path has a slash.
        (match("UriPath", "/", "STARTS_WITH"), Sources(), "all"),
        (match("UriPath", "/"), Sources(), "all"),
        (match("UriPath", "/", "EXACTLY"), Sources(), "few"),
        (match("UriPath", "/health", "EXACTLY"), Sources(), "few"),
        # A whole application may lie below a path, or answer to one that it is a part of.
        (match("UriPath", "/api", "STARTS_WITH"), Sources(), "many"),
        (match("UriPath", "/health"), Sources(), "many"),
        (match("UriPath", ".css", "ENDS_WITH"), Sources(), "many"),
        (match("UriPath", "."), Sources(), "many"),
        # Senders choose these as they like.
        (match("Method", "GET", "EXACTLY"), Sources(), "many"),
        (match("QueryString", "debug"), Sources(), "many"),
        (match("SingleHeader", "Mozilla", Name="user-agent"), Sources(), "many"),
        (match("SingleHeader", "shop.example", "EXACTLY", Name="Host"), Sources(), "many"),
        (match("SingleHeader", "0f1e2d3c", "EXACTLY", Name="x-origin-verify"), Sources(), "few"),
        (regex("^/"), Sources(), "all"),
        (regex("^/[a-z]*"), Sources(), "many"),
        (regex("^/health$"), Sources(), "few"),
        (regex(r"^/v[12]/health\.txt$"), Sources(), "few"),
        (regex("^/api/"), Sources(), "many"),
        (regex("health$"), Sources(), "many"),
        (regex("^/health|/ping$"), Sources(), "many"),
        (regex(r"^/health\$"), Sources(), "many"),
        (regex("("), Sources(), "many"),
        (regex(".*", "Body"), Sources(), "many"),
        (
            {
                "SizeConstraintStatement": {
                    "FieldToMatch": {"UriPath": {}},
                    "ComparisonOperator": "GE",
                    "Size": 0,
                }
            },
            Sources(),
            "all",
        ),
        (OFFICE, Sources({IPS: ["203.0.113.0/24", "2001:db8::/32"]}), "few"),
        (OFFICE, Sources({IPS: HALVES}), "all"),
        (OFFICE, Sources({IPS: ["0.0.0.0/1"]}), "many"),
        (OFFICE, Sources({IPS: DENIED}), "many"),
        (OFFICE, Sources(), "many"),
        (
            {
                "IPSetReferenceStatement": {
                    "ARN": IPS,
                    "IPSetForwardedIPConfig": {"HeaderName": "X"},
                }
            },
            Sources({IPS: ["203.0.113.0/24"]}),
            "many",
        ),
        (label("own:label"), Sources(), "many"),
        (label(f"{BOTS}bot:verified"), Sources(), "few"),
        # Who says to be a bot, or to be no browser, has these.
        (label(f"{BOTS}bot:category:search_engine"), Sources(), "many"),
        (label(f"{BOTS}signal:non_browser_user_agent"), Sources(), "many"),
        ({"AStatementOfTomorrow": {}}, Sources(), "many"),
    ],
)
def test_how_many_requests_meet_a_statement(
    statement: dict[str, Any], sources: Sources, expected: str
) -> None:
    assert reach(statement, sources) == expected


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([allow(URI)], "block"),
        ([allow(GEO)], ALLOWED),
        ([allow(match("UriPath", "/"))], "count"),
        ([{**allow(URI), "Action": {"Block": {}}}], "block"),
        (DENIED, ALLOWED),
    ],
)
def test_rule_groups_of_ones_own_may_allow(rules: Any, expected: Any) -> None:
    group = {
        "Name": "own",
        "Priority": 1,
        "Statement": {"RuleGroupReferenceStatement": {"ARN": GROUP}},
        "OverrideAction": {"None": {}},
    }
    core = {**rule(CORE), "Priority": 5}
    sources = Sources(groups={GROUP: rules})
    assert mode(managed_sets({"Rules": [core, group]}, sources), {}) == expected
    counted = {**group, "OverrideAction": {"Count": {}}}
    assert mode(managed_sets({"Rules": [core, counted]}, sources), {}) == "block"


def test_overrides_cannot_be_weighed_without_the_names_of_the_rules() -> None:
    sets = managed_sets({"Rules": [rule(CORE, RuleActionOverrides=lax("Count", "A"))]})
    assert mode(sets, {CORE: DENIED}) == DENIED


def test_sets_of_firewall_manager_count_too() -> None:
    group = rule(CORE)
    group["FirewallManagerStatement"] = group.pop("Statement")
    sets = managed_sets({"Rules": [], "PreProcessFirewallManagerRuleGroups": [group]})
    assert [one.name for one in sets] == [CORE]


@pytest.fixture
def server() -> Iterator[Scripted]:
    """One web ACL with the recorded rules, logged to a bucket of somebody else's."""
    with scripted(lambda path: "distributions") as running:
        answers: dict[str, Any] = {
            "ListWebACLs": {"WebACLs": [{"Name": "shop", "Id": "1", "ARN": ARN}]},
            "GetWebACL": recorded("web_acl.json"),
            "GetLoggingConfiguration": {
                "LoggingConfiguration": {
                    "ResourceArn": ARN,
                    "LogDestinationConfigs": ["arn:aws:s3:::aws-waf-logs-central/shop"],
                }
            },
            "ListResourcesForWebACL": {"ResourceArns": ["arn:balancer"]},
            "ListTagsForResource": {
                "TagInfoForResource": {"TagList": [{"Key": "system", "Value": "shop"}]}
            },
        }
        for name, answer in answers.items():
            running.replies[name] = [Reply(body=json.dumps(answer))]
        buckets = "<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>"
        running.replies["*"] = [Reply(body=buckets, kind="text/xml")]
        yield running


def only(server: Scripted, open_account: OpenAccount, home: str = REGION) -> Document:
    (found,) = regional(open_account(server.url, home), home)
    return found


def test_a_web_acl(server: Scripted, open_account: OpenAccount) -> None:
    found = only(server, open_account)
    foreign = "the bucket aws-waf-logs-central does not belong to account 123456789012"
    assert (found.id, found.name, found.tags) == (ARN, "shop", {"system": "shop"})
    assert found.facts == {
        "mode": "block",
        "rule_sets": [
            "AWSManagedRulesAmazonIpReputationList",
            "AWSManagedRulesAnonymousIpList",
        ],
        "logging": {"enabled": True, "destination": "arn:aws:s3:::aws-waf-logs-central"},
        "protects": ["arn:balancer"] * 4,
    }
    assert found.unknown["logging/retention_days"] == foreign


def test_no_log(server: Scripted, open_account: OpenAccount) -> None:
    server.replies["GetLoggingConfiguration"] = [error("WAFNonexistentItemException")]
    assert only(server, open_account).facts["logging"]["enabled"] is False


@pytest.mark.parametrize(
    ("operation", "facts"),
    [
        ("GetWebACL", {"mode", "rule_sets"}),
        ("GetLoggingConfiguration", {"logging"}),
        ("ListResourcesForWebACL", {"protects"}),
        ("ListTagsForResource", {"tags"}),
    ],
)
def test_a_denied_call_leaves_its_facts_unknown(
    operation: str, facts: set[str], server: Scripted, open_account: OpenAccount
) -> None:
    server.replies[operation] = [error("AccessDeniedException")]
    found = only(server, open_account)
    assert {path.split("/")[0] for path in found.unknown} - {"logging"} == facts - {"logging"}
    assert ("enabled" in found.facts["logging"]) == ("logging" not in facts)


def test_overrides_ask_for_the_rules_of_the_set(
    server: Scripted, open_account: OpenAccount
) -> None:
    acl = {"WebACL": {"Rules": [rule(CORE, RuleActionOverrides=lax("Count", "A"))]}}
    server.replies["GetWebACL"] = [Reply(body=json.dumps(acl))]
    rules = {"Rules": [{"Name": "A", "Action": {"Block": {}}}]}
    server.replies["DescribeManagedRuleGroup"] = [Reply(body=json.dumps(rules))]
    assert only(server, open_account).facts["mode"] == "count"
    server.replies["DescribeManagedRuleGroup"] = [error("AccessDeniedException")]
    assert set(only(server, open_account).unknown) >= {"mode"}


def test_sets_and_groups_that_allow_are_read(server: Scripted, open_account: OpenAccount) -> None:
    group = {
        "Name": "own",
        "Priority": 0,
        "Statement": {"RuleGroupReferenceStatement": {"ARN": GROUP}},
        "OverrideAction": {"None": {}},
    }
    rules = [group, {**rule(CORE), "Priority": 5}]
    server.replies["GetWebACL"] = [Reply(body=json.dumps({"WebACL": {"Rules": rules}}))]
    inner = {"RuleGroup": {"Rules": [allow(OFFICE)]}}
    server.replies["GetRuleGroup"] = [Reply(body=json.dumps(inner))]
    ranges = {"IPSet": {"Addresses": ["203.0.113.0/24"]}}
    server.replies["GetIPSet"] = [Reply(body=json.dumps(ranges))]
    assert only(server, open_account).facts["mode"] == "block"
    (asked,) = (one.body for one in server.asked if one.operation == "GetIPSet")
    assert json.loads(asked) == {"Name": "office", "Id": "7", "Scope": "REGIONAL"}
    for denied in ("GetIPSet", "GetRuleGroup"):
        kept = server.replies[denied]
        server.replies[denied] = [error("WAFInternalErrorException")]
        assert "mode" in only(server, open_account).unknown
        server.replies[denied] = kept


def test_every_page_is_read_or_none(server: Scripted, open_account: OpenAccount) -> None:
    full = {"WebACLs": [{"Name": "a", "Id": str(i), "ARN": f"{ARN}{i}"} for i in range(100)]}
    first = Reply(body=json.dumps(full | {"NextMarker": "a"}))
    last = Reply(body=json.dumps({"WebACLs": [{"Name": "z", "Id": "z", "ARN": ARN}]}))
    server.replies["ListWebACLs"] = [first, last]
    found = web_acls(open_account(server.url), REGION, "REGIONAL")
    assert [one["Id"] for one in found] == [*map(str, range(100)), "z"]  # type: ignore[union-attr]
    server.replies["ListWebACLs"] = [first, error("AccessDeniedException")]
    (stand_in,) = regional(open_account(server.url), REGION)
    assert stand_in.unlisted


def test_web_acls_of_cloudfront(server: Scripted, open_account: OpenAccount) -> None:
    distribution = f"<Id>E1</Id><ARN>arn:distribution</ARN><WebACLId>{ARN}</WebACLId>"
    items = f"<Items><DistributionSummary>{distribution}</DistributionSummary></Items>"
    text = f"<DistributionList><IsTruncated>false</IsTruncated>{items}</DistributionList>"
    server.replies["distributions"] = [Reply(body=text, kind="text/xml")]
    (found,) = of_cloudfront(open_account(server.url))
    assert (found.region, found.facts["protects"]) == ("global", ["arn:distribution"])


def test_waf_of_the_china_regions_knows_no_cloudfront(
    server: Scripted, open_account: OpenAccount
) -> None:
    account = open_account(server.url, "cn-north-1")
    assert list(of_cloudfront(account)) == []
    assert server.asked == []
