"""What the managed rule sets of a web ACL do: pure functions over wafv2:GetWebACL.

The core rule set decides on the mode where the web ACL has it, else every managed set. A set counts
where its action is overridden, or that of most of its rules is: a few are exceptions. A set that
looks at some requests only, other than by exceptions, cannot be judged, nor one behind a rule that
allows all requests from some countries, or all but some.
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
    lets requests through. `is_bypassed`: an earlier rule allows all requests from some countries,
    or all but some, which ends their inspection."""

    vendor: str
    name: str
    version: str | None
    counts: bool
    lax: frozenset[str]
    is_limited: bool
    is_bypassed: bool = False


def managed_sets(acl: Item) -> list[ManagedSet]:
    """The managed rule sets of a web ACL, those of Firewall Manager too."""
    allowing = [rule["Priority"] for rule in acl.get("Rules", []) if _allows_many(rule)]
    own = [
        _managed(rule, "Statement", any(first < rule["Priority"] for first in allowing))
        for rule in acl.get("Rules", [])
    ]
    # Groups of Firewall Manager come before all rules of one's own, or after them.
    central = [
        _managed(rule, "FirewallManagerStatement", bool(allowing) and place == "PostProcess")
        for place in ("PreProcess", "PostProcess")
        for rule in acl.get(f"{place}FirewallManagerRuleGroups", [])
    ]
    return [one for one in (*own, *central) if one]


def _allows_many(rule: Item) -> bool:
    return "Allow" in (rule.get("Action") or {}) and _is_wide(rule["Statement"])


def _is_wide(statement: Item) -> bool:
    """Whether a statement is met by all requests from some countries, or by all but some."""
    if "GeoMatchStatement" in statement or "NotStatement" in statement:
        return True
    if "OrStatement" in statement:
        return any(map(_is_wide, statement["OrStatement"]["Statements"]))
    parts = statement.get("AndStatement", {}).get("Statements", [])
    return bool(parts) and all(map(_is_wide, parts))


def _excepts_few(scope: Item) -> bool:
    """Whether a scope-down statement leaves all but a few exceptions."""
    left_out = scope.get("NotStatement")
    return left_out is not None and not _is_wide(left_out["Statement"])


def _managed(rule: Item, key: str, bypassed: bool) -> ManagedSet | None:
    """The managed set that a rule refers to; null where it is another rule."""
    statement: Item | None = rule[key].get("ManagedRuleGroupStatement")
    if statement is None:
        return None
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
        is_limited=bool(scope) and not _excepts_few(scope),
        is_bypassed=bypassed,
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
        if len(set(known) & one.lax) * 2 > len(known) or not known:
            return "count"
    if one.is_bypassed:
        return Unknown(f"requests that an earlier rule allows pass by the rule set {one.name}")
    if one.is_limited:
        return Unknown(f"the rule set {one.name} looks at some requests only")
    return "block"
