"""APIs, domains and gateways of the cloud-native API Gateway. Source: ALIYUN::APIG::HttpApi,
::Domain and ::Gateway of the ROS resource type reference."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.native_gateway import API, BELONGS, DOMAIN, GATEWAY, KIND
from collectors.iac.ros.resources.shared import plain
from collectors.iac.stacks.functions import open_
from collectors.iac.stacks.resource import Resource, Translation, is_open, part, renamed, tags

_API = {
    "HttpApiName": "http_api_name",
    "Type": "type",
    "EnableAuth": "enable_auth",
    "BelongGatewayId": BELONGS,
    "DeployConfigs": "deploy_configs",
}


def api(resource: Resource) -> Iterator[Block]:
    """An API."""
    config = resource.get("AuthConfig")
    kind = config.get("AuthType") if isinstance(config, dict) else open_(config)
    yield resource.block(API, {**renamed(resource.properties, _API), KIND: kind})


def gateway(resource: Resource) -> Iterator[Block]:
    """A gateway."""
    access = part(resource.get("NetworkAccessConfig"), {"Type": "type"})
    values = {
        "gateway_name": resource.get("GatewayName"),
        "network_access_config": open_(access) if is_open(access) else access,
        "tags": tags(resource.get("Tags")),
    }
    yield resource.block(GATEWAY, values)


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::APIG::Domain": plain(DOMAIN, {"DomainName": "domain_name", "Protocol": "protocol"}),
    "ALIYUN::APIG::Gateway": gateway,
    "ALIYUN::APIG::HttpApi": api,
}
