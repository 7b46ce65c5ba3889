"""Stores of App Configuration with replicas. Source: template reference,
Microsoft.AppConfiguration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import named, or_
from collectors.iac.blocks import Block

_STORES, _STORE = "Microsoft.AppConfiguration/configurationStores", "azurerm_app_configuration"
_NO_KEY = Unknown("the key is not written")


def store(resource: Resource) -> Iterator[Block]:
    """A store."""
    values = named(resource) | {
        "public_network_access": resource.get("publicNetworkAccess"),
        "encryption": _key(resource.get("encryption.keyVaultProperties")),
    }
    yield resource.block(_STORE, values)


def _key(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return [{"key_vault_key_identifier": or_(at(value, "keyIdentifier"), _NO_KEY)}]


def replica(resource: Resource) -> Iterator[Block]:
    """A replica in another region."""
    values = {
        "name": resource.name,
        "location": resource.location,
        "configuration_store_id": resource.owner(),
    }
    yield resource.block(f"{_STORE}_replica", values)


TRANSLATIONS: dict[str, Translation] = {_STORES: store, f"{_STORES}/replicas": replica}
