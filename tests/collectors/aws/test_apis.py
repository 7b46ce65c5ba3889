"""REST, HTTP and WebSocket APIs over real HTTP, and the rules of their policies and domains."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from collectors.aws.api_facts import (
    Domain,
    asks_certificates,
    is_reachable,
    minimum,
    tls,
    weakest,
)
from collectors.aws.api_policy import is_open, written
from collectors.aws.services import apigateway, apigatewayv2
from collectors.aws.services.apigateway import default_policy, is_public, rest_apis
from collectors.aws.services.apigatewayv2 import apis
from collectors.document import Document, Unknown
from collectors.facts.shared import Tls
from tests.collectors.aws.conftest import ACCOUNT_ID, Client, OpenAccount
from tests.faults.proxy import DENIED, FaultProxy, fault_proxy

REGION = "cn-north-1"
GROUP = f"arn:aws-cn:logs:{REGION}:{ACCOUNT_ID}:log-group:apis"
OFF = {
    "enabled": False,
    "destination": None,
    "destination_account": None,
    "destination_region": None,
    "retention_days": None,
}
LOGGED = {
    "enabled": True,
    "destination": GROUP,
    "destination_account": ACCOUNT_ID,
    "destination_region": REGION,
    "retention_days": None,
}


@pytest.fixture(scope="module")
def proxy(fresh_moto: str) -> Iterator[FaultProxy]:
    with fault_proxy(fresh_moto) as running:
        yield running


@pytest.fixture(scope="module")
def made(client: Client) -> None:
    """A REST API with a stage and one without; an HTTP API at a domain; a WebSocket API."""
    client("logs", REGION).create_log_group(logGroupName="apis")
    rest, two = client("apigateway", REGION), client("apigatewayv2", REGION)
    for name in ("orders", "draft"):
        api = rest.create_rest_api(
            name=name, endpointConfiguration={"types": ["REGIONAL"]}, tags={"system": "mall"}
        )["id"]
        root = rest.get_resources(restApiId=api)["items"][0]["id"]
        for verb, kind in (("GET", "AWS_IAM"), ("OPTIONS", "NONE")):
            rest.put_method(restApiId=api, resourceId=root, httpMethod=verb, authorizationType=kind)
            rest.put_integration(restApiId=api, resourceId=root, httpMethod=verb, type="MOCK")
        if name == "orders":
            rest.create_deployment(restApiId=api, stageName="prod")
    log = {"DestinationArn": GROUP, "Format": "$context.requestId"}
    http = two.create_api(Name="pay", ProtocolType="HTTP", DisableExecuteApiEndpoint=True)["ApiId"]
    two.create_route(ApiId=http, RouteKey="POST /pay", AuthorizationType="JWT")
    two.create_route(ApiId=http, RouteKey="OPTIONS /pay", AuthorizationType="NONE")
    two.create_stage(ApiId=http, StageName="a", AccessLogSettings=log)
    socket = two.create_api(
        Name="chat", ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action"
    )["ApiId"]
    two.create_route(ApiId=socket, RouteKey="$default", AuthorizationType="AWS_IAM")
    two.create_stage(ApiId=socket, StageName="a", AccessLogSettings=log)
    two.create_stage(ApiId=socket, StageName="b")
    two.create_domain_name(
        DomainName="pay.example.cn",
        DomainNameConfigurations=[{"EndpointType": "REGIONAL", "SecurityPolicy": "TLS_1_2"}],
    )
    two.create_api_mapping(DomainName="pay.example.cn", ApiId=http, Stage="a")


@pytest.fixture
def collected(made: None, proxy: FaultProxy, open_account: OpenAccount) -> Any:
    """The documents by name, after the denials that the test wants."""

    def collect(*denied: str) -> dict[str, Document]:
        proxy.decide = lambda request: DENIED if request.operation in denied else None
        account = open_account(proxy.url, REGION)
        found = [*rest_apis(account, REGION), *apis(account, REGION)]
        return {one.name: one for one in found}

    return collect


def test_apis_of_every_kind(collected: Any) -> None:
    found = collected()
    assert {name: one.facts for name, one in found.items()} == {
        "orders": {
            "authorization": "iam",
            "public": True,
            "tls": {"minimum": "1.0", "required": True, "policy": "TLS_1_0"},
            "logging": OFF,
        },
        "pay": {
            "authorization": "token",
            "public": True,
            "tls": {"minimum": "1.2", "required": True, "policy": "TLS_1_2"},
            "logging": LOGGED,
        },
        # Nobody is asked on connecting, and one of the stages writes no log.
        "chat": {
            "authorization": "none",
            "public": True,
            "tls": {"minimum": "1.2", "required": True, "policy": "TLS_1_2"},
            "logging": OFF,
        },
    }
    assert found["orders"].tags == {"system": "mall"}
    assert [one.unknown for one in found.values()] == [{}] * 3


DENIAL = "AccessDenied: apigateway:GET"
LOG_FACTS = {f"logging/{fact}" for fact in OFF}


@pytest.mark.parametrize(
    ("denied", "unknown"),
    [
        ("GetResources", {"orders": {"authorization"}}),
        ("GetRoutes", {"pay": {"authorization"}, "chat": {"authorization"}}),
        # Where the default endpoint is off, only a domain makes an API reachable.
        ("GetDomainNames", {"pay": {"public"}}),
        ("GetApiMappings", {"pay": {"public"}}),
    ],
)
def test_a_denial_leaves_facts_unknown(
    collected: Any, denied: str, unknown: dict[str, set[str]]
) -> None:
    found = collected(denied)
    assert {name: set(one.unknown) for name, one in found.items() if one.unknown} == unknown
    assert {reason for one in found.values() for reason in one.unknown.values()} == {DENIAL}


def test_apis_whose_stages_are_not_known_are_not_left_out(collected: Any) -> None:
    found = collected("GetStages")
    assert set(found) == {"orders", "draft", "pay", "chat"}
    assert all(set(one.unknown) >= LOG_FACTS for one in found.values())


def test_apis_that_cannot_be_listed(collected: Any) -> None:
    found = collected("GetRestApis", "GetApis")
    assert [(one.unlisted, one.facts) for one in found.values()] == [(True, {})] * 2


@pytest.mark.parametrize(
    ("found", "certificates", "expected"),
    [
        (["iam", "token", "none"], False, "none"),
        (["iam", "none"], True, "certificate"),
        (["none"], Unknown("x"), Unknown("x")),
        (["iam", Unknown("x"), "none"], False, "none"),
        (["iam", Unknown("x")], False, Unknown("x")),
        (["token", "key", "iam"], False, "key"),
        ([], False, Unknown("the API has no method")),
    ],
)
def test_the_weakest_authorization_counts(
    found: list[Any], certificates: Any, expected: object
) -> None:
    assert weakest(found, certificates) == expected


def test_what_methods_and_routes_ask_for() -> None:
    def method(**item: Any) -> Any:
        return apigateway.kinds([{"resourceMethods": {"GET": item}}])[0]

    assert method(authorizationType="NONE") == "none"
    assert method(authorizationType="NONE", apiKeyRequired=True) == "key"
    assert method(authorizationType="COGNITO_USER_POOLS") == "token"
    assert isinstance(method(), Unknown)
    assert apigateway.kinds([{"id": "a resource without methods"}]) == []
    assert apigatewayv2.kinds("HTTP", [{"RouteKey": "$default"}]) == ["none"]
    connect = {"RouteKey": "$connect", "AuthorizationType": "CUSTOM"}
    assert apigatewayv2.kinds("WEBSOCKET", [connect, {"RouteKey": "$default"}]) == ["custom"]


def policy(*statements: dict[str, Any]) -> str:
    common = {"Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}
    return json.dumps(
        {"Version": "2012-10-17", "Statement": [{**common, **one} for one in statements]}
    )


ALLOW: dict[str, Any] = {"Effect": "Allow"}
NOT_OURS = {"NotIpAddress": {"aws:SourceIp": ["203.0.113.0/24"]}}
DENY: dict[str, Any] = {"Effect": "Deny", "Condition": NOT_OURS}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, True),
        (policy(ALLOW), True),
        (policy({**ALLOW, "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}}), False),
        (policy({**ALLOW, "Principal": {"AWS": ACCOUNT_ID}}), False),
        # The usual way: everybody, but nobody from elsewhere.
        (policy(ALLOW, DENY), False),
        (policy(ALLOW, {**DENY, "Resource": f"arn:aws-cn:execute-api:{REGION}:1:abc/*"}), False),
        (
            policy(ALLOW, {**DENY, "Condition": {"StringNotEquals": {"aws:sourceVpc": "vpc-1"}}}),
            False,
        ),
        # What does not keep everybody out: half of the API, some principals, half of the internet.
        (policy(ALLOW, {**DENY, "Resource": "execute-api:/prod/GET/*"}), True),
        (policy(ALLOW, {**DENY, "Principal": {"AWS": ACCOUNT_ID}}), True),
        (
            policy(ALLOW, {**DENY, "Condition": {"NotIpAddress": {"aws:SourceIp": "0.0.0.0/1"}}}),
            True,
        ),
        (
            policy(ALLOW, {**DENY, "Condition": {"IpAddress": {"aws:SourceIp": "198.51.100.1"}}}),
            True,
        ),
        (
            policy(
                ALLOW,
                {**DENY, "Condition": {**NOT_OURS, "StringEquals": {"aws:PrincipalTag/a": "b"}}},
            ),
            True,
        ),
        (policy(ALLOW, {"Effect": "Deny"}), False),
        ("{", Unknown("the policy document cannot be read: it is not JSON")),
    ],
)
def test_whether_a_policy_lets_requests_in_from_anywhere(
    text: str | None, expected: object
) -> None:
    assert is_open(text) == expected


def test_the_api_gives_policies_with_their_quotes_escaped() -> None:
    text = policy(ALLOW, DENY)
    escaped = json.dumps(text)[1:-1]
    assert written(escaped) == text
    assert is_open(escaped) is False


def test_private_apis_are_not_public() -> None:
    assert is_public({"endpointConfiguration": {"types": ["PRIVATE"]}}) is False
    assert is_public({"endpointConfiguration": {"types": ["EDGE"]}}) is True
    assert isinstance(is_public({}), Unknown)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"endpointConfiguration": {"types": ["EDGE"]}}, "TLS_1_0"),
        ({"endpointConfiguration": {"types": ["PRIVATE"]}}, "TLS_1_2"),
        (
            {"endpointConfiguration": {"types": ["EDGE"]}, "securityPolicy": "TLS_1_2"},
            "TLS_1_2",
        ),
        ({}, Unknown("the endpoint type of the API is not told")),
    ],
)
def test_security_policies_of_default_endpoints(item: dict[str, Any], expected: object) -> None:
    assert default_policy(item) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("TLS_1_0", "1.0"),
        ("TLS_1_2", "1.2"),
        ("SecurityPolicy_TLS13_1_3_2025_09", "1.3"),
        ("SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09", "1.2"),
        ("SecurityPolicy_TLS13_2025_EDGE", "1.3"),
        ("SecurityPolicy_TLS12_2018_EDGE", "1.2"),
        (
            "SecurityPolicy_NEW",
            Unknown("the security policy SecurityPolicy_NEW is not known to this version"),
        ),
    ],
)
def test_versions_of_security_policies(name: str, expected: object) -> None:
    assert minimum(name) == expected


OLD = Domain("old.example.cn", ["TLS_1_0"], mutual=False)
NEW = Domain("new.example.cn", ["SecurityPolicy_TLS13_1_3_2025_09"], mutual=True)
ODD = Domain("odd.example.cn", [Unknown("odd")], mutual=True)
NOT_READ = Unknown("denied")


@pytest.mark.parametrize(
    ("default", "domains", "expected", "policy"),
    [
        (None, {"a": [NEW]}, "1.3", "SecurityPolicy_TLS13_1_3_2025_09"),
        (None, {"a": [NEW, OLD]}, "1.0", "TLS_1_0"),
        ("TLS_1_2", {"a": [NEW], "b": [OLD]}, "1.2", "TLS_1_2"),
        # What is not known cannot be lower than 1.0, and may be lower than anything else.
        ("TLS_1_0", NOT_READ, "1.0", "TLS_1_0"),
        ("TLS_1_2", NOT_READ, NOT_READ, NOT_READ),
        ("TLS_1_2", {"a": [ODD]}, Unknown("odd"), Unknown("odd")),
        (None, {}, Unknown("the API has no address"), Unknown("the API has no address")),
    ],
)
def test_tls_of_an_api(default: Any, domains: Any, expected: Any, policy: Any) -> None:
    assert tls(default, domains, "a") == Tls(minimum=expected, required=True, policy=policy)


def test_certificates_of_clients_count_where_nothing_goes_around_them() -> None:
    assert asks_certificates(True, {"a": [NEW]}, "a") is True
    assert asks_certificates(False, {"a": [NEW]}, "a") is False
    assert asks_certificates(True, {"a": [NEW, OLD]}, "a") is False
    assert asks_certificates(True, {}, "a") is False
    assert asks_certificates(True, NOT_READ, "a") == NOT_READ
    assert is_reachable(True, {}, "a") is False
    assert is_reachable(False, NOT_READ, "a") is True
