"""Classic load balancers. Source: CloudFormation template reference, Elastic Load Balancing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.mappers.aws.balancer_classic import BALANCER, LISTENER_POLICY, POLICY
from collectors.iac.stacks.resource import (
    Resource,
    Translation,
    is_open,
    part,
    parts,
    renamed,
    tags,
)

_NAMES = {
    "LoadBalancerName": "name",
    "SecurityGroups": "security_groups",
    "Subnets": "subnets",
    "AvailabilityZones": "availability_zones",
    "Instances": "instances",
}
_LISTENER = {
    "LoadBalancerPort": "lb_port",
    "Protocol": "lb_protocol",
    "SSLCertificateId": "ssl_certificate_id",
}
_LOGS = {"Enabled": "enabled", "S3BucketName": "bucket", "S3BucketPrefix": "bucket_prefix"}
_POLICY = {"PolicyName": "policy_name", "PolicyType": "policy_type_name"}


def balancer(resource: Resource) -> Iterator[Block]:
    """A load balancer, whose policies Terraform has apart. It faces the internet unless it says
    otherwise."""
    values = renamed(resource.properties, _NAMES)
    scheme = resource.get("Scheme")
    values["internal"] = scheme if is_open(scheme) else scheme == "internal"
    values["listener"] = parts(resource.get("Listeners"), _LISTENER)
    values["access_logs"] = part(resource.get("AccessLoggingPolicy"), _LOGS)
    yield resource.block(BALANCER, values | {"tags": tags(resource.get("Tags"))})
    yield from _policies(resource)


def _policies(resource: Resource) -> Iterator[Block]:
    own = {"load_balancer_name": resource.itself()}
    links: list[tuple[Any, Any]] = []
    for number, each in enumerate(_listed(resource.get("Policies"))):
        if not isinstance(each, dict):
            links.append((_doubt(each), _doubt(each)))
            continue
        values = renamed(each, _POLICY)
        values["policy_attribute"] = parts(
            each.get("Attributes"), {"Name": "name", "Value": "value"}
        )
        yield resource.block(POLICY, values | own, part=f"Policies/{number}")
        ports = _listed(each.get("LoadBalancerPorts"))
        links += [(port, [each.get("PolicyName")]) for port in ports]
    for each in _listed(resource.get("Listeners")):
        if isinstance(each, dict) and each.get("PolicyNames"):
            links.append((each.get("LoadBalancerPort"), each.get("PolicyNames")))
    for number, (port, names) in enumerate(links):
        values = {"load_balancer_port": port, "policy_names": names}
        yield resource.block(LISTENER_POLICY, values | own, part=f"PolicyNames/{number}")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _doubt(value: Any) -> Unknown:
    return value if isinstance(value, Unknown) else Unknown("a policy is known after apply")


TRANSLATIONS: dict[str, Translation] = {"AWS::ElasticLoadBalancing::LoadBalancer": balancer}
