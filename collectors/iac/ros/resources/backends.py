"""The machines behind load balancers. Source: ALIYUN::SLB::*, ALIYUN::ALB::* and ALIYUN::NLB::* of
the ROS resource type reference."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.backends import (
    ADDED,
    ALB_ADDED,
    ALB_GROUP,
    GROUP,
    MASTER_SLAVE,
    NLB_ADDED,
    NLB_GROUP,
    OLD_SERVERS,
    SERVERS,
)
from collectors.iac.ros.resources.shared import plain
from collectors.iac.stacks.resource import Resource, Translation, parts, renamed

_SERVER = {"ServerId": "server_id"}
_OF_BALANCER = {"LoadBalancerId": "load_balancer_id"}


def attached(resource: Resource) -> Iterator[Block]:
    """Servers of a classic load balancer, of which the list of ids counts where it has no other."""
    values = renamed(resource.properties, _OF_BALANCER)
    servers = resource.get("BackendServers")
    if servers is None:
        values["instance_ids"] = resource.get("BackendServerList")
        yield resource.block(OLD_SERVERS, values)
    else:
        values["backend_servers"] = parts(servers, _SERVER)
        yield resource.block(SERVERS, values)


def _group(kind: str, owner: dict[str, str], argument: str) -> Translation:
    """A group with its servers, or servers that are added to one."""

    def translate(resource: Resource) -> Iterator[Block]:
        values = renamed(resource.properties, owner)
        values["servers"] = parts(resource.get(argument), _SERVER)
        yield resource.block(kind, values)

    return translate


_OF_GROUP = {"ServerGroupId": "server_group_id"}

TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::ALB::BackendServerAttachment": _group(ALB_ADDED, _OF_GROUP, "Servers"),
    "ALIYUN::ALB::ServerGroup": plain(ALB_GROUP, {}),
    "ALIYUN::NLB::BackendServerAttachment": _group(NLB_ADDED, _OF_GROUP, "Servers"),
    "ALIYUN::NLB::ServerGroup": plain(NLB_GROUP, {}),
    "ALIYUN::SLB::BackendServerAttachment": attached,
    "ALIYUN::SLB::BackendServerToVServerGroupAddition": _group(
        ADDED, {"VServerGroupId": "server_group_id"}, "BackendServers"
    ),
    "ALIYUN::SLB::MasterSlaveServerGroup": _group(
        MASTER_SLAVE, _OF_BALANCER, "MasterSlaveBackendServers"
    ),
    "ALIYUN::SLB::VServerGroup": _group(GROUP, _OF_BALANCER, "BackendServers"),
}
