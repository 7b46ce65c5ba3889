"""The rules of security groups walked in the order of their effect: whether they let the internet
in, and whom they let reach the port of a load balancer. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

from collectors.addresses import opens_to_internet
from collectors.document import Unknown, also
from collectors.facts.shared import Rule
from collectors.logic import Known, some

_EVERYONE = {4: "0.0.0.0/0", 6: "::/0"}
_TRANSPORTS = {
    "tcp": ("tcp",), "tls": ("tcp",), "http": ("tcp",), "https": ("tcp",),
    "udp": ("udp",), "quic": ("udp",), "tcp_udp": ("tcp", "udp"),
}  # fmt: skip


def first_word(rules: list[Rule], version: int, port: int | None) -> Known:
    """What the first rule says that decides. One that could not be read leaves doubt: an allow of
    whether it lets in already, a deny of whether it shuts out what a later one lets in."""
    opens: Unknown | None = None
    shuts: Unknown | None = None
    for rule in rules:
        if rule.direction != "ingress" or isinstance(rule.action, Unknown):
            continue
        if rule.action == "deny":
            everyone = _is_everyone(rule.sources, version) if _meets_all(rule, port) else False
            if everyone is True:
                return opens or False
            shuts = shuts or also(everyone)
            continue
        wide = _is_wide(rule.sources, version) if _concerns(rule, port) else False
        if wide is True:
            return shuts or True
        opens = opens or also(wide)
    return opens or False


def _is_wide(sources: Any, version: int) -> Known:
    """Whether one of some sources stands for the internet, in that IP version."""
    if isinstance(sources, Unknown):
        return sources
    return some(_of_version(one, version) and opens_to_internet([one]) for one in sources)


def _is_everyone(sources: Any, version: int) -> Known:
    """Whether one of some sources holds every address of the internet, in that IP version."""
    if isinstance(sources, Unknown):
        return sources
    return some(_holds_everyone(one, version) for one in sources)


def _holds_everyone(source: str | Unknown, version: int) -> Known:
    """Whether a source holds every address of the internet; all of IPv6 are in 2000::/3."""
    if isinstance(source, Unknown):
        return source
    whole = ip_network(("0.0.0.0/0", "2000::/3")[version == 6])
    try:
        network = ip_network(source, strict=False)
    except ValueError:
        return False  # a group
    return network.version == version and bool(whole.subnet_of(network))  # type: ignore[arg-type]


def _of_version(source: str | Unknown, version: int) -> Known:
    if isinstance(source, Unknown):
        return source
    return (":" in source) == (version == 6)


def _concerns(rule: Rule, port: int | None) -> bool:
    """Whether a rule that lets something in concerns a port; unknown ports may be this one."""
    if port is None or rule.protocol == "any":
        return True
    low, high = rule.from_port, rule.to_port
    if low is None or high is None:
        return False
    return not (isinstance(low, int) and isinstance(high, int)) or low <= port <= high


def _meets_all(rule: Rule, port: int | None) -> bool:
    """Whether a rule meets every packet to every machine, or every one to the port."""
    low, high = rule.from_port, rule.to_port
    if not (isinstance(low, int) and isinstance(high, int)) or rule.protocol != "any":
        return False
    if rule.destinations:
        return False
    return (low, high) == (0, 65535) or (port is not None and low <= port <= high)


def admitted(
    rules: list[Rule], protocol: str, ports: tuple[int, int], versions: tuple[int, ...]
) -> list[str] | Unknown:
    """The ranges that the rules of a load balancer's groups, in order, let reach any of its ports.

    The service's own group lets everyone in after all other rules (SLB user guide, "Add an NLB
    instance to a security group"), so that only a drop of everyone limits anybody. Drops of fewer
    are passed over, as lists of refusals are.
    """
    found: dict[str, None] = {}
    for transport in _TRANSPORTS.get(protocol, ("tcp", "udp")):
        own = [rule for rule in rules if _may_concern(rule, transport)]
        doubt = also(None, *(_doubt(rule) for rule in own))
        if doubt:
            return doubt
        for port in _turns(own, ports):
            at_port = [rule for rule in own if _covers(rule, port)]
            for version in versions:
                found.update(dict.fromkeys(_let_in(at_port, version)))
    return sorted(found)


def _let_in(rules: list[Rule], version: int) -> Iterator[str]:
    for rule in rules:
        if rule.action == "deny":
            if not rule.destinations and _is_everyone(rule.sources, version) is True:
                return
            continue
        assert isinstance(rule.sources, list)
        for source in rule.sources:
            if not source.startswith("group:") and _of_version(source, version) is True:
                yield source
    yield _EVERYONE[version]


def _may_concern(rule: Rule, transport: str) -> bool:
    """Whether a rule inwards is about a transport, or may be."""
    if rule.direction != "ingress" or isinstance(rule.action, Unknown):
        return False
    return isinstance(rule.protocol, Unknown) or rule.protocol in {"any", transport}


def _doubt(rule: Rule) -> Unknown | None:
    """What of a rule could not be read."""
    sources = rule.sources if isinstance(rule.sources, list) else [rule.sources]
    return also(rule.protocol, rule.from_port, rule.to_port, *sources)


def _turns(rules: list[Rule], ports: tuple[int, int]) -> list[int]:
    """The first of some ports, and those at which rules begin or have ended: all others are let in
    as the one of these before them."""
    edges = {ports[0]}
    for rule in rules:
        if isinstance(rule.from_port, int) and isinstance(rule.to_port, int):
            edges |= {rule.from_port, rule.to_port + 1}
    return sorted(edge for edge in edges if ports[0] <= edge <= ports[1])


def _covers(rule: Rule, port: int) -> bool:
    low, high = rule.from_port, rule.to_port
    return isinstance(low, int) and isinstance(high, int) and low <= port <= high
