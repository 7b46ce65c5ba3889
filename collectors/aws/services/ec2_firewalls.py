"""EC2 security groups and network ACLs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.ec2_calls import (
    DESCRIBE_NETWORK_ACLS,
    DESCRIBE_NETWORK_INTERFACES,
    DESCRIBE_SECURITY_GROUPS,
    GET_PREFIX_LIST_ENTRIES,
    ec2_arn,
)
from collectors.aws.ec2_rules import acl_rules
from collectors.aws.reachability import rules_by_group
from collectors.document import Document, Unknown, then
from collectors.facts.network import Acl, Firewall
from collectors.facts.shared import Rule

GROUP = "AWS::EC2::SecurityGroup"
ACL = "AWS::EC2::NetworkAcl"


def firewalls(account: Account, region: str) -> Iterable[Document]:
    """A document for each security group and each network ACL of a region."""
    yield from _groups(account, region)
    yield from _acls(account, region)


def _groups(account: Account, region: str) -> Iterable[Document]:
    groups = account.read(DESCRIBE_SECURITY_GROUPS, region)
    if isinstance(groups, Unknown):
        yield account.unlisted(Firewall, groups, region, GROUP)
        return
    rules = rules_by_group(account, region, groups)
    used = then(account.read(DESCRIBE_NETWORK_INTERFACES, region), uses)
    for group in groups:
        group_id = group["GroupId"]
        yield account.document(
            firewall(group, rules[group_id], used),
            id=ec2_arn(account, region, group, f"security-group/{group_id}"),
            region=region,
            name=group["GroupName"],
            tags=tags_of(group.get("Tags")),
            native_type=GROUP,
            native=group,
        )


def uses(interfaces: list[dict[str, Any]]) -> dict[str, int]:
    """How many network interfaces use each security group."""
    counts: dict[str, int] = {}
    for interface in interfaces:
        for group in interface["Groups"]:
            counts[group["GroupId"]] = counts.get(group["GroupId"], 0) + 1
    return counts


def firewall(group: dict[str, Any], rules: list[Rule], used: dict[str, int] | Unknown) -> Firewall:
    """Facts of a security group. It refuses what no rule allows, in both directions (VPC user
    guide, "Security group rules"); the group named "default" is the one of its VPC."""
    return Firewall(
        vpc_id=group.get("VpcId"),
        rules=rules,
        default_ingress="deny",
        default_egress="deny",
        is_default=group["GroupName"] == "default",
        attached=then(used, lambda counts: counts.get(group["GroupId"], 0)),
    )


def _acls(account: Account, region: str) -> Iterable[Document]:
    acls = account.read(DESCRIBE_NETWORK_ACLS, region)
    if isinstance(acls, Unknown):
        yield account.unlisted(Acl, acls, region, ACL)
        return
    for acl in acls:
        tags = tags_of(acl.get("Tags"))
        yield account.document(
            Acl(
                vpc_id=acl["VpcId"],
                rules=acl_rules(acl),
                is_default=acl["IsDefault"],
                subnets=len(acl["Associations"]),
            ),
            id=ec2_arn(account, region, acl, f"network-acl/{acl['NetworkAclId']}"),
            region=region,
            name=tags.get("Name") or acl["NetworkAclId"],
            tags=tags,
            native_type=ACL,
            native=acl,
        )


SERVICE = Service(
    name="EC2 firewalls",
    types=((Firewall, GROUP), (Acl, ACL)),
    calls=(
        DESCRIBE_SECURITY_GROUPS,
        GET_PREFIX_LIST_ENTRIES,
        DESCRIBE_NETWORK_INTERFACES,
        DESCRIBE_NETWORK_ACLS,
    ),
    region=firewalls,
)
