"""What the managed rule sets of a web ACL do: pure functions over wafv2:GetWebACL.

The core rule set decides on the mode where the web ACL has it, else every managed set. A set counts
where its action is overridden, or that of most of its rules is: a few are exceptions. A set that
looks at some requests only, other than by exceptions, cannot be judged, nor one behind a rule that
allows many requests; behind one that allows all of them it blocks nothing.
"""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from collectors.aws.allowed_requests import Reach, Sources, allowed_by, reach
from collectors.document import Unknown

Item = dict[str, Any]
Mode = Literal["block", "count"]

NOTHING_READ = Sources()
_CENTRAL = "FirewallManagerStatement"
_CORE = "CommonRuleSet"
_LAX = {"Count", "Allow"}


class ManagedSet(Struct, frozen=True):
    """A managed rule set in a web ACL. `lax` are its rules whose action is overridden by one that
    lets requests through. `is_bypassed`: an earlier rule allows many requests, or whoever wants
    to can be among them, which ends their inspection."""

    vendor: str
    name: str
    version: str | None
    counts: bool
    lax: frozenset[str]
    is_limited: bool
    is_bypassed: bool = False


def managed_sets(acl: Item, sources: Sources = NOTHING_READ) -> list[ManagedSet]:
    """The managed rule sets of a web ACL, those of Firewall Manager too. Requests that a rule
    before a set allows are not inspected by it."""
    ordered: list[tuple[Item, str]] = [
        *((one, _CENTRAL) for one in acl.get("PreProcessFirewallManagerRuleGroups", [])),
        *((one, "Statement") for one in sorted(acl.get("Rules", []), key=_priority)),
        *((one, _CENTRAL) for one in acl.get("PostProcessFirewallManagerRuleGroups", [])),
    ]
    found: list[ManagedSet] = []
    allowed: set[Reach] = set()
    for rule, key in ordered:
        # What a rule of the set itself allows is not inspected by its other rules either.
        allowed.add(allowed_by(rule, sources, key))
        one = _managed(rule, key, allowed, sources)
        if one:
            found.append(one)
    return found


def _priority(rule: Item) -> Any:
    return rule.get("Priority", 0)


def _excepts_few(scope: Item, sources: Sources) -> bool:
    """Whether a scope-down statement leaves all but a few exceptions."""
    left_out = scope.get("NotStatement")
    return left_out is not None and reach(left_out["Statement"], sources) == "few"


def _managed(rule: Item, key: str, allowed: set[Reach], sources: Sources) -> ManagedSet | None:
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
        # Where everything is allowed before, nothing is left to block.
        counts="Count" in (rule.get("OverrideAction") or {}) or "all" in allowed,
        lax=frozenset(overridden | {one["Name"] for one in statement.get("ExcludedRules", [])}),
        is_limited=bool(scope) and not _excepts_few(scope, sources),
        is_bypassed="many" in allowed,
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
