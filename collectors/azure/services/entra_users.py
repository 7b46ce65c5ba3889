"""Users of the tenant (Microsoft Entra ID), guests among them: how they sign in, and what rights
they hold. One subscription of the tenant documents them for all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.entra_calls import LIST_SIGN_INS, LIST_USERS
from collectors.azure.entra_groups import group_name
from collectors.azure.graph_rights import GRAPH_RIGHTS_CALLS, administrative_owners
from collectors.azure.holdings import HOLDINGS_CALLS, Holdings, holdings_in, names
from collectors.azure.sign_in import (
    SIGN_IN_CALLS,
    SignIns,
    is_outsider,
    last_sign_ins,
    sign_ins,
    users_by_id,
)
from collectors.azure.subjects import subject_of
from collectors.document import Document, Unknown, then
from collectors.facts.identity import User
from collectors.logic import Known, some, told
from collectors.regions import GLOBAL

USER = "Microsoft.Graph/users"
_KEPT = ("id", "userPrincipalName", "displayName", "userType", "accountEnabled", "createdDateTime")

Item = dict[str, Any]
LastSignIns = dict[str, str | Unknown | None] | Unknown


def users(account: Account) -> Iterable[Document]:
    """A document for each user of the tenant."""
    if not account.leads_tenant:
        return
    found = users_by_id(account)
    if isinstance(found, Unknown):
        yield account.unlisted(User, found, GLOBAL, USER)
        return
    held = holdings_in(account, (account, *account.peers))
    ways, last = sign_ins(account), last_sign_ins(account)
    owners = administrative_owners(account)
    for user in found.values():
        acting = owners if isinstance(owners, Unknown) else str(user["id"]) in owners
        yield _document(account, user, held, ways, last, acting)


def _document(
    account: Account,
    user: Item,
    held: Holdings,
    ways: SignIns,
    last: LastSignIns,
    acting: Known,
) -> Document:
    """`acting`: whether the user owns a program with rights of an administrator."""
    id_ = str(user["id"])
    return account.document(
        User(
            # Every account of the tenant can sign in to the portal of Azure.
            console=True,
            mfa=ways.mfa(user, subject_of(user, held)),
            mfa_kinds=ways.mfa_kinds(user),
            # Entra ID has keys for applications alone.
            keys=[],
            password_last_used=then(last, lambda known: known.get(id_)),
            # A password is no older than its user.
            password_changed=user.get("lastPasswordChangeDateTime") or user.get("createdDateTime"),
            groups=then(
                held.groups(id_), lambda found: [group_name(account, one) for one in found]
            ),
            direct_policies=_direct(held, id_),
            privileged=some((is_privileged(held, id_), acting)),
            escalation_paths=None,
            external=is_outsider(user),
            enabled=told(user, "accountEnabled"),
        ),
        {},
        id=f"/tenants/{account.tenant}/users/{id_}",
        region=GLOBAL,
        name=str(user.get("userPrincipalName") or id_),
        native_type=USER,
        native={name: user[name] for name in _KEPT if name in user},
    )


def is_privileged(held: Holdings, principal: str) -> bool | Unknown:
    """Whether a principal holds, or may activate, a role for administrators."""
    return some([*(one.privileged for one in held.of(principal)), *held.doubts()])


def _direct(held: Holdings, principal: str) -> list[Any] | Unknown:
    """The roles that are given to a user itself, with a place for each list that was not read."""
    found: list[Any] = names(held.direct(principal))
    return [*found, *held.unread]


SERVICE = Service(
    name="Entra ID users",
    types=((User, USER),),
    calls=(LIST_USERS, LIST_SIGN_INS, *HOLDINGS_CALLS, *SIGN_IN_CALLS, *GRAPH_RIGHTS_CALLS),
    account=users,
)
