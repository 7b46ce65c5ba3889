"""Lambda functions in Terraform, CloudFormation and SAM: who may call them, where they run, what
their environment holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document
from collectors.iac.blocks import Reference
from tests.collectors.iac.conftest import Read, documents
from tests.collectors.iac.mappers.hand import block, the

F = Reference("aws_lambda_function.f", "function_name")
PUBLIC = {"action": "lambda:InvokeFunction", "principal": "*", "function_name": F}


def function(**values: Any) -> Any:
    return block("aws_lambda_function.f", {"function_name": "f", **values})


def test_a_plain_function() -> None:
    found = the(function(runtime="python3.13", role="arn:aws:iam::1:role/r"))
    facts = found.facts
    assert found.name == "f"
    assert facts["exposure"] == {"public": False, "via": []}
    assert (facts["network_kind"], facts["vpc_id"]) == ("public", None)
    assert facts["environment_secrets"] is False
    assert facts["environment_encryption"]["key_manager"] == "provider"
    assert facts["runtime"] == "python3.13"
    assert "logging" in found.unknown


def test_a_function_in_a_network() -> None:
    found = the(function(vpc_config=[{"subnet_ids": ["subnet-1"]}]))
    assert found.facts["network_kind"] == "vpc"
    assert found.unknown["vpc_id"] == "the VPC is that of the function's subnets"
    assert the(function(vpc_config=[{"subnet_ids": []}])).facts["network_kind"] == "public"


@pytest.mark.parametrize(
    ("permission", "public"),
    [
        (PUBLIC, True),
        (PUBLIC | {"action": "lambda:GetFunction"}, False),
        (PUBLIC | {"principal": "apigateway.amazonaws.com"}, False),
        (PUBLIC | {"principal_org_id": "o-1"}, False),
        (PUBLIC | {"source_account": "111122223333"}, False),
        (PUBLIC | {"function_name": "f"}, True),
        (PUBLIC | {"invoked_via_function_url": True}, False),
        (PUBLIC | {"function_name": "g"}, False),
        (PUBLIC | {"principal": Reference("data.x.y", "z")}, None),
        (PUBLIC | {"source_arn": Reference("data.x.y", "z")}, False),
    ],
)
def test_permissions(permission: dict[str, Any], public: bool | None) -> None:
    found = the(function(), block("aws_lambda_permission.p", permission))
    assert found.facts["exposure"].get("public") is public
    if public:
        assert found.facts["exposure"]["via"] == ["policy"]
    assert ("exposure/public" in found.unknown) == (public is None)


@pytest.mark.parametrize(
    ("kind", "public"),
    [("NONE", True), ("AWS_IAM", False), (None, None), ("OPEN", None), (["NONE"], None)],
)
def test_urls(kind: Any, public: bool | None) -> None:
    values = {"function_name": F} | ({"authorization_type": kind} if kind else {})
    found = the(function(), block("aws_lambda_function_url.u", values))
    assert found.facts["exposure"].get("public") is public
    assert ("exposure/public" in found.unknown) == (public is None)


@pytest.mark.parametrize(
    ("of", "url", "public"),
    [
        ("AWS_IAM", "AWS_IAM", True),
        (None, "AWS_IAM", True),
        ("NONE", "AWS_IAM", False),
        ("SIGNED", "AWS_IAM", None),
        ("AWS_IAM", None, False),
    ],
)
def test_a_url_that_every_account_may_call(of: Any, url: str | None, public: Any) -> None:
    permissions = [
        {"action": "lambda:InvokeFunctionUrl", "function_url_auth_type": of},
        {"action": "lambda:InvokeFunction", "invoked_via_function_url": True},
    ]
    found = the(
        function(),
        *(
            block(f"aws_lambda_permission.p{number}", PUBLIC | each)
            for number, each in enumerate(permissions)
        ),
        *(
            [block("aws_lambda_function_url.u", {"function_name": F, "authorization_type": url})]
            if url
            else []
        ),
    )
    assert found.facts["exposure"].get("public") is public
    assert found.facts["exposure"].get("via") == (None if public is None else ["policy"] * public)


def test_secrets_in_the_environment() -> None:
    key = {"DB_PASSWORD": "hunter2hunter2"}
    open_ = {"TABLE": Reference("aws_dynamodb_table.t", "name")}
    assert the(function(environment=[{"variables": key}])).facts["environment_secrets"] is True
    both = the(function(environment=[{"variables": key | open_}]))
    assert both.facts["environment_secrets"] is True
    # A plan tells of a map that is merged only what it is made of.
    merged = [Reference("data.aws_ssm_parameter.a", "value"), Reference("aws_dynamodb_table.t")]
    for later in (open_, merged, merged[0]):
        found = the(function(environment=[{"variables": later}]))
        assert "environment_secrets" in found.unknown


def test_a_permission_of_a_function_elsewhere_is_judged_alone(folder: Path) -> None:
    main = """
