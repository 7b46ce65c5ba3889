"""Clusters of Azure Data Explorer. Source: template reference, Microsoft.Kusto."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import named, public
from collectors.iac.blocks import Block

_CLUSTER = "azurerm_kusto_cluster"
_NO_KEY = Unknown("the key is not written")


def cluster(resource: Resource) -> Iterator[Block]:
    """A cluster, with its key as a block beside it."""
    values = named(resource) | {
        "public_network_access_enabled": public(resource.get("publicNetworkAccess")),
        "allowed_ip_ranges": resource.get("allowedIpRangeList"),
        "disk_encryption_enabled": resource.get("enableDiskEncryption"),
        "zones": resource.body.get("zones"),
    }
    yield resource.block(_CLUSTER, values)
    key = resource.get("keyVaultProperties")
    if key is not None:
        values = {"cluster_id": resource.itself(), "key_name": _key(key)}
        yield resource.block(f"{_CLUSTER}_customer_managed_key", values, part="keyVaultProperties")


def _key(value: Any) -> Any:
    vault, name = at(value, "keyVaultUri"), at(value, "keyName")
    if isinstance(vault, str) and isinstance(name, str):
        return f"{vault.rstrip('/')}/keys/{name}"
    return value if isinstance(value, Unknown) else _NO_KEY


TRANSLATIONS: dict[str, Translation] = {"Microsoft.Kusto/clusters": cluster}
