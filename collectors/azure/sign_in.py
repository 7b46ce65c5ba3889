"""How people sign in to the tenant: second factors that they have, and that are asked of them."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from collectors.azure import second_factors
from collectors.azure.account import Account
from collectors.azure.conditional_access import (
    Policy,
    Subject,
    asks_for_device,
    asks_for_mfa,
    covers,
    groups_of,
    in_force,
)
from collectors.azure.entra_calls import (
    GET_SECURITY_DEFAULTS,
    LIST_CONDITIONAL_ACCESS,
    LIST_DOMAINS,
    LIST_REGISTRATIONS,
    LIST_SIGN_INS,
    LIST_USERS,
)
from collectors.azure.entra_groups import (
    JOINING_CALLS,
    Members,
    eligible_for,
    members_of,
    owners_of,
)
from collectors.document import Unknown, then
from collectors.logic import Known, some

Item = dict[str, Any]

SIGN_IN_CALLS = (
    LIST_REGISTRATIONS,
    GET_SECURITY_DEFAULTS,
    LIST_CONDITIONAL_ACCESS,
    LIST_DOMAINS,
    *JOINING_CALLS,
)

_NO_ROW = Unknown("the report of second factors does not have the user")
_HOME = Unknown("the second factor of an outsider may be asked for in the tenant it comes from")
_PROVIDER = Unknown("the identity provider of the user's domain may ask for a second factor")
_NOT_ASKED = Unknown(
    "a second factor is registered, and no policy that is read here asks the user for it"
)
_GUESTHOOD = Unknown("the directory does not tell whether the user is a guest")
_OTHER_TENANT = Unknown("a member who signs in with another tenant may be an outsider")
_ATTEMPTS = Unknown("only attempts to sign in are told, which may have failed")
_FOREIGN_MARK = "#EXT#"
_SUCCESS_IS_TOLD = "2023-12-01"


class SignIns(Struct, frozen=True):
    """What decides how people sign in. `asking` are the policies that demand a second factor,
    `joining` who may become a member of groups that they leave out."""

    registrations: dict[str, Item] | Unknown
    defaults: bool | Unknown
    asking: list[Policy] | Unknown
    members: Members
    joining: tuple[Members, ...]
    federated: set[str] | Unknown

    def mfa(self, user: Item, subject: Subject) -> bool | Unknown | None:
        """Whether a user signs in with a second factor: it has one, and is asked for it. Null of a
        disabled user of whom the report does not tell, and who cannot sign in."""
        row = self._row(user)
        if row is None or isinstance(row, Unknown):
            return row
        return then(
            second_factors.has_factor(row),
            lambda has: self._asked(subject) if has else self._without(user),
        )

    def mfa_kinds(self, user: Item) -> list[Any] | Unknown | None:
        """The kinds of a user's second factors, null where `mfa` is."""
        row = self._row(user)
        return row if row is None or isinstance(row, Unknown) else second_factors.kinds(row)

    def device(self, user: Item, subject: Subject) -> bool | Unknown | None:
        """Whether a user must sign in with a device; null of one who has a device and something
        else, of which it is not told what is used."""
        row = self._row(user)
        if row is None or isinstance(row, Unknown):
            return row or _NO_ROW
        if not second_factors.has_device(row):
            return False
        strict = then(self.asking, lambda found: [one for one in found if asks_for_device(one)])
        return True if self._demanded(strict, subject) is True else None

    def _row(self, user: Item) -> Item | Unknown | None:
        if isinstance(self.registrations, Unknown):
            return self.registrations
        row = self.registrations.get(str(user["id"]))
        if row is None and user.get("accountEnabled") is not False:
            return _NO_ROW
        return row

    def _without(self, user: Item) -> bool | Unknown:
        """Of somebody without a second factor in this tenant: false, unless it signs in elsewhere
        as well."""
        if comes_from_elsewhere(user):
            return _HOME
        domain = str(user.get("userPrincipalName")).rpartition("@")[2].lower()
        return then(self.federated, lambda known: _PROVIDER if domain in known else False)

    def _asked(self, subject: Subject) -> bool | Unknown:
        """True where a second factor is demanded. Nothing else is said with confidence: the state
        of multifactor authentication per user is not in this version of Microsoft Graph."""
        found = some((self.defaults, self._demanded(self.asking, subject)))
        return _NOT_ASKED if found is False else found

    def _demanded(self, policies: list[Policy] | Unknown, subject: Subject) -> Known:
        """Whether one of some policies is for somebody."""
        if isinstance(policies, Unknown):
            return policies
        return some(covers(one, subject, self._is_member, self._may_join) for one in policies)

    def _is_member(self, group: str, principal: str) -> Known:
        return then(self.members.get(group, frozenset()), lambda found: principal in found)

    def _may_join(self, group: str, principal: str) -> Known:
        ways = (one.get(group, frozenset[str]()) for one in (self.members, *self.joining))
        return some(then(one, lambda found: principal in found) for one in ways)


