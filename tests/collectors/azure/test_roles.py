"""Roles, who holds them, and delegations to other tenants, over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.azure.account import Account
from collectors.azure.services.role_assignments import SERVICE, roles
from collectors.azure.services.role_definitions import SERVICE as DEFINITIONS
from collectors.azure.services.role_definitions import policies
from collectors.calls import Call
from collectors.document import Document
from tests.collectors.azure.conftest import OpenAccount, Serve
from tests.collectors.azure.server import AzureServer, Fault
from tests.collectors.azure.world import SUBSCRIPTION, load

JOINING = "/v1.0/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances"
WRITE = "Microsoft.Authorization/roleAssignments/write"


@pytest.fixture(scope="module")
def server(serve: Serve) -> AzureServer:
    return serve("roles", "entra")


def test_custom_roles(server: AzureServer, open_account: OpenAccount) -> None:
    server.decide = lambda asked: None
    made: set[Call] = set()
    found = {one.name: one for one in policies(open_account(server, made=made))}
    assert sorted(found) == ["assigner", "everything", "idle", "shared"]
    facts = {name: one.facts for name, one in found.items()}
    assert [facts[name]["full_admin"] for name in sorted(facts)] == [False, True, False, False]
    assert facts["assigner"]["escalation_paths"] == [WRITE]
    assert facts["idle"]["escalation_paths"] == []
    assert "escalation_paths" in found["shared"].unknown
    assert [facts[name]["attached"] for name in ("assigner", "everything", "idle")] == [1, 1, 0]
    assert "other subscriptions" in found["shared"].unknown["attached"]
    assert made == set(DEFINITIONS.calls)


def test_who_holds_a_role(server: AzureServer, open_account: OpenAccount) -> None:
    server.decide = lambda asked: None
    made: set[Call] = set()
    found = {one.name: one for one in roles(open_account(server, made=made))}
    assert sorted(found) == ["Owner", "assigner", "databases", "everything", "operations"]
    owner = found["Owner"]
    assert owner.facts["privileged"] is True
    group, user, guest = owner.facts["trust"]
    assert (group["principal"], group["account"]) == ("p-admins", SUBSCRIPTION)
    assert (user["principal"], user["account"]) == ("p-zhang", SUBSCRIPTION)
    assert (guest["principal"], guest["account"]) == ("p-guest", "partner.example")
    assert guest["actions"] == group["actions"], "through the group"
    assert found["everything"].facts["privileged"] is True
    assigner = found["assigner"].facts
    assert (assigner["privileged"], assigner["escalation_paths"]) == (False, [WRITE])
    partner = found["operations"].facts
    assert partner["trust"][0]["account"] == "00000000-0000-0000-0000-0000000000aa"
    assert (partner["privileged"], partner["escalation_paths"]) == (False, [])
    # Of one resource group alone.
    assert found["databases"].facts["trust"][0]["account"].endswith("00ab")
    assert made == set(SERVICE.calls)


@pytest.fixture(scope="module")
def others(serve: Serve) -> AzureServer:
    """Owners of many kinds."""
    server = serve("roles", "entra")
    path = f"/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Authorization/roleAssignments"
    owner = load("roles")[path]["value"][0]["properties"]
    held = [
        {"properties": {**owner, "principalId": principal, "principalType": kind}}
        for principal, kind in OWNERS
    ]
    server.put(path, {"value": held})
    return server


OWNERS = [
    ("p-guest", "User"),
    ("p-founder", "User"),
    ("p-nobody", "User"),
    ("sp-partner", "ServicePrincipal"),
    ("sp-vm", "ServicePrincipal"),
    ("sp-graph", "ServicePrincipal"),
    ("g-theirs", "ForeignGroup"),
    ("x", "Device"),
]


def test_whose_the_holders_are(others: AzureServer, open_account: OpenAccount) -> None:
    others.decide = lambda asked: None
    document = next(one for one in roles(open_account(others)) if one.name == "Owner")
    told = [(one["kind"], one.get("account", "?")) for one in document.facts["trust"]]
    assert told == [
        ("account", "partner.example"),
        ("account", "?"),
        ("account", None),
        ("account", "00000000-0000-0000-0000-0000000000aa"),
        ("account", SUBSCRIPTION),
        ("service", None),
        ("account", None),
        ("account", "?"),
    ]
    assert set(document.unknown) >= {"trust/1/account", "trust/7/account"}
    refused = Fault(status=403, code="Authorization_RequestDenied")
    others.decide = lambda asked: refused if asked.call.of_directory else None
    document = next(one for one in roles(open_account(others)) if one.name == "Owner")
    told = [(one["kind"], one.get("account", "?")) for one in document.facts["trust"]]
    assert told[:6] == [("account", "?")] * 6


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1.0/groups/p-admins/owners", {"value": [{"id": "p-guest"}, {"id": "sp-graph"}]}),
        (
            f"{JOINING}?$filter=groupId eq 'p-admins'",
            {"value": [{"principalId": "p-guest"}]},
        ),
        (
            "/v1.0/groups/p-admins/transitiveMembers",
            {"value": [{"id": "p-guest", "@odata.type": "#microsoft.graph.user"}]},
        ),
    ],
)
def test_outsiders_who_are_in_a_group_or_may_join_it(
    serve: Serve, open_account: OpenAccount, path: str, body: Any
) -> None:
    server = serve("roles", "entra")
    server.put("/v1.0/groups/p-guest", load("entra")["/v1.0/groups/p-zhou"])
    server.put("/v1.0/groups/p-admins/transitiveMembers", {"value": []})
    assert outsiders(open_account(server)) == []
    server.put(path, body)
    assert outsiders(open_account(server)) == ["p-guest"]
    fault = Fault(status=403, code="Authorization_RequestDenied")
    call = path.partition("?")[0].rpartition("/")[2]
    server.decide = lambda asked: fault if asked.path.endswith(call) else None
    assert outsiders(open_account(server)) == [None], "somebody may be there"


def outsiders(account: Account) -> list[Any]:
    """Who holds a role of owners and is not known as one of the tenant's own."""
    document = next(one for one in roles(account) if one.name == "Owner")
    trust = document.facts["trust"]
    return [one and one["principal"] for one in trust if not one or one["account"] != account.id]


