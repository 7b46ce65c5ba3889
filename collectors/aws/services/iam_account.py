"""The account's identity settings: root user, password policy, federation, security contact.

IAM has no setting for the length of console sessions, which each role decides on for its own, and
none for the addresses that people sign in from, on which conditions of policies decide: both facts
are null.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service
from collectors.aws.account_document import ACCOUNT, account_document
from collectors.aws.administrators import CALLS as ADMINISTRATORS_CALLS
from collectors.aws.administrators import administrators, issued_for_programs
from collectors.aws.credential_report import CALLS as REPORT_CALLS
from collectors.aws.credential_report import ROOT, Time, credential_report, last_use_of_root
from collectors.aws.iam_calls import (
    GET_ACCOUNT_SUMMARY,
    GET_PASSWORD_POLICY,
    LIST_OIDC_PROVIDERS,
    LIST_SAML_PROVIDERS,
    LIST_VIRTUAL_MFA_DEVICES,
)
from collectors.aws.logic import some
from collectors.calls import Call
from collectors.document import Document, Unknown, then
from collectors.facts.account import AccountIdentity, PasswordPolicy

GET_ALTERNATE_CONTACT = Call(
    provider="aws",
    service="account",
    operation="GetAlternateContact",
    permission="account:GetAlternateContact",
    scope="account",
    result="AlternateContact",
    absent=("ResourceNotFoundException",),
)

WITHOUT_ROOT = "aws-cn"
_OTHER_ROOT_CREDENTIALS = ("AccountPasswordPresent", "AccountSigningCertificatesPresent")

_CHARACTER_KINDS = (
    "RequireUppercaseCharacters",
    "RequireLowercaseCharacters",
    "RequireNumbers",
    "RequireSymbols",
)


def identity(account: Account) -> Iterable[Document]:
    """The document of the account's identity settings."""
    summary = account.read(GET_ACCOUNT_SUMMARY)
    root_mfa = then(summary, lambda known: mfa_of_root(account.partition, known))
    policy = account.read(GET_PASSWORD_POLICY)
    contact = account.read(GET_ALTERNATE_CONTACT, AlternateContactType="SECURITY")
    yield account_document(
        account,
        AccountIdentity(
            root_mfa=root_mfa,
            root_mfa_hardware=then(root_mfa, lambda on: _is_hardware(account) if on else on),
            root_access_keys=then(summary, lambda known: known["AccountAccessKeysPresent"]),
            root_last_used=_root_last_used(account),
            password_policy=then(policy, password_policy),
            session_max_minutes=None,
            federated=_is_federated(account),
            security_contacts=then(contact, _addresses),
            administrators=administrators(account),
            admin_source_ranges=None,
        ),
    )


def mfa_of_root(partition: str, summary: dict[str, int]) -> bool | None:
    """Whether the root user has MFA; null where nobody can sign in as root.

    AWS in China has no root user ("Getting started with Amazon Web Services in China", IAM). A root
    user without any credentials cannot sign in or ask for a new password (IAM user guide,
    "Centrally manage root access for member accounts").
    """
    if summary["AccountMFAEnabled"] == 1:
        return True
    if summary["AccountAccessKeysPresent"] > 0:
        return False
    others = [summary.get(credential) for credential in _OTHER_ROOT_CREDENTIALS]
    return None if partition == WITHOUT_ROOT or others == [0, 0] else False


def _root_last_used(account: Account) -> Time:
    report = credential_report(account)
    if account.partition == WITHOUT_ROOT and not isinstance(report, Unknown) and ROOT not in report:
        return None
    return last_use_of_root(report)


def password_policy(policy: dict[str, Any] | None) -> PasswordPolicy | None:
    """The account's password policy, null when it has none of its own.

    IAM has no lock-out setting. What an answer leaves out is off (IAM API reference,
    UpdateAccountPasswordPolicy: the defaults of parameters).
    """
    if policy is None:
        return None
    expires = policy["ExpirePasswords"]
    return PasswordPolicy(
        minimum_length=policy["MinimumPasswordLength"],
        character_kinds=sum(policy[kind] for kind in _CHARACTER_KINDS),
        max_age_days=policy["MaxPasswordAge"] if expires else None,
        reuse_prevention=policy.get("PasswordReusePrevention") or 0,
        lockout_attempts=None,
        hard_expiry=bool(policy.get("HardExpiry")),
    )


def _is_hardware(account: Account) -> bool | Unknown:
    """Whether the root user's MFA has no virtual device: its devices are hardware tokens and
    security keys then, of which AWS gives no list."""
    devices = account.read(LIST_VIRTUAL_MFA_DEVICES, AssignmentStatus="Assigned")
    return then(devices, lambda known: not any(_is_of_root(device) for device in known))


def _is_of_root(device: dict[str, Any]) -> bool:
    owner: str = device.get("User", {}).get("Arn", "")
    serial: str = device["SerialNumber"]
    return owner.endswith(":root") or serial.endswith(":mfa/root-account-mfa-device")


def _is_federated(account: Account) -> bool | Unknown:
    """Whether people can sign in through an identity provider: SAML, which IAM Identity Center uses
    too, or OpenID Connect other than for programs."""
    saml = account.read(LIST_SAML_PROVIDERS)
    oidc = account.read(LIST_OIDC_PROVIDERS)
    return some((then(saml, bool), then(oidc, _is_for_people)))


def _is_for_people(providers: list[dict[str, Any]]) -> bool:
    return any(not issued_for_programs(provider["Arn"]) for provider in providers)


def _addresses(contact: dict[str, Any] | None) -> list[str]:
    return [contact["EmailAddress"]] if contact else []


SERVICE = Service(
    name="IAM account settings",
    types=((AccountIdentity, ACCOUNT),),
    calls=(
        GET_ACCOUNT_SUMMARY,
        GET_PASSWORD_POLICY,
        GET_ALTERNATE_CONTACT,
        LIST_VIRTUAL_MFA_DEVICES,
        LIST_SAML_PROVIDERS,
        LIST_OIDC_PROVIDERS,
        *REPORT_CALLS,
        *ADMINISTRATORS_CALLS,
    ),
    account=identity,
)
