"""Clusters of Container Service for Kubernetes. Source: ALIYUN::CS::* of the ROS resource type
reference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.cluster import (
    DEDICATED,
    EDGE,
    MANAGED,
    NODE_POOL,
    SERVERLESS,
)
from collectors.iac.ros.resources.shared import UNWRITTEN, rows
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
_WORKERS = {**_POOL, "WorkerVSwitchIds": "vswitch_ids"}


def _cluster(kind: str, *, public: bool | Unknown, profile: str | None = None) -> Translation:
    """Of a cluster, whose API server is `public` or not where its template does not say."""

    def translate(resource: Resource) -> Iterator[Block]:
        values = renamed(
            resource.properties,
            {"Name": "name", "KubernetesVersion": "version", "ContainerCidr": "pod_cidr"},
        )
        written = resource.get("EndpointPublicAccess")
        argument = (
            "endpoint_public_access_enabled" if kind == SERVERLESS else "slb_internet_enabled"
        )
        values[argument] = public if written is None else written
        values["profile"] = profile
        if resource.get("EncryptionProviderKey") is not None:
            values["encryption_provider_key"] = _KEY
        values["addons"] = parts(resource.get("Addons"), {"Name": "name", "Config": "config"})
        yield resource.block(kind, values | {"tags": tags(resource.get("Tags"))})
        if kind != SERVERLESS and profile is None:
            yield from _pools(resource)

    return translate


def _pools(resource: Resource) -> Iterator[Block]:
    """The pools that a cluster is made with: as it writes them, else one by its own properties."""
    written = resource.get("NodePools")
    if written is None:
        own = {"cluster_id": resource.itself(), **renamed(resource.properties, _WORKERS)}
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
    "ALIYUN::ACS::Cluster": _cluster(MANAGED, public=False, profile="Acs"),
    "ALIYUN::CS::ASKCluster": _cluster(SERVERLESS, public=True),
    "ALIYUN::CS::ClusterNodePool": node_pool,
    "ALIYUN::CS::KubernetesCluster": _cluster(DEDICATED, public=UNWRITTEN),
    "ALIYUN::CS::ManagedEdgeKubernetesCluster": _cluster(EDGE, public=True),
    "ALIYUN::CS::ManagedKubernetesCluster": _cluster(MANAGED, public=False),
}
