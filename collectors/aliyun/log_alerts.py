"""Alert rules of Log Service on the Logstores of trails: which operations they surely ring at.

A rule counts for an operation where its search surely finds it, its analysis surely gives a row
for it, its condition holds for a single one, and it looks at least as far back as it pauses. One
that rings at everything counts for none. The rules that ActionTrail brings along are named by
their template; what these search for is listed in the module of the vendor's landing zone
(aliyun/alibabacloud-landing-zone, "actiontrail-event-alert").
"""

from __future__ import annotations

import re
from typing import Any

from collectors.aliyun.log_query import Log, finds, split
from collectors.aliyun.operations import KINDS, Operation
from collectors.conditions import Truth

Item = dict[str, Any]

_TOPIC = "actiontrail_audit_event"
_AT_ONE = re.compile(r"\s*\$?(\w+)\s*(?:>\s*0|>=\s*1)\s*")
_AT_SOME = re.compile(r"\s*\$?(\w+)\s*>=?\s*\d+\s*")
_SPAN = re.compile(r"-?(\d+)([smhdw])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
# A row is lost by these; by "where" only one is let pass, see `_keeps_rows`.
_LOSES_ROWS = re.compile(r"\b(?:having|join|intersect|except|limit\s+0|unnest)\b", re.IGNORECASE)
_WHERE = re.compile(
    r"\bwhere\b(.*?)(?=\bgroup\s+by\b|\border\s+by\b|\blimit\b|\)|$)", re.IGNORECASE | re.DOTALL
)
_GROUPS = re.compile(r"\bgroup\s+by\b", re.IGNORECASE)
_GATHERS = re.compile(r"\b(?:count|sum|max|min|avg|arbitrary|array_agg)\s*\(", re.IGNORECASE)
_HAS_RESOURCE = re.compile(r"\s*(\w+)\s*>\s*0\s*")

# What the rules that ActionTrail brings along ring at. Others of them ring at something else, or
# only when it happens often.
_OF_TEMPLATE: dict[str, tuple[str, ...]] = {
    "esc_release": ("DeleteInstance", "DeleteInstances"),
    "trail_off": ("DeleteTrail", "StopLogging"),
    "securitygroup_change": ("AuthorizeSecurityGroup",),
    "ak_conf_change": ("ScheduleKeyDeletion",),
    "ram_auth_change": ("AttachPolicyToUser", "AttachPolicyToGroup", "AttachPolicyToRole"),
    "ram_policy_change": ("CreatePolicyVersion",),
}
_TEMPLATES = "sls.app.actiontrail.cis.at."


def watched_store(configuration: Item) -> tuple[str, str] | None:
    """Project and Logstore that a rule searches; null where it searches several, or none."""
    if _is_template(configuration):
        tokens = _template(configuration).get("tokens") or {}
        return str(tokens.get("default.project", "")), str(tokens.get("default.logstore", ""))
    queries = configuration.get("queryList") or []
    if len(queries) != 1:
        return None
    return str(queries[0].get("project", "")), str(queries[0].get("store", ""))


def rings_at(configuration: Item, schedule: Item, operation: Operation) -> Truth:
    """Whether a rule surely rings when an operation happens once; null where it may."""
    if _is_template(configuration):
        return _template_rings_at(_template(configuration), operation)
    queries = configuration.get("queryList") or []
    if len(queries) != 1:
        return None
    search, analysis = split(str(queries[0].get("query", "")))
    found = finds(search, _log(operation))
    if found is False:
        return False
    everyday = [finds(search, log) for log in _everyday(operation)]
    if True in everyday:
        return False
    sure = (
        found is True
        and None not in everyday
        and str(configuration.get("version", "")) == "2.0"
        and configuration.get("threshold") == 1
        and _keeps_rows(analysis, operation)
        and _holds(configuration, analysis, _AT_SOME if operation.failed else _AT_ONE)
        and _looks_back(queries[0], schedule)
    )
    return True if sure else None


def action_policy_of(configuration: Item) -> tuple[str, str]:
    """The alert policy and the action policy that a rule names, each "" where it names none."""
    policy = configuration.get("policyConfiguration") or {}
    tokens = _template(configuration).get("tokens") or {} if _is_template(configuration) else {}
    action = str(policy.get("actionPolicyId") or tokens.get("default.action_policy") or "")
    alert = str(policy.get("alertPolicyId") or "")
    # A template that is given an action policy has no alert policy of its own.
    return alert or ("sls.builtin.dynamic" if action and tokens else ""), action


def _is_template(configuration: Item) -> bool:
    return configuration.get("type") == "tpl"


def _template(configuration: Item) -> Item:
    found: Item = configuration.get("templateConfiguration") or {}
    return found


def _template_rings_at(template: Item, operation: Operation) -> bool:
    name = str(template.get("id", ""))
    if not name.startswith(_TEMPLATES):
        return False
    name = name.removeprefix(_TEMPLATES)
    if name == "root_ak_usage":
        return operation.who == "root-account" and operation.key
    if name == "abnormal_login":
        return operation.failed
    return bool(operation.service) and operation.name in _OF_TEMPLATE.get(name, ())


def _log(operation: Operation) -> Log:
    """What is known of the log of an operation."""
    log: Log = {"__topic__": _TOPIC}
    if operation.who:
        log["event.userIdentity.type"] = operation.who
    if operation.name:
        log["event.eventName"] = operation.name
    if operation.service:
        log |= {"event.serviceName": operation.service, "event.eventRW": "Write"}
        log |= {"event.resourceType": operation.resource}
        log |= {"event.errorCode": None, "event.errorMessage": None}
    if operation.key:
        log["event.userIdentity.accessKeyId"] = "LTAI5tRootKeyId"
    if operation.failed:
        log["event.errorMessage"] = "refused"
    return log


def _everyday(operation: Operation) -> list[Log]:
    """What nobody needs to hear of: a user looks at what the operation would change, or signs in,
    which ActionTrail writes with the message "success" or with none."""
    log: Log = {
        "__topic__": _TOPIC,
        "event.userIdentity.type": "ram-user",
        "event.errorMessage": None,
        "event.errorCode": None,
    }
    if operation.service:
        log |= {
            "event.serviceName": operation.service,
            "event.eventName": "DescribeSomething",
            "event.eventRW": "Read",
            "event.resourceType": operation.resource,
        }
        return [log]
    log["event.eventName"] = "ConsoleSignin"
    return [log, {**log, "event.errorMessage": "success"}]


def _keeps_rows(analysis: str, operation: Operation) -> bool:
    """Whether a log that was found surely makes a row of the result."""
    if not analysis:
        return True
    if not re.match(r"select\b", analysis, re.IGNORECASE) or _LOSES_ROWS.search(analysis):
        return False
    for clause in _WHERE.findall(analysis):
        alias = _HAS_RESOURCE.fullmatch(clause)
        # As ActionTrail's own rules do: only logs about such a resource.
        place = (
            rf"array_position\(split\(\"event\.resourceType\",\s*';'\),\s*'{operation.resource}'\)"
        )
        named = alias and re.search(rf"{place}\s+as\s+{alias[1]}\b", analysis, re.IGNORECASE)
        if not operation.resource or not named:
            return False
    return True


def _holds(configuration: Item, analysis: str, at: re.Pattern[str]) -> bool:
    """Whether the condition surely holds, and only then, where there is a log."""
    severities = [
        one.get("evalCondition") or {} for one in configuration.get("severityConfigurations") or []
    ]
    whole = configuration.get("conditionConfiguration") or {}
    limited = whole.get("condition") or whole.get("countCondition")
    if limited and not _is_met(whole, analysis, at):
        return False
    return any(_is_met(one, analysis, at) for one in severities)


def _is_met(condition: Item, analysis: str, at: re.Pattern[str]) -> bool:
    rows = str(condition.get("countCondition") or "")
    if rows and not re.fullmatch(r"\s*__count__\s*(?:>\s*0|>=\s*1)\s*", rows):
        return False
    text = str(condition.get("condition") or "")
    if not text:
        # A count without groups has a row even where nothing was found.
        return bool(_GROUPS.search(analysis)) or not _GATHERS.search(analysis)
    named = at.fullmatch(text)
    if not named:
        return False
    counted = rf"\bcount\s*\([^()]*\)\s+(?:as\s+)?{named[1]}\b"
    return bool(re.search(counted, analysis, re.IGNORECASE))


def _looks_back(query: Item, schedule: Item) -> bool:
    """Whether a rule looks at least as far back as it pauses between two runs."""
    start = _seconds(str(query.get("start", "")))
    every = _seconds(str(schedule.get("interval", "")))
    kind = str(schedule.get("type", ""))
    if kind == "Hourly":
        every = 3600
    if kind not in {"FixedRate", "Hourly"} or str(query.get("end", "")) not in {"now", "absolute"}:
        return False
    return start is not None and every is not None and start >= every


def _seconds(span: str) -> int | None:
    found = _SPAN.match(span)
    return int(found[1]) * _SECONDS[found[2]] if found else None


def operations() -> list[Operation]:
    """Every operation that alarms are looked for."""
    return [one for kind in KINDS.values() for one in kind]
