"""APIs of the cloud-native API Gateway."""

from __future__ import annotations

from typing import Any

import pytest

from collectors.document import Document, Unknown
from collectors.iac.blocks import Block, Reference
from tests.collectors.iac.mappers.hand import block, the

APPLY = Unknown("var.x is decided at apply")
API, GATEWAY = "alicloud_apig_http_api.a", "alicloud_apig_gateway.g"
OF_GATEWAY = Reference(GATEWAY, "environments.0.environment_id")
OWN = Reference("alicloud_apig_environment.e")
ENVIRONMENT = block("alicloud_apig_environment.e", {"gateway_id": Reference(GATEWAY)})


def _api(*others: Block, **values: Any) -> Document:
    written = {"http_api_name": "orders", "type": "Rest", "protocols": ["HTTPS"]}
    return the(block(API, written | values), *others)


def _gateway(kind: Any) -> Block:
    return block(GATEWAY, {"network_access_config": [{"type": kind}]})


def _route(environment: Any = OWN, **values: Any) -> Block:
    place = {"environment_info": [{"environment_id": environment}]}
    return block("alicloud_apig_route.r", {"http_api_id": Reference(API)} | place | values)


@pytest.mark.parametrize(
    ("blocks", "values", "public"),
    [
        ([_gateway("Internet"), ENVIRONMENT, _route()], {}, True),
        ([_gateway("InternetAndIntranet"), _route(OF_GATEWAY)], {}, True),
        ([_gateway("Intranet"), ENVIRONMENT, _route()], {}, False),
        ([_gateway("Intranet"), ENVIRONMENT, _route()], {"deploy_configs": ["{}"]}, None),
        ([_gateway(APPLY), ENVIRONMENT, _route()], {}, None),
        ([_gateway(None), ENVIRONMENT, _route()], {}, None),
        ([_gateway("Internet"), _route("env-1")], {}, None),
        ([_gateway("Internet")], {}, None),
        ([_gateway("Intranet"), ENVIRONMENT, _route(http_api_id=APPLY)], {}, None),
    ],
)
def test_whether_the_internet_reaches_an_api(
    blocks: list[Block], values: dict[str, Any], public: bool | None
) -> None:
    found = _api(*blocks, **values)
    assert (found.name, found.facts.get("public")) == ("orders", public)


@pytest.mark.parametrize(
    ("protocol", "domains", "minimum"),
    [
        ("HTTP", [Reference("alicloud_apig_domain.d")], "none"),
        # The gateway gives the API another domain.
        ("HTTPS", [Reference("alicloud_apig_domain.d")], None),
        (APPLY, [Reference("alicloud_apig_domain.d")], None),
        ("HTTP", ["d-1"], None),
        ("HTTP", APPLY, None),
    ],
)
def test_domains_in_plaintext(protocol: Any, domains: Any, minimum: str | None) -> None:
    domain = block("alicloud_apig_domain.d", {"protocol": protocol, "tls_min": "TLS 1.2"})
    tls = _api(domain, _route(domain_ids=domains)).facts["tls"]
    assert tls.get("minimum") == minimum
    assert tls.get("required") == (False if minimum else None)


@pytest.mark.parametrize(
    ("values", "authorization"),
    [
        ({"type": "Rest", "enable_auth": True, "auth_type": "Jwt"}, None),
        ({"type": "LLM", "enable_auth": True}, None),
        ({"type": "LLM", "enable_auth": False}, None),
        ({"type": "LLM"}, None),
        ({"type": APPLY, "enable_auth": True, "auth_type": "Jwt"}, None),
        ({"type": "LLM", "enable_auth": APPLY, "auth_type": "Jwt"}, None),
        ({"type": "LLM", "enable_auth": True, "auth_type": "Jwt"}, "token"),
        ({"type": "AI", "enable_auth": True, "auth_type": "Apikey"}, "key"),
    ],
)
def test_who_may_call(values: dict[str, Any], authorization: str | None) -> None:
    found = _api(**values)
    assert found.facts.get("authorization") == authorization
    assert ("authorization" in found.unknown) is (authorization is None)
