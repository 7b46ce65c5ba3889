"""Scaling configurations of Auto Scaling that are active: what their groups make machines from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.ecs_calls import DESCRIBE_IMAGES
from collectors.aliyun.services.account_configuration import (
    DESCRIBE_DISK_ENCRYPTION,
    encrypts_by_default,
)
from collectors.aliyun.services.ecs_instances import read_images
from collectors.aliyun.services.ecs_launch_templates import KEPT, facts_of, image_id
from collectors.calls import Call
from collectors.document import Document, Unknown
from collectors.facts.compute import LaunchTemplate

Item = dict[str, Any]

DESCRIBE_CONFIGURATIONS = Call(
    provider="aliyun",
    service="ess",
    operation="DescribeScalingConfigurations",
    permission="ess:DescribeScalingConfigurations",
    scope="region",
    result="ScalingConfigurations.ScalingConfiguration",
    paged=True,
)

NATIVE = "ACS::ESS::ScalingConfiguration"
_KEPT = ("ScalingGroupId", "LifecycleState", *KEPT)


def configurations(account: Account, region: str) -> Iterable[Document]:
    """A document for each scaling configuration of a region that is active."""
    found = account.listed(DESCRIBE_CONFIGURATIONS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(LaunchTemplate, found, region, NATIVE)
        return
    active = [item for item in found if item.get("LifecycleState") != "Inactive"]
    if not active:
        return
    images = read_images(account, region, {name for one in active if (name := image_id(one))})
    encrypted = encrypts_by_default(account.read(DESCRIBE_DISK_ENCRYPTION, region))
    for item in active:
        identity = item["ScalingConfigurationId"]
        yield account.document(
            facts_of(item, encrypted, images),
            id=account.arn("ess", region, f"scalingconfiguration/{identity}"),
            region=region,
            name=item.get("ScalingConfigurationName") or identity,
            # Those of the machines.
            tags=tags_of(item.get("Tags")),
            native_type=NATIVE,
            native={name: item[name] for name in _KEPT if name in item},
        )


SERVICE = Service(
    name="Scaling configurations",
    types=((LaunchTemplate, NATIVE),),
    calls=(DESCRIBE_CONFIGURATIONS, DESCRIBE_IMAGES, DESCRIBE_DISK_ENCRYPTION),
    region=configurations,
)
