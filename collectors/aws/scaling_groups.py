"""Auto Scaling groups, and which versions of launch templates their machines are made from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from collectors.aws.account import Account
from collectors.calls import Call
from collectors.document import Unknown, then

Item = dict[str, Any]

DESCRIBE_GROUPS = Call(
    provider="aws",
    service="autoscaling",
    operation="DescribeAutoScalingGroups",
    permission="autoscaling:DescribeAutoScalingGroups",
    scope="region",
    result="AutoScalingGroups",
    paged=True,
)


class Use(Struct, frozen=True):
    """A group that makes machines from a template (by its id; a launch configuration by its name):
    the version, the image that stands in for the template's own, and the subnets."""

    group: str
    template: str
    version: str
    image: str | None
    subnets: tuple[str, ...]


def read_uses(account: Account, region: str) -> list[Use] | Unknown:
    """What the groups of a region make their machines from."""
    return then(
        account.read(DESCRIBE_GROUPS, region),
        lambda groups: [use for group in groups for use in uses(group)],
    )


def uses(group: Item) -> Iterator[Use]:
    """What a group of autoscaling:DescribeAutoScalingGroups makes its machines from: a mixed group
    has a template, and may have others for single types of machines."""
    name = group["AutoScalingGroupName"]
    subnets = tuple(one for one in (group.get("VPCZoneIdentifier") or "").split(",") if one)
    if configuration := group.get("LaunchConfigurationName"):
        yield Use(name, configuration, "", None, subnets)
    for template, image in _templates(group):
        # Without a version it is the default one (Auto Scaling API reference,
        # "LaunchTemplateSpecification").
        version = template.get("Version") or "$Default"
        yield Use(name, template["LaunchTemplateId"], version, image, subnets)


def _templates(group: Item) -> Iterator[tuple[Item, str | None]]:
    if group.get("LaunchTemplate"):
        yield group["LaunchTemplate"], None
    mixed = (group.get("MixedInstancesPolicy") or {}).get("LaunchTemplate") or {}
    common = mixed.get("LaunchTemplateSpecification")
    if common:
        yield common, None
    for override in mixed.get("Overrides") or []:
        own = override.get("LaunchTemplateSpecification")
        template, image = own or common, override.get("ImageId")
        if template and (own or image):
            yield template, image
