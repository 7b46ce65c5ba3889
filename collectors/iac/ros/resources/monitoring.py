"""Alarm rules and Elasticsearch. Source: ALIYUN::CMS::* and ALIYUN::ElasticSearch::Instance of the
ROS resource type reference."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.alarm import ALARM, GROUP
from collectors.iac.mappers.alicloud.search import INSTANCE
from collectors.iac.ros.resources.shared import UNWRITTEN, listed, plain
from collectors.iac.stacks.functions import open_
from collectors.iac.stacks.resource import Resource, Translation, is_open, part, renamed, tags


def alarm(resource: Resource) -> Iterator[Block]:
    """A rule on a metric of some resources."""
    values = renamed(resource.properties, {"Namespace": "project", "Webhook": "webhook"})
    name = resource.get("RuleName")
    values["name"] = resource.get("RuleId") if name is None else name
    values["contact_groups"] = listed(resource.get("ContactGroups"))
    watched = resource.get("Resources")
    values["metric_dimensions"] = (
        watched if isinstance(watched, list) else open_(watched) or watched
    )
    yield resource.block(ALARM, values)


def search(resource: Resource) -> Iterator[Block]:
    """An Elasticsearch instance. ROS does not turn HTTPS on."""
    names = {
        "Version": "version",
        "Description": "description",
        "ZoneCount": "zone_count",
        "VSwitchId": "vswitch_id",
    }
    values = {"enable_public": False, "protocol": UNWRITTEN}
    values |= renamed(
        resource.properties,
        {
            **names,
            "EnablePublic": "enable_public",
            "EnableKibanaPublic": "enable_kibana_public_network",
        },
    )
    for name, argument in (
        ("PublicWhitelist", "public_whitelist"),
        ("PrivateWhitelist", "private_whitelist"),
        ("KibanaWhitelist", "kibana_whitelist"),
    ):
        values[argument] = listed(resource.get(name))
    node = resource.get("DataNode")
    values["data_node_configuration"] = (
        open_(node) if is_open(node) else part(node, {"DiskEncryption": "disk_encryption"})
    )
    yield resource.block(INSTANCE, values | {"tags": tags(resource.get("Tags"))})


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::CMS::ContactGroup": plain(
        GROUP, {"ContactGroupName": "alarm_contact_group_name", "ContactNames": "contacts"}
    ),
    "ALIYUN::CMS::ResourceMetricRule": alarm,
    "ALIYUN::ElasticSearch::Instance": search,
}
