"""The account's identity settings: its own logon, password policy, logon rules, federation.

CloudSSO, which people use to sign in to members of a resource directory, comes into an account as
an identity provider of SAML (CloudSSO user guide, "Access configurations").
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.addresses import networks
from collectors.aliyun.account import ACCOUNT, Account, Service
from collectors.aliyun.administrators import (
    ADMINISTRATORS_CALLS,
    administrators,
    issued_for_programs,
)
from collectors.aliyun.credential_report import REPORT_CALLS, credential_report, last_use_of_root
from collectors.aliyun.ram_calls import LIST_OIDC_PROVIDERS, LIST_SAML_PROVIDERS, ims_call
from collectors.aliyun.resource_directory import MEMBER_CALLS, member_kind
from collectors.document import Document, Unknown, then
from collectors.facts.account import AccountIdentity, PasswordPolicy
from collectors.logic import some, told

GET_ACCOUNT_MFA_INFO = ims_call("GetAccountMFAInfo", "IsMFAEnable")
GET_SECURITY_REPORT = ims_call(
    "GetAccountSecurityPracticeReport",
    "AccountSecurityPracticeInfo.AccountSecurityPracticeUserInfo",
)
GET_PASSWORD_POLICY = ims_call("GetPasswordPolicy", "PasswordPolicy")
GET_SECURITY_PREFERENCE = ims_call(
    "GetSecurityPreference", "SecurityPreference.LoginProfilePreference"
)
GET_USER_SSO_SETTINGS = ims_call("GetUserSsoSettings", "UserSsoSettings")

RESOURCE_ACCOUNT = "ResourceAccount"

_CHARACTER_KINDS = (
    "RequireLowercaseCharacters",
    "RequireUppercaseCharacters",
    "RequireNumbers",
    "RequireSymbols",
)
# Message Center has no API. What has one is for something else: contacts of CloudMonitor get its
# alarms, Security Center's notices go to Message Center's contacts, and the message contacts of a
# resource directory (ListMessageContacts), beside a member's own, are told to its manager alone.
_CONTACTS_NOT_TOLD = Unknown("Alibaba Cloud does not tell whom Message Center writes to")

Item = dict[str, Any]


def identity(account: Account) -> Iterable[Document]:
    """The document of the account's identity settings."""
    mfa = then(account.read(GET_ACCOUNT_MFA_INFO), bool)
    root_mfa = root_mfa_of(mfa, member_kind(account))
    report = account.read(GET_SECURITY_REPORT)
    preference = account.read(GET_SECURITY_PREFERENCE)
    yield account.whole(
        AccountIdentity(
            root_mfa=root_mfa,
            root_mfa_hardware=then(root_mfa, lambda on: None if on else on),
            root_access_keys=then(report, lambda known: told(known, "RootWithAccessKey")),
            root_last_used=last_use_of_root(credential_report(account)),
            password_policy=then(account.read(GET_PASSWORD_POLICY), password_policy),
            session_max_minutes=then(preference, _session_minutes),
            federated=_is_federated(account),
            security_contacts=_CONTACTS_NOT_TOLD,
            administrators=administrators(account),
            admin_source_ranges=then(preference, source_ranges),
        ),
    )


def root_mfa_of(on: bool | Unknown, member: str | Unknown | None) -> bool | Unknown | None:
    """Whether the account's own logon has MFA, null where nobody can use it: that of an account
    which a resource directory made has a password that cannot be used (RAM user guide, "Generate
    and download user credential reports"). Without MFA it depends on that."""
    if on is not False:
        return on
    if isinstance(member, Unknown):
        return member
    return None if member == RESOURCE_ACCOUNT else False


def password_policy(policy: Item) -> PasswordPolicy:
    """The account's password policy; every account has one (IMS GetPasswordPolicy).

    MaxPasswordAge 0 never expires. MaxLoginAttemps 0 takes any number of failures, a greater one
    locks for an hour. PasswordReusePrevention 0 remembers none (IMS SetPasswordPolicy).
    """
    kinds = [told(policy, kind) for kind in _CHARACTER_KINDS]
    unread = [kind for kind in kinds if isinstance(kind, Unknown)]
    return PasswordPolicy(
        minimum_length=told(policy, "MinimumPasswordLength"),
        character_kinds=unread[0] if unread else sum(map(bool, kinds)),
        max_age_days=then(told(policy, "MaxPasswordAge"), lambda days: days or None),
        reuse_prevention=told(policy, "PasswordReusePrevention"),
        lockout_attempts=told(policy, "MaxLoginAttemps"),
        hard_expiry=told(policy, "HardExpire"),
    )


def _session_minutes(preference: Item) -> int | Unknown:
    """LoginSessionDuration counts hours."""
    return then(told(preference, "LoginSessionDuration"), lambda hours: int(hours) * 60)


def source_ranges(preference: Item) -> list[str] | Unknown:
    """LoginNetworkMasks: CIDRs and addresses with semicolons between; empty admits any address.
    They bind users that sign in with a password or by SSO (IMS SetSecurityPreference)."""
    masks = told(preference, "LoginNetworkMasks")
    return then(masks, lambda text: networks(str(text).replace(";", ",")))


def _is_federated(account: Account) -> bool | Unknown:
    """Whether people can sign in through an identity provider: as users (user-based SSO), or as
    roles by SAML or OpenID Connect other than for programs."""
    settings = account.read(GET_USER_SSO_SETTINGS)
    saml = account.listed(LIST_SAML_PROVIDERS)
    oidc = account.listed(LIST_OIDC_PROVIDERS)
    return some(
        (
            then(settings, lambda known: bool(known and known.get("SsoEnabled"))),
            then(saml, bool),
            then(oidc, _any_for_people),
        )
    )


def _any_for_people(providers: list[Item]) -> bool:
    return any(not issued_for_programs(provider["IssuerUrl"]) for provider in providers)


SERVICE = Service(
    name="RAM account settings",
    types=((AccountIdentity, ACCOUNT),),
    calls=(
        GET_ACCOUNT_MFA_INFO,
        GET_SECURITY_REPORT,
        GET_PASSWORD_POLICY,
        GET_SECURITY_PREFERENCE,
        GET_USER_SSO_SETTINGS,
        LIST_SAML_PROVIDERS,
        *MEMBER_CALLS,
        *REPORT_CALLS,
        *ADMINISTRATORS_CALLS,
    ),
    account=identity,
)
