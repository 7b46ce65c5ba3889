"""IAM users: how they sign in, their keys, and their rights."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.credential_report import CALLS as REPORT_CALLS
from collectors.aws.credential_report import Report, Time, credential_report, time_of_password
from collectors.aws.iam_calls import (
    GET_ACCESS_KEY_LAST_USED,
    GET_LOGIN_PROFILE,
    GROUP_DETAILS,
    LIST_ACCESS_KEYS,
    LIST_MFA_DEVICES,
    USER_DETAILS,
)
from collectors.aws.iam_rights import CALLS as RIGHTS_CALLS
from collectors.aws.iam_rights import (
    Item,
    is_privileged,
    policy_names,
    rights_of_user,
    ways_up,
)
from collectors.document import Document, Unknown, then
from collectors.facts.identity import AccessKey, User
from collectors.regions import GLOBAL

USER = "AWS::IAM::User"
_KEPT = (
    "UserName",
    "UserId",
    "Path",
    "CreateDate",
    "GroupList",
    "AttachedManagedPolicies",
    "UserPolicyList",
    "PermissionsBoundary",
)


def users(account: Account) -> Iterable[Document]:
    """A document for each user. The root user is part of account.identity."""
    found = account.read(USER_DETAILS, Filter=["User"])
    if isinstance(found, Unknown):
        yield account.unlisted(User, found, GLOBAL, USER)
        return
    if not found:
        return
    groups = account.read(GROUP_DETAILS, Filter=["Group"])
    report = credential_report(account)
    yield from account.map(lambda user: _document(account, user, groups, report), found)


def _document(
    account: Account, user: Item, groups: list[Item] | Unknown, report: Report | Unknown
) -> Document:
    name = user["UserName"]
    profile = account.read(GET_LOGIN_PROFILE, resource=name, UserName=name)
    console = then(profile, lambda known: known is not None)

    def password(column: str) -> Time:
        return then(console, lambda on: time_of_password(report, name, column) if on else None)

    devices = account.read(LIST_MFA_DEVICES, resource=name, UserName=name)
    rights = rights_of_user(account, user, groups)
    return account.document(
        User(
            console=console,
            mfa=then(devices, bool),
            mfa_kinds=then(devices, mfa_kinds),
            keys=_keys(account, name),
            password_last_used=password("password_last_used"),
            password_changed=password("password_last_changed"),
            groups=sorted(user["GroupList"]),
            direct_policies=policy_names(user),
            privileged=is_privileged(rights),
            escalation_paths=ways_up(rights),
            # An IAM user belongs to this account, and IAM has no switch that disables one.
            external=False,
            enabled=True,
        ),
        id=user["Arn"],
        region=GLOBAL,
        name=name,
        tags=tags_of(user.get("Tags")),
        native_type=USER,
        native={key: user[key] for key in _KEPT if key in user},
    )


def mfa_kinds(devices: list[dict[str, Any]]) -> list[str]:
    """The kinds of MFA devices, told by their serial numbers: an ARN whose resource names the kind,
    or the number printed on a hardware device (IAM user guide, "Checking MFA status")."""
    return sorted({_mfa_kind(device["SerialNumber"]) for device in devices})


def _mfa_kind(serial: str) -> str:
    if not serial.startswith("arn:"):
        return "hardware"
    kind = serial.split(":", 5)[-1].partition("/")[0]
    return {"mfa": "virtual", "u2f": "fido2", "sms-mfa": "sms"}.get(kind, kind)


def _keys(account: Account, user: str) -> list[AccessKey] | Unknown:
    listed = account.read(LIST_ACCESS_KEYS, resource=user, UserName=user)
    return then(listed, lambda keys: [_key(account, key) for key in keys])


def _key(account: Account, key: dict[str, Any]) -> AccessKey:
    name = key["AccessKeyId"]
    use = account.read(GET_ACCESS_KEY_LAST_USED, resource=name, AccessKeyId=name)
    return AccessKey(
        id=name,
        active=key["Status"] == "Active",
        created=key["CreateDate"],
        last_used=then(use, lambda known: known.get("LastUsedDate")),
    )


SERVICE = Service(
    name="IAM users",
    types=((User, USER),),
    calls=(
        USER_DETAILS,
        GROUP_DETAILS,
        GET_LOGIN_PROFILE,
        LIST_MFA_DEVICES,
        LIST_ACCESS_KEYS,
        GET_ACCESS_KEY_LAST_USED,
        *REPORT_CALLS,
        *RIGHTS_CALLS,
    ),
    account=users,
)
