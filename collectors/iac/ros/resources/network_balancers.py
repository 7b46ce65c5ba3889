"""Network load balancers. Source: ALIYUN::NLB::* of the ROS resource type reference."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.network_balancer import GROUPS, LISTENER, NLB, POLICY
from collectors.iac.ros.resources.shared import plain
from collectors.iac.stacks.resource import Resource, Translation, part, parts, renamed, tags

_NAMES = {
    "LoadBalancerName": "load_balancer_name",
    "AddressType": "address_type",
    "Ipv6AddressType": "ipv6_address_type",
    "SecurityGroupIds": "security_group_ids",
    "BandwidthPackageId": "bandwidth_package_id",
}


def balancer(resource: Resource) -> Iterator[Block]:
    """A network load balancer."""
    values = renamed(resource.properties, _NAMES)
    values["zone_mappings"] = parts(resource.get("ZoneMappings"), {"ZoneId": "zone_id"})
    values["deletion_protection_config"] = part(
        resource.get("DeletionProtectionConfig"), {"Enabled": "enabled"}
    )
    yield resource.block(NLB, values | {"tags": tags(resource.get("Tags"))})


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::NLB::Listener": plain(
        LISTENER,
        {
            "LoadBalancerId": "load_balancer_id",
            "ListenerPort": "listener_port",
            "ListenerProtocol": "listener_protocol",
            "SecurityPolicyId": "security_policy_id",
            "CertificateIds": "certificate_ids",
            "ServerGroupId": "server_group_id",
        },
    ),
    "ALIYUN::NLB::LoadBalancer": balancer,
    "ALIYUN::NLB::SecurityGroupAttachment": plain(GROUPS, {"LoadBalancerId": "load_balancer_id"}),
    "ALIYUN::NLB::SecurityPolicy": plain(
        POLICY, {"SecurityPolicyName": "security_policy_name", "TlsVersions": "tls_versions"}
    ),
}
