"""REST, HTTP and WebSocket APIs in Terraform and CloudFormation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.conftest import Write, documents
from tests.collectors.iac.mappers.hand import block, the
from tests.collectors.iac.mappers.hand import documents as by_hand

DOUBT = Unknown("var.x has no value here")
REST, HTTP = "aws_api_gateway_rest_api.a", "aws_apigatewayv2_api.a"
MINE = Reference(REST)
GROUP = block("aws_cloudwatch_log_group.g", {"name": "apis", "retention_in_days": 200})
LOGGED = [{"destination_arn": Reference("aws_cloudwatch_log_group.g", "arn")}]


def rest(*others: Block, **values: Any) -> Document:
    return the(block(REST, values), *others)


def method(kind: Any = "AWS_IAM", verb: Any = "GET", **values: Any) -> Block:
    own = {"rest_api_id": MINE, "http_method": verb, "authorization": kind}
    name = verb if isinstance(verb, str) else "open"
    return block(f"aws_api_gateway_method.{name}", own | values)


def stage(name: str = "prod", **values: Any) -> Block:
    return block(
        f"aws_api_gateway_stage.{name}", {"rest_api_id": MINE, "stage_name": name} | values
    )


def test_one_that_is_safe() -> None:
    private = [{"types": ["PRIVATE"]}]
    found = rest(
        method(), GROUP, stage(access_log_settings=LOGGED), endpoint_configuration=private
    ).facts
    assert (found["authorization"], found["public"]) == ("iam", False)
    assert found["tls"] == {"minimum": "1.2", "required": True, "policy": "TLS_1_2"}
    log = found["logging"]
    assert (log["enabled"], log["retention_days"]) == (True, 200)


def test_what_holds_where_nothing_is_written() -> None:
    found = rest()
    assert (found.facts["public"], found.facts["tls"]["minimum"]) == (True, "1.0")
    assert {"authorization", "logging/enabled"} <= set(found.unknown)


@pytest.mark.parametrize(
    ("methods", "weakest"),
    [
        ([method(), method("NONE", "POST")], "none"),
        ([method(), method("NONE", "OPTIONS")], "iam"),
        ([method("NONE", api_key_required=True)], "key"),
        ([method("COGNITO_USER_POOLS"), method("CUSTOM", "PUT")], "custom"),
        ([method(), method(DOUBT, "POST")], None),
        ([method("NONE", DOUBT)], None),
        ([method("NONE"), method(DOUBT, "POST")], "none"),
        ([method(), method("NONE", "POST", rest_api_id=DOUBT)], None),
    ],
)
def test_the_weakest_method_counts(methods: list[Block], weakest: str | None) -> None:
    assert rest(*methods).facts.get("authorization") == weakest


def statement(effect: str, **more: Any) -> dict[str, Any]:
    base = {"Effect": effect, "Principal": "*", "Action": "execute-api:Invoke"}
    return {**base, "Resource": "execute-api:/*", **more}


OFFICE = {"NotIpAddress": {"aws:SourceIp": ["203.0.113.0/24"]}}


@pytest.mark.parametrize(
    ("statements", "public"),
    [
        ([statement("Allow")], True),
        ([statement("Allow"), statement("Deny", Condition=OFFICE)], False),
        ([statement("Allow", Principal={"AWS": Reference("aws_iam_role.r", "arn")})], False),
        ([statement("Allow", Resource=DOUBT)], True),
        ([statement("Allow"), statement("Deny", Condition=OFFICE, Resource=DOUBT)], None),
        ([statement("Allow", Principal={"AWS": DOUBT})], None),
        ([statement("Allow", Condition={"IpAddress": {"aws:SourceIp": [DOUBT]}})], None),
        ([statement("Allow"), statement("Allow", Principal={"AWS": DOUBT})], True),
    ],
)
def test_policies_of_resources(statements: list[Any], public: bool | None) -> None:
    role = block("aws_iam_role.r", {})
    own = rest(role, policy={"Statement": statements})
    apart = block(
        "aws_api_gateway_rest_api_policy.p",
        {"rest_api_id": MINE, "policy": {"Statement": statements}},
    )
    assert own.facts.get("public") is public
    assert rest(role, apart).facts.get("public") is public
    more = block("aws_api_gateway_rest_api_policy.q", {"rest_api_id": MINE, "policy": {}})
    assert "public" in rest(role, apart, more).unknown


def domain(**values: Any) -> tuple[Block, Block]:
    made = block("aws_api_gateway_domain_name.d", {"domain_name": "api.example.org"} | values)
    link = {"api_id": MINE, "domain_name": "api.example.org"}
    return made, block("aws_api_gateway_base_path_mapping.m", link)


MUTUAL = [{"truststore_uri": "s3://trust/store"}]


def test_custom_domains() -> None:
    """Behind one that asks for certificates alone, requests without more are no anonymous ones."""
    opened = method("NONE")
    mutual = domain(security_policy="TLS_1_2", mutual_tls_authentication=MUTUAL)
    both = rest(opened, *mutual)
    assert (both.facts["authorization"], both.facts["tls"]["minimum"]) == ("none", "1.0")
    alone = rest(opened, *mutual, disable_execute_api_endpoint=True).facts
    assert (alone["authorization"], alone["public"]) == ("certificate", True)
    assert alone["tls"]["minimum"] == "1.2"
    unset = rest(*domain(), disable_execute_api_endpoint=True)
    assert "tls/minimum" in unset.unknown
    none = rest(opened, disable_execute_api_endpoint=True)
    assert {"public", "tls/minimum", "authorization"} <= set(none.unknown)
    routed = rest(*domain(routing_mode="ROUTING_RULE_ONLY"), disable_execute_api_endpoint=True)
    assert "public" in routed.unknown


def test_a_domain_without_an_api_is_judged_for_its_tls() -> None:
    made, link = domain(security_policy="TLS_1_0")
    elsewhere = block(link.address, link.values | {"api_id": "elsewhere"})
    for others in ((), (elsewhere,)):
        found = the(made, *others)
        assert found.facts["tls"]["minimum"] == "1.0"
        assert {"public", "authorization"} <= set(found.unknown)
    (api,) = by_hand(block(REST, {}), made, link)
    assert api.name == "a"


def test_logs_of_stages() -> None:
    on = stage(access_log_settings=LOGGED)
    legacy = block("aws_api_gateway_deployment.d", {"rest_api_id": MINE, "stage_name": "legacy"})
    assert rest(GROUP, on, stage("dev")).facts["logging"]["enabled"] is False
    assert rest(GROUP, on, legacy).facts["logging"]["enabled"] is False
    assert "logging/enabled" in rest(stage(access_log_settings=DOUBT)).unknown
    stream = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/amazon-apigateway-x"
    away = rest(stage(access_log_settings=[{"destination_arn": stream}])).facts["logging"]
    assert (away["enabled"], away["destination_region"]) == (True, "eu-west-1")


def http(*others: Block, **values: Any) -> Document:
    return the(block(HTTP, {"protocol_type": "HTTP"} | values), *others)


def route(key: Any, kind: Any = None, **values: Any) -> Block:
    own = {"api_id": Reference(HTTP), "route_key": key, "authorization_type": kind}
    name = key if isinstance(key, str) else "open"
    return block(f"aws_apigatewayv2_route.{name}", own | values)


@pytest.mark.parametrize(
    ("protocol", "routes", "weakest"),
    [
        ("HTTP", [route("GET /a", "JWT"), route("OPTIONS /a")], "token"),
        ("HTTP", [route("GET /a", "JWT"), route("$default")], "none"),
        ("HTTP", [route("GET /a", DOUBT)], None),
        ("HTTP", [], None),
        ("WEBSOCKET", [route("$connect", "AWS_IAM"), route("$default")], "iam"),
        ("WEBSOCKET", [route("$default", "AWS_IAM")], "none"),
        ("WEBSOCKET", [route("$default", "AWS_IAM"), route(DOUBT, "AWS_IAM")], None),
        (DOUBT, [route("$default")], None),
    ],
)
def test_routes(protocol: Any, routes: list[Block], weakest: str | None) -> None:
    found = http(*routes, protocol_type=protocol)
    assert found.facts.get("authorization") == weakest
    assert (found.facts["public"], found.facts["tls"]["minimum"]) == (True, "1.2")


def test_an_api_that_is_made_at_once_is_open_and_keeps_no_log() -> None:
    found = http(target="arn:aws:lambda:eu-west-1:123456789012:function:f").facts
    assert (found["authorization"], found["logging"]["enabled"]) == ("none", False)


def open_api(operation: dict[str, Any], **scheme: Any) -> str:
    schemes = {"components": {"securitySchemes": {"s": scheme}}}
    return json.dumps({"openapi": "3.0.1", "paths": {"/a": {"get": operation}}, **schemes})


WRITTEN = """# As YAML.
openapi: 3.0.1
paths:
  /a:
    get:
      x-amazon-apigateway-auth: {type: AWS_IAM}
      responses: {200: {description: ok}}
