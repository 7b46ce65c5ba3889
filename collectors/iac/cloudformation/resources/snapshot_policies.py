"""Policies that make snapshots. Source: CloudFormation template reference, Amazon Data Lifecycle
Manager."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.document import Unknown
from collectors.iac.blocks import Block
from collectors.iac.mappers.aws.snapshot_policies import LIFECYCLE_POLICY
from collectors.iac.stacks.resource import Resource, Translation, parts, renamed, tags

_DETAILS = {
    "PolicyType": "policy_type",
    "ResourceTypes": "resource_types",
    "ResourceLocations": "resource_locations",
}
_RULE = {
    "Count": "count",
    "Interval": "interval",
    "IntervalUnit": "interval_unit",
    "CronExpression": "cron_expression",
}
_BY_DEFAULT = Unknown("default policies of snapshots are not read from templates")


def policy(resource: Resource) -> Iterator[Block]:
    """A policy with its schedules."""
    written = resource.get("PolicyDetails")
    values: dict[str, Any] = {"state": resource.get("State"), "policy_details": written}
    if resource.get("DefaultPolicy") is not None:
        values["policy_details"] = _BY_DEFAULT
    elif isinstance(written, dict):
        details = renamed(written, _DETAILS)
        details["target_tags"] = tags(written.get("TargetTags"))
        schedules = written.get("Schedules")
        if isinstance(schedules, list):
            schedules = [_schedule(one) if isinstance(one, dict) else one for one in schedules]
        values["policy_details"] = [details | {"schedule": schedules}]
    yield resource.block(LIFECYCLE_POLICY, values)


def _schedule(values: dict[str, Any]) -> dict[str, Any]:
    copies = {"Target": "target", "TargetRegion": "target"}
    return {
        "create_rule": _rule(values.get("CreateRule")),
        "retain_rule": _rule(values.get("RetainRule")),
        "archive_rule": values.get("ArchiveRule"),
        "cross_region_copy_rule": parts(values.get("CrossRegionCopyRules"), copies),
    }


def _rule(value: Any) -> Any:
    return renamed(value, _RULE) if isinstance(value, dict) else value


TRANSLATIONS: dict[str, Translation] = {"AWS::DLM::LifecyclePolicy": policy}
