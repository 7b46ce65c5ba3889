"""Security groups and their rules. Source: ALIYUN::ECS::SecurityGroup* of the ROS resource type
reference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.ros.additions import addition
from collectors.iac.ros.resources.shared import all_of, rows
from collectors.iac.stacks.functions import open_
from collectors.iac.stacks.resource import Resource, Translation, is_open, renamed, tags

_RULE = {
    "IpProtocol": "ip_protocol",
    "PortRange": "port_range",
    "Policy": "policy",
    "Priority": "priority",
    "NicType": "nic_type",
    "Description": "description",
}
_PEERS = {
    "ingress": {
        "SourceCidrIp": "cidr_ip",
        "Ipv6SourceCidrIp": "ipv6_cidr_ip",
        "SourceGroupId": "source_security_group_id",
        "SourcePrefixListId": "prefix_list_id",
    },
    "egress": {
        "DestCidrIp": "cidr_ip",
        "Ipv6DestCidrIp": "ipv6_cidr_ip",
        "DestGroupId": "source_security_group_id",
        "DestPrefixListId": "prefix_list_id",
    },
}
_PART = Unknown("the rule may refuse a part of the traffic only")
_KINDS = {"SecurityGroupIngress": "ingress", "SecurityGroupEgress": "egress"}


def group(resource: Resource) -> Iterator[Block]:
    """A group, and a block for each of its own rules."""
    names = {
        "SecurityGroupName": "security_group_name",
        "SecurityGroupType": "security_group_type",
        "Description": "description",
        "VpcId": "vpc_id",
    }
    values = renamed(resource.properties, names)
    yield resource.block("alicloud_security_group", values | {"tags": tags(resource.get("Tags"))})
    for written, direction in _KINDS.items():
        for i, rule in enumerate(rows(resource.get(written))):
            yield _rule(resource, direction, rule, resource.itself(), f"{written}/{i}")


def _rule(resource: Resource, direction: str, rule: Any, group: Any, place: str = "") -> Block:
    """A rule; of one that is decided at deployment everything but its direction is unknown."""
    names = _RULE | _PEERS[direction]
    if isinstance(rule, dict):
        values = renamed(rule, names)
        if is_part_of(rule, direction) and rule.get("Policy") not in (None, "accept", "Accept"):
            values["policy"] = _PART
    else:
        doubt = open_(rule) or Unknown("the rule is malformed")
        values = dict.fromkeys(names.values(), doubt)
    values |= {"type": direction, "security_group_id": group}
    return resource.block("alicloud_security_group_rule", values, part=place)


def is_part_of(rule: dict[str, Any], direction: str) -> bool:
    """Whether a rule is about some machines of its group, or some source ports, alone. A drop of
    that kind hides no rule that allows."""
    own = "Source" if direction == "egress" else "Dest"
    narrow = any(rule.get(name) for name in (f"{own}CidrIp", f"Ipv6{own}CidrIp"))
    return narrow or rule.get("SourcePortRange") not in (None, "", "-1/-1", "1/65535")


def _single(direction: str) -> Translation:
    def translate(resource: Resource) -> Iterator[Block]:
        yield _rule(resource, direction, resource.properties, resource.get("SecurityGroupId"))

    return translate


def _several(direction: str) -> Translation:
    def translate(resource: Resource) -> Iterator[Block]:
        for i, rule in enumerate(rows(resource.get("Permissions"))):
            place = f"Permissions/{i}" if i else ""
            yield _rule(resource, direction, rule, resource.get("SecurityGroupId"), place)

    return translate


def joining(resource: Resource) -> Iterator[Block]:
    """Instances that join a group."""
    one, several = resource.get("InstanceId"), resource.get("InstanceIdList")
    to = one if one is not None else several if is_open(several) else all_of(several)
    yield addition(
        resource,
        to=to,
        argument="security_groups",
        value=resource.get("SecurityGroupId"),
        types=("alicloud_instance",),
    )


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::ECS::JoinSecurityGroup": joining,
    "ALIYUN::ECS::SecurityGroup": group,
    "ALIYUN::ECS::SecurityGroupEgress": _single("egress"),
    "ALIYUN::ECS::SecurityGroupEgresses": _several("egress"),
    "ALIYUN::ECS::SecurityGroupIngress": _single("ingress"),
    "ALIYUN::ECS::SecurityGroupIngresses": _several("ingress"),
}