"""
AUTHORIZER = "x-amazon-apigateway-authorizer"
USES: dict[str, Any] = {"security": [{"s": []}]}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (open_api({}), "none"),
        (open_api(USES, **{AUTHORIZER: {"type": "request"}}), "custom"),
        (open_api(USES, **{AUTHORIZER: {"type": "jwt"}}), "token"),
        (open_api(USES, **{"x-amazon-apigateway-authtype": "awsSigv4"}), "iam"),
        (open_api(USES, type="apiKey", name="x-api-key"), "key"),
        (open_api(USES, type="http"), None),
        (WRITTEN, "iam"),
        (WRITTEN.replace("AWS_IAM", "NONE"), "none"),
        ("openapi: 3.0.1", None),
        ("openapi: [", None),
        ("no document", None),
        (DOUBT, None),
    ],
)
def test_open_api_documents(body: Any, kind: str | None) -> None:
    assert rest(body=body).facts.get("authorization") == kind
    assert http(body=body).facts.get("authorization") == kind


def test_a_document_that_is_imported_apart() -> None:
    values = {"rest_api_id": MINE, "body": open_api({})}
    assert (
        rest(method(), block("aws_api_gateway_rest_api_put.p", values)).facts["authorization"]
        == "none"
    )
    opened = block("aws_api_gateway_rest_api_put.p", {"rest_api_id": MINE, "body": DOUBT})
    assert "authorization" in rest(method(), opened).unknown


def test_documents_that_say_more_of_the_api() -> None:
    extra = {
        "x-amazon-apigateway-policy": {"Statement": [statement("Deny")]},
        "x-amazon-apigateway-endpoint-configuration": {"disableExecuteApiEndpoint": True},
    }
    body = json.dumps({"openapi": "3.0.1", "paths": {}, "security": [{"s": []}], **extra})
    found = rest(body=body)
    assert found.facts["public"] is False
    assert "tls/minimum" in found.unknown


def test_terraform(project: Write) -> None:
    folder = project(
        """
