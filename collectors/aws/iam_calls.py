"""The IAM calls that services share.

`GetAccountAuthorizationDetails` gives users, groups, roles and policies with their documents in a
few pages, where asking for each of them would take thousands of calls of a service that allows few
a second. It is asked once for each kind.
"""

from __future__ import annotations

from collectors.calls import Call

_DETAILS = "GetAccountAuthorizationDetails"


def _iam(
    operation: str,
    result: str = "",
    *,
    paged: bool = False,
    per_resource: bool = False,
    absent: tuple[str, ...] = (),
    pending: tuple[str, ...] = (),
) -> Call:
    return Call(
        provider="aws",
        service="iam",
        operation=operation,
        permission=f"iam:{operation}",
        scope="resource" if per_resource else "account",
        result=result,
        paged=paged,
        absent=absent,
        pending=pending,
    )


USER_DETAILS = _iam(_DETAILS, "UserDetailList", paged=True)
GROUP_DETAILS = _iam(_DETAILS, "GroupDetailList", paged=True)
ROLE_DETAILS = _iam(_DETAILS, "RoleDetailList", paged=True)
POLICY_DETAILS = _iam(_DETAILS, "Policies", paged=True)

LIST_ROLES = _iam("ListRoles", "Roles", paged=True)
LIST_POLICIES = _iam("ListPolicies", "Policies", paged=True)
LIST_POLICY_TAGS = _iam("ListPolicyTags", "Tags", paged=True, per_resource=True)
GET_POLICY_VERSION = _iam("GetPolicyVersion", "PolicyVersion", per_resource=True)

GET_LOGIN_PROFILE = _iam(
    "GetLoginProfile", "LoginProfile", per_resource=True, absent=("NoSuchEntity",)
)
LIST_MFA_DEVICES = _iam("ListMFADevices", "MFADevices", paged=True, per_resource=True)
LIST_ACCESS_KEYS = _iam("ListAccessKeys", "AccessKeyMetadata", paged=True, per_resource=True)
GET_ACCESS_KEY_LAST_USED = _iam("GetAccessKeyLastUsed", "AccessKeyLastUsed", per_resource=True)

# A report that was asked for too often a moment ago is made all the same after a while.
GENERATE_CREDENTIAL_REPORT = _iam("GenerateCredentialReport", "State", pending=("LimitExceeded",))
GET_CREDENTIAL_REPORT = _iam(
    "GetCredentialReport",
    "Content",
    pending=("ReportInProgress", "ReportNotPresent", "ReportExpired"),
)

GET_ACCOUNT_SUMMARY = _iam("GetAccountSummary", "SummaryMap")
GET_PASSWORD_POLICY = _iam("GetAccountPasswordPolicy", "PasswordPolicy", absent=("NoSuchEntity",))
LIST_VIRTUAL_MFA_DEVICES = _iam("ListVirtualMFADevices", "VirtualMFADevices", paged=True)
LIST_SAML_PROVIDERS = _iam("ListSAMLProviders", "SAMLProviderList")
LIST_OIDC_PROVIDERS = _iam("ListOpenIDConnectProviders", "OpenIDConnectProviderList")
