"""Whether security groups in a row let the internet in to one address. Pure.

Rules are in the order of their effect, and the first that matches decides. Groups decide for each
port by themselves, so that a port which one group opens and another does not is closed.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address, ip_network

from msgspec import Struct

from collectors.addresses import opens_to_internet
from collectors.azure.ids import key
from collectors.azure.security_rules import IPV4_ANY, IPV6_ANY
from collectors.document import Unknown, also
from collectors.facts.shared import Rule
from collectors.logic import Known, every, some

EVERYWHERE = [IPV4_ANY, IPV6_ANY]

_GROUP, _TAG = "group:", "prefix-list:"
_PROTOCOLS = ("tcp", "udp", "icmp", "50", "51")


class Target(Struct, frozen=True):
    """What traffic goes to: a private address, null where it is not known, in application security
    groups, by the keys of their ids. `version` is that of IP where it alone is known."""

    address: str | None
    groups: frozenset[str] = frozenset()
    version: int | None = None


def lets_internet_in_at(
    groups: list[list[Rule]], target: Target, protocols: tuple[str, ...], port: int
) -> Known:
    """Whether traffic from anywhere to one port passes all of the groups."""
    return some(
        every(_allows(rules, protocol, port, target) for rules in groups) for protocol in protocols
    )


def lets_internet_in(groups: list[list[Rule]], target: Target) -> Known:
    """Whether some traffic from anywhere passes all of the groups."""
    ports = sorted(set(_edges(groups)))
    return some(
        every(_allows(rules, protocol, port, target) for rules in groups)
        for protocol in _PROTOCOLS
        for port in (ports if protocol in ("tcp", "udp") else [None])
    )


def sources_let_in(
    groups: list[list[Rule]], target: Target, protocols: tuple[str, ...], port: int
) -> list[str] | Unknown:
    """Who reaches one port past all of the groups, or more: the sources that the narrowest group
    lets in. Those that it refuses by rules for some sources alone are among them."""
    found = [_sources(rules, protocols, port, target) for rules in groups]
    known = [one for one in found if isinstance(one, list)]
    narrow = [one for one in known if opens_to_internet(one) is False]
    return min(narrow or known, key=len, default=also(None, *found) or [])


def reaching(
    rules: list[list[Rule]] | Unknown, target: Target, protocols: tuple[str, ...], port: int
) -> list[str] | Unknown:
    """Who reaches a port past groups: everybody without any, and where all let in everybody."""
    if isinstance(rules, Unknown):
        return rules
    open_ = lets_internet_in_at(rules, target, protocols, port) if rules else True
    if isinstance(open_, Unknown):
        return open_
    return list(EVERYWHERE) if open_ else sources_let_in(rules, target, protocols, port)


def _sources(
    rules: list[Rule], protocols: tuple[str, ...], port: int, target: Target
) -> list[str] | Unknown:
    found: list[str] = []
    for protocol in protocols:
        for rule in rules:
            applies = _applies(rule, protocol, port, target)
            if rule.direction == "egress" or applies is False:
                continue
            if rule.action == "deny":
                if applies is True and rule.direction == "ingress" and _is_for_all(rule, target):
                    break
                continue
            if isinstance(rule.sources, Unknown):
                return rule.sources
            doubt = also(None, *rule.sources)
            if doubt:
                return doubt
            found += rule.sources
        else:
            # The built-in rule, which lets in the virtual network.
            found.append(f"{_TAG}VirtualNetwork")
    return list(dict.fromkeys(found))


def _is_for_all(rule: Rule, target: Target) -> bool:
    """Whether a rule is for traffic from everywhere: by IPv4, by IPv6, or by both where it is not
    known which of them the target has."""
    if isinstance(rule.sources, Unknown):
        return False
    wanted = {IPV4_ANY, IPV6_ANY}
    version = target.version if target.address is None else ip_address(target.address).version
    if version is not None:
        wanted = {IPV4_ANY if version == 4 else IPV6_ANY}
    return wanted <= set(rule.sources)


def _edges(groups: list[list[Rule]]) -> Iterator[int]:
    """Ports that stand for all: what rules say changes at these alone."""
    yield 0
    for rule in (rule for rules in groups for rule in rules):
        if isinstance(rule.from_port, int):
            yield rule.from_port
        if isinstance(rule.to_port, int) and rule.to_port < 65535:
            yield rule.to_port + 1


def _allows(rules: list[Rule], protocol: str, port: int | None, target: Target) -> Known:
    doubt: Unknown | None = None
    for rule in rules:
        if rule.direction == "egress":
            continue
        applies = _applies(rule, protocol, port, target)
        if applies is False:
            continue
        unsure = also(applies, rule.direction, rule.action)
        if rule.action == "deny":
            # Who is refused by a narrower rule may still be let in by a later one, from elsewhere.
            if unsure is None and _is_for_all(rule, target):
                return doubt or False
            continue
        wide = opens_to_internet(rule.sources)
        if wide is True and unsure is None:
            return doubt or True
        if wide is not False:
            doubt = doubt or also(unsure, wide)
    return doubt or False


def _applies(rule: Rule, protocol: str, port: int | None, target: Target) -> Known:
    return every([_is_protocol(rule, protocol), _has_port(rule, port), _is_to(rule, target)])


def _is_protocol(rule: Rule, protocol: str) -> Known:
    said: str | Unknown = rule.protocol
    return said if isinstance(said, Unknown) else said in ("any", protocol)


def _has_port(rule: Rule, port: int | None) -> Known:
    first, last = rule.from_port, rule.to_port
    if port is None or first is None or last is None:
        return True
    if isinstance(first, Unknown) or isinstance(last, Unknown):
        return also(first, last) or False
    return first <= port <= last


def _is_to(rule: Rule, target: Target) -> Known:
    if isinstance(rule.destinations, Unknown):
        return rule.destinations
    return some(_is_of(entry, target) for entry in rule.destinations)


def _is_of(entry: str | Unknown, target: Target) -> Known:
    if isinstance(entry, Unknown):
        return entry
    if entry.startswith(_GROUP):
        return key(entry.removeprefix(_GROUP)) in target.groups
    if entry.startswith(_TAG):
        # The address of a machine is one of its virtual network; no other tag has it.
        return entry.lower() == f"{_TAG}virtualnetwork"
    try:
        network = ip_network(entry)
    except ValueError:
        return Unknown(f"the destination {entry} is no range of addresses")
    if network.prefixlen == 0:
        return True
    if target.address is None:
        return Unknown("the private address is not known")
    return ip_address(target.address) in network
