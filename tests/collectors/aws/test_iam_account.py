"""The identity settings of an account over real HTTP: root user, passwords, federation, contact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.services import iam_account
from collectors.document import Document
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.collectors.aws.scripted import XML, Reply, query_error, scripted
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

REGION = "cn-north-1"
IAM = f"arn:aws-cn:iam::{ACCOUNT_ID}"
REASON = "AccessDenied: iam:"


@pytest.fixture(scope="module")
def proxy(fresh_moto: str) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_moto) as running:
        yield running


@pytest.fixture(scope="module")
def _filled(client: Client) -> None:
    client("iam", REGION).update_account_password_policy(
        MinimumPasswordLength=10,
        RequireNumbers=True,
        RequireSymbols=True,
        RequireUppercaseCharacters=True,
        MaxPasswordAge=90,
        PasswordReusePrevention=5,
    )


@pytest.fixture
def collected(_filled: None, proxy: FaultProxy, open_account: OpenAccount) -> Any:
    """The document, after the denials that the test wants."""

    def collect(*denied: str) -> Document:
        proxy.decide = lambda request: DENIED if request.operation in denied else None
        (found,) = iam_account.identity(open_account(proxy.url, REGION))
        return found

    return collect


ACCOUNT_FACTS: dict[str, Any] = {
    # AWS in China has no root user.
    "root_mfa": None,
    "root_mfa_hardware": None,
    "root_access_keys": 0,
    "root_last_used": None,
    "password_policy": {
        "minimum_length": 10,
        "character_kinds": 3,
        "max_age_days": 90,
        "reuse_prevention": 5,
        "lockout_attempts": None,
        "hard_expiry": False,
    },
    "session_max_minutes": None,
    "federated": False,
    "security_contacts": [],
    "administrators": [],
    "admin_source_ranges": None,
}


def test_the_account(collected: Any) -> None:
    found = collected()
    assert (found.id, found.region, found.country) == (
        f"aws/{ACCOUNT_ID}/account.identity",
        "global",
        "CN",
    )
    assert (found.facts, found.unknown) == (ACCOUNT_FACTS, {})


@pytest.mark.parametrize(
    ("denied", "facts"),
    [
        ("GetAccountSummary", ["root_mfa", "root_mfa_hardware", "root_access_keys"]),
        ("GetAccountPasswordPolicy", ["password_policy"]),
        ("ListSAMLProviders", ["federated"]),
        ("ListOpenIDConnectProviders", ["federated"]),
        ("GetCredentialReport", ["root_last_used"]),
        ("GetAccountAuthorizationDetails", ["administrators"]),
    ],
)
def test_a_denial_leaves_its_facts_of_the_account_unknown(
    collected: Any, denied: str, facts: list[str]
) -> None:
    found = collected(denied)
    assert found.unknown == dict.fromkeys(facts, f"{REASON}{denied}")
    assert found.facts == {k: v for k, v in ACCOUNT_FACTS.items() if k not in facts}


def test_a_contact_that_may_not_be_read_is_unknown(collected: Any) -> None:
    found = collected("GetAlternateContact")
    assert found.unknown["security_contacts"] == "AccessDenied: account:GetAlternateContact"


def test_an_account_without_a_password_policy_has_none(
    client: Client, fresh_moto: str, _filled: None, open_account: OpenAccount
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


def _summary(**changes: int) -> dict[str, int]:
    nothing = dict.fromkeys(
        (
            "AccountMFAEnabled",
            "AccountAccessKeysPresent",
            "AccountPasswordPresent",
            "AccountSigningCertificatesPresent",
        ),
        0,
    )
    return {**nothing, **changes}


OLDER_SUMMARY = {"AccountMFAEnabled": 0, "AccountAccessKeysPresent": 0}


@pytest.mark.parametrize(
    ("partition", "summary", "expected"),
    [
        ("aws", _summary(AccountMFAEnabled=1), True),
        ("aws", _summary(AccountPasswordPresent=1), False),
        ("aws", _summary(AccountAccessKeysPresent=1), False),
        ("aws", _summary(AccountSigningCertificatesPresent=1), False),
        ("aws", _summary(), None),
        ("aws", OLDER_SUMMARY, False),
        ("aws-cn", OLDER_SUMMARY, None),
        ("aws-cn", _summary(AccountPasswordPresent=1), None),
        ("aws-cn", _summary(AccountAccessKeysPresent=1), False),
        ("aws-cn", _summary(AccountMFAEnabled=1), True),
    ],
)
def test_a_root_user_that_nobody_can_be_needs_no_mfa(
    partition: str, summary: dict[str, int], expected: bool | None
) -> None:
    assert iam_account.mfa_of_root(partition, summary) is expected


@pytest.mark.parametrize(
    ("region", "unknown"),
    [(REGION, None), ("us-east-1", "the credential report has no row of <root_account>")],
)
def test_only_china_has_a_report_without_a_root_user(
    fresh_moto: str, open_account: OpenAccount, region: str, unknown: Any
) -> None:
    """moto's report leaves the root user out everywhere."""
    (found,) = iam_account.identity(open_account(fresh_moto, region))
    assert found.unknown.get("root_last_used") == unknown
    assert ("root_last_used" in found.facts) == (unknown is None)


VIRTUAL = f"{IAM}:mfa/phone"


def _result(operation: str, inner: str) -> Reply:
    body = f"<{operation}Result>{inner}</{operation}Result>"
    return Reply(body=f"<{operation}Response>{body}</{operation}Response>", kind=XML)


def _devices(*devices: tuple[str, str]) -> Reply:
    members = "".join(
        f"<member><SerialNumber>{serial}</SerialNumber><User><Arn>{owner}</Arn></User></member>"
        for serial, owner in devices
    )
    inner = f"<IsTruncated>false</IsTruncated><VirtualMFADevices>{members}</VirtualMFADevices>"
    return _result("ListVirtualMFADevices", inner)


@pytest.mark.parametrize(
    ("devices", "hardware"),
    [
        (_devices((VIRTUAL, f"{IAM}:root")), False),
        (_devices((f"{IAM}:mfa/root-account-mfa-device", "")), False),
        (_devices((VIRTUAL, f"{IAM}:user/root")), True),
        (_devices(), True),
        (query_error("AccessDenied", 403), None),
    ],
)
def test_a_root_user_with_mfa_and_no_virtual_device_has_a_hardware_one(
    open_account: OpenAccount, devices: Reply, hardware: bool | None
) -> None:
    summary = "".join(
        f"<entry><key>{key}</key><value>{value}</value></entry>"
        for key, value in (("AccountMFAEnabled", 1), ("AccountAccessKeysPresent", 2))
    )
    with scripted() as server:
        server.replies = {
            "GetAccountSummary": [
                _result("GetAccountSummary", f"<SummaryMap>{summary}</SummaryMap>")
            ],
            "ListVirtualMFADevices": [devices],
            "*": [query_error("AccessDenied", 403)],
        }
        (found,) = iam_account.identity(open_account(server.url, REGION))
    assert (found.facts["root_mfa"], found.facts["root_access_keys"]) == (True, 2)
    assert found.facts.get("root_mfa_hardware") == hardware
    if hardware is None:
        assert found.unknown["root_mfa_hardware"] == f"{REASON}ListVirtualMFADevices"
