"""Identity settings of a subscription and its tenant, over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.entra_calls import LIST_CONDITIONAL_ACCESS, LIST_NAMED_LOCATIONS
from collectors.azure.services.account_identity import SERVICE, identity
from collectors.calls import Call
from tests.collectors.azure.conftest import OpenAccount, Serve
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import filled, load

GRAPH = "/v1.0"
GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10"


WORLD = load("defender_for_cloud", "entra", "roles")


@pytest.fixture(scope="module")
def running(serve: Serve) -> AzureServer:
    return serve("defender_for_cloud", "entra", "roles")


@pytest.fixture
def server(running: AzureServer) -> AzureServer:
    """The tenant of the world, as it is there."""
    for path, body in WORLD.items():
        running.put(path, body)
    running.decide = lambda asked: None
    return running


def changed(server: AzureServer, path: str, id_: str, **values: Any) -> None:
    """One object of a list of the world is another from now on."""
    told = [{**one, **values} if one["id"] == id_ else one for one in WORLD[path]["value"]]
    server.put(path, {"value": told})


def test_security_contacts(server: AzureServer, open_account: OpenAccount) -> None:
    made: set[Call] = set()
    (found,) = identity(open_account(server, made=made))
    assert found.facts["security_contacts"] == ["billing@example.com", "sec@example.com"]
    assert made == set(SERVICE.calls)
    contacts = "/subscriptions/$SUB/providers/Microsoft.Security/securityContacts"
    off = {"id": f"{contacts}/off", "properties": {"emails": "a@example.com", "isEnabled": False}}
    for path, body in filled({contacts: {"value": [off]}}).items():
        server.put(path, body)
    (found,) = identity(open_account(server))
    assert found.facts["security_contacts"] == []
    server.decide = lambda asked: Fault(status=403, code="Authorization_RequestDenied")
    (found,) = identity(open_account(server))
    assert found.facts == {"password_policy": {}}


def test_the_tenants_rules(server: AzureServer, open_account: OpenAccount) -> None:
    (found,) = identity(open_account(server))
    facts = found.facts
    assert (facts["root_mfa"], facts["root_access_keys"]) == (True, 0)
    # One of two who can be Global Administrator has an app and a phone.
    assert facts["root_mfa_hardware"] is False
    # Of the one who is it for good, not of the one who activates the role.
    assert facts["root_last_used"] == "2026-03-10T09:00:00Z"
    assert facts["session_max_minutes"] == 480
    assert facts["admin_source_ranges"] == ["203.0.113.0/28", "country:CN"]
    assert facts["password_policy"] == {
        "minimum_length": 8,
        "character_kinds": 3,
        "max_age_days": 90,
        "reuse_prevention": 1,
        "lockout_attempts": 5,
        "hard_expiry": False,
    }
    assert set(found.unknown) == {"federated"}


def test_an_owner_of_a_group_of_global_administrators(
    server: AzureServer, open_account: OpenAccount
) -> None:
    """Who owns one has no role yet; who has it for good besides is seen signing in."""
    roles = f"{GRAPH}/roleManagement/directory/roleAssignments"
    changed(server, roles, "d-2", roleDefinitionId=GLOBAL_ADMINISTRATOR)
    server.put(f"{GRAPH}/groups/g-auditors/transitiveMembers", {"value": []})
    server.put(f"{GRAPH}/groups/g-auditors/owners", {"value": [{"id": "p-wang"}, {"id": "p-li"}]})
    (found,) = identity(open_account(server))
    assert found.facts["root_last_used"] == "2026-03-10T09:00:00Z"
    registrations = f"{GRAPH}/reports/authenticationMethods/userRegistrationDetails"
    changed(server, registrations, "p-li", isMfaRegistered=False, isMfaCapable=False)
    (found,) = identity(open_account(server))
    assert found.facts["root_mfa"] is False, "an owner may become one at any time"


def test_administrators_and_their_duties(server: AzureServer, open_account: OpenAccount) -> None:
    (found,) = identity(open_account(server))
    duties = [(one["principal"].split("@")[0], one["duty"]) for one in _administrators(found)]
    # Another tenant contributes to all of the subscription, its logs and its defence among it.
    assert duties.pop() == ("00000000-0000-0000-0000-0000000000aa/p-partner", "all")
    assert duties == [
        ("anna_partner.example#EXT#", "all"),  # through the group of owners
        ("li", "all"),  # may activate a role that gives everything
        ("sun", "audit"),  # reads the directory's reports, through a group
        ("wang", "all"),
        ("zhang", "all"),
        ("zhou", "audit"),  # may join the group of auditors
    ]
    # A group whose members are not told may hold anybody.
    server.put(f"{GRAPH}/groups/p-admins", {"id": "p-admins", "visibility": "HiddenMembership"})
    (found,) = identity(open_account(server))
    assert _administrators(found)[-1] is None
    assert found.unknown["administrators/6"].startswith("the members of a group with hidden")


def _administrators(document: Any) -> list[Any]:
    found: list[Any] = document.facts["administrators"]
    return found


def test_who_is_not_asked_for_a_second_factor(
    server: AzureServer, open_account: OpenAccount
) -> None:
    registrations = f"{GRAPH}/reports/authenticationMethods/userRegistrationDetails"
    changed(server, registrations, "p-wang", isMfaRegistered=False, isMfaCapable=False)
    (found,) = identity(open_account(server))
    assert found.facts["root_mfa"] is False
    server.put(registrations, WORLD[registrations])
    changed(server, f"{GRAPH}/identity/conditionalAccess/policies", "ca-mfa", state="disabled")
    (found,) = identity(open_account(server))
    assert "no policy that is read here asks" in found.unknown["root_mfa"]
    defaults = f"{GRAPH}/policies/identitySecurityDefaultsEnforcementPolicy"
    server.put(defaults, {"id": "d", "isEnabled": True})
    (found,) = identity(open_account(server))
    assert found.facts["root_mfa"] is True


def test_keys_that_can_do_everything(server: AzureServer, open_account: OpenAccount) -> None:
    roles = f"{GRAPH}/roleManagement/directory/roleAssignments"
    changed(server, roles, "d-3", principalId="p-app", roleDefinitionId=GLOBAL_ADMINISTRATOR)
    (found,) = identity(open_account(server))
    # Of three one is over.
    assert found.facts["root_access_keys"] == 2
    changed(server, roles, "d-3", roleDefinitionId=GLOBAL_ADMINISTRATOR)
    (found,) = identity(open_account(server))
    assert "in its own tenant" in found.unknown["root_access_keys"]


def test_passwords_that_never_expire(server: AzureServer, open_account: OpenAccount) -> None:
    changed(server, f"{GRAPH}/users", "p-li", passwordPolicies="DisablePasswordExpiration")
    (found,) = identity(open_account(server))
    assert found.facts["password_policy"]["max_age_days"] is None
    domains = f"{GRAPH}/domains"
    server.put(f"{GRAPH}/users", WORLD[f"{GRAPH}/users"])
    changed(server, domains, "contoso.example", passwordValidityPeriodInDays=2147483647)
    (found,) = identity(open_account(server))
    assert found.facts["password_policy"]["max_age_days"] is None
    changed(server, domains, "contoso.example", passwordValidityPeriodInDays=None)
    (found,) = identity(open_account(server))
    assert "password_policy/max_age_days" in found.unknown


def test_users_of_another_directory(server: AzureServer, open_account: OpenAccount) -> None:
    changed(server, f"{GRAPH}/users", "p-li", onPremisesSyncEnabled=True)
    (found,) = identity(open_account(server))
    assert found.facts["federated"] is True
    assert found.facts["password_policy"] == {"lockout_attempts": 5}
    server.put(f"{GRAPH}/users", WORLD[f"{GRAPH}/users"])
    changed(server, f"{GRAPH}/domains", "new.example", isVerified=True)
    (found,) = identity(open_account(server))
    assert found.facts["federated"] is True
    assert "minimum_length" not in found.facts["password_policy"]


def test_the_lockout_that_nobody_can_set(server: AzureServer, open_account: OpenAccount) -> None:
    server.put(f"{GRAPH}/groupSettings", {"value": []})
    (found,) = identity(open_account(server))
    assert found.facts["password_policy"]["lockout_attempts"] == 10
    china = open_account(server)
    china.china = True
    server.decide = lambda asked: Fault(status=403) if "groupSettings" in asked.path else None
    (found,) = identity(china)
    assert found.facts["password_policy"]["lockout_attempts"] == 10
    (found,) = identity(open_account(server))
    assert "password_policy/lockout_attempts" in found.unknown


@pytest.mark.parametrize(
    ("call", "unknown"),
    [
        (LIST_CONDITIONAL_ACCESS, {"root_mfa", "session_max_minutes", "admin_source_ranges"}),
        (LIST_NAMED_LOCATIONS, {"admin_source_ranges"}),
    ],
    ids=lambda one: one.name if isinstance(one, Call) else "",
)
def test_what_the_licence_does_not_have_is_unknown(
    server: AzureServer, open_account: OpenAccount, call: Call, unknown: set[str]
) -> None:
    code = "Authentication_RequestFromNonPremiumTenantOrB2CTenant"
    server.decide = lambda asked: Fault(status=403, code=code) if asked.call == call else None
    (found,) = identity(open_account(server))
    assert set(found.unknown) - {"federated"} == unknown
    assert {found.unknown[name] for name in unknown} == {f"{code}: Policy.Read.All"}
