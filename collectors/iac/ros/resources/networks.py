"""VPCs, vSwitches, flow logs and Logstores. Source: ALIYUN::ECS::VPC, ALIYUN::ECS::VSwitch,
ALIYUN::VPC::* and ALIYUN::SLS::* of the ROS resource type reference."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.log_stores import FOR_EVER
from collectors.iac.ros.resources.shared import plain, truth
from collectors.iac.stacks.resource import Resource, Translation, part, renamed


def log_store(resource: Resource) -> Iterator[Block]:
    """A Logstore."""
    names = {
        "LogstoreName": "logstore_name",
        "ProjectName": "project_name",
        "TTL": "retention_period",
        "EnableTracking": "enable_web_tracking",
    }
    values = renamed(resource.properties, names)
    kept = truth(resource.get("PreserveStorage"))
    if kept:
        values["retention_period"] = FOR_EVER if kept is True else kept
    settings = resource.get("EncryptConf")
    encryption = part(settings, {"Enable": "enable", "EncryptType": "encrypt_type"})
    if isinstance(settings, dict):
        key = part(settings.get("UserCmkInfo"), {"CmkKeyId": "cmk_key_id"})
        encryption |= {} if key is None else {"user_cmk_info": key}
    yield resource.block("alicloud_log_store", values | {"encrypt_conf": encryption})


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::ECS::VPC": plain(
        "alicloud_vpc",
        {
            "VpcName": "vpc_name",
            "CidrBlock": "cidr_block",
            "SecondaryCidrBlocks": "secondary_cidr_blocks",
        },
        {"cidr_block": "172.16.0.0/12"},
    ),
    "ALIYUN::ECS::VSwitch": plain(
        "alicloud_vswitch",
        {
            "VSwitchName": "vswitch_name",
            "VpcId": "vpc_id",
            "CidrBlock": "cidr_block",
            "ZoneId": "zone_id",
        },
    ),
    "ALIYUN::SLS::Logstore": log_store,
    "ALIYUN::SLS::Project": plain("alicloud_log_project", {"Name": "project_name"}),
    "ALIYUN::VPC::FlowLog": plain(
        "alicloud_vpc_flow_log",
        {
            "ResourceId": "resource_id",
            "ResourceType": "resource_type",
            "TrafficType": "traffic_type",
            "ProjectName": "project_name",
            "LogStoreName": "log_store_name",
        },
    ),
    "ALIYUN::VPC::VpcCidrBlockAssociation": plain(
        "alicloud_vpc_ipv4_cidr_block",
        {"VpcId": "vpc_id", "SecondaryCidrBlock": "secondary_cidr_block"},
    ),
}
