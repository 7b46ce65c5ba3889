"""APIs of SAM: what their authorizers, the section Globals and events of functions make of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document
from tests.collectors.iac.conftest import documents

HEAD = "Transform: AWS::Serverless-2016-10-31\n"


def read(folder: Path, resources: str, head: str = "") -> dict[str, Document]:
    (folder / "sam.yaml").write_text(f"{HEAD}{head}Resources:\n{resources}", encoding="utf-8")
    return documents(folder)[1]


def function(events: str) -> str:
    return f"""
  F:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Events: {events}
"""


API = """
  A:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      {more}
"""
GET = "{G: {Type: Api, Properties: {Path: /, Method: get, RestApiId: !Ref A%s}}}"
COGNITO = "Auth: {DefaultAuthorizer: C, Authorizers: {C: {UserPoolArn: 'arn:p'}}}"


@pytest.mark.parametrize(
    ("auth", "event", "kind"),
    [
        ("", "", "none"),
        ("Auth: {DefaultAuthorizer: AWS_IAM}", "", "iam"),
        (COGNITO, "", "token"),
        (COGNITO, ", Auth: {Authorizer: NONE}", "none"),
        ("Auth: {Authorizers: {L: {FunctionArn: 'arn:f'}}}", ", Auth: {Authorizer: L}", "custom"),
        ("Auth: {Authorizers: {L: {FunctionArn: 'arn:f'}}}", ", Auth: {Authorizer: M}", None),
        ("Auth: {ApiKeyRequired: true}", "", "key"),
        ("Auth: {ApiKeyRequired: true}", ", Auth: {ApiKeyRequired: false}", "none"),
        ("Auth: {DefaultAuthorizer: !Ref AWS::StackId}", "", None),
    ],
)
def test_what_methods_ask_for(folder: Path, auth: str, event: str, kind: str | None) -> None:
    found = read(folder, API.format(more=auth) + function(GET % event))["A"]
    assert found.facts.get("authorization") == kind
    assert found.facts["logging"]["enabled"] is False


@pytest.mark.parametrize("events", ["!Ref P", "{G: !Ref P}", "{G: {Type: !Ref P}}"])
def test_an_event_that_is_decided_at_deployment_may_open_an_api(folder: Path, events: str) -> None:
    head = "Parameters:\n  P: {Type: String}\n"
    api = API.format(more="Auth: {DefaultAuthorizer: AWS_IAM}")
    found = read(folder, api + function(GET % "") + function(events).replace("  F:", "  E:"), head)
    assert found["A"].facts.get("authorization") != "iam"
    assert "authorization" in found["A"].unknown


CUSTOM = (
    "[{Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*'}]"
)


@pytest.mark.parametrize(
    ("listed", "public"),
    [
        ("", True),
        ("IpRangeBlacklist: [10.0.0.0/8]", True),
        ("IpRangeWhitelist: [10.0.0.0/8]", False),
        ("IpRangeWhitelist: [0.0.0.0/0]", True),
        ("AwsAccountWhitelist: ['111122223333']", False),
        ("AwsAccountBlacklist: ['111122223333']", False),
        ("AwsAccountWhitelist: ['111122223333'], IpRangeBlacklist: [10.0.0.0/8]", True),
        ("SourceVpcWhitelist: [vpc-1, vpce-2]", False),
        ("SourceVpcBlacklist: [vpc-1]", True),
        ("IntrinsicVpceWhitelist: [!Ref F]", None),
        ("AwsAccountWhitelist: ['111122223333'], CustomStatements: " + CUSTOM, True),
        ("IpRangeWhitelist: !Ref AWS::StackId", None),
        ("CustomStatements: !Ref AWS::StackId", None),
    ],
)
def test_the_policy_that_sam_makes(folder: Path, listed: str, public: bool | None) -> None:
    made = API.format(more=f"Auth: {{ResourcePolicy: {{{listed}}}}}")
    found = read(folder, made + function(GET % ""))["A"]
    assert found.facts.get("public") is public


def test_what_may_add_to_a_policy_of_sam_leaves_it_open(folder: Path) -> None:
    """A document may bring a policy along, and so may each event, beside what the API lists."""
    auth = "Auth: {ResourcePolicy: {AwsAccountWhitelist: ['111122223333']}}"
    added = ", Auth: {ResourcePolicy: {IpRangeBlacklist: [10.0.0.0/8]}}"
    for more, event in (
        (auth + "\n      DefinitionBody: {paths: {}}", ""),
        (auth + "\n      DefinitionUri: api.yaml", ""),
        (auth, added),
        (auth, ", Auth: !Ref AWS::StackId"),
        ("", added),
    ):
        found = read(folder, API.format(more=more) + function(GET % event))["A"]
        assert "public" in found.unknown, (more, event)


def test_an_api_that_is_private_logs_and_has_a_domain(folder: Path) -> None:
    more = """EndpointConfiguration: {Type: PRIVATE}
      AccessLogSetting: {DestinationArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:x'}
      Domain: {DomainName: a.example.org, SecurityPolicy: TLS_1_0}"""
    facts = read(folder, API.format(more=more))["A"].facts
    assert (facts["public"], facts["tls"]["minimum"]) == (False, "1.0")
    assert facts["logging"]["destination_region"] == "eu-west-1"


GLOBALS = """Globals:
  Api:
    Auth: {DefaultAuthorizer: AWS_IAM}
    AccessLogSetting: {DestinationArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:x'}
"""


@pytest.mark.parametrize(("head", "kind", "logs"), [("", "none", False), (GLOBALS, "iam", True)])
def test_the_api_that_sam_makes_itself(folder: Path, head: str, kind: str, logs: bool) -> None:
    events = "{G: {Type: Api, Properties: {Path: /, Method: get}}}"
    made = read(folder, function(events), head)["ServerlessRestApi"]
    assert (made.facts["authorization"], made.facts["public"]) == (kind, True)
    assert made.facts["logging"]["enabled"] is logs
    assert made.source is not None
    assert made.source.start_line == 7 + head.count("\n")


@pytest.mark.parametrize(
    ("auth", "event", "kind"),
    [
        ("", "", "none"),
        ("Auth: {DefaultAuthorizer: J, Authorizers: {J: {JwtConfiguration: {}}}}", "", "token"),
        ("Auth: {EnableIamAuthorizer: true}", ", Auth: {Authorizer: AWS_IAM}", "iam"),
    ],
)
def test_http_apis(folder: Path, auth: str, event: str, kind: str) -> None:
    api = f"""
  H:
    Type: AWS::Serverless::HttpApi
    Properties: {{Name: h, {auth}}}
"""
    events = "{G: {Type: HttpApi, Properties: {Path: /a, Method: get, ApiId: !Ref H%s}}}"
    found = read(folder, api + function(events % event))["H"].facts
    assert (found["authorization"], found["public"]) == (kind, True)


def test_an_event_without_a_path_takes_everything(folder: Path) -> None:
    found: Any = read(folder, function("{G: {Type: HttpApi}}"))["ServerlessHttpApi"].facts
    assert found["authorization"] == "none"


def test_a_state_machine_is_called_too(folder: Path) -> None:
    machine = function("{G: {Type: Api, Properties: {Path: /, Method: post}}}").replace(
        "Function", "StateMachine"
    )
    found = read(folder, machine)
    assert set(found) == {"ServerlessRestApi"}
    assert found["ServerlessRestApi"].facts["authorization"] == "none"


def test_documents(folder: Path) -> None:
    body = """DefinitionBody:
        paths: {/a: {get: {x-amazon-apigateway-auth: {type: AWS_IAM}}}}"""
    assert read(folder, API.format(more=body))["A"].facts["authorization"] == "iam"
    for more in ("DefinitionUri: api.yaml", f"{body}\n      Auth: {{DefaultAuthorizer: AWS_IAM}}"):
        assert "authorization" in read(folder, API.format(more=more))["A"].unknown


SHARED_KEY = "Globals: {SimpleTable: {SSESpecification: {SSEEnabled: true}}}\n"


@pytest.mark.parametrize("head", ["", SHARED_KEY])
def test_a_simple_table(folder: Path, head: str) -> None:
    """SAM's own properties; with a key of KMS it is AWS's for DynamoDB."""
    text = "  T: {Type: AWS::Serverless::SimpleTable, Properties: {TableName: t}}\n"
    found = read(folder, text, head)["T"]
    assert (found.type, found.name) == ("database.instance", "t")
    assert found.facts["encryption"]["enabled"] is True
    named = text.replace("TableName: t", "SSESpecification: {KMSMasterKeyId: alias/mine}")
    own = read(folder, named, SHARED_KEY)["T"].facts["encryption"]
    assert own["key_manager"] == "customer"
