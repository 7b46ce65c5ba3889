"""Whom the alert rules of Azure Monitor tell: action groups that are on and have a receiver who did
not unsubscribe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.azure.account import Account
from collectors.azure.calls import listing
from collectors.azure.ids import key, subscription_of
from collectors.document import Unknown, then

LIST_ACTION_GROUPS = listing("Microsoft.Insights/actionGroups", "ActionGroups_ListBySubscriptionId")

Item = dict[str, Any]

_ELSEWHERE = Unknown("an action group of the alert rule is in another subscription")


def telling(account: Account) -> set[str] | Unknown:
    """The keys of the action groups that tell somebody."""
    return then(account.resources(LIST_ACTION_GROUPS), telling_of)


def telling_of(groups: list[Item]) -> set[str]:
    """The keys of the groups among these that tell somebody."""
    return {key(group["id"]) for group in groups if tells(group["properties"])}


def tells(group: Item) -> bool:
    """Whether an action group, given its properties, is on and has a receiver. People who get mails
    or messages can unsubscribe: their status is then disabled."""
    receivers = [
        one for name, value in group.items() if name.endswith("Receivers") for one in value or ()
    ]
    return group.get("enabled") is True and any(
        str(one.get("status")).lower() != "disabled" for one in receivers
    )


def groups_of(rule: Item) -> Iterator[str]:
    """The ids of the action groups of a rule, given its properties: metric alerts list them, others
    under `actionGroups`, by ids or by objects with one."""
    actions = rule.get("actions") or []
    for one in actions.get("actionGroups") or () if isinstance(actions, dict) else actions:
        id_ = one if isinstance(one, str) else one.get("actionGroupId")
        if id_:
            yield str(id_)


def told_by(rule: Item, groups: set[str] | Unknown, subscription: str) -> list[str] | Unknown:
    """The action groups of a rule that tell somebody; unknown where none does that is read, and one
    is another subscription's."""
    if isinstance(groups, Unknown):
        return groups
    named = list(groups_of(rule))
    found = [id_ for id_ in named if key(id_) in groups]
    foreign = any(subscription_of(id_) != subscription.lower() for id_ in named)
    return _ELSEWHERE if foreign and not found else found


def types_of(rule: Item) -> list[str]:
    """The types of resource, in lower case, that a rule on many resources names."""
    named = (rule.get("targetResourceType"), *(rule.get("targetResourceTypes") or ()))
    return [str(one).lower() for one in named if one]
