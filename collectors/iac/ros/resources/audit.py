"""Trails. Source: ALIYUN::ACTIONTRAIL::* of the ROS resource type reference."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.trail import TRAIL
from collectors.iac.ros.additions import addition
from collectors.iac.ros.resources.shared import UNWRITTEN, plain, switch
from collectors.iac.stacks.resource import Resource, Translation

_NAMES = {
    "Name": "trail_name",
    "EventRW": "event_rw",
    "OssBucketName": "oss_bucket_name",
    "OssKeyPrefix": "oss_key_prefix",
    "SlsProjectArn": "sls_project_arn",
}

_DEFAULTS = {
    "event_rw": "Write",
    "status": UNWRITTEN,
    # ROS has no property for it, and does not tell which regions its trails cover.
    "trail_region": UNWRITTEN,
}


def logging(resource: Resource) -> Iterator[Block]:
    """Whether a trail is on, which the trail does not say itself."""
    yield addition(
        resource,
        to=resource.get("Name"),
        argument="status",
        value=switch(resource.get("Enable"), "Enable", "Disable") or UNWRITTEN,
        types=(TRAIL,),
        named="trail_name",
    )


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::ACTIONTRAIL::Trail": plain(TRAIL, _NAMES, _DEFAULTS),
    "ALIYUN::ACTIONTRAIL::TrailLogging": logging,
}
