"""The image that a machine runs: whose it is, and whether its publisher deprecated it."""

from __future__ import annotations

from typing import Any

from collectors.azure.account import Account
from collectors.azure.calls import child
from collectors.azure.ids import subscription_of
from collectors.azure.machines import (
    UNTOLD_CREATION,
    UNTOLD_DEPRECATION,
    UNTOLD_OWNER,
    own_deprecated,
)
from collectors.document import Unknown, then
from collectors.facts.compute import InstanceImage

GET_IMAGE = child(
    "Microsoft.Compute/locations/publishers/artifacttypes/offers/skus/versions",
    "VirtualMachineImages_Get",
    "/subscriptions/{subscription}/providers/Microsoft.Compute/locations/{location}/publishers"
    "/{publisher}/artifacttypes/vmimage/offers/{offer}/skus/{sku}/versions/{version}",
    # What the marketplace took back since, machines may still run.
    absent=("NotFound: Artifact: VMImage was not found",),
    proof="properties",
)

_STATES = {"active": False, "scheduledfordeprecation": False, "deprecated": True}
Item = dict[str, Any]


def image_of(account: Account, location: str, storage: Item) -> InstanceImage | Unknown:
    """The image of a storage profile. Azure has no list of approved images but by policies."""
    image = storage.get("imageReference") or {}
    if not image:
        return Unknown("the machine names no image")
    own = image.get("id")
    owner = subscription_of(own) if own else image.get("publisher")
    return InstanceImage(
        owner=owner or UNTOLD_OWNER,
        approved=None,
        created=UNTOLD_CREATION,
        deprecated=own_deprecated(own) if own else _deprecated(account, location, image),
    )


def _deprecated(account: Account, location: str, image: Item) -> bool | Unknown:
    names = ("publisher", "offer", "sku")
    version = image.get("exactVersion") or image.get("version")
    if not version or version == "latest" or not all(image.get(name) for name in names):
        return UNTOLD_DEPRECATION
    found = account.read(
        GET_IMAGE, location=location, version=version, **{name: image[name] for name in names}
    )
    return then(found, _state)


def _state(image: Item | None) -> bool | Unknown:
    if image is None:
        return Unknown("the marketplace no longer has the image")
    status = image["properties"].get("imageDeprecationStatus") or {}
    return _STATES.get(str(status.get("imageState")).lower(), UNTOLD_DEPRECATION)
