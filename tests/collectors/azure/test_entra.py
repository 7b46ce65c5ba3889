"""Users and programs of the tenant, through Microsoft Graph over HTTP."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest

from collectors.azure.entra_calls import (
    GET_GROUP,
    LIST_APPLICATION_OWNERS,
    LIST_APPLICATION_RIGHTS,
    LIST_APPLICATIONS,
    LIST_CONDITIONAL_ACCESS,
    LIST_DIRECTORY_ELIGIBLE,
    LIST_DIRECTORY_HOLDERS,
    LIST_DOMAINS,
    LIST_GROUP_ELIGIBLE,
    LIST_MEMBERS,
    LIST_OWNERS,
    LIST_PRINCIPAL_OWNERS,
    LIST_REGISTRATIONS,
    LIST_SERVICE_PRINCIPALS,
    LIST_SIGN_INS,
    LIST_USERS,
)
from collectors.azure.entra_groups import eligible_for
from collectors.azure.services.entra_applications import SERVICE as APPLICATIONS
from collectors.azure.services.entra_applications import identities
from collectors.azure.services.entra_users import SERVICE as USERS
from collectors.azure.services.entra_users import users
from collectors.azure.tenant import LIST_ORGANIZATION
from collectors.calls import Call
from collectors.document import Document
from tests.collectors.azure.conftest import OpenAccount, Serve
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import TENANT, load

NO_LICENCE = "Authentication_RequestFromNonPremiumTenantOrB2CTenant"
WORLD = load("entra", "roles")
GRAPH = "/v1.0"


@pytest.fixture(scope="module")
def running(serve: Serve) -> AzureServer:
    return serve("entra", "roles")


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


def refuse(server: AzureServer, *calls: Call, code: str = "Authorization_RequestDenied") -> None:
    server.decide = lambda asked: Fault(status=403, code=code) if asked.call in calls else None


def by_id(documents: Any) -> dict[str, Document]:
    """Documents by the last part of their ids."""
    return {one.id.rpartition("/")[2]: one for one in documents}


def facts(documents: dict[str, Document], *names: str) -> dict[str, Any]:
    """Some facts of each document, the text of the reason in place of one that is not known."""
    return {
        id_: tuple(one.facts.get(name, one.unknown.get(name, "")) for name in names)
        for id_, one in documents.items()
    }


def test_users(server: AzureServer, open_account: OpenAccount) -> None:
    made: set[Call] = set()
    found = by_id(users(open_account(server, made=made)))
    assert made == set(USERS.calls)
    assert found["p-wang"].id == f"/tenants/{TENANT}/users/p-wang"
    assert found["p-wang"].facts == {
        "console": True,
        "mfa": True,
        "mfa_kinds": ["fido2"],
        "keys": [],
        "password_last_used": "2026-03-10T09:00:00Z",
        "password_changed": "2026-05-20T02:00:00Z",
        "groups": [],
        "direct_policies": ["Global Administrator"],
        "privileged": True,
        "escalation_paths": None,
        "external": False,
        "enabled": True,
    }
    assert facts(found, "privileged", "groups", "direct_policies") == {
        "p-wang": (True, [], ["Global Administrator"]),
        "p-zhang": (True, ["Azure owners"], ["Global Administrator", "Owner"]),
        "p-li": (True, [], ["everything"]),
        "p-sun": (False, ["Auditors"], []),
        "p-zhou": (False, [], ["Teams Administrator"]),
        "p-guest": (True, ["Azure owners"], []),
        "p-founder": (False, [], []),
        "p-gone": (False, [], []),
    }
    member = "a member who signs in with another tenant may be an outsider"
    assert facts(found, "external", "enabled")["p-guest"] == (True, True)
    assert facts(found, "external", "enabled")["p-founder"] == (member, True)
    assert facts(found, "external", "enabled")["p-gone"] == (False, False)


def test_second_factors(server: AzureServer, open_account: OpenAccount) -> None:
    found = facts(by_id(users(open_account(server))), "mfa", "mfa_kinds")
    nobody_asks = "a second factor is registered, and no policy that is read here asks the user"
    at_home = "the second factor of an outsider may be asked for in the tenant it comes from"
    no_row = "the report of second factors does not have the user"
    assert found.pop("p-sun")[0].startswith(nobody_asks)
    assert found == {
        "p-wang": (True, ["fido2"]),
        "p-zhang": (True, ["app", "sms", "virtual"]),
        "p-li": (True, ["sms"]),
        "p-zhou": (False, []),
        "p-guest": (at_home, []),
        "p-founder": (no_row, no_row),
        "p-gone": (None, None),
    }


def test_methods_that_are_not_known_or_not_allowed(
    server: AzureServer, open_account: OpenAccount
) -> None:
    report = f"{GRAPH}/reports/authenticationMethods/userRegistrationDetails"
    changed(server, report, "p-li", methodsRegistered=["mobilePhone", "telepathy"])
    found = by_id(users(open_account(server)))["p-li"]
    assert found.facts["mfa_kinds"] == ["sms", None]
    changed(server, report, "p-li", methodsRegistered=["fido2", "telepathy"])
    assert by_id(users(open_account(server)))["p-li"].facts["mfa_kinds"] == ["fido2"]
    changed(server, report, "p-li", isMfaCapable=False)
    assert "mfa" in by_id(users(open_account(server)))["p-li"].unknown


def test_another_identity_provider_may_ask(server: AzureServer, open_account: OpenAccount) -> None:
    changed(server, f"{GRAPH}/domains", "contoso.example", authenticationType="Federated")
    found = by_id(users(open_account(server)))["p-zhou"]
    assert "identity provider" in found.unknown["mfa"]
    refuse(server, LIST_DOMAINS)
    assert "mfa" in by_id(users(open_account(server)))["p-zhou"].unknown


def test_when_users_signed_in(server: AzureServer, open_account: OpenAccount) -> None:
    found = facts(by_id(users(open_account(server))), "password_last_used", "password_changed")
    assert found["p-li"] == (None, "2025-01-21T02:00:00Z")
    attempts = "only attempts to sign in are told, which may have failed"
    assert found["p-sun"] == (attempts, "2026-05-21T02:00:00Z")
    # Before success was told, an attempt is the latest that a success can be.
    assert found["p-founder"][0] == "2023-06-12T08:00:00Z"
    refuse(server, LIST_SIGN_INS, code=NO_LICENCE)
    found = facts(by_id(users(open_account(server))), "password_last_used")
    assert set(found.values()) == {(f"{NO_LICENCE}: AuditLog.Read.All",)}


@pytest.mark.parametrize(
    ("call", "known"),
    [
        (LIST_REGISTRATIONS, {"p-wang": None, "p-zhou": None, "p-gone": None}),
        (LIST_CONDITIONAL_ACCESS, {"p-wang": None, "p-zhou": False, "p-gone": None}),
        (LIST_MEMBERS, {"p-wang": None, "p-zhou": False}),
    ],
    ids=lambda one: one.name if isinstance(one, Call) else "",
)
def test_a_refusal_is_no_second_factor(
    server: AzureServer, open_account: OpenAccount, call: Call, known: dict[str, Any]
) -> None:
    refuse(server, call)
    found = by_id(users(open_account(server)))
    assert {id_: found[id_].facts.get("mfa") for id_ in known} == known
    assert f"Authorization_RequestDenied: {call.permission}" in found["p-wang"].unknown["mfa"]


@pytest.mark.parametrize(
    "call", [LIST_DIRECTORY_HOLDERS, LIST_DIRECTORY_ELIGIBLE, LIST_MEMBERS, GET_GROUP]
)
def test_a_refusal_does_not_take_rights_away(
    server: AzureServer, open_account: OpenAccount, call: Call
) -> None:
    refuse(server, call)
    found = by_id(users(open_account(server)))
    assert found["p-li"].facts["privileged"] is True, "by a role of Azure"
    assert "privileged" in found["p-zhou"].unknown


def test_who_may_join_a_group_may_have_its_roles(
    server: AzureServer, open_account: OpenAccount
) -> None:
    joining = "/v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances"
    gone = {"$status": 404, "error": {"code": "Request_ResourceNotFound"}}
    server.put("/v1.0/groups/p-founder", gone)
    member = {"id": "x", "accessId": "member", "principalId": "p-founder", "groupId": "p-admins"}
    server.put(f"{joining}?$filter=groupId eq 'p-admins'", {"value": [member]})
    found = facts(by_id(users(open_account(server))), "privileged", "groups")
    assert found["p-founder"] == (True, []), "of no group yet"
    server.put(
        f"{joining}?$filter=groupId eq 'p-admins'",
        {"value": [member | {"principalId": "p-nested"}]},
    )
    server.put("/v1.0/groups/p-nested", {"id": "p-nested", "displayName": "Nested"})
    server.put("/v1.0/groups/p-nested/transitiveMembers", {"value": [{"id": "p-founder"}]})
    found = facts(by_id(users(open_account(server))), "privileged", "groups")
    assert found["p-founder"] == (True, []), "by a group that may join"
    refuse(server, LIST_GROUP_ELIGIBLE)
    found = facts(by_id(users(open_account(server))), "privileged", "groups")
    code = "Authorization_RequestDenied: PrivilegedEligibilitySchedule.Read.AzureADGroup"
    assert found["p-founder"] == (code, [])
    refuse(server, LIST_GROUP_ELIGIBLE, code="AadPremiumLicenseRequired")
    assert facts(by_id(users(open_account(server))), "privileged")["p-founder"] == (False,)


def test_who_owns_a_group_that_a_policy_leaves_out_may_leave_it(
    server: AzureServer, open_account: OpenAccount
) -> None:
    server.put("/v1.0/groups/g-emergency/owners", {"value": [{"id": "p-wang"}]})
    found = facts(by_id(users(open_account(server))), "mfa")
    assert found["p-wang"] == (
        "a second factor is registered, and no policy that is read here asks the user for it",
    )


def test_who_owns_a_group_may_have_its_roles(
    server: AzureServer, open_account: OpenAccount
) -> None:
    owners = "/v1.0/groups/p-admins/owners"
    server.put(owners, {"value": [{"id": "p-founder"}]})
    found = facts(by_id(users(open_account(server))), "privileged", "groups")
    assert found["p-founder"] == (True, []), "of no group yet"
    server.put(owners, {"value": []})
    nested = {"id": "g-nested", "@odata.type": "#microsoft.graph.group"}
    server.put("/v1.0/groups/p-admins/transitiveMembers", {"value": [nested]})
    server.put("/v1.0/groups/g-nested/owners", {"value": [{"id": "p-founder"}]})
    joining = "/v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances"
    server.put(f"{joining}?$filter=groupId eq 'g-nested'", {"value": []})
    found = facts(by_id(users(open_account(server))), "privileged")
    assert found["p-founder"] == (True,), "by a group within it"
    refuse(server, LIST_OWNERS)
    found = facts(by_id(users(open_account(server))), "privileged")
    assert found["p-founder"] == ("Authorization_RequestDenied: GroupMember.Read.All",)


@pytest.mark.parametrize(
    ("owned", "call"),
    [
        # By a permission of Microsoft Graph, by a role of the directory.
        ("applications/app-billing", LIST_APPLICATION_OWNERS),
        ("servicePrincipals/p-app", LIST_PRINCIPAL_OWNERS),
        ("servicePrincipals/sp-partner", LIST_PRINCIPAL_OWNERS),
    ],
)
def test_who_owns_a_program_may_act_as_it(
    server: AzureServer, open_account: OpenAccount, owned: str, call: Call
) -> None:
    server.put(f"{GRAPH}/{owned}/owners", {"value": [{"id": "p-founder"}]})
    found = facts(by_id(users(open_account(server))), "privileged", "direct_policies")
    assert found["p-founder"] == (True, [])
    assert found["p-gone"][0] is False
    refuse(server, call)
    found = facts(by_id(users(open_account(server))), "privileged")
    assert found["p-founder"] == ("Authorization_RequestDenied: Application.Read.All",)
    assert found["p-wang"] == (True,)


def test_who_owns_a_program_in_a_group_has_the_roles_of_the_group(
    server: AzureServer, open_account: OpenAccount
) -> None:
    program = {"id": "sp-saml", "@odata.type": "#microsoft.graph.servicePrincipal"}
    server.put(f"{GRAPH}/groups/p-admins/transitiveMembers", {"value": [program]})
    assert by_id(users(open_account(server)))["p-founder"].facts["privileged"] is False
    server.put(f"{GRAPH}/servicePrincipals/sp-saml/owners", {"value": [{"id": "p-founder"}]})
    assert by_id(users(open_account(server)))["p-founder"].facts["privileged"] is True


def test_nobody_owns_a_managed_identity(server: AzureServer, open_account: OpenAccount) -> None:
    path = f"{GRAPH}/roleManagement/directory/roleAssignments"
    changed(server, path, "d-3", principalId="sp-vm")
    assert by_id(users(open_account(server)))["p-founder"].facts["privileged"] is False


def test_many_groups_are_asked_by_few_workers(
    server: AzureServer, open_account: OpenAccount
) -> None:
    """Each group names who may join it, which asks again: no worker may wait for another."""
    joining = "/v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances"
    groups = {f"g-{number}" for number in range(12)}
    for group in groups:
        server.put(f"/v1.0/groups/{group}", {"id": group})
        server.put(f"/v1.0/groups/{group}/transitiveMembers", {"value": [{"id": f"p-{group}"}]})
        server.put(f"/v1.0/groups/p-{group}", WORLD["/v1.0/groups/p-zhou"])
        may = {"principalId": "g-0", "groupId": group}
        server.put(f"{joining}?$filter=groupId eq '{group}'", {"value": [may]})
        server.put(f"{joining}?$filter=groupId eq 'p-{group}'", {"value": []})
    account, found = open_account(server), dict[str, Any]()
    asking = Thread(target=lambda: found.update(eligible_for(account, groups)), daemon=True)
    asking.start()
    asking.join(20)
    assert set(found.values()) == {frozenset({"g-0", "p-g-0"})}


@pytest.mark.parametrize(("china", "shown"), [(False, True), (True, False)])
def test_programs_of_who_runs_the_cloud(
    server: AzureServer, open_account: OpenAccount, china: bool, shown: bool
) -> None:
    """A program of the China cloud's own is somebody else's in the global one."""
    changed(
        server,
        f"{GRAPH}/servicePrincipals",
        "sp-graph",
        appOwnerOrganizationId="a55a4d5b-9241-49b1-b4ff-befa8db00269",
        passwordCredentials=[{"keyId": "k", "startDateTime": "2026-01-01T00:00:00Z"}],
    )
    account = open_account(server)
    account.china = china
    assert by_id(identities(account))["sp-graph"].facts["external"] is shown


def test_a_tenant_without_the_licence_has_nobody_who_activates_roles(
    server: AzureServer, open_account: OpenAccount
) -> None:
    refuse(server, LIST_DIRECTORY_ELIGIBLE, code="AadPremiumLicenseRequired")
    assert by_id(users(open_account(server)))["p-zhou"].facts["privileged"] is False


def test_users_that_cannot_be_listed(server: AzureServer, open_account: OpenAccount) -> None:
    refuse(server, LIST_USERS)
    (found,) = users(open_account(server))
    assert found.unlisted
    assert found.unknown["mfa"] == "Authorization_RequestDenied: User.Read.All"


def test_programs(server: AzureServer, open_account: OpenAccount) -> None:
    made: set[Call] = set()
    found = by_id(identities(open_account(server, made=made)))
    assert made == set(APPLICATIONS.calls)
    # Neither Microsoft's, nor managed identities, nor others' that have nothing in this tenant.
    assert sorted(found) == ["app-billing", "app-report", "sp-partner"]
    keys = {
        id_: [(key["id"], key["active"], key["created"][:4]) for key in one.facts["keys"] if key]
        for id_, one in found.items()
    }
    assert keys == {
        "app-billing": [
            ("k-new", True, "2026"),
            ("k-expired", False, "2023"),
            ("k-extra", True, "2026"),
        ],
        "app-report": [("k-cert", True, "2025")],
        "sp-partner": [],
    }
    assert facts(
        found, "console", "mfa", "direct_policies", "external", "enabled", "privileged"
    ) == {
        "app-billing": (False, None, None, False, True, True),
        # Without a service principal nobody can act as it.
        "app-report": (False, None, None, False, False, False),
        "sp-partner": (False, None, None, True, True, True),
    }
    assert "keys/0/last_used" in found["app-billing"].unknown
    assert "in its own tenant" in found["sp-partner"].unknown["keys/0"]
    assert "hint" not in str(found["app-billing"].native)


def test_programs_that_cannot_be_listed(server: AzureServer, open_account: OpenAccount) -> None:
    refuse(server, LIST_APPLICATIONS)
    found = list(identities(open_account(server)))
    assert [(one.unlisted, one.native_type) for one in found] == [
        # Somebody else's program may own one of the tenant's that has roles.
        (True, "Microsoft.Graph/servicePrincipals"),
        (True, "Microsoft.Graph/applications"),
        (False, "Microsoft.Graph/servicePrincipals"),
    ]
    refuse(server, LIST_SERVICE_PRINCIPALS)
    found = list(identities(open_account(server)))
    billing = next(one for one in found if one.name == "billing")
    assert {"privileged", "enabled", "keys/2"} <= billing.unknown.keys()
    assert [one.native_type for one in found if one.unlisted] == [
        "Microsoft.Graph/servicePrincipals"
    ]


def test_rights_over_microsoft_graph_count(server: AzureServer, open_account: OpenAccount) -> None:
    given = f"{GRAPH}/servicePrincipals/sp-graph/appRoleAssignedTo"
    administers = "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8"
    changed(server, given, "r-1", appRoleId=administers)
    found = facts(by_id(identities(open_account(server))), "privileged", "external")
    assert found["sp-saml"] == (True, True)
    resets = [{"id": administers, "value": "User-PasswordProfile.ReadWrite.All"}]
    server.put(f"{GRAPH}/servicePrincipals/sp-graph", {"id": "sp-graph", "appRoles": resets})
    found = facts(by_id(identities(open_account(server))), "privileged", "external")
    assert found["sp-saml"] == (True, True), "it gives itself the password of somebody else"
    refuse(server, LIST_APPLICATION_RIGHTS)
    found = facts(by_id(identities(open_account(server))), "privileged", "external")
    assert found["app-billing"][0] == "Authorization_RequestDenied: Application.Read.All"
    assert found["sp-partner"] == (True, True), "by a role of the directory"
    assert any(one.unlisted for one in identities(open_account(server)))


def test_programs_that_may_have_roles_are_not_left_out(
    server: AzureServer, open_account: OpenAccount
) -> None:
    refuse(server, LIST_DIRECTORY_HOLDERS)
    (found,) = [one for one in identities(open_account(server)) if one.unlisted]
    assert found.native_type == "Microsoft.Graph/servicePrincipals"
    assert found.unknown["privileged"].startswith("Authorization_RequestDenied")


def test_the_answers_of_another_tenant_are_not_taken(
    server: AzureServer, open_account: OpenAccount
) -> None:
    account = open_account(server)
    account.tenant = "00000000-0000-0000-0000-0000000000aa"
    (found,) = users(account)
    assert found.unlisted
    assert found.unknown["mfa"] == "the credentials are of another tenant than the subscription"
    refuse(server, LIST_ORGANIZATION)
    (found,) = users(open_account(server))
    assert found.unknown["mfa"] == "Authorization_RequestDenied: Organization.Read.All"


def test_one_subscription_of_a_tenant_tells_of_its_users(
    server: AzureServer, open_account: OpenAccount
) -> None:
    account = open_account(server)
    account.leads_tenant = False
    assert list(users(account)) == list(identities(account)) == []
