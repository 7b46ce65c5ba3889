"""What an alarm of CloudMonitor watches, by its namespace. Pure."""

from __future__ import annotations

_KINDS = (
    ("acs_ecs", "instance"),
    ("acs_rds", "database"),
    ("acs_polardb", "database"),
    ("acs_kvstore", "database"),
    ("acs_mongodb", "database"),
    ("acs_ads", "database"),
    ("acs_elasticsearch", "database"),
    ("acs_clickhouse", "database"),
    ("acs_hybriddb", "database"),
    ("acs_lindorm", "database"),
    ("acs_slb", "load_balancer"),
    ("acs_alb", "load_balancer"),
    ("acs_nlb", "load_balancer"),
    ("acs_cfw", "firewall"),
    ("waf", "firewall"),
    ("acs_nat", "gateway"),
    ("acs_vpc_eip", "gateway"),
    ("acs_vpn", "gateway"),
    ("acs_k8s", "cluster"),
    ("acs_fc", "function"),
    ("acs_oss", "bucket"),
)
"""Namespaces of CloudMonitor, by their beginning, and the kind of what they measure."""


def kind_of(namespace: str) -> str:
    """The kind of resource that a namespace measures; other for what is none."""
    return next((kind for start, kind in _KINDS if namespace.startswith(start)), "other")
