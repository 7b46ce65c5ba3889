"""Whose the principals of roles are: the tenant's own, or somebody else's."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from collectors.azure.account import Account
from collectors.azure.applications import home_of, operator, service_principals
from collectors.azure.entra_calls import LIST_SERVICE_PRINCIPALS, LIST_USERS
from collectors.azure.entra_groups import eligible_for, members_of, owners_of
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


def outsiders_in(account: Account, group: str) -> list[tuple[str, Owner] | Unknown]:
    """Who is in a group of the tenant, or may join it, and is no user or program of the tenant's
    own, or may be none; with an unknown place where not all of them are told."""
    users, programs = users_by_id(account), service_principals(account)
    if isinstance(users, Unknown):
        return [users]
    ways = [one(account, {group})[group] for one in (members_of, eligible_for, owners_of)]
    found: list[tuple[str, Owner] | Unknown] = [one for one in ways if isinstance(one, Unknown)]
    inside = [one for one in ways if not isinstance(one, Unknown)]
    for principal in sorted(frozenset().union(*inside)):
        if principal in users:
            owner = owner_of(account, principal, "User")
        elif isinstance(programs, Unknown):
            found.append(programs)
            continue
        elif principal in programs:
            owner = owner_of(account, principal, "ServicePrincipal")
        else:
            # A group within it, a device, or what was deleted: nobody acts as one of these.
            continue
        if owner.kind == "account" and owner.account != account.id:
            found.append((principal, owner))
    return found


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
    if home == operator(account):
        return Owner(None, "service")
    return Owner(account.id if home == tenant else home)
