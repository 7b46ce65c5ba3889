"""AnalyticDB and ClickHouse. Source: ALIYUN::ADB::DBCluster and ALIYUN::ClickHouse::DBCluster of
the ROS resource type reference."""

from __future__ import annotations

from collectors.iac.mappers.alicloud.warehouse import ADB, CLICKHOUSE
from collectors.iac.ros.resources.shared import plain
from collectors.iac.stacks.resource import Translation

TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::ADB::DBCluster": plain(
        ADB,
        {
            "DBClusterDescription": "description",
            "DBClusterVersion": "db_cluster_version",
            "VSwitchId": "vswitch_id",
            "ZoneId": "zone_id",
            "DiskEncryption": "disk_encryption",
            "KmsId": "kms_id",
            "EnableSSL": "enable_ssl",
        },
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
}
