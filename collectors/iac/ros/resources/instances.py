"""ECS instances with what leads to them, disks and snapshot policies. Source: ALIYUN::ECS::* and
ALIYUN::VPC::* of the ROS resource type reference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.blocks import Block
from collectors.iac.ros.resources.shared import UNWRITTEN, all_of, plain, rows, truth
from collectors.iac.stacks.resource import Resource, Translation, is_open, renamed, tags

_INSTANCE = {
    "InstanceName": "instance_name",
    "ImageId": "image_id",
    "VpcId": "vpc_id",
    "VSwitchId": "vswitch_id",
    "PrivateIpAddress": "private_ip",
    "ZoneId": "availability_zone",
    "KeyPairName": "key_name",
    "Password": "password",
    "PasswordInherit": "password_inherit",
    "RamRoleName": "role_name",
    "HttpEndpoint": "http_endpoint",
    "HttpTokens": "http_tokens",
    "UserData": "user_data",
    "SecurityEnhancementStrategy": "security_enhancement_strategy",
    "InternetMaxBandwidthOut": "internet_max_bandwidth_out",
    "DeletionProtection": "deletion_protection",
    "DedicatedHostId": "dedicated_host_id",
    "LaunchTemplateId": "launch_template_id",
    "LaunchTemplateName": "launch_template_name",
    "LaunchTemplateVersion": "launch_template_version",
    "SystemDiskEncrypted": "system_disk_encrypted",
    "SystemDiskKMSKeyId": "system_disk_kms_key_id",
    "SystemDiskAutoSnapshotPolicyId": "system_disk_auto_snapshot_policy_id",
}
_DATA_DISK = {
    "Encrypted": "encrypted",
    "KMSKeyId": "kms_key_id",
    "SnapshotId": "snapshot_id",
    "Size": "size",
    "AutoSnapshotPolicyId": "auto_snapshot_policy_id",
}
_DISK = {
    "DiskName": "disk_name",
    "Encrypted": "encrypted",
    "KMSKeyId": "kms_key_id",
    "SnapshotId": "snapshot_id",
    "InstanceId": "instance_id",
    "Size": "size",
    "ZoneId": "zone_id",
}
_FORWARD = plain(
    "alicloud_forward_entry",
    {
        "ForwardTableId": "forward_table_id",
        "InternalIp": "internal_ip",
        "InternalPort": "internal_port",
        "ExternalPort": "external_port",
        "IpProtocol": "ip_protocol",
    },
)
_SNAPSHOTS = "alicloud_ecs_auto_snapshot_policy_attachment"


def instance(resource: Resource) -> Iterator[Block]:
    """An instance, or a group of equal ones."""
    if resource.get("MaxAmount") in (0, "0"):
        return
    values = renamed(resource.properties, _INSTANCE) | _public_address(resource)
    values["security_groups"] = _groups(resource)
    values["data_disks"] = data_disks(resource.get("DiskMappings"))
    yield resource.block("alicloud_instance", values | {"tags": tags(resource.get("Tags"))})


def _public_address(resource: Resource) -> dict[str, Any]:
    """The bandwidth, 1 unless written, as far as it brings an address: none without
    AllocatePublicIP for an instance, and for a group it is not documented what then holds, nor for
    either what does where both are left out."""
    wanted = truth(resource.get("AllocatePublicIP"))
    bandwidth = resource.get("InternetMaxBandwidthOut")
    if wanted is None and bandwidth is None:
        return {"internet_max_bandwidth_out": UNWRITTEN}
    if wanted is None or bandwidth in (0, "0"):
        return {}
    if wanted is True:
        return {} if bandwidth is not None else {"internet_max_bandwidth_out": 1}
    if wanted is False and (bandwidth is None or resource.type == "ALIYUN::ECS::Instance"):
        return {"internet_max_bandwidth_out": 0}
    return {"internet_max_bandwidth_out": UNWRITTEN if wanted is False else wanted}


def _groups(resource: Resource) -> list[Any] | None:
    """The groups of the instance, and those of the interfaces that it is made with."""
    found = [resource.get("SecurityGroupId"), resource.get("SecurityGroupIds")]
    for each in rows(resource.get("EniMappings")):
        if isinstance(each, dict):
            found += [each.get("SecurityGroupId"), each.get("SecurityGroupIds")]
        else:
            found.append(each)
    return all_of(*found)


def data_disks(value: Any) -> Any:
    """The disks of a list of mappings."""
    if value is None or is_open(value):
        return value
    each_open = next((each for each in rows(value) if is_open(each)), None)
    if each_open is not None:
        return each_open
    return [renamed(each, _DATA_DISK) for each in rows(value) if isinstance(each, dict)]


def interface(resource: Resource) -> Iterator[Block]:
    """A network interface with its security groups."""
    values = {"security_group_ids": all_of(resource.get("SecurityGroupId"),
                                           resource.get("SecurityGroupIds"))}  # fmt: skip
    yield resource.block("alicloud_ecs_network_interface", values)


def disk(resource: Resource) -> Iterator[Block]:
    """A disk, with the snapshot policy that it names."""
    values = renamed(resource.properties, _DISK)
    yield resource.block("alicloud_ecs_disk", values | {"tags": tags(resource.get("Tags"))})
    if resource.get("AutoSnapshotPolicyId") is not None:
        link = {
            "disk_id": resource.itself(),
            "auto_snapshot_policy_id": resource.get("AutoSnapshotPolicyId"),
        }
        yield resource.block(_SNAPSHOTS, link, part="AutoSnapshotPolicyId")


def snapshot_policy(resource: Resource) -> Iterator[Block]:
    """A policy of automatic snapshots, with the disks that it names."""
    names = {
        "AutoSnapshotPolicyName": "auto_snapshot_policy_name",
        "RetentionDays": "retention_days",
        "EnableCrossRegionCopy": "enable_cross_region_copy",
        "TargetCopyRegions": "target_copy_regions",
    }
    values = renamed(resource.properties, names)
    yield resource.block("alicloud_ecs_auto_snapshot_policy", values)
    if resource.get("DiskIds") is not None:
        link = {"disk_id": resource.get("DiskIds"), "auto_snapshot_policy_id": resource.itself()}
        yield resource.block(_SNAPSHOTS, link, part="DiskIds")


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::ECS::AutoSnapshotPolicy": snapshot_policy,
    "ALIYUN::ECS::Disk": disk,
    "ALIYUN::ECS::DiskAttachment": plain(
        "alicloud_ecs_disk_attachment", {"DiskId": "disk_id", "InstanceId": "instance_id"}
    ),
    "ALIYUN::ECS::ForwardEntry": _FORWARD,
    "ALIYUN::ECS::Instance": instance,
    "ALIYUN::ECS::InstanceGroup": instance,
    "ALIYUN::ECS::NetworkInterface": interface,
    "ALIYUN::ECS::NetworkInterfaceAttachment": plain(
        "alicloud_ecs_network_interface_attachment",
        {"InstanceId": "instance_id", "NetworkInterfaceId": "network_interface_id"},
    ),
    "ALIYUN::ECS::RamRoleAttachment": plain(
        "alicloud_ram_role_attachment", {"InstanceIds": "instance_ids", "RamRoleName": "role_name"}
    ),
    "ALIYUN::ECS::SSHKeyPairAttachment": plain(
        "alicloud_ecs_key_pair_attachment",
        {"InstanceIds": "instance_ids", "KeyPairName": "key_pair_name"},
    ),
    "ALIYUN::VPC::EIPAssociation": plain(
        "alicloud_eip_association", {"AllocationId": "allocation_id", "InstanceId": "instance_id"}
    ),
    "ALIYUN::VPC::ForwardEntry": _FORWARD,
}
