"""Rules of network security groups, as ARM writes them, in the order of their effect. Pure.

Without the built-in ones: those let in the virtual network and the load balancer, and let
everything out. They cannot be changed, and are what `default_ingress` and `default_egress` say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from typing import Any, cast

from collectors.addresses import networks
from collectors.document import Unknown
from collectors.facts.shared import Rule

IPV4_ANY, IPV6_ANY = "0.0.0.0/0", "::/0"

# ESP and AH are IANA protocols 50 and 51.
PROTOCOLS = {"tcp": "tcp", "udp": "udp", "icmp": "icmp", "*": "any", "esp": "50", "ah": "51"}
WITHOUT_PORTS = ("icmp", "50", "51")
ANYWHERE = ("*", "any", "internet")
NO_MACHINE = Unknown("0.0.0.0 is no machine's address: the rule may mean everyone")
"""CIS takes it for everyone, and nothing documents what Azure does; of a rule that denies it is no
denial for sure."""
DIRECTIONS = {"inbound": "ingress", "outbound": "egress"}
ACTIONS = {"allow": "allow", "deny": "deny"}

_LAST = 1 << 16
Item = dict[str, Any]
Port = int | Unknown | None


def rules_of(security_rules: Sequence[Item]) -> list[Rule]:
    """Rules by priority, the lowest number first. One of the neutral kind for each port range that
    an Azure rule lists; its addresses are all of one rule."""
    rules = [rule for item in security_rules for rule in _rules(item["properties"])]
    return sorted(
        rules, key=lambda rule: rule.priority if isinstance(rule.priority, int) else _LAST
    )


def choice(text: Any, words: dict[str, str], what: str) -> Any:
    """A word of Azure's, in any case, as the neutral one."""
    found = words.get(text.lower()) if isinstance(text, str) else None
    return found or Unknown(f"{what} {text!r} is not understood")


def port_range(text: str) -> tuple[int | Unknown, int | Unknown]:
    """ "22" is one port, "1000-2000" a range, "*" every port."""
    text = text.strip()
    if text == "*":
        return 0, 65535
    first, _, last = text.partition("-")
    if first.strip().isdigit() and (last or first).strip().isdigit():
        return int(first), int(last or first)
    unknown = Unknown(f"the port range {text!r} is not understood")
    return unknown, unknown


def is_address(text: str) -> bool:
    """Whether a prefix is an address or a range of them, and no service tag."""
    return text[:1].isdigit() or ":" in text


def is_no_machine(text: str) -> bool:
    """Whether a prefix is the address that stands for none."""
    try:
        return ip_address(text.strip()).is_unspecified
    except ValueError:
        return False


def far_side(prefixes: Sequence[str]) -> tuple[list[str | Unknown], list[str]]:
    """The ranges of one side, and the words that stood for everywhere. A service tag is a list of
    Microsoft's: `prefix-list:<tag>`."""
    found: list[str | Unknown] = []
    words: list[str] = []
    for prefix in prefixes:
        if prefix.lower() in ANYWHERE:
            words.append(prefix)
            found += [IPV4_ANY, IPV6_ANY]
        elif is_no_machine(prefix):
            found.append(NO_MACHINE)
        else:
            found += networks(prefix) if is_address(prefix) else [f"prefix-list:{prefix}"]
    return list(dict.fromkeys(found)), words


def _rules(values: Item) -> Iterator[Rule]:
    protocol = choice(values.get("protocol"), PROTOCOLS, "protocol")
    direction = choice(values.get("direction"), DIRECTIONS, "direction")
    sources, from_words = _side(values, "source")
    destinations, to_words = _side(values, "destination")
    words = list(dict.fromkeys(to_words if direction == "egress" else from_words))
    text = str(values.get("description") or "")
    if words:
        text = ", ".join(words) + (f": {text}" if text else "")
    for first, last in _ports(values, protocol):
        yield Rule(
            direction=direction,
            action=_action(values),
            priority=values.get("priority") or Unknown("the rule gives no priority"),
            protocol=protocol,
            from_port=first,
            to_port=last,
            sources=cast("list[str]", sources),
            destinations=cast("list[str]", destinations),
            description=text,
        )


def _side(values: Item, side: str) -> tuple[list[str | Unknown], list[str]]:
    found, words = far_side(_listed(values, f"{side}AddressPrefix", f"{side}AddressPrefixes"))
    groups = values.get(f"{side}ApplicationSecurityGroups") or []
    found += [f"group:{group['id']}" for group in groups]
    return found or [Unknown(f"the rule gives no {side}")], words


def _action(values: Item) -> Any:
    """Allow or deny. What is denied from some source ports only is not denied: a client chooses its
    own source port, so that such a rule must not hide one that allows."""
    action = choice(values.get("access"), ACTIONS, "access")
    if action == "deny" and set(_listed(values, "sourcePortRange", "sourcePortRanges")) - {
        "*",
        "0-65535",
    }:
        return Unknown("the rule denies some source ports only")
    return action


def _ports(values: Item, protocol: str | Unknown) -> list[tuple[Port, Port]]:
    """The destination ports as ranges, `(None, None)` for a protocol that has none."""
    if protocol in WITHOUT_PORTS:
        return [(None, None)]
    listed = _listed(values, "destinationPortRange", "destinationPortRanges")
    missing = Unknown("the rule gives no ports")
    return [port_range(text) for text in listed] or [(missing, missing)]


def _listed(values: Item, one: str, many: str) -> list[str]:
    """What a rule gives in the singular or the plural; ARM leaves the other one empty."""
    return [str(text) for text in (values.get(one), *(values.get(many) or ())) if text]
