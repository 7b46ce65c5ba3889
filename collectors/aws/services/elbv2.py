"""Application, network and gateway load balancers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from collectors.aws.account import Account, Service, tags_of
from collectors.aws.backend_zones import CALLS as BACKEND_CALLS
from collectors.aws.backend_zones import backend_zones
from collectors.aws.bucket import RETENTION_CALLS, object_retention_days, owner
from collectors.aws.logic import Known
from collectors.aws.reachability import REACHABILITY_CALLS, Ground, covers, read_ground
from collectors.aws.resource_alarms import CALLS as ALARM_CALLS
from collectors.aws.resource_alarms import Alarms, read_alarms, watching
from collectors.aws.tls import lowest
from collectors.aws.waf_calls import GET_WEB_ACL_FOR_RESOURCE, web_acl_of
from collectors.calls import Call, Scope
from collectors.document import Document, Unknown, then
from collectors.facts.network import Listener, LoadBalancer
from collectors.facts.shared import Logging, Tls

LOAD_BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer"


def _elbv2(operation: str, result: str, scope: Scope = "resource", *, paged: bool = False) -> Call:
    return Call(
        provider="aws",
        service="elbv2",
        operation=operation,
        permission=f"elasticloadbalancing:{operation}",
        scope=scope,
        result=result,
        paged=paged,
    )


DESCRIBE_LOAD_BALANCERS = _elbv2("DescribeLoadBalancers", "LoadBalancers", "region", paged=True)
DESCRIBE_SSL_POLICIES = _elbv2("DescribeSSLPolicies", "SslPolicies", "region", paged=True)
DESCRIBE_LISTENERS = _elbv2("DescribeListeners", "Listeners", paged=True)
DESCRIBE_RULES = _elbv2("DescribeRules", "Rules", paged=True)
DESCRIBE_ATTRIBUTES = _elbv2("DescribeLoadBalancerAttributes", "Attributes")
DESCRIBE_TAGS = _elbv2("DescribeTags", "TagDescriptions")
Policies = dict[str, list[str]] | Unknown


def load_balancers(account: Account, region: str) -> Iterable[Document]:
    """A document for each load balancer of a region."""
    found = account.read(DESCRIBE_LOAD_BALANCERS, region)
    if isinstance(found, Unknown):
        yield account.unlisted(LoadBalancer, found, region, LOAD_BALANCER)
        return
    if not found:
        return
    ground = read_ground(account, region)
    policies: Policies = then(
        account.read(DESCRIBE_SSL_POLICIES, region),
        lambda all_: {policy["Name"]: policy["SslProtocols"] for policy in all_},
    )
    alarms = read_alarms(account, region)
    yield from account.map(
        lambda item: _document(account, region, item, ground, policies, alarms), found
    )


def _document(
    account: Account,
    region: str,
    item: dict[str, Any],
    ground: Ground,
    policies: Policies,
    alarms: Alarms | Unknown,
) -> Document:
    arn = item["LoadBalancerArn"]
    attributes = then(
        account.read(DESCRIBE_ATTRIBUTES, region, arn, LoadBalancerArn=arn),
        lambda pairs: {pair["Key"]: pair["Value"] for pair in pairs},
    )
    listeners = then(
        account.read(DESCRIBE_LISTENERS, region, arn, LoadBalancerArn=arn),
        lambda all_: [_listener(account, region, one, item, ground, policies) for one in all_],
    )
    tags = then(
        account.read(DESCRIBE_TAGS, region, arn, ResourceArns=[arn]),
        lambda described: tags_of(described[0]["Tags"]),
    )
    return account.document(
        LoadBalancer(
            scheme=scheme(item),
            listeners=listeners,
            access_log=then(attributes, lambda known: access_log(account, region, known)),
            waf=_waf(account, region, item),
            zones=sorted(zone["ZoneName"] for zone in item["AvailabilityZones"]),
            backend_zones=backend_zones(account, region, arn),
            deletion_protection=then(
                attributes, lambda known: known.get("deletion_protection.enabled") == "true"
            ),
            alarms=alarms_on(arn, alarms),
            bandwidth_mbps=None,
        ),
        id=arn,
        region=region,
        name=item["LoadBalancerName"],
        tags=tags,
        native_type=LOAD_BALANCER,
        native=item,
    )


def alarms_on(arn: str, alarms: Alarms | Unknown) -> int | Unknown:
    """How many alarms watch a load balancer, which metrics name by the end of its ARN."""
    place = ("LoadBalancer", arn.partition(":loadbalancer/")[2])
    return watching(alarms, [place], ("AWS/ApplicationELB", "AWS/NetworkELB", "AWS/GatewayELB"))


def scheme(item: dict[str, Any]) -> Literal["public", "private"] | Unknown:
    """Whether a load balancer has public addresses; a gateway load balancer has none."""
    if item["Type"] == "gateway":
        return "private"
    if "Scheme" not in item:
        return Unknown("the load balancer's scheme is not told")
    return "public" if item["Scheme"] == "internet-facing" else "private"


def access_log(account: Account, region: str, attributes: dict[str, str]) -> Logging:
    """The access log of a load balancer: to a bucket, which must be in its region (Elastic Load
    Balancing user guide, "Access logs"). A gateway load balancer has no such attribute, and no
    access log."""
    if attributes.get("access_logs.s3.enabled") != "true":
        return Logging(
            enabled=False,
            destination=None,
            destination_account=None,
            destination_region=None,
            retention_days=None,
        )
    bucket = attributes["access_logs.s3.bucket"]
    folder = attributes.get("access_logs.s3.prefix", "")
    below = f"AWSLogs/{account.id}/elasticloadbalancing/"
    return Logging(
        enabled=True,
        destination=f"arn:{account.partition}:s3:::{bucket}",
        destination_account=owner(account, bucket),
        destination_region=region,
        retention_days=object_retention_days(
            account, bucket, f"{folder}/{below}" if folder else below
        ),
    )


def _waf(account: Account, region: str, item: dict[str, Any]) -> str | Unknown | None:
    """The web ACL in front of an application load balancer; the other kinds take none."""
    if item["Type"] != "application":
        return None
    return web_acl_of(account, region, item["LoadBalancerArn"])


def _listener(
    account: Account,
    region: str,
    listener: dict[str, Any],
    balancer: dict[str, Any],
    ground: Ground,
    policies: Policies,
) -> Listener:
    certificates = listener.get("Certificates") or [{}]
    # A gateway load balancer's listener names neither: it takes GENEVE, on 6081 (user guide).
    port = listener.get("Port", 6081)
    return Listener(
        port=port,
        protocol=listener.get("Protocol", "GENEVE").lower(),
        redirect_to_https=_redirects(account, region, listener),
        tls=tls(listener, policies),
        certificate_id=certificates[0].get("CertificateArn"),
        source_ranges=source_ranges(balancer, port, ground),
    )


def tls(listener: dict[str, Any], policies: Policies) -> Tls | None:
    """TLS of a listener, from its security policy; null for protocols without TLS."""
    name = listener.get("SslPolicy")
    if listener.get("Protocol") not in {"HTTPS", "TLS"}:
        return None
    if not name:
        return Tls(minimum=Unknown("the listener names no security policy"), required=True)
    missing = Unknown(f"the security policy {name} is not described")
    protocols = then(policies, lambda known: known.get(name, missing))
    return Tls(minimum=then(protocols, lowest), required=True, policy=name)


def _redirects(account: Account, region: str, listener: dict[str, Any]) -> Known:
    """Whether everything that a plain HTTP listener gets is redirected to HTTPS: its default
    action must, and its further rules, which may only refuse besides."""
    if listener.get("Protocol") != "HTTP" or not to_https(listener["DefaultActions"]):
        return False
    arn = listener["ListenerArn"]
    rules = account.read(DESCRIBE_RULES, region, arn, ListenerArn=arn)
    return then(rules, no_rule_forwards)


def no_rule_forwards(rules: list[dict[str, Any]]) -> bool:
    """Whether each rule of a listener redirects to HTTPS or gives a fixed answer."""
    return all(
        to_https(rule["Actions"]) or rule["Actions"][-1]["Type"] == "fixed-response"
        for rule in rules
    )


def to_https(actions: list[dict[str, Any]]) -> bool:
    """Whether the last of some actions, which answers the request, is a redirect to HTTPS."""
    last = actions[-1] if actions else {}
    redirect = last.get("RedirectConfig", {}) if last.get("Type") == "redirect" else {}
    return bool(redirect.get("Protocol") == "HTTPS")


def source_ranges(balancer: dict[str, Any], port: int, ground: Ground) -> list[str] | Unknown:
    """The ranges that may reach a listener's port. A load balancer without security groups takes
    connections from anywhere (Network Load Balancer user guide, "Security groups"); a gateway load
    balancer only from its endpoints."""
    if balancer["Type"] == "gateway":
        return []
    groups = balancer.get("SecurityGroups") or []
    if not groups:
        return ["0.0.0.0/0", "::/0"]
    if isinstance(ground.rules, Unknown):
        return ground.rules
    ranges: set[str] = set()
    for group in groups:
        if group not in ground.rules:
            return Unknown(f"the security group {group} is not visible to this account")
        for rule in ground.rules[group]:
            if rule.direction != "ingress" or not covers(rule, port):
                continue
            if isinstance(rule.sources, Unknown):
                return rule.sources
            ranges.update(source for source in rule.sources if "/" in source)
    return sorted(ranges)


SERVICE = Service(
    name="Elastic Load Balancing",
    types=((LoadBalancer, LOAD_BALANCER),),
    calls=(
        DESCRIBE_LOAD_BALANCERS,
        DESCRIBE_LISTENERS,
        DESCRIBE_RULES,
        DESCRIBE_ATTRIBUTES,
        DESCRIBE_TAGS,
        DESCRIBE_SSL_POLICIES,
        GET_WEB_ACL_FOR_RESOURCE,
        *REACHABILITY_CALLS,
        *RETENTION_CALLS,
        *ALARM_CALLS,
        *BACKEND_CALLS,
    ),
    region=load_balancers,
)
