"""ECS security groups with their rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.ecs_calls import DESCRIBE_NETWORK_INTERFACES
from collectors.aliyun.security_group_rules import rules_of
from collectors.calls import Call
from collectors.document import Document, Unknown, then
from collectors.facts.network import Firewall

DESCRIBE_SECURITY_GROUPS = Call(
    provider="aliyun",
    service="ecs",
    operation="DescribeSecurityGroups",
    permission="ecs:DescribeSecurityGroups",
    scope="region",
    result="SecurityGroups.SecurityGroup",
    paged=True,
)
DESCRIBE_SECURITY_GROUP_ATTRIBUTE = Call(
    provider="aliyun",
    service="ecs",
    operation="DescribeSecurityGroupAttribute",
    permission="ecs:DescribeSecurityGroupAttribute",
    scope="resource",
    result="Permissions.Permission",
    paged=True,
)
DESCRIBE_PREFIX_LIST = Call(
    provider="aliyun",
    service="ecs",
    operation="DescribePrefixListAttributes",
    permission="ecs:DescribePrefixListAttributes",
    scope="resource",
    result="Entries.Entry",
)

NATIVE = "ACS::ECS::SecurityGroup"


def security_groups(account: Account, region: str) -> Iterable[Document]:
    """A document for each group of a region."""
    groups = account.listed(DESCRIBE_SECURITY_GROUPS, region)
    if isinstance(groups, Unknown):
        yield account.unlisted(Firewall, groups, region, NATIVE)
        return
    interfaces = account.listed(DESCRIBE_NETWORK_INTERFACES, region)
    yield from account.map(lambda group: _group(account, region, group, interfaces), groups)


def _group(
    account: Account, region: str, group: dict[str, Any], interfaces: list[Any] | Unknown
) -> Document:
    """What no rule matches is denied inwards; outwards a basic group allows it, and an enterprise
    group denies it (ECS user guide, "Basic security groups and advanced security groups")."""
    identity = group["SecurityGroupId"]
    permissions = account.listed(
        DESCRIBE_SECURITY_GROUP_ATTRIBUTE, region, identity, SecurityGroupId=identity
    )
    return account.document(
        Firewall(
            vpc_id=group.get("VpcId") or None,
            rules=then(
                permissions,
                lambda found: rules_of(found, lambda name: entries_of(account, region, name)),
            ),
            default_ingress="deny",
            default_egress="deny" if group.get("SecurityGroupType") == "enterprise" else "allow",
            # A group that the service made with the first instance of a VPC is one like others.
            is_default=False,
            attached=then(interfaces, lambda found: sum(_uses(item, identity) for item in found)),
        ),
        id=account.arn("ecs", region, f"securitygroup/{identity}"),
        region=region,
        name=group.get("SecurityGroupName") or identity,
        native_type=NATIVE,
        tags=tags_of(group.get("Tags")),
        native=group,
    )


def entries_of(account: Account, region: str, prefix_list: str) -> list[str] | Unknown:
    """The CIDRs of a prefix list."""
    found = account.listed(DESCRIBE_PREFIX_LIST, region, prefix_list, PrefixListId=prefix_list)
    return then(found, lambda entries: [str(entry["Cidr"]) for entry in entries])


def _uses(interface: dict[str, Any], group: str) -> bool:
    return group in interface.get("SecurityGroupIds", {}).get("SecurityGroupId", [])


SERVICE = Service(
    name="ECS security groups",
    types=((Firewall, NATIVE),),
    calls=(
        DESCRIBE_SECURITY_GROUPS,
        DESCRIBE_SECURITY_GROUP_ATTRIBUTE,
        DESCRIBE_PREFIX_LIST,
        DESCRIBE_NETWORK_INTERFACES,
    ),
    region=security_groups,
)
