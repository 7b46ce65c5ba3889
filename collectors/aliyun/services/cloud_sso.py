"""CloudSSO: the sign-in rules of its directory, and its users.

People sign in to CloudSSO, and from there take on roles in the members of a resource directory;
those roles are documents of the members.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from collectors.aliyun.account import Account, Service, tags_of
from collectors.aliyun.cloud_sso import (
    DIRECTORY_CALLS,
    GET_LOGIN_PREFERENCE,
    GET_MFA_SETTINGS,
    GET_PASSWORD_POLICY,
    GET_PROVIDER,
    GET_USER_MFA_SETTINGS,
    LIST_CONFIGURATIONS,
    LIST_DEVICES,
    LIST_USERS,
    RIGHTS_CALLS,
    Access,
    Directory,
    Item,
    directories,
    read_access,
)
from collectors.aliyun.services.ram_account import source_ranges
from collectors.document import Document, Unknown, also, then
from collectors.facts.account import AccountIdentity, PasswordPolicy
from collectors.facts.identity import User
from collectors.logic import Known, told
from collectors.regions import GLOBAL

DIRECTORY = "ACS::CloudSSO::Directory"
USER = "ACS::CloudSSO::User"

_KEPT = ("UserId", "UserName", "ProvisionType", "Status", "CreateTime", "UpdateTime")
_CHARACTER_KINDS = (
    "RequireLowerCaseChars",
    "RequireUpperCaseChars",
    "RequireNumbers",
    "RequireSymbols",
)
_DEVICES = {"TOTP": "virtual", "CrossPlatformPasskey": "fido2", "PlatformPasskey": "fido2"}
"""ListMFADevicesForUser: DeviceType."""
_ON = {"Enabled": True, "Disabled": False}

_PROVIDERS_PASSWORDS = Unknown(
    "people sign in to CloudSSO by an identity provider, whose rules for passwords are its own"
)
_PASSWORD_NOT_TOLD = Unknown(
    "CloudSSO does not tell whether a synchronised user was given a password"
)
_USE_NOT_TOLD = Unknown("CloudSSO does not tell when a user last signed in")
_CHANGE_NOT_TOLD = Unknown("CloudSSO does not tell when a user's password was set")
_NO_CONTACTS = Unknown("a directory of CloudSSO has no contacts; the account has")
_DUTIES_OF_ROLES = Unknown(
    "the duties of CloudSSO users are those of the roles that they take on in each account"
)
_STATUS_NOT_KNOWN = Unknown("CloudSSO does not tell whether the user is enabled")
_MFA_NOT_KNOWN = Unknown("the MFA setting of CloudSSO is not known")
_DEVICE_NOT_KNOWN = Unknown("the kind of an MFA device of CloudSSO is not known")


def identities(account: Account) -> Iterable[Document]:
    """The document of the directory and one for each of its users; none where CloudSSO is off."""
    found = directories(account)
    if isinstance(found, Unknown):
        yield account.unlisted(AccountIdentity, found, GLOBAL, DIRECTORY)
        yield account.unlisted(User, found, GLOBAL, USER)
        return
    for directory in found:
        provider = then(directory.read(account, GET_PROVIDER), _is_on)
        yield _directory(account, directory, provider)
        yield from _users(account, directory, provider)


def _is_on(provider: Item) -> Known:
    """Whether people sign in by an identity provider, which closes the way by a password (CloudSSO
    user guide, "Enable SSO logon")."""
    # One that was never set up has no state.
    state = provider.get("SSOStatus") or "Disabled"
    return _ON.get(state, Unknown(f"the state {state!r} of the identity provider is not known"))


def _directory(account: Account, directory: Directory, provider: Known) -> Document:
    preference = directory.read(account, GET_LOGIN_PREFERENCE)
    configurations = directory.read(account, LIST_CONFIGURATIONS)
    return account.document(
        AccountIdentity(
            # A directory has no logon of its own beside those of its users.
            root_mfa=None,
            root_mfa_hardware=None,
            root_access_keys=0,
            root_last_used=None,
            password_policy=_password_policy(account, directory, provider),
            session_max_minutes=then(configurations, longest_session),
            federated=provider,
            security_contacts=_NO_CONTACTS,
            administrators=_DUTIES_OF_ROLES,
            admin_source_ranges=then(preference, source_ranges),
        ),
        id=directory.arn(account),
        region=directory.region,
        name=directory.item.get("DirectoryName") or directory.id,
        native_type=DIRECTORY,
        native=directory.item,
    )


def _password_policy(
    account: Account, directory: Directory, provider: Known
) -> PasswordPolicy | Unknown:
    found = directory.read(account, GET_PASSWORD_POLICY)
    if provider is True:
        return also(found) or _PROVIDERS_PASSWORDS
    return then(also(provider) or found, password_policy)


def password_policy(policy: Item) -> PasswordPolicy:
    """The rules for passwords; every directory has them. MaxPasswordAge 0 never expires,
    MaxLoginAttempts 0 takes any number of failures, PasswordReusePrevention 0 remembers none
    (CloudSSO GetPasswordPolicy)."""
    kinds = [told(policy, kind) for kind in _CHARACTER_KINDS]
    return PasswordPolicy(
        minimum_length=told(policy, "MinPasswordLength"),
        character_kinds=also(None, *kinds) or sum(map(bool, kinds)),
        max_age_days=then(told(policy, "MaxPasswordAge"), lambda days: days or None),
        reuse_prevention=told(policy, "PasswordReusePrevention"),
        lockout_attempts=told(policy, "MaxLoginAttempts"),
        hard_expiry=told(policy, "HardExpire"),
    )


def longest_session(configurations: list[Item]) -> int | Unknown | None:
    """How long the console stays open at most, by any access configuration: SessionDuration counts
    seconds. Null without any: nobody gets into an account."""
    durations = [told(one, "SessionDuration") for one in configurations]
    return also(None, *durations) or max((int(one) // 60 for one in durations), default=None)


def _users(account: Account, directory: Directory, provider: Known) -> Iterable[Document]:
    listed = directory.read(account, LIST_USERS)
    if isinstance(listed, Unknown):
        yield account.unlisted(User, listed, directory.region, USER)
        return
    if not listed:
        return
    access = read_access(account, directory)
    settings = directory.read(account, GET_MFA_SETTINGS)
    document = partial(_user, account, directory, provider, access, settings)
    yield from account.map(document, listed)


def _user(
    account: Account,
    directory: Directory,
    provider: Known,
    access: Access,
    settings: Item | Unknown,
    user: Item,
) -> Document:
    identity = str(user["UserId"])
    console = signs_in(user, provider)
    devices = directory.read(account, LIST_DEVICES, UserId=identity)
    asked = _is_asked(account, directory, settings, identity)
    kinds = then(settings, lambda known: then(devices, partial(factors, known)))
    return account.document(
        User(
            console=console,
            mfa=_has_mfa(asked, devices),
            mfa_kinds=[] if False in (asked, _has_mfa(asked, devices)) else also(asked) or kinds,
            # Programs of a CloudSSO user sign in for a session; it has no keys.
            keys=[],
            password_last_used=None if console is False else also(console) or _USE_NOT_TOLD,
            password_changed=None if console is False else also(console) or _CHANGE_NOT_TOLD,
            groups=access.groups_of(identity),
            direct_policies=access.direct(identity),
            privileged=access.privileged(identity),
            escalation_paths=None,
            # A user of this account's own directory.
            external=False,
            enabled=_ON.get(str(user.get("Status")), _STATUS_NOT_KNOWN),
        ),
        id=directory.arn(account, f"user/{identity}"),
        region=directory.region,
        name=str(user["UserName"]),
        tags=tags_of(user.get("Tags")),
        native_type=USER,
        native={key: user[key] for key in _KEPT if key in user},
    )


def signs_in(user: Item, provider: Known) -> Known:
    """Whether a user can sign in with a password of CloudSSO. Synchronising users brings no
    passwords along."""
    if provider is not False:
        return False if provider is True else provider
    return _PASSWORD_NOT_TOLD if user.get("ProvisionType") == "Synchronized" else True


def _is_asked(account: Account, directory: Directory, settings: Item | Unknown, user: str) -> Known:
    """Whether a user is asked for a second factor at every sign-in."""
    if isinstance(settings, Unknown):
        return settings
    match settings.get("MfaAuthenticationAdvanceSettings"):
        case "Enabled":
            return True
        case "Disabled" | "OnlyRiskyLogin":
            return False
        case "Byuser":
            own = directory.read(account, GET_USER_MFA_SETTINGS, UserId=user)
            return then(own, lambda state: _ON.get(str(state), _MFA_NOT_KNOWN))
    return _MFA_NOT_KNOWN


def _has_mfa(asked: Known, devices: list[Item] | Unknown) -> Known:
    """Whether a user is asked for a second factor, and has one. One who is asked and has none binds
    the first that comes, at the next sign-in."""
    bound = then(devices, bool)
    return False if False in (asked, bound) else also(asked, bound) or True


def factors(settings: Item, devices: list[Item]) -> list[str] | Unknown:
    """The kinds of second factors: those of the devices, and codes that are sent where the
    directory takes them too."""
    kinds = [_DEVICES.get(str(one.get("DeviceType"))) for one in devices]
    if None in kinds:
        return _DEVICE_NOT_KNOWN
    taken = [str(one).lower() for one in settings.get("AllowedVerificationTypes") or []]
    sent = [kind for kind in ("email", "sms") if any(kind in one for one in taken)]
    return sorted({*filter(None, kinds), *sent})


SERVICE = Service(
    name="CloudSSO",
    types=((AccountIdentity, DIRECTORY), (User, USER)),
    calls=(
        *DIRECTORY_CALLS,
        GET_PROVIDER,
        GET_PASSWORD_POLICY,
        GET_LOGIN_PREFERENCE,
        GET_MFA_SETTINGS,
        GET_USER_MFA_SETTINGS,
        LIST_USERS,
        LIST_DEVICES,
        *RIGHTS_CALLS,
    ),
    account=identities,
)
