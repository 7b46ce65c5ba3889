"""IAM over real HTTP: users, groups, roles and policies, and what denials leave unknown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.services import iam_groups, iam_policies, iam_roles, iam_users
from collectors.document import Document
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

REGION = "cn-north-1"
IAM = f"arn:aws-cn:iam::{ACCOUNT_ID}"
OF_AWS = "arn:aws-cn:iam::aws:policy"
REASON = "AccessDenied: iam:"
BUCKET = "arn:aws-cn:s3:::example/*"


def policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action: Any, **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": "*", **more}


@pytest.fixture(scope="module")
def proxy(fresh_moto: str) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_moto) as running:
        yield running


@pytest.fixture(scope="module")
def filled(client: Client) -> dict[str, Any]:
    """Three people, a program, two groups, three roles and two policies."""
    iam = client("iam", REGION)
    everything = iam.create_policy(
        PolicyName="everything", PolicyDocument=policy(allow("*")), Tags=[tag("system", "bank")]
    )["Policy"]["Arn"]
    release = iam.create_policy(
        PolicyName="release",
        PolicyDocument=policy(
            allow(["iam:PassRole", "lambda:*"]), allow("s3:Get*", Resource=BUCKET)
        ),
    )["Policy"]["Arn"]
    for group, arn in (("admins", f"{OF_AWS}/AdministratorAccess"), ("empty", release)):
        iam.create_group(GroupName=group)
        iam.attach_group_policy(GroupName=group, PolicyArn=arn)
    for user in ("li.na", "wang.wei", "guest", "program"):
        iam.create_user(UserName=user, Tags=[tag("owner", user)])
    iam.add_user_to_group(GroupName="admins", UserName="li.na")
    for user in ("li.na", "wang.wei"):
        iam.create_login_profile(UserName=user, Password="Example-Only-2019!")
    device = iam.create_virtual_mfa_device(VirtualMFADeviceName="li.na")["VirtualMFADevice"]
    iam.enable_mfa_device(
        UserName="li.na",
        SerialNumber=device["SerialNumber"],
        AuthenticationCode1="123456",
        AuthenticationCode2="654321",
    )
    iam.attach_user_policy(UserName="wang.wei", PolicyArn=everything)
    iam.put_user_policy(
        UserName="wang.wei", PolicyName="own", PolicyDocument=policy(allow("s3:GetObject"))
    )
    key = iam.create_access_key(UserName="program")["AccessKey"]["AccessKeyId"]
    iam.update_access_key(UserName="program", AccessKeyId=key, Status="Inactive")
    _roles(iam, release)
    return {"key": key, "everything": everything, "release": release}


def _roles(iam: Any, release: str) -> None:
    trusts: dict[str, dict[str, Any]] = {
        "vendor": {"Principal": {"AWS": "arn:aws-cn:iam::999988887777:root"}},
        "partner": {
            "Principal": {"AWS": "111122223333"},
            "Condition": {"StringEquals": {"sts:ExternalId": "settlement"}},
        },
    }
    for name, trust in trusts.items():
        document = policy({"Effect": "Allow", "Action": "sts:AssumeRole", **trust})
        iam.create_role(
            RoleName=name,
            AssumeRolePolicyDocument=document,
            MaxSessionDuration=7200,
            Tags=[tag("owner", name)],
        )
    iam.attach_role_policy(RoleName="vendor", PolicyArn=f"{OF_AWS}/AdministratorAccess")
    iam.attach_role_policy(RoleName="partner", PolicyArn=release)
    iam.create_service_linked_role(AWSServiceName="autoscaling.amazonaws.com")


def tag(key: str, value: str) -> dict[str, str]:
    return {"Key": key, "Value": value}


@pytest.fixture
def collected(filled: dict[str, Any], proxy: FaultProxy, open_account: OpenAccount) -> Any:
    """The documents of a service by name, after the denials that the test wants."""

    def collect(service: Any, *denied: str) -> dict[str, Document]:
        proxy.decide = lambda request: DENIED if request.operation in denied else None
        account = open_account(proxy.url, REGION)
        return {document.name: document for document in service.SERVICE.account(account)}

    return collect


def test_users(collected: Any, filled: dict[str, Any]) -> None:
    found = collected(iam_users)
    assert {name: document.unknown for name, document in found.items()} == {
        "guest": {}, "li.na": {}, "program": {}, "wang.wei": {},
    }  # fmt: skip
    assert "iam:AttachUserPolicy" in found["li.na"].facts.pop("escalation_paths")
    assert found["program"].facts["escalation_paths"] == []
    changed = found["li.na"].facts.pop("password_changed")
    assert changed == found["li.na"].native["CreateDate"]
    assert (found["li.na"].id, found["li.na"].tags, found["li.na"].facts) == (
        f"{IAM}:user/li.na",
        {"owner": "li.na"},
        {
            "console": True,
            "mfa": True,
            "mfa_kinds": ["virtual"],
            "keys": [],
            "password_last_used": None,
            "groups": ["admins"],
            "direct_policies": [],
            "privileged": True,
            "external": False,
            "enabled": True,
        },
    )
    wang = found["wang.wei"].facts
    assert (wang["mfa"], wang["mfa_kinds"], wang["privileged"]) == (False, [], True)
    assert wang["direct_policies"] == [filled["everything"], "own"]
    program = found["program"].facts
    assert (program["console"], program["password_changed"], program["privileged"]) == (
        False,
        None,
        False,
    )
    created = program["keys"][0].pop("created")
    assert created.endswith("Z")
    assert program["keys"] == [{"id": filled["key"], "active": False, "last_used": None}]


@pytest.mark.parametrize(
    ("denied", "unknown"),
    [
        ("ListMFADevices", {"mfa": "ListMFADevices", "mfa_kinds": "ListMFADevices"}),
        ("ListAccessKeys", {"keys": "ListAccessKeys"}),
        (
            "GetLoginProfile",
            dict.fromkeys(("console", "password_last_used", "password_changed"), "GetLoginProfile"),
        ),
    ],
)
def test_a_denial_leaves_its_facts_of_users_unknown(
    collected: Any, denied: str, unknown: dict[str, str]
) -> None:
    found = collected(iam_users, denied)
    assert [document.unknown for document in found.values()] == [
        {fact: f"{REASON}{name}" for fact, name in unknown.items()}
    ] * 4


@pytest.mark.parametrize("denied", ["GenerateCredentialReport", "GetCredentialReport"])
def test_without_the_report_times_of_passwords_are_unknown(collected: Any, denied: str) -> None:
    """Of users who have one: that the others have none is known all the same."""
    found = collected(iam_users, denied)
    times = dict.fromkeys(("password_last_used", "password_changed"), f"{REASON}{denied}")
    assert {name: document.unknown for name, document in found.items()} == {
        "guest": {}, "li.na": times, "program": {}, "wang.wei": times,
    }  # fmt: skip
    assert {name for name, document in found.items() if document.facts["console"]} == {
        "li.na", "wang.wei",
    }  # fmt: skip


def test_the_use_of_a_key_may_be_unknown_alone(collected: Any) -> None:
    found = collected(iam_users, "GetAccessKeyLastUsed")["program"]
    assert found.unknown == {"keys/0/last_used": f"{REASON}GetAccessKeyLastUsed"}


def test_rights_that_cannot_be_read_are_unknown(collected: Any) -> None:
    """Full administration by the account's own policy stands; what AWS's policy gives is open."""
    found = collected(iam_users, "GetPolicyVersion")
    assert found["wang.wei"].facts["privileged"] is True
    assert found["guest"].facts["privileged"] is False
    assert found["li.na"].unknown == dict.fromkeys(
        ("privileged", "escalation_paths"), f"{REASON}GetPolicyVersion"
    )


@pytest.mark.parametrize(
    ("service", "facts"),
    [(iam_users, "identity.user"), (iam_groups, "identity.group"), (iam_roles, "identity.role"),
     (iam_policies, "identity.policy")],
)  # fmt: skip
def test_what_cannot_be_listed_is_unknown_as_a_whole(
    collected: Any, service: Any, facts: str
) -> None:
    found = collected(service, "GetAccountAuthorizationDetails").values()
    assert [document.native_type for document in found] == [
        native_type for _, native_type in service.SERVICE.types
    ]
    for document in found:
        assert (document.type, document.unlisted, document.facts) == (facts, True, {})
        assert set(document.unknown.values()) == {f"{REASON}GetAccountAuthorizationDetails"}


def test_groups(collected: Any) -> None:
    found = collected(iam_groups)
    assert sorted(found) == ["admins", "empty"]
    admins = found["admins"].facts
    assert (admins["members"], admins["privileged"]) == (1, True)
    assert {found["empty"].id: found["empty"].facts} == {
        f"{IAM}:group/empty": {
            "members": 0,
            "privileged": False,
            "escalation_paths": [
                "iam:PassRole+lambda:CreateEventSourceMapping+lambda:CreateFunction",
                "iam:PassRole+lambda:CreateFunction+lambda:AddPermission",
                "iam:PassRole+lambda:CreateFunction+lambda:InvokeFunction",
                "lambda:UpdateFunctionCode",
            ],
        },
    }
    denied = collected(iam_groups, "GetPolicyVersion")["admins"]
    assert denied.unknown == dict.fromkeys(
        ("privileged", "escalation_paths"), f"{REASON}GetPolicyVersion"
    )


def test_roles(collected: Any, filled: dict[str, Any]) -> None:
    found = collected(iam_roles)
    assert sorted(found) == ["partner", "vendor"]
    assert (found["partner"].id, found["partner"].tags) == (
        f"{IAM}:role/partner",
        {"owner": "partner"},
    )
    assert found["partner"].facts == {
        "trust": [
            {
                "principal": "111122223333",
                "account": "111122223333",
                "kind": "account",
                "actions": ["sts:AssumeRole"],
                "conditions": ["sts:ExternalId"],
                "narrows": True,
            }
        ],
        "policies": [filled["release"]],
        "privileged": False,
        "max_session_minutes": 120,
        "last_used": None,
        "escalation_paths": [
            "iam:PassRole+lambda:CreateEventSourceMapping+lambda:CreateFunction",
            "iam:PassRole+lambda:CreateFunction+lambda:AddPermission",
            "iam:PassRole+lambda:CreateFunction+lambda:InvokeFunction",
            "lambda:UpdateFunctionCode",
        ],
    }
    vendor = found["vendor"].facts
    assert (vendor["privileged"], vendor["trust"][0]["account"], vendor["trust"][0]["narrows"]) == (
        True,
        "999988887777",
        False,
    )


def test_the_length_of_sessions_may_be_unknown_alone(collected: Any) -> None:
    found = collected(iam_roles, "ListRoles")["partner"]
    assert found.unknown == {"max_session_minutes": f"{REASON}ListRoles"}


def test_policies(collected: Any, filled: dict[str, Any]) -> None:
    found = collected(iam_policies)
    assert sorted(found) == ["everything", "release", "wang.wei/own"]
    assert (found["everything"].id, found["everything"].tags) == (
        filled["everything"],
        {"system": "bank"},
    )
    assert found["everything"].facts["full_admin"] is True
    assert found["release"].facts == {
        "attached": 2,
        "managed_by": "customer",
        "statements": [
            {
                "effect": "allow",
                "actions": ["iam:PassRole", "lambda:*"],
                "not_actions": [],
                "resources": ["*"],
                "conditions": [],
            },
            {
                "effect": "allow",
                "actions": ["s3:Get*"],
                "not_actions": [],
                "resources": [BUCKET],
                "conditions": [],
            },
        ],
        "full_admin": False,
        "escalation_paths": [
            "iam:PassRole+lambda:CreateEventSourceMapping+lambda:CreateFunction",
            "iam:PassRole+lambda:CreateFunction+lambda:AddPermission",
            "iam:PassRole+lambda:CreateFunction+lambda:InvokeFunction",
            "lambda:UpdateFunctionCode",
        ],
    }


def test_an_inline_policy_is_a_policy_of_its_holder(collected: Any) -> None:
    """The inline policy of a service-linked role is none of the account's."""
    found = collected(iam_policies)["wang.wei/own"]
    assert (found.id, found.native_type, found.unknown) == (
        f"{IAM}:user/wang.wei#own",
        "AWS::IAM::UserPolicy",
        {},
    )
    assert found.facts == {
        "attached": 1,
        "managed_by": "customer",
        "statements": [
            {
                "effect": "allow",
                "actions": ["s3:GetObject"],
                "not_actions": [],
                "resources": ["*"],
                "conditions": [],
            }
        ],
        "full_admin": False,
        "escalation_paths": [],
    }


