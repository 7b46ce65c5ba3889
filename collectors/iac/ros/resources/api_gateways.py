"""APIs of API Gateway. Source: ALIYUN::ApiGateway::* of the ROS resource type reference."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.api_gateway import (
    API,
    ATTACHED,
    DOMAINS,
    GROUP,
    INSTANCE,
    LOG,
    PLUGIN,
)
from collectors.iac.ros.additions import addition
from collectors.iac.ros.resources.shared import plain
from collectors.iac.stacks.resource import Resource, Translation, part, renamed, tags

_API = {
    "ApiName": "name",
    "GroupId": "group_id",
    "AuthType": "auth_type",
    "DisableInternet": "disable_internet",
}


def api(resource: Resource) -> Iterator[Block]:
    """An API; what publishes it stands apart."""
    values = renamed(resource.properties, _API)
    values["request_config"] = part(resource.get("RequestConfig"), {"RequestProtocol": "protocol"})
    yield resource.block(API, values | {"tags": tags(resource.get("Tags"))})


def deployment(resource: Resource) -> Iterator[Block]:
    """A stage that an API is published to; one that goes back to an older version names none."""
    stage = resource.get("StageName")
    yield addition(
        resource,
        to=resource.get("ApiId"),
        argument="stage_names",
        value=Unknown("the deployment names no stage") if stage is None else stage,
        types=(API,),
    )


def domain(resource: Resource) -> Iterator[Block]:
    """A domain of a group."""
    yield addition(
        resource,
        to=resource.get("GroupId"),
        argument=DOMAINS,
        value=resource.get("DomainName"),
        types=(GROUP,),
    )


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::ApiGateway::Api": api,
    "ALIYUN::ApiGateway::CustomDomain": domain,
    "ALIYUN::ApiGateway::Deployment": deployment,
    "ALIYUN::ApiGateway::Group": plain(GROUP, {"GroupName": "name", "InstanceId": "instance_id"}),
    "ALIYUN::ApiGateway::Instance": plain(
        INSTANCE, {"HttpsPolicy": "https_policy", "InstanceName": "instance_name"}
    ),
    "ALIYUN::ApiGateway::LogConfig": plain(
        LOG, {"SlsProject": "sls_project", "SlsLogStore": "sls_log_store"}
    ),
    "ALIYUN::ApiGateway::Plugin": plain(PLUGIN, {"PluginType": "plugin_type"}),
    "ALIYUN::ApiGateway::PluginAttachment": plain(
        ATTACHED, {"ApiId": "api_id", "PluginId": "plugin_id", "StageName": "stage_name"}
    ),
}
