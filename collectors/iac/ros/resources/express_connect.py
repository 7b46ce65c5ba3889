"""Express Connect. Source: ALIYUN::VPC::VirtualBorderRouter of the ROS resource type reference,
which has no type for the line."""

from __future__ import annotations

from collectors.iac.mappers.alicloud.express_connect import ROUTER
from collectors.iac.ros.resources.shared import plain
from collectors.iac.stacks.resource import Translation

TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::VPC::VirtualBorderRouter": plain(
        ROUTER, {"Name": "virtual_border_router_name", "Bandwidth": "bandwidth"}
    ),
}
