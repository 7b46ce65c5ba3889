"""Classic and application load balancers. Source: ALIYUN::SLB::* and ALIYUN::ALB::* of the ROS
resource type reference."""

from __future__ import annotations

from collections.abc import Iterator

from collectors.iac.blocks import Block
from collectors.iac.ros.resources.shared import on_off, plain, switch, truth
from collectors.iac.stacks.resource import (
    Resource,
    Translation,
    is_open,
    part,
    parts,
    renamed,
    tags,
)

_ALB = "alicloud_alb_load_balancer"


def classic(resource: Resource) -> Iterator[Block]:
    """A classic load balancer."""
    names = {
        "LoadBalancerName": "load_balancer_name",
        "AddressType": "address_type",
        "VSwitchId": "vswitch_id",
        "Bandwidth": "bandwidth",
        "MasterZoneId": "master_zone_id",
        "SlaveZoneId": "slave_zone_id",
    }
    values = renamed(resource.properties, names)
    values["delete_protection"] = switch(resource.get("DeletionProtection"), "on", "off")
    yield resource.block(
        "alicloud_slb_load_balancer", values | {"tags": tags(resource.get("Tags"))}
    )


def classic_listener(resource: Resource) -> Iterator[Block]:
    """A listener of a classic one."""
    names = {
        "LoadBalancerId": "load_balancer_id",
        "ListenerPort": "frontend_port",
        "Protocol": "protocol",
        "TLSCipherPolicy": "tls_cipher_policy",
        "ServerCertificateId": "server_certificate_id",
    }
    values = renamed(resource.properties, names)
    values["acl_status"] = on_off(resource.get("AclStatus"))
    redirect = resource.get("HttpConfig")
    forward = redirect.get("ListenerForward") if isinstance(redirect, dict) else redirect
    yield resource.block("alicloud_slb_listener", values | {"listener_forward": on_off(forward)})


def application(resource: Resource) -> Iterator[Block]:
    """An application load balancer."""
    names = {
        "LoadBalancerName": "load_balancer_name",
        "AddressType": "address_type",
        "DeletionProtectionEnabled": "deletion_protection_enabled",
    }
    values = renamed(resource.properties, names)
    values["zone_mappings"] = parts(
        resource.get("ZoneMappings"), {"ZoneId": "zone_id", "VSwitchId": "vswitch_id"}
    )
    logs = resource.get("AccessLogConfig")
    on = truth(logs.get("Enable")) if isinstance(logs, dict) else None
    if on is None or on is True:
        logs = part(logs, {"LogProject": "log_project", "LogStore": "log_store"})
    values["access_log_config"] = None if on is False else on if is_open(on) else logs
    yield resource.block(_ALB, values | {"tags": tags(resource.get("Tags"))})


def application_listener(resource: Resource) -> Iterator[Block]:
    """A listener of an application load balancer."""
    names = {
        "LoadBalancerId": "load_balancer_id",
        "ListenerPort": "listener_port",
        "ListenerProtocol": "listener_protocol",
        "SecurityPolicyId": "security_policy_id",
    }
    values = renamed(resource.properties, names)
    if resource.get("ListenerProtocol") == "HTTPS":
        values.setdefault("security_policy_id", "tls_cipher_policy_1_0")
    values["certificates"] = parts(
        resource.get("Certificates"), {"CertificateId": "certificate_id"}
    )
    values["default_actions"] = parts(resource.get("DefaultActions"), {"Type": "type"})
    yield resource.block("alicloud_alb_listener", values)


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::ALB::AccessLogEnable": plain(
        f"{_ALB}_access_log_config_attachment",
        {
            "LoadBalancerId": "load_balancer_id",
            "LogProject": "log_project",
            "LogStore": "log_store",
        },
    ),
    "ALIYUN::ALB::AclAssociation": plain(
        "alicloud_alb_listener_acl_attachment",
        {"ListenerId": "listener_id", "AclIds": "acl_id", "AclType": "acl_type"},
    ),
    "ALIYUN::ALB::Listener": application_listener,
    "ALIYUN::ALB::LoadBalancer": application,
    "ALIYUN::ALB::SecurityPolicy": plain(
        "alicloud_alb_security_policy",
        {"SecurityPolicyName": "security_policy_name", "TLSVersions": "tls_versions"},
    ),
    "ALIYUN::SLB::Listener": classic_listener,
    "ALIYUN::SLB::LoadBalancer": classic,
}
