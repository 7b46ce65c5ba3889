"""Management locks, which keep what they are on, and all within it, from deletion."""

from __future__ import annotations

from typing import Any

from collectors.azure.account import Account
from collectors.azure.calls import child
from collectors.azure.ids import key
from collectors.document import Unknown, then

LIST_LOCKS = child(
    "Microsoft.Authorization/locks",
    "ManagementLocks_ListAtSubscriptionLevel",
    "/subscriptions/{subscription}/providers/Microsoft.Authorization/locks",
    scope="account",
    paged=True,
)

_MARK = "/providers/microsoft.authorization/locks/"
# ReadOnly keeps from deletion, too ("Lock your resources").
_LEVELS = ("cannotdelete", "readonly")


def locked(account: Account, id_: str) -> bool | Unknown:
    """Whether a lock on a resource, its group or the subscription keeps it from deletion."""
    return then(account.listed(LIST_LOCKS), lambda locks: _holds(key(id_), locks))


def _holds(resource: str, locks: list[dict[str, Any]]) -> bool:
    for lock in locks:
        scope, mark, _ = key(lock["id"]).rpartition(_MARK)
        level = str(lock["properties"]["level"]).lower()
        if mark and level in _LEVELS and (resource == scope or resource.startswith(f"{scope}/")):
            return True
    return False
