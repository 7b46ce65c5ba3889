"""Who administers an account: over real HTTP, and which duty statements give."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.administrators import administrators, duties, for_people, issued_for_programs
from collectors.aws.policy_document import clauses
from collectors.document import Unknown
from collectors.facts.account import Administrator
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.faults.operations import Request
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

REGION = "cn-north-1"
IAM = f"arn:aws-cn:iam::{ACCOUNT_ID}"
AWS = "arn:aws-cn:iam::aws:policy"


def policy(*actions: str, **more: Any) -> str:
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "*", **more}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def trust(**principal: str) -> str:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.fixture(scope="module")
def proxy(fresh_moto: str) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_moto) as running:
        yield running


@pytest.fixture(scope="module")
def _people(client: Client) -> None:
    """One of each duty, one by a group, one by AWS's own policy, and what is no administrator."""
    iam = client("iam", REGION)
    iam.create_group(GroupName="machines")
    iam.put_group_policy(
        GroupName="machines",
        PolicyName="machines",
        PolicyDocument=policy("ec2:RunInstances", "ec2:TerminateInstances"),
    )
    own = {
        "audit": policy("cloudtrail:LookupEvents"),
        "machines": "",
        "nobody": policy("s3:GetObject"),
        "two": policy("iam:PutUserPolicy", "cloudtrail:StopLogging"),
    }
    for name, document in own.items():
        iam.create_user(UserName=name)
        if document:
            iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=document)
    iam.add_user_to_group(GroupName="machines", UserName="machines")
    iam.create_user(UserName="everything")
    iam.attach_user_policy(UserName="everything", PolicyArn=f"{AWS}/AdministratorAccess")
    roles = {"people": trust(AWS=ACCOUNT_ID), "program": trust(Service="ec2.amazonaws.com.cn")}
    for name, document in roles.items():
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)
        iam.put_role_policy(
            RoleName=name, PolicyName="keys", PolicyDocument=policy("kms:PutKeyPolicy")
        )


@pytest.fixture
def found(_people: None, proxy: FaultProxy, open_account: OpenAccount) -> Any:
    """The administrators, after the denials of some kinds that the test wants."""

    def read(*kinds: str, operation: str = "") -> Any:
        asked = iter(("User", "Group", "Role"))

        def decide(request: Request) -> Any:
            if request.operation == "GetAccountAuthorizationDetails":
                return DENIED if next(asked, "") in kinds else None
            return DENIED if request.operation == operation else None

        proxy.decide = decide
        return administrators(open_account(proxy.url, REGION))

    return read


USERS = [
    Administrator(principal=f"{IAM}:user/audit", duty="audit"),
    Administrator(principal=f"{IAM}:user/everything", duty="all"),
    Administrator(principal=f"{IAM}:user/machines", duty="system"),
    Administrator(principal=f"{IAM}:user/two", duty="security"),
    Administrator(principal=f"{IAM}:user/two", duty="audit"),
]
ROLE = Administrator(principal=f"{IAM}:role/people", duty="security")
LISTS = Unknown("AccessDenied: iam:GetAccountAuthorizationDetails")


def test_users_and_the_roles_of_people(found: Any) -> None:
    assert found() == [ROLE, *USERS]


def test_kinds_that_cannot_be_listed_keep_an_unknown_place(found: Any) -> None:
    assert found("User") == [ROLE, LISTS]
    assert found("Role") == [*USERS, LISTS]
    assert found("User", "Group", "Role") == LISTS


def test_the_duty_of_members_is_unknown_without_groups(found: Any) -> None:
    unsure = Administrator(principal=f"{IAM}:user/machines", duty=LISTS)
    assert found("Group") == [ROLE, *[unsure if one is USERS[2] else one for one in USERS]]


def test_a_policy_that_cannot_be_read_leaves_the_duty_unknown(found: Any) -> None:
    reason = Unknown("AccessDenied: iam:GetPolicyVersion")
    assert Administrator(principal=f"{IAM}:user/everything", duty=reason) in found(
        operation="GetPolicyVersion"
    )


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (policy("ec2:*"), ["system"]),
        (policy("ec2:RunInstances"), []),
        (policy("rds:*"), ["system"]),
        (policy("iam:*"), ["security"]),
        (policy("iam:Get*", "iam:List*"), []),
        (policy("iam:PutRolePolicy", Resource=f"{IAM}:role/app-1"), []),
        (policy("guardduty:*"), ["security"]),
        (policy("cloudtrail:*"), ["audit"]),
        (policy("cloudtrail:Get*", "cloudtrail:LookupEvents"), ["audit"]),
        # Who holds another duty and may look at the trail is no auditor for that.
        (policy("ec2:*", "cloudtrail:LookupEvents"), ["system"]),
        (policy("ec2:*", "cloudtrail:StopLogging"), ["system", "audit"]),
        # All but the rights: AWS's PowerUserAccess.
        (
            json.dumps({"Statement": {"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}}),
            ["all"],
        ),
        (
            json.dumps(
                {
                    "Statement": [
                        {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"},
                        {"Effect": "Deny", "Action": "ec2:Terminate*", "Resource": "*"},
                        {"Effect": "Deny", "Action": "ec2:DeleteVpc", "Resource": "*"},
                    ]
                }
            ),
            [],
        ),
        (policy("s3:*"), []),
    ],
)
def test_duties(document: str, expected: list[str]) -> None:
    written = clauses(document)
    assert not isinstance(written, Unknown)
    assert duties(written) == expected


GITHUB = f"{IAM}:oidc-provider/token.actions.githubusercontent.com"


@pytest.mark.parametrize(
    ("path", "document", "expected"),
    [
        ("/", trust(AWS="111122223333"), True),
        ("/", trust(AWS="*"), True),
        ("/", trust(Service="lambda.amazonaws.com"), False),
        ("/", trust(Federated=f"{IAM}:saml-provider/AWSSSO"), True),
        ("/", trust(Federated=GITHUB), False),
        ("/", "no policy", True),
        ("/aws-service-role/", trust(AWS="111122223333"), False),
    ],
)
def test_roles_that_people_can_take_on(path: str, document: str, expected: bool) -> None:
    assert for_people({"Path": path, "AssumeRolePolicyDocument": document}) is expected


def test_issuers_for_programs() -> None:
    eks = "oidc.eks.cn-north-1.amazonaws.com.cn/id/1"
    assert [
        issued_for_programs(f"{IAM}:oidc-provider/{issuer}")
        for issuer in (eks, "sso.example.com", "gitlab.com")
    ] == [True, False, True]
