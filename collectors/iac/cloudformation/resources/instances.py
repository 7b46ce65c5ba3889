"""EC2 instances, their addresses and volumes. Source: CloudFormation template reference, EC2."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.stacks.resource import (
    Resource,
    Translation,
    is_open,
    part,
    renamed,
    tags,
)

_INSTANCE = {
    "ImageId": "ami",
    "KeyName": "key_name",
    "SubnetId": "subnet_id",
    "SecurityGroupIds": "vpc_security_group_ids",
    "SecurityGroups": "security_groups",
    "IamInstanceProfile": "iam_instance_profile",
    "Monitoring": "monitoring",
    "Tenancy": "tenancy",
    "HostId": "host_id",
    "HostResourceGroupArn": "host_resource_group_arn",
    "DisableApiTermination": "disable_api_termination",
    "UserData": "user_data_base64",
    "AvailabilityZone": "availability_zone",
    "Ipv6AddressCount": "ipv6_address_count",
    "Ipv6Addresses": "ipv6_addresses",
}
_EBS = {
    "Encrypted": "encrypted",
    "KmsKeyId": "kms_key_id",
    "SnapshotId": "snapshot_id",
    "VolumeSize": "volume_size",
    "DeleteOnTermination": "delete_on_termination",
}
_LAUNCHED = {"LaunchTemplateId": "id", "LaunchTemplateName": "name", "Version": "version"}
_VOLUME = {
    "Encrypted": "encrypted",
    "KmsKeyId": "kms_key_id",
    "SnapshotId": "snapshot_id",
    "Size": "size",
    "AvailabilityZone": "availability_zone",
}


_MALFORMED = Unknown("the network interfaces are malformed")


def instance(resource: Resource) -> Iterator[Block]:
    """An instance. Which of its devices is the root disk only the image tells, so none is taken
    for it."""
    values = renamed(resource.properties, _INSTANCE)
    values |= _interfaces(resource.get("NetworkInterfaces"))
    options = {"HttpEndpoint": "http_endpoint", "HttpTokens": "http_tokens"}
    values["metadata_options"] = part(resource.get("MetadataOptions"), options)
    values["launch_template"] = part(resource.get("LaunchTemplate"), _LAUNCHED)
    values["ebs_block_device"] = _devices(resource.get("BlockDeviceMappings"))
    yield resource.block("aws_instance", values | {"tags": tags(resource.get("Tags"))})
    volumes = resource.get("Volumes")
    for i, volume in enumerate(volumes if isinstance(volumes, list) else []):
        held = volume.get("VolumeId") if isinstance(volume, dict) else volume
        link = {"instance_id": resource.itself(), "volume_id": held}
        yield resource.block("aws_volume_attachment", link, part=f"Volumes/{i}")


def _interfaces(value: Any) -> dict[str, Any]:
    """What the interfaces of an instance say in place of the instance itself."""
    if value is None:
        return {}
    if not isinstance(value, list) or any(is_open(each) for each in value):
        listed = value if isinstance(value, list) else [value]
        doubt = next((each for each in listed if is_open(each)), _MALFORMED)
        decided = ("subnet_id", "vpc_security_group_ids", "associate_public_ip_address")
        return dict.fromkeys(decided, doubt)
    found: dict[str, Any] = {}
    own: list[Any] = []
    groups: list[Any] = []
    for each in value:
        if each.get("NetworkInterfaceId") is not None:
            own.append({"network_interface_id": each["NetworkInterfaceId"]})
        listed = each.get("GroupSet") or []
        groups += listed if isinstance(listed, list) else [listed]
        names = {
            "AssociatePublicIpAddress": "associate_public_ip_address",
            "SubnetId": "subnet_id",
            "Ipv6AddressCount": "ipv6_address_count",
            "Ipv6Addresses": "ipv6_addresses",
        }
        for name, given in renamed(each, names).items():
            found.setdefault(name, given)
    return found | {"network_interface": own or None, "vpc_security_group_ids": groups or None}


def _devices(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    found = []
    for each in value:
        if is_open(each):
            return each
        ebs = each.get("Ebs")
        if is_open(ebs):
            return ebs
        if isinstance(ebs, dict):
            found.append(renamed(ebs, _EBS))
    return found


def volume(resource: Resource) -> Iterator[Block]:
    """An EBS volume."""
    values = renamed(resource.properties, _VOLUME)
    yield resource.block("aws_ebs_volume", values | {"tags": tags(resource.get("Tags"))})


TRANSLATIONS: dict[str, Translation] = {
    "AWS::EC2::EIP": plain("aws_eip", {"InstanceId": "instance"}),
    "AWS::EC2::EIPAssociation": plain(
        "aws_eip_association",
        {
            "AllocationId": "allocation_id",
            "EIP": "public_ip",
            "InstanceId": "instance_id",
            "NetworkInterfaceId": "network_interface_id",
        },
    ),
    "AWS::EC2::Instance": instance,
    "AWS::EC2::NetworkInterfaceAttachment": plain(
        "aws_network_interface_attachment",
        {"InstanceId": "instance_id", "NetworkInterfaceId": "network_interface_id"},
    ),
    "AWS::EC2::Volume": volume,
    "AWS::EC2::VolumeAttachment": plain(
        "aws_volume_attachment", {"InstanceId": "instance_id", "VolumeId": "volume_id"}
    ),
}
