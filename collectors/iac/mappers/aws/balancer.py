"""aws_lb (and aws_alb) with its listeners."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal, cast

from collectors.aws.logic import Known, every
from collectors.document import Document, Unknown, also, then
from collectors.facts.network import Listener, LoadBalancer
from collectors.facts.shared import Logging, Tls
from collectors.iac.blocks import Block, Mapping, PartOf, Project, nested, read
from collectors.iac.mappers.aws.firewall import GROUPS, rules_of
from collectors.iac.mappers.aws.log_target import SERVICE_LOGS, in_bucket
from collectors.iac.mappers.aws.network import SUBNETS
from collectors.iac.mappers.aws.shared import aws_document, region_of
from collectors.iac.mappers.aws.target_groups import JOINED as BACKENDS
from collectors.iac.mappers.aws.target_groups import backend_zones
from collectors.iac.mappers.aws.watching import ALARMS, watching
from collectors.iac.mappers.joins import (
    IPV4_ANY,
    IPV6_ANY,
    Joined,
    first_of,
    identity,
    items,
    joined,
    target_of,
)

BALANCERS = ("aws_lb", "aws_alb")
LISTENERS = ("aws_lb_listener", "aws_alb_listener")
RULES = ("aws_lb_listener_rule", "aws_alb_listener_rule")
WAF_LINK = "aws_wafv2_web_acl_association"
DEFAULT_POLICY = "ELBSecurityPolicy-2016-08"
"""What CreateListener takes for HTTPS and TLS where the request names none."""

_SEVERAL = 2
_PROTOCOLS = frozenset(
    {"http", "https", "tcp", "tls", "udp", "tcp_udp", "quic", "tcp_quic", "geneve"}
)
_NO_LISTENER = Unknown("no listener of the load balancer is in this template")
_WITH_MINIMUM = re.compile(r"-(?:TLS13|TLS|FS)-1-([0-3])(?:-|$)")
_FROM_1_0 = {DEFAULT_POLICY, "ELBSecurityPolicy-2015-05", "ELBSecurityPolicy-FS-2018-06"}


def map_balancer(block: Block, project: Project) -> Iterator[Document]:
    """An application, network or gateway load balancer."""
    found = joined(project, block, "load_balancer_arn", *LISTENERS)
    listeners: list[Any] = [_listener(each, block, project) for each in found.blocks]
    doubt = found.doubt or (None if listeners else _NO_LISTENER)
    facts = LoadBalancer(
        scheme=_scheme(block),
        listeners=listeners + ([doubt] if doubt else []),
        access_log=access_log(block, project),
        waf=_waf(block, project),
        zones=zones_of(block, project),
        backend_zones=_backends(block, found, project),
        deletion_protection=block.read("enable_deletion_protection", bool, default=False),
        bandwidth_mbps=None,
        alarms=watching(project, [("LoadBalancer", block, "arn_suffix")]),
    )
    yield aws_document(block, project, facts)


def _scheme(block: Block) -> Literal["public", "private"] | Unknown:
    """Public unless the template tells otherwise. A gateway load balancer has no scheme
    (CreateLoadBalancer, "Scheme") and no public address."""
    if block.read("load_balancer_type", str, "application") == "gateway":
        return "private"
    internal = block.read("internal", bool, default=False)
    if isinstance(internal, Unknown):
        return internal
    return "private" if internal else "public"


def _backends(block: Block, listeners: Joined, project: Project) -> list[str] | Unknown:
    """The zones of the machines behind its listeners. In a zone where it does not stand itself they
    get no requests."""
    if listeners.doubt:
        return listeners.doubt
    actions = [nested(each.values, "default_action") for each in listeners.blocks]
    for listener in listeners.blocks:
        rules = joined(project, listener, "listener_arn", *RULES)
        actions += [nested(each.values, "action") for each in rules.blocks]
        actions += [rules.doubt] if rules.doubt else []
    found = backend_zones(actions, project)
    if isinstance(found, Unknown) or len(found) < _SEVERAL:
        return found
    return then(zones_of(block, project), lambda own: [zone for zone in found if zone in own])


def _waf(block: Block, project: Project) -> str | Unknown | None:
    """The web ACL in front of an application load balancer; the other kinds take none."""
    if block.read("load_balancer_type", str, "application") in {"network", "gateway"}:
        return None
    wafs = joined(project, block, "resource_arn", WAF_LINK)
    if wafs.blocks:
        return identity(project, wafs.blocks[0].get("web_acl_arn"))
    return wafs.doubt or Unknown("no web ACL is associated in this template")


def zones_of(block: Block, project: Project) -> list[str] | Unknown:
    """The zones of the subnets that a load balancer stands in."""
    subnets = items(block.values, "subnets")
    mappings = nested(block.values, "subnet_mapping")
    if isinstance(subnets, Unknown):
        return subnets
    if isinstance(mappings, Unknown):
        return mappings
    zones = []
    for value in [*subnets, *(mapping.get("subnet_id") for mapping in mappings)]:
        subnet = target_of(project, value, *SUBNETS)
        if subnet is None:
            return Unknown("a subnet is not part of this template")
        zone = subnet.read("availability_zone", str, Unknown("AWS chooses a subnet's zone"))
        if isinstance(zone, Unknown):
            return zone
        zones.append(zone)
    return sorted(set(zones)) if zones else Unknown("no subnet is written")


def access_log(block: Block, project: Project, *, unless_told: bool = False) -> Logging:
    """Access logs go to a bucket, whose lifecycle decides how long they are kept. `unless_told`:
    whether a block of them without `enabled` turns them on."""
    settings = nested(block.values, "access_logs")
    if isinstance(settings, Unknown):
        return Logging(enabled=settings)
    enabled = read(settings[0], "enabled", bool, unless_told) if settings else False
    if enabled is False:
        return Logging.off()
    bucket = settings[0].get("bucket")
    # The classic balancer calls it otherwise.
    written = first_of(settings[0], ("prefix", "bucket_prefix"), str, "")
    prefix = then(written, lambda text: f"{text}/" if text else "")
    return Logging(
        enabled=enabled,
        destination=identity(project, bucket),
        destination_account=Unknown("the template does not tell whose bucket it is"),
        # Elastic Load Balancing writes to buckets of its own region only.
        destination_region=region_of(block, project),
        retention_days=in_bucket(
            project, bucket, then(prefix, lambda text: f"{text}{SERVICE_LOGS}")
        ),
    )


def _listener(listener: Block, balancer: Block, project: Project) -> Listener:
    kind = balancer.read("load_balancer_type", str, "application")
    protocol = then(listener.read("protocol", str, _protocol_of(kind)), _known_protocol)
    # A gateway load balancer's listener names neither: it takes GENEVE, on 6081 (user guide).
    unwritten = 6081 if kind == "gateway" else Unknown("the listener gives no port")
    port = listener.read("port", int, unwritten)
    return Listener(
        port=port,
        protocol=protocol,
        redirect_to_https=_redirects(listener, project, protocol),
        tls=_tls(listener, protocol),
        certificate_id=identity(project, listener.get("certificate_arn")),
        source_ranges=source_ranges(balancer, kind, port, project),
    )


def _known_protocol(text: str) -> str | Unknown:
    name = text.lower()
    return name if name in _PROTOCOLS else Unknown(f"protocol {text} is not known")


def _protocol_of(kind: str | Unknown) -> str | Unknown:
    """What a listener speaks unless it says otherwise."""
    if isinstance(kind, Unknown):
        return kind
    unwritten = {"application": "HTTP", "gateway": "GENEVE"}
    return unwritten.get(kind) or Unknown("the listener gives no protocol")


def _tls(listener: Block, protocol: str | Unknown) -> Tls | Unknown | None:
    if isinstance(protocol, Unknown):
        return protocol
    if protocol not in {"https", "tls"}:
        return None
    policy = listener.read("ssl_policy", str, DEFAULT_POLICY)
    return Tls(
        minimum=cast("Any", then(policy, _minimum)),
        required=True,
        policy=policy,
    )


def _minimum(policy: str) -> str | Unknown:
    """The lowest version that a policy of Elastic Load Balancing allows: it is in the name."""
    found = _WITH_MINIMUM.search(policy)
    if found:
        return f"1.{found[1]}"
    return "1.0" if policy in _FROM_1_0 else Unknown(f"the security policy {policy} is not known")


def _redirects(listener: Block, project: Project, protocol: str | Unknown) -> Known:
    """Whether everything that a plain HTTP listener gets is redirected to HTTPS: its default
    action must, and its further rules, which may only refuse besides."""
    default = _to_https(nested(listener.values, "default_action"))
    if default is False or (isinstance(protocol, str) and protocol != "http"):
        return False
    rules = joined(project, listener, "listener_arn", *RULES)
    answers = [_answers(nested(rule.values, "action")) for rule in rules.blocks]
    return every([default, *answers, rules.doubt or True])


def _answers(actions: list[dict[str, Any]] | Unknown) -> Known:
    """Whether the last of some actions, which answers, redirects to HTTPS or is a fixed answer."""
    fixed = then(_last(actions), lambda last: read(last, "type", str, "") == "fixed-response")
    return True if fixed is True else _to_https(actions)


def _to_https(actions: list[dict[str, Any]] | Unknown) -> Known:
    """Whether the last of some actions is a redirect to HTTPS."""
    last = _last(actions)
    if isinstance(last, Unknown):
        return last
    targets = nested(last, "redirect")
    if isinstance(targets, Unknown) or not targets:
        return targets if isinstance(targets, Unknown) else False
    # Without a protocol that of the request stays (provider documentation).
    return then(read(targets[0], "protocol", str, ""), lambda text: text == "HTTPS")


def _last(actions: list[dict[str, Any]] | Unknown) -> dict[str, Any] | Unknown:
    """The action that answers: of several the one of the highest order, where that is written."""
    if isinstance(actions, Unknown) or not actions:
        return actions if isinstance(actions, Unknown) else {}
    orders = [read(each, "order", int, number) for number, each in enumerate(actions, start=1)]
    doubt = also(None, *orders)
    known = [order for order in orders if isinstance(order, int)]
    return doubt or actions[known.index(max(known))]


def source_ranges(
    balancer: Block, kind: str | Unknown, port: int | Unknown, project: Project
) -> list[str] | Unknown:
    """The ranges that the balancer's security groups let reach a port; a network load balancer
    without groups takes connections from anywhere."""
    if kind == "gateway":
        return []
    groups = items(balancer.values, "security_groups")
    doubt = also(groups, kind, port)
    if doubt or isinstance(groups, Unknown):
        return doubt or Unknown("its security groups are not known")
    if not groups:
        default = Unknown("the default security group of its VPC decides")
        return [IPV4_ANY, IPV6_ANY] if kind == "network" else default
    ranges: set[str] = set()
    for group in groups:
        block = target_of(project, group, *GROUPS)
        if block is None:
            return Unknown("a security group is not part of this template")
        for rule in rules_of(block, project):
            found = _ranges_for(rule, port)
            if isinstance(found, Unknown):
                return found
            ranges.update(found)
    return sorted(ranges)


def _ranges_for(rule: Any, port: Any) -> list[str] | Unknown:
    if isinstance(rule, Unknown):
        return rule
    if rule.direction == "egress" or rule.protocol not in {"any", "tcp"}:
        return []
    doubt = also(rule.direction, rule.protocol, rule.from_port, rule.to_port, rule.sources)
    if doubt:
        return doubt
    if not rule.from_port <= port <= rule.to_port:
        return []
    unknown = next((each for each in rule.sources if isinstance(each, Unknown)), None)
    # Groups and prefix lists are no ranges.
    return unknown or [source for source in rule.sources if "/" in source]


MAPPINGS = [
    Mapping(
        types=BALANCERS,
        facts=LoadBalancer,
        map=map_balancer,
        joined=(*LISTENERS, *RULES, WAF_LINK, *ALARMS, *BACKENDS),
    )
]

PART_OF = {
    # A listener is judged as a public balancer's, which AWS makes unless told otherwise.
    "aws_lb_listener": PartOf("aws_lb", ("load_balancer_arn",), {"internal": False}),
    "aws_alb_listener": PartOf("aws_lb", ("load_balancer_arn",), {"internal": False}),
}

LINK_TYPES = frozenset({"aws_alb_listener_rule", "aws_lb_listener_rule"})
