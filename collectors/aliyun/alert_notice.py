"""Whom alerts of Log Service tell: action policies, users, groups and webhooks.

They are records of the account, kept in one region. A policy is a script of `fire(…)`, `stop()`
and conditions, written as Python is (SLS developer reference, "Data structure of alert resource
data"); it tells somebody where every way through it does.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable
from typing import Any

from collectors.aliyun.account import Account
from collectors.aliyun.log_calls import GET_RESOURCE_RECORD
from collectors.calls import Call
from collectors.document import Unknown, then
from collectors.logic import Known, every, some

NOTICE_CALLS: tuple[Call, ...] = (GET_RESOURCE_RECORD,)

RECORDS_REGION = "cn-heyuan"
"""Where the records of an account are kept, whatever region its projects are in."""
DYNAMIC = "sls.builtin.dynamic"
"""The alert policy that leaves the choice of the action policy to the rule."""

_MOST_WAYS = 64
_CHANNELS = {"email": "email", "sms": "phone", "voice": "phone"}
_WHOM_AND_WHEN = ("type", "users", "groups", "oncall_groups", "webhook_id", "period")
_SWITCHES = {"sms": "sms_enabled", "voice": "voice_enabled"}
_NOT_READABLE = Unknown("the script of an alert policy or action policy is not understood")

Item = dict[str, Any]
Fire = dict[str, Any]


def told_by(account: Account, alert_policy: str, action_policy: str) -> list[str] | Unknown:
    """The action policies by which alerts surely reach somebody, of the policies that a rule names;
    empty where they reach nobody."""
    names: list[str] | Unknown = [action_policy] if action_policy else []
    if alert_policy and alert_policy != DYNAMIC:
        names = _chosen_by(account, alert_policy)
    if isinstance(names, Unknown):
        return names
    reached = {name: _tells(account, name) for name in names}
    sure = every(reached.values())
    return then(sure, lambda told: sorted(reached) if told and reached else [])


def _chosen_by(account: Account, alert_policy: str) -> list[str] | Unknown:
    """The action policies that an alert policy may choose; empty where one way through it chooses
    none, and unknown where it may hold alerts back."""
    record = _record(account, "sls.alert.alert_policy", alert_policy)
    if isinstance(record, Unknown):
        return record
    if record.get("silence_script") or record.get("inhibit_script"):
        return Unknown(f"the alert policy {alert_policy} may hold alerts back")
    ways = _ways(str(record.get("group_script") or ""))
    if isinstance(ways, Unknown):
        return ways
    chosen = [[str(fire.get("action_policy") or "") for fire in way] for way in ways]
    if any(not name or "$" in name for way in chosen for name in way):
        return _NOT_READABLE
    return sorted({name for way in chosen for name in way}) if all(chosen) else []


def _tells(account: Account, action_policy: str) -> Known:
    record = _record(account, "sls.alert.action_policy", action_policy)
    if isinstance(record, Unknown):
        return record
    ways = _ways(str(record.get("primary_policy_script") or ""))
    if isinstance(ways, Unknown):
        return ways
    told = [some(_reaches(account, fire) for fire in way) for way in ways]
    if True in told and False in told:
        return Unknown(f"the action policy {action_policy} tells somebody of some alerts alone")
    return every(told) if told else False


def _reaches(account: Account, fire: Fire) -> Known:
    """Whether one action reaches somebody at any time."""
    if any(fire.get(name, "") is None for name in _WHOM_AND_WHEN):
        return _NOT_READABLE
    kind = str(fire.get("type") or "")
    if fire.get("period", "any") != "any":
        return Unknown("an action policy tells somebody at some times alone")
    if kind == "webhook_integration":
        hook = _record(account, "sls.alert.action_webhook", str(fire.get("webhook_id") or ""))
        return then(hook, lambda found: bool(found.get("url")))
    if kind not in _CHANNELS:
        return Unknown(f"whether an action of the kind {kind} reaches somebody is not known")
    people = [_user_is_reached(account, one, kind) for one in _names(fire, "users")]
    people += [_group_is_reached(account, one, kind) for one in _names(fire, "groups")]
    if _names(fire, "oncall_groups"):
        people.append(Unknown("who is on duty is not read"))
    return some(people)


def _names(fire: Fire, key: str) -> list[str]:
    return [str(one) for one in fire.get(key) or []]


def _group_is_reached(account: Account, group: str, kind: str) -> Known:
    record = _record(account, "sls.common.user_group", group)
    if isinstance(record, Unknown):
        return record
    if record.get("enabled") is not True:
        return False
    return some(_user_is_reached(account, str(one), kind) for one in record.get("members") or [])


def _user_is_reached(account: Account, user: str, kind: str) -> Known:
    record = _record(account, "sls.common.user", user)
    if isinstance(record, Unknown):
        return record
    on = record.get("enabled") is True and record.get(_SWITCHES.get(kind, "enabled")) is True
    return on and bool(record.get(_CHANNELS[kind]))


def _record(account: Account, name: str, identity: str) -> Item | Unknown:
    """What a record says: nothing where there is none."""
    if not identity:
        return {}
    value = account.read(
        GET_RESOURCE_RECORD,
        RECORDS_REGION,
        f"{name}/{identity}",
        resourceName=name,
        recordId=identity,
        includeSystemRecords="true",
    )
    if value is None:
        return {}
    if isinstance(value, Unknown | dict):
        return value
    try:
        found = json.loads(value)
    except (TypeError, ValueError):
        found = None
    return found if isinstance(found, dict) else Unknown(f"the record {identity} is not JSON")


def _ways(script: str) -> list[list[Fire]] | Unknown:
    """What is fired on every way through a script, whichever of its conditions hold."""
    try:
        found, ended = _through(ast.parse(script).body, [[]])
    except (SyntaxError, ValueError, RecursionError):
        return _NOT_READABLE
    return [*found, *ended]


def _through(body: Iterable[ast.stmt], ways: list[list[Fire]]) -> tuple[list[Any], list[Any]]:
    """The ways that go on after some statements, and those that a stop() has ended. Raises
    SyntaxError for a statement that is none of a policy's."""
    ended: list[list[Fire]] = []
    for one in body:
        if isinstance(one, ast.If):
            yes, yes_ended = _through(one.body, ways)
            no, no_ended = _through(one.orelse, ways)
            ways, ended = [*yes, *no], [*ended, *yes_ended, *no_ended]
        elif isinstance(one, ast.Expr) and isinstance(one.value, ast.Call):
            name, arguments = _call(one.value)
            if name == "stop":
                return [], [*ended, *ways]
            if name != "fire":
                raise SyntaxError(name)
            ways = [[*way, arguments] for way in ways]
        else:
            raise SyntaxError(ast.dump(one))  # noqa: TRY004 - as of any script that is not read
        if len(ways) + len(ended) > _MOST_WAYS:
            raise SyntaxError("too many ways")
    return ways, ended


def _call(call: ast.Call) -> tuple[str, Fire]:
    """The name and the arguments of a call, null for those that are not literals."""
    found: Fire = {}
    for argument in call.keywords:
        try:
            found[str(argument.arg)] = ast.literal_eval(argument.value)
        except ValueError:
            found[str(argument.arg)] = None
    return call.func.id if isinstance(call.func, ast.Name) else "", found
