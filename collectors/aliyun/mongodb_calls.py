"""Calls of ApsaraDB for MongoDB (dds), of its version 2015-12-01."""

from __future__ import annotations

from collectors.aliyun.databases import database_call

DESCRIBE_INSTANCES = database_call(
    "dds", "DescribeDBInstances", "DBInstances.DBInstance", "region", paged=True
)
DESCRIBE_ATTRIBUTE = database_call("dds", "DescribeDBInstanceAttribute", "DBInstances.DBInstance")
DESCRIBE_REPLICA_SET = database_call("dds", "DescribeReplicaSetRole", "ReplicaSets.ReplicaSet")
DESCRIBE_SHARDING = database_call("dds", "DescribeShardingNetworkAddress")
DESCRIBE_ZONES = database_call("dds", "DescribeRoleZoneInfo", "ZoneInfos.ZoneInfo")
DESCRIBE_ALLOW_LIST = database_call("dds", "DescribeSecurityIps")
DESCRIBE_TEMPLATES = database_call(
    "dds",
    "DescribeGlobalSecurityIPGroupRelation",
    "GlobalSecurityIPGroupRel",
    may_omit=True,
)
DESCRIBE_SSL = database_call("dds", "DescribeDBInstanceSSL")
DESCRIBE_TDE = database_call("dds", "DescribeDBInstanceTDEInfo")
DESCRIBE_BACKUP_POLICY = database_call("dds", "DescribeBackupPolicy")
DESCRIBE_AUDIT = database_call("dds", "DescribeAuditPolicy")
DESCRIBE_AUDIT_STORE = database_call("dds", "DescribeMongoDBLogConfig")
DESCRIBE_SECURITY_GROUPS = database_call(
    "dds", "DescribeSecurityGroupConfiguration", "Items.RdsEcsSecurityGroupRel", may_omit=True
)

CALLS = (
    DESCRIBE_INSTANCES,
    DESCRIBE_ATTRIBUTE,
    DESCRIBE_REPLICA_SET,
    DESCRIBE_SHARDING,
    DESCRIBE_ZONES,
    DESCRIBE_ALLOW_LIST,
    DESCRIBE_TEMPLATES,
    DESCRIBE_SSL,
    DESCRIBE_TDE,
    DESCRIBE_BACKUP_POLICY,
    DESCRIBE_AUDIT,
    DESCRIBE_AUDIT_STORE,
    DESCRIBE_SECURITY_GROUPS,
)
