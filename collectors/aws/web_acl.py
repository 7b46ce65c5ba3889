"""What the managed rule sets of a web ACL do: pure functions over wafv2:GetWebACL.

The core rule set decides on the mode where the web ACL has it, else every managed set. A set counts
where its action is overridden, or that of each of its rules is. One that looks at some requests
only, other than by exceptions, cannot be judged.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from collectors.document import Unknown

Item = dict[str, Any]
Mode = Literal["block", "count"]

_CORE = "CommonRuleSet"
_LAX = {"Count", "Allow"}


class ManagedSet(Struct, frozen=True):
    """A managed rule set in a web ACL. `lax` are its rules whose action is overridden by one that
    lets requests through."""

    vendor: str
    name: str
    version: str | None
    counts: bool
    lax: frozenset[str]
    is_limited: bool


def managed_sets(acl: Item) -> list[ManagedSet]:
    """The managed rule sets of a web ACL, those of Firewall Manager too."""
    statements = [
        (rule["Statement"].get("ManagedRuleGroupStatement"), rule) for rule in acl.get("Rules", [])
    ] + [
        (rule["FirewallManagerStatement"].get("ManagedRuleGroupStatement"), rule)
        for place in ("PreProcess", "PostProcess")
        for rule in acl.get(f"{place}FirewallManagerRuleGroups", [])
    ]
    return [_managed(statement, rule) for statement, rule in statements if statement]


def _managed(statement: Item, rule: Item) -> ManagedSet:
    overridden = {
        one["Name"]
        for one in statement.get("RuleActionOverrides", [])
        if _LAX & one["ActionToUse"].keys()
    }
    scope = statement.get("ScopeDownStatement") or {}
    return ManagedSet(
        vendor=statement["VendorName"],
        name=statement["Name"],
        version=statement.get("Version"),
        counts="Count" in (rule.get("OverrideAction") or {}),
        lax=frozenset(overridden | {one["Name"] for one in statement.get("ExcludedRules", [])}),
        is_limited=bool(scope) and "NotStatement" not in scope,
    )


def mode(sets: list[ManagedSet], rules: dict[str, list[str] | Unknown]) -> Mode | Unknown:
    """The mode of a web ACL; `rules` has the names of the rules of each set that has overrides of
    single rules, by the name of the set."""
    core = [one for one in sets if _CORE in one.name] or sets
    if not core:
        return "count"
    found = [_mode(one, rules) for one in core]
    if "count" in found:
        return "count"
    for one in found:
        if isinstance(one, Unknown):
            return one
    return "block"


def _mode(one: ManagedSet, rules: dict[str, list[str] | Unknown]) -> Mode | Unknown:
    if one.counts:
        return "count"
    if one.lax:
        known = rules[one.name]
        if isinstance(known, Unknown):
            return known
        if not set(known) - one.lax:
            return "count"
    if one.is_limited:
        return Unknown(f"the rule set {one.name} looks at some requests only")
    return "block"
