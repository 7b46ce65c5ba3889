"""Sessions: whose account it is, and one sentence with the next step for whatever is in the way."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import boto3
import pytest

from collectors.aws.session import AwsIdentity, AwsOptions, client_config, open_session
from collectors.document import UserError
from tests.collectors.aws.conftest import ACCOUNT_ID
from tests.collectors.aws.scripted import (
    RESET,
    XML,
    Reply,
    Scripted,
    query_error,
    scripted,
)

CHINA = "cn-north-1"


@pytest.fixture(scope="module")
def server() -> Iterator[Scripted]:
    with scripted() as running:
        yield running


@pytest.fixture(autouse=True)
def _one_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")


@pytest.fixture
def configured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An AWS configuration file that a test writes, in place of keys in the environment."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    path = tmp_path / "config"
    monkeypatch.setenv("AWS_CONFIG_FILE", str(path))
    return path


def identity(arn: str = f"arn:aws-cn:iam::{ACCOUNT_ID}:user/wang.wei") -> Reply:
    inner = f"<Arn>{arn}</Arn><UserId>AIDA</UserId><Account>{ACCOUNT_ID}</Account>"
    result = f"<GetCallerIdentityResult>{inner}</GetCallerIdentityResult>"
    return Reply(body=f"<GetCallerIdentityResponse>{result}</GetCallerIdentityResponse>", kind=XML)


def at(server: Scripted, role_arn: str | None = None) -> AwsOptions:
    return AwsOptions(endpoint_url=server.url, regions=(CHINA,), role_arn=role_arn)


def refused(options: AwsOptions) -> UserError:
    """The error: one sentence on one line, and what to do next."""
    with pytest.raises(UserError) as caught:
        open_session(options)
    error = caught.value
    assert re.fullmatch(r"[^\n]*[^.:\s]\.", error.message), error.message
    assert re.search(r"\w", error.hint), error.message
    return error


# --- the account -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("region", "partition"), [("us-east-1", "aws"), (CHINA, "aws-cn"), ("cn-northwest-1", "aws-cn")]
)
def test_the_account_and_its_partition(region: str, partition: str, moto_endpoint: str) -> None:
    options = AwsOptions(endpoint_url=moto_endpoint, regions=(region, "eu-west-1"))
    session, found = open_session(options)
    assert isinstance(session, boto3.Session)
    assert (found.account, found.partition, found.home_region) == (ACCOUNT_ID, partition, region)
    assert found.arn.startswith(f"arn:{partition}:")


def test_the_region_of_the_configuration_is_asked_first(
    monkeypatch: pytest.MonkeyPatch, server: Scripted
) -> None:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "cn-northwest-1")
    server.says("GetCallerIdentity", identity())
    _, found = open_session(AwsOptions(endpoint_url=server.url))
    assert found.home_region == "cn-northwest-1"
    assert "/cn-northwest-1/sts/" in server.asked[0].authorization


def test_without_a_region_keys_of_china_find_their_partition(server: Scripted) -> None:
    server.says("GetCallerIdentity", query_error("InvalidClientTokenId", 403), identity())
    _, found = open_session(AwsOptions(endpoint_url=server.url))
    assert found == AwsIdentity(
        account=ACCOUNT_ID,
        partition="aws-cn",
        arn=f"arn:aws-cn:iam::{ACCOUNT_ID}:user/wang.wei",
        home_region=CHINA,
    )
    signed = [asked.authorization.split("/")[2] for asked in server.asked]
    assert signed == ["us-east-1", CHINA]


def test_an_expired_key_is_not_tried_in_the_other_partition(server: Scripted) -> None:
    server.says("GetCallerIdentity", query_error("ExpiredToken", 403), identity())
    assert "expired" in refused(AwsOptions(endpoint_url=server.url)).message
    assert len(server.asked) == 1


# --- a role ----------------------------------------------------------------------------------


def test_a_role_is_assumed(moto_endpoint: str) -> None:
    role = "arn:aws-cn:iam::210987654321:role/auditor"
    options = AwsOptions(
        endpoint_url=moto_endpoint, regions=(CHINA,), role_arn=role, external_id="mlps-1"
    )
    session, found = open_session(options)
    assert (found.account, found.partition) == ("210987654321", "aws-cn")
    assert found.arn.endswith("assumed-role/auditor/mlps-scanner")
    keys = session.get_credentials()
    assert keys is not None
    assert keys.token


def assumed() -> Reply:
    keys = "<AccessKeyId>ASIA</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
    inner = f"<Credentials>{keys}<SessionToken>token</SessionToken></Credentials>"
    body = f"<AssumeRoleResponse><AssumeRoleResult>{inner}</AssumeRoleResult></AssumeRoleResponse>"
    return Reply(body=body, kind=XML)


@pytest.mark.parametrize("external_id", [None, "mlps-1"])
def test_the_external_id_is_sent_where_there_is_one(
    external_id: str | None, server: Scripted
) -> None:
    role = f"arn:aws-cn:iam::{ACCOUNT_ID}:role/auditor"
    server.replies = {"GetCallerIdentity": [identity()], "AssumeRole": [assumed()]}
    server.asked = []
    options = AwsOptions(
        endpoint_url=server.url, regions=(CHINA,), role_arn=role, external_id=external_id
    )
    open_session(options)
    asked = {one.operation: parse_qs(one.body) for one in server.asked}
    assert asked["AssumeRole"].get("ExternalId") == (["mlps-1"] if external_id else None)
    assert asked["AssumeRole"]["RoleArn"] == [role]
    assert "ASIA/" in server.asked[-1].authorization, "who is asked as the role, not as the user"


def test_a_role_that_is_refused_is_named(server: Scripted) -> None:
    role = f"arn:aws-cn:iam::{ACCOUNT_ID}:role/auditor"
    server.replies = {
        "GetCallerIdentity": [identity()],
        "AssumeRole": [query_error("AccessDenied", 403)],
    }
    error = refused(at(server, role_arn=role))
    assert error.message == f"The role {role} could not be assumed: AccessDenied."
    assert "--external-id" in error.hint


def test_an_odd_answer_to_a_role_is_no_session(server: Scripted) -> None:
    empty = Reply(body="<AssumeRoleResponse/>", kind=XML)
    server.replies = {"GetCallerIdentity": [identity()], "AssumeRole": [empty]}
    error = refused(at(server, role_arn=f"arn:aws-cn:iam::{ACCOUNT_ID}:role/auditor"))
    assert "does not answer as AWS does" in error.message


# --- credentials -----------------------------------------------------------------------------


@pytest.mark.usefixtures("configured")
def test_no_credentials() -> None:
    error = refused(AwsOptions(regions=(CHINA,)))
    assert error.message == "No AWS credentials were found."
    assert "--profile" in error.hint
    assert "AWS_ACCESS_KEY_ID" in error.hint


def test_half_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    assert refused(AwsOptions(regions=(CHINA,))).message == "No AWS credentials were found."


def test_a_profile_that_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = "The AWS profile 'nobody' does not exist."
    assert refused(AwsOptions(profile="nobody")).message == expected
    for name in ("AWS_DEFAULT_PROFILE", "AWS_PROFILE"):
        monkeypatch.setenv(name, "nobody")
        error = refused(AwsOptions())
        assert error.message == expected
        assert "aws configure list-profiles" in error.hint
        monkeypatch.delenv(name)


@pytest.mark.parametrize("code", ["ExpiredToken", "ExpiredTokenException", "RequestExpired"])
def test_an_expired_token(code: str, server: Scripted) -> None:
    server.says("GetCallerIdentity", query_error(code, 403))
    error = refused(at(server))
    assert error.message == "The AWS session token has expired."
    assert "aws sso login" in error.hint


@pytest.mark.parametrize("code", ["InvalidClientTokenId", "SignatureDoesNotMatch"])
def test_a_wrong_key(code: str, server: Scripted) -> None:
    server.says("GetCallerIdentity", query_error(code, 403))
    error = refused(at(server))
    assert error.message == f"AWS does not accept the access key in {CHINA}: {code}."
    assert f"--region {CHINA}" in error.hint


def test_a_denial_of_who_one_is(server: Scripted) -> None:
    server.says("GetCallerIdentity", query_error("AccessDenied", 403))
    assert refused(at(server)).message == (
        f"AWS refused sts:GetCallerIdentity in {CHINA}: AccessDenied."
    )


PROFILES = {
    "single sign-on, never signed in": (
        "sso_start_url=https://x\nsso_region=us-east-1\nsso_account_id=1\nsso_role_name=r",
        "There is no AWS single sign-on session, or it has expired.",
        "aws sso login",
    ),
    "a program that fails": (
        f"credential_process={sys.executable} -c exit(1)",
        "The AWS credentials could not be read: ",
        "AWS configuration",
    ),
    "a program that does not exist": (
        "credential_process=/no/such/program",
        "The AWS credentials could not be read: /no/such/program: No such file or directory.",
        "AWS configuration",
    ),
    "a token that does not exist": (
        "role_arn=arn:aws:iam::1:role/x\nweb_identity_token_file=/no/such/token",
        "The AWS credentials could not be read: /no/such/token: No such file or directory.",
        "AWS configuration",
    ),
    "a source that does not exist": (
        "role_arn=arn:aws:iam::1:role/x\nsource_profile=nobody",
        'The source_profile "nobody" referenced in the profile "mine" does not exist.',
        "AWS configuration",
    ),
}


@pytest.mark.parametrize(("text", "message", "hint"), PROFILES.values(), ids=PROFILES)
def test_a_profile_that_does_not_work(text: str, message: str, hint: str, configured: Path) -> None:
    configured.write_text(f"[profile mine]\n{text}\n")
    error = refused(AwsOptions(profile="mine", regions=(CHINA,)))
    assert message in error.message
    assert hint in error.hint


def test_a_code_that_nobody_can_enter(configured: Path) -> None:
    """In a process without a terminal, as in CI."""
    configured.write_text(
        "[profile mine]\nrole_arn=arn:aws:iam::210987654321:role/x\nsource_profile=mine\n"
        "mfa_serial=arn:x\naws_access_key_id=a\naws_secret_access_key=b\n"
    )
    command = [sys.executable, "-m", "scanner", "scan", "aws", "--profile", "mine"]
    done = subprocess.run(
        [*command, "--region", CHINA],
        input="",
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )
    assert done.returncode == 2
    assert "The AWS profile asks for an MFA code, and there is no terminal" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_configuration_file(configured: Path) -> None:
    configured.write_text("[default\nregion")
    error = refused(AwsOptions(regions=(CHINA,)))
    assert str(configured) in error.message
    assert "~/.aws/config" in error.hint


# --- the network -----------------------------------------------------------------------------


def test_nobody_at_the_endpoint() -> None:
    error = refused(AwsOptions(endpoint_url="http://127.0.0.1:1", regions=(CHINA,)))
    assert error.message == "http://127.0.0.1:1 did not answer: EndpointConnectionError."
    assert "--endpoint-url" in error.hint
    assert "--region" in error.hint


def test_a_connection_that_breaks(server: Scripted) -> None:
    server.says("GetCallerIdentity", RESET)
    assert refused(at(server)).message == f"{server.url} did not answer: ConnectionClosedError."


def test_no_tls_at_the_endpoint(server: Scripted) -> None:
    url = server.url.replace("http:", "https:")
    error = refused(AwsOptions(endpoint_url=url, regions=(CHINA,)))
    assert error.message == f"{url} did not answer: SSLError."


FOREIGN = {
    "a page of HTML": Reply(body="<html><body>Welcome</body></html>", kind="text/html", id=False),
    "plain text": Reply(body="It works!", kind="text/plain", id=False),
    "nothing": Reply(kind=XML, id=False),
    "not found": Reply(404, "<h1>Not found", kind="text/html", id=False),
    "no ARN": identity("me"),
    "an empty ARN": identity(""),
}


@pytest.mark.parametrize("reply", FOREIGN.values(), ids=FOREIGN)
def test_another_server_at_the_endpoint(reply: Reply, server: Scripted) -> None:
    server.says("*", reply)
    error = refused(at(server))
    assert error.message == f"{server.url} does not answer as AWS does."
    assert "--endpoint-url" in error.hint


def test_a_server_that_is_in_trouble(server: Scripted) -> None:
    server.says("*", Reply(503, "<h1>Busy</h1>", kind="text/html", id=False))
    assert "503" in refused(at(server)).message
    server.says("*", query_error("InternalFailure", 500))
    assert "refused sts:GetCallerIdentity" in refused(at(server)).message


@pytest.mark.parametrize("url", ["127.0.0.1:5000", "http://", "moto"])
def test_an_endpoint_that_is_no_url(url: str) -> None:
    error = refused(AwsOptions(endpoint_url=url, regions=(CHINA,)))
    assert url in error.message
    assert "--endpoint-url" in error.hint


def test_a_region_that_cannot_be_one() -> None:
    error = refused(AwsOptions(regions=("Beijing!",)))
    assert "Beijing!" in error.message
    assert "--region" in error.hint


# --- how calls are made ----------------------------------------------------------------------


def test_retries_are_bounded_and_adaptive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_MAX_ATTEMPTS")
    config: Any = client_config(5)
    assert config.retries == {"mode": "adaptive", "total_max_attempts": 8}
    assert config.max_pool_connections == 5
    assert "mlps-scanner" in config.user_agent_extra


def test_the_environment_overrules_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_RETRY_MODE", "standard")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "3")
    standard: Any = client_config(1)
    assert standard.retries == {"mode": "standard", "total_max_attempts": 3}
    monkeypatch.setenv("AWS_RETRY_MODE", "eager")
    other: Any = client_config(1)
    assert other.retries == {"mode": "adaptive", "total_max_attempts": 3}


@pytest.mark.parametrize("number", ["many", "0", "-1", "1.5"])
def test_a_number_of_attempts_that_is_none(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", number)
    error = refused(AwsOptions(regions=(CHINA,)))
    assert error.message == f"AWS_MAX_ATTEMPTS is {number!r}, which is not a number from 1."
