"""Web ACLs with their logs. Source: CloudFormation template reference, AWS WAFV2."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws.api_words import in_terraform
from collectors.iac.mappers.aws.waf import IP_SET, LOG, WEB_ACL
from collectors.iac.mappers.aws.waf_rules import NAMES
from collectors.iac.stacks.resource import Resource, Translation, renamed, tags


def web_acl(resource: Resource) -> Iterator[Block]:
    """A web ACL, whose rules are in the words of the API."""
    values = renamed(resource.properties, {"Name": "name", "Scope": "scope"})
    values["rule"] = in_terraform(resource.get("Rules"), NAMES)
    yield resource.block(WEB_ACL, values | {"tags": tags(resource.get("Tags"))})


TRANSLATIONS: dict[str, Translation] = {
    "AWS::WAFv2::IPSet": plain(IP_SET, {"Addresses": "addresses"}),
    "AWS::WAFv2::LoggingConfiguration": plain(
        LOG,
        {"ResourceArn": "resource_arn", "LogDestinationConfigs": "log_destination_configs"},
    ),
    "AWS::WAFv2::WebACL": web_acl,
}
