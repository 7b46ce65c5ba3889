"""Alarm rules of CloudMonitor: what they watch, and whom they tell.

A rule tells somebody through a contact group that has a contact with a confirmed channel, or
through a webhook. It watches resources by their ids, all of a product, or an application group.
"""

from __future__ import annotations

import json
from typing import Any

from msgspec import Struct

from collectors.aliyun.account import Account
from collectors.aliyun.cms_calls import (
    DESCRIBE_CONTACT_GROUPS,
    DESCRIBE_CONTACTS,
    DESCRIBE_GROUP_INSTANCES,
    DESCRIBE_METRIC_RULES,
)
from collectors.document import Unknown, also
from collectors.logic import Known, every, some

Item = dict[str, Any]

_ALL = "_ALL"
# Mail and SMS are confirmed by their owner; what goes to a chat is not.
_CONFIRMED = ("Mail", "SMS")


class Watching(Struct, frozen=True):
    """The rules of an account by what they watch: ids, namespaces as a whole, and those in place of
    application groups that could not be read."""

    by_id: dict[str, list[Known]]
    by_namespace: dict[str, list[Known]]
    unread: list[Unknown]


def alarms_on(account: Account, namespace: str, identity: str) -> int | Unknown:
    """How many rules are on, tell somebody and watch a resource, by itself, as one of its product
    (`namespace`, as CloudMonitor calls it) or through its group. Unknown where none surely does and
    one may."""
    found = account.once("alarm rules", lambda: _index(account))
    if isinstance(found, Unknown):
        return found
    counts = [*found.by_id.get(identity, []), *found.by_namespace.get(namespace, [])]
    sure = counts.count(True)
    return sure or also(None, *counts, *found.unread) or 0


def rules_of(account: Account) -> list[Item] | Unknown:
    """The account's rules."""
    return account.listed(DESCRIBE_METRIC_RULES)


def _index(account: Account) -> Watching | Unknown:
    rules = rules_of(account)
    if isinstance(rules, Unknown):
        return rules
    found = Watching({}, {}, [])
    for rule in rules:
        counts = every([is_on(rule), tells(account, rule)])
        for identity in watched(account, rule):
            if isinstance(identity, Unknown):
                found.unread.append(identity)
            elif identity == _ALL:
                found.by_namespace.setdefault(str(rule.get("Namespace", "")), []).append(counts)
            else:
                found.by_id.setdefault(identity, []).append(counts)
    return found


def is_on(rule: Item) -> bool:
    """Whether a rule is on; older answers write the boolean as a word."""
    return str(rule["EnableState"]).lower() == "true"


def watched(account: Account, rule: Item) -> list[str | Unknown]:
    """The ids that a rule watches, "_ALL" for every resource of its namespace."""
    group = str(rule.get("GroupId") or "")
    if group:
        members = account.listed(DESCRIBE_GROUP_INSTANCES, resource=group, GroupId=group)
        if isinstance(members, Unknown):
            return [members]
        return [str(member["InstanceId"]) for member in members]
    try:
        resources = json.loads(rule.get("Resources") or "[]")
    except ValueError:
        return [Unknown(f"the resources of the alarm rule {rule['RuleId']} are not JSON")]
    return [*sorted({str(value) for one in resources for value in one.values()})]


def tells(account: Account, rule: Item) -> Known:
    """Whether a rule reaches somebody."""
    if rule.get("Webhook"):
        return True
    reached = reached_groups(account)
    if isinstance(reached, Unknown):
        return reached
    return any(name in reached for name in groups_of(rule))


def groups_of(rule: Item) -> list[str]:
    """The contact groups that a rule names."""
    return [name.strip() for name in str(rule.get("ContactGroups") or "").split(",") if name]


def reached_groups(account: Account) -> list[str] | Unknown:
    """The contact groups in which somebody can be reached; unknown where that is not told of one
    of them."""
    groups = account.listed(DESCRIBE_CONTACT_GROUPS)
    contacts = account.listed(DESCRIBE_CONTACTS)
    if isinstance(groups, Unknown):
        return groups
    if isinstance(contacts, Unknown):
        return contacts
    return reached(groups, contacts)


def reached(groups: list[Item], contacts: list[Item]) -> list[str] | Unknown:
    """Those of some contact groups that have a contact who can be reached."""
    people = {contact["Name"]: _can_be_reached(contact) for contact in contacts}
    found: list[str] = []
    for group in groups:
        members = (group.get("Contacts") or {}).get("Contact") or []
        answer = some(people.get(name, False) for name in members)
        if isinstance(answer, Unknown):
            return answer
        found += [group["Name"]] if answer else []
    return found


def _can_be_reached(contact: Item) -> Known:
    """Whether a contact has a channel, one that asks for it confirmed ("OK", or "Active" in older
    answers; "PENDING" is not)."""
    channels, states = contact.get("Channels") or {}, contact.get("ChannelsState") or {}
    return some(
        _works(name, str(states.get(name) or "").upper())
        for name, value in channels.items()
        if value
    )


def _works(channel: str, state: str) -> Known:
    if channel not in _CONFIRMED:
        return True
    untold = Unknown("CloudMonitor does not tell whether a contact has confirmed its address")
    return {"OK": True, "ACTIVE": True, "PENDING": False}.get(state, untold)
