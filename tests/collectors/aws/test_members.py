"""Accounts of an organisation: each through a role of its own, and one that refuses is said."""

from __future__ import annotations

from pathlib import Path

import boto3
import pytest

from collectors.aws import collect as collecting
from collectors.aws.collect import collect
from collectors.aws.permissions import needed
from collectors.aws.services import cloudtrail, iam_account, s3
from collectors.aws.session import AwsOptions
from collectors.document import UserError
from collectors.snapshot import open_snapshot
from tests.collectors.aws.conftest import ACCOUNT_ID, Client
from tests.faults.proxy import DENIED, fault_proxy

REGION = "us-east-1"
SOME = (REGION,)


@pytest.fixture(autouse=True)
def _some_services(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three services stand for all: a session for each account is what these tests are about."""
    some = [cloudtrail.SERVICE, iam_account.SERVICE, s3.SERVICE]
    monkeypatch.setattr(collecting, "load_services", lambda: some)


@pytest.fixture(scope="module")
def shop(client: Client) -> str:
    """An organisation with a second account, which has a bucket of its own; its id."""
    organizations = client("organizations")
    organizations.create_organization(FeatureSet="ALL")
    made = organizations.create_account(AccountName="shop", Email="shop@example.org")
    account = str(made["CreateAccountStatus"]["AccountId"])
    role = f"arn:aws:iam::{account}:role/OrganizationAccountAccessRole"
    keys = client("sts").assume_role(RoleArn=role, RoleSessionName="test")["Credentials"]
    other = boto3.client(
        "s3",
        region_name=REGION,
        endpoint_url=client("s3").meta.endpoint_url,
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
    )
    other.create_bucket(Bucket="shop-data")
    client("s3").create_bucket(Bucket="own-data")
    return account


def _documents(path: Path, type_: str) -> dict[str, list[str]]:
    """The names of documents of a type, by account."""
    found: dict[str, list[str]] = {}
    for each in open_snapshot(path):
        if each.document.type == type_ and not each.document.unlisted:
            found.setdefault(each.document.account, []).append(each.document.name)
    return found


def test_every_account_has_a_folder(fresh_moto: str, shop: str, tmp_path: Path) -> None:
    options = AwsOptions(endpoint_url=fresh_moto, regions=SOME, organization=True)
    said: list[tuple[int, int, str]] = []
    manifest = collect(
        tmp_path / "x", options, tool_version="1", progress=lambda *step: said.append(step)
    )
    assert sorted(manifest.accounts) == sorted([ACCOUNT_ID, shop])
    assert {file.path.split("/")[0] for file in manifest.files} == {ACCOUNT_ID, shop}
    assert _documents(tmp_path / "x", "storage.bucket") == {
        ACCOUNT_ID: ["own-data"],
        shop: ["shop-data"],
    }
    assert any(f"of 2 accounts done, {shop}: S3 " in name for _, _, name in said)
    assert [done for done, _, _ in said] == sorted(done for done, _, _ in said)
    assert said[-1][:2] == (6, 6)
    assert said[-1][2].startswith("2 of 2 accounts done")
    assert not (tmp_path / "x.part").exists()


def test_an_account_that_refuses_is_said_and_the_others_go_on(
    fresh_moto: str, shop: str, tmp_path: Path
) -> None:
    with fault_proxy(fresh_moto) as proxy:
        proxy.decide = lambda request: DENIED if request.operation == "AssumeRole" else None
        options = AwsOptions(endpoint_url=proxy.url, regions=SOME, organization=True)
        manifest = collect(tmp_path / "x", options, tool_version="1")
    (refused,) = [call for call in manifest.failed_calls if call.account == shop]
    assert (refused.service, refused.operation, refused.code) == (
        "sts", "AssumeRole", "AccountRefused",
    )  # fmt: skip
    assert "could not be assumed: AccessDenied" in refused.message
    theirs = [
        each.document for each in open_snapshot(tmp_path / "x") if each.document.account == shop
    ]
    assert theirs
    assert all(document.unlisted for document in theirs)
    assert {"account.audit", "account.identity", "storage.bucket"} <= {d.type for d in theirs}
    assert _documents(tmp_path / "x", "storage.bucket") == {ACCOUNT_ID: ["own-data"]}


def test_an_account_that_is_closed_is_not_asked(
    client: Client, fresh_moto: str, shop: str, tmp_path: Path
) -> None:
    organizations = client("organizations")
    made = organizations.create_account(AccountName="old", Email="old@example.org")
    old = made["CreateAccountStatus"]["AccountId"]
    organizations.close_account(AccountId=old)
    with fault_proxy(fresh_moto) as proxy:
        options = AwsOptions(endpoint_url=proxy.url, regions=SOME, organization=True)
        asked = collect(tmp_path / "x", options, tool_version="1")
        assumed = [request for request in proxy.seen if request.operation == "AssumeRole"]
    assert len(assumed) == 1
    assert set(asked.accounts) == {ACCOUNT_ID, shop, old}
    (said,) = [call for call in asked.failed_calls if call.account == old]
    assert said.message in {
        "The account is SUSPENDED, and is not asked.",
        "The account is PENDING_CLOSURE, and is not asked.",
    }


def test_accounts_by_name(fresh_moto: str, shop: str, tmp_path: Path) -> None:
    options = AwsOptions(endpoint_url=fresh_moto, regions=SOME, accounts=(shop, shop))
    manifest = collect(tmp_path / "x", options, tool_version="1")
    assert manifest.accounts == [shop]


def test_an_organisation_that_cannot_be_listed_is_no_scan(
    fresh_moto: str, shop: str, tmp_path: Path
) -> None:
    with fault_proxy(fresh_moto) as proxy:
        proxy.decide = lambda request: DENIED if request.operation == "ListAccounts" else None
        options = AwsOptions(endpoint_url=proxy.url, regions=SOME, organization=True)
        with pytest.raises(UserError, match="accounts of the organization cannot be listed") as no:
            collect(tmp_path / "x", options, tool_version="1")
    assert "--account" in no.value.hint
    assert list(tmp_path.iterdir()) == []
    assert shop


def test_the_policy_names_what_an_organisation_needs() -> None:
    alone, many = needed("aws-cn"), needed("aws-cn", organization=True)
    assert set(many) - set(alone) == {"organizations:ListAccounts", "sts:AssumeRole"}
