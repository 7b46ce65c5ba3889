"""What an alert rule watches, by the types of resource. Pure; templates and live rules alike."""

from __future__ import annotations

from collections.abc import Iterable

_KINDS = (
    ("microsoft.compute/virtualmachine", "instance"),
    ("microsoft.compute/disks", "disk"),
    ("microsoft.sql/", "database"),
    ("microsoft.dbfor", "database"),
    ("microsoft.documentdb/", "database"),
    ("microsoft.cache/", "database"),
    ("microsoft.synapse/workspaces/sqlpools", "database"),
    ("microsoft.network/loadbalancers", "load_balancer"),
    ("microsoft.network/applicationgateways", "load_balancer"),
    ("microsoft.network/azurefirewalls", "firewall"),
    ("microsoft.network/virtualnetworkgateways", "gateway"),
    ("microsoft.network/vpngateways", "gateway"),
    ("microsoft.network/connections", "gateway"),
    ("microsoft.network/natgateways", "gateway"),
    ("microsoft.network/publicipaddresses", "gateway"),
    ("microsoft.network/bastionhosts", "gateway"),
    ("microsoft.network/expressroute", "gateway"),
    ("microsoft.containerservice/", "cluster"),
    ("microsoft.web/sites", "function"),
    ("microsoft.storage/", "bucket"),
)
"""Types of resource, by their beginning, and the kind of what is watched."""


def kind_of(types: Iterable[str]) -> str:
    """The kind of what is watched, given types in lower case; "other" where they are of several."""
    kinds = {next((kind for start, kind in _KINDS if one.startswith(start)), "") for one in types}
    return kinds.pop() or "other" if len(kinds) == 1 else "other"
