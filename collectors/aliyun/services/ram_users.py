"""RAM users: how they sign in, their keys, and their rights."""

from __future__ import annotations

from collections.abc import Iterable

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.credential_report import (
    REPORT_CALLS,
    Report,
    credential_report,
    password_changed,
    time_of,
)
from collectors.aliyun.ram_calls import LIST_USERS, ims_call
from collectors.aliyun.ram_rights import (
    MEMBERS_CALLS,
    RIGHTS_CALLS,
    Grants,
    Item,
    is_privileged,
    policy_names,
    read_grants,
    read_policies,
    read_users,
    rights_of,
    ways_up,
)
from collectors.document import Document, Unknown, then
from collectors.facts.identity import AccessKey, User
from collectors.logic import told
from collectors.regions import GLOBAL

GET_LOGIN_PROFILE = ims_call(
    "GetLoginProfile",
    "LoginProfile",
    scope="resource",
    absent=("EntityNotExist.User.LoginProfile", "EntityNotExist.LoginProfile"),
)
GET_USER_MFA_INFO = ims_call(
    "GetUserMFAInfo", scope="resource", absent=("EntityNotExist.User.MFADevice",)
)
LIST_ACCESS_KEYS = ims_call("ListAccessKeys", "AccessKeys.AccessKey", scope="resource")
GET_ACCESS_KEY_LAST_USED = ims_call("GetAccessKeyLastUsed", "AccessKeyLastUsed", scope="resource")

USER = "ACS::RAM::User"
_KEPT = ("UserId", "UserPrincipalName", "DisplayName", "CreateDate", "Status", "ProvisionType")
_MFA_KINDS = {"VMFA": "virtual", "U2F": "fido2"}


def users(account: Account) -> Iterable[Document]:
    """A document for each user. The account itself is part of account.identity."""
    found = read_users(account)
    if isinstance(found, Unknown):
        yield account.unlisted(User, found, GLOBAL, USER)
        return
    if not found:
        return
    grants = read_grants(account, members=True)
    read_policies(account, grants, ("user", "group"))
    report = credential_report(account)
    yield from account.map(lambda user: _document(account, user, grants, report), found)


def _document(account: Account, user: Item, grants: Grants, report: Report | Unknown) -> Document:
    logon = str(user["UserPrincipalName"])
    name = logon.partition("@")[0]
    profile = account.read(GET_LOGIN_PROFILE, resource=name, UserPrincipalName=logon)
    console = then(profile, _signs_in)
    device = account.read(GET_USER_MFA_INFO, resource=name, UserPrincipalName=logon)
    last = then(profile, lambda known: time_of(known.get("LastLoginTime")) if known else None)
    changed = then(profile, lambda known: password_changed(report, logon) if known else None)
    rights = rights_of(account, grants, "user", name)
    return account.document(
        User(
            console=console,
            mfa=then(device, lambda known: bool(known and known["IsMFAEnable"])),
            mfa_kinds=then(device, mfa_kinds),
            keys=_keys(account, logon, name),
            password_last_used=last,
            password_changed=changed,
            groups=grants.groups_of(name),
            direct_policies=then(grants.of("user", name), lambda held: policy_names(account, held)),
            privileged=is_privileged(rights),
            escalation_paths=ways_up(rights),
            # A RAM user belongs to this account.
            external=False,
            enabled=then(told(user, "Status"), lambda status: str(status).lower() == "active"),
        ),
        id=f"acs:ram::{account.id}:user/{name}",
        region=GLOBAL,
        name=name,
        tags=tags_of(user.get("Tags")),
        native_type=USER,
        native={key: user[key] for key in _KEPT if key in user},
    )


def _signs_in(profile: Item | None) -> bool | Unknown:
    """Whether a user can sign in to the console: it has a logon profile that is switched on."""
    if profile is None:
        return False
    return then(told(profile, "Status"), lambda status: str(status).lower() == "active")


def mfa_kinds(info: Item | None) -> list[str] | Unknown:
    """The kinds of MFA of GetUserMFAInfo, of which it tells one device."""
    if not info or not info["IsMFAEnable"]:
        return []
    kind = (info.get("MFADevice") or {}).get("Type")
    if kind in _MFA_KINDS:
        return [_MFA_KINDS[kind]]
    return Unknown("the API does not tell the kind of the MFA device")


def _keys(account: Account, logon: str, name: str) -> list[AccessKey] | Unknown:
    listed = account.listed(LIST_ACCESS_KEYS, resource=name, UserPrincipalName=logon)
    return then(listed, lambda keys: [_key(account, logon, key) for key in keys])


def _key(account: Account, logon: str, key: Item) -> AccessKey:
    name = key["AccessKeyId"]
    use = account.read(
        GET_ACCESS_KEY_LAST_USED, resource=name, UserPrincipalName=logon, UserAccessKeyId=name
    )
    return AccessKey(
        id=name,
        active=key["Status"] == "Active",
        created=key["CreateDate"],
        last_used=then(use, lambda known: time_of(known.get("LastUsedDate"))),
    )


SERVICE = Service(
    name="RAM users",
    types=((User, USER),),
    calls=(
        LIST_USERS,
        GET_LOGIN_PROFILE,
        GET_USER_MFA_INFO,
        LIST_ACCESS_KEYS,
        GET_ACCESS_KEY_LAST_USED,
        *MEMBERS_CALLS,
        *RIGHTS_CALLS,
        *REPORT_CALLS,
    ),
    account=users,
)
