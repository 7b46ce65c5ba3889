"""Resources that others name by their ids, of this subscription or of another."""

from __future__ import annotations

from typing import Any

from collectors.azure.account import Account
from collectors.azure.calls import AzureCall, child
from collectors.azure.ids import same, subscription_of
from collectors.document import Unknown

Item = dict[str, Any]

_GONE = ("ResourceNotFound", "ResourceGroupNotFound")


def single(listed: AzureCall, operation: str) -> AzureCall:
    """The call for one resource of a list, "there is none" where it was deleted."""
    return child(listed.native_type, operation, "{id}", absent=_GONE)


def named(account: Account, id_: str, listed: AzureCall, one: AzureCall) -> Item | Unknown | None:
    """A resource by its id: from the list of its type where it is of this subscription, asked for
    by itself where it is another's. Null where it does not exist."""
    if subscription_of(id_) != account.id.lower():
        found: Item | Unknown | None = account.read(one, id=id_)
        return found
    items = account.resources(listed)
    if isinstance(items, Unknown):
        return items
    return next((item for item in items if same(item["id"], id_)), None)
