"""Application permissions of Microsoft Graph that programs were given: another way to rights over
the directory than its roles."""

from __future__ import annotations

from typing import Any

from collectors.azure.account import Account
from collectors.azure.applications import service_principals
from collectors.azure.entra_calls import (
    GET_SERVICE_PRINCIPAL,
    LIST_APPLICATION_RIGHTS,
    LIST_SERVICE_PRINCIPALS,
)
from collectors.azure.program_owners import PROGRAM_OWNER_CALLS, owners_of_programs
from collectors.document import Unknown, also, then

Item = dict[str, Any]

GRAPH_RIGHTS_CALLS = (
    LIST_SERVICE_PRINCIPALS,
    GET_SERVICE_PRINCIPAL,
    LIST_APPLICATION_RIGHTS,
    *PROGRAM_OWNER_CALLS,
)

MICROSOFT_GRAPH = "00000003-0000-0000-c000-000000000000"
"""The application id of Microsoft Graph, the same in every cloud."""

# By each of them a program can give itself or others any right, or act as somebody who has it
# ("Microsoft Graph permissions reference").
_ADMINISTRATIVE = {
    "Application.ReadWrite.All",
    "AppRoleAssignment.ReadWrite.All",
    "DelegatedPermissionGrant.ReadWrite.All",
    "Directory.ReadWrite.All",
    "Domain.ReadWrite.All",
    "EntitlementManagement.ReadWrite.All",
    "Group.ReadWrite.All",
    "GroupMember.ReadWrite.All",
    "Policy.ReadWrite.AuthenticationMethod",
    "Policy.ReadWrite.ConditionalAccess",
    "Policy.ReadWrite.PermissionGrant",
    "PrivilegedAccess.ReadWrite.AzureAD",
    "PrivilegedAccess.ReadWrite.AzureADGroup",
    "PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup",
    "PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup",
    "RoleAssignmentSchedule.ReadWrite.Directory",
    "RoleEligibilitySchedule.ReadWrite.Directory",
    "RoleManagement.ReadWrite.Directory",
    "RoleManagementPolicy.ReadWrite.AzureADGroup",
    "RoleManagementPolicy.ReadWrite.Directory",
    "Synchronization.ReadWrite.All",
    "User-PasswordProfile.ReadWrite.All",
    "User.ReadWrite.All",
    "UserAuthenticationMethod.ReadWrite.All",
}


def administrative_programs(account: Account) -> set[str] | Unknown:
    """The service principals that hold a permission for administrators, by their ids."""
    return account.once("administrative programs", lambda: _administrative(account))


def administrative_owners(account: Account) -> set[str] | Unknown:
    """Who owns a program that holds a permission for administrators, and so may act as it."""
    return account.once("administrative owners", lambda: _owning(account))


def _owning(account: Account) -> set[str] | Unknown:
    found = administrative_programs(account)
    if isinstance(found, Unknown):
        return found
    owners = owners_of_programs(account, found).values()
    known = (one for one in owners if not isinstance(one, Unknown))
    return also(None, *owners) or set[str]().union(*known)


def _administrative(account: Account) -> set[str] | Unknown:
    principals = service_principals(account)
    if isinstance(principals, Unknown):
        return principals
    graph = next(
        (id_ for id_, one in principals.items() if str(one["appId"]).lower() == MICROSOFT_GRAPH),
        None,
    )
    if graph is None:
        return set()
    roles = then(account.read(GET_SERVICE_PRINCIPAL, resource=graph, principal=graph), _role_names)
    given = account.listed(LIST_APPLICATION_RIGHTS, resource=graph, principal=graph)
    if isinstance(roles, Unknown) or isinstance(given, Unknown):
        return also(roles, given) or set()
    return {
        str(one["principalId"])
        for one in given
        if roles.get(str(one["appRoleId"]).lower()) in _ADMINISTRATIVE
    }


def _role_names(principal: Item) -> dict[str, str]:
    """The names of an application's permissions by their ids."""
    return {str(one["id"]).lower(): str(one.get("value")) for one in principal["appRoles"]}
