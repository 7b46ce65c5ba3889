"""What policies and rules of Azure Firewall do: intrusion prevention (IDPS) and port mappings
(DNAT), as ARM writes them. Pure; templates and live firewalls alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from ipaddress import ip_address, summarize_address_range
from typing import Any, Literal

from collectors.addresses import networks
from collectors.azure.security_rules import IPV4_ANY, IPV6_ANY, is_address, port_range
from collectors.document import Unknown
from collectors.facts.network import Forward
from collectors.logic import Known, every, some

Item = dict[str, Any]
Mode = Literal["block", "alert", "off"]

_MODES: dict[str, Mode] = {"deny": "block", "alert": "alert", "off": "off"}
_STRENGTH = ("off", "alert", "block")
BYPASSED = ("sourceAddresses", "destinationAddresses", "destinationPorts")
"""What a rule of traffic that is not inspected goes by, beside its protocol."""
_ALL = {"*", IPV4_ANY}
# A rule for TCP alone leaves nothing that an attack would need.
_WIDE = ("any", "tcp")
_NO_SOURCE = Unknown("the rule gives no source")
_GROUPS = {"sourceIpGroups": "sourceAddresses", "destinationIpGroups": "destinationAddresses"}
_PROTOCOLS = {"tcp": "tcp", "udp": "udp", "icmp": "icmp", "any": "any"}


def ips_mode(policies: list[Item] | Unknown) -> Mode | Unknown:
    """What intrusion prevention does with an attack."""
    if isinstance(policies, Unknown):
        return policies
    modes: list[Mode] = ["off"]
    for policy in policies:
        settings = policy["properties"].get("intrusionDetection") or {}
        text = settings.get("mode")
        if text is None:
            continue
        mode = _MODES.get(str(text).lower())
        if mode is None:
            return Unknown(f"the mode {text!r} of intrusion prevention is not understood")
        bypassed = _bypasses_all(settings) if mode != "off" else False
        if isinstance(bypassed, Unknown):
            return bypassed
        modes.append("off" if bypassed else mode)
    return max(modes, key=_STRENGTH.index)


def _bypasses_all(settings: Item) -> Known:
    """Whether a rule of what is not inspected takes in all traffic."""
    rules = (settings.get("configuration") or {}).get("bypassTrafficSettings") or ()
    return some(
        every((_is_wide(rule.get("protocol")), *(_has_all(rule.get(name)) for name in BYPASSED)))
        for rule in rules
    )


def _is_wide(protocol: Any) -> Known:
    return protocol if isinstance(protocol, Unknown) else str(protocol).lower() in _WIDE


def _has_all(values: Any) -> Known:
    """Whether addresses or ports are all there are."""
    if isinstance(values, Unknown):
        return values
    listed = list(values or ())
    if any(each in _ALL for each in listed if isinstance(each, str)):
        return True
    return next((each for each in listed if isinstance(each, Unknown)), False)


def with_groups(rule: Item, addresses_of: Callable[[Any], list[Any]]) -> Item:
    """A rule in which IP groups stand as the addresses that they hold."""
    told = dict(rule)
    for groups, addresses in _GROUPS.items():
        found = [one for group in told.pop(groups, None) or () for one in addresses_of(group)]
        if found:
            told[addresses] = [*(told.get(addresses) or ()), *found]
    return told


def forwards_of_rule(rule: Item) -> Iterator[Forward]:
    """The port mappings of a rule, one for each protocol and range of ports; policies say
    `ipProtocols` for `protocols`."""
    target = str(rule.get("translatedPort") or "")
    for protocol in rule.get("ipProtocols") or rule.get("protocols") or ():
        for ports in rule.get("destinationPorts") or ():
            first, last = port_range(str(ports))
            yield Forward(
                protocol=_PROTOCOLS.get(
                    str(protocol).lower(), Unknown(f"protocol {protocol!r} is not understood")
                ),
                from_port=first,
                to_port=last,
                target_port=int(target) if target.isdigit() and int(target) != first else None,
                source_ranges=list(_sources(rule)),  # type: ignore[arg-type]
            )


def _sources(rule: Item) -> Iterator[str | Unknown]:
    for text in rule.get("sourceAddresses") or [_NO_SOURCE]:
        yield from [text] if isinstance(text, Unknown) else _ranges(str(text))


def _ranges(text: str) -> Iterable[str | Unknown]:
    if text == "*":
        return [IPV4_ANY, IPV6_ANY]
    first, dash, last = text.partition("-")
    if not dash:
        return networks(text) if is_address(text) else [f"prefix-list:{text}"]
    try:
        ends = ip_address(first.strip()), ip_address(last.strip())
        return [str(network) for network in summarize_address_range(*ends)]
    except (ValueError, TypeError):
        return [Unknown(f"{text} is no range of addresses")]
