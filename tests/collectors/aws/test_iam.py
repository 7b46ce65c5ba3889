"""IAM over real HTTP: what it tells of people and rights, and what denials leave unknown."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from collectors.aws import credential_report as reports
from collectors.aws import reader
from collectors.aws.services import iam_account, iam_groups, iam_policies, iam_roles, iam_users
from collectors.document import Document, Unknown
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

REGION = "cn-north-1"
IAM = f"arn:aws-cn:iam::{ACCOUNT_ID}"
OF_AWS = "arn:aws-cn:iam::aws:policy"
REASON = "AccessDenied: iam:"
NOT_ASKED = "not collected by this version"
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
    iam.update_account_password_policy(
        MinimumPasswordLength=10,
        RequireNumbers=True,
        RequireSymbols=True,
        RequireUppercaseCharacters=True,
        MaxPasswordAge=90,
        PasswordReusePrevention=5,
    )
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
            "GenerateCredentialReport",
            dict.fromkeys(
                ("console", "password_last_used", "password_changed"), "GenerateCredentialReport"
            ),
        ),
        (
            "GetCredentialReport",
            dict.fromkeys(
                ("console", "password_last_used", "password_changed"), "GetCredentialReport"
            ),
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


def test_the_use_of_a_key_may_be_unknown_alone(collected: Any) -> None:
    found = collected(iam_users, "GetAccessKeyLastUsed")["program"]
    assert found.unknown == {"keys/0/last_used": f"{REASON}GetAccessKeyLastUsed"}


def test_rights_that_cannot_be_read_are_unknown(collected: Any) -> None:
    """Full administration by the account's own policy stands; what AWS's policy gives is open."""
    found = collected(iam_users, "GetPolicyVersion")
    assert found["wang.wei"].facts["privileged"] is True
    assert found["guest"].facts["privileged"] is False
    assert found["li.na"].unknown == {"privileged": f"{REASON}GetPolicyVersion"}


@pytest.mark.parametrize(
    ("service", "facts"),
    [(iam_users, "identity.user"), (iam_groups, "identity.group"), (iam_roles, "identity.role"),
     (iam_policies, "identity.policy")],
)  # fmt: skip
def test_what_cannot_be_listed_is_unknown_as_a_whole(
    collected: Any, service: Any, facts: str
) -> None:
    (found,) = collected(service, "GetAccountAuthorizationDetails").values()
    assert (found.type, found.unlisted, found.facts) == (facts, True, {})
    assert set(found.unknown.values()) == {f"{REASON}GetAccountAuthorizationDetails"}


def test_groups(collected: Any) -> None:
    found = collected(iam_groups)
    assert {document.id: document.facts for document in found.values()} == {
        f"{IAM}:group/admins": {"members": 1},
        f"{IAM}:group/empty": {"members": 0},
    }


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
    assert sorted(found) == ["everything", "release"]
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


def test_the_tags_of_a_policy_may_be_unknown_alone(collected: Any) -> None:
    found = collected(iam_policies, "ListPolicyTags")
    assert found["everything"].unknown == {"tags": f"{REASON}ListPolicyTags"}


ACCOUNT_FACTS = {
    "root_mfa": False,
    "root_mfa_hardware": False,
    "root_access_keys": 0,
    "password_policy": {
        "minimum_length": 10,
        "character_kinds": 3,
        "max_age_days": 90,
        "reuse_prevention": 5,
        "lockout_attempts": None,
        "hard_expiry": False,
    },
    "federated": False,
    "security_contacts": [],
}
ACCOUNT_UNKNOWN = {
    # moto's report leaves the root user out, which AWS's has.
    "root_last_used": "the credential report has no row of <root_account>",
    "session_max_minutes": NOT_ASKED,
    "administrators": NOT_ASKED,
    "admin_source_ranges": NOT_ASKED,
}


def test_the_account(collected: Any) -> None:
    found = collected(iam_account)[ACCOUNT_ID]
    assert (found.id, found.region, found.country) == (
        f"aws/{ACCOUNT_ID}/account.identity",
        "global",
        "CN",
    )
    assert (found.facts, found.unknown) == (ACCOUNT_FACTS, ACCOUNT_UNKNOWN)


@pytest.mark.parametrize(
    ("denied", "facts"),
    [
        ("GetAccountSummary", ["root_mfa", "root_mfa_hardware", "root_access_keys"]),
        ("GetAccountPasswordPolicy", ["password_policy"]),
        ("ListSAMLProviders", ["federated"]),
        ("ListOpenIDConnectProviders", ["federated"]),
        ("GetCredentialReport", ["root_last_used"]),
    ],
)
def test_a_denial_leaves_its_facts_of_the_account_unknown(
    collected: Any, denied: str, facts: list[str]
) -> None:
    found = collected(iam_account, denied)[ACCOUNT_ID]
    assert found.unknown == {**ACCOUNT_UNKNOWN, **dict.fromkeys(facts, f"{REASON}{denied}")}
    assert found.facts == {k: v for k, v in ACCOUNT_FACTS.items() if k not in facts}


def test_a_contact_that_may_not_be_read_is_unknown(collected: Any) -> None:
    found = collected(iam_account, "POST /getAlternateContact")[ACCOUNT_ID]
    assert found.unknown["security_contacts"] == "AccessDenied: account:GetAlternateContact"


def test_an_account_without_a_password_policy_has_none(
    client: Client, fresh_moto: str, filled: dict[str, Any], open_account: OpenAccount
) -> None:
    iam, contacts = client("iam", REGION), client("account", REGION)
    before = iam.get_account_password_policy()["PasswordPolicy"]
    before.pop("ExpirePasswords")
    iam.delete_account_password_policy()
    iam.create_open_id_connect_provider(Url="https://token.actions.githubusercontent.com")
    contacts.put_alternate_contact(
        AlternateContactType="SECURITY",
        EmailAddress="security@example.com",
        Name="Li Na",
        PhoneNumber="+86 10 0000 0000",
        Title="Security",
    )
    try:
        (found,) = iam_account.identity(open_account(fresh_moto, REGION))
        assert found.facts["password_policy"] is None
        assert found.facts["security_contacts"] == ["security@example.com"]
        assert found.facts["federated"] is False
        iam.create_open_id_connect_provider(Url="https://sso.example.com")
        (found,) = iam_account.identity(open_account(fresh_moto, REGION))
        assert found.facts["federated"] is True
    finally:
        iam.update_account_password_policy(**before)
        for host in ("token.actions.githubusercontent.com", "sso.example.com"):
            iam.delete_open_id_connect_provider(
                OpenIDConnectProviderArn=f"{IAM}:oidc-provider/{host}"
            )
        contacts.delete_alternate_contact(AlternateContactType="SECURITY")


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


COLUMNS = "user,password_enabled,password_last_used,access_key_1_last_used_date,access_key_2_last_used_date"  # noqa: E501
REPORT = f"""{COLUMNS}
<root_account>,not_supported,2025-03-01T08:00:00+00:00,N/A,2025-04-01T08:00:00+00:00
li.na,true,no_information,N/A,N/A
"""


def test_the_credential_report() -> None:
    report = reports.parse(REPORT)
    assert reports.last_use_of_root(report) == "2025-04-01T08:00:00Z"
    assert reports.time_in(report["li.na"], "password_last_used") is None
    assert reports.is_true(report["li.na"], "password_enabled") is True
    assert reports.row_of(report, "new") == Unknown("the credential report has no row of new")
    unused = REPORT.replace("2025-03-01T08:00:00+00:00", "N/A").replace(
        "2025-04-01T08:00:00+00:00", "no_information"
    )
    assert reports.last_use_of_root(reports.parse(unused)) is None


@contextmanager
def slow_reports(unready: int) -> Iterator[str]:
    """A server whose credential report is not ready for a number of questions."""
    left = [unready]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer(*(_ready() if "Action=Generate" in body else self._report()))

        def _report(self) -> tuple[int, str]:
            left[0] -= 1
            if left[0] >= 0:
                return 404, (
                    "<ErrorResponse><Error><Code>ReportInProgress</Code><Message>wait</Message>"
                    "</Error></ErrorResponse>"
                )
            return 200, _result("GetCredentialReport", f"<Content>{ENCODED}</Content>")

        def _answer(self, status: int, text: str) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


ENCODED = "dXNlcixhcm4KbGkubmEseAo="
"""`user,arn` and a row of li.na, in base64."""


def _ready() -> tuple[int, str]:
    return 200, _result("GenerateCredentialReport", "<State>STARTED</State>")


def _result(operation: str, inner: str) -> str:
    return (
        f"<{operation}Response><{operation}Result>{inner}</{operation}Result></{operation}Response>"
    )


def test_a_report_is_waited_for(monkeypatch: pytest.MonkeyPatch, open_account: OpenAccount) -> None:
    monkeypatch.setattr(reader, "PENDING_PAUSES", (0, 0, 0))
    with slow_reports(3) as url:
        found = reports.credential_report(open_account(url, REGION))
    assert found == {"li.na": {"user": "li.na", "arn": "x"}}


def test_a_report_that_is_not_ready_in_time_is_unknown(
    monkeypatch: pytest.MonkeyPatch, open_account: OpenAccount
) -> None:
    monkeypatch.setattr(reader, "PENDING_PAUSES", (0, 0, 0))
    with slow_reports(4) as url:
        found = reports.credential_report(open_account(url, REGION))
    assert found == Unknown("ReportInProgress: iam:GetCredentialReport")
