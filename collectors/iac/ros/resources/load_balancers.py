"""Classic and application load balancers. Source: ALIYUN::SLB::* and ALIYUN::ALB::* of the ROS
resource type reference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.blocks import Block
from collectors.iac.mappers.alicloud.access_lists import ALB_GROUPS, ALB_LIST, CLB_LIST
from collectors.iac.mappers.alicloud.alb_rule import RULE
from collectors.iac.ros.resources.shared import on_off, plain, rows, switch, truth
from collectors.iac.stacks.functions import open_
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
        "AclId": "acl_id",
        "AclType": "acl_type",
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
        "Ipv6AddressType": "ipv6_address_type",
        "LoadBalancerEdition": "load_balancer_edition",
        "BandwidthPackageId": "bandwidth_package_id",
        "SecurityGroupIds": "security_group_ids",
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
    values["default_actions"] = _actions(resource.get("DefaultActions"))
    yield resource.block("alicloud_alb_listener", values)


def _actions(value: Any) -> Any:
    if is_open(value):
        return value
    return [_action(each) if isinstance(each, dict) else open_(each) for each in rows(value)]


def _action(value: dict[str, Any]) -> dict[str, Any]:
    redirect = part(value.get("RedirectConfig"), {"Protocol": "protocol"})
    own = {} if redirect is None else {"redirect_config": redirect}
    forward = value.get("ForwardGroupConfig")
    if isinstance(forward, dict):
        groups = parts(forward.get("ServerGroupTuples"), {"ServerGroupId": "server_group_id"})
        own["forward_group_config"] = {"server_group_tuples": groups}
    elif forward is not None:
        own["forward_group_config"] = open_(forward)
    return renamed(value, {"Type": "type"}) | own


def rule(resource: Resource) -> Iterator[Block]:
    """A rule of a listener of an application load balancer."""
    names = {"ListenerId": "listener_id", "Priority": "priority", "Direction": "direction"}
    values = renamed(resource.properties, names)
    values["rule_actions"] = _actions(resource.get("RuleActions"))
    conditions = resource.get("RuleConditions")
    values["rule_conditions"] = conditions if is_open(conditions) else _conditions(conditions)
    yield resource.block(RULE, values)


def _conditions(value: Any) -> list[Any]:
    found: list[Any] = []
    for each in rows(value):
        if not isinstance(each, dict):
            found.append(open_(each))
            continue
        values = {
            name: part(each[written], {"Values": "values"})
            for name, written in (("path_config", "PathConfig"), ("host_config", "HostConfig"))
            if written in each
        }
        found.append(renamed(each, {"Type": "type"}) | values)
    return found


def _access_list(kind: str, argument: str) -> Translation:
    """A list of addresses that listeners name."""

    def translate(resource: Resource) -> Iterator[Block]:
        entries = resource.get("AclEntries")
        found = entries if is_open(entries) else parts(rows(entries), {"Entry": "entry"})
        yield resource.block(kind, {argument: found})

    return translate


TRANSLATIONS: dict[str, Translation] = {
    "ALIYUN::ALB::AccessLogEnable": plain(
        f"{_ALB}_access_log_config_attachment",
        {
            "LoadBalancerId": "load_balancer_id",
            "LogProject": "log_project",
            "LogStore": "log_store",
        },
    ),
    "ALIYUN::ALB::Acl": _access_list(ALB_LIST, "acl_entries"),
    "ALIYUN::ALB::AclAssociation": plain(
        "alicloud_alb_listener_acl_attachment",
        {"ListenerId": "listener_id", "AclIds": "acl_id", "AclType": "acl_type"},
    ),
    "ALIYUN::ALB::Listener": application_listener,
    "ALIYUN::ALB::LoadBalancer": application,
    "ALIYUN::ALB::Rule": rule,
    "ALIYUN::ALB::SecurityGroupAttachment": plain(
        ALB_GROUPS, {"LoadBalancerId": "load_balancer_id"}
    ),
    "ALIYUN::ALB::SecurityPolicy": plain(
        "alicloud_alb_security_policy",
        {"SecurityPolicyName": "security_policy_name", "TLSVersions": "tls_versions"},
    ),
    "ALIYUN::SLB::AccessControl": _access_list(CLB_LIST, "entry_list"),
    "ALIYUN::SLB::Listener": classic_listener,
    "ALIYUN::SLB::LoadBalancer": classic,
    "ALIYUN::SLB::TLSPolicy": plain(
        "alicloud_slb_tls_cipher_policy",
        {"TLSPolicyName": "tls_cipher_policy_name", "TlsVersions": "tls_versions"},
    ),
}
