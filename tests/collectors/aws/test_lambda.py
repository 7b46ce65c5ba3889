"""Lambda functions over real HTTP, and the pure rules of their exposure and runtimes."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from collectors.aws.function_policy import ONE_ALONE, opens_calls, opens_url
from collectors.aws.lambda_runtimes import DEPRECATED, supported
from collectors.aws.services.awslambda import (
    Access,
    environment_secrets,
    exposure,
    functions,
    published,
    runtime,
)
from collectors.document import Document, Unknown
from collectors.facts.shared import Exposure
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.collectors.aws.scripted import Reply, error, scripted
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

REGION = "cn-north-1"
ARN = f"arn:aws-cn:lambda:{REGION}:{ACCOUNT_ID}:function:pay"
PASSWORD = "Example-Only-2019!"


def policy(action: str = "lambda:InvokeFunction", **change: Any) -> str:
    statement = {"Effect": "Allow", "Principal": "*", "Action": action, "Resource": ARN, **change}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


FOR_URLS = policy(
    "lambda:InvokeFunctionUrl",
    Condition={"StringEquals": {"lambda:FunctionUrlAuthType": "NONE"}},
)
BOTH = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": "*", "Action": action, "Resource": ARN, **more}
            for action, more in (
                ("lambda:InvokeFunctionUrl", {}),
                (
                    "lambda:InvokeFunction",
                    {"Condition": {"Bool": {"lambda:InvokedViaFunctionUrl": "true"}}},
                ),
            )
        ],
    }
)
BY_URL = policy(Condition={"Bool": {"lambda:InvokedViaFunctionUrl": "true"}})


@pytest.fixture(scope="module")
def proxy(fresh_moto: str) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_moto) as running:
        yield running


@pytest.fixture(scope="module")
def made(client: Client) -> None:
    """A function with an open URL and a password; its image sibling; the log group of the first."""
    trust = {"Version": "2012-10-17", "Statement": []}
    role = client("iam", REGION).create_role(
        RoleName="run", AssumeRolePolicyDocument=json.dumps(trust)
    )["Role"]["Arn"]
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("main.py", "handler = print")
    client("logs", REGION).create_log_group(logGroupName="/aws/lambda/pay")
    aws = client("lambda", REGION)
    aws.create_function(
        FunctionName="pay",
        Runtime="python2.7",
        Role=role,
        Handler="main.handler",
        Code={"ZipFile": code.getvalue()},
        Environment={"Variables": {"DB_PASSWORD": PASSWORD}},
        Tags={"system": "mall"},
    )
    aws.create_function_url_config(FunctionName="pay", AuthType="NONE")
    aws.add_permission(
        FunctionName="pay",
        StatementId="all",
        Action="lambda:InvokeFunctionUrl",
        Principal="*",
        FunctionUrlAuthType="NONE",
    )


def test_each_published_version_has_a_policy(open_account: OpenAccount) -> None:
    """A version that everybody may call, of a function that nobody else may; moto keeps one policy
    for all of them."""
    latest = {"FunctionName": "pay", "FunctionArn": ARN, "Version": "$LATEST"}
    first = {**latest, "FunctionArn": f"{ARN}:1", "Version": "1"}
    none = error("ResourceNotFoundException", 404)
    answers: dict[str, Reply] = {
        "functions": Reply(body=json.dumps({"Functions": [latest]})),
        "FunctionVersion": Reply(body=json.dumps({"Functions": [latest, first]})),
        "aliases": Reply(body=json.dumps({"Aliases": []})),
        "urls": Reply(body=json.dumps({"FunctionUrlConfigs": []})),
        "policy": none,
        "Qualifier": Reply(body=json.dumps({"Policy": policy()})),
        "*": error("AccessDeniedException", 403),
    }
    with scripted(lambda path: path.rstrip("/").split("/")[-1]) as server:

        def collected(**changes: Reply) -> Document:
            server.replies = {name: [reply] for name, reply in (answers | changes).items()}
            (found,) = functions(open_account(server.url, REGION), REGION)
            return found

        assert collected().facts["exposure"] == {"public": True, "via": ["policy"]}
        assert collected(Qualifier=none).facts["exposure"] == {"public": False, "via": []}
        for refused in ("FunctionVersion", "Qualifier"):
            found = collected(**{refused: error("AccessDeniedException", 403)})
            assert {"exposure/public", "exposure/via"} <= set(found.unknown)
        many = [{**latest, "Version": str(number)} for number in range(101)]
        found = collected(FunctionVersion=Reply(body=json.dumps({"Functions": many})))
        assert "101 published versions are too many" in found.unknown["exposure/public"]


@pytest.fixture
def collected(made: None, proxy: FaultProxy, open_account: OpenAccount) -> Any:
    """The document, after the denials that the test wants."""

    def collect(*denied: str) -> Document:
        proxy.decide = lambda request: DENIED if request.operation in denied else None
        (found,) = functions(open_account(proxy.url, REGION), REGION)
        return found

    return collect


def test_a_function_that_everybody_may_call(collected: Any) -> None:
    found = collected()
    assert (found.id, found.tags, found.unknown) == (ARN, {"system": "mall"}, {})
    assert found.facts == {
        "runtime": "python2.7",
        "runtime_supported": False,
        "vpc_id": None,
        "network_kind": "public",
        "exposure": {"public": True, "via": ["endpoint"]},
        "tls": None,
        "plain_ftp": None,
        "environment_secrets": True,
        "environment_encryption": {
            "enabled": True,
            "key_manager": "provider",
            "key_id": None,
            "algorithm": "AES-256",
        },
        "role": f"arn:aws-cn:iam::{ACCOUNT_ID}:role/run",
        "logging": {
            "enabled": True,
            "destination": f"arn:aws-cn:logs:{REGION}:{ACCOUNT_ID}:log-group:/aws/lambda/pay",
            "destination_account": ACCOUNT_ID,
            "destination_region": REGION,
            "retention_days": None,
        },
    }
    assert PASSWORD not in str(found), "what the environment holds is looked at and forgotten"


@pytest.mark.parametrize(
    ("denied", "facts"),
    [
        ("GetPolicy", {"exposure/public", "exposure/via"}),
        ("ListFunctionUrlConfigs", {"exposure/public", "exposure/via"}),
        ("ListTags", {"tags"}),
        # The URL and the function's own policy open it, whatever an alias may do.
        ("ListAliases", set()),
    ],
)
def test_a_denial_leaves_facts_unknown(collected: Any, denied: str, facts: set[str]) -> None:
    found = collected(denied)
    assert set(found.unknown) == facts
    assert set(found.unknown.values()) <= {f"AccessDenied: lambda:{denied}"}


def test_a_log_that_cannot_be_read_is_not_off(collected: Any) -> None:
    denied = "AccessDenied: logs:DescribeLogGroups"
    found = collected("DescribeLogGroups")
    assert found.unknown == {"logging/enabled": denied, "logging/retention_days": denied}


def test_functions_that_cannot_be_listed(collected: Any) -> None:
    found = collected("ListFunctions")
    assert (found.unlisted, found.facts) == (True, {})


URL = {"FunctionArn": ARN, "AuthType": "NONE", "CreationTime": "2025-09-30T23:59:59.999+0000"}
NEW_URL = {**URL, "CreationTime": "2025-10-01T00:00:00.000+0000"}
DENIAL = Unknown("AccessDenied: lambda:GetPolicy")
CLOSED = Exposure(public=False, via=[])
ALONE = Exposure(public=ONE_ALONE, via=ONE_ALONE)
UNKNOWN = Exposure(public=DENIAL, via=DENIAL)


@pytest.mark.parametrize(
    ("access", "expected"),
    [
        # A URL that authenticates nobody lets nobody in until the policy does.
        (Access([URL], {"": None}, False), CLOSED),
        (Access([URL], {"": FOR_URLS}, False), Exposure(public=True, via=["endpoint"])),
        # Newer URLs ask for two permissions; AWS excepted accounts that had URLs before.
        (Access([NEW_URL], {"": FOR_URLS}, False), ALONE),
        (Access([NEW_URL], {"": BOTH}, False), Exposure(public=True, via=["endpoint"])),
        (Access([NEW_URL], {"": None}, False), CLOSED),
        # A policy for URLs opens nothing without a URL, nor does one of another kind.
        (Access([], {"": FOR_URLS}, False), CLOSED),
        (Access([], {"": BY_URL}, False), CLOSED),
        (Access([{**URL, "AuthType": "AWS_IAM"}], {"": FOR_URLS}, False), CLOSED),
        (Access([], {"": policy()}, False), Exposure(public=True, via=["policy"])),
        (
            Access([{**URL, "AuthType": "AWS_IAM"}], {"": policy("lambda:*")}, False),
            Exposure(public=True, via=["policy"]),
        ),
        # The URL of an alias asks the alias's policy.
        (
            Access([{**URL, "FunctionArn": f"{ARN}:live"}], {"": FOR_URLS, "live": None}, False),
            CLOSED,
        ),
        (
            Access([{**URL, "FunctionArn": f"{ARN}:live"}], {"": None, "live": FOR_URLS}, False),
            Exposure(public=True, via=["endpoint"]),
        ),
        (Access([], {"": None, "live": policy()}, False), Exposure(public=True, via=["policy"])),
        (Access([], {"": DENIAL}, False), UNKNOWN),
        (Access(DENIAL, {"": None}, False), UNKNOWN),
        (Access([], {"": None}, DENIAL), UNKNOWN),
        (Access(DENIAL, {"": policy()}, DENIAL), Exposure(public=True, via=["policy"])),
    ],
)
def test_who_may_invoke(access: Access, expected: Exposure) -> None:
    assert exposure(access) == expected


@pytest.mark.parametrize(
    ("text", "calls", "url"),
    [
        (None, False, False),
        (policy(Principal={"Service": "s3.amazonaws.com"}), False, False),
        (policy(Principal={"AWS": "999988887777"}), False, False),
        (policy(Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}}), False, False),
        (policy(Condition={"Bool": {"lambda:InvokedViaFunctionUrl": "false"}}), True, False),
        (policy("lambda:InvokeFunctionUrl"), False, True),
        (policy("lambda:Invoke*"), True, True),
    ],
)
def test_what_a_policy_opens(text: str | None, calls: bool, url: bool) -> None:
    assert (opens_calls(text), opens_url(text, "NONE", URL["CreationTime"])) == (calls, url)


def test_versions_are_told_by_their_function() -> None:
    listed = [
        {"FunctionName": name, "Version": version}
        for name, version in (("pay", "$LATEST"), ("pay", "1"), ("pay", "2"), ("other", "$LATEST"))
    ]
    assert published(listed) == {"pay": ["1", "2"]}


def test_variables_that_lambda_could_not_decrypt_are_unknown() -> None:
    error = {"Error": {"ErrorCode": "AccessDeniedException", "Message": "no"}}
    unknown = Unknown("Lambda could not decrypt the environment variables: AccessDeniedException")
    assert environment_secrets({"Environment": error}) == unknown
    assert environment_secrets({"Environment": {"Variables": {"TABLE": "orders"}}}) is False
    assert environment_secrets({}) is False


def test_an_image_brings_its_own_runtime() -> None:
    assert runtime({"PackageType": "Image"}) is None
    assert isinstance(runtime({"PackageType": "Zip"}), Unknown)


def test_support_of_a_runtime_ends_with_its_date() -> None:
    ends = DEPRECATED["python3.12"]
    assert supported("python3.12", ends - timedelta(days=1)) is True
    assert supported("python3.12", ends) is False
    assert isinstance(supported("python9.9", date(2026, 1, 1)), Unknown)


def test_the_dates_are_those_that_cfn_lint_carries() -> None:
    """A date that AWS moved shows here with the next cfn-lint: correct it, and add new runtimes."""
    found = find_spec("cfnlint")
    assert found and found.origin, "moto's server brings it along"
    folder = Path(found.origin).parent / "data" / "AdditionalSpecs"
    theirs = json.loads((folder / "LmbdRuntimeLifecycle.json").read_text())
    common = DEPRECATED.keys() & theirs.keys()
    assert len(common) > 30
    assert {name: DEPRECATED[name].isoformat() for name in common} == {
        name: theirs[name]["deprecated"] for name in common
    }
