"""Shared bandwidth packages, which give addresses and load balancers one bandwidth together."""

from __future__ import annotations

from typing import Any

from collectors.aliyun.nat import limit
from collectors.document import Unknown, then
from collectors.iac.blocks import Block, Project
from collectors.iac.mappers.joins import joined, target_of

SHARED = "alicloud_common_bandwidth_package"
ALB_SHARES = "alicloud_alb_load_balancer_common_bandwidth_package_attachment"
NLB_SHARES = "alicloud_nlb_loadbalancer_common_bandwidth_package_attachment"

_ELSEWHERE = Unknown("the bandwidth is that of a shared package")
_UNWRITTEN = Unknown("the template gives no bandwidth")


def of_package(value: Any, project: Project) -> int | Unknown | None:
    """The bandwidth of the package that a value names."""
    package = target_of(project, value, SHARED)
    if package is None:
        return value if isinstance(value, Unknown) else _ELSEWHERE
    return then(package.read("bandwidth", str, _UNWRITTEN), limit)


def of_balancer(block: Block, project: Project, kind: str) -> int | Unknown | None:
    """That of the package of a load balancer, which a resource of a type may give it; null where it
    has none."""
    links = joined(project, block, "load_balancer_id", kind)
    named = [each.values.get("bandwidth_package_id") for each in links.blocks]
    named += [block.values.get("bandwidth_package_id")]
    value = next((each for each in named if each not in (None, "")), None)
    return links.doubt if value is None else of_package(value, project)


LINK_TYPES = frozenset({SHARED, ALB_SHARES, NLB_SHARES})
