"""APIs of the cloud-native API Gateway in ROS."""

from __future__ import annotations

import pytest

from tests.collectors.iac.conftest import Read


@pytest.mark.parametrize(("access", "public"), [("Internet", True), ("Intranet", False)])
def test_an_api_and_its_gateway(stack: Read, access: str, public: bool) -> None:
    found = stack(
        f"""
  G:
    Type: ALIYUN::APIG::Gateway
    Properties: {{GatewayName: g, NetworkAccessConfig: {{Type: {access}}}}}
  A:
    Type: ALIYUN::APIG::HttpApi
    Properties:
      HttpApiName: chat
      Type: LLM
      Protocols: [HTTPS]
      BelongGatewayId: !Ref G
      EnableAuth: true
      AuthConfig: {{AuthType: Apikey}}
"""
    )["A"]
    assert (found.name, found.facts["public"]) == ("chat", public)
    assert found.facts["authorization"] == "key"
    assert "tls/minimum" in found.unknown
