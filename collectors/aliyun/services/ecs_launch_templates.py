"""Launch templates of ECS, by their default version: machines that are scaled away while a scan
looks are judged by what they are made from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.ecs_calls import DESCRIBE_IMAGES, ecs_call
from collectors.aliyun.launch_data import disks_encrypted, metadata_token_required, public_address
from collectors.aliyun.services.account_configuration import (
    DESCRIBE_DISK_ENCRYPTION,
    encrypts_by_default,
)
from collectors.aliyun.services.ecs_instances import image_of, read_images
from collectors.document import Document, Unknown, then
from collectors.facts.compute import LaunchTemplate
from collectors.logic import Known
from collectors.secrets import has_secrets

Item = dict[str, Any]

DESCRIBE_TEMPLATES = ecs_call("DescribeLaunchTemplates", "LaunchTemplateSets.LaunchTemplateSet")
DESCRIBE_VERSIONS = ecs_call(
    "DescribeLaunchTemplateVersions",
    "LaunchTemplateVersionSets.LaunchTemplateVersionSet",
    "resource",
)

NATIVE = "ACS::ECS::LaunchTemplate"
_NO_IMAGE = Unknown("the launch template names no image")
KEPT = (
    "ImageId", "InstanceType", "InternetMaxBandwidthOut", "HttpEndpoint", "HttpTokens",
    "SystemDisk.Encrypted", "SystemDisk.KMSKeyId", "DataDisks", "SecurityGroupId",
    "SecurityGroupIds", "VSwitchId", "KeyPairName", "RamRoleName",
    "Tags",
)  # fmt: skip


def launch_templates(account: Account, region: str) -> Iterable[Document]:
    """A document for each launch template of a region."""
    found = account.listed(DESCRIBE_TEMPLATES, region)
    if isinstance(found, Unknown):
        yield account.unlisted(LaunchTemplate, found, region, NATIVE)
        return
    if not found:
        return
    versions = account.map(lambda item: _default_version(account, region, item), found)
    images = read_images(account, region, {name for one in versions if (name := image_id(one))})
    encrypted = encrypts_by_default(account.read(DESCRIBE_DISK_ENCRYPTION, region))
    for item, data in zip(found, versions, strict=True):
        yield _document(account, region, item, facts_of(data, encrypted, images), data)


def _default_version(account: Account, region: str, item: Item) -> Item | Unknown:
    """The launch data of the version that counts where none is named."""
    name = item["LaunchTemplateId"]
    found = account.listed(
        DESCRIBE_VERSIONS,
        region,
        name,
        LaunchTemplateId=name,
        DefaultVersion=True,
        DetailFlag=True,
    )
    missing = Unknown("ECS does not describe the default version of the launch template")
    return then(found, lambda all_: all_[0]["LaunchTemplateData"] if all_ else missing)


def image_id(data: Item | Unknown) -> str:
    """The image that launch data name, "" for none."""
    return "" if isinstance(data, Unknown) else str(data.get("ImageId") or "")


def facts_of(
    data: Item | Unknown, encrypted: Known, images: dict[str, Item | Unknown | None]
) -> LaunchTemplate:
    """What launch data say of the machines."""
    name = image_id(data)
    return LaunchTemplate(
        metadata_token_required=then(data, metadata_token_required),
        disks_encrypted=then(data, lambda known: disks_encrypted(known, encrypted)),
        public_address=then(data, public_address),
        user_data_secrets=then(data, lambda known: has_secrets(known.get("UserData"))),
        image=image_of(images[name]) if name else then(data, lambda _: _NO_IMAGE),
    )


def _document(
    account: Account, region: str, item: Item, facts: LaunchTemplate, data: Item | Unknown
) -> Document:
    identity = item["LaunchTemplateId"]
    kept = {} if isinstance(data, Unknown) else {n: data[n] for n in KEPT if n in data}
    return account.document(
        facts,
        id=account.arn("ecs", region, f"launchtemplate/{identity}"),
        region=region,
        name=item["LaunchTemplateName"],
        # Its own, and those of the machines.
        tags={**tags_of(kept.get("Tags")), **tags_of(item.get("Tags"))},
        native_type=NATIVE,
        native={"version": item.get("DefaultVersionNumber"), **kept},
    )


SERVICE = Service(
    name="ECS launch templates",
    types=((LaunchTemplate, NATIVE),),
    calls=(DESCRIBE_TEMPLATES, DESCRIBE_VERSIONS, DESCRIBE_IMAGES, DESCRIBE_DISK_ENCRYPTION),
    region=launch_templates,
)
