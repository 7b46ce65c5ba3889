"""Rules of web ACLs as wafv2:GetWebACL tells them, so that collectors.aws.web_acl judges both.

Only what decides there is read; what is not known of that leaves the rules unknown as a whole.
"""

from __future__ import annotations

from typing import Any

import msgspec

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference, nested, read
from collectors.iac.mappers.aws.api_words import in_terraform
from collectors.iac.mappers.joins import items

GROUP_LINK = "aws_wafv2_web_acl_rule_group_association"
NAMES = {
    "ipset_reference_statement": "ip_set_reference_statement",
    "ipset_forwarded_ipconfig": "ip_set_forwarded_ip_config",
    "statements": "statement",
    "text_transformations": "text_transformation",
    "excluded_rules": "excluded_rule",
    "rule_action_overrides": "rule_action_override",
}
"""What Terraform calls otherwise than the words of the API would have it."""
_NOT_READ = Unknown("the rules of the web ACL are not read: they are no list in JSON")
_MANAGED = "managed_rule_group_statement"
_ADDRESSES = "ip_set_reference_statement"
_BYTES = "byte_match_statement"
_LISTS = {"and_statement": "AndStatement", "or_statement": "OrStatement"}

Item = dict[str, Any]


class _UnknownError(Exception):
    """A part that decides is not known."""

    def __init__(self, reason: Unknown) -> None:
        super().__init__(reason.reason)
        self.reason = reason


def rules_of(values: dict[str, Any], apart: list[Block]) -> list[Item] | Unknown:
    """The rules of a web ACL in the words of the API: their priorities, actions and statements.
    `apart` are resources that add one each: a rule, or a rule group."""
    written: list[Any] | Unknown = nested(values, "rule")
    raw = values.get("rule_json")
    if raw is not None:
        written = _decoded(raw)
    if isinstance(written, Unknown):
        return written
    try:
        return [_rule(each) for each in (*written, *map(_apart, apart))]
    except _UnknownError as error:
        return error.reason


def _apart(block: Block) -> dict[str, Any]:
    """A rule that stands apart, as if it stood in the web ACL. One for a rule group names that
    itself, and what overrides it by a word."""
    if block.type != GROUP_LINK:
        return block.values
    override = _known(block.read("override_action", str, "none"))
    own = _blocks(block.values, "managed_rule_group")
    statement = {_MANAGED: own} if own else {"rule_group_reference_statement": [{}]}
    return {
        "priority": block.get("priority"),
        "override_action": [{override.lower(): [{}]}],
        "statement": [statement],
    }


def _blocks(values: dict[str, Any], argument: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _known(nested(values, argument))
    return found


def _decoded(raw: Any) -> list[Any] | Unknown:
    if isinstance(raw, Unknown):
        return raw
    try:
        found = in_terraform(msgspec.json.decode(raw), NAMES) if isinstance(raw, str) else None
    except msgspec.DecodeError:
        found = None
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        return _NOT_READ
    return found


def _rule(values: dict[str, Any]) -> Item:
    statement = _statement(_one(values, "statement"))
    priority, action = _told(values, "priority", int), _one(values, "action")
    allows: Item = {"Allow": {}} if _has(action, "allow") else {}
    # Read last, so that a finding about the mode points to it.
    override = _one(values, "override_action")
    counts: Item = {"Count": {}} if _has(override, "count") else {}
    return {
        "Priority": priority,
        "Action": allows,
        "OverrideAction": counts,
        "Statement": statement,
    }


def _statement(values: dict[str, Any]) -> Item:
    if _has(values, _MANAGED):
        return {"ManagedRuleGroupStatement": _managed(_one(values, _MANAGED))}
    if _has(values, "not_statement"):
        return {"NotStatement": {"Statement": _statement(_inner(values, "not_statement"))}}
    for argument, name in _LISTS.items():
        if _has(values, argument):
            parts = _known(nested(_one(values, argument), "statement"))
            return {name: {"Statements": [_statement(each) for each in parts]}}
    if _has(values, _BYTES):
        return {"ByteMatchStatement": _bytes(_one(values, _BYTES))}
    if _has(values, _ADDRESSES):
        return {"IPSetReferenceStatement": _addresses(_one(values, _ADDRESSES))}
    if _has(values, "rule_group_reference_statement"):
        return {"RuleGroupReferenceStatement": {}}
    return {}


def _addresses(values: dict[str, Any]) -> Item:
    """An IP set, by the address of its resource in the template."""
    set_ = values.get("arn")
    told = {"HeaderName": ""} if _has(values, "ip_set_forwarded_ip_config") else {}
    return {
        "ARN": set_.address if isinstance(set_, Reference) else None,
        "IPSetForwardedIPConfig": told,
    }


def _bytes(values: dict[str, Any]) -> Item:
    """A search in the path; one anywhere else is told without its place."""
    is_path = _has(_one(values, "field_to_match"), "uri_path")
    return {
        "SearchString": _told(values, "search_string", str),
        "PositionalConstraint": _told(values, "positional_constraint", str),
        "FieldToMatch": {"UriPath": {}} if is_path else {},
        "TextTransformations": [
            {"Type": _told(each, "type", str)}
            for each in _known(nested(values, "text_transformation"))
        ],
    }


def _inner(values: dict[str, Any], argument: str) -> dict[str, Any]:
    return _one(_one(values, argument), "statement")


def _managed(values: dict[str, Any]) -> Item:
    overrides = _known(nested(values, "rule_action_override"))
    excluded = _known(nested(values, "excluded_rule"))
    scope = _one(values, "scope_down_statement")
    return {
        "VendorName": _told(values, "vendor_name", str),
        "Name": _told(values, "name", str),
        "RuleActionOverrides": [
            {"Name": _told(each, "name", str), "ActionToUse": _action(_one(each, "action_to_use"))}
            for each in overrides
        ],
        "ExcludedRules": [{"Name": _told(each, "name", str)} for each in excluded],
        # Whatever a scope holds, it leaves out some requests.
        "ScopeDownStatement": (_statement(scope) or {"Other": {}}) if scope else {},
    }


def _action(values: dict[str, Any]) -> Item:
    return {
        name: {}
        for name in ("Allow", "Block", "Count", "Captcha", "Challenge")
        if _has(values, name.lower())
    }


def _has(values: dict[str, Any], argument: str) -> bool:
    """Whether a block is written, be it empty."""
    found = values.get(argument)
    if isinstance(found, Unknown | Reference):
        raise _UnknownError(_doubt(found))
    return found is not None and found != []


def _one(values: dict[str, Any], argument: str) -> dict[str, Any]:
    found = _known(nested(values, argument))
    return found[0] if found else {}


def _told(values: dict[str, Any], argument: str, kind: type[Any]) -> Any:
    return _known(read(values, argument, kind, Unknown("a rule of the web ACL is not complete")))


def _known(value: Any) -> Any:
    if isinstance(value, Unknown):
        raise _UnknownError(value)
    return value


def _doubt(value: Unknown | Reference) -> Unknown:
    if isinstance(value, Unknown):
        return value
    return Unknown(f"{value.address}.{value.attribute} is known after apply")


def first_target(values: dict[str, Any]) -> Any:
    """Where the log of a web ACL goes: the only destination that it may have."""
    found = items(values, "log_destination_configs")
    return found if isinstance(found, Unknown) else (found[0] if found else None)
