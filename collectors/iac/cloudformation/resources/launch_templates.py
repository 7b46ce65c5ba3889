"""Launch templates, launch configurations and Auto Scaling groups. Sources: CloudFormation template
reference, Amazon EC2 and Amazon EC2 Auto Scaling."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.blocks import Block
from collectors.iac.mappers.aws.launch_template import CONFIGURATION, GROUP, TEMPLATE
from collectors.iac.stacks.resource import Resource, Translation, part, parts, renamed

_METADATA = {"HttpEndpoint": "http_endpoint", "HttpTokens": "http_tokens"}
_EBS = {
    "Encrypted": "encrypted",
    "KmsKeyId": "kms_key_id",
    "SnapshotId": "snapshot_id",
    "VolumeSize": "volume_size",
    "DeleteOnTermination": "delete_on_termination",
}
_INTERFACE = {
    "AssociatePublicIpAddress": "associate_public_ip_address",
    "NetworkInterfaceId": "network_interface_id",
    "AssociateCarrierIpAddress": "associate_carrier_ip_address",
    "SubnetId": "subnet_id",
    "Groups": "security_groups",
    "Ipv6PrefixCount": "ipv6_prefix_count",
    "Ipv6AddressCount": "ipv6_address_count",
    "Ipv6Addresses": "ipv6_addresses",
}
_DATA = {
    "ImageId": "image_id",
    "UserData": "user_data_base64",
    "KeyName": "key_name",
    "SecurityGroupIds": "vpc_security_group_ids",
    "SecurityGroups": "security_group_names",
    "DisableApiTermination": "disable_api_termination",
}
_PLACEMENT = {
    "AvailabilityZone": "availability_zone",
    "Tenancy": "tenancy",
    "HostId": "host_id",
    "HostResourceGroupArn": "host_resource_group_arn",
}
_PROFILE = {"Arn": "arn", "Name": "name"}
_SPECIFIED = {
    "LaunchTemplateId": "launch_template_id",
    "LaunchTemplateName": "launch_template_name",
}


def template(resource: Resource) -> Iterator[Block]:
    """A launch template."""
    data = resource.get("LaunchTemplateData")
    if isinstance(data, dict):
        values = renamed(data, _DATA)
        values["metadata_options"] = part(data.get("MetadataOptions"), _METADATA)
        values["block_device_mappings"] = _mappings(data.get("BlockDeviceMappings"))
        values["network_interfaces"] = parts(data.get("NetworkInterfaces"), _INTERFACE)
        values["iam_instance_profile"] = part(data.get("IamInstanceProfile"), _PROFILE)
        values["monitoring"] = part(data.get("Monitoring"), {"Enabled": "enabled"})
        values["placement"] = part(data.get("Placement"), _PLACEMENT)
    else:
        decided = (
            "metadata_options",
            "block_device_mappings",
            "network_interfaces",
            "iam_instance_profile",
            "monitoring",
            "placement",
            *_DATA.values(),
        )
        values = dict.fromkeys(decided, data)
    name = renamed(resource.properties, {"LaunchTemplateName": "name"})
    yield resource.block(TEMPLATE, values | name)


def _mappings(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return [
        {"ebs": part(one.get("Ebs"), _EBS)} if isinstance(one, dict) else {"ebs": one}
        for one in value
    ]


def configuration(resource: Resource) -> Iterator[Block]:
    """A launch configuration."""
    names = {
        "LaunchConfigurationName": "name",
        "UserData": "user_data_base64",
        "AssociatePublicIpAddress": "associate_public_ip_address",
    }
    values = renamed(resource.properties, names)
    values["metadata_options"] = part(resource.get("MetadataOptions"), _METADATA)
    values["block_device_mappings"] = _mappings(resource.get("BlockDeviceMappings"))
    yield resource.block(CONFIGURATION, values)


def group(resource: Resource) -> Iterator[Block]:
    """An Auto Scaling group."""
    names = {
        "VPCZoneIdentifier": "vpc_zone_identifier",
        "TargetGroupARNs": "target_group_arns",
        "LoadBalancerNames": "load_balancers",
        "LaunchConfigurationName": "launch_configuration",
    }
    values = renamed(resource.properties, names)
    values["launch_template"] = part(resource.get("LaunchTemplate"), _SPECIFIED)
    values["mixed_instances_policy"] = _mixed(resource.get("MixedInstancesPolicy"))
    yield resource.block(GROUP, values)


def _mixed(value: Any) -> Any:
    inner = value.get("LaunchTemplate") if isinstance(value, dict) else value
    if not isinstance(inner, dict):
        return inner
    overrides = inner.get("Overrides")
    return {
        "launch_template": {
            "launch_template_specification": part(
                inner.get("LaunchTemplateSpecification"), _SPECIFIED
            ),
            "override": [
                {
                    "launch_template_specification": part(
                        one.get("LaunchTemplateSpecification"), _SPECIFIED
                    )
                }
                if isinstance(one, dict)
                else one
                for one in overrides
            ]
            if isinstance(overrides, list)
            else overrides,
        }
    }


TRANSLATIONS: dict[str, Translation] = {
    "AWS::AutoScaling::AutoScalingGroup": group,
    "AWS::AutoScaling::LaunchConfiguration": configuration,
    "AWS::EC2::LaunchTemplate": template,
}
