"""EBS volumes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.ec2_calls import DESCRIBE_INSTANCES, DESCRIBE_VOLUMES
from collectors.aws.encryption import KEY_NOT_TOLD, at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.volume_backup import CALLS as BACKUP_CALLS
from collectors.aws.volume_backup import backup_of_volume, instances_by_id, read_backups
from collectors.document import Document, Unknown
from collectors.facts.compute import Disk
from collectors.facts.shared import Encryption

VOLUME = "AWS::EC2::Volume"


def disks(account: Account, region: str) -> Iterable[Document]:
    """A document for each volume of a region."""
    volumes = account.read(DESCRIBE_VOLUMES, region)
    if isinstance(volumes, Unknown):
        yield account.unlisted(Disk, volumes, region, VOLUME)
        return
    if not volumes:
        return
    instances = instances_by_id(account.read(DESCRIBE_INSTANCES, region))
    backups = read_backups(account, region)
    for volume in volumes:
        tags = tags_of(volume.get("Tags"))
        encryption = at_rest(
            account, region, volume["Encrypted"], volume.get("KmsKeyId", KEY_NOT_TOLD)
        )
        facts = disk(volume, encryption)
        facts.backup = backup_of_volume(volume, instances, backups)
        yield account.document(
            facts,
            id=account.arn("ec2", region, f"volume/{volume['VolumeId']}"),
            region=region,
            name=tags.get("Name") or volume["VolumeId"],
            tags=tags,
            native_type=VOLUME,
            native=volume,
        )


def disk(volume: dict[str, Any], encryption: Encryption) -> Disk:
    """Facts of a volume of DescribeVolumes, whose size is in GiB. EBS encrypts with AES-256 (EBS
    user guide). A volume that is attached to nothing is not deleted with an instance."""
    attachments = volume["Attachments"]
    return Disk(
        encryption=encryption,
        attached=bool(attachments),
        size_bytes=volume["Size"] * 1024**3,
        zone=volume["AvailabilityZone"],
        delete_with_instance=any(
            attachment.get("DeleteOnTermination", False) for attachment in attachments
        ),
    )


SERVICE = Service(
    name="EBS volumes",
    types=((Disk, VOLUME),),
    calls=(DESCRIBE_VOLUMES, DESCRIBE_INSTANCES, DESCRIBE_KEY, *BACKUP_CALLS),
    region=disks,
)
