"""RAM users, groups, roles and policies over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from collectors.aliyun.account import Account, Service
from collectors.aliyun.services import ram_groups, ram_policies, ram_roles, ram_users
from collectors.calls import Call
from collectors.document import Document, Unknown
from tests.collectors.aliyun.conftest import OpenAccount, Serve, by_name
from tests.collectors.aliyun.server import AliyunServer, Fault
from tests.collectors.aliyun.world import load

Collected = Callable[..., dict[str, Any]]
SERVICES = (ram_users, ram_groups, ram_roles, ram_policies)
OWN = "1234567890123456"
RIGHTS = {"privileged", "escalation_paths"}


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve("ims", "ram", "resourcemanager")


@pytest.fixture
def collected(server: AliyunServer, open_account: OpenAccount) -> Collected:
    """The documents of a service by name; calls of an operation that is named are denied."""

    def collect(service: Service, *denied: str, made: set[Call] | None = None) -> dict[str, Any]:
        server.decide = lambda asked: (
            Fault(status=403, code="NoPermission") if asked.operation in denied else None
        )
        assert service.account
        run: Callable[[Account], Iterable[Document]] = service.account
        return by_name(run(open_account(server, made=made)))

    return collect


def test_a_user_that_signs_in_with_mfa_and_has_rights_by_a_group(collected: Collected) -> None:
    found = collected(ram_users.SERVICE)["alice"]
    assert found.id == f"acs:ram::{OWN}:user/alice"
    assert found.tags == {"system": "core-bank"}
    assert found.unknown == {}
    assert found.facts == {
        "console": True,
        "mfa": True,
        "mfa_kinds": ["virtual"],
        "keys": [],
        "password_last_used": "2026-06-30T01:00:00Z",
        "password_changed": "2026-05-15T00:00:00Z",
        "groups": ["operations"],
        "direct_policies": [],
        "privileged": False,
        "escalation_paths": ["ecs:InvokeCommand", "ecs:RunCommand", "ecs:StartTerminalSession"],
        "external": False,
        "enabled": True,
    }
    assert "Email" not in found.native and "MobilePhone" not in found.native


def test_a_user_of_a_program(collected: Collected) -> None:
    facts = collected(ram_users.SERVICE)["batch"].facts
    assert (facts["console"], facts["mfa"], facts["mfa_kinds"]) == (False, False, [])
    assert (facts["password_last_used"], facts["password_changed"]) == (None, None)
    assert facts["keys"] == [
        {
            "id": "LTAI5tBatch",
            "active": True,
            "created": "2026-05-01T00:00:00Z",
            "last_used": "2026-06-30T00:00:00Z",
        }
    ]
    # AdministratorAccess on a resource group is no administration of the account.
    assert facts["privileged"] is False
    assert facts["direct_policies"] == [
        f"acs:ram::{OWN}:policy/release",
        "acs:ram::system:policy/AdministratorAccess",
    ]


def test_a_privileged_user_without_mfa(collected: Collected) -> None:
    facts = collected(ram_users.SERVICE)["root-like"].facts
    assert (facts["console"], facts["mfa"], facts["mfa_kinds"]) == (True, False, [])
    assert [(key["active"], key["last_used"]) for key in facts["keys"]] == [
        (True, None),
        (False, "2022-03-01T00:00:00Z"),
    ]
    assert facts["privileged"] is True
    assert facts["password_last_used"] == "2025-11-02T09:00:00Z"


@pytest.mark.parametrize(
    ("operation", "name", "unknown"),
    [
        ("GetLoginProfile", "alice", {"console", "password_last_used", "password_changed"}),
        ("GetUserMFAInfo", "alice", {"mfa", "mfa_kinds"}),
        ("ListAccessKeys", "batch", {"keys"}),
        ("GetAccessKeyLastUsed", "batch", {"keys/0/last_used"}),
        ("ListGroups", "alice", {"groups", *RIGHTS}),
        ("ListUsersForGroup", "alice", {"groups", *RIGHTS}),
        ("ListPolicyAttachments", "alice", {"direct_policies", *RIGHTS}),
        ("GetPolicy", "alice", RIGHTS),
        # What is known to be administration stays that.
        ("GetPolicy", "root-like", set()),
        ("GenerateCredentialReport", "alice", {"password_changed"}),
        ("GetCredentialReport", "alice", {"password_changed"}),
        ("GetCredentialReport", "batch", set()),
    ],
)
def test_a_denial_leaves_facts_of_a_user_unknown(
    collected: Collected, operation: str, name: str, unknown: set[str]
) -> None:
    found = collected(ram_users.SERVICE, operation)[name]
    assert set(found.unknown) == unknown
    assert all(reason.startswith("NoPermission") for reason in found.unknown.values())


def test_groups_and_their_members(collected: Collected) -> None:
    found = collected(ram_groups.SERVICE)
    assert {name: one.facts for name, one in found.items()} == {
        "operations": {
            "members": 1,
            "privileged": False,
            "escalation_paths": ["ecs:InvokeCommand", "ecs:RunCommand", "ecs:StartTerminalSession"],
        },
        "empty": {"members": 0, "privileged": False, "escalation_paths": []},
    }
    for operation in ("ListPolicyAttachments", "GetPolicy"):
        assert set(collected(ram_groups.SERVICE, operation)["operations"].unknown) == RIGHTS
    denied = collected(ram_groups.SERVICE, "ListUsersForGroup")["empty"]
    assert denied.unknown == {"members": "NoPermission: ram:ListUsersForGroup"}


def test_roles_but_not_service_linked_ones(collected: Collected) -> None:
    found = collected(ram_roles.SERVICE)
    assert set(found) == {"app", "partner", "auditor"}
    app = found["app"]
    assert app.tags == {"system": "core-bank"}
    assert app.facts["trust"][0]["kind"] == "service"
    assert (app.facts["privileged"], app.facts["max_session_minutes"]) == (False, 60)
    assert app.facts["escalation_paths"] == ["ram:AttachPolicyToUser"]
    assert app.facts["policies"] == [f"acs:ram::{OWN}:policy/delegate"]
    assert set(app.unknown) == {"last_used"}
    partner = found["partner"].facts
    (trust,) = partner["trust"]
    assert (trust["kind"], trust["account"], trust["narrows"]) == (
        "account",
        "5555666677778888",
        False,
    )
    assert (partner["privileged"], partner["max_session_minutes"]) == (True, 720)
    (trust,) = found["auditor"].facts["trust"]
    assert (trust["kind"], trust["account"], trust["narrows"]) == ("account", OWN, False)


@pytest.mark.parametrize(
    ("operation", "unknown"),
    [
        ("GetRole", {"trust", "max_session_minutes"}),
        ("ListPolicyAttachments", {"policies", "privileged", "escalation_paths"}),
        ("GetPolicy", {"privileged", "escalation_paths"}),
    ],
)
def test_a_denial_leaves_facts_of_a_role_unknown(
    collected: Collected, operation: str, unknown: set[str]
) -> None:
    found = collected(ram_roles.SERVICE, operation)["app"]
    assert set(found.unknown) == unknown | {"last_used"}


def test_nothing_is_said_of_what_may_be_a_service_linked_role(collected: Collected) -> None:
    found = collected(ram_roles.SERVICE, "GetRole")["AliyunServiceRoleForVpn"]
    assert (found.facts, found.unlisted) == ({}, False)


def test_custom_policies(collected: Collected) -> None:
    found = collected(ram_policies.SERVICE)
    assert {
        name: (one.facts["attached"], one.facts["full_admin"], one.facts["escalation_paths"])
        for name, one in found.items()
        if name != "everything"
    } == {"release": (1, False, []), "delegate": (1, False, ["ram:AttachPolicyToUser"])}
    everything = found["everything"].facts
    assert (everything["attached"], everything["full_admin"]) == (0, True)
    assert found["delegate"].facts["statements"] == [
        {
            "effect": "allow",
            "actions": ["ram:AttachPolicyToUser", "ram:List*"],
            "not_actions": [],
            "resources": ["*"],
            "conditions": ["acs:MFAPresent"],
        }
    ]
    denied = collected(ram_policies.SERVICE, "GetPolicy")["release"]
    assert set(denied.unknown) == {"statements", "full_admin", "escalation_paths"}


@pytest.mark.parametrize(
    ("service", "operation"),
    [
        (ram_users.SERVICE, "ListUsers"),
        (ram_groups.SERVICE, "ListGroups"),
        (ram_roles.SERVICE, "ListRoles"),
        (ram_policies.SERVICE, "ListPolicies"),
    ],
)
def test_a_list_that_is_denied_has_a_stand_in(
    collected: Collected, service: Service, operation: str
) -> None:
    (found,) = collected(service, operation).values()
    assert found.unlisted
    assert set(found.unknown.values()) == {f"NoPermission: ram:{operation}"}


@pytest.mark.parametrize("module", SERVICES)
def test_the_services_declare_what_they_ask(collected: Collected, module: Any) -> None:
    made: set[Call] = set()
    collected(module.SERVICE, made=made)
    assert made == set(module.SERVICE.calls)


def test_an_account_without_users_groups_roles_and_policies(
    serve: Serve, open_account: OpenAccount
) -> None:
    world = load("ims", "ram", "resourcemanager")
    world["ims"]["ListUsers"] = [{"body": {"Users": {"User": []}, "IsTruncated": False}}]
    for name, key in (("Groups", "Group"), ("Roles", "Role"), ("Policies", "Policy")):
        world["ram"][f"List{name}"] = [{"body": {name: {key: []}, "IsTruncated": False}}]
    account = open_account(serve(world=world))
    assert [list(module.SERVICE.account(account)) for module in SERVICES] == [[], [], [], []]


def test_a_frozen_user_and_a_logon_that_is_switched_off(
    serve: Serve, open_account: OpenAccount
) -> None:
    world = load("ims", "ram", "resourcemanager")
    users = world["ims"]["ListUsers"][0]["body"]["Users"]["User"]
    users[0]["Status"] = "freeze"
    del users[2]["Status"]
    world["ims"]["GetLoginProfile"][2]["body"]["LoginProfile"]["Status"] = "Inactive"
    found = by_name(ram_users.users(open_account(serve(world=world))))
    assert (found["alice"].facts["enabled"], found["alice"].facts["console"]) == (False, True)
    assert found["root-like"].facts["console"] is False
    assert set(found["root-like"].unknown) == {"enabled"}


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        (None, []),
        ({"IsMFAEnable": False}, []),
        ({"IsMFAEnable": True, "MFADevice": {"Type": "U2F"}}, ["fido2"]),
        ({"IsMFAEnable": True}, Unknown("the API does not tell the kind of the MFA device")),
    ],
)
def test_kinds_of_mfa(info: Any, expected: Any) -> None:
    assert ram_users.mfa_kinds(info) == expected
