"""Security groups and rules of their own. Source: CloudFormation template reference, Amazon EC2."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.mappers.aws.firewall import EGRESS, INGRESS, PREFIX_LIST
from collectors.iac.stacks.resource import (
    Resource,
    Translation,
    is_open,
    parts,
    renamed,
    tags,
)

_RULE = {
    "IpProtocol": "ip_protocol",
    "FromPort": "from_port",
    "ToPort": "to_port",
    "CidrIp": "cidr_ipv4",
    "CidrIpv6": "cidr_ipv6",
    "SourceSecurityGroupId": "referenced_security_group_id",
    "SourceSecurityGroupName": "referenced_security_group_id",
    "DestinationSecurityGroupId": "referenced_security_group_id",
    "SourcePrefixListId": "prefix_list_id",
    "DestinationPrefixListId": "prefix_list_id",
    "Description": "description",
}
_ALL = {"ip_protocol": "-1", "cidr_ipv4": "0.0.0.0/0", "description": "by default"}


def group(resource: Resource) -> Iterator[Block]:
    """A group with its own rules. Without a rule for what goes out EC2 adds one that allows all of
    it to IPv4 addresses."""
    egress = resource.get("SecurityGroupEgress")
    values = {
        "name": resource.get("GroupName"),
        "description": resource.get("GroupDescription"),
        "vpc_id": resource.get("VpcId"),
        "ingress": _rules(resource.get("SecurityGroupIngress")),
        "egress": [_ALL] if egress is None or egress == [] else _rules(egress),
        "tags": tags(resource.get("Tags")),
    }
    yield resource.block("aws_security_group", values)


def _rules(value: Any) -> Any:
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        return value
    return [_inline(each) for each in value]


def _inline(value: Any) -> Any:
    """A rule; a doubt stands for one that Fn::If may leave out."""
    if isinstance(value, dict):
        return renamed(value, _RULE)
    return value if is_open(value) else Unknown("a rule of the group is malformed")


def ingress(resource: Resource) -> Iterator[Block]:
    """A rule for what comes in."""
    yield _rule(resource, INGRESS)


def egress(resource: Resource) -> Iterator[Block]:
    """A rule for what goes out."""
    yield _rule(resource, EGRESS)


def _rule(resource: Resource, kind: str) -> Block:
    named = resource.get("GroupId") or resource.get("GroupName")
    values = {**renamed(resource.properties, _RULE), "security_group_id": named}
    return resource.block(kind, values)


def prefix_list(resource: Resource) -> Iterator[Block]:
    """A list of ranges that rules name."""
    values = {
        "name": resource.get("PrefixListName"),
        "entry": parts(resource.get("Entries"), {"Cidr": "cidr"}),
        "tags": tags(resource.get("Tags")),
    }
    yield resource.block(PREFIX_LIST, values)


TRANSLATIONS: dict[str, Translation] = {
    "AWS::EC2::PrefixList": prefix_list,
    "AWS::EC2::SecurityGroup": group,
    "AWS::EC2::SecurityGroupEgress": egress,
    "AWS::EC2::SecurityGroupIngress": ingress,
}
