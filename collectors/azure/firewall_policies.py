"""Azure Firewall: intrusion prevention (IDPS) and port mappings (DNAT) of a firewall, by its policy
and the policies that it inherits from, or by the rules of its own.

IDPS is a part of the Premium tier and off until it is set ("Azure Firewall Premium features"). A
policy is never weaker than the one it inherits from.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.azure.account import Account
from collectors.azure.calls import child
from collectors.azure.firewall_rules import Mode, forwards_of_rule, ips_mode, with_groups
from collectors.azure.ids import key
from collectors.azure.network_calls import (
    LIST_AZURE_FIREWALLS,
    LIST_FIREWALL_POLICIES,
    LIST_IP_GROUPS,
)
from collectors.document import Unknown
from collectors.facts.network import Forward

LIST_RULE_GROUPS = child(
    "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
    "FirewallPolicyRuleCollectionGroups_List",
    "{id}/ruleCollectionGroups",
    paged=True,
)
FIREWALL_CALLS = (LIST_AZURE_FIREWALLS, LIST_FIREWALL_POLICIES, LIST_IP_GROUPS)

Item = dict[str, Any]
_AWAY = Unknown("the firewall policy is not visible to this account")
_NO_GROUP = Unknown("the IP group is not visible to this account")


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
        found.append(_told(account, policy))
        wanted = (policy["properties"].get("basePolicy") or {}).get("id")
    return found


def _told(account: Account, policy: Item) -> Item:
    """A policy that names the addresses of the traffic that it does not inspect."""
    settings = policy["properties"].get("intrusionDetection") or {}
    rules = (settings.get("configuration") or {}).get("bypassTrafficSettings")
    if not rules:
        return policy
    written = [with_groups(rule, lambda id_: _addresses(account, id_)) for rule in rules]
    told = {**settings, "configuration": {"bypassTrafficSettings": written}}
    return {**policy, "properties": {**policy["properties"], "intrusionDetection": told}}


def _addresses(account: Account, group: str) -> list[Any]:
    """The addresses of an IP group, or why they are not known."""
    groups = account.resources(LIST_IP_GROUPS)
    if isinstance(groups, Unknown):
        return [groups]
    named = (one["properties"] for one in groups if key(one["id"]) == key(group))
    return next((list(one.get("ipAddresses") or ()) for one in named), [_NO_GROUP])


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
    told = (with_groups(rule, lambda id_: _addresses(account, id_)) for rule in rules)
    return [forward for rule in told for forward in forwards_of_rule(rule)]


def _nat_rules(group: Item) -> Iterator[Item]:
    for collection in group.get("ruleCollections") or ():
        if str(collection.get("ruleCollectionType")).lower() == "firewallpolicynatrulecollection":
            yield from collection.get("rules") or ()
