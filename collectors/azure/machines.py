"""What the models of a virtual machine and of a scale set say alike: image id, sign-in, boot, role.
Pure."""

from __future__ import annotations

from typing import Any

from collectors.azure.ids import key
from collectors.document import Unknown
from collectors.logic import told

UNTOLD_OWNER = Unknown("the image does not tell its owner")
UNTOLD_CREATION = Unknown("the machine does not tell when its image was made")
UNTOLD_DEPRECATION = Unknown("the image does not tell whether it is deprecated")
Item = dict[str, Any]

_REFERENCES = ("id", "sharedGalleryImageId", "communityGalleryImageId")
_PARTS = ("publisher", "offer", "sku", "version")


def image_id_of(storage: Item) -> str | Unknown:
    """The image of a storage profile: an id, or publisher:offer:sku:version of the marketplace."""
    image = storage.get("imageReference") or {}
    for name in _REFERENCES:
        if image.get(name):
            return str(image[name])
    parts = [image.get(name) for name in _PARTS]
    if not all(parts):
        return Unknown("the machine names no image")
    return ":".join([*map(str, parts[:3]), str(image.get("exactVersion") or parts[3])])


def password_login(profile: Item | None) -> bool | Unknown | None:
    """Whether the system takes a password: Windows always does. A machine made of a disk that was
    prepared elsewhere has no `osProfile`: Azure does not decide that."""
    if not profile:
        return None
    if profile.get("windowsConfiguration"):
        return True
    linux = profile.get("linuxConfiguration") or {}
    off = told(linux, "disablePasswordAuthentication")
    return off if isinstance(off, Unknown) else not off


def key_pair(profile: Item | None) -> bool:
    """Whether the machine was given a public key of SSH."""
    linux = (profile or {}).get("linuxConfiguration") or {}
    return bool((linux.get("ssh") or {}).get("publicKeys"))


def role_of(identity: Item | None) -> str | None:
    """A managed identity of the machine: one of its own id, or the system's principal."""
    if not identity or str(identity.get("type")).lower() == "none":
        return None
    assigned = identity.get("userAssignedIdentities") or {}
    return next(iter(assigned), identity.get("principalId"))


def boots_secure(profile: Item, setting: str) -> bool | Unknown:
    """`secureBootEnabled` or `vTpmEnabled`, which hold only with a security type: without one
    neither is on (REST, "SecurityProfile": securityType, uefiSettings)."""
    if str(profile.get("securityType") or "standard").lower() == "standard":
        return False
    found: bool | Unknown = told(profile.get("uefiSettings") or {}, setting)
    return found


def own_deprecated(image_id: str) -> Unknown | None:
    """A managed image is never deprecated; of one in a gallery its owner decides."""
    return None if "/microsoft.compute/images/" in key(image_id) else UNTOLD_DEPRECATION
