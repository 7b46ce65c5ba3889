"""What listeners and rules of Application Load Balancer do with what they get. Pure."""

from __future__ import annotations

from typing import Any

Item = dict[str, Any]

_ENDS = {"ForwardGroup", "Redirect", "FixedResponse"}
"""Actions that answer a request; the others change it on its way."""


def redirects(listener: Item, rules: list[Item]) -> bool:
    """Whether everything that a plain listener gets is redirected to HTTPS: no rule before one for
    all requests may forward, and without one the default must redirect."""
    own = [
        rule
        for rule in rules
        if rule["ListenerId"] == listener["ListenerId"] and rule.get("Direction") != "Response"
    ]
    for rule in sorted(own, key=lambda one: int(one["Priority"])):
        ends = [action for action in rule["RuleActions"] if action["Type"] in _ENDS]
        if any(action["Type"] == "ForwardGroup" for action in ends):
            return False
        if not all(_is_refusal(action) for action in ends):
            return False
        if ends and _takes_all(rule):
            return True
    defaults = listener.get("DefaultActions") or []
    return bool(defaults) and all(_is_refusal(action) for action in defaults)


def _is_refusal(action: Item) -> bool:
    """A redirect to HTTPS, or an answer without content of the application."""
    if action["Type"] == "FixedResponse":
        return True
    redirect = action.get("RedirectConfig") or {}
    return action["Type"] == "Redirect" and str(redirect.get("Protocol")).upper() == "HTTPS"


def _takes_all(rule: Item) -> bool:
    """Whether a rule's conditions hold for every request: no condition, or any path or host."""
    for condition in rule.get("RuleConditions") or []:
        values = (condition.get(f"{condition['Type']}Config") or {}).get("Values") or []
        if condition["Type"] not in {"Path", "Host"} or not {"/*", "*"}.intersection(values):
            return False
    return True
