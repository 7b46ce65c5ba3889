"""Clusters of Azure Kubernetes Service with their node pools. Source: template reference,
Microsoft.ContainerService."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown, then
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import is_, named, or_
from collectors.iac.blocks import Block
from collectors.logic import negated

_NO_RBAC = Unknown("enableRBAC is not written")


def cluster(resource: Resource) -> Iterator[Block]:
    """A cluster. Whether one has roles of Kubernetes without a word is not documented."""
    disabled = is_(resource.get("publicNetworkAccess"), "Disabled")
    policy = resource.get("networkProfile.networkPolicy")
    values = named(resource) | {
        "kubernetes_version": resource.get("kubernetesVersion"),
        "role_based_access_control_enabled": or_(resource.get("enableRBAC"), _NO_RBAC),
        "private_cluster_enabled": resource.get("apiServerAccessProfile.enablePrivateCluster"),
        "public_network_access_enabled": None if disabled is None else negated(disabled),
        # The second name is that of API versions of 2019.
        "api_server_authorized_ip_ranges": or_(
            resource.get("apiServerAccessProfile.authorizedIPRanges"),
            resource.get("apiServerAuthorizedIPRanges"),
        ),
        "network_profile": None if policy is None else [{"network_policy": policy}],
        "key_management_service": _vault(resource),
        "default_node_pool": _pools(resource.get("agentPoolProfiles")),
    }
    yield resource.block("azurerm_kubernetes_cluster", values)


def _vault(resource: Resource) -> Any:
    vault = resource.get("securityProfile.azureKeyVaultKms")
    on = or_(at(vault, "enabled"), False)
    key = or_(at(vault, "keyId"), Unknown("the key is not written"))
    return then(on, lambda enabled: [{"key_vault_key_id": key}] if enabled is True else None)


def _pools(profiles: Any) -> Any:
    if not isinstance(profiles, list):
        return profiles
    return [{"zones": found} if (found := _zones(each)) is not None else {} for each in profiles]


def _zones(profile: Any) -> Any:
    return at(profile, "availabilityZones")


def pool(resource: Resource) -> Iterator[Block]:
    """A node pool of its own."""
    values = {
        "name": resource.name,
        "kubernetes_cluster_id": resource.owner(),
        "zones": _zones(resource.properties),
    }
    yield resource.block("azurerm_kubernetes_cluster_node_pool", values)


_CLUSTERS = "Microsoft.ContainerService/managedClusters"

TRANSLATIONS: dict[str, Translation] = {
    _CLUSTERS: cluster,
    f"{_CLUSTERS}/agentPools": pool,
}
