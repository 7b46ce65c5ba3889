"""Calls of Redis, Tair and Memcache (r-kvstore), of their version 2015-01-01."""

from __future__ import annotations

from collectors.aliyun.databases import database_call
from collectors.calls import Call, Scope


def _call(
    operation: str, result: str = "", scope: Scope = "resource", *, absent: tuple[str, ...] = ()
) -> Call:
    return database_call("r-kvstore", operation, result, scope, action="kvstore", absent=absent)


DESCRIBE_INSTANCES = database_call(
    "r-kvstore",
    "DescribeInstances",
    "Instances.KVStoreInstance",
    "region",
    action="kvstore",
    paged=True,
)
DESCRIBE_ATTRIBUTE = _call("DescribeInstanceAttribute", "Instances.DBInstanceAttribute")
DESCRIBE_NET_INFO = _call("DescribeDBInstanceNetInfo", "NetInfoItems.InstanceNetInfo")
DESCRIBE_ALLOW_LIST = _call("DescribeSecurityIps", "SecurityIpGroups.SecurityIpGroup")
DESCRIBE_TEMPLATES = database_call(
    "r-kvstore",
    "DescribeGlobalSecurityIPGroupRelation",
    "GlobalSecurityIPGroupRel",
    action="kvstore",
    may_omit=True,
)
DESCRIBE_SSL = _call("DescribeInstanceSSL", absent=("IncorrectEngineVersion",))
DESCRIBE_TDE = _call("DescribeInstanceTDEStatus")
DESCRIBE_KEY_IN_USE = _call("DescribeEncryptionKey")
DESCRIBE_BACKUP_POLICY = _call("DescribeBackupPolicy")
DESCRIBE_AUDIT = _call("DescribeAuditLogConfig")
DESCRIBE_SECURITY_GROUPS = database_call(
    "r-kvstore",
    "DescribeSecurityGroupConfiguration",
    "Items.EcsSecurityGroupRelation",
    action="kvstore",
    may_omit=True,
)
DESCRIBE_GLOBAL_INSTANCE = database_call(
    "r-kvstore",
    "DescribeGlobalDistributeCache",
    "GlobalDistributeCaches",
    action="kvstore",
    paged=True,
)

CALLS = (
    DESCRIBE_INSTANCES,
    DESCRIBE_ATTRIBUTE,
    DESCRIBE_NET_INFO,
    DESCRIBE_ALLOW_LIST,
    DESCRIBE_TEMPLATES,
    DESCRIBE_SSL,
    DESCRIBE_TDE,
    DESCRIBE_KEY_IN_USE,
    DESCRIBE_BACKUP_POLICY,
    DESCRIBE_AUDIT,
    DESCRIBE_SECURITY_GROUPS,
    DESCRIBE_GLOBAL_INSTANCE,
)
