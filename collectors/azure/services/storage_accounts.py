"""Blob services of storage accounts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.diagnostic_settings import LOGGING_CALLS, logging_of
from collectors.azure.private_endpoints import LIST_PRIVATE_ENDPOINTS, reaches
from collectors.azure.storage_accounts import (
    anonymous_allowed,
    encryption_of,
    exposure_of,
    grants_of,
    immutable_days,
    lifecycle_of,
    ranges_of,
    redundancy_of,
    replicas_of,
    tls_of,
)
from collectors.azure.storage_calls import (
    ACCOUNTS,
    GET_BLOB_SERVICE,
    GET_MANAGEMENT_POLICY,
    LIST_ACCOUNTS,
    LIST_CONTAINERS,
    LIST_OBJECT_REPLICATION,
)
from collectors.document import Document, Unknown, then
from collectors.facts.storage import Bucket
from collectors.logic import negated

_LOGS = ("StorageRead", "StorageWrite", "StorageDelete")
# Kinds of accounts that object replication does not take ("Object replication for block blobs").
_WITHOUT_REPLICATION = ("storage", "blobstorage")
Item = dict[str, Any]


def storage_accounts(account: Account) -> Iterable[Document]:
    """A document for each account that has blobs: premium accounts of files have none."""
    found = account.resources(LIST_ACCOUNTS)
    if isinstance(found, Unknown):
        yield account.unlisted(Bucket, found, native_type=ACCOUNTS)
        return
    blobs = [item for item in found if str(item.get("kind")).lower() != "filestorage"]
    yield from account.map(lambda item: _document(account, item, found), blobs)


def _document(account: Account, item: Item, accounts: list[Item]) -> Document:
    """Containers, lifecycle rules and copies are asked for; roles decide on other access, which
    has no policy of the account's own."""
    id_, properties = item["id"], item["properties"]
    containers = account.listed(LIST_CONTAINERS, id=id_)
    blobs = account.read(GET_BLOB_SERVICE, id=id_)
    policies = (
        account.listed(LIST_OBJECT_REPLICATION, id=id_)
        if str(item.get("kind")).lower() not in _WITHOUT_REPLICATION
        else []
    )
    return account.document(
        Bucket(
            exposure=exposure_of(properties, containers),
            public_access_block=negated(anonymous_allowed(properties)),
            acl=grants_of(properties, containers),
            policy=[],
            encryption=encryption_of(properties, "blob"),
            tls=tls_of(properties),
            versioning=then(blobs, _versioning),
            mfa_delete=None,
            object_lock_days=immutable_days(properties),
            logging=logging_of(
                account, f"{id_}/blobServices/default", _LOGS, groups=("allLogs", "audit")
            ),
            replication=replicas_of(item, account.id, policies, accounts),
            redundancy=redundancy_of(item),
            lifecycle=lifecycle_of(account.read(GET_MANAGEMENT_POLICY, id=id_)),
            source_ranges=ranges_of(properties),
            private_endpoint=reaches(account, properties, "blob"),
            referers=None,
            acceleration=False,
        ),
        item,
        native_type=ACCOUNTS,
        native=item,
    )


def _versioning(blobs: Item) -> bool:
    """Blob services leave out what was never switched on ("Blob Services - Get Service
    Properties")."""
    return blobs["properties"].get("isVersioningEnabled") is True


SERVICE = Service(
    name="Storage accounts",
    types=((Bucket, ACCOUNTS),),
    calls=(
        LIST_ACCOUNTS,
        GET_BLOB_SERVICE,
        LIST_CONTAINERS,
        GET_MANAGEMENT_POLICY,
        LIST_OBJECT_REPLICATION,
        LIST_PRIVATE_ENDPOINTS,
        *LOGGING_CALLS,
    ),
    account=storage_accounts,
)
