"""Cloud Firewall, whose intrusion prevention ROS does not set. Source: ALIYUN::CLOUDFW::* of the
ROS resource type reference."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.cloud_firewall import BETWEEN, IN_CEN, INSTANCE
from collectors.iac.ros.resources.shared import plain
from collectors.iac.stacks.resource import Resource, Translation, renamed

_BETWEEN = {"VpcFirewallName": "vpc_firewall_name", "FirewallSwitch": "status"}


def between(resource: Resource) -> Iterator[Block]:
    """A firewall of an Express Connect circuit between two VPCs."""
    values = renamed(resource.properties, _BETWEEN)
    values["local_vpc"] = [renamed(resource.properties, {"LocalVpcRegion": "region_no"})]
    yield resource.block(BETWEEN, values)


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::CLOUDFW::Instance": plain(INSTANCE, {}),
    "ALIYUN::CLOUDFW::VpcFirewallCen": plain(
        IN_CEN, _BETWEEN | {"CenId": "cen_id", "VpcRegion": "vpc_region"}
    ),
    "ALIYUN::CLOUDFW::VpcFirewallConfigure": between,
}
