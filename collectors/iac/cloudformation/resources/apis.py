"""REST, HTTP and WebSocket APIs. Sources: CloudFormation template reference, Amazon API Gateway and
Amazon API Gateway V2."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.mappers.aws import http_api, rest_api
from collectors.iac.mappers.aws.api_shared import DOMAIN, DOMAIN_V2, LINKS
from collectors.iac.stacks.resource import Resource, Translation, part, parts, renamed, tags

_LOG = {"DestinationArn": "destination_arn"}
_MUTUAL = {"TruststoreUri": "truststore_uri"}
_BODY = Unknown("the OpenAPI document of the API is not in this template")


def body_of(resource: Resource, written: str, *elsewhere: str) -> Any:
    """The OpenAPI document; Unknown where it lies outside of the template."""
    if any(resource.get(name) is not None for name in elsewhere):
        return _BODY
    return resource.get(written)


def rest(resource: Resource) -> Iterator[Block]:
    """A REST API."""
    names = {
        "Name": "name",
        "Policy": "policy",
        "DisableExecuteApiEndpoint": "disable_execute_api_endpoint",
        "SecurityPolicy": "security_policy",
    }
    values = renamed(resource.properties, names) | {
        "endpoint_configuration": part(resource.get("EndpointConfiguration"), {"Types": "types"}),
        "body": body_of(resource, "Body", "BodyS3Location", "CloneFrom"),
        "tags": tags(resource.get("Tags")),
    }
    yield resource.block(rest_api.API, values)


def rest_stage(resource: Resource) -> Iterator[Block]:
    """A stage."""
    values = renamed(resource.properties, {"RestApiId": "rest_api_id", "StageName": "stage_name"})
    values["access_log_settings"] = part(resource.get("AccessLogSetting"), _LOG)
    yield resource.block(rest_api.STAGE, values)


def deployment(resource: Resource) -> Iterator[Block]:
    """A deployment, which may make a stage."""
    if resource.get("StageName") is None:
        values = renamed(resource.properties, {"RestApiId": "rest_api_id"})
        yield resource.block(rest_api.DEPLOYMENT, values)
        return
    values = renamed(resource.properties, {"RestApiId": "rest_api_id", "StageName": "stage_name"})
    described = resource.get("StageDescription")
    inner = {"AccessLogSetting": "access_log_settings"}
    settings = described if isinstance(described, Unknown) else None
    if isinstance(described, dict):
        settings = part(renamed(described, inner).get("access_log_settings"), _LOG)
    yield resource.block(rest_api.STAGE, values | {"access_log_settings": settings})


def domain(resource: Resource) -> Iterator[Block]:
    """A custom domain of REST APIs."""
    names = {
        "DomainName": "domain_name",
        "SecurityPolicy": "security_policy",
        "RoutingMode": "routing_mode",
        "CertificateArn": "certificate_arn",
        "RegionalCertificateArn": "regional_certificate_arn",
    }
    mutual = part(resource.get("MutualTlsAuthentication"), _MUTUAL)
    values = renamed(resource.properties, names) | {"mutual_tls_authentication": mutual}
    yield resource.block(DOMAIN, values)


def domain_v2(resource: Resource) -> Iterator[Block]:
    """A custom domain of HTTP and WebSocket APIs."""
    names = {"DomainName": "domain_name", "RoutingMode": "routing_mode"}
    values = renamed(resource.properties, names) | {
        "domain_name_configuration": parts(
            resource.get("DomainNameConfigurations"),
            {"SecurityPolicy": "security_policy", "CertificateArn": "certificate_arn"},
        ),
        "mutual_tls_authentication": part(resource.get("MutualTlsAuthentication"), _MUTUAL),
    }
    yield resource.block(DOMAIN_V2, values)


def http(resource: Resource) -> Iterator[Block]:
    """An HTTP or WebSocket API."""
    names = {
        "Name": "name",
        "ProtocolType": "protocol_type",
        "Target": "target",
        "DisableExecuteApiEndpoint": "disable_execute_api_endpoint",
    }
    values = renamed(resource.properties, names) | {
        "body": body_of(resource, "Body", "BodyS3Location"),
        "tags": tags(resource.get("Tags")),
    }
    if values["body"] is not None:
        # What an OpenAPI document makes is an HTTP API.
        values.setdefault("protocol_type", "HTTP")
    yield resource.block(http_api.API, values)


def http_stage(resource: Resource) -> Iterator[Block]:
    """A stage of an HTTP or WebSocket API."""
    values = renamed(resource.properties, {"ApiId": "api_id", "StageName": "name"})
    values["access_log_settings"] = part(resource.get("AccessLogSettings"), _LOG)
    yield resource.block(http_api.STAGE, values)


TRANSLATIONS: dict[str, Translation] = {
    "AWS::ApiGateway::BasePathMapping": plain(
        LINKS[0], {"RestApiId": "api_id", "DomainName": "domain_name"}
    ),
    "AWS::ApiGateway::Deployment": deployment,
    "AWS::ApiGateway::DomainName": domain,
    "AWS::ApiGateway::Method": plain(
        rest_api.METHOD,
        {
            "RestApiId": "rest_api_id",
            "HttpMethod": "http_method",
            "AuthorizationType": "authorization",
            "ApiKeyRequired": "api_key_required",
        },
    ),
    "AWS::ApiGateway::RestApi": rest,
    "AWS::ApiGateway::Stage": rest_stage,
    "AWS::ApiGatewayV2::Api": http,
    "AWS::ApiGatewayV2::ApiMapping": plain(
        LINKS[1], {"ApiId": "api_id", "DomainName": "domain_name"}
    ),
    "AWS::ApiGatewayV2::DomainName": domain_v2,
    "AWS::ApiGatewayV2::Route": plain(
        http_api.ROUTE,
        {
            "ApiId": "api_id",
            "RouteKey": "route_key",
            "AuthorizationType": "authorization_type",
            "ApiKeyRequired": "api_key_required",
        },
    ),
    "AWS::ApiGatewayV2::Stage": http_stage,
}
