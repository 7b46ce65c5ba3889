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
from collectors.azure.firewall_rules import Mode, forwards_of_rule, ips_mode
from collectors.azure.ids import key
from collectors.azure.network_calls import LIST_AZURE_FIREWALLS, LIST_FIREWALL_POLICIES
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
