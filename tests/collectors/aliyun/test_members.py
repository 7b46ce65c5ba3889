"""Members of a resource directory: a role is assumed in each; one that refuses stops no other."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from collectors.aliyun.collect import collect
from collectors.aliyun.pace import Patience
from collectors.aliyun.session import AliyunOptions
from collectors.document import Document, UserError
from collectors.snapshot import Manifest, open_snapshot
from tests.collectors.aliyun.conftest import Serve
from tests.collectors.aliyun.server import ACCOUNT_ID, KEY_ID, REGION, SECRET, AliyunServer
from tests.collectors.aliyun.world import load

MEMBER, REFUSING, GONE = "2345678901234567", "3456789012345678", "4567890123456789"


@pytest.fixture(scope="module")
def server(serve: Serve) -> Iterator[AliyunServer]:
    world: dict[str, Any] = copy.deepcopy(load())
    # The member's account is like the first one: what is said of its id is said of either.
    for entry in [one for answers in world.values() for some in answers.values() for one in some]:
        when = entry.get("when", {})
        entry["when"] = {name: value for name, value in when.items() if value != ACCOUNT_ID}
    accounts = [(ACCOUNT_ID, "CreateSuccess"), (MEMBER, "InviteSuccess"), (GONE, "CreateFailed")]
    accounts.append((REFUSING, "CreateSuccess"))
    listed = [{"AccountId": id_, "Status": status} for id_, status in accounts]
    body = {"TotalCount": 4, "Accounts": {"Account": listed}}
    world.setdefault("resourcemanager", {})["ListAccounts"] = [{"body": body}]
    world["sts"]["AssumeRole"] = [
        {
            "when": {"RoleArn": f"acs:ram::{MEMBER}:role/mlps"},
            "body": {
                "Credentials": {
                    "AccessKeyId": "STS.Member",
                    "AccessKeySecret": "member-secret",
                    "SecurityToken": "member-token",
                    "Expiration": "2099-01-01T00:00:00Z",
                }
            },
        },
        {"status": 403, "body": {"Code": "NoPermission", "Message": "not trusted"}},
    ]
    running = serve(world=world)
    running.keys["STS.Member"] = "member-secret"
    running.tokens["STS.Member"] = "member-token"
    yield running


def gathered(server: AliyunServer, folder: Path, **options: Any) -> tuple[Manifest, list[Document]]:
    manifest = collect(
        folder / "snapshot",
        AliyunOptions(
            endpoint_url=server.url,
            regions=(REGION,),
            patience=Patience(attempts=1),
            **{"role_name": "mlps", **options},
        ),
        tool_version="test",
    )
    return manifest, [one.document for one in open_snapshot(folder / "snapshot")]


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALIBABA_CLOUD_ACCESS_KEY_ID", KEY_ID)
    monkeypatch.setenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", SECRET)


def test_every_active_member_is_collected(server: AliyunServer, tmp_path: Path) -> None:
    manifest, documents = gathered(server, tmp_path, organization=True)
    assert manifest.accounts == [ACCOUNT_ID, MEMBER, REFUSING]
    of = {
        account: [one for one in documents if one.account == account]
        for account in manifest.accounts
    }
    assert len(of[ACCOUNT_ID]) == len(of[MEMBER]) > 10
    assert all(one.unlisted for one in of[REFUSING])
    types = {one.type for one in of[REFUSING]}
    assert types == {one.type for one in of[MEMBER]}
    (failed,) = manifest.failed_calls
    assert (failed.account, failed.code) == (REFUSING, "AccountRefused")
    assert "could not be assumed: NoPermission" in failed.message


def test_a_member_that_is_named(server: AliyunServer, tmp_path: Path) -> None:
    manifest, documents = gathered(server, tmp_path, accounts=(MEMBER,))
    assert manifest.accounts == [MEMBER]
    assert {one.account for one in documents} == {MEMBER}
    assert manifest.failed_calls == []


def test_a_role_that_refuses_alone_is_an_error(server: AliyunServer, tmp_path: Path) -> None:
    role = f"acs:ram::{REFUSING}:role/mlps"
    with pytest.raises(UserError, match=f"The role {role} could not be assumed: NoPermission"):
        gathered(server, tmp_path, role_arn=role)
    assert not (tmp_path / "snapshot").exists()
