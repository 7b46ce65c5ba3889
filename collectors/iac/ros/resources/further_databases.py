"""SelectDB, HBase and PolarDB-X. Source: ALIYUN::SELECTDB::DBInstance, ALIYUN::HBase::Cluster,
ALIYUN::DRDS::DrdsInstance and ALIYUN::PolarDBX::DBInstance of the ROS resource type reference."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.further_databases import DRDS, HBASE, POLARDB_X, SELECTDB
from collectors.iac.ros.resources.shared import UNWRITTEN, plain
from collectors.iac.stacks.functions import open_
from collectors.iac.stacks.resource import Resource, Translation, is_open, renamed, tags


def selectdb(resource: Resource) -> Iterator[Block]:
    """An instance of SelectDB, whose allow-list is one list."""
    names = {
        "DBInstanceDescription": "db_instance_description",
        "EngineVersion": "engine_minor_version",
        "VSwitchId": "vswitch_id",
        "ZoneId": "zone_id",
    }
    values = renamed(resource.properties, names)
    ranges = resource.get("SecurityIPList")
    if ranges is not None:
        values["desired_security_ip_lists"] = (
            open_(ranges) if is_open(ranges) else [{"security_ip_list": ranges}]
        )
    yield resource.block(SELECTDB, values | {"tags": tags(resource.get("Tags"))})


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::DRDS::DrdsInstance": plain(
        DRDS,
        {
            "Description": "description",
            "MySQLVersion": "mysql_version",
            "VswitchId": "vswitch_id",
            "ZoneId": "zone_id",
        },
    ),
    "ALIYUN::HBase::Cluster": plain(
        HBASE,
        {
            "ClusterName": "name",
            "Engine": "engine",
            "EngineVersion": "engine_version",
            "VSwitchId": "vswitch_id",
            "ZoneId": "zone_id",
            "SecurityIPList": "ip_white",
            "EncryptionKey": "encryption_key",
            "DeletionProtection": "deletion_protection",
        },
        {"deletion_protection": UNWRITTEN},
    ),
    "ALIYUN::PolarDBX::DBInstance": plain(
        POLARDB_X,
        {
            "DBInstanceDescription": "description",
            "EngineVersion": "engine_version",
            "TopologyType": "topology_type",
            "PrimaryZone": "zone_id",
            "VSwitchId": "vswitch_id",
        },
    ),
    "ALIYUN::SELECTDB::DBInstance": selectdb,
}
