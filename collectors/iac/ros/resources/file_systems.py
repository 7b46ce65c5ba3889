"""File systems with mount targets and access groups. Source: ALIYUN::NAS::* of the ROS resource
type reference."""

from __future__ import annotations

from collectors.iac.mappers.alicloud.file_system import FILE_SYSTEM, GROUP, RULE, TARGET
from collectors.iac.ros.resources.shared import UNWRITTEN, plain
from collectors.iac.stacks.resource import Translation

TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::NAS::AccessGroup": plain(GROUP, {"AccessGroupName": "access_group_name"}),
    "ALIYUN::NAS::AccessRule": plain(
        RULE,
        {
            "AccessGroupName": "access_group_name",
            "SourceCidrIp": "source_cidr_ip",
            "Ipv6SourceCidrIp": "ipv6_source_cidr_ip",
        },
    ),
    "ALIYUN::NAS::FileSystem": plain(
        FILE_SYSTEM,
        {
            "Description": "description",
            "ProtocolType": "protocol_type",
            "EncryptType": "encrypt_type",
            "ZoneId": "zone_id",
        },
    ),
    "ALIYUN::NAS::MountTarget": plain(
        TARGET,
        {
            "FileSystemId": "file_system_id",
            "AccessGroupName": "access_group_name",
            "VSwitchId": "vswitch_id",
        },
        {"access_group_name": UNWRITTEN},
    ),
}
