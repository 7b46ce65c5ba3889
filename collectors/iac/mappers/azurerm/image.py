"""azurerm_snapshot, azurerm_image and azurerm_shared_image_version with its gallery."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Document, Unknown, also, then
from collectors.facts.compute import Copy, Image, Snapshot
from collectors.facts.shared import Encryption
from collectors.iac.blocks import Block, Mapping, Project, nested, read, template_document
from collectors.iac.mappers.azurerm.compute import DISK
from collectors.iac.mappers.azurerm.machine_disks import disk_encryption
from collectors.iac.mappers.azurerm.shared import azure_document, location_of, target_or_named
from collectors.iac.mappers.joins import identity, name_of, tags_of, target_of

SNAPSHOT, IMAGE = "azurerm_snapshot", "azurerm_image"
VERSION, GALLERY = "azurerm_shared_image_version", "azurerm_shared_image_gallery"

_AT_APPLY = Unknown("when it is made shows after apply")
_SOURCE = Unknown("whether its source exists is not known before apply")
_BY_SOURCE = Unknown("its source decides with which key it is encrypted")
_NO_GALLERY = Unknown("the gallery is not part of this template")
_NO_GROUPS = Unknown("the template does not tell with whom the gallery is shared")
_NO_NAME = Unknown("a target region has no name")


def map_snapshot(block: Block, project: Project) -> Iterator[Document]:
    """A snapshot, encrypted as what it is of; it can be shared with no account."""
    source = next(
        (value for name in _SOURCES if (value := block.values.get(name)) is not None), None
    )
    found = target_of(project, source, DISK, SNAPSHOT)
    there: Any = None if source is None else True if found else _SOURCE
    facts = Snapshot(
        encryption=_of_snapshot(block, found, project),
        shared_with=[],
        created=_AT_APPLY,
        source_exists=there,
        copies=None,
        hardened=None,
    )
    yield azure_document(block, project, facts)


_SOURCES = ("source_resource_id", "source_uri")


def _of_snapshot(block: Block, source: Block | None, project: Project) -> Encryption:
    """With the set of its own, which ARM alone writes, or as its source is."""
    own = block.values.get("disk_encryption_set_id")
    if own is not None or (source is None and not _has_source(block)):
        return _encryption([block.values], project)
    if source is None:
        return _unsure(_BY_SOURCE)
    if source.type == DISK:
        return disk_encryption(source.values, project)
    return _unsure(_BY_SOURCE)


def _has_source(block: Block) -> bool:
    return any(block.values.get(name) is not None for name in _SOURCES)


def _unsure(reason: Unknown) -> Encryption:
    return Encryption(enabled=True, key_manager=reason, key_id=reason, algorithm="AES-256")


def map_image(block: Block, project: Project) -> Iterator[Document]:
    """A managed image, which can be shared by roles alone."""
    disks = [nested(block.values, name) for name in ("os_disk", "data_disk")]
    listed = [each for one in disks if isinstance(one, list) for each in one]
    doubt = also(None, *disks)
    by_machine = block.values.get("source_virtual_machine_id") is not None
    facts = Image(
        encryption=_unsure(doubt or _BY_SOURCE)
        if doubt or by_machine
        else _encryption(listed, project),
        shared_with=[],
        created=_AT_APPLY,
        source_exists=None,
        copies=[],
        hardened=None,
    )
    yield azure_document(block, project, facts)


def map_version(block: Block, project: Project) -> Iterator[Document]:
    """A version of an image in a gallery, with the regions that it is copied to."""
    targets = nested(block.values, "target_region")
    home = location_of(block, project)
    facts = Image(
        encryption=_unsure(targets)
        if isinstance(targets, Unknown)
        else _encryption(targets, project),
        shared_with=_shared_with(block, project),
        created=_AT_APPLY,
        source_exists=None,
        copies=_copies(targets, home),
        hardened=None,
    )
    image, own = name_of(block, "image_name"), name_of(block, "name")
    doubt = image if isinstance(image, Unknown) else own if isinstance(own, Unknown) else None
    yield template_document(
        block,
        project,
        facts,
        provider="azure",
        region=home,
        name=doubt or f"{image}/{own}",
        tags=tags_of(block),
    )


def _copies(targets: list[dict[str, Any]] | Unknown, home: str | Unknown) -> Any:
    if isinstance(targets, Unknown) or isinstance(home, Unknown):
        return also(targets, home)
    names = [read(each, "name", str, _NO_NAME) for each in targets]
    regions = [then(each, lambda text: text.lower().replace(" ", "")) for each in names]
    return [Copy(region=each) for each in regions if each != home]


def _encryption(holders: list[dict[str, Any]], project: Project) -> Encryption:
    """With the provider's key where none is named for all of the disks ("Server-side encryption of
    Azure Disk Storage")."""
    keys = [each.get("disk_encryption_set_id") for each in holders]
    if not keys or None in keys:
        return Encryption(enabled=True, key_manager="provider", key_id=None, algorithm="AES-256")
    doubt = also(None, *keys)
    if doubt:
        return _unsure(doubt)
    return Encryption(
        enabled=True,
        key_manager="customer",
        key_id=identity(project, keys[0]),
        algorithm="AES-256",
    )


def _shared_with(version: Block, project: Project) -> list[str] | Unknown:
    """Whom the gallery is shared with; "all" where it is a community gallery."""
    value = version.get("gallery_name")
    gallery = target_or_named(project, value, GALLERY)
    if gallery is None:
        return value if isinstance(value, Unknown) else _NO_GALLERY
    settings = nested(gallery.values, "sharing")
    if isinstance(settings, Unknown):
        return settings
    word = read(settings[0], "permission", str, "Private") if settings else "Private"
    if isinstance(word, Unknown):
        return word
    known: dict[str, list[str]] = {"private": [], "community": ["all"]}
    return known.get(word.lower(), _NO_GROUPS)


MAPPINGS = [
    Mapping(types=(SNAPSHOT,), facts=Snapshot, map=map_snapshot, joined=(DISK,)),
    Mapping(types=(IMAGE,), facts=Image, map=map_image),
    Mapping(types=(VERSION,), facts=Image, map=map_version, joined=(GALLERY,)),
]

LINK_TYPES = frozenset({"azurerm_shared_image_gallery"})
