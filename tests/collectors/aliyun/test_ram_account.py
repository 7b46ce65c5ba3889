"""The account's identity settings over HTTP, and who administers it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest

from collectors.aliyun.administrators import duties, for_people
from collectors.aliyun.credential_report import last_use_of_root, parse, password_changed
from collectors.aliyun.services.ram_account import (
    SERVICE,
    identity,
    password_policy,
    root_mfa_of,
    source_ranges,
)
from collectors.calls import Call
from collectors.document import Document, Unknown
from collectors.policy_clauses import Clause, clauses
from tests.collectors.aliyun.conftest import OpenAccount, Serve
from tests.collectors.aliyun.server import AliyunServer, Fault
from tests.collectors.aliyun.world import load

Collected = Callable[..., Document]
OWN = "acs:ram::1234567890123456"


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve("ims", "ram", "resourcemanager")


@pytest.fixture
def collected(server: AliyunServer, open_account: OpenAccount) -> Collected:
    """The document; calls of an operation that is named are denied."""

    def collect(*denied: str, made: set[Call] | None = None) -> Document:
        server.decide = lambda asked: (
            Fault(status=403, code="NoPermission") if asked.operation in denied else None
        )
        (found,) = identity(open_account(server, made=made))
        return found

    return collect


def test_an_account_with_rules(collected: Collected) -> None:
    found = collected()
    assert found.id == "aliyun/1234567890123456/account.identity"
    assert found.facts == {
        "root_mfa": True,
        "root_mfa_hardware": None,
        "root_access_keys": 0,
        "root_last_used": "2025-12-20T02:00:00Z",
        "password_policy": {
            "minimum_length": 14,
            "character_kinds": 3,
            "max_age_days": 90,
            "reuse_prevention": 5,
            "lockout_attempts": 5,
            "hard_expiry": True,
        },
        "session_max_minutes": 360,
        "federated": False,
        "administrators": [
            {"principal": f"{OWN}:role/auditor", "duty": "audit"},
            {"principal": f"{OWN}:role/partner", "duty": "all"},
            {"principal": f"{OWN}:user/alice", "duty": "system"},
            {"principal": f"{OWN}:user/root-like", "duty": "all"},
        ],
        "admin_source_ranges": ["203.0.113.0/24", "198.51.100.7/32"],
    }
    # What the API tells nobody.
    assert set(found.unknown) == {"security_contacts"}


ALWAYS = {"security_contacts"}


@pytest.mark.parametrize(
    ("operation", "unknown"),
    [
        ("GetAccountMFAInfo", {"root_mfa", "root_mfa_hardware"}),
        ("GetAccountSecurityPracticeReport", {"root_access_keys"}),
        ("GenerateCredentialReport", {"root_last_used"}),
        ("GetCredentialReport", {"root_last_used"}),
        ("GetPasswordPolicy", {"password_policy"}),
        ("GetSecurityPreference", {"session_max_minutes", "admin_source_ranges"}),
        ("GetUserSsoSettings", {"federated"}),
        ("ListOIDCProviders", {"federated"}),
        ("ListSAMLProviders", {"federated"}),
        ("ListUsers", {"administrators/2"}),
        ("ListRoles", {"administrators/2"}),
        (
            "ListPolicyAttachments",
            {f"administrators/{i}/duty" for i in range(5)},
        ),
        ("GetPolicy", {"administrators/0/duty", "administrators/2/duty", "administrators/3/duty"}),
        ("ListGroups", {"administrators/2/duty", "administrators/3/duty"}),
        ("ListUsersForGroup", {"administrators/2/duty", "administrators/3/duty"}),
        ("GetRole", {f"administrators/{i}/duty" for i in range(3)}),
    ],
)
def test_a_denial_leaves_its_facts_unknown(
    collected: Collected, operation: str, unknown: set[str]
) -> None:
    assert set(collected(operation).unknown) - ALWAYS == unknown


def test_the_service_declares_what_it_asks(collected: Collected) -> None:
    made: set[Call] = set()
    collected(made=made)
    assert made == set(SERVICE.calls)


@pytest.mark.parametrize(
    ("call", "body"),
    [
        ("GetUserSsoSettings", {"UserSsoSettings": {"SsoEnabled": True}}),
        ("ListSAMLProviders", {"SAMLProviders": {"SAMLProvider": [{"Arn": "acs:ram::1:x/adfs"}]}}),
        (
            "ListOIDCProviders",
            {
                "OIDCProviders": {
                    "OIDCProvider": [{"Arn": "acs:ram::1:x/a", "IssuerUrl": "https://a.example"}]
                }
            },
        ),
    ],
)
def test_people_sign_in_through_an_identity_provider(
    serve: Serve, open_account: OpenAccount, call: str, body: dict[str, Any]
) -> None:
    world = load("ims", "ram", "resourcemanager")
    world["ims"][call] = [{"body": body}]
    (found,) = identity(open_account(serve(world=world)))
    assert found.facts["federated"] is True


def test_a_policy_without_limits() -> None:
    found = password_policy(
        {
            "MinimumPasswordLength": 8,
            "RequireLowercaseCharacters": False,
            "RequireUppercaseCharacters": False,
            "RequireNumbers": False,
            "RequireSymbols": False,
            "MaxPasswordAge": 0,
            "MaxLoginAttemps": 0,
            "PasswordReusePrevention": 0,
            "HardExpire": False,
        }
    )
    assert (found.character_kinds, found.max_age_days, found.lockout_attempts) == (0, None, 0)


def test_what_a_policy_does_not_tell_is_unknown() -> None:
    found = password_policy({})
    for value in (found.minimum_length, found.character_kinds, found.max_age_days):
        assert isinstance(value, Unknown)


@pytest.mark.parametrize(
    ("on", "member", "expected"),
    [
        (True, "ResourceAccount", True),
        (False, "ResourceAccount", None),
        (False, "CloudAccount", False),
        (False, None, False),
        (False, Unknown("denied"), Unknown("denied")),
        (True, Unknown("denied"), True),
        (Unknown("mfa"), "CloudAccount", Unknown("mfa")),
    ],
)
def test_mfa_of_the_account_itself(on: Any, member: Any, expected: Any) -> None:
    assert root_mfa_of(on, member) == expected


def test_any_address_may_sign_in_where_no_mask_is_set() -> None:
    assert source_ranges({"LoginNetworkMasks": ""}) == []
    assert isinstance(source_ranges({}), Unknown)


def report(*rows: str) -> str:
    head = "user,user_last_logon,password_exist,password_last_changed,access_key_1_last_used"
    return base64.b64encode("\n".join([head, *rows]).encode()).decode()


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("<root>,2026-01-01T00:00:00Z,TRUE,N/A,-", "2026-01-01T00:00:00Z"),
        ("<root>,2026-01-01T00:00:00Z,TRUE,N/A,2026-03-01T00:00:00Z", "2026-03-01T00:00:00Z"),
        ("<root>,-,TRUE,N/A,N/A", None),
        (
            "<root>,N/A,TRUE,N/A,-",
            Unknown("the credential report does not tell when the account itself signed in"),
        ),
        ("<root>,yesterday,TRUE,N/A,-", Unknown("the time 'yesterday' is not understood")),
        ("alice,-,TRUE,-,-", Unknown("the credential report has no row of <root>")),
    ],
)
def test_the_last_use_of_the_account_itself(row: str, expected: Any) -> None:
    assert last_use_of_root(parse(report(row))) == expected


def test_a_report_that_is_older_than_a_password() -> None:
    found = parse(report("alice,-,FALSE,N/A,-"))
    assert password_changed(found, "alice") == Unknown(
        "the credential report is older than the password of alice"
    )
    assert password_changed(found, "bob") == Unknown("the credential report has no row of bob")


@pytest.mark.parametrize(
    "content", ["%", base64.b64encode(b"\xff\xfe").decode(), base64.b64encode(b"name,x").decode()]
)
def test_what_is_no_report_is_unknown(content: str) -> None:
    assert isinstance(parse(content), Unknown)


def parsed(*actions: str) -> list[Clause]:
    found = clauses({"Statement": {"Effect": "Allow", "Action": list(actions), "Resource": "*"}})
    assert not isinstance(found, Unknown)
    return found


@pytest.mark.parametrize(
    ("actions", "expected"),
    [
        (["ecs:*"], ["system"]),
        (["ecs:RunInstances"], []),
        (["ram:*"], ["security"]),
        (["actiontrail:*"], ["audit"]),
        (["actiontrail:LookupEvents", "actiontrail:Get*"], ["audit"]),
        (["ecs:*", "actiontrail:LookupEvents"], ["system"]),
        (["ecs:*", "ram:*"], ["system", "security"]),
        (["ecs:*", "ram:*", "actiontrail:*"], ["all"]),
        (["ecs:Describe*", "oss:*"], []),
    ],
)
def test_duties(actions: list[str], expected: list[str]) -> None:
    assert duties(parsed(*actions)) == expected


def role(kind: str, principal: str) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {kind: [principal]}}
    return {"AssumeRolePolicyDocument": {"Version": "1", "Statement": [statement]}}


def test_roles_of_services_and_programs_are_not_for_people() -> None:
    pods, staff = f"{OWN}:oidc-provider/pods", f"{OWN}:oidc-provider/staff"
    issuers = {
        pods: "https://oidc-ack-cn-hangzhou.oss-cn-hangzhou.aliyuncs.com/c1",
        staff: "https://login.example.com",
    }
    assert for_people(role("Service", "ecs.aliyuncs.com"), issuers) is False
    assert for_people(role("Federated", pods), issuers) is False
    assert for_people(role("Federated", staff), issuers) is True
    assert for_people(role("Federated", f"{OWN}:oidc-provider/new"), issuers) is True
    assert for_people(role("RAM", f"{OWN}:root"), issuers) is True
    assert for_people(Unknown("denied"), issuers) is True
    assert for_people({"AssumeRolePolicyDocument": "?"}, issuers) is True
