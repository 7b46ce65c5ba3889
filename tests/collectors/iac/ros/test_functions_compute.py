# ruff: noqa: E501 - templates are easier to read on long lines
"""Function Compute in ROS."""

from __future__ import annotations

from tests.collectors.iac.conftest import Read


def test_functions_of_both_versions(stack: Read) -> None:
    found = stack(
        """
  Open: {Type: ALIYUN::FC3::Function, Properties: {FunctionName: open, Runtime: python3.10, Handler: x, VpcConfig: {VpcId: vpc-1}}}
  Http: {Type: ALIYUN::FC3::Trigger, Properties: {FunctionName: !GetAtt Open.FunctionName, TriggerType: http, TriggerConfig: {authType: anonymous, methods: [GET]}}}
  Quiet: {Type: ALIYUN::FC3::Function, Properties: {FunctionName: quiet, Runtime: python3.10, Handler: x, LogConfig: {Project: p, Logstore: l}}}
  Hidden: {Type: ALIYUN::FC3::Trigger, Properties: {FunctionName: quiet, TriggerType: http, TriggerConfig: {AuthType: anonymous, DisableURLInternet: true}}}
  Domain: {Type: ALIYUN::FC3::CustomDomain, Properties: {DomainName: a.cn, Protocol: HTTP, AuthConfig: {AuthType: function}, RouteConfig: {Routes: [{FunctionName: quiet}]}}}
  Place: {Type: ALIYUN::FC::Service, Properties: {ServiceName: place, Role: 'acs:ram::1:role/r'}}
  Old: {Type: ALIYUN::FC::Function, Properties: {ServiceName: !Ref Place, FunctionName: old, Runtime: nodejs8, Handler: x, EnvironmentVariables: {PASSWORD: 'Tr0ub4dor&3'}}}
"""
    )
    assert set(found) == {"Open", "Quiet", "Old"}
    assert found["Open"].facts["exposure"]["public"] is True
    assert found["Open"].facts["vpc_id"] == "vpc-1"
    assert found["Quiet"].facts["exposure"]["public"] is False
    assert found["Quiet"].facts["logging"]["enabled"] is True
    assert found["Old"].facts["role"] == "acs:ram::1:role/r"
    assert (found["Old"].facts["environment_secrets"], found["Old"].facts["runtime_supported"]) == (
        True,
        False,
    )
