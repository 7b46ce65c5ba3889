"""The region that the user gives for templates of Terraform whose provider has none: it then comes
from the environment of whoever applies them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from collectors.document import Provider, UserError
from collectors.iac.blocks import DEPLOYED_TO, Block
from collectors.iac.parts import cloud_of
from collectors.regions import PROVIDERS, country_of


def regions_by_cloud(names: Iterable[str]) -> dict[Provider, str]:
    """The region of each cloud that has one of these. A name such as us-east-1 is one of several
    clouds'. Raises UserError for one that no cloud has, and for two of one cloud."""
    found: dict[Provider, str] = {}
    for name in names:
        clouds = [each for each in PROVIDERS if country_of(each, name)]
        if not clouds:
            raise UserError(
                f"No cloud has a region {name!r}.",
                "For example --region cn-north-1, chinanorth3 or cn-hangzhou.",
            )
        for cloud in clouds:
            if found.setdefault(cloud, name) != name:
                raise UserError(
                    f"{found[cloud]} and {name} are both regions of one cloud.",
                    "Check what goes to each in a run of its own.",
                )
    return found


def with_regions(blocks: Iterable[Block], regions: Mapping[Provider, str]) -> list[Block]:
    """The resources, each knowing the region that is given for its cloud."""
    return [_placed(each, regions) for each in blocks] if regions else [*blocks]


def _placed(block: Block, regions: Mapping[Provider, str]) -> Block:
    cloud = cloud_of(block.type.removeprefix("data."))
    region = regions.get(cloud) if cloud else None
    if region is None or block.provider_values.get("region") is not None:
        return block
    values = {**block.provider_values, DEPLOYED_TO: region}
    return msgspec.structs.replace(block, provider_values=values)
