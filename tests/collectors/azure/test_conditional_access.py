"""What policies of Conditional Access ask, and of whom; how long and from where people sign in."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.conditional_access import (
    LEAVES_OUT,
    MANAGEMENT,
    Subject,
    asks_for_device,
    asks_for_mfa,
    covers,
    covers_everybody,
    in_force,
)
from collectors.azure.sign_in_limits import DEFAULT_MINUTES, session_minutes, source_ranges
from collectors.document import Unknown
from collectors.logic import Known

ADMIN = "62e90394-69f5-4237-9190-012177145e10"
MFA = {"operator": "OR", "builtInControls": ["mfa"]}
DENIED = Unknown("denied")


def policy(
    users: dict[str, Any] | None = None,
    *,
    grant: dict[str, Any] | None = None,
    state: str = "enabled",
    session: dict[str, Any] | None = None,
    **conditions: Any,
) -> dict[str, Any]:
    """A policy for all users, all applications and all clients, which asks for a second factor."""
    return {
        "state": state,
        "conditions": {
            "users": {"includeUsers": ["All"]} if users is None else users,
            "applications": {"includeApplications": ["All"]},
            "clientAppTypes": ["all"],
            "userRiskLevels": [],
            **conditions,
        },
        "grantControls": MFA if grant is None and session is None else grant,
        "sessionControls": session,
    }


def is_member(group: str, principal: str) -> Known:
    return DENIED if group == "denied" else (group, principal) == ("staff", "li")


LI = Subject(id="li", external=False, roles=frozenset({ADMIN}))


@pytest.mark.parametrize(
    ("one", "holds"),
    [
        (policy(), True),
        (policy(state="enabledForReportingButNotEnforced"), False),
        (policy(applications={"includeApplications": [MANAGEMENT]}), True),
        (policy(applications={"includeApplications": ["Office365"]}), False),
        (
            policy(
                applications={"includeApplications": ["All"], "excludeApplications": [MANAGEMENT]}
            ),
            False,
        ),
        (
            policy(
                applications={
                    "includeApplications": ["All"],
                    "excludeApplications": ["MicrosoftAdminPortals"],
                }
            ),
            False,
        ),
        (policy(applications={"includeApplications": ["MicrosoftAdminPortals"]}), False),
        (policy(clientAppTypes=["browser"]), False),
        (policy(clientAppTypes=["browser", "mobileAppsAndDesktopClients"]), True),
        (policy(signInRiskLevels=["high"]), False),
        (policy(platforms={"includePlatforms": ["android"]}), False),
        (policy(devices={"deviceFilter": {"mode": "exclude", "rule": "x"}}), False),
        (policy(somethingOfTomorrow={"x": 1}), False),
    ],
)
def test_policies_that_count(one: dict[str, Any], holds: bool) -> None:
    assert bool(in_force([one])) is holds


STRONG = {"requirementsSatisfied": "mfa", "allowedCombinations": ["fido2"]}


@pytest.mark.parametrize(
    ("grant", "asks"),
    [
        (MFA, True),
        ({"operator": "OR", "builtInControls": ["mfa", "compliantDevice"]}, False),
        ({"operator": "AND", "builtInControls": ["mfa", "compliantDevice"]}, True),
        ({"operator": "OR", "builtInControls": [], "authenticationStrength": STRONG}, True),
        ({"operator": "OR", "authenticationStrength": {"requirementsSatisfied": "none"}}, False),
        ({"operator": "OR", "builtInControls": ["mfa"], "termsOfUse": ["t"]}, False),
        ({"operator": "OR", "builtInControls": ["block"]}, False),
        ({}, False),
    ],
)
def test_a_second_factor_is_asked_for_where_nothing_else_will_do(
    grant: dict[str, Any], asks: bool
) -> None:
    assert asks_for_mfa(policy(grant=grant)) is asks


def test_where_a_second_factor_is_asked_for() -> None:
    assert asks_for_mfa(policy(locations={"includeLocations": ["All"]}))
    assert not asks_for_mfa(
        policy(locations={"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]})
    )
    assert not asks_for_mfa(policy(locations={"includeLocations": ["l-abroad"]}))


def test_a_device_is_asked_for_where_nothing_else_will_do() -> None:
    assert asks_for_device(policy(grant={"authenticationStrength": STRONG}))
    both = {**STRONG, "allowedCombinations": ["fido2", "password,softwareOath"]}
    assert not asks_for_device(policy(grant={"authenticationStrength": both}))
    assert not asks_for_device(policy())


@pytest.mark.parametrize(
    ("users", "covered"),
    [
        ({"includeUsers": ["All"]}, True),
        ({"includeUsers": ["li"]}, True),
        ({"includeUsers": ["zhang"]}, False),
        ({"includeUsers": ["None"]}, False),
        ({"includeUsers": ["All"], "excludeUsers": ["li"]}, False),
        ({"includeGroups": ["staff"]}, True),
        ({"includeGroups": ["other"]}, False),
        ({"includeGroups": ["denied"]}, DENIED),
        ({"includeUsers": ["All"], "excludeGroups": ["denied"]}, DENIED),
        ({"includeUsers": ["All"], "excludeGroups": ["staff"]}, False),
        ({"includeRoles": [ADMIN.upper()]}, True),
        ({"includeUsers": ["All"], "excludeRoles": [ADMIN]}, False),
        ({"includeUsers": ["GuestsOrExternalUsers"]}, False),
        (
            {"includeGuestsOrExternalUsers": {"guestOrExternalUserTypes": "b2bCollaborationGuest"}},
            False,
        ),
    ],
)
def test_whom_a_policy_is_for(users: dict[str, Any], covered: Known) -> None:
    assert covers(policy(users), LI, is_member, is_member) == covered


def test_who_may_join_a_group_that_is_left_out_can_leave_the_policy() -> None:
    without = policy({"includeUsers": ["All"], "excludeGroups": ["emergency"]})

    def may_join(group: str, principal: str) -> Known:
        return (group, principal) == ("emergency", "li")

    assert covers(without, LI, is_member, may_join) is False
    assert covers(without, LI, is_member, is_member) is True
    only = policy({"includeGroups": ["emergency"]})
    assert covers(only, LI, is_member, may_join) is False, "it is no member yet"


def test_guests_and_roles_that_are_not_known() -> None:
    guest = Subject(id="anna", external=True, roles=frozenset(), doubt=DENIED)
    assert (
        covers(policy({"includeUsers": ["GuestsOrExternalUsers"]}), guest, is_member, is_member)
        is True
    )
    left_out = {"includeUsers": ["All"], "excludeUsers": ["GuestsOrExternalUsers"]}
    assert covers(policy(left_out), guest, is_member, is_member) is False
    kinds = {"includeUsers": ["All"], "excludeGuestsOrExternalUsers": {"x": 1}}
    assert isinstance(covers(policy(kinds), guest, is_member, is_member), Unknown)
    assert covers(policy({"includeRoles": [ADMIN]}), guest, is_member, is_member) == DENIED
    without = {"includeUsers": ["All"], "excludeRoles": [ADMIN]}
    assert covers(policy(without), guest, is_member, is_member) == DENIED
    # Whoever may activate a role that is left out can leave the policy.
    may = Subject(id="x", external=False, roles=frozenset(), activatable=frozenset({ADMIN}))
    assert covers(policy(without), may, is_member, is_member) is False
    assert covers(policy({"includeRoles": [ADMIN]}), may, is_member, is_member) is False


def frequency(users: dict[str, Any] | None = None, **values: Any) -> dict[str, Any]:
    told = {"isEnabled": True, "type": "hours", "value": 8, "frequencyInterval": "timeBased"}
    return policy(users, session={"signInFrequency": {**told, **values}})


SOME = {"includeUsers": ["All"], "excludeUsers": ["p"]}


@pytest.mark.parametrize(
    ("policies", "minutes"),
    [
        ([], DEFAULT_MINUTES),
        ([policy()], DEFAULT_MINUTES),
        ([frequency(), frequency(value=1, type="days")], 480),
        ([frequency(frequencyInterval="everyTime", value=None, type=None)], 5),
        ([frequency(isEnabled=False)], DEFAULT_MINUTES),
        ([frequency(authenticationType="secondaryAuthentication")], DEFAULT_MINUTES),
        ([frequency({"includeUsers": ["li"]})], DEFAULT_MINUTES),
        ([frequency(SOME)], LEAVES_OUT),
        ([frequency(SOME), frequency(value=12)], 720),
    ],
)
def test_how_long_people_stay_signed_in(policies: list[Any], minutes: object) -> None:
    assert session_minutes(policies) == minutes


def test_a_frequency_that_is_not_understood_is_unknown() -> None:
    assert isinstance(session_minutes([frequency(type="weeks")]), Unknown)


BLOCK = {"operator": "OR", "builtInControls": ["block"]}
PLACES: list[dict[str, Any]] = [
    {
        "@odata.type": "#microsoft.graph.ipNamedLocation",
        "id": "office",
        "isTrusted": True,
        "ipRanges": [{"cidrAddress": "203.0.113.7/28"}, {"cidrAddress": "2001:db8:1::5/48"}],
    },
    {
        "@odata.type": "#microsoft.graph.countryNamedLocation",
        "id": "home",
        "countriesAndRegions": ["CN"],
        "includeUnknownCountriesAndRegions": True,
    },
    {"@odata.type": "#microsoft.graph.compliantNetworkNamedLocation", "id": "network"},
]


def blocking(*places: str, users: dict[str, Any] | None = None) -> dict[str, Any]:
    where = {"includeLocations": ["All"], "excludeLocations": list(places)}
    return policy(users, grant=BLOCK, locations=where)


def test_from_where_people_sign_in() -> None:
    ranges = ["203.0.113.0/28", "2001:db8:1::/48"]
    assert source_ranges([policy(), blocking("office")], PLACES) == ranges
    assert source_ranges([blocking("home")], PLACES) == ["country:CN", "country:ZZ"]
    for strange in ("network", "nowhere"):
        told = source_ranges([blocking(strange)], PLACES)
        assert isinstance(told, list)
        assert [type(place) for place in told] == [Unknown]
    trusted = source_ranges([blocking("AllTrusted")], PLACES)
    assert isinstance(trusted, list)
    assert trusted[:2] == ranges
    assert isinstance(trusted[2], Unknown)


def test_any_place_is_allowed_where_nothing_blocks_the_others() -> None:
    assert source_ranges([policy()], PLACES) == []
    # A policy that blocks one place leaves all others.
    assert source_ranges([policy(grant=BLOCK, locations={"includeLocations": ["home"]})], []) == []
    assert source_ranges([blocking("office", users=SOME)], PLACES) == LEAVES_OUT
    assert source_ranges([blocking("office")], DENIED) == DENIED
    assert isinstance(source_ranges([blocking("office"), blocking("home")], PLACES), Unknown)


def test_policies_for_everybody() -> None:
    assert covers_everybody(policy()) is True
    assert covers_everybody(policy({"includeRoles": [ADMIN]})) is False
    assert covers_everybody(policy(SOME)) == LEAVES_OUT
