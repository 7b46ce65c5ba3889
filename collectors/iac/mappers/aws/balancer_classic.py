"""aws_elb, the first generation of load balancers, with the policies of its listeners."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from collectors.aws.tls import lowest
from collectors.document import Document, Unknown, also, then
from collectors.facts.network import Listener, LoadBalancer
from collectors.facts.shared import Tls
from collectors.iac.blocks import Block, Mapping, Project, Reference, nested, read
from collectors.iac.mappers.aws.balancer import access_log, source_ranges, zones_of
from collectors.iac.mappers.aws.classic_backends import JOINED as BACKENDS
from collectors.iac.mappers.aws.classic_backends import backend_zones
from collectors.iac.mappers.aws.network import SUBNETS
from collectors.iac.mappers.aws.shared import aws_document
from collectors.iac.mappers.aws.watching import ALARMS, watching
from collectors.iac.mappers.joins import identity, items, joined, settle

BALANCER = "aws_elb"
NEGOTIATION = "aws_lb_ssl_negotiation_policy"
POLICY, LISTENER_POLICY = "aws_load_balancer_policy", "aws_load_balancer_listener_policy"
NEGOTIATES = "SSLNegotiationPolicyType"
DEFAULT_POLICY = "ELBSecurityPolicy-2016-08"
"""What a listener gets that names none (Classic Load Balancers user guide, "Update the SSL
negotiation configuration")."""

_LOWEST = {
    "ELBSecurityPolicy-TLS-1-2-2017-01": "1.2",
    "ELBSecurityPolicy-TLS-1-1-2017-01": "1.1",
    DEFAULT_POLICY: "1.0",
    "ELBSecurityPolicy-2015-05": "1.0",
    "ELBSecurityPolicy-2015-03": "1.0",
    "ELBSecurityPolicy-2015-02": "1.0",
    "ELBSecurityPolicy-2014-10": "1.0",
    "ELBSecurityPolicy-2014-01": "ssl3",
    "ELBSecurityPolicy-2011-08": "ssl3",
}
"""The lowest version of each predefined policy (the same guide, "Predefined SSL security
policies")."""
_OLDER = {"sslv3", "tlsv1", "tlsv1.1"}
_REFERENCE, _PROTOCOL = "Reference-Security-Policy", "Protocol-"
_PROTOCOLS = {"ssl": "tls"}
_SEVERAL = Unknown("several policies set a listener: the last one applied holds")
_UNNAMED = Unknown("the policy does not say that every protocol before TLS 1.2 is off")
_NO_NAME = Unknown("the policy gives no name")


class Negotiation(NamedTuple):
    """A policy by which a listener negotiates: its name and attributes."""

    name: str | Unknown
    attributes: list[dict[str, Any]]


_DEFAULT = Negotiation(DEFAULT_POLICY, [{"name": _REFERENCE, "value": DEFAULT_POLICY}])


def map_classic(block: Block, project: Project) -> Iterator[Document]:
    """A classic load balancer; it faces the internet unless told otherwise (CreateLoadBalancer)."""
    internal = block.read("internal", bool, default=False)
    listeners = nested(block.values, "listener")
    facts = LoadBalancer(
        scheme=cast("Any", then(internal, lambda yes: "private" if yes else "public")),
        listeners=then(listeners, lambda all_: [_listener(each, block, project) for each in all_]),
        access_log=access_log(block, project, unless_told=True),
        # WAF protects none of this generation, and nothing keeps one from being deleted.
        waf=None,
        zones=_zones(block, project),
        backend_zones=backend_zones(block, project),
        deletion_protection=None,
        alarms=watching(project, [("LoadBalancerName", block, "name")]),
        bandwidth_mbps=None,
    )
    yield aws_document(block, project, facts)


def _zones(block: Block, project: Project) -> list[str] | Unknown:
    named = items(block.values, "availability_zones")
    if isinstance(named, Unknown) or not named:
        return named if isinstance(named, Unknown) else zones_of(block, project)
    known = [each for each in named if isinstance(each, str)]
    if len(known) < len(named):
        return Unknown("a zone is known after apply")
    return sorted(set(known))


def _listener(values: dict[str, Any], balancer: Block, project: Project) -> Listener:
    given = read(values, "lb_protocol", str, Unknown("the listener gives no protocol"))
    protocol = then(given, lambda text: _PROTOCOLS.get(text.lower(), text.lower()))
    port = read(values, "lb_port", int, Unknown("the listener gives no port"))
    return Listener(
        port=port,
        protocol=protocol,
        # This generation answers nothing itself, and so redirects nothing.
        redirect_to_https=False,
        tls=then(protocol, lambda name: _tls(name, port, balancer, project)),
        certificate_id=identity(project, values.get("ssl_certificate_id")),
        source_ranges=source_ranges(balancer, "classic", port, project),
    )


def _tls(protocol: str, port: int | Unknown, balancer: Block, project: Project) -> Tls | None:
    if protocol not in {"https", "tls"}:
        return None
    found = then(port, lambda number: _negotiation(number, balancer, project))
    reference = then(found, lambda known: _reference(known.attributes))
    return Tls(
        minimum=cast("Any", then(found, lambda known: _minimum(known.attributes, reference))),
        required=True,
        policy=also(found, reference) or reference or then(found, lambda known: known.name),
    )


def _negotiation(port: int, balancer: Block, project: Project) -> Negotiation | Unknown:
    """The policy that a listener negotiates by; AWS's default where it has none of its own."""
    found: list[Negotiation | Unknown] = []
    by_port = joined(project, balancer, "load_balancer", NEGOTIATION)
    by_name = joined(project, balancer, "load_balancer_name", LISTENER_POLICY)
    for policy in by_port.blocks:
        at = policy.read("lb_port", int, Unknown("the policy gives no port"))
        if at == port or isinstance(at, Unknown):
            found.append(at if isinstance(at, Unknown) else _made(policy, "name", "attribute"))
    for link in by_name.blocks:
        at = link.read("load_balancer_port", int, Unknown("the policy gives no port"))
        if at == port or isinstance(at, Unknown):
            found += [at] if isinstance(at, Unknown) else _named(link, balancer, project)
    doubt = also(by_port.doubt, by_name.doubt)
    if doubt:
        return doubt
    if len(found) > 1:
        return also(None, *found) or _SEVERAL
    return found[0] if found else _DEFAULT


def _made(policy: Block, name: str, attributes: str) -> Negotiation | Unknown:
    return then(
        nested(policy.values, attributes),
        lambda known: Negotiation(policy.read(name, str, _NO_NAME), known),
    )


def _named(link: Block, balancer: Block, project: Project) -> list[Negotiation | Unknown]:
    """Each policy of a listener that negotiates; others are about cookies."""
    names = items(link.values, "policy_names")
    policies = joined(project, balancer, "load_balancer_name", POLICY)
    if isinstance(names, Unknown) or policies.doubt:
        return [names if isinstance(names, Unknown) else policies.doubt or _SEVERAL]
    elsewhere = Unknown("a policy of the listener is not part of this template")
    found: list[Negotiation | Unknown] = []
    for value in names:
        policy = _policy(value, policies.blocks, project)
        if policy is None:
            found.append(elsewhere)
            continue
        kind = policy.read("policy_type_name", str, Unknown("the policy gives no type"))
        if isinstance(kind, Unknown):
            found.append(kind)
        elif kind == NEGOTIATES:
            found.append(_made(policy, "policy_name", "policy_attribute"))
    return found


def _policy(value: Any, policies: list[Block], project: Project) -> Block | None:
    """The policy that a listener names: by reference, or by its name."""
    target = project.target(value)
    name = settle(project, value)
    return next(
        (
            each
            for each in policies
            if each is target
            or (isinstance(name, str) and settle(project, each.get("policy_name")) == name)
        ),
        None,
    )


def _pairs(attributes: list[dict[str, Any]]) -> list[tuple[Any, Any]]:
    return [(each.get("name"), each.get("value")) for each in attributes]


def _open(value: Any) -> Unknown | None:
    if isinstance(value, Reference):
        return Unknown(f"{value.address}.{value.attribute} is known after apply")
    return value if isinstance(value, Unknown) else None


def _reference(attributes: list[dict[str, Any]]) -> str | Unknown | None:
    """The predefined policy that a policy is made from; null for one of one's own."""
    doubt = next((_open(name) for name, _ in _pairs(attributes) if _open(name)), None)
    if doubt:
        return doubt
    named = [value for name, value in _pairs(attributes) if name == _REFERENCE]
    if not named:
        return None
    return _open(named[0]) or str(named[0])


def _minimum(attributes: list[dict[str, Any]], policy: str | Unknown | None) -> str | Unknown:
    """The lowest version: of the predefined policy, or of the protocols that are switched on. What
    holds for an older one that the policy does not name is not documented."""
    if isinstance(policy, Unknown):
        return policy
    if policy is not None:
        return _LOWEST.get(policy, Unknown(f"the security policy {policy} is not known"))
    switches = [
        (name.removeprefix(_PROTOCOL), value)
        for name, value in _pairs(attributes)
        if isinstance(name, str) and name.startswith(_PROTOCOL)
    ]
    doubt = next((_open(value) for _, value in switches if _open(value)), None)
    found = doubt or lowest(name for name, value in switches if str(value).lower() == "true")
    named = {name.lower() for name, _ in switches}
    return found if found != "1.2" or named >= _OLDER else _UNNAMED


MAPPINGS = [
    Mapping(
        types=(BALANCER,),
        facts=LoadBalancer,
        map=map_classic,
        joined=(NEGOTIATION, POLICY, LISTENER_POLICY, *ALARMS, *BACKENDS, *SUBNETS),
    )
]

LINK_TYPES = frozenset(
    {
        "aws_autoscaling_attachment",
        "aws_elb_attachment",
        "aws_lb_ssl_negotiation_policy",
        "aws_load_balancer_listener_policy",
        "aws_load_balancer_policy",
    }
)
