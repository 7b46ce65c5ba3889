"""Clusters of Container Service for Kubernetes. Source: ALIYUN::CS::* of the ROS resource type
reference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.cluster import EDGE, MANAGED, NODE_POOL, SERVERLESS
from collectors.iac.ros.resources.shared import rows
from collectors.iac.stacks.functions import open_
from collectors.iac.stacks.resource import (
    Resource,
    Translation,
    is_open,
    part,
    parts,
    renamed,
    tags,
)

_KEY = Unknown("of this key ROS documents that it encrypts disks, and not Secrets")
_POOL = {
    "VSwitchIds": "vswitch_ids",
    "SocEnabled": "soc_enabled",
    "SecurityHardeningOs": "security_hardening_os",
}


def _cluster(kind: str) -> Translation:
    def translate(resource: Resource) -> Iterator[Block]:
        values = renamed(
            resource.properties,
            {"Name": "name", "KubernetesVersion": "version", "ContainerCidr": "pod_cidr"},
        )
        public = resource.get("EndpointPublicAccess")
        argument = (
            "endpoint_public_access_enabled" if kind == SERVERLESS else "slb_internet_enabled"
        )
        values[argument] = False if public is None else public
        if resource.get("EncryptionProviderKey") is not None:
            values["encryption_provider_key"] = _KEY
        values["addons"] = parts(resource.get("Addons"), {"Name": "name"})
        yield resource.block(kind, values | {"tags": tags(resource.get("Tags"))})
        if kind != SERVERLESS:
            yield from _pools(resource)

    return translate


def _pools(resource: Resource) -> Iterator[Block]:
    """The pools that a cluster is made with: as it writes them, else one by its own properties."""
    written = resource.get("NodePools")
    if written is None:
        own = {"cluster_id": resource.itself(), **renamed(resource.properties, _POOL)}
        yield resource.block(NODE_POOL, own, part="NodePool")
        return
    for i, each in enumerate(rows(written)):
        to: Any = open_(each) or resource.itself()
        group = each.get("ScalingGroup") if isinstance(each, dict) else None
        values = {"cluster_id": to, **_group(group)}
        yield resource.block(NODE_POOL, values, part=f"NodePools/{i}")


def _group(group: Any) -> dict[str, Any]:
    if is_open(group):
        return dict.fromkeys(_POOL.values(), open_(group))
    found = part(group, _POOL)
    return found if isinstance(found, dict) else {}


def node_pool(resource: Resource) -> Iterator[Block]:
    """A pool that is added to a cluster."""
    values = {"cluster_id": resource.get("ClusterId"), **_group(resource.get("ScalingGroup"))}
    yield resource.block(NODE_POOL, values)


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::CS::ASKCluster": _cluster(SERVERLESS),
    "ALIYUN::CS::ClusterNodePool": node_pool,
    "ALIYUN::CS::ManagedEdgeKubernetesCluster": _cluster(EDGE),
    "ALIYUN::CS::ManagedKubernetesCluster": _cluster(MANAGED),
}
