"""Security Center. Source: ALIYUN::ThreatDetection::Instance of the ROS resource type reference."""

from __future__ import annotations

from collectors.iac.mappers.alicloud.security_center import INSTANCE
from collectors.iac.ros.resources.shared import plain
from collectors.iac.stacks.resource import Translation

TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::ThreatDetection::Instance": plain(
        INSTANCE, {"PaymentType": "payment_type", "VersionCode": "version_code"}
    ),
}
