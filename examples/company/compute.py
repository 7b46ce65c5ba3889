"""Instances, their disks, snapshots and images."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from examples.company.account import (
    CORE,
    MAIN_REGION,
    MALL,
    OA,
    STANDBY_REGION,
    STRANGER_ACCOUNT,
    UNTAGGED,
    Account,
    Tags,
    pairs,
    specification,
)
from examples.company.keys import Keys
from examples.company.network import DEFAULT_GROUP, Networks

VENDOR_IMAGE = "ami-0123456789abcdef0"
"""Somebody else's public image of 2019; see `examples/moto_images.json`."""

ROOT_DEVICE = "/dev/xvda"
DATA_DEVICE = "/dev/sdf"


class Image(msgspec.Struct, frozen=True):
    """One of the company's own images."""

    name: str
    tags: Tags
    public: bool = False


IMAGES = (
    Image("bank-hardened-2026.09", CORE),
    # bad: everyone may start, and so read, the mall's image
    Image("mall-golden-2023.11", MALL, public=True),
)


class Instance(msgspec.Struct, frozen=True):
    """An instance with its root disk, in production."""

    name: str
    tags: Tags
    subnet: str
    """Empty: the default network."""
    firewall: str
    image: str
    """Empty: the vendor's image."""
    token_required: bool = False
    profile: str = ""
    root_key: str = ""
    """The key that encrypts the root disk; empty leaves it in the clear."""
    key_pair: str = ""
    detailed_monitoring: bool = False
    termination_protection: bool = False
    start_script: str = ""
    stopped: bool = False


INSTANCES = (
    Instance(
        "core-app-1",
        CORE,
        "core-app-a",
        "core-app",
        "bank-hardened-2026.09",
        token_required=True,
        profile="core-app-instance",
        root_key="core-data",
        key_pair="core-operations",
        detailed_monitoring=True,
        termination_protection=True,
    ),
    Instance(
        "core-app-2",
        CORE,
        "core-app-b",
        "core-app",
        "bank-hardened-2026.09",
        token_required=True,
        profile="core-app-instance",
        root_key="core-data",
        key_pair="core-operations",
        detailed_monitoring=True,
        termination_protection=True,
    ),
    # bad: public address, metadata without a token, disk in the clear, role that can do too much
    Instance(
        "mall-web-1",
        MALL,
        "mall-public-a",
        "mall-web",
        "mall-golden-2023.11",
        profile="mall-web-instance",
        key_pair="mall-shared",
    ),
    # bad: a bastion that the whole internet reaches
    Instance(
        "mall-bastion",
        MALL,
        "mall-public-a",
        "mall-bastion",
        "mall-golden-2023.11",
        token_required=True,
        root_key="mall-data",
        key_pair="mall-shared",
    ),
    # bad: everything open, a vendor's old image, a password in the start script, no key pair
    Instance(
        "oa-portal",
        OA,
        "oa-app-a",
        "oa-all",
        "",
        start_script="#!/bin/sh\nexport DB_PASSWORD=Example-Only-2019!\n/opt/oa/start\n",
    ),
    # bad: untagged, in the default network with its default group, stopped and forgotten
    Instance("old-ftp", UNTAGGED, "", DEFAULT_GROUP, "", stopped=True),
)


class Volume(msgspec.Struct, frozen=True):
    """A disk besides the root disks."""

    name: str
    region: str
    tags: Tags
    size_gib: int
    key: str = ""
    attached_to: str = ""


VOLUMES = (
    Volume("core-ledger-files", MAIN_REGION, CORE, 200, key="core-data", attached_to="core-app-1"),
    # bad: a key that is about to be deleted
    Volume("mall-cache", MAIN_REGION, MALL, 50, key="mall-legacy", attached_to="mall-bastion"),
    # bad: in the clear
    Volume("mall-uploads", MAIN_REGION, MALL, 100, attached_to="mall-web-1"),
    # bad: in the clear, attached to nothing, nobody's
    Volume("old-ftp-backup", MAIN_REGION, UNTAGGED, 500),
    Volume("core-standby-files", STANDBY_REGION, CORE, 200, key="core-data"),
)


class Snapshot(msgspec.Struct, frozen=True):
    """A copy of a volume, and who may read it."""

    name: str
    volume: str
    tags: Tags
    everyone: bool = False
    account: str = ""


SNAPSHOTS = (
    Snapshot("core-ledger-files-daily", "core-ledger-files", CORE),
    # bad: the customers' uploads, readable by every account there is
    Snapshot("mall-uploads-for-test", "mall-uploads", MALL, everyone=True),
    # bad: handed to a vendor that left
    Snapshot("old-ftp-migration", "old-ftp-backup", OA, account=STRANGER_ACCOUNT),
    Snapshot("core-standby-files-daily", "core-standby-files", CORE),
)


