"""The calls of Amazon RDS."""

from __future__ import annotations

from collectors.calls import Call, Scope


def _rds(operation: str, result: str, scope: Scope = "region", *, paged: bool = True) -> Call:
    return Call(
        provider="aws",
        service="rds",
        operation=operation,
        permission=f"rds:{operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


DESCRIBE_INSTANCES = _rds("DescribeDBInstances", "DBInstances")
DESCRIBE_CLUSTERS = _rds("DescribeDBClusters", "DBClusters")
DESCRIBE_GLOBAL_CLUSTERS = _rds("DescribeGlobalClusters", "GlobalClusters")
DESCRIBE_OPTION_GROUPS = _rds("DescribeOptionGroups", "OptionGroupsList", "resource")
DESCRIBE_PARAMETERS = _rds("DescribeDBParameters", "Parameters", "resource")
DESCRIBE_CLUSTER_PARAMETERS = _rds("DescribeDBClusterParameters", "Parameters", "resource")
DESCRIBE_PROXIES = _rds("DescribeDBProxies", "DBProxies")
LIST_TAGS = _rds("ListTagsForResource", "TagList", "resource", paged=False)
DESCRIBE_SNAPSHOTS = _rds("DescribeDBSnapshots", "DBSnapshots")
DESCRIBE_CLUSTER_SNAPSHOTS = _rds("DescribeDBClusterSnapshots", "DBClusterSnapshots")
DESCRIBE_SNAPSHOT_ATTRIBUTES = _rds(
    "DescribeDBSnapshotAttributes", "DBSnapshotAttributesResult", "resource", paged=False
)
DESCRIBE_CLUSTER_SNAPSHOT_ATTRIBUTES = _rds(
    "DescribeDBClusterSnapshotAttributes",
    "DBClusterSnapshotAttributesResult",
    "resource",
    paged=False,
)
