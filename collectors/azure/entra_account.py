"""Sign-in rules of the tenant: its most powerful users, passwords, sessions, places.

No user of Microsoft Entra ID stands above its roles, as the owner of an account elsewhere does. The
facts of the root account are therefore those of the Global Administrators, who can do everything
in the directory and can give themselves every right in its subscriptions.
"""

from __future__ import annotations

from typing import Any

from collectors.azure.account import Account
from collectors.azure.applications import PROGRAM_CALLS, Program, programs
from collectors.azure.conditional_access import in_force
from collectors.azure.entra_calls import (
    LIST_CONDITIONAL_ACCESS,
    LIST_DOMAINS,
    LIST_NAMED_LOCATIONS,
    LIST_SIGN_INS,
    LIST_USERS,
)
from collectors.azure.entra_roles import GLOBAL_ADMINISTRATOR
from collectors.azure.holdings import HOLDINGS_CALLS, Holdings
from collectors.azure.password_rules import PASSWORD_CALLS
from collectors.azure.sign_in import (
    SIGN_IN_CALLS,
    federated_domains,
    last_sign_ins,
    sign_ins,
    users_by_id,
)
from collectors.azure.sign_in_limits import session_minutes, source_ranges
from collectors.azure.subjects import subject_of
from collectors.document import Unknown, also, then
from collectors.logic import every

Item = dict[str, Any]

ENTRA_CALLS = (
    LIST_USERS,
    LIST_SIGN_INS,
    LIST_NAMED_LOCATIONS,
    *SIGN_IN_CALLS,
    *HOLDINGS_CALLS,
    *PROGRAM_CALLS,
    *PASSWORD_CALLS,
)

_NOBODY = Unknown("the directory tells of no Global Administrator")
_DIRECTORY_ITSELF = Unknown(
    "whether the organisation keeps its people in Microsoft Entra ID itself is not told"
)


def global_administrators(account: Account, held: Holdings) -> list[Item] | Unknown:
    """The users who are Global Administrators, or may become one, and can sign in."""
    users, administrators = users_by_id(account), held.principals(GLOBAL_ADMINISTRATOR)
    if isinstance(users, Unknown) or isinstance(administrators, Unknown):
        return also(users, administrators) or _NOBODY
    found = [users[one] for one in sorted(administrators) if one in users]
    return [one for one in found if one.get("accountEnabled") is not False] or _NOBODY


def root_mfa(account: Account, held: Holdings) -> bool | Unknown:
    """Whether every Global Administrator signs in with a second factor."""
    ways = sign_ins(account)
    return then(
        global_administrators(account, held),
        lambda found: every(
            ways.mfa(one, subject_of(one, held, GLOBAL_ADMINISTRATOR)) or False for one in found
        ),
    )


def root_mfa_hardware(account: Account, held: Holdings) -> bool | Unknown | None:
    """Whether every Global Administrator must sign in with a device. Null where all of them have
    one, and may use something else as well."""
    ways = sign_ins(account)
    found = then(
        global_administrators(account, held),
        lambda one: [
            ways.device(each, subject_of(each, held, GLOBAL_ADMINISTRATOR)) for each in one
        ],
    )
    if isinstance(found, Unknown) or False in found:
        return found if isinstance(found, Unknown) else False
    return also(None, *found) or (None if None in found else True)


def root_access_keys(account: Account, held: Holdings) -> int | Unknown:
    """How many secrets and certificates that work belong to programs that are Global
    Administrators."""
    applications, foreign = programs(account)
    administrators = held.principals(GLOBAL_ADMINISTRATOR)
    if (
        isinstance(applications, Unknown)
        or isinstance(foreign, Unknown)
        or isinstance(administrators, Unknown)
    ):
        return also(applications, foreign, administrators) or _NOBODY
    mine = [one for one in (*applications, *foreign) if _id(one) in administrators]
    keys = [each for one in mine for each in one.credentials()]
    return also(None, *keys) or sum(one.active is True for one in keys)


def root_last_used(account: Account, held: Holdings) -> str | Unknown | None:
    """When a Global Administrator last signed in, null for never. Those who activate the role for a
    while sign in for other work too, and are left out."""
    last = last_sign_ins(account)
    found = then(global_administrators(account, held), lambda one: _standing(one, held))
    if isinstance(found, Unknown) or isinstance(last, Unknown):
        return also(found, last) or _NOBODY
    times = [last.get(str(one["id"])) for one in found]
    return also(None, *times) or max((one for one in times if isinstance(one, str)), default=None)


def is_federated(account: Account) -> bool | Unknown:
    """Whether people come from the organisation's own directory or identity provider. That nobody
    does says nothing: Microsoft Entra ID may itself be where the organisation keeps them."""
    domains = then(account.listed(LIST_DOMAINS), federated_domains)
    synchronised = then(users_by_id(account), _synchronised)
    if synchronised is True or (domains and not isinstance(domains, Unknown)):
        return True
    return also(domains, synchronised) or _DIRECTORY_ITSELF


def session_max_minutes(account: Account) -> int | Unknown:
    """How long people stay signed in at most."""
    return then(
        account.listed(LIST_CONDITIONAL_ACCESS), lambda listed: session_minutes(in_force(listed))
    )


def admin_source_ranges(account: Account) -> list[Any] | Unknown:
    """From where people may sign in."""
    places = account.listed(LIST_NAMED_LOCATIONS)
    return then(
        account.listed(LIST_CONDITIONAL_ACCESS),
        lambda listed: source_ranges(in_force(listed), places),
    )


def _id(program: Program) -> str:
    return str(program.principal["id"]) if isinstance(program.principal, dict) else ""


def _standing(administrators: list[Item], held: Holdings) -> list[Item] | Unknown:
    """Global Administrators for good: not those who may activate the role, and perhaps have, nor
    those who only own a group of some."""
    found = []
    for one in administrators:
        roles = [each for each in held.of(str(one["id"])) if each.role == GLOBAL_ADMINISTRATOR]
        ways = {each.eligible for each in roles if not each.by_owning}
        if ways == {False}:
            found.append(one)
    return found


def _synchronised(users: dict[str, Item]) -> bool:
    return any(one.get("onPremisesSyncEnabled") is True for one in users.values())
