"""What AnalyticDB for PostgreSQL calls the encryption of its disks. Pure; templates are judged by
the same."""

from __future__ import annotations

from collectors.document import Unknown

_NONE = {"", "null", "off", "none"}


def disks_encrypted(kind: str) -> bool | Unknown:
    """Whether a word of EncryptionType stands for encryption (CreateDBInstance: NULL or
    CloudDisk)."""
    if kind.lower() in _NONE:
        return False
    key, value = "EncryptionType", kind
    return kind.lower() == "clouddisk" or Unknown(f"{key} is {value!r}, which is not known")
