"""CloudSSO over HTTP: its directory and its users."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from collectors.aliyun.services import cloud_sso, cloud_sso_access
from collectors.calls import Call
from collectors.document import Unknown
from tests.collectors.aliyun.conftest import OpenAccount, Serve, by_name
from tests.collectors.aliyun.server import AliyunServer, Fault
from tests.collectors.aliyun.world import load

Collected = Callable[..., dict[str, Any]]
WORLD = load("cloudsso", "ram")
ARN = "acs:cloudsso:cn-shanghai:1234567890123456:directory/d-00fc2p61"
NO_RIGHTS = {"privileged": None, "escalation_paths": None}
FACTS_OF_USERS = {
    "console", "mfa", "mfa_kinds", "keys", "password_last_used", "password_changed", "groups",
    "direct_policies", "privileged", "escalation_paths", "external", "enabled",
}  # fmt: skip


@pytest.fixture(scope="module")
def server(serve: Serve) -> AliyunServer:
    return serve(world=WORLD)


@pytest.fixture
def collected(server: AliyunServer, open_account: OpenAccount) -> Collected:
    """The documents by name. Calls that are named are denied; `changed` replaces answers."""

    def collect(*denied: str, made: set[Call] | None = None, **changed: Any) -> dict[str, Any]:
        server.decide = lambda asked: (
            Fault(status=403, code="NoPermission") if asked.operation in denied else None
        )
        answers = copy.deepcopy(WORLD["cloudsso"])
        for operation, body in changed.items():
            answers[operation] = [{"body": body}]
        server.world["cloudsso"] = answers
        assert cloud_sso.SERVICE.account
        return by_name(cloud_sso.SERVICE.account(open_account(server, made=made)))

    return collect


@pytest.fixture
def access(server: AliyunServer, open_account: OpenAccount) -> Collected:
    """The groups and access configurations by name. Calls that are named are denied."""

    def collect(*denied: str, made: set[Call] | None = None) -> dict[str, Any]:
        server.decide = lambda asked: (
            Fault(status=403, code="NoPermission") if asked.operation in denied else None
        )
        server.world["cloudsso"] = WORLD["cloudsso"]
        assert cloud_sso_access.SERVICE.account
        return by_name(cloud_sso_access.SERVICE.account(open_account(server, made=made)))

    return collect


def test_groups_and_access_configurations(access: Collected) -> None:
    found = access()
    assert set(found) == {"operations", "admins", "ops", "administrator", "everything"}
    group = found["operations"]
    assert (group.id, group.facts) == (f"{ARN}/group/g-ops", {"members": 2} | NO_RIGHTS)
    policy = found["everything"]
    assert policy.id == f"{ARN}/access-configuration/ac-all"
    assert policy.facts["statements"] == [
        {
            "effect": "allow",
            "actions": ["*"],
            "not_actions": [],
            "resources": ["*"],
            "conditions": [],
        }
    ]
    assert [
        (name, *(found[name].facts[fact] for fact in ("attached", "managed_by", "full_admin")))
        for name in ("everything", "administrator", "ops")
    ] == [
        ("everything", 1, "customer", True),
        ("administrator", 1, "provider", True),
        ("ops", 1, "provider", False),
    ]
    assert "ram:AttachPolicyToUser" in policy.facts["escalation_paths"]


@pytest.mark.parametrize(
    ("operation", "name", "unknown"),
    [
        ("ListGroupMembers", "operations", {"members"}),
        (
            "ListGroups",
            "ACS::CloudSSO::Group (could not be listed)",
            {"members", "privileged", "escalation_paths", "tags"},
        ),
        ("ListAccessAssignments", "everything", {"attached"}),
        (
            "ListPermissionPoliciesInAccessConfiguration",
            "ops",
            {"managed_by", "statements", "full_admin", "escalation_paths"},
        ),
        ("GetPolicy", "ops", {"statements", "full_admin", "escalation_paths"}),
        ("GetPolicy", "everything", set()),
    ],
)
def test_a_denial_leaves_access_unknown(
    access: Collected, operation: str, name: str, unknown: set[str]
) -> None:
    found = access(operation)[name].unknown
    assert {path for path, why in found.items() if why.startswith("NoPermission")} == unknown


@pytest.mark.parametrize(
    ("operation", "types"),
    [
        ("GetServiceStatus", {"identity.group", "identity.policy"}),
        ("ListAccessConfigurations", {"identity.policy"}),
    ],
)
def test_access_that_cannot_be_listed_stands_in(
    access: Collected, operation: str, types: set[str]
) -> None:
    assert {one.type for one in access(operation).values() if one.unlisted} == types


def test_an_inline_policy_without_a_text_is_unknown(
    server: AliyunServer, open_account: OpenAccount
) -> None:
    account = open_account(server)
    policy = {"PermissionPolicyType": "Inline", "PermissionPolicyDocument": ""}
    assert isinstance(cloud_sso_access.text_of(account, policy), Unknown)


def test_whom_a_policy_without_a_text_serves_may_be_an_administrator(collected: Collected) -> None:
    policies = [{"PermissionPolicyType": "Inline", "PermissionPolicyName": "all"}]
    found = collected(ListPermissionPoliciesInAccessConfiguration={"PermissionPolicies": policies})
    assert "text of an inline policy" in found["qian@bank.example"].unknown["privileged"]


def test_calls_for_access_are_the_declared_ones(access: Collected) -> None:
    made: set[Call] = set()
    access(made=made)
    assert made == set(cloud_sso_access.SERVICE.calls)


def test_a_directory_with_passwords_of_its_own(collected: Collected) -> None:
    found = collected()["bank"]
    assert (found.id, found.region, found.type) == (ARN, "cn-shanghai", "account.identity")
    assert found.facts == {
        "root_mfa": None,
        "root_mfa_hardware": None,
        "root_access_keys": 0,
        "root_last_used": None,
        "password_policy": {
            "minimum_length": 12,
            "character_kinds": 3,
            "max_age_days": 90,
            "reuse_prevention": 5,
            "lockout_attempts": 5,
            "hard_expiry": False,
        },
        "session_max_minutes": 120,
        "federated": False,
        "admin_source_ranges": ["203.0.113.0/24", "198.51.100.7/32"],
    }
    assert set(found.unknown) == {"security_contacts", "administrators"}


def test_a_user_with_mfa_and_rights_by_a_group(collected: Collected) -> None:
    found = collected()["zhao@bank.example"]
    assert (found.id, found.tags) == (f"{ARN}/user/u-zhao", {"system": "core-bank"})
    assert found.facts == {
        "console": True,
        "mfa": True,
        "mfa_kinds": ["fido2", "virtual"],
        "keys": [],
        "groups": ["operations"],
        "direct_policies": [],
        "privileged": False,
        "escalation_paths": None,
        "external": False,
        "enabled": True,
    }
    assert "Email" not in found.native and "DisplayName" not in found.native


def test_a_user_who_is_not_asked_has_no_second_factor(collected: Collected) -> None:
    facts = collected()["qian@bank.example"].facts
    assert (facts["mfa"], facts["mfa_kinds"]) == (False, [])
    assert (facts["direct_policies"], facts["privileged"]) == (["everything"], True)


def test_a_user_who_is_asked_and_has_no_device(collected: Collected) -> None:
    facts = collected()["li@bank.example"].facts
    assert (facts["mfa"], facts["mfa_kinds"]) == (False, [])
    assert (facts["groups"], facts["privileged"]) == (["admins"], True)


def test_of_a_synchronised_user_no_password_is_told(collected: Collected) -> None:
    found = collected()["sun@bank.example"]
    assert found.facts["enabled"] is False
    assert {"console", "password_last_used", "password_changed"} <= found.unknown.keys()


@pytest.mark.parametrize(
    ("setting", "mfa"),
    [("Enabled", True), ("Disabled", False), ("OnlyRiskyLogin", False), ("Later", None)],
)
def test_settings_of_the_directory(collected: Collected, setting: str, mfa: bool | None) -> None:
    info = {"MfaAuthenticationAdvanceSettings": setting}
    found = collected(GetMFAAuthenticationSettingInfo={"MFAAuthenticationSettingInfo": info})
    assert found["zhao@bank.example"].facts.get("mfa") is mfa
    assert ("mfa" in found["zhao@bank.example"].unknown) == (mfa is None)


def test_codes_that_are_sent_count_beside_devices() -> None:
    settings = {"AllowedVerificationTypes": ["TOTP", "Email"]}
    assert cloud_sso.factors(settings, [{"DeviceType": "TOTP"}]) == ["email", "virtual"]
    assert isinstance(cloud_sso.factors({}, [{"DeviceType": "Pigeon"}]), Unknown)


def test_an_identity_provider_closes_the_way_by_a_password(collected: Collected) -> None:
    provider = {"SAMLIdentityProviderConfiguration": {"SSOStatus": "Enabled"}}
    found = collected(GetExternalSAMLIdentityProvider=provider)
    assert found["bank"].facts["federated"] is True
    assert "identity provider" in found["bank"].unknown["password_policy"]
    facts = found["sun@bank.example"].facts
    assert (facts["console"], facts["password_last_used"]) == (False, None)


def test_without_access_configurations_nobody_has_a_session() -> None:
    assert cloud_sso.longest_session([]) is None
    assert isinstance(cloud_sso.longest_session([{"SessionDuration": 900}, {}]), Unknown)


@pytest.mark.parametrize(
    "status", [{"Status": "Disabled", "PrerequisiteCheckResult": "Failed"}, {"Status": "Enabled"}]
)
def test_without_a_directory_there_is_nothing(collected: Collected, status: dict[str, str]) -> None:
    made: set[Call] = set()
    assert collected(GetServiceStatus={"ServiceStatus": status}, made=made) == {}
    assert {call.operation for call in made} == {"GetServiceStatus"}


@pytest.mark.parametrize("operation", ["GetServiceStatus", "ListDirectories"])
def test_a_directory_that_cannot_be_listed_stands_in(collected: Collected, operation: str) -> None:
    found = collected(operation)
    assert {(one.type, one.unlisted) for one in found.values()} == {
        ("account.identity", True),
        ("identity.user", True),
    }


@pytest.mark.parametrize(
    ("operation", "name", "unknown"),
    [
        ("GetExternalSAMLIdentityProvider", "bank", {"federated", "password_policy"}),
        ("GetPasswordPolicy", "bank", {"password_policy"}),
        ("GetLoginPreference", "bank", {"admin_source_ranges"}),
        ("ListAccessConfigurations", "bank", {"session_max_minutes"}),
        ("GetExternalSAMLIdentityProvider", "zhao@bank.example",
         {"console", "password_last_used", "password_changed"}),
        ("GetMFAAuthenticationSettingInfo", "zhao@bank.example", {"mfa", "mfa_kinds"}),
        ("GetUserMFAAuthenticationSettings", "zhao@bank.example", {"mfa", "mfa_kinds"}),
        ("ListMFADevicesForUser", "zhao@bank.example", {"mfa", "mfa_kinds"}),
        # Who is not asked for a device has no second factor, whatever devices there are.
        ("ListMFADevicesForUser", "qian@bank.example", set()),
        ("ListGroups", "zhao@bank.example", {"groups", "privileged"}),
        ("ListGroupMembers", "zhao@bank.example", {"groups", "privileged"}),
        ("ListAccessAssignments", "zhao@bank.example", {"direct_policies", "privileged"}),
        ("ListPermissionPoliciesInAccessConfiguration", "zhao@bank.example", {"privileged"}),
        ("GetPolicy", "zhao@bank.example", {"privileged"}),
        # What is known to be administration stays that.
        ("GetPolicy", "qian@bank.example", set()),
        ("ListGroups", "qian@bank.example", {"groups"}),
        ("ListUsers", "ACS::CloudSSO::User (could not be listed)", FACTS_OF_USERS | {"tags"}),
    ],
)  # fmt: skip
def test_a_denial_leaves_facts_unknown(
    collected: Collected, operation: str, name: str, unknown: set[str]
) -> None:
    found = collected(operation)[name]
    denied = {path for path, why in found.unknown.items() if why.startswith("NoPermission")}
    assert denied == unknown


def test_calls_are_the_declared_ones(collected: Collected) -> None:
    made: set[Call] = set()
    collected(made=made)
    assert made == set(cloud_sso.SERVICE.calls)


def test_every_page_is_read(server: AliyunServer, collected: Collected) -> None:
    server.page = 1
    try:
        assert len(collected()) == 5
    finally:
        server.page = 1000
