"""A snapshot of the account answers what templates do not decide, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from collectors.document import Document, Provider, UserError, document
from collectors.facts.account import AccountConfiguration, AccountIdentity, RegionSetting
from collectors.iac.account_context import load_account
from collectors.iac.check import collect
from collectors.regions import GLOBAL
from collectors.snapshot import Manifest, SnapshotWriter, open_snapshot
from tests.collectors.iac.conftest import Write

ACCOUNT = "111122223333"
TAKEN = "2026-06-01T00:00:00Z"
PUBLIC = """
provider "aws" { region = "cn-north-1" }
resource "aws_s3_bucket" "b" { bucket = "b-1" }
resource "aws_s3_bucket_public_access_block" "b" {
  bucket = aws_s3_bucket.b.id
}
resource "aws_s3_bucket_ownership_controls" "b" {
  bucket = aws_s3_bucket.b.id
  rule { object_ownership = "ObjectWriter" }
}
resource "aws_s3_bucket_acl" "b" {
  bucket = aws_s3_bucket.b.id
  acl    = "public-read"
}
"""
BUCKET = "infra/main.tf#aws_s3_bucket.b"


def _whole(
    facts: AccountConfiguration | AccountIdentity, account: str, provider: Provider
) -> Document:
    return document(
        id=f"{provider}:{account}:{facts.TYPE}",
        facts=facts,
        provider=provider,
        account=account,
        region=GLOBAL,
        country=None,
        name=account,
    )


def account_snapshot(
    *accounts: str,
    block: bool | None = True,
    encrypts: dict[str, bool] | None = None,
    provider: Provider = "aws",
    origin: str = "live",
) -> Path:
    """A snapshot of accounts in the folder "account", with what is asked for of each."""
    path = Path("account")
    shutil.rmtree(path, ignore_errors=True)
    regions = [RegionSetting(region=name, enabled=on) for name, on in (encrypts or {}).items()]
    with SnapshotWriter(path) as writer:
        for account in accounts:
            configuration = AccountConfiguration(
                public_access_block=block, default_disk_encryption=regions
            )
            for facts in (configuration, AccountIdentity(root_mfa=False)):
                writer.write(_whole(facts, account, provider))
        writer.finish(
            Manifest(
                tool_version="test",
                started=TAKEN,
                finished=TAKEN,
                providers=[provider],
                accounts=list(accounts),
                regions=[],
                origin="template" if origin == "template" else "live",
                counts={},
                files=[],
                failed_calls=[],
            )
        )
    return path


def _read(infra: Path, account: Path) -> tuple[Manifest, dict[str, Document]]:
    shutil.rmtree("snapshot", ignore_errors=True)
    out = Path("snapshot")
    manifest = collect([infra], out, tool_version="test", account=load_account(account))
    return manifest, {each.document.id: each.document for each in open_snapshot(out)}


def _is_public(found: dict[str, Document]) -> tuple[bool, bool]:
    facts = found[BUCKET].facts
    return facts["exposure"]["public"], facts["public_access_block"]


def test_the_block_of_the_account_holds_for_a_bucket(project: Write) -> None:
    root = project(PUBLIC)
    assert _is_public(_read(root, account_snapshot(ACCOUNT))[1]) == (False, True)
    assert _is_public(_read(root, account_snapshot(ACCOUNT, block=False))[1]) == (True, False)
    assert _is_public(_read(root, account_snapshot(ACCOUNT, block=None))[1]) == (True, False)


def test_a_block_that_the_template_sets_goes_before(project: Write) -> None:
    root = project(PUBLIC + 'resource "aws_s3_account_public_access_block" "a" {}\n')
    assert _is_public(_read(root, account_snapshot(ACCOUNT))[1]) == (True, False)


def test_disks_are_encrypted_where_the_region_does_so(project: Write) -> None:
    disks = "".join(
        f'provider "aws" {{\n  alias = "{name}"\n  region = "{region}"\n}}\n'
        f'resource "aws_ebs_volume" "{name}" {{ provider = aws.{name} }}\n'
        for name, region in (("north", "cn-north-1"), ("west", "cn-northwest-1"))
    )
    snapshot = account_snapshot(ACCOUNT, encrypts={"cn-north-1": True, "cn-northwest-1": False})
    _, found = _read(project(disks), snapshot)
    assert found["infra/main.tf#aws_ebs_volume.north"].facts["encryption"]["enabled"] is True
    assert "encryption/enabled" in found["infra/main.tf#aws_ebs_volume.west"].unknown


@pytest.mark.parametrize(("region", "expected"), [("cn-hangzhou", True), ("cn-beijing", False)])
def test_alibaba_cloud(project: Write, region: str, expected: bool) -> None:
    root = project(
        f'provider "alicloud" {{ region = "{region}" }}\n'
        'resource "alicloud_ecs_disk" "d" {}\n'
        'resource "alicloud_oss_bucket" "b" { acl = "public-read" }\n'
    )
    snapshot = account_snapshot(ACCOUNT, encrypts={"cn-hangzhou": True}, provider="aliyun")
    _, found = _read(root, snapshot)
    disk = found["infra/main.tf#alicloud_ecs_disk.d"].facts["encryption"]
    assert disk["enabled"] is expected
    assert found["infra/main.tf#alicloud_oss_bucket.b"].facts["exposure"]["public"] is False


def test_settings_hold_whatever_chooses_the_one_account(project: Write) -> None:
    root = project(
        'provider "alicloud" {\n  region  = "cn-hangzhou"\n  profile = "ops"\n}\n'
        'resource "alicloud_ecs_disk" "d" {}\n'
        'resource "alicloud_oss_bucket" "b" { acl = "public-read" }\n'
    )
    snapshot = account_snapshot(ACCOUNT, encrypts={"cn-hangzhou": True}, provider="aliyun")
    _, found = _read(root, snapshot)
    assert found["infra/main.tf#alicloud_ecs_disk.d"].facts["encryption"]["enabled"] is True
    assert found["infra/main.tf#alicloud_oss_bucket.b"].facts["exposure"]["public"] is False


def test_documents_of_the_account_stand_beside(project: Write) -> None:
    manifest, found = _read(project(PUBLIC), account_snapshot(ACCOUNT))
    assert manifest.account_snapshot
    used = manifest.account_snapshot
    assert (used.path, used.taken, used.accounts) == ("account", TAKEN, [ACCOUNT])
    beside = {name: each.source for name, each in found.items() if "account." in each.type}
    assert beside == {
        f"aws:{ACCOUNT}:account.configuration": None,
        f"aws:{ACCOUNT}:account.identity": None,
    }
    bucket = found[BUCKET].source
    assert bucket
    assert bucket.uri == "infra/main.tf"


def test_of_several_accounts_the_one_that_the_template_names(project: Write) -> None:
    named = PUBLIC.replace("{ region", f'{{\n  allowed_account_ids = ["{ACCOUNT}"]\n  region', 1)
    named = named.replace('"cn-north-1" }', '"cn-north-1"\n}', 1)
    manifest, found = _read(project(named), account_snapshot(ACCOUNT, "444455556666"))
    assert manifest.account_snapshot
    assert manifest.account_snapshot.accounts == [ACCOUNT]
    assert _is_public(found) == (False, True)


@pytest.mark.parametrize(
    ("accounts", "provider", "origin", "words"),
    [
        ((ACCOUNT, "444455556666"), "aws", "live", "other accounts than the templates"),
        ((ACCOUNT,), "azure", "live", "They ask for: aws"),
        ((ACCOUNT,), "aws", "template", "of templates, not of an account"),
        ((), "aws", "live", "no settings of an account"),
    ],
)
def test_a_snapshot_that_does_not_fit_is_refused(
    project: Write, accounts: tuple[str, ...], provider: Provider, origin: str, words: str
) -> None:
    root = project(PUBLIC)
    with pytest.raises(UserError, match=words):
        _read(root, account_snapshot(*accounts, provider=provider, origin=origin))


def test_of_a_template_for_two_accounts_nothing_is_answered(project: Write) -> None:
    other = 'provider "aws" {\n  alias = "other"\n  profile = "other"\n  region = "cn-north-1"\n}\n'
    disk = 'resource "aws_ebs_volume" "v" { provider = aws.other }\n'
    with pytest.raises(UserError, match="They ask for: aws"):
        _read(project(PUBLIC + other + disk), account_snapshot(ACCOUNT))


def test_what_the_snapshot_does_not_answer_is_said(project: Write) -> None:
    root = project(PUBLIC + 'resource "alicloud_ecs_disk" "d" {}\n')
    manifest, found = _read(root, account_snapshot(ACCOUNT))
    assert manifest.account_snapshot
    assert manifest.account_snapshot.unmatched == ["aliyun"]
    assert found["infra/main.tf#alicloud_ecs_disk.d"].facts["encryption"]["enabled"] is False
