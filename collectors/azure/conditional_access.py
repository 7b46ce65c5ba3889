"""What Conditional Access asks of people who sign in to manage Azure. Pure.

A policy counts when it is on, is for Azure's management (all applications, or that one), and asks
whatever the circumstances: one that holds on some devices, networks or risks alone asks nothing of
somebody who avoids them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from msgspec import Struct

from collectors.document import Unknown
from collectors.logic import Known, every, negated, some

Policy = dict[str, Any]
IsMember = Callable[[str, str], Known]
"""Whether a group has a member, or may get one: `is_member(group, principal)`."""

MANAGEMENT = "797f4846-ba00-4fd7-ba43-dac1f8f63013"
"""The application "Windows Azure Service Management API": the portal, the command line, ARM."""

# Stands for the portal of Azure among others, and for nothing else that manages Azure.
_PORTALS = "MicrosoftAdminPortals"
_ALL, _GUESTS = "All", "GuestsOrExternalUsers"
_DEVICES = {"fido2", "windowsHelloForBusiness", "x509CertificateMultiFactor"}
_CLIENTS = {"browser", "mobileAppsAndDesktopClients"}
# Conditions that are looked at by themselves.
_READ = {"applications", "users", "clientAppTypes", "locations"}
_EXCLUDES = ("excludeUsers", "excludeGroups", "excludeRoles", "excludeGuestsOrExternalUsers")

_SOME_GUESTS = Unknown("which kinds of guests a policy means is not evaluated")
LEAVES_OUT = Unknown("a policy of Conditional Access leaves out users, groups or roles")


class Subject(Struct, frozen=True, kw_only=True):
    """Somebody who signs in. `roles` are the directory roles in force in the whole tenant,
    `activatable` those that may be activated besides, or hold in a part of it; `doubt` is why there
    may be more of both."""

    id: str
    external: bool | Unknown
    roles: frozenset[str]
    activatable: frozenset[str] = frozenset()
    doubt: Unknown | None = None


def in_force(policies: Iterable[Policy]) -> list[Policy]:
    """The policies that are on, are for Azure's management, and hold in all circumstances but for
    the place that somebody signs in from."""
    return [one for one in policies if one.get("state") == "enabled" and _holds_always(one)]


def asks_for_mfa(policy: Policy) -> bool:
    """Whether a policy in force cannot be satisfied without a second factor, wherever somebody
    is."""
    grant = policy.get("grantControls") or {}
    strength = grant.get("authenticationStrength") or {}
    ways = [one == "mfa" for one in grant.get("builtInControls") or ()]
    ways += [False for _ in (*_of(grant, "customAuthenticationFactors"), *_of(grant, "termsOfUse"))]
    if strength:
        ways.append(strength.get("requirementsSatisfied") == "mfa")
    asked = any(ways) if grant.get("operator") == "AND" else bool(ways) and all(ways)
    return asked and not _has_places(policy)


def asks_for_device(policy: Policy) -> bool:
    """Whether a policy that asks for a second factor takes keys alone that do not leave a
    device."""
    strength = (policy.get("grantControls") or {}).get("authenticationStrength") or {}
    ways = {str(one) for one in _of(strength, "allowedCombinations")}
    return bool(ways) and ways <= _DEVICES


def covers(policy: Policy, subject: Subject, is_member: IsMember, may_join: IsMember) -> Known:
    """Whether a policy is for somebody, and stays so whatever they do: not where they may become a
    member of a group that it leaves out."""
    users = (policy["conditions"].get("users")) or {}
    included = some(
        (
            _ALL in _of(users, "includeUsers"),
            _named(users, "include", subject, subject.roles, is_member),
        )
    )
    left_out = _named(users, "exclude", subject, subject.roles | subject.activatable, may_join)
    return every((included, negated(left_out)))


def covers_everybody(policy: Policy) -> Known:
    """Whether a policy is for all users; unknown where it leaves some of them out."""
    users = (policy["conditions"].get("users")) or {}
    if _ALL not in _of(users, "includeUsers"):
        return False
    return LEAVES_OUT if any(users.get(name) for name in _EXCLUDES) else True


def groups_of(policies: Iterable[Policy], *ways: str) -> set[str]:
    """The groups that policies name, in some ways (`includeGroups`, `excludeGroups`)."""
    return {
        str(group)
        for policy in policies
        for name in ways
        for group in _of(policy["conditions"].get("users") or {}, name)
    }


def _holds_always(policy: Policy) -> bool:
    conditions = policy["conditions"]
    applications = conditions.get("applications") or {}
    included = {str(one) for one in _of(applications, "includeApplications")}
    excluded = {str(one) for one in _of(applications, "excludeApplications")}
    clients = {str(one) for one in _of(conditions, "clientAppTypes")}
    return (
        bool(included & {_ALL, MANAGEMENT})
        and not excluded & {MANAGEMENT, _PORTALS}
        and not applications.get("applicationFilter")
        and ("all" in clients or clients >= _CLIENTS)
        # Whatever condition there is besides, one of tomorrow's too, narrows the policy.
        and not any(conditions[name] for name in conditions.keys() - _READ)
    )


def _has_places(policy: Policy) -> bool:
    """Whether a policy holds in some places alone."""
    places = policy["conditions"].get("locations") or {}
    return bool(places.get("excludeLocations")) or (
        bool(places) and _ALL not in _of(places, "includeLocations")
    )


def _named(
    users: dict[str, Any],
    way: str,
    subject: Subject,
    roles: frozenset[str],
    is_member: IsMember,
) -> Known:
    """Whether a policy names somebody among those that it is for ("include"), or is not for."""
    named = {str(one) for one in _of(users, f"{way}Users")}
    asked: list[Known] = [subject.id in named]
    if _GUESTS in named:
        asked.append(subject.external)
    if users.get(f"{way}GuestsOrExternalUsers"):
        asked.append(False if subject.external is False else _SOME_GUESTS)
    if _of(users, f"{way}Roles"):
        meant = {str(one).lower() for one in _of(users, f"{way}Roles")}
        asked.append(True if roles & meant else subject.doubt or False)
    return some(
        (
            *asked,
            *(is_member(str(group), subject.id) for group in _of(users, f"{way}Groups")),
        )
    )


def _of(item: dict[str, Any], name: str) -> list[Any]:
    return item.get(name) or []
