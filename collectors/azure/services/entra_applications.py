"""Programs in the tenant (Microsoft Entra ID): their secrets and certificates, and their rights.
Managed identities have none that anybody could copy, and are left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure.account import Account, Service
from collectors.azure.applications import PROGRAM_CALLS, Program, programs
from collectors.azure.entra_groups import group_name
from collectors.azure.graph_rights import (
    GRAPH_RIGHTS_CALLS,
    administrative_owners,
    administrative_programs,
)
from collectors.azure.holdings import HOLDINGS_CALLS, Holdings, holdings_in
from collectors.azure.services.entra_users import is_privileged
from collectors.document import Document, Unknown, also, then
from collectors.facts.identity import User
from collectors.logic import some, told
from collectors.regions import GLOBAL

APPLICATION, PRINCIPAL = "Microsoft.Graph/applications", "Microsoft.Graph/servicePrincipals"

Item = dict[str, Any]


def identities(account: Account) -> Iterable[Document]:
    """A document for each application of the tenant, and for each of another tenant that has
    credentials or roles in this one."""
    if not account.leads_tenant:
        return
    applications, foreign = programs(account)
    held = holdings_in(account, (account, *account.peers))
    administrative = administrative_programs(account)
    # Without all rights it is not known which of the others' have some.
    doubt = also(foreign, administrative, *held.doubts())
    if doubt:
        yield account.unlisted(User, doubt, GLOBAL, PRINCIPAL)
    if isinstance(applications, Unknown):
        yield account.unlisted(User, applications, GLOBAL, APPLICATION)
    for one in () if isinstance(applications, Unknown) else applications:
        yield _document(account, one, held, APPLICATION)
    for one in () if isinstance(foreign, Unknown) else foreign:
        if _matters(one, held, administrative):
            yield _document(account, one, held, PRINCIPAL)


def _matters(program: Program, held: Holdings, administrative: set[str] | Unknown) -> bool:
    """Tenants are full of service principals of others' applications that have nothing there."""
    principal = program.principal
    assert isinstance(principal, dict)
    id_ = str(principal["id"])
    rights = not isinstance(administrative, Unknown) and id_ in administrative
    return rights or bool(program.known_credentials() or held.of(id_))


def _document(account: Account, program: Program, held: Holdings, native_type: str) -> Document:
    principal = program.principal
    item = program.application or principal
    assert isinstance(item, dict)
    id_ = then(principal, lambda one: str(one["id"]) if one else "")
    return account.document(
        User(
            console=False,
            mfa=None,
            mfa_kinds=None,
            keys=program.credentials(),
            password_last_used=None,
            password_changed=None,
            groups=then(id_, lambda one: _groups(account, held, one)),
            direct_policies=None,
            privileged=then(id_, lambda one: _is_privileged(account, held, one) if one else False),
            escalation_paths=None,
            external=program.outside,
            enabled=then(principal, lambda one: told(one, "accountEnabled") if one else False),
        ),
        {},
        id=f"/tenants/{account.tenant}/{native_type.rpartition('/')[2]}/{item['id']}",
        region=GLOBAL,
        name=str(item.get("displayName") or item["id"]),
        native_type=native_type,
        native=_kept(item),
    )


def _is_privileged(account: Account, held: Holdings, principal: str) -> bool | Unknown:
    """Whether a program has rights of an administrator, by a role or over Microsoft Graph, or owns
    a program that has."""
    ways = (administrative_programs(account), administrative_owners(account))
    graph = (then(one, lambda found: principal in found) for one in ways)
    return some((is_privileged(held, principal), *graph))


def _groups(account: Account, held: Holdings, principal: str) -> list[str] | Unknown:
    return then(held.groups(principal), lambda found: [group_name(account, one) for one in found])


def _kept(item: Item) -> Item:
    """Evidence without hints of secrets."""
    names = ("id", "appId", "displayName", "servicePrincipalType", "appOwnerOrganizationId")
    return {name: item[name] for name in names if name in item}


SERVICE = Service(
    name="Entra ID applications",
    types=((User, APPLICATION), (User, PRINCIPAL)),
    calls=(*PROGRAM_CALLS, *HOLDINGS_CALLS, *GRAPH_RIGHTS_CALLS),
    account=identities,
)
