"""Classic load balancers, the first generation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.backend_zones import zones_of_instances
from collectors.aws.bucket import RETENTION_CALLS
from collectors.aws.ec2_calls import DESCRIBE_INSTANCES
from collectors.aws.elb_calls import DESCRIBE_CLASSIC_LOAD_BALANCERS
from collectors.aws.reachability import REACHABILITY_CALLS, Ground, read_ground
from collectors.aws.resource_alarms import CALLS as ALARM_CALLS
from collectors.aws.resource_alarms import Alarms, read_alarms, watching
from collectors.aws.services.elbv2 import access_log, source_ranges
from collectors.aws.tls import lowest
from collectors.calls import Call
from collectors.document import Document, Unknown, then
from collectors.facts.network import Listener, LoadBalancer
from collectors.facts.shared import Logging, Tls

LOAD_BALANCER = "AWS::ElasticLoadBalancing::LoadBalancer"


def _elb(operation: str, result: str) -> Call:
    return Call(
        provider="aws",
        service="elb",
        operation=operation,
        permission=f"elasticloadbalancing:{operation}",
        scope="resource",
        result=result,
    )


DESCRIBE_ATTRIBUTES = _elb("DescribeLoadBalancerAttributes", "LoadBalancerAttributes")
DESCRIBE_POLICIES = _elb("DescribeLoadBalancerPolicies", "PolicyDescriptions")
DESCRIBE_TAGS = _elb("DescribeTags", "TagDescriptions")

_PROTOCOLS = {"SSL": "tls"}
_NEGOTIATION = "SSLNegotiationPolicyType"
_NO_POLICY = Unknown("the listener names no security policy")

Item = dict[str, Any]


class Around(Struct, frozen=True):
    """What load balancers are joined with."""

    ground: Ground
    zones: dict[str, str] | Unknown
    alarms: Alarms | Unknown


def load_balancers(account: Account, region: str) -> Iterable[Document]:
    """A document for each classic load balancer of a region."""
    found = account.read(DESCRIBE_CLASSIC_LOAD_BALANCERS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(LoadBalancer, found, region, LOAD_BALANCER)
        return
    if not found:
        return
    around = Around(
        ground=read_ground(account, region),
        zones=then(account.read(DESCRIBE_INSTANCES, region), zones_of_instances),
        alarms=read_alarms(account, region),
    )
    yield from account.map(lambda item: _document(account, region, item, around), found)


def _document(account: Account, region: str, item: Item, around: Around) -> Document:
    name = item["LoadBalancerName"]
    attributes = account.read(DESCRIBE_ATTRIBUTES, region, name, LoadBalancerName=name)
    policies = account.read(DESCRIBE_POLICIES, region, name, LoadBalancerName=name)
    tags = account.read(DESCRIBE_TAGS, region, name, LoadBalancerNames=[name])
    balancer = {"Type": "classic", "SecurityGroups": item.get("SecurityGroups")}
    return account.document(
        LoadBalancer(
            scheme=_SCHEMES.get(item.get("Scheme", ""), _NO_SCHEME),
            listeners=[
                _listener(one, balancer, around.ground, policies)
                for one in item["ListenerDescriptions"]
            ],
            access_log=then(attributes, lambda known: _access_log(account, region, known)),
            # WAF protects none of this generation, and nothing keeps one from being deleted.
            waf=None,
            zones=sorted(item["AvailabilityZones"]),
            backend_zones=then(around.zones, lambda known: backend_zones(item, known)),
            deletion_protection=None,
            alarms=watching(around.alarms, [("LoadBalancerName", name)], ("AWS/ELB",)),
            bandwidth_mbps=None,
        ),
        id=account.arn("elasticloadbalancing", region, f"loadbalancer/{name}"),
        region=region,
        name=name,
        tags=then(tags, lambda described: tags_of(described[0]["Tags"])),
        native_type=LOAD_BALANCER,
        native=item,
    )


_NO_SCHEME = Unknown("the load balancer's scheme is not told")
_SCHEMES: dict[str, Any] = {"internet-facing": "public", "internal": "private"}


def backend_zones(item: Item, zones: dict[str, str]) -> list[str] | Unknown:
    """The zones of the instances that are registered."""
    names = [one["InstanceId"] for one in item.get("Instances", [])]
    for name in names:
        if name not in zones:
            return Unknown(f"the instance {name} is not visible to this account")
    return sorted({zones[name] for name in names})


def _access_log(account: Account, region: str, attributes: Item) -> Logging:
    """The access log, which goes where those of the other generation go."""
    log = attributes.get("AccessLog") or {}
    return access_log(
        account,
        region,
        {
            "access_logs.s3.enabled": str(bool(log.get("Enabled"))).lower(),
            "access_logs.s3.bucket": log.get("S3BucketName", ""),
            "access_logs.s3.prefix": log.get("S3BucketPrefix", ""),
        },
    )


def _listener(
    described: Item, balancer: Item, ground: Ground, policies: list[Item] | Unknown
) -> Listener:
    listener = described["Listener"]
    port, protocol = listener["LoadBalancerPort"], listener["Protocol"].upper()
    return Listener(
        port=port,
        protocol=_PROTOCOLS.get(protocol, protocol.lower()),
        # This generation answers nothing itself, and so redirects nothing.
        redirect_to_https=False,
        tls=tls(described, policies) if protocol in {"HTTPS", "SSL"} else None,
        certificate_id=listener.get("SSLCertificateId"),
        source_ranges=source_ranges(balancer, port, ground),
    )


def tls(described: Item, policies: list[Item] | Unknown) -> Tls:
    """TLS of a listener, from the protocols that its negotiation policy switches on. `policy` is
    the predefined policy that it was made from, where it was."""
    named = described.get("PolicyNames", [])
    if isinstance(policies, Unknown):
        return Tls(minimum=policies, required=True, policy=policies)
    for policy in policies:
        if policy["PolicyName"] in named and policy["PolicyTypeName"] == _NEGOTIATION:
            attributes = {
                one["AttributeName"]: one["AttributeValue"]
                for one in policy["PolicyAttributeDescriptions"]
            }
            on = [
                key.removeprefix("Protocol-")
                for key, value in attributes.items()
                if key.startswith("Protocol-") and value == "true"
            ]
            reference = attributes.get("Reference-Security-Policy")
            return Tls(minimum=lowest(on), required=True, policy=reference or policy["PolicyName"])
    return Tls(minimum=_NO_POLICY, required=True, policy=_NO_POLICY)


SERVICE = Service(
    name="Elastic Load Balancing, classic",
    types=((LoadBalancer, LOAD_BALANCER),),
    calls=(
        DESCRIBE_CLASSIC_LOAD_BALANCERS,
        DESCRIBE_ATTRIBUTES,
        DESCRIBE_POLICIES,
        DESCRIBE_TAGS,
        DESCRIBE_INSTANCES,
        *REACHABILITY_CALLS,
        *RETENTION_CALLS,
        *ALARM_CALLS,
    ),
    region=load_balancers,
)
