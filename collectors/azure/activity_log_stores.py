"""Where the activity log is exported to, and how it is kept there: in a table of a Log Analytics
workspace, or in append blobs of a storage account, one container for all of it."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, structs

from collectors.azure import storage_accounts
from collectors.azure.account import Account
from collectors.azure.calls import child
from collectors.azure.diagnostic_settings import GET_WORKSPACE, LIST_WORKSPACES, workspace_of
from collectors.azure.ids import region_of
from collectors.azure.named_resources import named
from collectors.azure.storage_calls import (
    GET_ACCOUNT,
    GET_BLOB_SERVICE,
    GET_CONTAINER,
    GET_MANAGEMENT_POLICY,
    LIST_ACCOUNTS,
    LIST_CONTAINERS,
)
from collectors.azure.storage_retention import deleted_after
from collectors.azure.workspace_facts import encryption
from collectors.document import Unknown, also, then
from collectors.facts.shared import Encryption, Exposure

GET_TABLE = child(
    "Microsoft.OperationalInsights/workspaces/tables", "Tables_Get", "{id}/tables/{name}"
)
STORE_CALLS = (
    LIST_WORKSPACES,
    GET_WORKSPACE,
    GET_TABLE,
    LIST_ACCOUNTS,
    GET_ACCOUNT,
    LIST_CONTAINERS,
    GET_CONTAINER,
    GET_BLOB_SERVICE,
    GET_MANAGEMENT_POLICY,
)

_TABLE, _CONTAINER = "AzureActivity", "insights-activity-logs"
_NO_STORE = Unknown("the store of the activity log does not exist")
_NOT_FOUND = "ResourceNotFound"

Item = dict[str, Any]


class Store(Struct, frozen=True, kw_only=True):
    """How a store keeps the log; fields as of `Trail`."""

    encryption: Encryption
    region: str | Unknown
    retention_days: int | Unknown | None
    exposure: Exposure
    versioning: bool | Unknown | None
    lock_days: int | Unknown | None
    error: str | Unknown | None


def unread(reason: Unknown) -> Store:
    """A store of which nothing is known."""
    return Store(
        encryption=Encryption.unread(reason),
        region=reason,
        retention_days=reason,
        exposure=Exposure.unread(reason),
        versioning=reason,
        lock_days=reason,
        error=reason,
    )


def _gone() -> Store:
    """A store that was deleted: nothing gets there."""
    return structs.replace(unread(_NO_STORE), error=_NOT_FOUND)


def in_workspace(account: Account, id_: str) -> Store:
    """A workspace. It encrypts what it holds always, and reading it takes a sign-in and a role,
    whatever its network says ("Azure Monitor data security"). It knows no versions and no locks."""
    workspace = workspace_of(account, id_)
    if not isinstance(workspace, dict):
        return _gone() if workspace is None else unread(workspace)
    return Store(
        encryption=encryption(),
        region=region_of(workspace),
        retention_days=_of_table(account.read(GET_TABLE, id=workspace["id"], name=_TABLE)),
        exposure=Exposure(public=False, via=[]),
        versioning=None,
        lock_days=None,
        error=None,
    )


def in_storage(account: Account, id_: str) -> Store:
    """A storage account."""
    item = named(account, id_, LIST_ACCOUNTS, GET_ACCOUNT)
    if not isinstance(item, dict):
        return _gone() if item is None else unread(item)
    properties = item["properties"]
    containers = account.listed(LIST_CONTAINERS, id=item["id"])
    blobs = account.read(GET_BLOB_SERVICE, id=item["id"])
    return Store(
        encryption=storage_accounts.encryption_of(properties, "blob"),
        region=region_of(item),
        retention_days=deleted_after(account, item, _CONTAINER, "appendBlob"),
        exposure=storage_accounts.exposure_of(properties, containers),
        versioning=then(blobs, lambda one: one["properties"].get("isVersioningEnabled") is True),
        lock_days=then(containers, lambda found: _lock(account, item, found)),
        error=None,
    )


def _lock(account: Account, item: Item, containers: list[Item]) -> int | Unknown:
    """Days for which nobody can delete or overwrite a blob, by a policy of the account or of the
    container: 0 without one, and with one that is not locked, which can be taken back."""
    own = _locked_days(item["properties"].get("immutableStorageWithVersioning") or {})
    held = [one["properties"] for one in containers if one.get("name") == _CONTAINER]
    if not any(one.get("hasImmutabilityPolicy") is True for one in held):
        return own
    container = account.read(GET_CONTAINER, id=item["id"], name=_CONTAINER)
    if isinstance(container, Unknown):
        return container
    policy = container["properties"].get("immutabilityPolicy") or {}
    of_container = _locked_days({"immutabilityPolicy": policy.get("properties")})
    doubt = also(own, of_container)
    return doubt or max(one for one in (own, of_container) if isinstance(one, int))


def _locked_days(holder: Item) -> int | Unknown:
    policy = holder.get("immutabilityPolicy") or {}
    if str(policy.get("state")).lower() != "locked":
        return 0
    days = policy.get("immutabilityPeriodSinceCreationInDays")
    return days if isinstance(days, int) else Unknown("the immutability policy tells no period")


def _of_table(table: Item | Unknown | None) -> int | Unknown:
    """Days that the log's table is kept, with what it keeps as an archive: a table may have a time
    of its own, shorter or longer than the workspace's."""
    if isinstance(table, Unknown):
        return table
    days = ((table or {}).get("properties") or {}).get("totalRetentionInDays")
    return (
        days
        if isinstance(days, int) and days > 0
        else Unknown("the workspace does not tell how long it keeps the activity log")
    )