def fill_compute(account: Account, region: str, networks: Networks, keys: Keys) -> dict[str, str]:
    """Fill one region; give back the ids of the instances, by name."""
    ec2 = account.client("ec2", region)
    instances: dict[str, str] = {}
    if region == MAIN_REGION:
        images = {image.name: _image(account, ec2, image) for image in IMAGES}
        for name in ("core-operations", "mall-shared"):
            tags = CORE if name.startswith("core") else MALL
            ec2.create_key_pair(
                KeyName=name,
                KeyType="ed25519",
                TagSpecifications=specification("key-pair", name, tags),
            )
            account.made("ec2", "key-pair")
        for instance in INSTANCES:
            instances[instance.name] = _instance(account, ec2, instance, networks, keys, images)
        _own_address(account, ec2, instances["mall-bastion"])
    volumes = {
        volume.name: _volume(account, ec2, volume, keys, instances)
        for volume in VOLUMES
        if volume.region == region
    }
    for snapshot in SNAPSHOTS:
        if snapshot.volume in volumes:
            _snapshot(account, ec2, snapshot, volumes[snapshot.volume])
    if region == MAIN_REGION:
        # Turned on after the fact: what was there before stays in the clear. The standby region
        # was forgotten.
        ec2.enable_ebs_encryption_by_default()
    return instances


def _image(account: Account, ec2: Any, image: Image) -> str:
    answer = ec2.register_image(
        Name=image.name,
        Description="made by the image pipeline",
        RootDeviceName=ROOT_DEVICE,
        Architecture="x86_64",
        VirtualizationType="hvm",
    )
    image_id: str = answer["ImageId"]
    if image.tags:
        ec2.create_tags(Resources=[image_id], Tags=pairs(image.tags, image.name))
    if image.public:
        ec2.modify_image_attribute(ImageId=image_id, LaunchPermission={"Add": [{"Group": "all"}]})
    account.made("ec2", "image")
    return image_id


def _instance(
    account: Account,
    ec2: Any,
    instance: Instance,
    networks: Networks,
    keys: Keys,
    images: Mapping[str, str],
) -> str:
    subnet = networks.subnets[instance.subnet] if instance.subnet else networks.default_subnet
    disk: dict[str, Any] = {"VolumeSize": 40, "VolumeType": "gp3", "DeleteOnTermination": True}
    if instance.root_key:
        disk |= {"Encrypted": True, "KmsKeyId": keys.keys[instance.root_key]}
    request: dict[str, Any] = {
        "ImageId": images[instance.image] if instance.image else VENDOR_IMAGE,
        "InstanceType": "c5.large",
        "MinCount": 1,
        "MaxCount": 1,
        "SubnetId": subnet,
        "SecurityGroupIds": [networks.firewalls[instance.firewall]],
        "BlockDeviceMappings": [{"DeviceName": ROOT_DEVICE, "Ebs": disk}],
        "Monitoring": {"Enabled": instance.detailed_monitoring},
        "MetadataOptions": {
            "HttpEndpoint": "enabled",
            "HttpTokens": "required" if instance.token_required else "optional",
            "HttpPutResponseHopLimit": 1 if instance.token_required else 2,
        },
    }
    if instance.profile:
        request["IamInstanceProfile"] = {"Name": instance.profile}
    if instance.key_pair:
        request["KeyName"] = instance.key_pair
    if instance.start_script:
        request["UserData"] = instance.start_script
    if instance.tags:
        request["TagSpecifications"] = [
            *specification("instance", instance.name, instance.tags),
            *specification("volume", f"{instance.name}-root", instance.tags),
        ]
    else:
        request["TagSpecifications"] = specification("instance", instance.name, UNTAGGED)
    answer = ec2.run_instances(**request)
    instance_id: str = answer["Instances"][0]["InstanceId"]
    if instance.termination_protection:
        ec2.modify_instance_attribute(InstanceId=instance_id, DisableApiTermination={"Value": True})
    if instance.stopped:
        ec2.stop_instances(InstanceIds=[instance_id])
    account.made("ec2", "instance")
    account.made("ec2", "volume")
    return instance_id


def _own_address(account: Account, ec2: Any, instance: str) -> None:
    address = ec2.allocate_address(
        Domain="vpc", TagSpecifications=specification("elastic-ip", "mall-bastion", MALL)
    )
    ec2.associate_address(AllocationId=address["AllocationId"], InstanceId=instance)
    account.made("ec2", "elastic-ip")


def _volume(
    account: Account, ec2: Any, volume: Volume, keys: Keys, instances: Mapping[str, str]
) -> str:
    request: dict[str, Any] = {
        "AvailabilityZone": f"{volume.region}a",
        "Size": volume.size_gib,
        "VolumeType": "gp3",
        "TagSpecifications": specification("volume", volume.name, volume.tags),
    }
    if volume.key:
        request |= {"Encrypted": True, "KmsKeyId": keys.keys[volume.key]}
    answer = ec2.create_volume(**request)
    volume_id: str = answer["VolumeId"]
    if volume.attached_to:
        ec2.attach_volume(
            VolumeId=volume_id, InstanceId=instances[volume.attached_to], Device=DATA_DEVICE
        )
    account.made("ec2", "volume")
    return volume_id


def _snapshot(account: Account, ec2: Any, snapshot: Snapshot, volume: str) -> None:
    answer = ec2.create_snapshot(
        VolumeId=volume,
        Description=snapshot.name,
        TagSpecifications=specification("snapshot", snapshot.name, snapshot.tags),
    )
    sharing: dict[str, Any] = {}
    if snapshot.everyone:
        sharing["GroupNames"] = ["all"]
    if snapshot.account:
        sharing["UserIds"] = [snapshot.account]
    if sharing:
        ec2.modify_snapshot_attribute(
            SnapshotId=answer["SnapshotId"],
            Attribute="createVolumePermission",
            OperationType="add",
            **sharing,
        )
    account.made("ec2", "snapshot")