resource "aws_lambda_permission" "p" {
  function_name = "elsewhere"
  action        = "lambda:InvokeFunction"
  principal     = "*"
}
"""
    (folder / "main.tf").write_text(main, encoding="utf-8")
    found = documents(folder)[1]["aws_lambda_permission.p"]
    assert found.facts["exposure"]["public"] is True
    assert "runtime" in found.unknown


@pytest.fixture
def stack(folder: Path) -> Read:
    def read(text: str) -> dict[str, Document]:
        (folder / "stack.yaml").write_text(text, encoding="utf-8")
        return documents(folder)[1]

    return read


def test_cloudformation_opens_a_url_by_a_permission_alone(stack: Read) -> None:
    text = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  F:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.7
      Role: arn:aws:iam::111122223333:role/r
      VpcConfig: {SubnetIds: [subnet-1], SecurityGroupIds: [sg-1]}
  U:
    Type: AWS::Lambda::Url
    Properties: {TargetFunctionArn: !GetAtt F.Arn, AuthType: NONE}
"""
    assert stack(text)["F"].facts["exposure"]["public"] is False
    permission = """  P:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref F
      Action: lambda:InvokeFunctionUrl
      Principal: "*"
      FunctionUrlAuthType: NONE
"""
    alone = stack(text + permission)["F"]
    assert "public" not in alone.facts["exposure"]
    assert "granted alone" in alone.unknown["exposure/public"]
    call = permission.replace("  P:", "  Q:").replace("FunctionUrl\n", "Function\n")
    call = call.replace("      FunctionUrlAuthType: NONE\n", "")
    facts = stack(text + permission + call)["F"].facts
    assert facts["exposure"] == {"public": True, "via": ["endpoint", "policy"]}
    assert (facts["network_kind"], facts["runtime_supported"]) == ("vpc", False)
    by_url = call + "      InvokedViaFunctionUrl: true\n"
    facts = stack(text + permission + by_url)["F"].facts
    assert facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert stack(text + by_url)["F"].facts["exposure"]["public"] is False
    unknown = text.replace("AuthType: NONE", "AuthType: Nobody") + permission + by_url
    assert "public" not in stack(unknown)["F"].facts["exposure"]


SAM = """AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: python3.7
    VpcConfig: {SubnetIds: [subnet-1], SecurityGroupIds: [sg-1]}
    Environment:
      Variables:
        DB_PASSWORD: hunter2hunter2
Resources:
  Open:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Environment: {Variables: {TABLE: t}}
      FunctionUrlConfig: {AuthType: NONE}
      Policies:
        - arn:aws:iam::aws:policy/AdministratorAccess
        - S3ReadPolicy: {BucketName: b}
  Own:
    Type: AWS::Serverless::Function
    Properties:
      Role: arn:aws:iam::111122223333:role/r
"""


def test_functions_of_sam(stack: Read) -> None:
    found = stack(SAM)
    facts = found["Open"].facts
    # Its own runtime takes the place of the shared one, its variables stand beside the shared ones.
    assert facts["runtime"] == "python3.13"
    assert facts["environment_secrets"] is True
    assert facts["network_kind"] == "vpc"
    assert facts["exposure"] == {"public": True, "via": ["endpoint"]}
    assert found["Own"].facts["runtime"] == "python3.7"
    unknown = stack(SAM.replace("AuthType: NONE", "AuthType: Nobody"))["Open"]
    assert "public" not in unknown.facts["exposure"]
    assert "NOBODY" in unknown.unknown["exposure/public"]
    source = found["Open"].source
    assert source is not None
    assert source.lines["environment_secrets"].line in {8, 9, 14}
    assert source.lines["exposure"].argument == "FunctionUrlConfig.AuthType"


def test_the_role_that_sam_makes(stack: Read) -> None:
    found = stack(SAM)
    assert "Own/Role" not in found
    role = found["Open/Role"]
    assert role.facts["trust"][0]["principal"] == "lambda.amazonaws.com"
    assert found["Open"].facts["role"].endswith("#Open/Role")
    # What the policy template of SAM allows is not known, and may be anything.
    assert role.unknown


def test_sam_takes_the_policy_of_administrators_by_its_name(stack: Read) -> None:
    named = SAM.replace("arn:aws:iam::aws:policy/AdministratorAccess", "AdministratorAccess")
    assert stack(named)["Open/Role"].facts["privileged"] is True
    other = SAM.replace("arn:aws:iam::aws:policy/AdministratorAccess", "Ours")
    assert "privileged" in stack(other)["Open/Role"].unknown
