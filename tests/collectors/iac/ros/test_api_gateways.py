# ruff: noqa: E501 - templates are easier to read on long lines
"""APIs of API Gateway in ROS."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read


def test_apis(stack: Read) -> None:
    found = stack(
        """
  Instance: {Type: ALIYUN::ApiGateway::Instance, Properties: {HttpsPolicy: HTTPS2_TLS1_2}}
  Group: {Type: ALIYUN::ApiGateway::Group, Properties: {GroupName: g, InstanceId: !Ref Instance}}
  Named: {Type: ALIYUN::ApiGateway::Group, Properties: {GroupName: named, InstanceId: !Ref Instance}}
  Domain: {Type: ALIYUN::ApiGateway::CustomDomain, Properties: {GroupId: !Ref Named, DomainName: a.example}}
  Safe: {Type: ALIYUN::ApiGateway::Api, Properties: {ApiName: safe, GroupId: !Ref Group, AuthType: APP, RequestConfig: {RequestProtocol: HTTPS}}}
  Plain: {Type: ALIYUN::ApiGateway::Api, Properties: {GroupId: !Ref Group, AuthType: ANONYMOUS, RequestConfig: {RequestProtocol: 'HTTP,HTTPS'}}}
  Inside: {Type: ALIYUN::ApiGateway::Api, Properties: {GroupId: !Ref Named, DisableInternet: true, AuthType: ANONYMOUS, RequestConfig: {RequestProtocol: 'HTTP,HTTPS'}}}
  Out: {Type: ALIYUN::ApiGateway::Deployment, Properties: {GroupId: !Ref Named, ApiId: !Ref Inside, StageName: RELEASE}}
  Plugin: {Type: ALIYUN::ApiGateway::Plugin, Properties: {PluginType: jwtAuth}}
  Bind: {Type: ALIYUN::ApiGateway::PluginAttachment, Properties: {ApiId: !Ref Inside, PluginId: !Ref Plugin, StageName: RELEASE}}
  Older: {Type: ALIYUN::ApiGateway::Api, Properties: {AuthType: ANONYMOUS}}
  Back: {Type: ALIYUN::ApiGateway::Deployment, Properties: {ApiId: !Ref Older, HistoryVersion: '1'}}
  Bound: {Type: ALIYUN::ApiGateway::PluginAttachment, Properties: {ApiId: !Ref Older, PluginId: !Ref Plugin, StageName: RELEASE}}
  Log: {Type: ALIYUN::ApiGateway::LogConfig, Properties: {SlsProject: p, SlsLogStore: s}}
"""
    )
    assert set(found) == {"Safe", "Plain", "Inside", "Older"}
    safe, plain, inside, older = (found[name] for name in ("Safe", "Plain", "Inside", "Older"))
    assert (safe.name, safe.facts["authorization"], safe.facts["public"]) == ("safe", "key", True)
    assert safe.facts["tls"] == {"minimum": "1.2", "required": True, "policy": "HTTPS2_TLS1_2"}
    assert safe.facts["logging"]["enabled"] is True
    assert (plain.facts["authorization"], plain.facts["tls"]["required"]) == ("none", False)
    assert (inside.facts["authorization"], inside.facts["public"]) == ("token", False)
    assert "tls/required" in inside.unknown
    assert {"authorization", "tls/minimum", "tls/required"} <= set(older.unknown)
