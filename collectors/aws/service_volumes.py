"""Volumes that services keep for what they run, and that EC2 does not list: of desktops and of
notebooks. Pure."""

from __future__ import annotations

from collectors.document import Unknown
from collectors.facts.compute import Disk
from collectors.facts.shared import Backup, Encryption

_DESKTOP = Unknown(
    "WorkSpaces makes snapshots of its own, and does not tell how long it keeps them"
)
_NOTEBOOK = Unknown("SageMaker does not back notebooks up; whether programs in them do is not told")
_ZONE = Unknown("the subnet that it stands in decides on the zone")


def desktop_volume(encryption: Encryption, size_bytes: int | Unknown) -> Disk:
    """A volume of a WorkSpace, with which it ends (API reference, TerminateWorkspaces)."""
    return _volume(encryption, size_bytes, _DESKTOP)


def notebook_volume(encryption: Encryption, size_bytes: int | Unknown) -> Disk:
    """The volume of a notebook instance, with which it ends (SageMaker developer guide, "Notebook
    instances, SageMaker jobs, and Endpoints")."""
    return _volume(encryption, size_bytes, _NOTEBOOK)


def _volume(encryption: Encryption, size_bytes: int | Unknown, backup: Unknown) -> Disk:
    return Disk(
        encryption=encryption,
        attached=True,
        size_bytes=size_bytes,
        backup=Backup.unread(backup),
        zone=_ZONE,
        delete_with_instance=True,
    )
