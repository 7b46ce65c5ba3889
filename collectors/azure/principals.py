"""Whose the principals of roles are: the tenant's own, or somebody else's."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from collectors.azure.account import Account
from collectors.azure.applications import MICROSOFT, home_of, service_principals
from collectors.azure.entra_calls import LIST_SERVICE_PRINCIPALS, LIST_USERS
from collectors.azure.sign_in import is_outsider, users_by_id
from collectors.document import Unknown, then

Item = dict[str, Any]

PRINCIPAL_CALLS = (LIST_USERS, LIST_SERVICE_PRINCIPALS)

_KIND = Unknown("the assignment does not tell what kind its principal is of")


class Owner(Struct, frozen=True):
    """Who owns a principal, in the words of `Grant`: `account` is the subscription itself for the
    tenant's own; another tenant's id; of a guest the domain of its address. Null where the
    directory does not know the principal, which was deleted, and of a service."""

    account: str | Unknown | None
    kind: Literal["account", "service"] = "account"


def owner_of(account: Account, principal: str, kind: str) -> Owner:
    """The owner of a principal, by its id in the directory and its kind (`principalType`)."""
    match kind.lower():
        case "group":
            return Owner(account.id)
        case "foreigngroup":
            return Owner(None)
        case "user":
            return Owner(
                then(users_by_id(account), lambda known: _of_user(account, known.get(principal)))
            )
        case "serviceprincipal":
            return _of_program(account, principal)
    return Owner(_KIND)


def _of_user(account: Account, user: Item | None) -> str | Unknown | None:
    if user is None:
        return None
    return then(is_outsider(user), lambda outside: _address(user) if outside else account.id)


def _address(guest: Item) -> str:
    """The domain of a guest's address: anna@partner.com, or anna_partner.com#EXT#@contoso.com."""
    name = str(guest.get("userPrincipalName"))
    own = str(guest.get("mail") or name.partition("#EXT#")[0].replace("_", "@"))
    return own.rpartition("@")[2].lower() or name


def _of_program(account: Account, principal: str) -> Owner:
    known = service_principals(account)
    if isinstance(known, Unknown):
        return Owner(known)
    if principal not in known:
        return Owner(None)
    tenant = account.tenant.lower()
    home = home_of(known[principal], tenant)
    if home == MICROSOFT:
        return Owner(None, "service")
    return Owner(account.id if home == tenant else home)