resource "aws_api_gateway_rest_api" "a" {
  name = "a"
  body = jsonencode({
    openapi = "3.0.1"
    paths = { "/a" = { get = {
      x-amazon-apigateway-auth = { type = "AWS_IAM" }
      x-amazon-apigateway-integration = { type = "mock" }
    } } }
  })
}
resource "aws_api_gateway_stage" "s" {
  rest_api_id = aws_api_gateway_rest_api.a.id
  stage_name = "prod"
}
"""
    )
    found = documents(folder)[1]["aws_api_gateway_rest_api.a"]
    assert found.facts["authorization"] == "iam"
    assert found.facts["logging"]["enabled"] is False


STACK = """AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Rest:
    Type: AWS::ApiGateway::RestApi
    Properties: {Name: r, DisableExecuteApiEndpoint: true}
  Get:
    Type: AWS::ApiGateway::Method
    Properties: {RestApiId: !Ref Rest, HttpMethod: GET, AuthorizationType: NONE}
  Deployed:
    Type: AWS::ApiGateway::Deployment
    Properties:
      RestApiId: !Ref Rest
      StageName: prod
      StageDescription: {AccessLogSetting: {DestinationArn: !GetAtt Logs.Arn}}
  Logs:
    Type: AWS::Logs::LogGroup
  Domain:
    Type: AWS::ApiGateway::DomainName
    Properties: {DomainName: a.example.org, SecurityPolicy: TLS_1_2}
  Mapping:
    Type: AWS::ApiGateway::BasePathMapping
    Properties: {RestApiId: !Ref Rest, DomainName: !Ref Domain}
  Http:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: h, ProtocolType: HTTP}
  Route:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Http, RouteKey: GET /a, AuthorizationType: AWS_IAM}
  Stage:
    Type: AWS::ApiGatewayV2::Stage
    Properties: {ApiId: !Ref Http, StageName: $default, AutoDeploy: true}
"""


def test_cloudformation(folder: Path) -> None:
    (folder / "stack.yaml").write_text(STACK, encoding="utf-8")
    found = documents(folder)[1]
    rest_facts, http_facts = found["Rest"].facts, found["Http"].facts
    assert (rest_facts["authorization"], rest_facts["public"]) == ("none", True)
    assert rest_facts["tls"]["minimum"] == "1.2"
    assert rest_facts["logging"]["enabled"] is True
    assert (http_facts["authorization"], http_facts["logging"]["enabled"]) == ("iam", False)
