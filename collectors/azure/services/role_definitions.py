"""Custom role definitions: what they allow and what it amounts to."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.azure import role_rights as rights
from collectors.azure.account import Account, Service
from collectors.azure.ids import subscription_of
from collectors.azure.role_calls import (
    LIST_ASSIGNMENTS,
    LIST_ELIGIBLE,
    LIST_ROLES,
    holders,
    role_key,
)
from collectors.azure.role_rights import Item
from collectors.document import Document, Unknown
from collectors.facts.identity import Policy

NATIVE = "Microsoft.Authorization/roleDefinitions"
_ELSEWHERE = Unknown("the role can be assigned in other subscriptions too")


def policies(account: Account) -> Iterable[Document]:
    """A document for each custom role that can be assigned in the subscription."""
    found = account.listed(LIST_ROLES)
    if isinstance(found, Unknown):
        yield account.unlisted(Policy, found, native_type=NATIVE)
        return
    assigned = account.listed(LIST_ASSIGNMENTS)
    eligible = account.listed(LIST_ELIGIBLE)
    for role in filter(rights.is_custom, found):
        yield account.document(
            Policy(
                attached=_attached(account, role, assigned, eligible),
                managed_by="customer",
                statements=rights.statements(role),
                full_admin=rights.full_admin(role),
                escalation_paths=rights.escalation_paths(role),
            ),
            role,
            native_type=NATIVE,
            name=str(role["properties"]["roleName"]),
            native=role,
        )


def _attached(
    account: Account,
    role: Item,
    assigned: list[Item] | Unknown,
    eligible: list[Item] | Unknown,
) -> int | Unknown:
    """How many principals hold a role, or may activate it where none holds it. That nobody does is
    known only of a role that is for this subscription alone."""
    for listed in (assigned, eligible):
        if isinstance(listed, Unknown):
            return listed
        held = {one["principalId"] for one in holders(listed).get(role_key(role["id"]), ())}
        if held:
            return len(held)
    scopes = [subscription_of(str(one)) for one in role["properties"]["assignableScopes"]]
    return 0 if all(scope == account.id.lower() for scope in scopes) else _ELSEWHERE


SERVICE = Service(
    name="Role definitions",
    types=((Policy, NATIVE),),
    calls=(LIST_ROLES, LIST_ASSIGNMENTS, LIST_ELIGIBLE),
    account=policies,
)
