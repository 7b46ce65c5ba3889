"""Calls of PolarDB, of its version 2017-08-01."""

from __future__ import annotations

from collectors.aliyun.databases import database_call

DESCRIBE_CLUSTERS = database_call(
    "polardb", "DescribeDBClusters", "Items.DBCluster", "region", paged=True
)
DESCRIBE_GLOBAL_NETWORKS = database_call(
    "polardb", "DescribeGlobalDatabaseNetworks", "Items", "region", paged=True, may_omit=True
)
DESCRIBE_ATTRIBUTE = database_call("polardb", "DescribeDBClusterAttribute")
DESCRIBE_ENDPOINTS = database_call("polardb", "DescribeDBClusterEndpoints", "Items")
DESCRIBE_ALLOW_LIST = database_call("polardb", "DescribeDBClusterAccessWhitelist")
DESCRIBE_TEMPLATES = database_call(
    "polardb",
    "DescribeGlobalSecurityIPGroupRelation",
    "GlobalSecurityIPGroupRel",
    may_omit=True,
)
DESCRIBE_SSL = database_call("polardb", "DescribeDBClusterSSL", "Items")
DESCRIBE_TDE = database_call("polardb", "DescribeDBClusterTDE")
DESCRIBE_KEYS = database_call("polardb", "DescribeDBClusterEncryptionKey", absent=("NoActiveBYOK",))
DESCRIBE_BACKUP_POLICY = database_call("polardb", "DescribeBackupPolicy")
DESCRIBE_LOG_BACKUP_POLICY = database_call("polardb", "DescribeLogBackupPolicy")
DESCRIBE_AUDIT = database_call("polardb", "DescribeDBClusterAuditLogCollector")

CALLS = (
    DESCRIBE_CLUSTERS,
    DESCRIBE_GLOBAL_NETWORKS,
    DESCRIBE_ATTRIBUTE,
    DESCRIBE_ENDPOINTS,
    DESCRIBE_ALLOW_LIST,
    DESCRIBE_TEMPLATES,
    DESCRIBE_SSL,
    DESCRIBE_TDE,
    DESCRIBE_KEYS,
    DESCRIBE_BACKUP_POLICY,
    DESCRIBE_LOG_BACKUP_POLICY,
    DESCRIBE_AUDIT,
)
