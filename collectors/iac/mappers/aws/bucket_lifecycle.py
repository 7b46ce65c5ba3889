"""Lifecycle rules of buckets as templates write them, in the words of
s3:GetBucketLifecycleConfiguration: the facts are then those of collectors.aws.s3_facts."""

from __future__ import annotations

from typing import Any

from collectors.document import Unknown, also
from collectors.iac.blocks import nested, read

Rules = list[dict[str, Any]] | Unknown

_UNTOLD: Any = None


def rules(values: dict[str, Any]) -> Rules:
    """The rules of an aws_s3_bucket_lifecycle_configuration."""
    return _each(nested(values, "rule"), _separate)


def inline_rules(values: dict[str, Any]) -> Rules:
    """The rules of a bucket that has them itself, as before provider version 4."""
    return _each(nested(values, "lifecycle_rule"), _inline)


def _each(blocks: list[dict[str, Any]] | Unknown, convert: Any) -> Rules:
    if isinstance(blocks, Unknown):
        return blocks
    found = [convert(block) for block in blocks]
    return also(None, *found) or found


def _separate(rule: dict[str, Any]) -> dict[str, Any] | Unknown:
    filters = nested(rule, "filter")
    scope = filters[0] if isinstance(filters, list) and filters else {}
    both = nested(scope, "and")
    scopes = [scope, *(both if isinstance(both, list) else [])]
    incomplete = _first(rule, "abort_incomplete_multipart_upload", "days_after_initiation")
    return _rule(
        status=read(rule, "status", str, "Enabled"),
        doubt=also(filters, both),
        prefixes=[read(each, "prefix", str, "") for each in (*scopes, rule)],
        narrowed=any(
            each.get(name) not in (None, [], {})
            for each in scopes
            for name in ("tag", "tags", "object_size_greater_than", "object_size_less_than")
        ),
        expiration=nested(rule, "expiration"),
        noncurrent=_first(rule, "noncurrent_version_expiration", "noncurrent_days"),
        incomplete=incomplete,
    )


def _inline(rule: dict[str, Any]) -> dict[str, Any] | Unknown:
    enabled = read(rule, "enabled", bool, default=True)
    return _rule(
        status=enabled if isinstance(enabled, Unknown) else "Enabled" if enabled else "Disabled",
        doubt=None,
        prefixes=[read(rule, "prefix", str, "")],
        narrowed=rule.get("tags") not in (None, {}),
        expiration=nested(rule, "expiration"),
        noncurrent=_first(rule, "noncurrent_version_expiration", "days"),
        incomplete=read(rule, "abort_incomplete_multipart_upload_days", int, _UNTOLD),
    )


def _first(rule: dict[str, Any], argument: str, unit: str) -> int | Unknown | None:
    blocks = nested(rule, argument)
    if isinstance(blocks, Unknown):
        return blocks
    return read(blocks[0], unit, int, _UNTOLD) if blocks else None


def _rule(
    *,
    status: str | Unknown,
    doubt: Unknown | None,
    prefixes: list[str | Unknown],
    narrowed: bool,
    expiration: list[dict[str, Any]] | Unknown,
    noncurrent: int | Unknown | None,
    incomplete: int | Unknown | None,
) -> dict[str, Any] | Unknown:
    doubt = doubt or also(status, *prefixes, expiration, noncurrent, incomplete)
    if doubt or isinstance(expiration, Unknown):
        return doubt or {}
    found: dict[str, Any] = {
        "Status": status,
        "Filter": {"Prefix": next((prefix for prefix in prefixes if prefix), "")},
    }
    if narrowed:
        found["Filter"]["Tag"] = {}
    if noncurrent is not None:
        found["NoncurrentVersionExpiration"] = {"NoncurrentDays": noncurrent}
    if incomplete is not None:
        found["AbortIncompleteMultipartUpload"] = {"DaysAfterInitiation": incomplete}
    for each in expiration:
        days = read(each, "days", int, _UNTOLD)
        if isinstance(days, Unknown):
            return days
        if days:
            found["Expiration"] = {"Days": days}
        elif each.get("date"):
            found["Expiration"] = {"Date": each["date"]}
    return found