def sign_ins(account: Account) -> SignIns:
    """What decides how people sign in, worked out once for each account."""
    return account.once("sign-ins", lambda: _sign_ins(account))


def _sign_ins(account: Account) -> SignIns:
    asking = then(
        account.listed(LIST_CONDITIONAL_ACCESS),
        lambda listed: [one for one in in_force(listed) if asks_for_mfa(one)],
    )
    policies = [] if isinstance(asking, Unknown) else asking
    left_out = groups_of(policies, "excludeGroups")
    return SignIns(
        registrations=then(account.listed(LIST_REGISTRATIONS), by_id),
        defaults=then(account.read(GET_SECURITY_DEFAULTS), lambda told: told["isEnabled"] is True),
        asking=asking,
        members=members_of(account, left_out | groups_of(policies, "includeGroups")),
        joining=(eligible_for(account, left_out), owners_of(account, left_out)),
        federated=then(account.listed(LIST_DOMAINS), federated_domains),
    )


def by_id(listed: list[Item]) -> dict[str, Item]:
    """Objects of the directory by their ids."""
    return {str(one["id"]): one for one in listed}


def users_by_id(account: Account) -> dict[str, Item] | Unknown:
    """The users of the tenant, guests among them."""
    return account.once("users", lambda: then(account.listed(LIST_USERS), by_id))


def last_sign_ins(account: Account) -> dict[str, str | Unknown | None] | Unknown:
    """When each user last signed in, null for never."""
    return account.once(
        "last sign-ins",
        lambda: then(
            account.listed(LIST_SIGN_INS),
            lambda listed: {str(one["id"]): _last(one) for one in listed},
        ),
    )


def is_outsider(user: Item) -> bool | Unknown:
    """Whether a user is a guest. A member may sign in with another tenant, or a personal account,
    and be of the organisation all the same."""
    kind = user.get("userType")
    if kind == "Guest":
        return True
    if comes_from_elsewhere(user):
        return _OTHER_TENANT
    return False if kind == "Member" else _GUESTHOOD


def comes_from_elsewhere(user: Item) -> bool:
    """Whether a user signs in with another tenant, or a personal account."""
    return user.get("userType") == "Guest" or _FOREIGN_MARK in str(user.get("userPrincipalName"))


def federated_domains(domains: list[Item]) -> set[str]:
    """Domains whose people are signed in by another identity provider."""
    return {
        str(one["id"]).lower()
        for one in domains
        if one.get("isVerified") is True and one.get("authenticationType") != "Managed"
    }


def _last(user: Item) -> str | Unknown | None:
    """The last successful sign-in, null for none. Before December 2023 attempts alone are told, of
    which the last is at least as late as the last that was successful."""
    activity = user.get("signInActivity") or {}
    successful = activity.get("lastSuccessfulSignInDateTime")
    if successful:
        return str(successful)
    attempts = [
        str(activity[name])
        for name in ("lastSignInDateTime", "lastNonInteractiveSignInDateTime")
        if activity.get(name)
    ]
    last = max(attempts, default=None)
    return _ATTEMPTS if last and last >= _SUCCESS_IS_TOLD else last
