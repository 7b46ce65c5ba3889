"""Clusters of Azure Kubernetes Service."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.calls import child, listing
from collectors.azure.diagnostic_settings import LOGGING_CALLS, logging_of
from collectors.azure.ids import region_of
from collectors.document import Document, Unknown, then
from collectors.facts.compute import Cluster
from collectors.facts.shared import Encryption, Logging
from collectors.logic import told

NATIVE = "Microsoft.ContainerService/managedClusters"
LIST_CLUSTERS = listing(NATIVE, "ManagedClusters_List")
LIST_VERSIONS = child(
    "Microsoft.ContainerService/locations/kubernetesVersions",
    "ManagedClusters_ListKubernetesVersions",
    "/subscriptions/{subscription}/providers/Microsoft.ContainerService/locations/{location}"
    "/kubernetesVersions",
    result="values",
)

_NETWORK_POLICIES = ("azure", "calico", "cilium")
# Secrets lie in etcd, which Azure encrypts with a key of its own where no vault is named ("Data
# encryption at rest for AKS").
_BY_PROVIDER = Encryption(enabled=True, key_manager="provider", key_id=None, algorithm=None)
Item = dict[str, Any]


def clusters(account: Account) -> Iterable[Document]:
    """A document for each cluster."""
    found = account.resources(LIST_CLUSTERS)
    if isinstance(found, Unknown):
        yield account.unlisted(Cluster, found, native_type=NATIVE)
        return
    yield from (_document(account, item) for item in found)


def _document(account: Account, item: Item) -> Document:
    properties = item["properties"]
    access = properties.get("apiServerAccessProfile") or {}
    version = properties.get("currentKubernetesVersion") or told(properties, "kubernetesVersion")
    versions = account.read(LIST_VERSIONS, location=region_of(item))
    public = properties.get("publicNetworkAccess") != "Disabled"
    network = properties.get("networkProfile") or {}
    return account.document(
        Cluster(
            version=version,
            version_supported=then(
                versions, lambda known: then(version, lambda own: _supported(own, item, known))
            ),
            # A private cluster has no public endpoint ("Create a private AKS cluster").
            endpoint_public=public and access.get("enablePrivateCluster") is not True,
            endpoint_ranges=access.get("authorizedIPRanges") or [],
            secrets_encryption=_secrets(properties),
            audit_log=_audit_log(account, item["id"]),
            rbac=told(properties, "enableRBAC"),
            network_policy=str(network.get("networkPolicy")).lower() in _NETWORK_POLICIES,
            node_zones=_zones(properties),
            # The node images are Azure's own.
            nodes_hardened=None,
        ),
        item,
        native_type=NATIVE,
        native=_native(item),
    )


def _supported(version: str, item: Item, versions: list[Item] | None) -> bool:
    """Whether AKS supports the minor version under the cluster's support plan."""
    plan = str(item["properties"].get("supportPlan") or "KubernetesOfficial").lower()
    minor = ".".join(version.split(".")[:2])
    for one in versions or ():
        plans = {str(name).lower() for name in one["capabilities"]["supportPlan"]}
        if one["version"] == minor:
            return plan in plans and not one.get("isPreview")
    return False


def _secrets(properties: Item) -> Encryption:
    vault = (properties.get("securityProfile") or {}).get("azureKeyVaultKms") or {}
    if vault.get("enabled") is not True:
        return _BY_PROVIDER
    return Encryption(
        enabled=True, key_manager="customer", key_id=told(vault, "keyId"), algorithm=None
    )


def _audit_log(account: Account, id_: str) -> Logging:
    """Of all requests, or (kube-audit-admin) of those that change something."""
    groups = ("allLogs", "audit")
    log = logging_of(account, id_, ("kube-audit",), groups)
    return logging_of(account, id_, ("kube-audit-admin",), groups) if log.enabled is False else log


def _zones(properties: Item) -> list[str] | Unknown:
    pools = properties.get("agentPoolProfiles") or ()
    if not all(pool.get("availabilityZones") for pool in pools):
        return Unknown("a node pool names no availability zone")
    return sorted({str(zone) for pool in pools for zone in pool["availabilityZones"]})


def _native(item: Item) -> Item:
    """Without profiles that may hold secrets."""
    hidden = ("windowsProfile", "servicePrincipalProfile", "httpProxyConfig", "linuxProfile")
    properties = {name: one for name, one in item["properties"].items() if name not in hidden}
    return {**item, "properties": properties}


SERVICE = Service(
    name="Azure Kubernetes Service",
    types=((Cluster, NATIVE),),
    calls=(LIST_CLUSTERS, LIST_VERSIONS, *LOGGING_CALLS),
    account=clusters,
)