@pytest.mark.parametrize(
    ("kind", "native_type"),
    [("group", "AWS::IAM::GroupPolicy"), ("role", "AWS::IAM::RolePolicy")],
)
def test_an_inline_policy_may_give_everything(
    collected: Any, client: Client, kind: str, native_type: str
) -> None:
    iam = client("iam", REGION)
    named = {"GroupName": "empty"} if kind == "group" else {"RoleName": "partner"}
    (holder,) = named.values()
    put = iam.put_group_policy if kind == "group" else iam.put_role_policy
    remove = iam.delete_group_policy if kind == "group" else iam.delete_role_policy
    put(**named, PolicyName="all", PolicyDocument=policy(allow("*")))
    try:
        found = collected(iam_policies)[f"{holder}/all"]
    finally:
        remove(**named, PolicyName="all")
    assert (found.id, found.native_type) == (f"{IAM}:{kind}/{holder}#all", native_type)
    assert found.facts["full_admin"] is True


def test_the_tags_of_a_policy_may_be_unknown_alone(collected: Any) -> None:
    found = collected(iam_policies, "ListPolicyTags")
    assert found["everything"].unknown == {"tags": f"{REASON}ListPolicyTags"}


def test_kinds_of_mfa_devices() -> None:
    serials = [
        f"{IAM}:mfa/phone",
        f"{IAM}:u2f/user/key",
        "GAHT12345678",
        f"{IAM}:sms-mfa/old",
        f"{IAM}:mfa/tablet",
    ]
    devices = [{"SerialNumber": serial} for serial in serials]
    assert iam_users.mfa_kinds(devices) == ["fido2", "hardware", "sms", "virtual"]
