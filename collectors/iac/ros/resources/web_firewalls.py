"""Instances of WAF 3.0, whose rules ROS does not set. Source: ALIYUN::WAF3::Instance of the ROS
resource type reference."""

from __future__ import annotations

from collectors.iac.mappers.alicloud.web_firewall import INSTANCE
from collectors.iac.ros.resources.shared import plain
from collectors.iac.stacks.resource import Translation

TRANSLATIONS: dict[str, Translation] = {"ALIYUN::WAF3::Instance": plain(INSTANCE, {})}
