"""Managed images, and the versions of images in compute galleries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service, tags_of
from collectors.azure.calls import child, listing
from collectors.azure.ids import region_of
from collectors.document import Document, Unknown
from collectors.facts.compute import Copy, Image
from collectors.facts.shared import Encryption
from collectors.logic import told

IMAGE = "Microsoft.Compute/images"
VERSION = "Microsoft.Compute/galleries/images/versions"
LIST_IMAGES = listing(IMAGE, "Images_List")
LIST_GALLERIES = listing("Microsoft.Compute/galleries", "Galleries_List")
GET_GALLERY = child(
    "Microsoft.Compute/galleries",
    "Galleries_Get",
    "{id}",
    query=(("$select", "Permissions"),),
    proof="properties",
)
LIST_GALLERY_IMAGES = child(
    "Microsoft.Compute/galleries/images", "GalleryImages_ListByGallery", "{id}/images", paged=True
)
LIST_VERSIONS = child(
    VERSION, "GalleryImageVersions_ListByGalleryImage", "{id}/versions", paged=True
)

Item = dict[str, Any]


def images(account: Account) -> Iterable[Document]:
    """A document for each image and each version in a gallery."""
    found = account.resources(LIST_IMAGES)
    if isinstance(found, Unknown):
        yield account.unlisted(Image, found, native_type=IMAGE)
    else:
        yield from (_image(account, item) for item in found)
    galleries = account.resources(LIST_GALLERIES)
    if isinstance(galleries, Unknown):
        yield account.unlisted(Image, galleries, native_type=VERSION)
        return
    for documents in account.map(lambda one: _versions(account, one), galleries):
        yield from documents


def _image(account: Account, item: Item) -> Document:
    """An image has the region that it was made in, and can be shared by roles alone."""
    storage = item["properties"].get("storageProfile") or {}
    disks = [one for one in (storage.get("osDisk"), *(storage.get("dataDisks") or ())) if one]
    return account.document(
        Image(
            encryption=_encryption([one.get("diskEncryptionSet") or {} for one in disks], "id"),
            shared_with=[],
            created=Unknown("Azure does not tell when an image was made"),
            source_exists=None,
            copies=[],
            hardened=None,
        ),
        item,
        native_type=IMAGE,
        native=item,
    )


def _versions(account: Account, gallery: Item) -> list[Document]:
    definitions = account.listed(LIST_GALLERY_IMAGES, id=gallery["id"])
    if isinstance(definitions, Unknown):
        return [account.unlisted(Image, definitions, region_of(gallery), VERSION)]
    shared = _shared_with(account, gallery) if definitions else []
    found: list[Document] = []
    for definition in definitions:
        versions = account.listed(LIST_VERSIONS, id=definition["id"])
        if isinstance(versions, Unknown):
            found.append(account.unlisted(Image, versions, region_of(gallery), VERSION))
        else:
            found += [_version(account, definition, one, shared) for one in versions]
    return found


def _version(
    account: Account, definition: Item, item: Item, shared: list[str] | Unknown
) -> Document:
    publishing = item["properties"].get("publishingProfile") or {}
    targets = publishing.get("targetRegions") or []
    keys = [_disk_key(one) for one in targets]
    home = region_of(item)
    copies = [region for one in targets if (region := region_of({"location": one["name"]})) != home]
    return account.document(
        Image(
            encryption=_encryption(keys, "diskEncryptionSetId"),
            shared_with=shared,
            created=told(publishing, "publishedDate"),
            source_exists=None,
            copies=[Copy(region=region) for region in copies],
            hardened=None,
        ),
        item,
        name=f"{definition['name']}/{item['name']}",
        tags=tags_of(item),
        native_type=VERSION,
        native=item,
    )


def _disk_key(target: Item) -> Item:
    return (target.get("encryption") or {}).get("osDiskImage") or {}


def _encryption(sets: list[Item], name: str) -> Encryption:
    """Images are encrypted at rest like disks, with the provider's key where none is named for all
    of them ("Server-side encryption of Azure Disk Storage")."""
    keys = [one.get(name) for one in sets]
    own = bool(keys) and all(keys)
    return Encryption(
        enabled=True,
        key_manager="customer" if own else "provider",
        key_id=keys[0] if own else None,
        algorithm="AES-256",
    )


def _shared_with(account: Account, gallery: Item) -> list[str] | Unknown:
    """Subscriptions and tenants that a gallery is shared with; "all" where it is a community
    gallery. One that was never shared has no sharing profile (REST, "SharingProfile": Private)."""
    found = account.read(GET_GALLERY, id=gallery["id"])
    if isinstance(found, Unknown):
        return found
    profile = ((found or {}).get("properties") or {}).get("sharingProfile") or {}
    permissions = str(profile.get("permissions") or "private").lower()
    if permissions == "private":
        return []
    if permissions == "community":
        return ["all"]
    groups = profile.get("groups")
    if permissions != "groups" or groups is None:
        return Unknown("the gallery does not tell whom it is shared with")
    return [id_ for group in groups for id_ in group.get("ids") or ()]


SERVICE = Service(
    name="Images and galleries",
    types=((Image, IMAGE), (Image, VERSION)),
    calls=(LIST_IMAGES, LIST_GALLERIES, GET_GALLERY, LIST_GALLERY_IMAGES, LIST_VERSIONS),
    account=images,
)
