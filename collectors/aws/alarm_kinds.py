"""What CloudWatch alarms watch: kinds of resources by the namespaces of metrics. Pure."""

from __future__ import annotations

from typing import Any

Item = dict[str, Any]

_KINDS = {
    "AWS/EC2": "instance",
    "CWAgent": "instance",
    "AWS/RDS": "database",
    "AWS/DocDB": "database",
    "AWS/Neptune": "database",
    "AWS/ElastiCache": "database",
    "AWS/Redshift": "database",
    "AWS/DynamoDB": "database",
    "AWS/DAX": "database",
    "AWS/DMS": "database",
    "AWS/MemoryDB": "database",
    "AWS/ES": "database",
    "AWS/ELB": "load_balancer",
    "AWS/ApplicationELB": "load_balancer",
    "AWS/NetworkELB": "load_balancer",
    "AWS/GatewayELB": "load_balancer",
    "AWS/WAFV2": "firewall",
    "AWS/NetworkFirewall": "firewall",
    "AWS/NATGateway": "gateway",
    "AWS/TransitGateway": "gateway",
    "AWS/VPN": "gateway",
    "AWS/DX": "gateway",
    "AWS/EBS": "disk",
    "AWS/EKS": "cluster",
    "ContainerInsights": "cluster",
    "AWS/Lambda": "function",
    "AWS/S3": "bucket",
}

NAMING = frozenset(
    {"InstanceId", "VolumeId", "DBInstanceIdentifier", "DBClusterIdentifier", "LoadBalancer"}
    | {"LoadBalancerName", "NatGatewayId", "TransitGateway", "VpnId", "BucketName"}
)
"""Dimensions that name one resource, whose existence is looked up."""


def target_kind(alarm: Item) -> str:
    """The kind of what a metric alarm watches; other for metrics of one's own, for those of several
    kinds, and for queries."""
    metrics = [query.get("MetricStat", {}).get("Metric") for query in alarm.get("Metrics", [])] or [
        alarm
    ]
    kinds = {
        _KINDS.get(str(metric.get("Namespace")), "other")
        for metric in metrics
        if metric is not None
    }
    return kinds.pop() if len(kinds) == 1 else "other"


def only_scales(alarm: Item) -> bool:
    """Whether an alarm has actions, and all of them scale."""
    actions = alarm.get("AlarmActions") or []
    return bool(actions) and all(arn.split(":")[2] == "autoscaling" for arn in actions)