def test_what_is_denied_is_unknown(server: AzureServer, open_account: OpenAccount) -> None:
    def deny(part: str) -> None:
        fault = Fault(status=403, code="AuthorizationFailed")
        server.decide = lambda asked: fault if part in asked.path else None

    def unlisted(found: list[Document]) -> int:
        return sum(bool(one.unlisted) for one in found)

    deny("/roleDefinitions")
    assert unlisted(list(policies(open_account(server)))) == 1
    found = list(roles(open_account(server)))
    assert unlisted(found) == 0
    assert len(found) == 5
    assert all("privileged" in one.unknown for one in found)
    deny("/roleEligibilityScheduleInstances")
    idle = {one.name: one for one in policies(open_account(server))}["idle"]
    assert "attached" in idle.unknown
    found = list(roles(open_account(server)))
    assert (unlisted(found), len(found)) == (1, 5)
    deny("/roleAssignments")
    assert "attached" in next(iter(policies(open_account(server)))).unknown
    found = list(roles(open_account(server)))
    assert (unlisted(found), len(found)) == (1, 4)
    deny("/registrationAssignments")
    assert unlisted(list(roles(open_account(server)))) == 1
    deny("/resourceGroups/rg-oa/providers/Microsoft.ManagedServices")
    found = list(roles(open_account(server)))
    assert (unlisted(found), len(found)) == (1, 6)
    deny("/resourcegroups")
    assert unlisted(list(roles(open_account(server)))) == 1
