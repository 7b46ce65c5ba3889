"""The image that an ECS machine runs, as far as a template tells: one that it makes, or one that it
chooses among those of the cloud."""

from __future__ import annotations

from collectors.document import Unknown, also, then
from collectors.facts.compute import InstanceImage
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.alicloud.image import COPY, IMAGE
from collectors.iac.mappers.joins import target_of

CHOSEN = "data.alicloud_images"
IMAGES = (CHOSEN, IMAGE, COPY)
"""The types that are joined here."""

_AT_APPLY = Unknown("it is made at apply")
_ELSEWHERE = Unknown("the image is not part of this template")
_CHOSEN = Unknown("which image is chosen shows at apply")
_NO_OWNERS = Unknown("the template does not say whose images it chooses from")


def image_of(
    block: Block, project: Project, unless: Unknown | None = None
) -> InstanceImage | Unknown:
    """Facts of the image; `unless` is why nothing written says nothing. ECS has no list of approved
    images."""
    value = block.get("image_id")
    made = target_of(project, value, IMAGE, COPY)
    if made:
        return InstanceImage(
            owner=project.account, approved=None, created=_AT_APPLY, deprecated=False
        )
    chosen = target_of(project, value, CHOSEN)
    if chosen:
        return _chosen(chosen)
    return also(value) or unless or _ELSEWHERE


def _chosen(data: Block) -> InstanceImage:
    """An image of a data source, which leaves those out that are deprecated unless it asks for
    them."""
    status = data.read("status", str, "Available")
    return InstanceImage(
        owner=data.read("owners", str, _NO_OWNERS),
        approved=None,
        created=_CHOSEN,
        deprecated=then(status, _deprecated),
    )


def _deprecated(status: str) -> bool | Unknown:
    """A data source may ask for images of several states, with commas between them."""
    asked = {each.strip() for each in status.split(",")}
    if "Deprecated" not in asked:
        return False
    return _CHOSEN if len(asked) > 1 else True
