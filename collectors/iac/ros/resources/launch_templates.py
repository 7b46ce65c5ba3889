"""Launch templates and scaling configurations. Source: ALIYUN::ECS::LaunchTemplate and
ALIYUN::ESS::ScalingConfiguration of the ROS resource type reference."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.launch_template import CONFIGURATION
from collectors.iac.mappers.alicloud.launched import TEMPLATES
from collectors.iac.ros.resources.instances import data_disks
from collectors.iac.ros.resources.shared import UNWRITTEN
from collectors.iac.stacks.resource import Resource, Translation, parts, renamed, tags

_EITHER = {
    "InternetMaxBandwidthOut": "internet_max_bandwidth_out",
    "UserData": "user_data",
    "VSwitchId": "vswitch_id",
    "ZoneId": "zone_id",
}
_TEMPLATE = {
    **_EITHER,
    "LaunchTemplateName": "launch_template_name",
    "ImageId": "image_id",
    "KeyPairName": "key_pair_name",
    "RamRoleName": "ram_role_name",
    "PasswordInherit": "password_inherit",
    "SecurityEnhancementStrategy": "security_enhancement_strategy",
    "SecurityGroupId": "security_group_id",
    "SecurityGroupIds": "security_group_ids",
    "Ipv6AddressCount": "ipv6_address_count",
}
_CONFIGURATION = {
    **_EITHER,
    "ScalingConfigurationName": "scaling_configuration_name",
    "HttpEndpoint": "http_endpoint",
    "HttpTokens": "http_tokens",
    "SystemDiskEncrypted": "system_disk_encrypted",
    "SystemDiskKMSKeyId": "system_disk_kms_key_id",
}
_COPIED = ("internet_max_bandwidth_out", "user_data", "http_tokens", "data_disks")


_INTERFACE = {"SecurityGroupId": "security_group_id", "SecurityGroupIds": "security_group_ids"}


def template(resource: Resource) -> Iterator[Block]:
    """A launch template."""
    values = renamed(resource.properties, _TEMPLATE)
    values["network_interfaces"] = parts(resource.get("NetworkInterfaces"), _INTERFACE)
    values["data_disks"] = data_disks(resource.get("DiskMappings"))
    yield resource.block(TEMPLATES[0], values | {"tags": tags(resource.get("Tags"))})


def configuration(resource: Resource) -> Iterator[Block]:
    """A scaling configuration. What it does not say it takes from the instance that it names."""
    values = renamed(resource.properties, _CONFIGURATION)
    values["data_disks"] = data_disks(resource.get("DiskMappings"))
    if resource.get("InstanceId") is not None:
        values |= {name: UNWRITTEN for name in _COPIED if values.get(name) is None}
    yield resource.block(CONFIGURATION, values | {"tags": tags(resource.get("TagList"))})


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::ECS::LaunchTemplate": template,
    "ALIYUN::ESS::ScalingConfiguration": configuration,
}
