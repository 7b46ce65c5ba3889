"""Rules on events of operations: EventBridge, which ActionTrail publishes writing operations to,
and CloudMonitor, which ECS tells of every change of an instance's state.

A rule of EventBridge sees the events of its own region. In which region those of global services
arrive is not documented, so that of these nothing is sure.
"""

from __future__ import annotations

from typing import Any

from collectors.aliyun.event_pattern import Event, matches, read
from collectors.aliyun.operations import KINDS, Operation
from collectors.calls import Call
from collectors.conditions import Truth
from collectors.document import Unknown

LIST_RULES = Call(
    provider="aliyun",
    service="eventbridge",
    operation="ListRules",
    permission="eventbridge:ListRules",
    scope="region",
    result="Data.Rules",
    paged=True,
    absent=("ServiceAccessDenied",),
)
"""ServiceAccessDenied: EventBridge is not activated; a denial is AccessDenied ("Error codes")."""
DESCRIBE_EVENT_RULES = Call(
    provider="aliyun",
    service="cms",
    operation="DescribeEventRuleList",
    permission="cms:DescribeEventRuleList",
    scope="account",
    result="EventRules.EventRule",
    paged=True,
)
DESCRIBE_EVENT_TARGETS = Call(
    provider="aliyun",
    service="cms",
    operation="DescribeEventRuleTargetList",
    permission="cms:DescribeEventRuleTargetList",
    scope="resource",
)
EVENT_CALLS = (LIST_RULES, DESCRIBE_EVENT_RULES, DESCRIBE_EVENT_TARGETS)

DEFAULT_BUS = "default"
"""The bus that events of Alibaba Cloud's own services go to."""

# Of what other targets do with an event nobody knows whether it reaches somebody.
_REACHES = {"acs.dingtalk", "acs.mail", "acs.sms", "http", "https"}
_STATES = "Instance:StateChange"
_OF_MACHINES = {
    operation for kind in ("vm-create", "vm-delete", "vm-reboot") for operation in KINDS[kind]
}

Item = dict[str, Any]


def rings_at(rule: Item, operation: Operation) -> Truth:
    """Whether a rule of EventBridge surely rings when an operation succeeds in its region."""
    pattern = read(str(rule.get("FilterPattern") or ""))
    if pattern is None:
        return None
    if matches(pattern, _everyday(operation)) is True or operation.failed or not operation.name:
        return False
    found = [matches(pattern, event) for event in _events(operation)]
    if True in found:
        return True
    by_product = matches(pattern, _of_product(operation)) if operation.service else False
    return None if None in found or by_product is not False else False


def told_by(rule: Item) -> list[str] | Unknown:
    """The kinds of targets of a rule of EventBridge that reach somebody."""
    kinds = [str(target.get("Type") or "") for target in rule.get("Targets") or []]
    sure = sorted({kind for kind in kinds if kind in _REACHES})
    if not sure and kinds:
        return Unknown(
            f"whether an event target of the kind {kinds[0]} reaches somebody is not known"
        )
    return sure


def _events(operation: Operation) -> list[Event]:
    """What EventBridge is told of an operation, in each form that is documented."""
    found = [_of_trail(operation.service, operation.name, operation.who)]
    if operation in _OF_MACHINES:
        # Each of them changes the state of an instance (ECS user guide, "Instance lifecycle").
        found.append({"source": "acs.ecs", "type": f"ecs:{_STATES}"})
    return found


def _of_trail(service: str, name: str, who: str) -> Event:
    data: Event = {"eventName": name, "eventRW": "Write"}
    if service:
        data["serviceName"] = service
    if who:
        data["userIdentity"] = {"type": who}
    return {"source": "acs.actiontrail", "type": "actiontrail:ActionTrail:ApiCall", "data": data}


def _of_product(operation: Operation) -> Event:
    """The operation as the product itself tells of it, which some do."""
    product = operation.service.lower()
    return {
        **_of_trail(operation.service, operation.name, operation.who),
        "source": f"acs.{product}",
        "type": f"{product}:ActionTrail:ApiCall",
    }


def _everyday(operation: Operation) -> Event:
    """A writing operation that nobody needs to hear of."""
    return _of_trail(operation.service or "Ecs", "TagResources", "ram-user")


def state_rule_rings_at(rule: Item, operation: Operation) -> Truth:
    """Whether a rule of CloudMonitor surely rings when an operation succeeds: one on every change
    of the state of instances, without a filter (ECS user guide, "Instance event notifications")."""
    pattern = _pattern(rule)
    kind = rule.get("EventType")
    if operation not in _OF_MACHINES or kind not in {"SYSTEM", None}:
        return False
    product = str(pattern.get("Product") or "").lower()
    if product not in {"ecs", "*"} or not {_STATES, "*"} & set(_listed(pattern, "NameList")):
        return False
    levels = {level.upper() for level in _listed(pattern, "LevelList")}
    kinds = set(_listed(pattern, "EventTypeList"))
    if levels and not levels & {"INFO", "*"}:
        return False
    filters = [pattern.get(name) for name in ("KeywordFilter", "SQLFilter", "CustomFilters")]
    if kind is None or rule.get("GroupId") or any(filters):
        return None
    return True if levels and (not kinds or kinds & {"StatusNotification", "*"}) else None


def _pattern(rule: Item) -> Item:
    """The pattern of a rule, which some answers wrap into a list."""
    found = rule.get("EventPattern") or {}
    inner = found.get("EventPattern") if isinstance(found, dict) else found
    if isinstance(inner, list):
        found = inner[0] if inner else {}
    return found if isinstance(found, dict) else {}


def _listed(pattern: Item, name: str) -> list[str]:
    found = pattern.get(name) or []
    inner = found.get(name) or [] if isinstance(found, dict) else found
    return [str(one) for one in inner]
