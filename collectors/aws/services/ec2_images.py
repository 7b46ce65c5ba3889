"""Machine images that the account owns, and who may launch them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.ec2_calls import DESCRIBE_IMAGE_ATTRIBUTE, DESCRIBE_IMAGES, DESCRIBE_SNAPSHOTS
from collectors.aws.encryption import OFF, at_rest
from collectors.aws.kms_calls import DESCRIBE_KEY
from collectors.aws.logic import every
from collectors.aws.services.ec2_snapshots import shared_with
from collectors.document import Document, Unknown, then
from collectors.facts.compute import Copy, Image
from collectors.facts.shared import Encryption

IMAGE = "AWS::EC2::Image"
_NOT_TOLD = Unknown("ec2:DescribeImages does not tell whether a disk is encrypted")


def images(account: Account, region: str) -> Iterable[Document]:
    """A document for each image of a region that the account owns, deprecated and disabled ones
    included."""
    found = _own(account, region)
    if isinstance(found, Unknown):
        yield account.unlisted(Image, found, region, IMAGE)
        return
    keys = then(account.read(DESCRIBE_SNAPSHOTS, region, OwnerIds=["self"]), keys_by_snapshot)
    others = [(one, _own(account, one)) for one in account.regions if one != region]
    yield from account.map(
        lambda image: _document(account, region, image, keys, copies(region, image, others)), found
    )


def _own(account: Account, region: str) -> list[dict[str, Any]] | Unknown:
    found: list[dict[str, Any]] | Unknown = account.read(
        DESCRIBE_IMAGES, region, Owners=["self"], IncludeDeprecated=True, IncludeDisabled=True
    )
    return found


def copies(
    region: str, image: dict[str, Any], others: list[tuple[str, list[dict[str, Any]] | Unknown]]
) -> list[Copy] | Unknown:
    """The copies of an image in the other regions that are scanned, which name their source."""
    source = (image["ImageId"], region)
    found = []
    for place, images_there in others:
        if isinstance(images_there, Unknown):
            return images_there
        if any(
            (one.get("SourceImageId"), one.get("SourceImageRegion")) == source
            for one in images_there
        ):
            found.append(Copy(region=place))
    return found


def keys_by_snapshot(snapshots: list[dict[str, Any]]) -> dict[str, str]:
    """The KMS key of each encrypted snapshot."""
    return {item["SnapshotId"]: item["KmsKeyId"] for item in snapshots if item.get("KmsKeyId")}


def _document(
    account: Account,
    region: str,
    image: dict[str, Any],
    keys: dict[str, str] | Unknown,
    copied: list[Copy] | Unknown,
) -> Document:
    image_id = image["ImageId"]
    tags = tags_of(image.get("Tags"))
    return account.document(
        Image(
            encryption=_encryption(account, region, image, keys),
            shared_with=_shared_with(account, region, image),
            created=image["CreationDate"],
            source_exists=None,
            copies=copied,
            # EC2 does not tell how a system was hardened.
            hardened=None,
        ),
        id=account.arn("ec2", region, f"image/{image_id}"),
        region=region,
        name=image.get("Name") or image_id,
        tags=tags,
        native_type=IMAGE,
        native=image,
    )


def _shared_with(account: Account, region: str, image: dict[str, Any]) -> list[str] | Unknown:
    permissions = account.read(
        DESCRIBE_IMAGE_ATTRIBUTE,
        region,
        image["ImageId"],
        ImageId=image["ImageId"],
        Attribute="launchPermission",
    )
    if isinstance(permissions, Unknown) and image["Public"]:
        return ["all"]
    return then(permissions, shared_with)


def _encryption(
    account: Account, region: str, image: dict[str, Any], keys: dict[str, str] | Unknown
) -> Encryption | Unknown:
    """Encryption of an image: that of its disks, which lie in snapshots."""
    disks = [mapping["Ebs"] for mapping in image["BlockDeviceMappings"] if "Ebs" in mapping]
    if not disks:
        return Unknown(f"{image['ImageId']} has no EBS disk: how its store encrypts is not told")
    encrypted = every(disk.get("Encrypted", _NOT_TOLD) for disk in disks)
    if encrypted is not True:
        return OFF if encrypted is False else _NOT_TOLD
    key = then(keys, lambda known: _common_key(disks, known))
    return at_rest(account, region, True, key)


def _common_key(disks: list[dict[str, Any]], known: dict[str, str]) -> str | Unknown:
    used = {disk.get("KmsKeyId") or known.get(disk.get("SnapshotId", "")) for disk in disks}
    if len(used) == 1 and (key := used.pop()):
        return key
    return Unknown("the disks' snapshots do not name one key that all of them use")


SERVICE = Service(
    name="EC2 images",
    types=((Image, IMAGE),),
    calls=(DESCRIBE_IMAGES, DESCRIBE_SNAPSHOTS, DESCRIBE_IMAGE_ATTRIBUTE, DESCRIBE_KEY),
    region=images,
)
