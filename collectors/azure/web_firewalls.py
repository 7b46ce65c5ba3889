"""Which web application firewall stands before an application gateway. Pure but for the list."""

from __future__ import annotations

from typing import Any

from collectors.azure.calls import listing
from collectors.azure.ids import key
from collectors.document import Unknown

NATIVE = "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies"
LIST_GATEWAY_POLICIES = listing(NATIVE, "WebApplicationFirewallPolicies_ListAll")

Item = dict[str, Any]


def policy_ids(gateway: Item) -> list[str]:
    """The policies of a gateway: its own, those of listeners, those of paths."""
    properties = gateway["properties"]
    holders = [properties, *(one["properties"] for one in properties.get("httpListeners") or ())]
    for path_map in properties.get("urlPathMaps") or ():
        holders += [one["properties"] for one in path_map["properties"].get("pathRules") or ()]
    found = [one["id"] for holder in holders if (one := holder.get("firewallPolicy"))]
    return list({key(id_): id_ for id_ in found}.values())


def is_on(policy: Item) -> bool | Unknown:
    """Whether a policy is enabled, whatever it does with an attack."""
    settings = policy["properties"].get("policySettings") or {}
    state = settings.get("state") or settings.get("enabledState")
    words = {"enabled": True, "disabled": False}
    return words.get(str(state).lower(), Unknown("the WAF policy does not tell its state"))


def waf_of(gateway: Item, policies: list[Item] | Unknown) -> str | Unknown | None:
    """The firewall before all listeners of a gateway: its policy, or the gateway itself with
    settings of its own (before policies). Null where there is none, or it is off.

    A gateway with policies of single listeners alone leaves the others open.
    """
    properties = gateway["properties"]
    own = (properties.get("firewallPolicy") or {}).get("id")
    if own:
        return _when_on(own, policies)
    old = own_settings(gateway)
    if old:
        return str(gateway["id"]) if old.get("enabled") is True else None
    listeners = [one["properties"] for one in properties.get("httpListeners") or ()]
    ids = [(one.get("firewallPolicy") or {}).get("id") for one in listeners]
    if not ids or not all(ids):
        return None
    found = [_when_on(str(id_), policies) for id_ in ids]
    doubts = [one for one in found if isinstance(one, Unknown)]
    if None in found:
        return None
    return doubts[0] if doubts else found[0]


def own_settings(gateway: Item) -> Item | None:
    """The settings of a gateway's own firewall; null where it has none, or a policy overrides
    them."""
    properties = gateway["properties"]
    found: Item = properties.get("webApplicationFirewallConfiguration") or {}
    return None if properties.get("firewallPolicy") else found or None


def _when_on(id_: str, policies: list[Item] | Unknown) -> str | Unknown | None:
    if isinstance(policies, Unknown):
        return policies
    for policy in policies:
        if key(policy["id"]) == key(id_):
            on = is_on(policy)
            return on if isinstance(on, Unknown) else id_ if on else None
    return Unknown("the WAF policy is not visible to this account")
