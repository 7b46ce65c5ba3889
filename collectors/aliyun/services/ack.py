"""Clusters of Container Service for Kubernetes (ACK), with the load balancer of their API server.

Registered clusters (ExternalKubernetes) run elsewhere and are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.databases import AES, NO_ENCRYPTION, encrypted_with
from collectors.aliyun.ecs_calls import DESCRIBE_INSTANCES
from collectors.aliyun.kms_calls import DESCRIBE_KEY
from collectors.aliyun.log_destinations import RETENTION_CALLS, delivered
from collectors.aliyun.services.slb import DESCRIBE_ACL, DESCRIBE_LISTENERS, sources_of
from collectors.aliyun.slb_calls import DESCRIBE_LOAD_BALANCERS
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.compute import Cluster
from collectors.facts.shared import Encryption, Logging
from collectors.logic import Known

Item = dict[str, Any]


def _call(
    operation: str, result: str, scope: Scope, *, paged: bool = False, action: str = ""
) -> Call:
    return Call(
        provider="aliyun",
        service="cs",
        operation=operation,
        permission=f"cs:{action or operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


DESCRIBE_CLUSTERS = _call(
    "DescribeClustersV1", "clusters", "region", paged=True, action="GetClusters"
)
DESCRIBE_CLUSTER = _call("DescribeClusterDetail", "", "resource")
DESCRIBE_NODE_POOLS = _call("DescribeClusterNodePools", "nodepools", "resource")
DESCRIBE_NODES = _call("DescribeClusterNodes", "nodes", "resource", paged=True)
GET_AUDIT = _call("GetClusterAuditProject", "", "resource")
DESCRIBE_VERSIONS = _call("DescribeKubernetesVersionMetadata", "", "region")

NATIVE = "ACS::ACK::Cluster"

_ELSEWHERE = "ExternalKubernetes"
_API_PORT = 6443
_KEPT = (
    "cluster_id", "name", "cluster_type", "cluster_spec", "profile", "state", "region_id",
    "current_version", "init_version", "next_version", "vpc_id", "vswitch_ids", "zone_id",
    "security_group_id", "deletion_protection", "created", "size", "network_mode", "ip_stack",
    "operation_policy", "maintenance_window", "resource_group_id",
)  # fmt: skip


class Around(Struct, frozen=True, kw_only=True):
    """What the clusters of a region are joined with, each part read or unknown."""

    balancers: list[Item] | Unknown
    listeners: list[Item] | Unknown
    zones: dict[str, str] | Unknown
    versions: dict[str, list[Item] | Unknown]


def clusters(account: Account, region: str) -> Iterable[Document]:
    """A document for each cluster of a region."""
    found = account.listed(DESCRIBE_CLUSTERS, region, region_id=region)
    if isinstance(found, Unknown):
        yield account.unlisted(Cluster, found, region, NATIVE)
        return
    own = [item for item in found if item["cluster_type"] != _ELSEWHERE]
    if not own:
        return
    around = Around(
        balancers=account.listed(DESCRIBE_LOAD_BALANCERS, region),
        listeners=account.listed(DESCRIBE_LISTENERS, region),
        zones=then(
            account.listed(DESCRIBE_INSTANCES, region),
            lambda all_: {one["InstanceId"]: one["ZoneId"] for one in all_},
        ),
        versions={
            kind: account.listed(
                DESCRIBE_VERSIONS, region, kind, Region=region, ClusterType=kind, Mode="supported"
            )
            for kind in sorted({item["cluster_type"] for item in own})
        },
    )
    yield from account.map(lambda item: _document(account, region, item, around), own)


def _document(account: Account, region: str, item: Item, around: Around) -> Document:
    identity = item["cluster_id"]
    public = endpoint_public(item)
    nodes = account.listed(DESCRIBE_NODES, region, identity, ClusterId=identity)
    pools = account.listed(DESCRIBE_NODE_POOLS, region, identity, ClusterId=identity)
    capabilities = capabilities_of(item)
    return account.document(
        Cluster(
            version=item["current_version"],
            version_supported=then(
                around.versions[item["cluster_type"]],
                lambda all_: version_supported(item["current_version"], all_, datetime.now(UTC)),
            ),
            endpoint_public=public,
            endpoint_ranges=then(
                public, lambda on: _ranges(account, region, item, around) if on else []
            ),
            secrets_encryption=then(
                capabilities, lambda found: _secrets_encryption(account, region, found)
            ),
            audit_log=_audit_log(account, region, identity),
            # "Authorization overview": every cluster of ACK has RBAC.
            rbac=True,
            network_policy=then(capabilities, _network_policy),
            node_zones=then(nodes, lambda all_: _node_zones(all_, around.zones)),
            nodes_hardened=then(pools, _nodes_hardened),
        ),
        id=account.arn("cs", region, f"cluster/{identity}"),
        region=region,
        name=item.get("name") or identity,
        tags=tags_of(item.get("tags")),
        native_type=NATIVE,
        native={name: item[name] for name in _KEPT if name in item},
    )


def _decoded(item: Item, name: str) -> Item | Unknown:
    """A part of a cluster that is JSON inside a text."""
    try:
        found = json.loads(item.get(name) or "")
    except ValueError:
        found = None
    return found if isinstance(found, dict) else Unknown(f"ACK does not tell {name} of the cluster")


def endpoint_public(item: Item) -> Known:
    """Whether the API server has an address in the internet (master_url)."""
    urls = _decoded(item, "master_url")
    return then(urls, lambda found: bool(found.get("api_server_endpoint")))


def capabilities_of(item: Item) -> Item | Unknown:
    """What the cluster was made with (meta_data)."""
    found = then(_decoded(item, "meta_data"), lambda data: data.get("Capabilities"))
    if isinstance(found, Unknown):
        return found
    untold = Unknown("ACK does not tell what the cluster was made with")
    return found if isinstance(found, dict) else untold


def _secrets_encryption(account: Account, region: str, capabilities: Item) -> Encryption:
    """Secrets are encrypted by a key of KMS where the cluster names one, and it is not off again;
    the managed disks of etcd do not count."""
    key = capabilities.get("EncryptionKMSKeyId")
    if not key or str(capabilities.get("DisableEncryption")).lower() == "true":
        return NO_ENCRYPTION
    return encrypted_with(account, region, str(key), algorithm=AES)


def _network_policy(capabilities: Item) -> Known:
    """Flannel enforces no network policies; Terway does where it is told to, inside the cluster."""
    if str(capabilities.get("Network", "")).lower() == "flannel":
        return False
    return Unknown("ACK does not tell whether the network plug-in enforces network policies")


def version_supported(version: str, known: list[Item], now: datetime) -> Known:
    """Whether ACK still supports a version: by its own date of expiry, else by that of another
    patch of the same minor version. A minor version that the list lacks is supported no longer."""
    same = [one for one in known if one["version"] == version]
    minor = _minor(version)
    for one in same or [one for one in known if _minor(one["version"]) == minor]:
        text = str(one.get("expiration_date") or "")
        try:
            expires = datetime.fromisoformat(text)
        except ValueError:
            return Unknown("ACK does not tell until when it supports the version")
        return expires > now
    return False if known else Unknown("ACK does not tell which versions it supports")


def _minor(version: str) -> list[str]:
    return version.removeprefix("v").split(".")[:2]


def _ranges(account: Account, region: str, item: Item, around: Around) -> list[str] | Unknown:
    """Who may reach the API server: by the ACL of its load balancer."""
    balancer = _balancer(account, region, item, around)
    if isinstance(balancer, Unknown):
        return balancer
    if isinstance(around.listeners, Unknown):
        return around.listeners
    for listener in around.listeners:
        if listener["LoadBalancerId"] == balancer and int(listener["ListenerPort"]) == _API_PORT:
            return sources_of(account, region, listener)
    return Unknown("the API server's listener is not visible to this account")


def _balancer(account: Account, region: str, item: Item, around: Around) -> str | Unknown:
    """The classic load balancer of the API server: as the cluster names it, else the one that has
    the address of its private endpoint."""
    identity = item["cluster_id"]
    detail = account.read(DESCRIBE_CLUSTER, region, identity, ClusterId=identity)
    if isinstance(detail, Unknown):
        return detail
    config = (detail.get("control_plane_endpoints_config") or {}).get("load_balancers_config")
    names = [one["load_balancer_id"] for one in config or [] if one.get("load_balancer_id")]
    for name in names:
        if name.startswith("lb-"):
            return str(name)
    if names:
        return Unknown("the API server stands behind a load balancer that is no classic one")
    inside = then(_decoded(item, "master_url"), _private_address)
    if isinstance(inside, Unknown):
        return inside
    if isinstance(around.balancers, Unknown):
        return around.balancers
    for balancer in around.balancers:
        if balancer["VpcId"] == item["vpc_id"] and balancer["Address"] == inside:
            return str(balancer["LoadBalancerId"])
    return Unknown("the API server's load balancer is not visible to this account")


def _private_address(urls: Item) -> str | None:
    return urlsplit(str(urls.get("intranet_api_server_endpoint") or "")).hostname


def _audit_log(account: Account, region: str, identity: str) -> Logging:
    """The audit log of the API server, in a Logstore of the account."""
    found = account.read(GET_AUDIT, region, identity, clusterid=identity)
    if isinstance(found, Unknown):
        return Logging.unread(found)
    if not found.get("audit_enabled"):
        return Logging.off()
    return delivered(account, region, str(found["sls_project_name"]), f"audit-{identity}")


def _node_zones(nodes: list[Item], zones: dict[str, str] | Unknown) -> list[str] | Unknown:
    """The zones of the nodes that are instances of ECS."""
    names = [one["instance_id"] for one in nodes if one.get("is_aliyun_node") is not False]
    if not names or isinstance(zones, Unknown):
        return zones if names and isinstance(zones, Unknown) else []
    found = {zones.get(name) for name in names}
    if None in found:
        return Unknown("the zone of a node is not visible to this account")
    return sorted(zone for zone in found if zone)


def _nodes_hardened(pools: list[Item]) -> Known | None:
    """Whether the nodes of every pool are hardened: for MLPS 2.0, or as Alibaba Cloud Linux has it;
    null for a cluster without pools of instances."""
    groups = [pool.get("scaling_group") or {} for pool in pools]
    if not groups:
        return None
    answers = [
        bool(group.get("soc_enabled") or group.get("security_hardening_os")) for group in groups
    ]
    return all(answers)


SERVICE = Service(
    name="Container Service for Kubernetes",
    types=((Cluster, NATIVE),),
    calls=(
        DESCRIBE_CLUSTERS,
        DESCRIBE_CLUSTER,
        DESCRIBE_NODE_POOLS,
        DESCRIBE_NODES,
        GET_AUDIT,
        DESCRIBE_VERSIONS,
        DESCRIBE_INSTANCES,
        DESCRIBE_LOAD_BALANCERS,
        DESCRIBE_LISTENERS,
        DESCRIBE_ACL,
        DESCRIBE_KEY,
        *RETENTION_CALLS,
    ),
    region=clusters,
)
