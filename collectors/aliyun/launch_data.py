"""What machines get that are made from a launch template: pure functions over `LaunchTemplateData`
of ecs:DescribeLaunchTemplateVersions. Truth values and numbers stand there as texts, too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.logic import Known, every

Item = dict[str, Any]

IMAGE_DECIDES = Unknown("the image decides on the system disk's encryption")
SNAPSHOT_DECIDES = Unknown("the disk is encrypted if its snapshot is")


def metadata_token_required(data: Item) -> bool:
    """Whether a machine's metadata service is off or asks for a token. It does not unless told
    (RunInstances, HttpTokens)."""
    return data.get("HttpEndpoint") == "disabled" or data.get("HttpTokens") == "required"


def public_address(data: Item) -> bool:
    """Whether a machine gets a public address: it does with a bandwidth towards the internet, which
    is 0 unless told."""
    return int(data.get("InternetMaxBandwidthOut") or 0) > 0


def disks_encrypted(data: Item, by_default: Known) -> Known:
    """Whether every disk of a machine is encrypted: as the template says, else as the region has it
    by default, else as the image or snapshot is."""
    return every(_answers(data, by_default))


def _answers(data: Item, by_default: Known) -> Iterator[Known]:
    yield _encrypted(data.get("SystemDisk.Encrypted"), by_default, IMAGE_DECIDES)
    for disk in (data.get("DataDisks") or {}).get("DataDisk") or ():
        otherwise: Known = SNAPSHOT_DECIDES if disk.get("SnapshotId") else False
        yield _encrypted(disk.get("Encrypted"), by_default, otherwise)


def _encrypted(told: Any, by_default: Known, otherwise: Known) -> Known:
    if told not in (None, ""):
        return str(told).lower() == "true"
    if by_default is False:
        return otherwise
    return by_default
