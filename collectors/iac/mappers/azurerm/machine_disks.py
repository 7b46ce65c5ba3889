"""The managed disks that a machine of Azure is made with: of its system, and those of its data that
are no resources of their own. Disks in storage accounts are none (Azure has retired them)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Document, Unknown, then
from collectors.facts.compute import Disk
from collectors.facts.shared import Backup, Encryption
from collectors.iac.blocks import Block, Project, nested, read, template_document
from collectors.iac.mappers.azurerm.shared import location_of
from collectors.iac.mappers.joins import GIB, given, identity, name_of

_SETS = ("disk_encryption_set_id", "secure_vm_disk_encryption_set_id")
_SIZE = Unknown("the image or the snapshot decides how large the disk is")
_GOES = Unknown("whether the disk goes with its machine is not written")
_NO_TAGS = Unknown("which tags the disk gets is not written")
_ALGORITHM = "AES-256"


def disk_encryption(values: dict[str, Any], project: Project) -> Encryption:
    """Azure encrypts every managed disk at rest, with its own key or that of an encryption set."""
    customer = given(values, *_SETS)
    if isinstance(customer, Unknown):
        return _encrypted(customer)
    key = next((value for name in _SETS if (value := values.get(name))), None)
    return Encryption(
        enabled=True,
        key_manager="customer" if customer else "provider",
        key_id=identity(project, key),
        algorithm=_ALGORITHM,
    )


def _encrypted(key: Unknown) -> Encryption:
    return Encryption(enabled=True, key_manager=key, key_id=key, algorithm=_ALGORITHM)


def disks(
    block: Block, project: Project, backup: Backup, zone: str | Unknown
) -> Iterator[Document]:
    """A document for each disk. The backup of a machine takes its disks along."""
    name = name_of(block, "name")
    size: int | Unknown
    for part, values in _devices(block):
        if isinstance(values, Unknown):
            encryption, size = _encrypted(values), values
        else:
            encryption = disk_encryption(values, project)
            size = read(values, "disk_size_gb", int, _SIZE)
        found = template_document(
            block,
            project,
            Disk(
                encryption=encryption,
                attached=True,
                size_bytes=then(size, lambda gib: gib * GIB),
                backup=backup,
                zone=zone,
                delete_with_instance=_GOES,
            ),
            provider="azure",
            region=location_of(block, project),
            name=name if isinstance(name, Unknown) else f"{name} {part}",
            tags=_NO_TAGS,
            native_type="Microsoft.Compute/disks",
        )
        found.id = f"{found.id}.{part}"
        yield found


def _devices(block: Block) -> Iterator[tuple[str, dict[str, Any] | Unknown]]:
    """Each disk that is made: the name of its block, and its arguments."""
    if given(block.values, "os_managed_disk_id") is not True:
        yield from _system(block)
    data = nested(block.values, "storage_data_disk")
    if isinstance(data, Unknown):
        yield "storage_data_disk", data
        return
    for number, values in enumerate(data):
        if _is_made(values):
            yield f"storage_data_disk[{number}]", values


def _system(block: Block) -> Iterator[tuple[str, dict[str, Any] | Unknown]]:
    """The disk of the system: each machine has one, also where nothing is written of it."""
    for argument in ("os_disk", "storage_os_disk"):
        written = nested(block.values, argument)
        if isinstance(written, Unknown):
            yield argument, written
            return
        if written:
            if _is_made(written[0]):
                yield argument, written[0]
            return
    yield "os_disk", {}


def _is_made(values: dict[str, Any]) -> bool:
    """Whether the disk is made with the machine, and not one that exists or a file."""
    return given(values, "managed_disk_id") is not True and given(values, "vhd_uri") is not True
