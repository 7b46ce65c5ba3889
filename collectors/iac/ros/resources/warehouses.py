"""AnalyticDB, ClickHouse, Kafka, Lindorm and Tablestore. Source: ALIYUN::ADB::DBCluster,
ALIYUN::ADBLake::DBCluster, ALIYUN::GPDB::*, ALIYUN::ClickHouse::DBCluster, ALIYUN::KAFKA::Instance,
ALIYUN::Lindorm::Instance and ALIYUN::OTS::* of the ROS resource type reference."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.gpdb import ALLOW_LIST, CONNECTION
from collectors.iac.mappers.alicloud.gpdb import INSTANCE as GPDB
from collectors.iac.mappers.alicloud.lindorm import INSTANCE as LINDORM
from collectors.iac.mappers.alicloud.table_store import EVERY_NETWORK, INSTANCE
from collectors.iac.mappers.alicloud.warehouse import ADB, CLICKHOUSE, KAFKA, LAKE
from collectors.iac.ros.resources.shared import UNWRITTEN, plain
from collectors.iac.stacks.functions import open_
from collectors.iac.stacks.resource import Resource, Translation, is_open, part, renamed, tags

_NETWORKS = {"NORMAL": EVERY_NETWORK, "VPC": ["VPC"], "VPC_CONSOLE": ["VPC"]}

_GPDB = plain(
    GPDB,
    {
        "DBInstanceDescription": "description",
        "EngineVersion": "engine_version",
        "VSwitchId": "vswitch_id",
        "ZoneId": "zone_id",
        "StandbyZoneId": "standby_zone_id",
        "SecurityIPList": "security_ip_list",
        "EncryptionType": "encryption_type",
        "EncryptionKey": "encryption_key",
    },
)


_CLUSTER = {
    "DBClusterVersion": "db_cluster_version",
    "VSwitchId": "vswitch_id",
    "ZoneId": "zone_id",
    "SecondaryZoneId": "secondary_zone_id",
    "DiskEncryption": "disk_encryption",
    "KmsId": "kms_id",
    "EnableSSL": "enable_ssl",
}


def kafka(resource: Resource) -> Iterator[Block]:
    """An instance of Kafka. A serverless one has no disks of its own."""
    values = renamed(resource.properties, {"DeployType": "deploy_type"})
    option = part(resource.get("DeployOption"), {"KMSKeyId": "kms_key_id", "Name": "name"})
    values |= option if isinstance(option, dict) else {}
    if resource.get("PayType") == "Serverless":
        values.setdefault("kms_key_id", UNWRITTEN)
    elif is_open(option):
        values["kms_key_id"] = open_(option)
    yield resource.block(KAFKA, values | {"tags": tags(resource.get("Tags"))})


def table_store(resource: Resource) -> Iterator[Block]:
    """An instance of Tablestore, which answers over every network unless told otherwise."""
    networks = resource.get("NetworkTypeACL")
    old = resource.get("Network")
    if networks is None:
        word = "NORMAL" if old is None else old
        networks = open_(word) if is_open(word) else _NETWORKS.get(str(word).upper())
    values = {"name": resource.get("InstanceName"), "network_type_acl": networks}
    yield resource.block(INSTANCE, values | {"tags": tags(resource.get("Tags"))})


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::ADB::DBCluster": plain(ADB, {"DBClusterDescription": "description", **_CLUSTER}),
    "ALIYUN::ADBLake::DBCluster": plain(
        LAKE, {"DBClusterDescription": "db_cluster_description", **_CLUSTER}
    ),
    "ALIYUN::ClickHouse::DBCluster": plain(
        CLICKHOUSE,
        {
            "DBClusterDescription": "db_cluster_description",
            "DBClusterVersion": "db_cluster_version",
            "VSwitchId": "vswitch_id",
            "ZoneId": "zone_id",
            "EncryptionType": "encryption_type",
            "EncryptionKey": "encryption_key",
        },
    ),
    "ALIYUN::GPDB::DBInstance": _GPDB,
    "ALIYUN::GPDB::ElasticDBInstance": _GPDB,
    "ALIYUN::GPDB::InstancePublicConnection": plain(CONNECTION, {"DBInstanceId": "instance_id"}),
    "ALIYUN::GPDB::DBInstanceIPArray": plain(
        ALLOW_LIST, {"DBInstanceId": "db_instance_id", "SecurityIPList": "security_ip_list"}
    ),
    "ALIYUN::KAFKA::Instance": kafka,
    "ALIYUN::Lindorm::Instance": plain(
        LINDORM,
        {
            "InstanceName": "instance_name",
            "VSwitchId": "vswitch_id",
            "ZoneId": "zone_id",
            "ArchVersion": "arch_version",
            "SecurityIpList": "ip_white_list",
            "InstanceChargeType": "payment_type",
            "DeletionProtection": "deletion_proection",
        },
        {"payment_type": "POSTPAY", "deletion_proection": False},
    ),
    "ALIYUN::OTS::Instance": table_store,
    "ALIYUN::OTS::InstanceV2": table_store,
}
