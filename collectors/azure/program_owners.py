"""Who owns programs, and so may give them a secret of its own and act as they do: owners of an
application that is registered in the tenant, and of a service principal ("Default user permissions
in Microsoft Entra ID": object ownership)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account
from collectors.azure.applications import PROGRAM_CALLS, is_managed, programs, service_principals
from collectors.azure.entra_calls import LIST_APPLICATION_OWNERS, LIST_PRINCIPAL_OWNERS
from collectors.azure.entra_groups import Members
from collectors.document import Unknown, also, then

PROGRAM_OWNER_CALLS = (*PROGRAM_CALLS, LIST_APPLICATION_OWNERS, LIST_PRINCIPAL_OWNERS)

Item = dict[str, Any]


def owners_of_programs(account: Account, principals: Iterable[str]) -> Members:
    """The owners of programs, by the ids of their service principals. Of one that was deleted there
    is none, and Azure alone gives a managed identity its secrets."""
    known = service_principals(account)
    registered = then(programs(account)[0], _by_principal)
    asked = sorted(set(principals))

    def owners(id_: str) -> frozenset[str] | Unknown:
        if isinstance(known, Unknown):
            return known
        if id_ not in known or is_managed(known[id_]):
            return frozenset()
        return _owners(account, id_, registered)

    return dict(zip(asked, account.map(owners, asked), strict=True))


def _by_principal(found: list[Any]) -> dict[str, str]:
    """The ids of applications by those of their service principals."""
    return {
        str(one.principal["id"]): str(one.application["id"])
        for one in found
        if isinstance(one.principal, dict)
    }


def _owners(
    account: Account, principal: str, registered: dict[str, str] | Unknown
) -> frozenset[str] | Unknown:
    if isinstance(registered, Unknown):
        return registered
    lists = [account.listed(LIST_PRINCIPAL_OWNERS, resource=principal, principal=principal)]
    if own := registered.get(principal):
        lists.append(account.listed(LIST_APPLICATION_OWNERS, resource=own, application=own))
    known = [one for some_ in lists if not isinstance(some_, Unknown) for one in some_]
    return also(None, *lists) or frozenset(str(one["id"]) for one in known)
