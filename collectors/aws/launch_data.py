"""What machines get that are made from launch data: pure functions over the `LaunchTemplateData`
of ec2:DescribeLaunchTemplateVersions, joined with the image and the settings of the account."""

from __future__ import annotations

from typing import Any

from collectors.aws.logic import Known, every, some, told
from collectors.aws.reachability import Ground, routes_to_internet
from collectors.aws.user_data import has_secrets
from collectors.document import Unknown, then

Item = dict[str, Any]

_UNSAID = Unknown(
    "neither the launch template nor the account nor the image says whether metadata takes a token"
)
_NO_DISK = Unknown("the machines have no EBS volume")
_SUBNET = Unknown("the subnet decides on public addresses, which is chosen at launch")


def user_data_secrets(data: Item) -> Known:
    """Whether the start script holds secrets."""
    return has_secrets(data.get("UserData"))


def metadata_token_required(
    data: Item, defaults: Item | Unknown | None, image: Item | Unknown
) -> Known:
    """Whether a machine's metadata service is off or asks for a token: by what is said at launch,
    else by the account's default, else by the image (EC2 user guide, "Order of precedence for
    instance metadata options"). Where none of them says it, newer types of machines ask for one."""
    own = data.get("MetadataOptions") or {}
    account = then(defaults, lambda known: known or {})
    endpoint = own.get("HttpEndpoint") or then(account, lambda known: known.get("HttpEndpoint"))
    tokens = own.get("HttpTokens") or then(account, lambda known: known.get("HttpTokens"))
    if endpoint == "disabled":
        return True
    if isinstance(tokens, Unknown):
        return tokens
    if tokens is not None:
        return bool(tokens == "required")
    return then(image, lambda known: known.get("ImdsSupport") == "v2.0" or _UNSAID)


def disks_encrypted(data: Item, by_default: Known, image: Item | Unknown) -> Known:
    """Whether every disk of a machine is encrypted: those of the image, as the launch data change
    them, and its own."""
    if by_default is True:
        return True
    own = {one["DeviceName"]: one for one in data.get("BlockDeviceMappings") or []}
    if isinstance(image, Unknown):
        answers = [image, *(_encrypted(one["Ebs"]) for one in own.values() if "Ebs" in one)]
    else:
        disks = {one["DeviceName"]: one["Ebs"] for one in _of_image(image)}
        # A device that is named without a disk (NoDevice, a virtual one) takes the image's away.
        kept = [(disk, own.get(name, {"Ebs": {}})) for name, disk in disks.items()]
        answers = [_merged(disk, one["Ebs"]) for disk, one in kept if "Ebs" in one]
        answers += [
            _encrypted(one["Ebs"])
            for name, one in own.items()
            if "Ebs" in one and name not in disks
        ]
    return some([by_default, every(answers) if answers else _NO_DISK])


def _of_image(image: Item) -> list[Item]:
    return [one for one in image.get("BlockDeviceMappings") or [] if "Ebs" in one]


def _encrypted(disk: Item) -> Known:
    """Whether a disk is that the image does not have."""
    if disk.get("Encrypted") is True:
        return True
    if disk.get("SnapshotId"):
        return Unknown(f"whether the snapshot {disk['SnapshotId']} is encrypted decides")
    return False


def _merged(of_image: Item, own: Item) -> Known:
    """Whether a disk of the image is; launch data that name it may encrypt it, never the other way
    round, and may put another snapshot in its place."""
    if own.get("SnapshotId", of_image.get("SnapshotId")) != of_image.get("SnapshotId"):
        return _encrypted(own)
    return own.get("Encrypted") is True or bool(of_image.get("Encrypted"))


def public_address(data: Item, subnets: list[str], ground: Ground) -> Known:
    """Whether a machine gets a public address: as its interfaces say, else as the subnets of its
    groups do. An IPv6 address counts where its subnet leads to an internet gateway."""
    interfaces = data.get("NetworkInterfaces") or []
    if any(
        one.get("AssociatePublicIpAddress") or one.get("AssociateCarrierIpAddress")
        for one in interfaces
    ):
        return True
    named = sorted({*subnets, *(one["SubnetId"] for one in interfaces if "SubnetId" in one)})
    # An interface that exists already has the addresses that it has.
    answers: list[Known] = [
        Unknown(f"the launch template takes the network interface {one['NetworkInterfaceId']}")
        for one in interfaces
        if one.get("NetworkInterfaceId")
    ]
    own = any(one.get("Ipv6AddressCount") or one.get("Ipv6Addresses") for one in interfaces)
    is_refused = any(one.get("AssociatePublicIpAddress") is False for one in interfaces)
    if not named:
        answers.append(_SUBNET)
    answers += [_by_subnet(name, ground, is_refused, own) for name in named]
    return some(answers)


def _by_subnet(name: str, ground: Ground, is_refused: bool, asks_six: bool) -> Known:
    if isinstance(ground.subnets, Unknown):
        return ground.subnets
    subnet = ground.subnets.get(name)
    if subnet is None:
        return Unknown(f"the subnet {name} is not visible to this account")
    four: Known = False if is_refused else told(subnet, "MapPublicIpOnLaunch")
    six: Known = False
    if asks_six or subnet.get("AssignIpv6AddressOnCreation"):
        six = routes_to_internet(ground, name, subnet["VpcId"], 6)
    return some([four, six])
