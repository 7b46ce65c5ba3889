"""GraphQL APIs of AppSync: live over the example company, in Terraform and in CloudFormation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.aws.services import appsync
from collectors.document import Document, Unknown
from examples.company.account import MAIN_REGION
from tests.collectors.aws.alike import assert_alike
from tests.collectors.aws.conftest import OpenAccount
from tests.collectors.iac.conftest import documents
from tests.collectors.iac.mappers.hand import block, the
from tests.faults.proxy import DENIED, FaultProxy

APPLY = Unknown("known after apply")
LOGS = {"log_config": [{"field_log_level": "NONE"}]}


def test_apis_of_the_company(company_proxy: FaultProxy, open_account: OpenAccount) -> None:
    def collect(*denied: str) -> list[Document]:
        company_proxy.decide = lambda request: DENIED if request.operation in denied else None
        return list(appsync.apis(open_account(company_proxy.url, MAIN_REGION), MAIN_REGION))

    (found,) = collect()
    assert found.tags["system"] == "internet-mall"
    assert found.facts["authorization"] == "key"
    assert found.facts["public"] is True
    assert found.facts["logging"]["enabled"] is False
    planned = the(block("aws_appsync_graphql_api.a", {"authentication_type": "API_KEY"}))
    known = {"authorization", "public", "tls/minimum", "logging/enabled"}
    assert_alike(found, planned, known=known)
    (unlisted,) = collect("ListGraphqlApis")
    assert unlisted.unlisted


def test_what_appsync_tells(open_account: OpenAccount) -> None:
    account = open_account("http://127.0.0.1:9")
    item: dict[str, Any] = {"arn": "arn", "name": "a", "apiId": "1"}

    def told(**more: Any) -> Document:
        return appsync._document(account, "us-east-1", item | more)

    closed = told(authenticationType="AWS_IAM", visibility="PRIVATE", logConfig={"x": 1})
    assert (closed.facts["authorization"], closed.facts["public"]) == ("iam", False)
    logging = closed.facts["logging"]
    assert (logging["enabled"], logging["destination"].rpartition(":")[2]) == (
        True,
        "/aws/appsync/apis/1",
    )
    assert "logging/retention_days" in closed.unknown
    others = [{"authenticationType": "API_KEY"}]
    weaker = told(authenticationType="AWS_IAM", additionalAuthenticationProviders=others)
    assert weaker.facts["authorization"] == "key"
    assert "authorization" in told(authenticationType="NEW").unknown
    assert "authorization" in told().unknown


@pytest.mark.parametrize(
    ("values", "kind", "public", "logged"),
    [
        ({"authentication_type": "AWS_IAM"}, "iam", True, False),
        (
            {
                "authentication_type": "AWS_LAMBDA",
                "additional_authentication_provider": [{"authentication_type": "API_KEY"}],
                "visibility": "PRIVATE",
            }
            | LOGS,
            "key",
            False,
            True,
        ),
        (
            {
                "authentication_type": "OPENID_CONNECT",
                "additional_authentication_provider": APPLY,
                "visibility": APPLY,
                "log_config": APPLY,
            },
            None,
            None,
            None,
        ),
        ({}, None, True, False),
    ],
)
def test_terraform(
    values: dict[str, Any], kind: str | None, public: bool | None, logged: bool | None
) -> None:
    facts = the(block("aws_appsync_graphql_api.a", values)).facts
    assert (facts.get("authorization"), facts.get("public")) == (kind, public)
    assert facts["logging"].get("enabled") is logged
    assert (facts["tls"]["minimum"], facts["tls"]["required"]) == ("1.2", True)


def test_cloudformation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Path("infra")
    folder.mkdir()
    text = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  A:
    Type: AWS::AppSync::GraphQLApi
    Properties:
      Name: a
      AuthenticationType: AMAZON_COGNITO_USER_POOLS
      AdditionalAuthenticationProviders: [{AuthenticationType: AWS_IAM}]
      Visibility: PRIVATE
      LogConfig: {CloudWatchLogsRoleArn: r, FieldLogLevel: ERROR}
      Tags: [{Key: system, Value: core}]
"""
    (folder / "stack.yaml").write_text(text, encoding="utf-8")
    found = documents(folder)[1]["A"]
    assert (found.facts["authorization"], found.facts["public"]) == ("token", False)
    assert found.facts["logging"]["enabled"] is True
    assert "logging/retention_days" in found.unknown
    assert found.tags == {"system": "core"}
