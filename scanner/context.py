"""What only the configuration knows of a resource: `input.context` of the checks.

    systems_declared    whether mlps.yaml declares systems
    allowed_regions     regions that stand in place of "the mainland regions"; empty: the mainland
    allowed_accounts    other accounts that may have rights or data
    admin_ranges        CIDRs from which administration is allowed; empty: not declared
    key_manager         who must manage keys; null: not declared
    label_tags          the tags that carry security labels
    references          what the resource's rules and peers point to, with its system and level

A first pass over the snapshot indexes the ids of firewalls and networks, and address ranges, with
the systems that they belong to. A reference to what the snapshot does not hold has no system and no
level: it is unknown there, never passed over.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from collectors.document import Document
from scanner.config import Config, Rules, System

IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network
_Owners = set[str | None]
_Ranges = dict[IPNetwork, _Owners]
"""Address ranges, with the names of the systems that they belong to."""

_NOT_FOUND = "the resource that it refers to is not in the snapshot"
_NO_SYSTEM = "it belongs to no declared system"
_PUBLIC_IPV6 = ipaddress.IPv6Network("2000::/3")
_NARROWEST_INTERNET = 8
"""Shorter IPv4 prefixes stand for the internet, as in policies/lib/network.rego."""


class Reference(Struct, kw_only=True):
    """What a resource points to, `to` as written there: the source at number `source` of the rule
    at number `rule`, or the far side of the peer at number `peer`. `system` and `level` are absent
    where what it points to is not known."""

    to: str
    rule: int | msgspec.UnsetType = msgspec.UNSET
    source: int | msgspec.UnsetType = msgspec.UNSET
    peer: int | msgspec.UnsetType = msgspec.UNSET
    system: str | msgspec.UnsetType = msgspec.UNSET
    level: int | msgspec.UnsetType = msgspec.UNSET


class Context(Struct, kw_only=True):
    """The whole, as checks see it."""

    systems_declared: bool = False
    allowed_regions: list[str] = []
    allowed_accounts: list[str] = []
    admin_ranges: list[str] = []
    key_manager: str | None = None
    label_tags: list[str] = []
    references: list[Reference] = []


class Annotated(Struct, frozen=True):
    """The context of one document, and the reasons for what is not known of its references."""

    context: Context
    unknown: dict[str, str]


class Index:
    """Where references lead: ids and address ranges with the systems that they belong to.

    None stands among the systems of what belongs to none, or to none for certain.
    """

    def __init__(self) -> None:
        self._systems: dict[str, System] = {}
        self._by_id: dict[str, _Owners] = {}
        self._ranges: _Ranges = {}
        self._by_network: dict[str, _Ranges] = {}
        self._answers: dict[tuple[str, str], _Owners | None] = {}

    def learn(self, document: Document, systems: tuple[System, ...]) -> None:
        """Note a document that references may lead to; every one before the first question."""
        self._systems |= {system.name: system for system in systems}
        here: _Owners = {system.name for system in systems} or {None}
        if document.type in {"network.firewall", "network.vpc"} and not document.unlisted:
            for name in _names(document):
                self._by_id.setdefault(name, set()).update(here)
        if document.type in {"network.vpc", "network.subnet"}:
            network = document.facts.get("vpc_id")
            inside = {network} if isinstance(network, str) else set()
            for cidr in _networks(document.facts.get("cidrs")):
                self._ranges.setdefault(cidr, set()).update(here)
                for of in _names(document) if document.type == "network.vpc" else inside:
                    ranges = self._by_network.setdefault(of, {})
                    ranges.setdefault(cidr, set()).update(here)

    def resolve(self, to: str, network: str | None) -> _Owners | None:
        """The systems that a group, a network's id or a range leads to; None if it leads nowhere
        that the snapshot knows. A range within the resource's own network leads there alone."""
        key = (to, network or "")
        if key not in self._answers:
            self._answers[key] = self._resolve(to, network)
        return self._answers[key]

    def _resolve(self, to: str, network: str | None) -> _Owners | None:
        cidr = _network(to)
        if cidr is None:
            return self._by_id.get(to)
        own = self._by_network.get(network or "", {})
        if any(_is_within(cidr, known) for known in own):
            return _owners(own, cidr)
        found = _owners(self._ranges, cidr)
        # Equal ranges of several networks, and which of them is meant is not known.
        return {None} if found and len(found) > 1 and network is None else found

    def system(self, name: str) -> System:
        """A system that a reference leads to."""
        return self._systems[name]

    def all(self) -> _Owners:
        """Every system that stands somewhere."""
        return set(self._systems)


