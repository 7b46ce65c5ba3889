"""Roles that somebody holds in the subscription, who holds them, and what other tenants were given
by Azure Lighthouse."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from collectors.azure import role_rights as rights
from collectors.azure.account import Account, Service
from collectors.azure.delegations import DELEGATED, DELEGATION_CALLS, delegations_of, given_by
from collectors.azure.entra_groups import JOINING_CALLS
from collectors.azure.ids import name_of
from collectors.azure.principals import PRINCIPAL_CALLS, Owner, outsiders_in, owner_of
from collectors.azure.role_calls import (
    LIST_ASSIGNMENTS,
    LIST_ELIGIBLE,
    LIST_ROLES,
    definition_of,
    holders,
    role_key,
    roles_by_key,
)
from collectors.azure.role_rights import Item
from collectors.document import Document, Unknown, also, then
from collectors.facts.identity import Role
from collectors.facts.shared import Grant
from collectors.logic import some

ASSIGNED = "Microsoft.Authorization/roleAssignments"
ELIGIBLE = "Microsoft.Authorization/roleEligibilityScheduleInstances"
_DEFINITIONS = "Microsoft.Authorization/roleDefinitions"

_NO_SESSION = Unknown("Azure limits sessions in Conditional Access, not by role")
_NO_USE = Unknown("Azure does not tell when a role was last used")
_CONDITIONAL = Unknown("conditions of the role assignments are not evaluated")
_ATTRIBUTE = re.compile(r"@\w+\[([^\]]+)\]")


def roles(account: Account) -> Iterable[Document]:
    """A document for each role that somebody holds or may activate, at the subscription, above or
    below it, and for each delegation to another tenant."""
    known = roles_by_key(account)
    assigned = account.listed(LIST_ASSIGNMENTS)
    eligible = account.listed(LIST_ELIGIBLE)
    held: list[Item] = []
    for native, found in ((ASSIGNED, assigned), (ELIGIBLE, eligible)):
        if isinstance(found, Unknown):
            yield account.unlisted(Role, found, native_type=native)
        else:
            held += found
    active = {} if isinstance(assigned, Unknown) else holders(assigned)
    for key, holding in sorted(holders(held).items()):
        native = ASSIGNED if key in active else ELIGIBLE
        yield _held(account, definition_of(known, key), holding, native)
    delegations, doubt = delegations_of(account)
    if doubt:
        yield account.unlisted(Role, doubt, native_type=DELEGATED)
    for one in delegations:
        yield _delegated(account, known, one)


def _held(
    account: Account, role: Item | Unknown, holding: list[Item], native_type: str
) -> Document:
    id_ = str(holding[0]["roleDefinitionId"] if isinstance(role, Unknown) else role["id"])
    name = name_of(id_) if isinstance(role, Unknown) else str(role["properties"]["roleName"])
    return account.document(
        Role(
            trust=_trusted(account, holding),
            policies=[id_],
            privileged=then(role, rights.privileged),
            max_session_minutes=_NO_SESSION,
            last_used=_NO_USE,
            escalation_paths=then(role, lambda found: _paths(found, holding)),
        ),
        {},
        # Not the id of the definition, which has a document of its own where it is custom.
        id=f"/subscriptions/{account.id}/providers/{_DEFINITIONS}/{role_key(id_)}/roleAssignments",
        name=name,
        native_type=native_type,
        native={"assignments": holding},
    )


def _paths(role: Item, holding: list[Item]) -> list[str] | Unknown:
    """A condition of an assignment may say which roles its holder can give."""
    paths = rights.escalation_paths(role)
    return _CONDITIONAL if paths and all(one.get("condition") for one in holding) else paths


def _trusted(account: Account, holding: list[Item]) -> list[Any]:
    """A grant for each assignment, then one for each outsider who is in a group that has one, or
    may join it, with an unknown place where these are not all known."""
    direct: dict[str, list[Any]] = {}
    inside: dict[Any, Any] = {}
    for held in holding:
        principal, kind = str(held["principalId"]), str(held.get("principalType"))
        owner = owner_of(account, principal, kind)
        direct.setdefault(principal, []).append(_grant(held, principal, owner))
        for one in outsiders_in(account, principal) if kind.lower() == "group" else ():
            if isinstance(one, Unknown):
                inside.setdefault(one, one)
            else:
                inside.setdefault(one[0], _grant(held, *one))
    assigned = [one for grants in direct.values() for one in grants]
    return assigned + [one for who, one in inside.items() if who not in direct]


def _grant(held: Item, principal: str, owner: Owner) -> Grant:
    """Groups are of the tenant; users may be guests in it, and applications another tenant's. A
    condition narrows what the holder may do, not who it is."""
    return Grant(
        principal=principal,
        account=owner.account,
        kind=owner.kind,
        actions=[str(held["roleDefinitionId"])],
        conditions=sorted(set(_ATTRIBUTE.findall(held.get("condition") or ""))),
        narrows=False,
    )


def _delegated(account: Account, known: dict[str, Item] | Unknown, one: Item) -> Document:
    """A delegation is a role that principals of the managing tenant hold, at once or after they
    activate it."""
    definition = given_by(one)
    if isinstance(definition, Unknown):
        facts = Role(
            trust=definition,
            policies=definition,
            privileged=definition,
            max_session_minutes=_NO_SESSION,
            last_used=_NO_USE,
            escalation_paths=definition,
        )
        return account.document(facts, one, native_type=DELEGATED, native=one)
    given = [
        *(definition.get("authorizations") or ()),
        *(definition.get("eligibleAuthorizations") or ()),
    ]
    ids = sorted({str(each["roleDefinitionId"]) for each in given})
    found = [definition_of(known, one_id) for one_id in ids]
    facts = Role(
        trust=[_foreign(each, str(definition["managedByTenantId"])) for each in given],
        policies=ids,
        privileged=some(then(role, rights.privileged) for role in found),
        max_session_minutes=_NO_SESSION,
        last_used=_NO_USE,
        escalation_paths=_joined([then(role, rights.escalation_paths) for role in found]),
    )
    return account.document(
        facts,
        one,
        name=str(definition.get("registrationDefinitionName") or ""),
        native_type=DELEGATED,
        native=one,
    )


def _foreign(authorization: Item, tenant: str) -> Grant:
    return Grant(
        principal=str(authorization["principalId"]),
        account=tenant,
        kind="account",
        actions=[str(authorization["roleDefinitionId"])],
        conditions=[],
        narrows=False,
    )


def _joined(paths: list[list[str] | Unknown]) -> list[str] | Unknown:
    missing = also(None, *paths)
    if missing:
        return missing
    return sorted({one for some_ in paths if not isinstance(some_, Unknown) for one in some_})


SERVICE = Service(
    name="Role assignments",
    types=((Role, ASSIGNED), (Role, ELIGIBLE), (Role, DELEGATED)),
    calls=(
        LIST_ROLES,
        LIST_ASSIGNMENTS,
        LIST_ELIGIBLE,
        *DELEGATION_CALLS,
        *PRINCIPAL_CALLS,
        *JOINING_CALLS,
    ),
    account=roles,
)
