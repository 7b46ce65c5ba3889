"""Load balancers and listeners. Source: CloudFormation template reference, Elastic Load Balancing
V2."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.stacks.resource import (
    Resource,
    Translation,
    is_open,
    part,
    parts,
    renamed,
    tags,
)

_BALANCER = {
    "Name": "name",
    "Type": "load_balancer_type",
    "SecurityGroups": "security_groups",
    "Subnets": "subnets",
}
_LISTENER = {
    "LoadBalancerArn": "load_balancer_arn",
    "Port": "port",
    "Protocol": "protocol",
    "SslPolicy": "ssl_policy",
}
_PROTECTED = "deletion_protection.enabled"
_LOGS = {"enabled": "enabled", "bucket": "bucket", "prefix": "prefix"}


def balancer(resource: Resource) -> Iterator[Block]:
    """A load balancer; it faces the internet unless it says otherwise."""
    values = renamed(resource.properties, _BALANCER)
    scheme = resource.get("Scheme")
    values["internal"] = scheme if is_open(scheme) else scheme == "internal"
    names = {"SubnetId": "subnet_id", "AllocationId": "allocation_id"}
    values["subnet_mapping"] = parts(resource.get("SubnetMappings"), names)
    values |= _attributes(resource.get("LoadBalancerAttributes"))
    yield resource.block("aws_lb", values | {"tags": tags(resource.get("Tags"))})


def _attributes(value: Any) -> dict[str, Any]:
    """Attributes stand as a list of {Key, Value}. One whose key is not known may be any."""
    entries = value if isinstance(value, list) else [value] if value is not None else []
    doubt = next((each for each in entries if not isinstance(each, dict)), None)
    if doubt is not None:
        reason = doubt if isinstance(doubt, Unknown) else Unknown("an attribute is not understood")
        return {"access_logs": reason, "enable_deletion_protection": reason}
    found = {each.get("Key"): each.get("Value") for each in entries}
    logs = {name: found.get(f"access_logs.s3.{key}") for key, name in _LOGS.items()}
    given = {name: each for name, each in logs.items() if each is not None}
    return {
        "access_logs": given or None,
        "enable_deletion_protection": found.get(_PROTECTED),
    }


def listener(resource: Resource) -> Iterator[Block]:
    """A listener, with its first certificate and its default actions."""
    values = renamed(resource.properties, _LISTENER)
    # An empty list is as good as none.
    certificates = resource.get("Certificates") or None
    first = certificates[0] if isinstance(certificates, list) else certificates
    values["certificate_arn"] = first.get("CertificateArn") if isinstance(first, dict) else first
    values["default_action"] = _actions(resource.get("DefaultActions"))
    yield resource.block("aws_lb_listener", values)


def _actions(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return [_action(each) if isinstance(each, dict) else each for each in value]


def _action(values: dict[str, Any]) -> dict[str, Any]:
    redirect = part(values.get("RedirectConfig"), {"Protocol": "protocol"})
    found = {
        "type": values.get("Type"),
        "redirect": redirect,
        "order": values.get("Order"),
        "target_group_arn": values.get("TargetGroupArn"),
        "forward": _forward(values.get("ForwardConfig")),
    }
    return {name: each for name, each in found.items() if each is not None}


def _forward(value: Any) -> Any:
    """Several groups, by their weight."""
    groups = value.get("TargetGroups") if isinstance(value, dict) else value
    listed = parts(groups, {"TargetGroupArn": "arn"})
    return None if listed is None else {"target_group": listed}


def target_group(resource: Resource) -> Iterator[Block]:
    """A target group, with the targets that are registered with it."""
    yield resource.block(
        "aws_lb_target_group", renamed(resource.properties, {"TargetType": "target_type"})
    )
    written = resource.get("Targets")
    for i, each in enumerate(written if isinstance(written, list) else [written]):
        if each is None:
            continue
        target = part(each, {"Id": "target_id", "AvailabilityZone": "availability_zone"})
        values = target if isinstance(target, dict) else {"target_id": target}
        values["target_group_arn"] = resource.itself()
        yield resource.block("aws_lb_target_group_attachment", values, part=f"Targets/{i}")


def rule(resource: Resource) -> Iterator[Block]:
    """A further rule of a listener."""
    values = renamed(resource.properties, {"ListenerArn": "listener_arn"})
    values["action"] = _actions(resource.get("Actions"))
    yield resource.block("aws_lb_listener_rule", values)


def further_certificates(resource: Resource) -> Iterator[Block]:
    """Certificates of a listener besides its first."""
    listener_arn, written = resource.get("ListenerArn"), resource.get("Certificates")
    for i, each in enumerate(written if isinstance(written, list) else [written]):
        named = each.get("CertificateArn") if isinstance(each, dict) else each
        values = {"listener_arn": listener_arn, "certificate_arn": named}
        yield resource.block("aws_lb_listener_certificate", values, part=f"Certificates/{i}")


TRANSLATIONS: dict[str, Translation] = {
    "AWS::ElasticLoadBalancingV2::Listener": listener,
    "AWS::ElasticLoadBalancingV2::ListenerCertificate": further_certificates,
    "AWS::ElasticLoadBalancingV2::ListenerRule": rule,
    "AWS::ElasticLoadBalancingV2::LoadBalancer": balancer,
    "AWS::ElasticLoadBalancingV2::TargetGroup": target_group,
}
