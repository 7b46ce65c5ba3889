"""AWS WAF: web ACLs of regions and, outside of the China regions, of CloudFront."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.allowed_requests import Sources, referred
from collectors.aws.cloudfront_calls import LIST_DISTRIBUTIONS
from collectors.aws.log_delivery import BUCKET_CALLS, GROUP_CALLS, to_arn, to_bucket
from collectors.aws.web_acl import ManagedSet, managed_sets, mode
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.network import Waf
from collectors.facts.shared import Logging
from collectors.regions import GLOBAL

NATIVE = "AWS::WAFv2::WebACL"

Item = dict[str, Any]

_CLOUDFRONT = "us-east-1"
"""Where web ACLs of CloudFront are kept. In the China regions WAF is a service of regions alone
(Amazon Web Services in China, getting started guide, "Amazon WAF")."""
_PAGE = 100
# Resources that a web ACL of a region may protect. Others (App Runner, Verified Access) exist in a
# few regions and are left out.
_TYPES = ("APPLICATION_LOAD_BALANCER", "API_GATEWAY", "APPSYNC")
_TYPES_OUTSIDE_CHINA = (*_TYPES, "COGNITO_USER_POOL")


def _call(operation: str, result: str, scope: Scope = "resource", **more: Any) -> Call:
    return Call(
        provider="aws",
        service="wafv2",
        operation=operation,
        permission=f"wafv2:{operation}",
        scope=scope,
        result=result,
        **more,
    )


LIST_WEB_ACLS = _call("ListWebACLs", "", "region")
GET_WEB_ACL = _call("GetWebACL", "WebACL")
GET_LOGGING = _call(
    "GetLoggingConfiguration", "LoggingConfiguration", absent=("WAFNonexistentItemException",)
)
LIST_RESOURCES = _call("ListResourcesForWebACL", "ResourceArns")
DESCRIBE_MANAGED = _call("DescribeManagedRuleGroup", "Rules")
GET_IP_SET = _call("GetIPSet", "IPSet.Addresses")
GET_RULE_GROUP = _call("GetRuleGroup", "RuleGroup.Rules")
LIST_TAGS = _call("ListTagsForResource", "TagInfoForResource.TagList")


def regional(account: Account, region: str) -> Iterable[Document]:
    """A document for each web ACL of a region."""
    return _web_acls(account, region, region, "REGIONAL")


def of_cloudfront(account: Account) -> Iterable[Document]:
    """A document for each web ACL of CloudFront."""
    if account.partition == "aws":
        return _web_acls(account, GLOBAL, _CLOUDFRONT, "CLOUDFRONT")
    return []


def _web_acls(account: Account, region: str, asked: str, scope: str) -> Iterable[Document]:
    found = web_acls(account, asked, scope)
    if isinstance(found, Unknown):
        return [account.unlisted(Waf, found, region, NATIVE)]
    return account.map(lambda item: _document(account, region, asked, scope, item), found)


def web_acls(account: Account, region: str, scope: str) -> list[Item] | Unknown:
    """All pages; the SDK has no pages of this call. A page that is not full is the last."""
    found: list[Item] = []
    more: dict[str, str] = {}
    while True:
        page = account.read(LIST_WEB_ACLS, region, Scope=scope, Limit=_PAGE, **more)
        if isinstance(page, Unknown):
            return page
        found += page["WebACLs"]
        if not page.get("NextMarker") or len(page["WebACLs"]) < _PAGE:
            return found
        if more.get("NextMarker") == page["NextMarker"]:
            raise ValueError("a page of web ACLs leads to itself")
        more = {"NextMarker": page["NextMarker"]}


def _document(account: Account, region: str, asked: str, scope: str, item: Item) -> Document:
    arn, name = item["ARN"], item["Name"]
    acl = account.read(GET_WEB_ACL, asked, arn, Name=name, Id=item["Id"], Scope=scope)
    sets = then(acl, lambda known: managed_sets(known, _sources(account, asked, scope, known)))
    tags = account.read(LIST_TAGS, asked, arn, ResourceARN=arn)
    return account.document(
        Waf(
            mode=then(sets, lambda found: mode(found, _rules(account, asked, scope, found))),
            rule_sets=then(sets, lambda found: list(dict.fromkeys(one.name for one in found))),
            logging=_logging(account, asked, arn),
            protects=_of_distributions(account, arn)
            if scope == "CLOUDFRONT"
            else _of_region(account, asked, arn),
        ),
        id=arn,
        region=region,
        name=name,
        tags=then(tags, tags_of),
        native_type=NATIVE,
        native=item if isinstance(acl, Unknown) else acl,
    )


def _sources(account: Account, region: str, scope: str, acl: Item) -> Sources:
    """The rule groups and IP sets that decide which requests a web ACL allows."""
    rules = [
        *acl.get("Rules", []),
        *acl.get("PreProcessFirewallManagerRuleGroups", []),
        *acl.get("PostProcessFirewallManagerRuleGroups", []),
    ]
    groups: dict[str, list[Item] | Unknown] = {
        arn: account.read(GET_RULE_GROUP, region, arn, ARN=arn)
        for arn in sorted(referred(rules, "RuleGroupReferenceStatement"))
    }
    rules += [rule for group in groups.values() if isinstance(group, list) for rule in group]
    return Sources(
        {
            arn: _addresses(account, region, scope, arn)
            for arn in sorted(referred(rules, "IPSetReferenceStatement"))
        },
        groups,
    )


def _addresses(account: Account, region: str, scope: str, arn: str) -> list[str] | Unknown:
    name, key = arn.split("/")[-2:]
    found: list[str] | Unknown = account.read(
        GET_IP_SET, region, arn, Name=name, Id=key, Scope=scope
    )
    return found


def _rules(
    account: Account, region: str, scope: str, sets: list[ManagedSet]
) -> dict[str, list[str] | Unknown]:
    """The names of the rules of the sets of which some rules are overridden."""
    return {
        one.name: then(
            account.read(
                DESCRIBE_MANAGED,
                region,
                one.name,
                VendorName=one.vendor,
                Name=one.name,
                Scope=scope,
                **({"VersionName": one.version} if one.version else {}),
            ),
            lambda rules: [rule["Name"] for rule in rules],
        )
        for one in sets
        if one.lax
    }


def _logging(account: Account, region: str, arn: str) -> Logging:
    """The log of a web ACL: to a log group, a bucket, or a delivery stream."""
    found = account.read(GET_LOGGING, region, arn, ResourceArn=arn)
    if isinstance(found, Unknown):
        return Logging.unread(found)
    if found is None or not found["LogDestinationConfigs"]:
        return Logging.off()
    destination = found["LogDestinationConfigs"][0]
    if destination.split(":")[2] != "s3":
        return to_arn(account, destination)
    bucket, _, folder = destination.split(":", 5)[5].partition("/")
    prefix = f"{folder.rstrip('/')}/" if folder else ""
    return to_bucket(account, bucket, f"{prefix}AWSLogs/{account.id}/WAFLogs/")


def _of_region(account: Account, region: str, arn: str) -> list[str] | Unknown:
    types = _TYPES_OUTSIDE_CHINA if account.partition == "aws" else _TYPES
    found: list[str] = []
    for kind in types:
        listed = account.read(LIST_RESOURCES, region, arn, WebACLArn=arn, ResourceType=kind)
        if isinstance(listed, Unknown):
            return listed
        found += listed
    return sorted(found)


def _of_distributions(account: Account, arn: str) -> list[str] | Unknown:
    return then(
        account.read(LIST_DISTRIBUTIONS),
        lambda found: sorted(one["ARN"] for one in found if one.get("WebACLId") == arn),
    )


SERVICE = Service(
    name="WAF",
    types=((Waf, NATIVE),),
    calls=(
        LIST_WEB_ACLS,
        GET_WEB_ACL,
        GET_LOGGING,
        LIST_RESOURCES,
        DESCRIBE_MANAGED,
        GET_IP_SET,
        GET_RULE_GROUP,
        LIST_TAGS,
        LIST_DISTRIBUTIONS,
        *BUCKET_CALLS,
        *GROUP_CALLS,
    ),
    account=of_cloudfront,
    region=regional,
)
