"""What listeners of application load balancers (alicloud_alb_listener) and their rules do with what
they get."""

from __future__ import annotations

from typing import Any

from collectors.aliyun import alb_rules
from collectors.document import Unknown, also
from collectors.iac.blocks import Block, Project, nested, read
from collectors.iac.mappers.joins import items, joined
from collectors.logic import Known

RULE = "alicloud_alb_rule"

_NO_KIND = Unknown("an action or condition of the listener gives no type")
_NO_PRIORITY = Unknown("a rule of the listener gives no priority")
_APPLY = Unknown("a condition of the listener is known after apply")
_OWN = "listener"

Item = dict[str, Any]


def redirects(listener: Block, project: Project) -> Known:
    """Whether its rules and its default action redirect everything to HTTPS."""
    defaults = _actions(listener.values, "default_actions")
    rules = joined(project, listener, "listener_id", RULE)
    told = [_rule(each) for each in rules.blocks]
    known = [each for each in told if not isinstance(each, Unknown)]
    doubt = also(defaults, *told) or rules.doubt
    if doubt or isinstance(defaults, Unknown):
        return doubt or False
    return alb_rules.redirects({"ListenerId": _OWN, "DefaultActions": defaults}, known)


def _rule(rule: Block) -> Item | Unknown:
    """A rule in the words of ListRules."""
    told = {
        "Priority": rule.read("priority", int, _NO_PRIORITY),
        "Direction": rule.read("direction", str, "Request"),
        "RuleActions": _actions(rule.values, "rule_actions"),
        "RuleConditions": _conditions(rule),
    }
    return also(None, *told.values()) or {"ListenerId": _OWN, **told}


def _actions(values: Item, argument: str) -> list[Item] | Unknown:
    found = nested(values, argument)
    if isinstance(found, Unknown):
        return found
    told: list[Item] = []
    for each in found:
        kind = read(each, "type", str, _NO_KIND)
        config = nested(each, "redirect_config")
        first = config[0] if isinstance(config, list) and config else {}
        protocol = read(first, "protocol", str, "${protocol}")
        doubt = also(kind, config, protocol)
        if doubt:
            return doubt
        told.append({"Type": kind, "RedirectConfig": {"Protocol": protocol}})
    return told


def _conditions(rule: Block) -> list[Item] | Unknown:
    found = nested(rule.values, "rule_conditions")
    if isinstance(found, Unknown):
        return found
    told: list[Item] = []
    for each in found:
        kind = read(each, "type", str, _NO_KIND)
        if isinstance(kind, Unknown):
            return kind
        config = nested(each, f"{kind.lower()}_config") if kind in {"Path", "Host"} else []
        if isinstance(config, Unknown):
            return config
        values = items(config[0] if config else {}, "values")
        if isinstance(values, Unknown):
            return values
        if not all(isinstance(value, str) for value in values):
            return also(None, *values) or _APPLY
        told.append({"Type": kind, f"{kind}Config": {"Values": values}})
    return told
