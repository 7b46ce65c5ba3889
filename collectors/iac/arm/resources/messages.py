"""Namespaces of Event Hubs and Service Bus. Source: template reference, Microsoft.EventHub and
Microsoft.ServiceBus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.arm.resource import Resource, Translation, at
from collectors.iac.arm.resources.words import is_, named, or_
from collectors.iac.blocks import Block

_NO_MINIMUM = Unknown("minimumTlsVersion is not written")


def _namespace(kind: str) -> Translation:
    def translate(resource: Resource) -> Iterator[Block]:
        values = named(resource) | {
            "minimum_tls_version": or_(resource.get("minimumTlsVersion"), _NO_MINIMUM),
            "customer_managed_key": _key(resource),
        }
        yield resource.block(kind, values)

    return translate


def _key(resource: Resource) -> Any:
    own = is_(resource.get("encryption.keySource"), "Microsoft.KeyVault")
    if own is None or own is False or isinstance(own, Unknown):
        return own or None
    keys = resource.get("encryption.keyVaultProperties")
    first = keys[0] if isinstance(keys, list) and keys else keys
    vault, name = at(first, "keyVaultUri"), at(first, "keyName")
    if isinstance(vault, str) and isinstance(name, str):
        return [{"key_vault_key_id": f"{vault.rstrip('/')}/keys/{name}"}]
    return [{"key_vault_key_id": Unknown("the key is not written")}]


TRANSLATIONS: dict[str, Translation] = {
    "Microsoft.EventHub/namespaces": _namespace("azurerm_eventhub_namespace"),
    "Microsoft.ServiceBus/namespaces": _namespace("azurerm_servicebus_namespace"),
}
