"""Keys of Key Vault and of Managed HSM."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from collectors.azure import vault_facts
from collectors.azure.account import Account, Service, tags_of
from collectors.azure.calls import AzureCall
from collectors.azure.diagnostic_settings import LOGGING_CALLS, logging_of
from collectors.azure.ids import region_of
from collectors.azure.private_endpoints import has_private_endpoint
from collectors.azure.providers import GET_PROVIDER, offered
from collectors.azure.vault_calls import (
    GET_HSM_KEY,
    GET_KEY,
    HSMS,
    LIST_HSM_KEYS,
    LIST_HSMS,
    LIST_KEYS,
    LIST_SECRETS,
    LIST_VAULTS,
    VAULTS,
)
from collectors.document import Document, Unknown, then
from collectors.facts.key import EncryptionKey
from collectors.facts.shared import Logging

Item = dict[str, Any]


class Store(Struct, frozen=True, kw_only=True):
    """A kind of store of keys: the type of its keys, and the calls that read them."""

    native: str
    list_stores: AzureCall
    list_keys: AzureCall
    get_key: AzureCall


VAULT = Store(
    native=f"{VAULTS}/keys", list_stores=LIST_VAULTS, list_keys=LIST_KEYS, get_key=GET_KEY
)
HSM = Store(
    native=f"{HSMS}/keys", list_stores=LIST_HSMS, list_keys=LIST_HSM_KEYS, get_key=GET_HSM_KEY
)


def keys(account: Account) -> Iterable[Document]:
    """A document for each key of each vault and HSM; the cloud in China may have no HSMs."""
    for kind in (VAULT, HSM):
        find = offered if kind is HSM else Account.resources
        stores = find(account, kind.list_stores)
        if isinstance(stores, Unknown):
            yield account.unlisted(EncryptionKey, stores, native_type=kind.native)
            continue
        for store in stores:
            yield from _of_store(account, kind, store)


def _of_store(account: Account, kind: Store, store: Item) -> Iterator[Document]:
    found = account.listed(kind.list_keys, id=store["id"])
    if isinstance(found, Unknown):
        yield account.unlisted(EncryptionKey, found, region_of(store), kind.native)
        return
    if not found:
        return
    log = logging_of(account, store["id"], ("AuditEvent",), ("allLogs", "audit"))
    secrets = account.listed(LIST_SECRETS, id=store["id"]) if kind is VAULT else []
    yield from account.map(lambda key: _document(account, kind, store, key, log, secrets), found)


def _document(
    account: Account,
    kind: Store,
    store: Item,
    key: Item,
    log: Logging,
    secrets: list[Item] | Unknown,
) -> Document:
    vault = store["properties"]
    full = account.read(kind.get_key, id=store["id"], name=key["name"])
    read = then(full, lambda one: one["properties"])
    return account.document(
        EncryptionKey(
            manager="customer",
            origin=then(read, vault_facts.origin_of),
            algorithm=then(read, vault_facts.algorithm_of),
            rotation_days=then(read, lambda known: _rotation(known, key["name"], secrets)),
            policy=vault_facts.grants_of(vault, account.id, "keys")
            if kind is VAULT
            else Unknown("local roles of a managed HSM are told by the HSM alone"),
            state=then(read, vault_facts.state_of),
            used_by=None,
            network_ranges=vault_facts.ranges_of(vault),
            private_endpoint=has_private_endpoint(vault),
            audit_log=log,
            deletion_protection=vault_facts.purge_protected(vault),
        ),
        key,
        region=region_of(store),
        name=f"{store['name']}/{key['name']}",
        tags=tags_of(key) or tags_of(store),
        native_type=kind.native,
        native=None if isinstance(full, Unknown) else full,
    )


def _rotation(properties: Item, name: str, secrets: list[Item] | Unknown) -> int | Unknown | None:
    """A key without a policy may be that of a certificate, which is renewed with it."""
    days = vault_facts.rotation_days(properties)
    if days is not None:
        return days
    if isinstance(secrets, Unknown):
        return secrets
    if any(one["name"] == name and vault_facts.is_of_certificate(one) for one in secrets):
        return Unknown("the key is that of a certificate, and is renewed with it")
    return None


SERVICE = Service(
    name="Key Vault keys",
    types=((EncryptionKey, VAULT.native), (EncryptionKey, HSM.native)),
    calls=(
        LIST_VAULTS,
        LIST_KEYS,
        GET_KEY,
        LIST_SECRETS,
        GET_PROVIDER,
        LIST_HSMS,
        LIST_HSM_KEYS,
        GET_HSM_KEY,
        *LOGGING_CALLS,
    ),
    account=keys,
)
