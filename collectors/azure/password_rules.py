"""Rules of passwords in the tenant. Most of them are fixed ("Password policies and account
restrictions in Microsoft Entra ID"); how long passwords last and how many failures lock an account
can be set."""

from __future__ import annotations

from typing import Any

from collectors.azure.account import Account
from collectors.azure.entra_calls import LIST_DOMAINS, LIST_SETTINGS, LIST_USERS
from collectors.azure.sign_in import comes_from_elsewhere, federated_domains, users_by_id
from collectors.document import Unknown, also, then
from collectors.facts.account import PasswordPolicy

Item = dict[str, Any]

PASSWORD_CALLS = (LIST_DOMAINS, LIST_SETTINGS, LIST_USERS)

_LENGTH, _KINDS, _REMEMBERED, _FAILURES = 8, 3, 1, 10
_NEVER = 2147483647
_NO_EXPIRY = "DisablePasswordExpiration"
_RULES = "Password Rule Settings"

_ELSEWHERE = Unknown(
    "passwords of synchronised or federated users follow the rules of another directory"
)
_VALIDITY = Unknown("a domain does not tell how long its passwords are valid")
_THRESHOLD = Unknown("the lockout threshold of the tenant is not understood")


def password_policy(account: Account) -> PasswordPolicy:
    """The rules for users whose passwords the tenant keeps; unknown where others have theirs kept
    elsewhere, unless the tenant's own fall short."""
    elsewhere = _kept_elsewhere(account)
    return PasswordPolicy(
        minimum_length=elsewhere or _LENGTH,
        character_kinds=elsewhere or _KINDS,
        max_age_days=_max_age(account, elsewhere),
        # The last password alone, and only when a user changes it.
        reuse_prevention=elsewhere or _REMEMBERED,
        lockout_attempts=_lockout(account),
        # Whoever comes with an expired password may choose a new one.
        hard_expiry=elsewhere or False,
    )


def _kept_elsewhere(account: Account) -> Unknown | None:
    """Why the tenant's own rules may not hold for everybody, if they may not."""
    users, domains = users_by_id(account), account.listed(LIST_DOMAINS)
    missing = also(users, domains)
    if missing or isinstance(users, Unknown) or isinstance(domains, Unknown):
        return missing
    synchronised = any(one.get("onPremisesSyncEnabled") is True for one in users.values())
    return _ELSEWHERE if synchronised or federated_domains(domains) else None


def _max_age(account: Account, elsewhere: Unknown | None) -> int | Unknown | None:
    """The longest time that a password lasts: null where those of a domain, or of one user who can
    sign in, never expire."""
    domains = then(account.listed(LIST_DOMAINS), _validity)
    exempt = then(users_by_id(account), lambda found: any(map(_never_expires, found.values())))
    if exempt is True or domains is None:
        return None
    return also(domains, exempt, elsewhere) or domains


def _validity(domains: list[Item]) -> int | Unknown | None:
    """The longest validity of passwords in domains of the tenant's own."""
    found: list[int] = []
    for one in domains:
        if one.get("isVerified") is not True or one.get("authenticationType") != "Managed":
            continue
        days = one.get("passwordValidityPeriodInDays")
        if days == _NEVER:
            return None
        # A subdomain follows the domain that it is a part of.
        if isinstance(days, int):
            found.append(days)
        elif one.get("isRoot") is not False:
            return _VALIDITY
    return max(found, default=None) if found else _VALIDITY


def _never_expires(user: Item) -> bool:
    return (
        user.get("accountEnabled") is not False
        and _NO_EXPIRY in str(user.get("passwordPolicies"))
        and user.get("onPremisesSyncEnabled") is not True
        and not comes_from_elsewhere(user)
    )


def _lockout(account: Account) -> int | Unknown:
    """How many failures lock an account: ten unless the tenant says otherwise, which it cannot in
    China ("Protect user accounts from attacks with smart lockout")."""
    if account.china:
        return _FAILURES
    return then(account.listed(LIST_SETTINGS), _threshold)


def _threshold(settings: list[Item]) -> int | Unknown:
    for one in settings:
        if one.get("displayName") != _RULES:
            continue
        for value in one["values"]:
            if value["name"] == "LockoutThreshold":
                told = str(value["value"])
                return int(told) if told.isdecimal() else _THRESHOLD
        return _THRESHOLD
    return _FAILURES
