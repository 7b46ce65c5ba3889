"""Rules of web ACLs as wafv2:GetWebACL tells them, so that collectors.aws.web_acl judges both.

Only what decides there is read; what is not known of that leaves the rules unknown as a whole.
"""

from __future__ import annotations

from typing import Any

import msgspec

from collectors.document import Unknown
from collectors.iac.blocks import Block, Reference, nested, read
from collectors.iac.mappers.aws.api_words import in_terraform
from collectors.iac.mappers.certain import known, many, one, whole
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


def rules_of(values: dict[str, Any], apart: list[Block]) -> list[Item] | Unknown:
    """The rules of a web ACL in the words of the API: their priorities, actions and statements.
    `apart` are resources that add one each: a rule, or a rule group."""
    written: list[Any] | Unknown = nested(values, "rule")
    raw = values.get("rule_json")
    if raw is not None:
        written = _decoded(raw)
    if isinstance(written, Unknown):
        return written
    rules: list[Any] = written
    return whole(lambda: [_rule(each) for each in (*rules, *map(_apart, apart))])


def _apart(block: Block) -> dict[str, Any]:
    """A rule that stands apart, as if it stood in the web ACL. One for a rule group names that
    itself, and what overrides it by a word."""
    if block.type != GROUP_LINK:
        return block.values
    override = known(block.read("override_action", str, "none"))
    own = many(block.values, "managed_rule_group")
    statement = {_MANAGED: own} if own else {"rule_group_reference_statement": [{}]}
    return {
        "priority": block.get("priority"),
        "override_action": [{override.lower(): [{}]}],
        "statement": [statement],
    }


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
    statement = _statement(one(values, "statement"))
    priority, action = _told(values, "priority", int), one(values, "action")
    allows: Item = {"Allow": {}} if _has(action, "allow") else {}
    # Read last, so that a finding about the mode points to it.
    override = one(values, "override_action")
    counts: Item = {"Count": {}} if _has(override, "count") else {}
    return {
        "Priority": priority,
        "Action": allows,
        "OverrideAction": counts,
        "Statement": statement,
    }


def _statement(values: dict[str, Any]) -> Item:
    if _has(values, _MANAGED):
        return {"ManagedRuleGroupStatement": _managed(one(values, _MANAGED))}
    if _has(values, "not_statement"):
        return {"NotStatement": {"Statement": _statement(_inner(values, "not_statement"))}}
    for argument, name in _LISTS.items():
        if _has(values, argument):
            parts = many(one(values, argument), "statement")
            return {name: {"Statements": [_statement(each) for each in parts]}}
    if _has(values, _BYTES):
        return {"ByteMatchStatement": _bytes(one(values, _BYTES))}
    if _has(values, _ADDRESSES):
        return {"IPSetReferenceStatement": _addresses(one(values, _ADDRESSES))}
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
    is_path = _has(one(values, "field_to_match"), "uri_path")
    return {
        "SearchString": _told(values, "search_string", str),
        "PositionalConstraint": _told(values, "positional_constraint", str),
        "FieldToMatch": {"UriPath": {}} if is_path else {},
        "TextTransformations": [
            {"Type": _told(each, "type", str)} for each in many(values, "text_transformation")
        ],
    }


def _inner(values: dict[str, Any], argument: str) -> dict[str, Any]:
    return one(one(values, argument), "statement")


def _managed(values: dict[str, Any]) -> Item:
    overrides, excluded = many(values, "rule_action_override"), many(values, "excluded_rule")
    scope = one(values, "scope_down_statement")
    return {
        "VendorName": _told(values, "vendor_name", str),
        "Name": _told(values, "name", str),
        "RuleActionOverrides": [
            {"Name": _told(each, "name", str), "ActionToUse": _action(one(each, "action_to_use"))}
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
    return known(values.get(argument)) not in (None, [])


def _told(values: dict[str, Any], argument: str, kind: type[Any]) -> Any:
    return known(read(values, argument, kind, Unknown("a rule of the web ACL is not complete")))


def first_target(values: dict[str, Any]) -> Any:
    """Where the log of a web ACL goes: the only destination that it may have."""
    found = items(values, "log_destination_configs")
    return found if isinstance(found, Unknown) else (found[0] if found else None)
