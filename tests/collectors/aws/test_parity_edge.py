"""What a template and the account made from it tell of AWS's edge is equal where both know it: the
template is read as CloudFormation, and its definitions are given to moto through boto3."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from collectors.aws.account import Account
from collectors.aws.services import apigateway, apigatewayv2, cloudfront, elb_classic, waf
from collectors.document import Document
from collectors.iac.check import collect
from collectors.snapshot import open_snapshot
from tests.collectors.aws.conftest import Client, OpenAccount

REGION = "cn-north-1"
TEMPLATE = """
AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Classic:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      LoadBalancerName: Classic
      Scheme: internal
      AvailabilityZones: [cn-north-1a, cn-north-1b]
      Listeners:
        - {Protocol: HTTPS, LoadBalancerPort: 443, InstancePort: 80, PolicyNames: [strict],
           SSLCertificateId: "arn:aws-cn:iam::123456789012:server-certificate/c"}
        - {Protocol: TCP, LoadBalancerPort: 5432, InstancePort: 5432}
      Policies:
        - PolicyName: strict
          PolicyType: SSLNegotiationPolicyType
          Attributes: [{Name: Protocol-TLSv1.2, Value: 'true'}]
      AccessLoggingPolicy: {Enabled: false, S3BucketName: unused}
  Rest:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: Rest
      EndpointConfiguration: {Types: [REGIONAL]}
  Method:
    Type: AWS::ApiGateway::Method
    Properties: {RestApiId: !Ref Rest, HttpMethod: GET, AuthorizationType: NONE}
  Stage:
    Type: AWS::ApiGateway::Deployment
    Properties: {RestApiId: !Ref Rest, StageName: prod}
  Http:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: Http, ProtocolType: HTTP}
  Route:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Http, RouteKey: GET /a, AuthorizationType: AWS_IAM}
  HttpStage:
    Type: AWS::ApiGatewayV2::Stage
    Properties: {ApiId: !Ref Http, StageName: prod}
  Wall:
    Type: AWS::WAFv2::WebACL
    Properties:
      Name: Wall
      Scope: REGIONAL
      DefaultAction: {Allow: {}}
      VisibilityConfig:
        {SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: m}
      Rules:
        - Name: core
          Priority: 1
          OverrideAction: {Count: {}}
          VisibilityConfig:
            {SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: m}
          Statement:
            ManagedRuleGroupStatement: {VendorName: AWS, Name: AWSManagedRulesCommonRuleSet}
  Cdn:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Comment: Cdn
        Enabled: true
        DefaultCacheBehavior: {TargetOriginId: a, ViewerProtocolPolicy: redirect-to-https}
        Origins:
          - Id: a
            DomainName: a.example.org
            CustomOriginConfig:
              {HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: http-only}
        ViewerCertificate: {CloudFrontDefaultCertificate: true}
"""
# What names resources otherwise, or is of the account alone.
ELSEWHERE = {"protects", "scope"}


def _deploy(client: Client, resources: dict[str, Any]) -> None:
    own = {name: dict(each["Properties"]) for name, each in resources.items()}
    _classic(client("elb", REGION), own["Classic"])
    rest = client("apigateway", REGION)
    api = rest.create_rest_api(
        name="Rest", endpointConfiguration={"types": own["Rest"]["EndpointConfiguration"]["Types"]}
    )["id"]
    root = rest.get_resources(restApiId=api)["items"][0]["id"]
    kind = own["Method"]["AuthorizationType"]
    rest.put_method(restApiId=api, resourceId=root, httpMethod="GET", authorizationType=kind)
    rest.put_integration(restApiId=api, resourceId=root, httpMethod="GET", type="MOCK")
    rest.create_deployment(restApiId=api, stageName="prod")
    http = client("apigatewayv2", REGION)
    made = http.create_api(**own["Http"])["ApiId"]
    http.create_route(**{**own["Route"], "ApiId": made})
    http.create_stage(ApiId=made, StageName="prod")
    client("wafv2", REGION).create_web_acl(**own["Wall"])
    config = own["Cdn"]["DistributionConfig"]
    origins = config["Origins"]
    client("cloudfront", REGION).create_distribution(
        DistributionConfig={
            **config,
            "CallerReference": "x",
            "Origins": {"Quantity": len(origins), "Items": origins},
        }
    )


def _classic(elb: Any, own: dict[str, Any]) -> None:
    name = own["LoadBalancerName"]
    named = {each["LoadBalancerPort"]: each.pop("PolicyNames", []) for each in own["Listeners"]}
    elb.create_load_balancer(
        LoadBalancerName=name,
        Scheme=own["Scheme"],
        AvailabilityZones=own["AvailabilityZones"],
        Listeners=own["Listeners"],
    )
    for policy in own["Policies"]:
        elb.create_load_balancer_policy(
            LoadBalancerName=name,
            PolicyName=policy["PolicyName"],
            PolicyTypeName=policy["PolicyType"],
            PolicyAttributes=[
                {"AttributeName": each["Name"], "AttributeValue": each["Value"]}
                for each in policy["Attributes"]
            ],
        )
    for port, policies in named.items():
        if policies:
            elb.set_load_balancer_policies_of_listener(
                LoadBalancerName=name, LoadBalancerPort=port, PolicyNames=policies
            )


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _leaves(each, f"{path}/{key}")
    elif isinstance(value, list) and value:
        for number, each in enumerate(value):
            yield from _leaves(each, f"{path}/{number}")
    else:
        yield path, value


def _both(client: Client, account: Account, folder: Path) -> dict[str, tuple[Document, Document]]:
    """The document of the account and that of the template, by type."""
    _deploy(client, yaml.safe_load(TEMPLATE.replace("!Ref ", ""))["Resources"])
    live = [
        *cloudfront.SERVICE.account(account),  # type: ignore[misc]
        *(
            each
            for service in (elb_classic, apigateway, apigatewayv2, waf)
            for each in service.SERVICE.region(account, REGION)
        ),
    ]
    (folder / "template.yaml").write_text(TEMPLATE, encoding="utf-8")
    collect([folder / "template.yaml"], folder / "planned", tool_version="test")
    read = (each.document for each in open_snapshot(folder / "planned"))
    planned = {each.native_type: each for each in read}
    return {each.native_type: (each, planned[each.native_type]) for each in live}


def _told(document: Document) -> dict[str, Any]:
    leaves = _leaves(document.facts)
    return {path: value for path, value in leaves if path.split("/")[1] not in ELSEWHERE}


def test_both_tell_the_same(
    client: Client, open_account: OpenAccount, fresh_moto: str, tmp_path: Path
) -> None:
    both = _both(client, open_account(fresh_moto, REGION), tmp_path)
    assert len(both) == 5
    for kind, (live, planned) in both.items():
        here, there = _told(live), _told(planned)
        common = here.keys() & there.keys()
        differing = {path: (here[path], there[path]) for path in common}
        assert {path: pair for path, pair in differing.items() if pair[0] != pair[1]} == {}, kind
        assert len(common) > 2, kind
        # What one of them knows alone is unknown to the other.
        unknown = {*live.unknown, *planned.unknown}
        alone = {path.strip("/") for path in here.keys() ^ there.keys()}
        assert {path for path in alone if not path.startswith(tuple(unknown))} == set(), kind
