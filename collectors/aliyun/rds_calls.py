"""Calls of ApsaraDB RDS, of its version 2014-08-15."""

from __future__ import annotations

from collectors.aliyun.databases import database_call

# What an engine or edition without the feature answers.
_NOT_SUPPORTED = (
    "InstanceEngineType.NotSupport",
    "InvaildEngineInRegion.ValueNotSupported",
    "OperationDenied.DBInstanceType",
)

DESCRIBE_INSTANCES = database_call(
    "rds", "DescribeDBInstances", "Items.DBInstance", "region", paged=True
)
DESCRIBE_TAGS = database_call(
    "rds", "DescribeDBInstanceByTags", "Items.DBInstanceTag", "region", paged=True
)
DESCRIBE_CROSS_REGION_BACKUPS = database_call(
    "rds",
    "DescribeCrossRegionBackupDBInstance",
    "Items.Item",
    "region",
    paged=True,
    may_omit=True,
)
DESCRIBE_GLOBAL_CLUSTERS = database_call(
    "rds", "DescribeGadInstances", "GadInstances", "region", may_omit=True
)
DESCRIBE_ATTRIBUTE = database_call(
    "rds", "DescribeDBInstanceAttribute", "Items.DBInstanceAttribute"
)
DESCRIBE_NET_INFO = database_call(
    "rds", "DescribeDBInstanceNetInfo", "DBInstanceNetInfos.DBInstanceNetInfo"
)
DESCRIBE_PROXY = database_call("rds", "DescribeDBProxy", absent=_NOT_SUPPORTED)
DESCRIBE_ALLOW_LIST = database_call(
    "rds", "DescribeDBInstanceIPArrayList", "Items.DBInstanceIPArray"
)
DESCRIBE_TEMPLATES = database_call(
    "rds",
    "DescribeInstanceLinkedWhitelistTemplate",
    "Data.Templates",
    may_omit=True,
    absent=_NOT_SUPPORTED,
)
DESCRIBE_SSL = database_call("rds", "DescribeDBInstanceSSL", absent=_NOT_SUPPORTED)
DESCRIBE_HBA = database_call("rds", "DescribePGHbaConfig", "RunningHbaItems.HbaItem")
DESCRIBE_KEYS = database_call(
    "rds", "DescribeDBInstanceEncryptionKey", absent=("NoActiveBYOK", *_NOT_SUPPORTED)
)
DESCRIBE_TDE = database_call(
    "rds",
    "DescribeDBInstanceTDE",
    absent=("IncorrectDBInstanceType", "IncorrectEngineVersion", *_NOT_SUPPORTED),
)
DESCRIBE_BACKUP_POLICY = database_call("rds", "DescribeBackupPolicy")
DESCRIBE_AUDIT = database_call("rds", "DescribeSQLCollectorPolicy", absent=_NOT_SUPPORTED)
DESCRIBE_AUDIT_RETENTION = database_call("rds", "DescribeSQLCollectorRetention", "ConfigValue")
DESCRIBE_SECURITY_GROUPS = database_call(
    "rds", "DescribeSecurityGroupConfiguration", "Items.EcsSecurityGroupRelation", may_omit=True
)

CALLS = (
    DESCRIBE_INSTANCES,
    DESCRIBE_TAGS,
    DESCRIBE_CROSS_REGION_BACKUPS,
    DESCRIBE_GLOBAL_CLUSTERS,
    DESCRIBE_ATTRIBUTE,
    DESCRIBE_NET_INFO,
    DESCRIBE_PROXY,
    DESCRIBE_ALLOW_LIST,
    DESCRIBE_TEMPLATES,
    DESCRIBE_SSL,
    DESCRIBE_HBA,
    DESCRIBE_KEYS,
    DESCRIBE_TDE,
    DESCRIBE_BACKUP_POLICY,
    DESCRIBE_AUDIT,
    DESCRIBE_AUDIT_RETENTION,
    DESCRIBE_SECURITY_GROUPS,
)
