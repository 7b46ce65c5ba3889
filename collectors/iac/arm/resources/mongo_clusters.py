"""Clusters of Azure DocumentDB. Source: template reference, Microsoft.DocumentDB/mongoClusters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.databases import rule
from collectors.iac.arm.resources.words import named, or_
from collectors.iac.blocks import Block

_CLUSTERS = "Microsoft.DocumentDB/mongoClusters"
_NO_ACCESS = Unknown("publicNetworkAccess is not written")
_NO_KEY = Unknown("the key is not written")


def cluster(resource: Resource) -> Iterator[Block]:
    """A cluster; the reference tells no default of its public endpoint."""
    source = or_(
        resource.get("replicaParameters.sourceResourceId"),
        resource.get("restoreParameters.sourceResourceId"),
    )
    values = named(resource) | {
        "version": resource.get("serverVersion"),
        "public_network_access": or_(resource.get("publicNetworkAccess"), _NO_ACCESS),
        "high_availability_mode": resource.get("highAvailability.targetMode"),
        "customer_managed_key": _key(resource.get("encryption.customerManagedKeyEncryption")),
        "create_mode": resource.get("createMode"),
        "source_server_id": source,
    }
    yield resource.block("azurerm_mongo_cluster", values)


def _key(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return [{"key_vault_key_id": or_(at(value, "keyEncryptionKeyUrl"), _NO_KEY)}]


TRANSLATIONS: dict[str, Translation] = {
    _CLUSTERS: cluster,
    f"{_CLUSTERS}/firewallRules": rule("azurerm_mongo_cluster_firewall_rule", "mongo_cluster_id"),
}
