"""Alert processing rules of Azure Monitor: they take all action groups from alerts that were fired,
or add some. Whom an alert rule tells is decided with them.

A rule is for alerts on resources in its scopes that all of its conditions match; what takes groups
away wins ("Alert processing rules"). Alerts of Service Health are not processed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from collectors.azure.account import Account
from collectors.azure.alert_actions import LIST_ACTION_GROUPS, telling, told_by, types_of
from collectors.azure.alert_schedules import in_force
from collectors.azure.calls import listing, type_of_path
from collectors.azure.ids import key
from collectors.document import Unknown, also, then
from collectors.logic import Known, every, negated, some

LIST_PROCESSING_RULES = listing(
    "Microsoft.AlertsManagement/actionRules",
    "AlertProcessingRules_ListBySubscription",
    # Resource Graph has them as older versions of the API wrote them.
    graphed=False,
)
LISTENER_CALLS = (LIST_ACTION_GROUPS, LIST_PROCESSING_RULES)

Item = dict[str, Any]

_REMOVES, _ADDS = "removeallactiongroups", "addactiongroups"
_PART = Unknown("an alert processing rule silences a part of what the alert rule watches")
_AT_HOURS = Unknown("an alert processing rule silences the alert rule at some hours")
_AT_TIMES = Unknown("an alert processing rule adds action groups at some times alone")
_CONDITION = Unknown("a condition of an alert processing rule is not evaluated")
_TARGET = Unknown(
    "what an alert of the rule is about is not told, and alerts may be silenced by it"
)


class Listeners(Struct, frozen=True, kw_only=True):
    """Who hears alerts of a subscription: `groups` are the keys of the action groups that tell
    somebody, `processing` the rules that change which of them an alert has."""

    subscription: str
    groups: set[str] | Unknown
    processing: list[Item] | Unknown

    def hear(self, rule: Item, targets: Iterable[str]) -> list[str] | Unknown:
        """The action groups that tell somebody of an alert of a rule, whichever of some resources
        it is about. Unknown where they differ."""
        heard = [self._hear(rule, target) for target in targets] or [self._hear(rule, "")]
        doubt = also(None, *heard)
        if doubt or all(one == heard[0] for one in heard):
            return doubt or heard[0]
        return _PART

    def _hear(self, rule: Item, target: str) -> list[str] | Unknown:
        own = told_by(rule["properties"], self.groups, self.subscription)
        if _is_exempt(rule):
            return own
        if isinstance(self.processing, Unknown):
            return self.processing
        muted = some(
            _while_in_force(one, _concerns(one, rule, target))
            for one in self.processing
            if _acts(one, _REMOVES)
        )
        if muted is True:
            return []
        added = [self._added(one, rule, target) for one in self.processing if _acts(one, _ADDS)]
        every_ = [own, *added]
        found = [id_ for one in every_ if not isinstance(one, Unknown) for id_ in one]
        doubt = also(None, *every_)
        if found:
            return muted if isinstance(muted, Unknown) else list(dict.fromkeys(found))
        return doubt or []

    def _added(self, processing: Item, rule: Item, target: str) -> list[str] | Unknown:
        concerns = _concerns(processing, rule, target)
        when = in_force(processing.get("schedule"), _now())
        if concerns is False or when == "never":
            return []
        ids = [
            str(id_)
            for action in processing.get("actions") or ()
            for id_ in action.get("actionGroupIds") or ()
        ]
        whom = told_by({"actions": {"actionGroups": ids}}, self.groups, self.subscription)
        if not whom or isinstance(whom, Unknown):
            return whom
        doubt = also(concerns, when)
        return doubt or (whom if when == "always" else _AT_TIMES)


def listeners(account: Account) -> Listeners:
    """Who hears alerts of the subscription."""
    rules = account.resources(LIST_PROCESSING_RULES)
    return Listeners(
        subscription=account.id,
        groups=telling(account),
        processing=rules
        if isinstance(rules, Unknown)
        else [one["properties"] for one in rules if one["properties"].get("enabled") is not False],
    )


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _is_exempt(rule: Item) -> bool:
    conditions = (rule["properties"].get("condition") or {}).get("allOf") or ()
    return any(
        str(one.get("field")).lower() == "category"
        and str(one.get("equals")).lower() == "servicehealth"
        for one in conditions
    )


def _acts(processing: Item, kind: str) -> bool:
    actions = processing.get("actions") or ()
    return any(str(one.get("actionType")).lower() == kind for one in actions)


def _while_in_force(processing: Item, concerns: Known) -> Known:
    """Whether a rule that concerns an alert silences it: at all times, or not yet; what happens in
    the hours that it does so for goes unheard, and whether that will do is not decided here."""
    when = in_force(processing.get("schedule"), _now())
    silent = _AT_HOURS if when == "sometimes" else then(when, lambda word: word == "always")
    return every((concerns, silent))


def _concerns(processing: Item, rule: Item, target: str) -> Known:
    """Whether a processing rule is for the alerts of an alert rule on a resource."""
    matched = [_matches(one, rule, target) for one in processing.get("conditions") or ()]
    return every((*matched, _in_scope(processing, rule, key(target))))


def _in_scope(processing: Item, rule: Item, target: str) -> Known:
    scopes = [key(str(one)) for one in processing.get("scopes") or ()]
    if any(target == one or target.startswith(f"{one}/") for one in scopes):
        return True
    if any(one.startswith(f"{target}/") for one in scopes):
        return _PART
    criteria = rule["properties"].get("criteria")
    tests = criteria.get("allOf") or () if isinstance(criteria, dict) else ()
    return _TARGET if any(one.get("resourceIdColumn") for one in tests) else False


def _matches(condition: Item, rule: Item, target: str) -> Known:
    value = _value(str(condition.get("field")).lower(), rule, target)
    test = _OPERATORS.get(str(condition.get("operator")).lower())
    if isinstance(value, Unknown) or test is None:
        return _CONDITION
    return test(value, [key(str(one)) for one in condition.get("values") or ()])


def _contains(value: str, wanted: list[str]) -> Known:
    return any(one in value for one in wanted)


def _equals(value: str, wanted: list[str]) -> Known:
    return value in wanted


_OPERATORS: dict[str, Callable[[str, list[str]], Known]] = {
    "equals": _equals,
    "notequals": lambda value, wanted: negated(_equals(value, wanted)),
    "contains": _contains,
    "doesnotcontain": lambda value, wanted: negated(_contains(value, wanted)),
}


def _value(field: str, rule: Item, target: str) -> str | Unknown:
    """What an alert of a rule has in a field, in lower case: as far as the rule tells it."""
    properties = rule["properties"]
    match field:
        case "alertruleid":
            return key(str(rule["id"]))
        case "alertrulename":
            return str(rule["name"]).lower()
        case "description":
            return str(properties.get("description") or "").lower()
        case "monitorcondition":
            return "fired"
        case "severity" if isinstance(properties.get("severity"), int):
            return f"sev{properties['severity']}"
        case "targetresource" if type_of_path(target):
            return key(target)
        case "targetresourcetype":
            named = types_of(properties)
            of_target = type_of_path(target).lower() or (named[0] if len(named) == 1 else "")
            return of_target or _CONDITION
    return _CONDITION