def annotate(document: Document, system: System | None, config: Config, index: Index) -> Annotated:
    """The context of a document that is judged for a system; None where none is declared."""
    references: list[Reference] = []
    unknown: dict[str, str] = {}
    network = document.facts.get("vpc_id")
    for pointer in _pointers(document) if config.systems else ():
        cidr = _network(pointer.to)
        if cidr is not None and _is_internet(cidr):
            found: _Owners | None = index.all()
        else:
            found = index.resolve(pointer.to, network if isinstance(network, str) else None)
        if found is None and cidr is not None and not cidr.is_private:
            continue  # a public address outside of every network here: no other system's
        for level, names in _by_level(found or set(), index).items():
            references.append(msgspec.structs.replace(pointer, system=names, level=level))
        if not found or None in found:
            reason = _NOT_FOUND if found is None else _NO_SYSTEM
            place = f"context/references/{len(references)}/level"
            unknown[place] = f"{pointer.to}: {reason}"
            references.append(pointer)
    return Annotated(_of_rules(config.rules_of(system), config, references), unknown)


def _by_level(found: _Owners, index: Index) -> dict[int, str]:
    """The levels that a reference leads to, each with the names of its systems."""
    levels: dict[int, list[str]] = {}
    for name in sorted(name for name in found if name is not None):
        levels.setdefault(index.system(name).level, []).append(name)
    return {level: ", ".join(names) for level, names in sorted(levels.items())}


def _of_rules(rules: Rules, config: Config, references: list[Reference]) -> Context:
    return Context(
        systems_declared=bool(config.systems),
        allowed_regions=rules.allowed_regions or [],
        allowed_accounts=rules.allowed_accounts or [],
        admin_ranges=rules.admin_ranges or [],
        key_manager=rules.key_manager,
        label_tags=rules.label_tags or [],
        references=references,
    )


def _pointers(document: Document) -> Iterator[Reference]:
    """What the facts of a document point to: the sources of rules that allow, the far sides of
    peerings. A group of itself is the document's own system, and no reference."""
    for index, rule in enumerate(_list(document.facts.get("rules"))):
        if not isinstance(rule, dict) or rule.get("action") != "allow":
            continue
        if rule.get("direction") != "ingress":
            continue
        for number, source in enumerate(_list(rule.get("sources"))):
            if isinstance(source, str) and source != "group:self":
                to = source.removeprefix("group:")
                yield Reference(rule=index, source=number, to=to)
    for index, peer in enumerate(_list(document.facts.get("peers"))):
        yield from (Reference(peer=index, to=to) for to in _far_side(peer))


def _far_side(peer: Any) -> list[str]:
    """The id of the far network, else its ranges; "?" where neither is known."""
    if not isinstance(peer, dict):
        return ["?"]
    if isinstance(peer.get("vpc_id"), str):
        return [peer["vpc_id"]]
    return [cidr for cidr in _list(peer.get("cidrs")) if isinstance(cidr, str)] or ["?"]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_internet(cidr: IPNetwork) -> bool:
    """As policies/lib/network.rego has it."""
    if isinstance(cidr, ipaddress.IPv4Network):
        return cidr.prefixlen < _NARROWEST_INTERNET
    return cidr.prefixlen <= 16 and cidr.overlaps(_PUBLIC_IPV6)


def _is_within(cidr: IPNetwork, other: IPNetwork) -> bool:
    if isinstance(cidr, ipaddress.IPv4Network):
        return isinstance(other, ipaddress.IPv4Network) and cidr.subnet_of(other)
    return isinstance(other, ipaddress.IPv6Network) and cidr.subnet_of(other)


def _owners(ranges: _Ranges, cidr: IPNetwork) -> _Owners | None:
    """The systems of the narrowest range that holds all of `cidr`, and of those that lie in it;
    None if no range does either."""
    around = [known for known in ranges if _is_within(cidr, known)]
    narrowest = max((known.prefixlen for known in around), default=0)
    found = [
        names
        for known, names in ranges.items()
        if (known in around and known.prefixlen == narrowest) or _is_within(known, cidr)
    ]
    return set().union(*found) if found else None


def _names(document: Document) -> set[str]:
    """An id, and the short one that other resources use: `sg-0a1` of its ARN. Azure's short names
    are not unique, and a template refers by whole ones."""
    if document.provider == "azure" or document.source is not None:
        return {document.id}
    return {document.id, document.id.rpartition("/")[2]}


def _networks(cidrs: Any) -> Iterator[IPNetwork]:
    for text in _list(cidrs):
        cidr = _network(text) if isinstance(text, str) else None
        if cidr is not None:
            yield cidr


def _network(text: str) -> IPNetwork | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
