"""Who administers the subscription, and with which of the three duties: system, security, audit.

A duty is told by what roles of Azure allow in the whole subscription, and by roles of the directory
that hold in the whole tenant. Whoever may make and remove machines, networks or databases
administers the system; whoever may change rights, access to keys or the plans of Defender for Cloud
administers security; whoever may take the records of the activity log away from where they are sent
administers audit. Reading them is an auditor's work too, and counts as such for those who hold no
other duty. Full administration is all of them, and so is holding the three together. A role that
somebody may activate counts like one that is held.

Principals are users, those who hold a role through a group, or own such a group or a program with
roles, among them; and whoever other tenants say to be behind what was delegated to them (Azure
Lighthouse: TENANT/PRINCIPAL); not the tenant's programs.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.azure import entra_roles
from collectors.azure.account import Account
from collectors.azure.delegations import LIST_DELEGATIONS, given_by
from collectors.azure.entra_calls import LIST_USERS
from collectors.azure.entra_roles import WHOLE_TENANT, Duty
from collectors.azure.holdings import (
    HOLDINGS_CALLS,
    Holdings,
    holdings_in,
)
from collectors.azure.ids import key
from collectors.azure.role_calls import roles_by_key
from collectors.azure.role_holdings import Holding, azure_holding
from collectors.azure.role_rights import CHANGES_OF_RIGHTS, allows, escalation_paths, privileged
from collectors.azure.sign_in import users_by_id
from collectors.document import Unknown
from collectors.facts.account import Administrator

Item = dict[str, Any]

ADMINISTRATORS_CALLS = (LIST_USERS, LIST_DELEGATIONS, *HOLDINGS_CALLS)

# Making and removing, as a person in charge does. Contributors can.
_SYSTEM = (
    ("Microsoft.Compute/virtualMachines/write", "Microsoft.Compute/virtualMachines/delete"),
    ("Microsoft.Network/virtualNetworks/write", "Microsoft.Network/virtualNetworks/delete"),
    ("Microsoft.Sql/servers/write", "Microsoft.Sql/servers/delete"),
)
_SECURITY = (
    *CHANGES_OF_RIGHTS,
    "Microsoft.KeyVault/vaults/accessPolicies/write",
    "Microsoft.Security/pricings/write",
)
_AUDIT = (
    "Microsoft.Insights/diagnosticSettings/delete",
    "Microsoft.Insights/diagnosticSettings/write",
)
_READS_AUDIT = "Microsoft.Insights/eventtypes/values/read"
_ABOVE = "/providers/microsoft.management/managementgroups/"


def administrators(account: Account) -> list[Any] | Unknown:
    """The administrators by name, one entry for each duty. The duty is unknown of somebody whose
    roles cannot all be weighed; lists that could not be read have an unknown place at the end."""
    held = holdings_in(account, (account,))
    users = users_by_id(account)
    if isinstance(users, Unknown):
        return users
    found: list[Any] = []
    for user in sorted(users.values(), key=_name):
        if user.get("accountEnabled") is not False:
            found += _entries(account, _name(user), held.of(str(user["id"])))
    return [*found, *_delegated(account), *_unread(held)]


def _name(user: Item) -> str:
    return str(user.get("userPrincipalName") or user["id"])


def _unread(held: Holdings) -> list[Unknown]:
    return list(dict.fromkeys(held.doubts()))


def _delegated(account: Account) -> list[Any]:
    """Those to whom the whole subscription was delegated."""
    listed = account.listed(LIST_DELEGATIONS, id=f"/subscriptions/{account.id}")
    if isinstance(listed, Unknown):
        return [listed]
    known = roles_by_key(account)
    found: list[Any] = []
    given: dict[str, list[Holding]] = {}
    for one in listed:
        definition = given_by(one)
        if isinstance(definition, Unknown):
            found.append(definition)
            continue
        for name in ("authorizations", "eligibleAuthorizations"):
            for each in definition.get(name) or ():
                principal = f"{definition['managedByTenantId']}/{each['principalId']}"
                role = azure_holding(
                    {**each, "scope": f"/subscriptions/{account.id}"}, known, name[0] == "e"
                )
                given.setdefault(principal, []).append(role)
    for principal, holdings in sorted(given.items()):
        found += _entries(account, principal, holdings)
    return found


def _entries(account: Account, name: str, holdings: list[Holding]) -> list[Administrator]:
    whole = [one for one in holdings if _is_whole(account, one)]
    return [Administrator(principal=name, duty=duty) for duty in duties(whole)]


def _is_whole(account: Account, held: Holding) -> bool:
    """Whether a role is held in the whole subscription, or in the whole directory."""
    if held.of_directory:
        return held.scope == WHOLE_TENANT
    scope = key(held.scope)
    return scope in {"", f"/subscriptions/{account.id}"} or scope.startswith(_ABOVE)


def duties(holdings: list[Holding]) -> list[Duty | Unknown]:
    """The duties that roles give together to somebody who holds them in the whole subscription."""
    directory = [
        entra_roles.duty_of(one.role, one.definition) for one in holdings if one.of_directory
    ]
    azure = [one.definition for one in holdings if not one.of_directory]
    roles = [one for one in azure if isinstance(one, dict)]
    doubts = [one for one in (*directory, *azure) if isinstance(one, Unknown)]
    if "all" in directory or any(privileged(one) for one in roles):
        return ["all"]
    if doubts:
        return [doubts[0]]
    found: list[Duty | Unknown] = []
    if any(all(_allowed(roles, action) for action in actions) for actions in _SYSTEM):
        found.append("system")
    if "security" in directory or any(_allowed(roles, action) for action in _SECURITY):
        found.append("security")
    if any(_allowed(roles, action) for action in _AUDIT):
        found.append("audit")
    if not found and ("audit" in directory or _allowed(roles, _READS_AUDIT)):
        found.append("audit")
    if "security" not in found:
        found += [path for path in map(escalation_paths, roles) if isinstance(path, Unknown)][:1]
    return ["all"] if set(found) >= {"system", "security", "audit"} else found


def _allowed(roles: Iterable[Item], action: str) -> bool:
    return any(allows(role, action) for role in roles)
