"""`mlps scan aliyun`, `mlps collect aliyun` and `mlps permissions aliyun` as a user runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from collectors.aliyun.collect import declared_calls
from collectors.aws.collect import declared_calls as aws_calls
from tests.collectors.aliyun.dialects import load_dialects
from tests.collectors.aliyun.server import KEY_ID, SECRET, AliyunServer, Fault, aliyun_server
from tests.collectors.aliyun.world import load


@pytest.fixture(scope="module")
def server() -> Iterator[AliyunServer]:
    with aliyun_server(load(), load_dialects()) as running:
        yield running
        assert running.problems == []


def mlps(
    *arguments: str, folder: Path, env: Mapping[str, str] | None = None, keys: bool = True
) -> subprocess.CompletedProcess[str]:
    given = {"ALIBABA_CLOUD_ACCESS_KEY_ID": KEY_ID, "ALIBABA_CLOUD_ACCESS_KEY_SECRET": SECRET}
    clean = {name: value for name, value in os.environ.items() if "ALIBABA" not in name}
    return subprocess.run(
        [sys.executable, "-m", "scanner", *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**clean, "HOME": str(folder), **(given if keys else {}), **(env or {})},
        check=False,
    )


def test_a_scan_reports_the_account(server: AliyunServer, tmp_path: Path) -> None:
    server.decide = lambda asked: None
    done = mlps(
        "scan", "aliyun", "--endpoint-url", server.url, "--region", "cn-hangzhou",
        "--format", "json", "--snapshot", "kept", folder=tmp_path,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    failed = {
        (one["check"], one["resource"]["name"])
        for one in report["assessment"]["results"]
        if one["status"] == "fail"
    }
    assert ("boundary-admin-ports", "web") in failed
    manifest = json.loads((tmp_path / "kept" / "manifest.json").read_text())
    assert manifest["accounts"] == ["1234567890123456"]
    assert manifest["failed_calls"] == []


def test_no_credentials(server: AliyunServer, tmp_path: Path) -> None:
    done = mlps(
        "collect", "aliyun", "--endpoint-url", server.url, "-o", "out",
        folder=tmp_path, keys=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "No Alibaba Cloud credentials were found" in done.stderr
    assert "ALIBABA_CLOUD_ACCESS_KEY_ID" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_profile_of_the_command_line(server: AliyunServer, tmp_path: Path) -> None:
    server.decide = lambda asked: None
    (tmp_path / ".aliyun").mkdir()
    profile = {"name": "audit", "mode": "AK", "access_key_id": KEY_ID, "access_key_secret": SECRET}
    configuration = {"current": "other", "profiles": [profile]}
    (tmp_path / ".aliyun" / "config.json").write_text(json.dumps(configuration))
    common = ("collect", "aliyun", "--endpoint-url", server.url, "--region", "cn-hangzhou")
    done = mlps(*common, "--profile", "audit", "-o", "out", folder=tmp_path, keys=False)
    assert (done.returncode, "Snapshot: out" in done.stderr) == (0, True), done.stderr
    wrong = mlps(*common, "--profile", "nobody", "-o", "out2", folder=tmp_path, keys=False)
    assert wrong.returncode == 2
    assert "The Alibaba Cloud profile 'nobody' cannot be used" in wrong.stderr


def test_a_key_that_is_refused(server: AliyunServer, tmp_path: Path) -> None:
    server.decide = lambda asked: Fault(status=404, code="InvalidAccessKeyId.NotFound")
    done = mlps("collect", "aliyun", "--endpoint-url", server.url, "-o", "o", folder=tmp_path)
    assert done.returncode == 2
    assert "does not accept the credentials: InvalidAccessKeyId.NotFound" in done.stderr


@pytest.mark.parametrize(
    "options",
    [
        ("--organization", "--account", "1"),
        ("--organization", "--role-arn", "acs:ram::1:role/a"),
        ("--role-name", "audit"),
        ("--external-id", "x"),
    ],
    ids=" ".join,
)
def test_idle_options_are_refused(options: tuple[str, ...], tmp_path: Path) -> None:
    done = mlps("collect", "aliyun", *options, "-o", "out", folder=tmp_path)
    assert done.returncode == 2
    assert any(option in done.stderr for option in options if option.startswith("--"))


def actions(policies: dict[str, Any]) -> list[str]:
    written = [statement for one in policies.values() for statement in one["Statement"]]
    return [action for statement in written for action in statement["Action"]]


def test_the_policies_name_exactly_the_declared_actions(tmp_path: Path) -> None:
    aliyun = json.loads(mlps("permissions", "aliyun", folder=tmp_path).stdout)
    assert {one["Version"] for one in aliyun.values()} == {"1"}
    # More than one policy can hold, and each short enough to be created.
    assert list(aliyun) == [f"mlps-scanner-{number}" for number in range(1, len(aliyun) + 1)]
    assert max(len(json.dumps(one, indent=2)) for one in aliyun.values()) <= 6144
    assert actions(aliyun) == sorted({c.permission for c in declared_calls() if c.permission})
    members = json.loads(mlps("permissions", "aliyun", "--organization", folder=tmp_path).stdout)
    assert set(actions(members)) - set(actions(aliyun)) >= {"sts:AssumeRole"}
    aws = json.loads(mlps("permissions", "aws", folder=tmp_path).stdout)
    assert sorted(actions(aws)) == sorted({c.permission for c in aws_calls() if c.permission})
    china = json.loads(mlps("permissions", "aws", "--partition", "aws-cn", folder=tmp_path).stdout)
    assert "ec2:DescribeVpcs" in actions(china)
    assert set(actions(china)) <= set(actions(aws))


def test_the_policies_as_terraform_can_be_read(tmp_path: Path) -> None:
    for cloud, kind in (("aws", "aws_iam_policy"), ("aliyun", "alicloud_ram_policy")):
        text = mlps("permissions", cloud, "--format", "terraform", folder=tmp_path).stdout
        (tmp_path / cloud).mkdir()
        (tmp_path / cloud / "main.tf").write_text(text)
        done = mlps("check", cloud, "--format", "json", folder=tmp_path)
        assert done.returncode in {0, 1}, done.stderr
        assert kind in text
