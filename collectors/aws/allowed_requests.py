"""How many requests a statement of AWS WAF is met by: pure functions over its statements.

A rule that allows requests ends their inspection. Whoever sends a request chooses most of it (its
method, query, body, most headers): a statement over those is met by what is written to meet it. Of
paths only a whole one is few: what attacks it can stand in, how much of an application lies below
the beginning of one, and what an application makes of "/admin/health", is not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Network, collapse_addresses, ip_network
from typing import Any, Literal

from msgspec import Struct

from collectors.aws.ec2_rules import is_internet
from collectors.document import Unknown

Item = dict[str, Any]
Reach = Literal["few", "many", "all"]
"""Some requests that nobody can choose to be among; more, or how many is not told; every one."""

_ORDER: tuple[Reach, ...] = ("few", "many", "all")
# What leaves a path's slashes where they are.
_HARMLESS = {
    "NONE",
    "LOWERCASE",
    "NORMALIZE_PATH",
    "NORMALIZE_PATH_WIN",
    "URL_DECODE",
    "URL_DECODE_UNI",
    "COMPRESS_WHITE_SPACE",
}
_EVERY_PATH = {"", ".*", ".+", "^.*", "^.*$", "^.+$", "/", "^/", "/.*", "^/.*", "^/.*$"}
# Headers that every client sends, as it likes.
_COMMON_HEADERS = {
    "accept",
    "accept-encoding",
    "accept-language",
    "connection",
    "content-type",
    "cookie",
    "host",
    "origin",
    "referer",
    "user-agent",
    "x-forwarded-for",
}
# Bots whose addresses AWS looked up; labels of categories, names and signals, which it gives to
# others too, are told by what the sender says (WAF developer guide, "Bot Control rule group").
_VERIFIED = "awswaf:managed:aws:bot-control:bot:verified"
# An expression that only paths of one length meet.
_WHOLE_PATH = re.compile(r"\^/(?:[^\\^$*+?{}|()]|\\[./-])*\$")


class Sources(Struct, frozen=True):
    """What rules refer to, by ARN: the ranges of IP sets, and the rules of rule groups of one's
    own."""

    addresses: dict[str, list[str] | Unknown] = {}
    groups: dict[str, list[Item] | Unknown] = {}


def allowed_by(rule: Item, sources: Sources, key: str = "Statement") -> Reach:
    """How many requests a rule allows, a rule of a web ACL or of Firewall Manager."""
    statement = rule.get(key) or {}
    if "Allow" in (rule.get("Action") or {}):
        return reach(statement, sources)
    if "Count" in (rule.get("OverrideAction") or {}):
        return "few"
    if _is_turned_round(statement.get("ManagedRuleGroupStatement") or {}):
        return "many"
    group = statement.get("RuleGroupReferenceStatement")
    if group is None:
        return "few"
    rules = _looked_up(sources.groups, group.get("ARN"))
    if not isinstance(rules, list):
        return "many"
    return _most(allowed_by(one, sources) for one in rules)


def _is_turned_round(managed: Item) -> bool:
    """Whether a rule of a managed set allows what it was made to block."""
    return any("Allow" in one["ActionToUse"] for one in managed.get("RuleActionOverrides") or [])


def _looked_up(known: dict[str, Any], arn: object) -> Any:
    """What was read of something; null where it was not."""
    return known.get(arn) if isinstance(arn, str) else None


def _most(found: Iterator[Reach]) -> Reach:
    return max(found, key=_ORDER.index, default="few")


def reach(statement: Item, sources: Sources) -> Reach:
    """How many requests meet a statement."""
    for key, part in statement.items():
        if key == "OrStatement":
            return _most(reach(one, sources) for one in part["Statements"])
        if key == "AndStatement":
            return min(
                (reach(one, sources) for one in part["Statements"]),
                key=_ORDER.index,
                default="many",
            )
        if key == "IPSetReferenceStatement":
            return _of_addresses(part, sources)
        if key == "ByteMatchStatement":
            return _of_bytes(part)
        if key == "RegexMatchStatement":
            return _of_expression(part)
        if key == "SizeConstraintStatement":
            return _of_size(part)
        if key == "LabelMatchStatement":
            return "few" if part.get("Key") == _VERIFIED else "many"
    return "many"


def _of_addresses(part: Item, sources: Sources) -> Reach:
    ranges = _looked_up(sources.addresses, part.get("ARN"))
    # An address that a header tells is one that the sender wrote.
    if part.get("IPSetForwardedIPConfig") or not isinstance(ranges, list):
        return "many"
    networks = [ip_network(one, strict=False) for one in ranges]
    four = [one for one in networks if isinstance(one, IPv4Network)]
    if any(one.prefixlen == 0 for one in collapse_addresses(four)):
        return "all"
    wide = any(is_internet(one, version) for one in ranges for version in (4, 6))
    return "many" if wide else "few"


def _field(part: Item) -> tuple[str, Item]:
    return next(iter((part.get("FieldToMatch") or {}).items()), ("", {}))


def _is_plain(part: Item) -> bool:
    return all(one["Type"] in _HARMLESS for one in part.get("TextTransformations") or [])


def _of_bytes(part: Item) -> Reach:
    field, about = _field(part)
    text, place = str(part.get("SearchString", "")), part.get("PositionalConstraint")
    if field == "UriPath":
        if text in {"", "/"} and place in {"STARTS_WITH", "CONTAINS"}:
            return "all" if _is_plain(part) else "many"
        return "few" if place == "EXACTLY" else "many"
    is_secret = str(about.get("Name", "")).lower() not in _COMMON_HEADERS and place == "EXACTLY"
    return "few" if field == "SingleHeader" and is_secret else "many"


def _of_expression(part: Item) -> Reach:
    if _field(part)[0] != "UriPath":
        return "many"
    expression = str(part.get("RegexString", ""))
    if expression in _EVERY_PATH:
        return "all" if _is_plain(part) else "many"
    return "few" if _WHOLE_PATH.fullmatch(expression) else "many"


def _of_size(part: Item) -> Reach:
    least = {"GE": 1, "GT": 0}.get(part.get("ComparisonOperator", ""), -1)
    is_any = _field(part)[0] == "UriPath" and 0 <= part.get("Size", 0) <= least
    return "all" if is_any else "many"


def referred(rules: list[Item], kind: str) -> set[str]:
    """The ARNs that statements of those rules refer to, by the name of the statement. Of other
    rules than those that allow, or narrow a managed set down, nobody needs to know."""
    found: set[str] = set()
    for rule in rules:
        action = rule.get("Action") or {}
        if "Allow" in action or not action:
            found |= set(_named(rule, kind))
    return found


def _named(value: object, kind: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            if key == kind and isinstance(part, dict) and isinstance(part.get("ARN"), str):
                yield part["ARN"]
            yield from _named(part, kind)
    elif isinstance(value, list):
        for part in value:
            yield from _named(part, kind)
