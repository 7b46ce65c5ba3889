"""Calls of RAM and IMS that several services make. Both are central; IMS is RAM's newer API for
users, and asks for the rights of RAM."""

from __future__ import annotations

from collectors.calls import Call, Scope


def ims_call(
    operation: str,
    result: str = "",
    *,
    scope: Scope = "account",
    paged: bool = False,
    absent: tuple[str, ...] = (),
) -> Call:
    """A call of IMS, 2019-08-15."""
    return Call(
        provider="aliyun",
        service="ims",
        operation=operation,
        permission=f"ram:{operation}",
        scope=scope,
        result=result,
        paged=paged,
        absent=absent,
    )


def ram_call(
    operation: str, result: str = "", *, scope: Scope = "account", paged: bool = False
) -> Call:
    """A call of RAM, 2015-05-01."""
    return Call(
        provider="aliyun",
        service="ram",
        operation=operation,
        permission=f"ram:{operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


LIST_USERS = ims_call("ListUsers", "Users.User", paged=True)
GENERATE_CREDENTIAL_REPORT = ims_call("GenerateCredentialReport", "State")
GET_CREDENTIAL_REPORT = ims_call("GetCredentialReport")
LIST_SAML_PROVIDERS = ims_call("ListSAMLProviders", "SAMLProviders.SAMLProvider", paged=True)
LIST_OIDC_PROVIDERS = ims_call("ListOIDCProviders", "OIDCProviders.OIDCProvider", paged=True)

LIST_GROUPS = ram_call("ListGroups", "Groups.Group", paged=True)
LIST_USERS_FOR_GROUP = ram_call("ListUsersForGroup", "Users.User", scope="resource", paged=True)
LIST_ROLES = ram_call("ListRoles", "Roles.Role", paged=True)
GET_ROLE = ram_call("GetRole", "Role", scope="resource")
LIST_POLICIES = ram_call("ListPolicies", "Policies.Policy", paged=True)
GET_POLICY = ram_call("GetPolicy", scope="resource")

LIST_POLICY_ATTACHMENTS = Call(
    provider="aliyun",
    service="resourcemanager",
    operation="ListPolicyAttachments",
    permission="ram:ListPolicyAttachments",
    scope="account",
    result="PolicyAttachments.PolicyAttachment",
    paged=True,
)
"""Who holds which policy, on the whole account or a resource group, in one list."""

BOTH_STATES = "active,freeze"
"""The users that ListUsers lists, frozen ones too."""
