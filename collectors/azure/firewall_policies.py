"""Azure Firewall: intrusion prevention (IDPS) and port mappings (DNAT) of a firewall, by its policy
and the policies that it inherits from, or by the rules of its own.

IDPS is a part of the Premium tier and off until it is set ("Azure Firewall Premium features"). A
policy is never weaker than the one it inherits from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import ip_address, summarize_address_range
from typing import Any, Literal

from collectors.addresses import networks
from collectors.azure.account import Account
from collectors.azure.calls import child
from collectors.azure.ids import key
from collectors.azure.network_calls import LIST_AZURE_FIREWALLS, LIST_FIREWALL_POLICIES
from collectors.azure.security_rules import IPV4_ANY, IPV6_ANY, is_address, port_range
from collectors.document import Unknown
from collectors.facts.network import Forward

LIST_RULE_GROUPS = child(
    "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
    "FirewallPolicyRuleCollectionGroups_List",
    "{id}/ruleCollectionGroups",
    paged=True,
)
FIREWALL_CALLS = (LIST_AZURE_FIREWALLS, LIST_FIREWALL_POLICIES)

Item = dict[str, Any]
Mode = Literal["block", "alert", "off"]

_MODES: dict[str, Mode] = {"deny": "block", "alert": "alert", "off": "off"}
_STRENGTH = ("off", "alert", "block")
_PROTOCOLS = {"tcp": "tcp", "udp": "udp", "icmp": "icmp", "any": "any"}
_AWAY = Unknown("the firewall policy is not visible to this account")


def policies_of(account: Account, firewall: Item) -> list[Item] | Unknown:
    """The policy of a firewall and those that it inherits from; none with rules of its own."""
    wanted = (firewall["properties"].get("firewallPolicy") or {}).get("id")
    if not wanted:
        return []
    known = account.resources(LIST_FIREWALL_POLICIES)
    if isinstance(known, Unknown):
        return known
    index = {key(one["id"]): one for one in known}
    found: list[Item] = []
    while wanted:
        policy = index.pop(key(wanted), None)
        if policy is None:
            return _AWAY
        found.append(policy)
        wanted = (policy["properties"].get("basePolicy") or {}).get("id")
    return found


def ips_mode(policies: list[Item] | Unknown) -> Mode | Unknown:
    """What intrusion prevention does with an attack."""
    if isinstance(policies, Unknown):
        return policies
    modes: list[Mode] = ["off"]
    for policy in policies:
        text = (policy["properties"].get("intrusionDetection") or {}).get("mode")
        if text is None:
            continue
        mode = _MODES.get(str(text).lower())
        if mode is None:
            return Unknown(f"the mode {text!r} of intrusion prevention is not understood")
        modes.append(mode)
    return max(modes, key=_STRENGTH.index)


def mode_of_firewall(account: Account, id_: str) -> Mode | Unknown:
    """Intrusion prevention of the firewall with an id."""
    firewalls = account.resources(LIST_AZURE_FIREWALLS)
    if isinstance(firewalls, Unknown):
        return firewalls
    for firewall in firewalls:
        if key(firewall["id"]) == key(id_):
            return ips_mode(policies_of(account, firewall))
    return Unknown("the firewall is not visible to this account")


def forwards_of(
    account: Account, firewall: Item, policies: list[Item] | Unknown
) -> list[Forward] | Unknown:
    """The port mappings of a firewall."""
    if isinstance(policies, Unknown):
        return policies
    rules = [
        rule
        for collection in firewall["properties"].get("natRuleCollections") or ()
        for rule in collection["properties"].get("rules") or ()
    ]
    for policy in policies:
        groups = account.listed(LIST_RULE_GROUPS, id=policy["id"])
        if isinstance(groups, Unknown):
            return groups
        rules += [rule for group in groups for rule in _nat_rules(group["properties"])]
    return [forward for rule in rules for forward in forwards_of_rule(rule)]


def _nat_rules(group: Item) -> Iterator[Item]:
    for collection in group.get("ruleCollections") or ():
        if str(collection.get("ruleCollectionType")).lower() == "firewallpolicynatrulecollection":
            yield from collection.get("rules") or ()


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
    for text in rule.get("sourceAddresses") or ():
        yield from _ranges(str(text))
    if not rule.get("sourceAddresses") and not rule.get("sourceIpGroups"):
        yield Unknown("the rule gives no source")
    if rule.get("sourceIpGroups"):
        yield Unknown("the addresses of IP groups are not read")


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
