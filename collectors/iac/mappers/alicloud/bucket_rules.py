"""The lifecycle rules of alicloud_oss_bucket."""

from __future__ import annotations

from typing import Any, cast

from collectors.aliyun.oss_facts import expiry_days
from collectors.document import Unknown, also
from collectors.facts.storage import Lifecycle
from collectors.iac.blocks import Block, nested, read
from collectors.iac.mappers.joins import given

_EXPIRY: tuple[tuple[str, type[Any], str], ...] = (
    ("days", int, "Days"),
    ("date", str, "Date"),
    ("created_before_date", str, "CreatedBeforeDate"),
)


def lifecycle(block: Block) -> Lifecycle | Unknown | None:
    """What the rules of a bucket remove; null without rules."""
    rules = nested(block.values, "lifecycle_rule")
    if isinstance(rules, Unknown) or not rules:
        return rules if isinstance(rules, Unknown) else None
    enabled = [rule for rule in rules if read(rule, "enabled", bool, True) is not False]
    return Lifecycle(
        noncurrent_expiry_days=_soonest(enabled, "noncurrent_version_expiration"),
        abort_incomplete_days=_soonest(enabled, "abort_multipart_upload"),
    )


def _soonest(rules: list[dict[str, Any]], argument: str) -> int | Unknown | None:
    found: list[int] = []
    for rule in rules:
        actions = nested(rule, argument)
        for action in actions if isinstance(actions, list) else [{"days": actions}]:
            age = read(action, "days", int, -1)
            if isinstance(age, Unknown):
                return age
            found += [age] if age >= 0 else []
    return min(found) if found else None


def kept_days(bucket: Block, prefix: str) -> int | Unknown | None:
    """The days after which the rules of a bucket remove objects under a prefix; null for ever."""
    rules = nested(bucket.values, "lifecycle_rule")
    if isinstance(rules, Unknown):
        return rules
    told = [_as_told(rule) for rule in rules]
    known = [rule for rule in told if not isinstance(rule, Unknown)]
    return also(None, *told) or expiry_days(known, prefix)


def _as_told(rule: dict[str, Any]) -> dict[str, Any] | Unknown:
    """A rule in the words of GetBucketLifecycle."""
    enabled = read(rule, "enabled", bool, default=True)
    prefix = read(rule, "prefix", str, "")
    expirations = nested(rule, "expiration")
    narrowed = given(rule, "tags", "filter")
    doubt = also(enabled, prefix, expirations, narrowed)
    if doubt:
        return doubt
    found: dict[str, Any] = {}
    for each in cast("list[dict[str, Any]]", expirations):
        for argument, kind, name in _EXPIRY:
            value = read(each, argument, kind, None)
            if isinstance(value, Unknown):
                return value
            found |= {} if value is None else {name: value}
    return {
        "Status": "Enabled" if enabled else "Disabled",
        "Prefix": prefix,
        "Expiration": found,
        "Filter": narrowed,
    }
