"""Bastions. Source: ALIYUN::BastionHost::Instance of the ROS resource type reference, which places
a bastion in `StartInstanceParam`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.bastion import BASTIONS, DOUBLE, SECOND_SWITCH, SINGLE
from collectors.iac.stacks.functions import open_
from collectors.iac.stacks.resource import Resource, Translation, is_open, part

_EDITIONS = {"Basic": SINGLE, "Enterprise": DOUBLE}
_PLACE = {"VswitchId": "vswitch_id", "SlaveVswitchId": SECOND_SWITCH}


def bastion(resource: Resource) -> Iterator[Block]:
    """A bastion."""
    place = part(resource.get("StartInstanceParam"), _PLACE)
    if is_open(place):
        place = dict.fromkeys(_PLACE.values(), open_(place))
    values: dict[str, Any] = dict(place) if isinstance(place, dict) else {}
    edition = resource.get("Version")
    values["plan_code"] = _EDITIONS.get(edition, edition) if isinstance(edition, str) else edition
    yield resource.block(BASTIONS[0], values)


TRANSLATIONS: dict[str, Translation] = {"ALIYUN::BastionHost::Instance": bastion}
