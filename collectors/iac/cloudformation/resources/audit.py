"""Trails, log groups, detectors and recorders. Source: CloudFormation template reference,
CloudTrail, CloudWatch Logs, GuardDuty and AWS Config."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from collectors.iac.blocks import Block
from collectors.iac.cloudformation.resources.networks import plain
from collectors.iac.stacks.resource import (
    Resource,
    Translation,
    part,
    parts,
    renamed,
    tags,
)

_TRAIL = {
    "TrailName": "name",
    "S3BucketName": "s3_bucket_name",
    "S3KeyPrefix": "s3_key_prefix",
    "IsMultiRegionTrail": "is_multi_region_trail",
    "IsLogging": "enable_logging",
    "EnableLogFileValidation": "enable_log_file_validation",
    "KMSKeyId": "kms_key_id",
}
_FIELD = {
    "Field": "field",
    "Equals": "equals",
    "NotEquals": "not_equals",
    "StartsWith": "starts_with",
    "NotStartsWith": "not_starts_with",
    "EndsWith": "ends_with",
    "NotEndsWith": "not_ends_with",
}


def trail(resource: Resource) -> Iterator[Block]:
    """A trail with its event selectors."""
    values = renamed(resource.properties, _TRAIL)
    values["event_selector"] = _each(resource.get("EventSelectors"), _selector)
    values["advanced_event_selector"] = _each(
        resource.get("AdvancedEventSelectors"),
        lambda each: {"field_selector": parts(each.get("FieldSelectors"), _FIELD)},
    )
    yield resource.block("aws_cloudtrail", values | {"tags": tags(resource.get("Tags"))})


def _selector(values: dict[str, Any]) -> dict[str, Any]:
    names = {
        "ReadWriteType": "read_write_type",
        "IncludeManagementEvents": "include_management_events",
    }
    data = parts(values.get("DataResources"), {"Type": "type", "Values": "values"})
    return renamed(values, names) | ({} if data is None else {"data_resource": data})


def _each(value: Any, convert: Any) -> Any:
    if not isinstance(value, list):
        return value
    return [convert(each) if isinstance(each, dict) else each for each in value]


def recorder(resource: Resource) -> Iterator[Block]:
    """A recorder. Where a recording group is written, it records all types only if it says so."""
    group = part(resource.get("RecordingGroup"), {"AllSupported": "all_supported"})
    if isinstance(group, dict):
        group.setdefault("all_supported", False)
    values = {"name": resource.get("Name"), "recording_group": group}
    yield resource.block("aws_config_configuration_recorder", values)


TRANSLATIONS: dict[str, Translation] = {
    "AWS::CloudTrail::Trail": trail,
    "AWS::Config::ConfigurationRecorder": recorder,
    "AWS::GuardDuty::Detector": plain("aws_guardduty_detector", {"Enable": "enable"}),
    "AWS::Logs::LogGroup": plain(
        "aws_cloudwatch_log_group",
        {
            "LogGroupName": "name",
            "RetentionInDays": "retention_in_days",
            "KmsKeyId": "kms_key_id",
        },
    ),
}
