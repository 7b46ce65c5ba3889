"""Functions, and the APIs in front of them."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import msgspec

from examples.company.account import CORE, MAIN_REGION, MALL, Account, Tags, arn
from examples.company.identity import PASSWORD
from examples.company.keys import Keys
from examples.company.network import Networks

ROLE = "functions"


class Function(msgspec.Struct, frozen=True):
    """A function, where it runs, and who may call it."""

    name: str
    tags: Tags
    runtime: str
    subnets: tuple[str, ...] = ()
    firewall: str = ""
    key: str = ""
    variables: tuple[tuple[str, str], ...] = ()
    log_days: int = 0
    public: bool = False


FUNCTIONS = (
    Function(
        "core-settlement",
        CORE,
        "python3.13",
        subnets=("core-app-a", "core-app-b"),
        firewall="core-app",
        key="core-data",
        variables=(("TABLE", "settlements"),),
        log_days=180,
    ),
    # bad: an old runtime, a password in its environment, and everybody may call it
    Function(
        "mall-coupon",
        MALL,
        "python3.8",
        variables=(("DB_PASSWORD", PASSWORD),),
        public=True,
    ),
)


def fill_serverless(account: Account, region: str, networks: Networks, keys: Keys) -> None:
    """Fill one region; only production has functions."""
    if region != MAIN_REGION:
        return
    trust = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "lambda.amazonaws.com"},
                "Action": "sts:AssumeRole",
            }
        ],
    }
    account.client("iam").create_role(RoleName=ROLE, AssumeRolePolicyDocument=json.dumps(trust))
    account.made("iam", "role")
    for function in FUNCTIONS:
        _function(account, region, function, networks, keys)
    _rest_api(account, region)
    _http_api(account, region, keys)
    _graphql_api(account, region)


def _function(
    account: Account, region: str, function: Function, networks: Networks, keys: Keys
) -> None:
    more: dict[str, Any] = {}
    if function.subnets:
        more["VpcConfig"] = {
            "SubnetIds": [networks.subnets[name] for name in function.subnets],
            "SecurityGroupIds": [networks.firewalls[function.firewall]],
        }
    if function.key:
        more["KMSKeyArn"] = keys.keys[function.key]
    client = account.client("lambda", region)
    client.create_function(
        FunctionName=function.name,
        Runtime=function.runtime,
        Role=arn("iam", f"role/{ROLE}"),
        Handler="main.handler",
        Code={"ZipFile": _code()},
        Environment={"Variables": dict(function.variables)},
        Tags=dict(function.tags),
        **more,
    )
    account.made("lambda", "function")
    if function.public:
        client.create_function_url_config(FunctionName=function.name, AuthType="NONE")
        client.add_permission(
            FunctionName=function.name,
            StatementId="everybody",
            Action="lambda:InvokeFunctionUrl",
            Principal="*",
            FunctionUrlAuthType="NONE",
        )
    if function.log_days:
        logs = account.client("logs", region)
        group = f"/aws/lambda/{function.name}"
        logs.create_log_group(
            logGroupName=group, tags=dict(function.tags), kmsKeyId=keys.keys["log-archive"]
        )
        logs.put_retention_policy(logGroupName=group, retentionInDays=function.log_days)
        account.made("logs", "log-group")


def _code() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        # A date of its own, so that two runs pack the same bytes.
        archive.writestr(zipfile.ZipInfo("main.py", (2024, 1, 1, 0, 0, 0)), "handler = print\n")
    return packed.getvalue()


def _rest_api(account: Account, region: str) -> None:
    """Bad: everybody may call it, and it writes no log."""
    api = account.client("apigateway", region)
    identity = api.create_rest_api(
        name="mall-orders", endpointConfiguration={"types": ["REGIONAL"]}, tags=dict(MALL)
    )["id"]
    root = api.get_resources(restApiId=identity)["items"][0]["id"]
    api.put_method(restApiId=identity, resourceId=root, httpMethod="GET", authorizationType="NONE")
    api.put_integration(restApiId=identity, resourceId=root, httpMethod="GET", type="MOCK")
    api.create_deployment(restApiId=identity, stageName="prod")
    account.made("apigateway", "rest-api")


def _http_api(account: Account, region: str, keys: Keys) -> None:
    """Partners sign their requests, at a domain of the bank's own."""
    api = account.client("apigatewayv2", region)
    identity = api.create_api(
        Name="core-partners",
        ProtocolType="HTTP",
        DisableExecuteApiEndpoint=True,
        Tags=dict(CORE),
    )["ApiId"]
    api.create_route(ApiId=identity, RouteKey="POST /payments", AuthorizationType="AWS_IAM")
    api.create_stage(
        ApiId=identity,
        StageName="$default",
        AccessLogSettings={
            "DestinationArn": arn("logs", "log-group:/audit/trail", region),
            "Format": "$context.requestId",
        },
    )
    domain = "partners.core.example.com"
    certificate = keys.certificates["api.core.example.com"]
    api.create_domain_name(
        DomainName=domain,
        DomainNameConfigurations=[
            {
                "CertificateArn": certificate,
                "EndpointType": "REGIONAL",
                "SecurityPolicy": "TLS_1_2",
            }
        ],
    )
    api.create_api_mapping(DomainName=domain, ApiId=identity, Stage="$default")
    account.made("apigatewayv2", "api")


def _graphql_api(account: Account, region: str) -> None:
    # bad: no log
    account.client("appsync", region).create_graphql_api(
        name="mall-catalogue", authenticationType="API_KEY", tags=dict(MALL)
    )
    account.made("appsync", "api")
