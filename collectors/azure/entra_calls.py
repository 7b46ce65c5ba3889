"""Calls of Microsoft Graph that tell the identities of the tenant (Microsoft Entra ID), and how
they sign in.

The report of registered second factors is asked, and not each user's own methods: Microsoft advises
against those for audits, and does not offer them in China. The report and the last sign-ins take
Microsoft Entra ID P1, without which they are unknown; without P2 nobody can activate a role.
"""

from __future__ import annotations

from collectors.azure.calls import directory

GONE = ("Request_ResourceNotFound",)
"""Of a group or a program that was deleted, while roles or policies still name it."""

# Privileged Identity Management is not in the tenant's licence: nobody can activate anything.
_NOT_LICENSED = ("AadPremiumLicenseRequired",)
_OF_USERS = (
    "id,displayName,userPrincipalName,userType,accountEnabled,createdDateTime,mail,"
    "lastPasswordChangeDateTime,onPremisesSyncEnabled,passwordPolicies"
)
_OF_APPLICATIONS = "id,appId,displayName,createdDateTime,passwordCredentials,keyCredentials"
_OF_PRINCIPALS = (
    "id,appId,displayName,accountEnabled,servicePrincipalType,appOwnerOrganizationId,"
    "passwordCredentials,keyCredentials"
)

LIST_USERS = directory(
    "User_List",
    "/users",
    permission="User.Read.All",
    query=(("$select", _OF_USERS), ("$top", "999")),
)
LIST_SIGN_INS = directory(
    "User_ListSignInActivity",
    "/users",
    # Beside that of the users; Microsoft Entra ID P1 is needed too.
    permission="AuditLog.Read.All",
    query=(("$select", "id,signInActivity"), ("$top", "500")),
)
LIST_REGISTRATIONS = directory(
    "UserRegistrationDetails_List",
    "/reports/authenticationMethods/userRegistrationDetails",
    permission="AuditLog.Read.All",
)
GET_SECURITY_DEFAULTS = directory(
    "SecurityDefaults_Get",
    "/policies/identitySecurityDefaultsEnforcementPolicy",
    permission="Policy.Read.All",
    paged=False,
    proof="isEnabled",
)
LIST_CONDITIONAL_ACCESS = directory(
    "ConditionalAccessPolicy_List",
    "/identity/conditionalAccess/policies",
    permission="Policy.Read.All",
)
LIST_NAMED_LOCATIONS = directory(
    "NamedLocation_List",
    "/identity/conditionalAccess/namedLocations",
    permission="Policy.Read.All",
)
LIST_DIRECTORY_ROLES = directory(
    "DirectoryRoleDefinition_List",
    "/roleManagement/directory/roleDefinitions",
    permission="RoleManagement.Read.Directory",
)
LIST_DIRECTORY_HOLDERS = directory(
    "DirectoryRoleAssignment_List",
    "/roleManagement/directory/roleAssignments",
    permission="RoleManagement.Read.Directory",
    query=(("$expand", "principal"),),
)
LIST_DIRECTORY_ELIGIBLE = directory(
    "DirectoryRoleEligibility_List",
    "/roleManagement/directory/roleEligibilityScheduleInstances",
    permission="RoleEligibilitySchedule.Read.Directory",
    query=(("$expand", "principal"),),
    absent=_NOT_LICENSED,
)
GET_GROUP = directory(
    "Group_Get",
    "/groups/{group}",
    permission="GroupMember.Read.All",
    paged=False,
    query=(("$select", "id,displayName,visibility"),),
    absent=GONE,
)
LIST_MEMBERS = directory(
    "Group_ListTransitiveMembers",
    "/groups/{group}/transitiveMembers",
    permission="GroupMember.Read.All",
    query=(("$select", "id"), ("$top", "999")),
    absent=GONE,
)
LIST_OWNERS = directory(
    "Group_ListOwners",
    "/groups/{group}/owners",
    permission="GroupMember.Read.All",
    query=(("$select", "id"),),
    absent=GONE,
)
LIST_GROUP_ELIGIBLE = directory(
    "GroupEligibility_List",
    "/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances",
    permission="PrivilegedEligibilitySchedule.Read.AzureADGroup",
    query=(("$filter", "groupId eq '{group}'"),),
    absent=_NOT_LICENSED,
)
LIST_APPLICATIONS = directory(
    "Application_List",
    "/applications",
    permission="Application.Read.All",
    query=(("$select", _OF_APPLICATIONS), ("$top", "999")),
)
LIST_SERVICE_PRINCIPALS = directory(
    "ServicePrincipal_List",
    "/servicePrincipals",
    permission="Application.Read.All",
    query=(("$select", _OF_PRINCIPALS), ("$top", "999")),
)
GET_SERVICE_PRINCIPAL = directory(
    "ServicePrincipal_Get",
    "/servicePrincipals/{principal}",
    permission="Application.Read.All",
    paged=False,
    query=(("$select", "id,appRoles"),),
    proof="appRoles",
)
LIST_APPLICATION_OWNERS = directory(
    "Application_ListOwners",
    "/applications/{application}/owners",
    permission="Application.Read.All",
    query=(("$select", "id"),),
    absent=GONE,
)
LIST_PRINCIPAL_OWNERS = directory(
    "ServicePrincipal_ListOwners",
    "/servicePrincipals/{principal}/owners",
    permission="Application.Read.All",
    query=(("$select", "id"),),
    absent=GONE,
)
LIST_APPLICATION_RIGHTS = directory(
    "ServicePrincipal_ListAppRoleAssignedTo",
    "/servicePrincipals/{principal}/appRoleAssignedTo",
    permission="Application.Read.All",
    query=(("$top", "999"),),
)
LIST_DOMAINS = directory("Domain_List", "/domains", permission="Domain.Read.All")
LIST_SETTINGS = directory(
    "GroupSetting_List", "/groupSettings", permission="GroupSettings.Read.All"
)
